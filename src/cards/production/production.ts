/**
 * Production: from the order to a made card. In: an approved application (`order.ts`), blanks (`blanks.ts`).
 * Decided: which orders go into which batch (`batches.ts`), to this house or to a centre (`order-file.ts`); here, on
 * which blank a card is made, and by a second officer whether it is good.
 * Out: a card with serial and term, its printed sides, or a spoiled blank and a card that waits again.
 * Deeds: `card.approved`, `card.reprinted`, `card.cancelled`, `card.made`, `card.produced`, `card.rejected`,
 * `batch.*`, `blanks.*`.
 */

import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Card } from '../card.ts'
import { termFor } from '../law.ts'
import { hold, moveOn, readSerial } from '../lifecycle.ts'
import { cardProblem } from '../problems.ts'
import { closeEmpty } from './batches.ts'
import { productionProblem } from './problems.ts'
import * as making from './store-attempt.ts'
import * as batches from './store-batch.ts'
import * as blanks from './store-blank.ts'

export { type Attempt, attemptsOf } from './store-attempt.ts'

/**
 * Makes a card that waits in a batch of this house, on a blank. Another officer checks it (`checkCard`). Throws
 * card-unknown, card-not-waiting, card-to-be-checked, card-serial-needed, blank-unknown, blank-not-in-stock,
 * serial-used.
 */
export async function make(
  work: Work,
  { cardId, serial: text }: { readonly cardId: string; readonly serial: string },
): Promise<making.Attempt> {
  const card = await hold(work, { cardId })
  const waiting = await batches.waitingIn(work, card)
  if (card.state !== 'approved' || waiting?.maker !== 'house')
    throw productionProblem('card-not-waiting', { state: card.state })
  const before = await making.attemptsOf(work, card)
  if (before.at(-1)?.quality === null) throw productionProblem('card-to-be-checked')

  const serial = readSerial(text)
  const attempt = {
    id: newId<'attempt'>(work.now),
    personId: card.personId,
    cardId,
    attempt: before.length + 1,
    batchId: waiting.batchId,
    serial,
    madeOn: work.today,
  }
  const blank = (await blanks.holdBlank(work, serial)) ?? (await blanks.nextUnnumbered(work))
  if (!blank) throw productionProblem('blank-unknown')
  if (blank.state !== 'in-stock') throw productionProblem('blank-not-in-stock', { state: blank.state })
  if (!(await making.takeSerial(work, serial, card, attempt.id))) throw productionProblem('serial-used')
  await blanks.takeBlank(work, blank, serial, attempt.id)
  await making.insertAttempt(work, attempt)
  await audit.record(
    work,
    'card.made',
    { kind: 'card', id: card.id, personId: card.personId, unitId: waiting.unitId },
    { attempt: attempt.attempt },
  )
  return { ...attempt, madeBy: work.by.id, quality: null, fault: null }
}

export type Checked = { readonly quality: 'passed' } | { readonly quality: 'rejected'; readonly fault: string }

/**
 * Looks at a card that another officer made. Passed, it is produced: issued on the day on which it was made, for the
 * term of the law. Rejected, its blank is spoiled and it waits to be made again. Throws attempt-unknown,
 * attempt-checked, check-own-work, card-not-waiting.
 */
export async function check(work: Work, attemptId: string, checked: Checked): Promise<Card> {
  const found = await making.holdAttempt(work, attemptId)
  if (!found) throw productionProblem('attempt-unknown')
  if (found.quality !== null) throw productionProblem('attempt-checked', { quality: found.quality })
  if (found.madeBy === work.by.id) throw productionProblem('check-own-work')
  const card = await hold(work, { cardId: found.cardId })
  if (checked.quality === 'rejected') return reject(work, card, found, checked.fault)
  // A card that was cancelled while it lay there, or went on by an extract, is not to be given to anyone.
  if (card.state !== 'approved') throw productionProblem('card-not-waiting', { state: card.state })

  await making.setQuality(work, found, 'passed', undefined)
  await batches.setMade(work, card, found.batchId)
  const moved = await moveOn(work, { ...card, ...(await printed(work, card, found)) }, 'produced', {
    facts: { attempt: found.attempt },
  })
  await closeEmpty(work, [found.batchId])
  return moved
}

async function reject(work: Work, card: Card, attempt: making.Attempt, fault: string): Promise<Card> {
  if (!fault.trim()) throw cardProblem('card-reason-needed')
  await making.setQuality(work, attempt, 'rejected', fault.trim())
  if (attempt.serial) await blanks.spoilSerials(work, [attempt.serial], 'used', fault.trim())
  const subject = { kind: 'card', id: card.id, personId: card.personId, unitId: work.unitId }
  await audit.record(work, 'card.rejected', subject, { attempt: attempt.attempt, fault: fault.trim() })
  return card
}

/** The printed values of a made card: its serial, the day on which it was made, and the end of its term. */
async function printed(work: Work, { personId }: Card, { serial, madeOn }: making.Attempt): Promise<Partial<Card>> {
  const { birthDate } = await register.getSummary(work, personId)
  const expiresOn = termFor(birthDate, madeOn, work)
  return { ...(serial && { serial }), issuedOn: madeOn, ...(expiresOn && { expiresOn }) }
}
