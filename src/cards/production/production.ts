/**
 * Production: from the order to a made card. In: an approved application (`order.ts`), blanks (`blanks.ts`).
 * Decided: which orders go into which batch (`batches.ts`), to this house or to a centre (`order-file.ts`); here, on
 * which blank a card is made, and by a second officer whether it is good.
 * Out: a card with serial and term, its printed sides, or a spoiled blank and a card that waits again.
 * Deeds: `card.approved`, `card.reprinted`, `card.cancelled`, `card.made`, `card.produced`, `card.rejected`,
 * `batch.*`, `blanks.*`.
 */

import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import type { Card } from '../card.ts'
import { termFor } from '../law.ts'
import { holdCardByRef, readSerial, transition } from '../lifecycle.ts'
import { cardProblem } from '../problems.ts'
import { closeEmptyBatches } from './batches.ts'
import { issueDayOnChip, spoilChip } from './chip-of-card.ts'
import { productionProblem } from './problems.ts'
import * as making from './store-attempt.ts'
import * as batches from './store-batch.ts'
import * as blanks from './store-blank.ts'

export { findAttempts, type ProductionAttempt } from './store-attempt.ts'

/**
 * Makes a card that waits in a batch of this house, on a blank. Another officer checks it (`checkCard`). Throws
 * card-unknown, card-not-waiting, card-to-be-checked, card-serial-needed, blank-unknown, blank-not-in-stock,
 * serial-used.
 */
export async function makeCard(
  work: Work,
  { cardId, serial: text }: { readonly cardId: Id<'card'>; readonly serial: string },
): Promise<making.ProductionAttempt> {
  const card = await holdCardByRef(work, { cardId })
  const waiting = await batches.findWaitingBatch(work, card)
  if (card.state !== 'approved' || waiting?.maker !== 'house')
    throw productionProblem('card-not-waiting', { state: card.state })
  const before = await making.findAttempts(work, card)
  if (before.at(-1)?.quality === null) throw productionProblem('card-to-be-checked')

  const serial = readSerial(text)
  const attempt = {
    id: newId<'attempt'>(work.now),
    personId: card.personId,
    cardId,
    attempt: before.length + 1,
    batchId: waiting.batchId,
    serial,
    // What stands on the chip stays: a card that is printed on a later day was issued on that one.
    madeOn: (await issueDayOnChip(work, card)) ?? work.today,
  }
  const blank = (await blanks.holdBlank(work, serial)) ?? (await blanks.holdNextUnnumbered(work))
  if (!blank) throw productionProblem('blank-unknown')
  if (blank.state !== 'in-stock') throw productionProblem('blank-not-in-stock', { state: blank.state })
  if (!(await making.takeSerial(work, serial, card, attempt.id))) throw productionProblem('serial-used')
  await blanks.setBlankUsed(work, blank, serial, attempt.id)
  await making.insertAttempt(work, attempt)
  await audit.record(
    work,
    'card.made',
    { kind: 'card', id: card.id, personId: card.personId, unitId: waiting.unitId },
    { attempt: attempt.attempt },
  )
  return { ...attempt, madeBy: work.by.id, quality: null, fault: null }
}

export type QualityCheck = { readonly quality: 'passed' } | { readonly quality: 'rejected'; readonly fault: string }

/**
 * Looks at a card that another officer made. Passed, it is produced: issued on the day on which it was made, for the
 * term of the law. Rejected, its blank is spoiled and it waits to be made again. Throws attempt-unknown,
 * attempt-checked, check-own-work, card-not-waiting.
 */
export async function checkCard(work: Work, attemptId: string, result: QualityCheck): Promise<Card> {
  const found = await making.holdAttempt(work, attemptId)
  if (!found) throw productionProblem('attempt-unknown')
  if (found.quality !== null) throw productionProblem('attempt-checked', { quality: found.quality })
  const hand = { id: found.madeBy, at: found.madeOn }
  await staff.refuseSameHand(work, 'card-checked', [hand], () => productionProblem('check-own-work'))
  const card = await holdCardByRef(work, { cardId: found.cardId })
  if (result.quality === 'rejected') return rejectAttempt(work, card, found, result.fault)
  // A card that was cancelled while it lay there, or went on by an extract, is not to be given to anyone.
  if (card.state !== 'approved') throw productionProblem('card-not-waiting', { state: card.state })

  await making.setQuality(work, found, 'passed', undefined)
  await batches.setCardMade(work, card, found.batchId)
  const moved = await transition(work, { ...card, ...(await printedColumns(work, card, found)) }, 'produced', {
    facts: { attempt: found.attempt },
  })
  await closeEmptyBatches(work, [found.batchId])
  return moved
}

async function rejectAttempt(work: Work, card: Card, attempt: making.ProductionAttempt, fault: string): Promise<Card> {
  if (!fault.trim()) throw cardProblem('card-reason-needed')
  await making.setQuality(work, attempt, 'rejected', fault.trim())
  await spoilChip(work, card, 'rejected')
  if (attempt.serial) await blanks.spoilSerials(work, [attempt.serial], 'used', fault.trim())
  const subject = { kind: 'card', id: card.id, personId: card.personId, unitId: work.unitId }
  await audit.record(work, 'card.rejected', subject, { attempt: attempt.attempt, fault: fault.trim() })
  return card
}

/** The printed values of a made card: its serial, the day on which it was made, and the end of its term. */
async function printedColumns(
  work: Work,
  { personId }: Card,
  { serial, madeOn }: making.ProductionAttempt,
): Promise<Partial<Card>> {
  const { birthDate } = await register.getSummary(work, personId)
  const expiresOn = termFor(birthDate, madeOn, work)
  return { ...(serial && { serial }), issuedOn: madeOn, ...(expiresOn && { expiresOn }) }
}
