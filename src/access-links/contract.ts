import { type Static, Type } from 'typebox'
import { oneOf } from '../platform/shapes.ts'

/** Links over the wire, of whatever kind. Token and PIN leave the house once, in the answer to whoever issues them. */

const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })

export const linkStates = ['in-force', 'expired', 'renewed', 'revoked'] as const

export const LinkShape = Type.Object({
  id: Type.String({ format: 'uuid' }),
  holder: Type.String(),
  until: DayText,
  state: oneOf(linkStates),
  issuedAt: Instant,
  lastOpenedOn: Type.Optional(DayText),
})
export type LinkShape = Static<typeof LinkShape>

/** To whom a link is given. */
export const HolderShape = Type.String({ minLength: 1, maxLength: 120 })

/** What is shown once: the address, and apart from it the PIN. */
export const issuedParts = {
  id: Type.String({ format: 'uuid' }),
  address: Type.String(),
  pin: Type.String(),
  until: DayText,
}
export const IssuedShape = Type.Object(issuedParts)
