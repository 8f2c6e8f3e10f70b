/**
 * Requests: a person requests an account at a counter, at a session, with a card application, or on the web (level 1 of
 * a child), or requests level 2 for a level 1 account.
 * Decided first: whether the law of the day gives it at this age, who acts, with which card and which phone; a refusal
 * leaves nothing behind. Another officer then approves or refuses, one or a hundred at once, and the holder is
 * notified. Counters also change the phone and lower level 2.
 * Deeds: account.requested, .supplement-asked, .supplied, .approved, .refused, .raise-asked, .raised,
 * .raise-refused, .lowered, .phone-changed.
 */

import * as cards from '../../cards/cards.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { latestDay, yearsBetween } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type Account, ageForLevel, isOfAccountAge, mayRaise, type RequestChannel } from '../account.ts'
import { cardInHand, hasCardOrApplication } from '../card-of-account.ts'
import { decideBy } from '../due-days.ts'
import { admissionOf, chipReadAtCounter, ownPhoneAge } from '../law.ts'
import {
  type AccountId,
  type DeedContext,
  findUnitFor,
  holdAccount,
  recordAccountDeed,
  transitionRefused,
} from '../lifecycle.ts'
import { accountProblem } from '../problems.ts'
import { findActor, getFitRepresentative, type RepresentativeChoice } from '../representatives/representatives.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { insertRaising } from './store.ts'

/**
 * By whom and how a request is made. The caller names the officer who captured it at a station, because the house does
 * the work.
 */
type RequestContext = DeedContext & {
  readonly via?: RequestChannel | undefined
  readonly requestedBy?: string | undefined
}

export type AccountRequest = {
  readonly level: 1 | 2
  readonly phone?: string | undefined
} & RepresentativeChoice &
  RequestContext

/** The officer behind a request: the named one, or the present one. */
const requesterOf = ({ by }: Work, named: string | undefined) => named ?? (by.kind === 'officer' ? by.id : undefined)

/**
 * Enters a person's request for an account. `phone` is the holder's own, in any notation: one phone, one account,
 * except for children (domain.md 3.8). Throws person-unknown, account-holder-dead, account-too-young,
 * account-representative-needed and what else `getFitRepresentative` throws (a child), account-exists,
 * account-card-needed (level 2), account-child-card-needed (level 1 of a child), account-phone-malformed,
 * account-phone-no-texts, account-phone-taken, account-phone-not-representatives (a child's is the representative's,
 * NĐ69/2024 Art. 10).
 */
export async function request(
  work: Work,
  personId: register.PersonId,
  { level, phone, representativeId, representativeNumber, via, requestedBy, ...where }: AccountRequest,
): Promise<Account> {
  await store.holdPerson(work, personId)
  const person = await register.getSummary(work, personId)
  const reading = parsePhone(phone)
  if (reading.kind === 'malformed') throw accountProblem('account-phone-malformed')
  if (reading.kind === 'landline') throw accountProblem('account-phone-no-texts')
  if (person.lifeStatus === 'dead') throw accountProblem('account-holder-dead')
  // A person who may be too young counts as too young.
  const bornOn = latestDay(person.birthDate)
  if (!isOfAccountAge(bornOn, level, work.today, work))
    throw accountProblem('account-too-young', { from: ageForLevel(level, work.today, work) })
  const other = (await store.findAccountRows(work, [personId])).find(({ state }) => state !== 'cancelled')
  if (other) throw accountProblem('account-exists', { account: other.id, state: other.state, level: other.level })
  if (level === 2 && !(await hasCardOrApplication(work, personId))) throw accountProblem('account-card-needed')
  const admission = admissionOf(level, yearsBetween(bornOn, work.today), work.today, work)
  const acts = await findActor(work, personId, level)
  // The law gives this age an account, and this person none beside the guardian's.
  if (admission && !acts) throw accountProblem('account-ward-under-guardian')
  const isForChild = acts === 'representative'
  if (level === 1 && isForChild && admission?.document === 'card' && !(await cardInHand(work, personId)))
    throw accountProblem('account-child-card-needed')
  const acting = isForChild
    ? await getFitRepresentative(work, personId, { representativeId, representativeNumber })
    : undefined
  const own = reading.kind === 'missing' ? acting?.phone : reading.e164
  if (acting && own !== acting.phone) throw accountProblem('account-phone-not-representatives')
  if (own && !acting && (await store.isPhoneTaken(work, own, personId, ruleOn(ownPhoneAge, work.today, work))))
    throw accountProblem('account-phone-taken')

  const asked = requesterOf(work, requestedBy)
  const account: Account = {
    id: newId<'account'>(work.now),
    personId,
    level,
    state: 'requested',
    ...(asked && { requestedBy: asked }),
  }
  const card = (await cardInHand(work, personId)) ? 'with-card' : 'without-card'
  await store.insertAccount(work, account, {
    phone: own,
    via: via ?? (where.sessionId ? 'session' : 'desk'),
    unitId: await findUnitFor(work, personId, where.unitId),
    representativeId: acting?.id,
    dueOn: decideBy(level, card, work.today, work),
  })
  await recordAccountDeed(work, 'account.requested', account, where)
  return account
}

