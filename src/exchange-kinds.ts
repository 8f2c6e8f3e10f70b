import * as accounts from './accounts/accounts.ts'
import type { Consequence } from './audit/audit.ts'
import * as cards from './cards/cards.ts'
import * as exchange from './exchange/exchange.ts'
import { newId } from './platform/ids.ts'
import type { Deed } from './platform/work.ts'
import * as register from './register/register.ts'
import type { UnitId } from './units/units.ts'

/** Every kind of question to the national centre: what is asked after which deed, and what follows the answers. */
export const exchangeKinds: exchange.QuestionKinds = {
  'number.request': register.numberAnswers,
  'number.cancellation': register.cancellationAnswers,
  'number.reinstatement': register.cancellationAnswers,
  'account.request': accounts.accountAnswers,
  'person.look-up': exchange.lookUpAnswers,
  'card.order': cards.orderAnswers,
}

/** About whom, and whose officers ask; what is handed up always has both. */
function concerned({ deed, subject: { personId, unitId } }: Deed) {
  if (!personId || !unitId) throw new Error(`the deed ${deed} names no person or no unit`)
  return { personId, unitId: unitId as UnitId }
}

/** A collection that a second officer handed up is asked about in the same work. */
export const askForNumber: Consequence = async (work, deed) => {
  const { id } = deed.subject
  const body = await register.numberQuestion(work, id as register.CollectionId)
  await exchange.ask(work, { ...concerned(deed), kind: 'number.request', subjectId: id, body })
}

/** A number that was renewed here is cancelled at the centre too; one that the centre renewed itself is not. */
export const handUpRenewal: Consequence = async (work, deed) => {
  const id = deed.facts['collection'] as register.CollectionId
  const body = await register.cancellationByRenewal(work, id)
  if (body) await exchange.ask(work, { ...concerned(deed), kind: 'number.cancellation', subjectId: id, body })
}

/** Of two records with a number each one number ends: the centre cancels it too. Runs before the rows move. */
export const handUpMergedNumber: Consequence = async (work, deed) => {
  const merged = deed.facts as register.MergedRecords
  const body = await register.cancellationByMerge(work, merged)
  const subjectId = merged.merge
  if (body) await exchange.ask(work, { ...concerned(deed), kind: 'number.cancellation', subjectId, body })
}

/** Records that were parted again have both numbers: the centre puts the cancelled one in force again. */
export const handUpPartedNumber: Consequence = async (work, deed) => {
  const { merge } = deed.facts as register.MergedRecords
  const body = await register.reinstatementByUndo(work, merge)
  if (body) await exchange.ask(work, { ...concerned(deed), kind: 'number.reinstatement', subjectId: merge, body })
}

/** A request for an account, or for level 2, that was checked here is asked about in the same work. */
export const askForAccount: Consequence = async (work, deed) => {
  const asked = await accounts.accountQuestion(work, deed.subject.id as accounts.AccountId)
  await exchange.ask(work, { ...concerned(deed), kind: 'account.request', ...asked })
}

/** A batch of cards that was handed up is asked about in the same work, with the order of each card. */
export const handUpOrders: Consequence = async (work, { subject: { id, unitId } }) => {
  const asked = await cards.orderQuestion(work, id)
  // Of many people: the id stands for the batch, in this question alone.
  const personId = newId<'person'>(work.now)
  await exchange.ask(work, { ...asked, kind: 'card.order', personId, unitId: unitId as UnitId })
}
