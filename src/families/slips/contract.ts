import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { mostSlips } from '../law.ts'

/** Slips of families over the wire. Codes are told once, to be printed; no number and no birth date is told at all. */

const SlipShape = Type.Object({
  name: Type.String(),
  class: Type.String(),
  isMinor: Type.Boolean({ description: 'whether the slip speaks to parents, of a child' }),
  /** What is typed at /family, and the address behind the QR code. */
  code: Type.String(),
  address: Type.String(),
})

export const slipRefusals = ['no-birth-date', 'too-old', 'unknown'] as const

export const printFamilySlips = endpoint({
  method: 'POST',
  path: '/family-slips',
  summary: 'Make slips for families of chosen children, or of a class: each opens a page by the child’s birth date',
  right: 'families.slips',
  purpose: 'campaign',
  body: Type.Union([
    Type.Object({ people: Type.Array(IdShape<'person'>(), { minItems: 1, maxItems: mostSlips }) }),
    Type.Object({
      schoolId: IdShape<'school'>(),
      schoolYear: Type.String({ pattern: '^\\d{4}-\\d{4}$' }),
      class: Type.String({ minLength: 1, maxLength: 40 }),
    }),
  ]),
  reply: Type.Object({
    /** Who issued them, where it is asked after, and until when they open. */
    issuer: Type.String(),
    place: Type.String({ description: 'the address at which a code is typed' }),
    until: Type.String({ format: 'date' }),
    slips: Type.Array(SlipShape),
    refused: Type.Array(Type.Object({ why: Type.Enum([...slipRefusals]), people: Type.Integer() })),
  }),
  problems: ['family-slips-nobody', 'family-slips-many'],
})
