import type { Static } from 'typebox'
import { requestProblem } from '../platform/http/problems.ts'
import type { CardRefShape } from './contract-parts.ts'
import type { CardRef } from './lifecycle.ts'

/** A card by its id or by its serial, whichever was sent. */
export function cardRefIn({ cardId, serial }: Static<typeof CardRefShape>): CardRef {
  if (cardId) return { cardId }
  if (serial) return { serial }
  throw requestProblem('input-invalid', { wrong: [{ field: 'serial' }] })
}
