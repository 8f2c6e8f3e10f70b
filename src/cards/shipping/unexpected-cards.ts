import * as audit from '../../audit/audit.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { Card } from '../card.ts'
import type { UnexpectedOutcome } from './box.ts'
import { boxProblem } from './problems.ts'
import * as boxes from './store.ts'

/** Cards that lay in a box and are on no list: the unit that counted it says of each what became of it. */

/** The unexpected cards of a box, with the names of the officers who found and settled them. */
export async function listUnexpected(work: Work, boxId: string): Promise<boxes.UnexpectedCard[]> {
  const found = await boxes.findUnexpected(work, boxId)
  const names = await staff.namesOf(
    work,
    found.flatMap(({ by, settledBy }) => [by, settledBy].filter(id => id !== null)),
  )
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id))
  return found.map(card => ({ ...card, by: nameOf(card.by), settledBy: nameOf(card.settledBy) }))
}

/**
 * Settles an unexpected card that no scan takes in: it was sent back, or there is no such card. Throws
 * unexpected-card-unknown, unexpected-card-settled, unexpected-card-note-needed.
 */
export async function settleUnexpected(
  work: Work,
  id: string,
  { outcome, note }: { readonly outcome: Exclude<UnexpectedOutcome, 'found'>; readonly note: string },
): Promise<void> {
  const card = await boxes.holdUnexpected(work, id)
  if (!card) throw boxProblem('unexpected-card-unknown')
  if (card.outcome) throw boxProblem('unexpected-card-settled', { outcome: card.outcome })
  if (note.trim().length < 3) throw boxProblem('unexpected-card-note-needed')
  await boxes.setUnexpectedOutcome(work, id, outcome, note.trim())
  await audit.record(
    work,
    'box.stray-settled',
    { kind: 'box', id: card.boxId, unitId: card.unitId },
    { stray: id, outcome },
  )
}

/** Settles the unexpected records of a card that is scanned in, of any unit. */
export async function settleUnexpectedAsFound(work: Work, { serial }: Card): Promise<void> {
  if (serial) await withHouseScope(work, whole => boxes.setUnexpectedFound(whole, serial))
}