/**
 * Requests level 2 for a level 1 account, with the card shown to an officer or with an application for one. The account
 * stays in use at level 1 until another officer decides. Throws account-unknown, account-move-refused,
 * account-too-young, account-card-needed, account-raise-open.
 */
export async function raise(
  work: Work,
  id: AccountId,
  { via, requestedBy, chip, ...where }: RequestContext & { readonly chip?: cards.ReadingEvidence | undefined } = {},
): Promise<Account> {
  const account = await holdAccount(work, id)
  if (!mayRaise(account)) throw transitionRefused(account, 'level-2')
  const { birthDate } = await register.getSummary(work, account.personId)
  if (!isOfAccountAge(latestDay(birthDate), 2, work.today, work))
    throw accountProblem('account-too-young', { from: ageForLevel(2, work.today, work) })
  const card = await cardInHand(work, account.personId)
  if (!card && !(await hasCardOrApplication(work, account.personId))) throw accountProblem('account-card-needed')
  if (await desk.findOpenRaising(work, account)) throw accountProblem('account-raise-open')

  const proof = card ? 'card' : 'application'
  await insertRaising(work, account, {
    proof,
    cardId: card?.id,
    askedBy: requesterOf(work, requestedBy),
    askedVia: via && via !== 'self' ? via : where.sessionId ? 'session' : 'desk',
    unitId: await findUnitFor(work, account.personId, where.unitId),
    dueOn: decideBy(2, card ? 'with-card' : 'without-card', work.today, work),
  })
  await recordAccountDeed(work, 'account.raise-asked', account, where, { proof, ...(chip && { chip }) })
  return account
}

/**
 * The same at a counter, where the officer reads the card's serial, and its chip where there is a reader. Throws also
 * account-card-not-shown, and what stands against the reading of the chip.
 */
export async function raiseByCard(
  work: Work,
  id: AccountId,
  {
    serial,
    chipReading,
    ...where
  }: { readonly serial: string; readonly chipReading?: string | undefined } & DeedContext,
): Promise<Account> {
  const { personId } = await holdAccount(work, id)
  const card = await cardInHand(work, personId)
  if (!card?.serial || card.serial.toUpperCase() !== serial.trim().toUpperCase())
    throw accountProblem('account-card-not-shown')
  const chip = await cards.spendReadingIfGiven(work, chipReading, {
    card,
    purpose: 'account-raised',
    deed: 'account.raise-asked',
    subjectId: id,
    demand: ruleOn(chipReadAtCounter, work.today, work).raise,
  })
  return raise(work, id, { ...where, chip })
}
