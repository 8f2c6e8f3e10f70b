import { Type } from 'typebox'
import { IdShape, wholeNumberFrom } from '../platform/shapes.ts'

export const Uuid = Type.String({ format: 'uuid' })
export const DayText = Type.String({ format: 'date' })
export const Instant = Type.String({ format: 'date-time' })
export const IdParams = Type.Object({ id: Uuid })
export const CardParams = Type.Object({ id: IdShape<'card'>() })
export const Count = wholeNumberFrom(0)
export const Serial = Type.String({ minLength: 1, maxLength: 60 })

/** An image in base64, at most 300 KB. */
export const Image = Type.String({ maxLength: 410_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' })

export const ReasonShape = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 60 }),
  note: Type.Optional(Type.String({ maxLength: 500 })),
})

export const PageQuery = Type.Object({
  after: Type.Optional(Type.String({ format: 'uuid', description: 'the `next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
})

/** Pages of cards in the order of a day. */
export const CardPageQuery = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 60, description: 'the `next` of the page before' })),
  limit: PageQuery.properties.limit,
})

export const PlaceShape = Type.Object({ kind: Type.Enum(['unit', 'school']), id: IdShape<'unit' | 'school'>() })

/** A card by the serial that was scanned, or by its id. */
export const CardRefShape = Type.Object({ cardId: Type.Optional(IdShape<'card'>()), serial: Type.Optional(Serial) })
