import type { Static } from 'typebox'
import * as decisions from '../../decisions/decisions.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'
import type { handCardOver } from '../contract.ts'
import { actingUnit, getCardByRef, readSerial } from '../lifecycle.ts'
import { type CardReceiver, handOver } from './hand-over.ts'
import { signatureIn } from './signed-pictures.ts'

/** A hand-over at a counter may be undone for a while: until then the card lies at the unit, and the old one counts. */

type Body = Static<NonNullable<typeof handCardOver.body>>

const receiverIn = (to: Body['to']): CardReceiver => {
  if (to.kind !== 'representative') return to
  const { personId, ...named } = to
  return { ...named, ...(personId && { personId }) }
}

async function handOverAsGiven(
  work: Work,
  { serial, personId, number, to, signature, chipReading }: Body,
  decidedAt: Date | undefined,
): Promise<Card> {
  const card = { serial, to: receiverIn(to), ...(await signatureIn(signature)), chipReading, decidedAt }
  if (personId) return handOver(work, { ...card, personId })
  if (number) return handOver(work, { ...card, number })
  throw requestProblem('input-invalid', { wrong: [{ field: 'personId' }] })
}

const handOverKind: decisions.DecisionKind<Card, Body> = {
  name: 'hand-card-over',
  right: 'cards.hand-over',
  purpose: 'card',
  carryOut: (work, _id, body, decidedAt) => handOverAsGiven(work, body, decidedAt),
}

export const cardDecisions: decisions.DecisionKinds = [handOverKind]

/** Throws decision-held, and what `handOver` throws. */
export async function decideHandOver(work: Work, body: Body) {
  const card = await getCardByRef(work, { serial: readSerial(body.serial) })
  const { id: unitId } = await actingUnit(work)
  const subject = { kind: 'card', id: card.id, personId: card.personId, unitId } as const
  const decided = await decisions.decide(work, handOverKind, subject, body)
  return decided.outcome === 'held' ? { ...card, held: decisions.undoOf(work, decided.held) } : decided.result
}
