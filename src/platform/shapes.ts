import { Type } from 'typebox'
import type { Id } from './ids.ts'
import { confidences, type LawReference } from './law.ts'

/** The shape of an id of one kind, in contracts: what is sent is text, what a handler gets is an id of that kind. */
export const IdShape = <Kind extends string>() => Type.Unsafe<Id<Kind>>(Type.String({ format: 'uuid' }))

/** One of some words; unlike a union of literals it stays one enum in the API's schema. */
export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] })

/** The row of law or policy that decided what stands beside it. */
export const LawReferenceShape = Type.Unsafe<LawReference>(
  Type.Object({
    rule: Type.String(),
    article: Type.Union([Type.String(), Type.Null()]),
    source: Type.String(),
    verifiedOn: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
    confidence: Type.Union([oneOf(confidences), Type.Null()]),
  }),
)

/** A whole number that the database's `integer` holds; JSON and addresses write longer ones, too. */
export const wholeNumberFrom = (minimum: number) => Type.Integer({ minimum, maximum: 2 ** 31 - 1 })
