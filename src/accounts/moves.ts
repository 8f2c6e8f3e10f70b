import * as audit from '../audit/audit.ts'
import { parsePhone } from '../names/phone.ts'
import { latestDay, yearsBetween } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type Account, type AccountState, ageForLevel, isOfAccountAge, mayMove, mayRaise, needsHotline, type Way } from './account.ts'
import { cardInHand, hasCardOrApplication, lacksCard } from './desk-card.ts'
import { type Admission, admissionOf, decideBy } from './desk-law.ts'
import { accountProblem } from './problems.ts'
import { fitRepresentative, type Named } from './representative.ts'
import * as store from './store.ts'
import * as desk from './store-desk.ts'
import { endAllLocks } from './store-lock.ts'

/** Moves of accounts by officers. Extracts move accounts too (`importAccounts`); what was moved here is not rolled back by an older one. */

export type AccountId = Id<'account'>

/** Where a move happens: the unit, absent the actor's own, and the session, where it is at one. */
export type Where = { readonly unitId?: string | undefined; readonly sessionId?: string | undefined }

/** By whom and how something is asked for; who captured it at a station is told by the caller, for the work is the house's own. */
type Asking = Where & { readonly via?: Way | undefined; readonly requestedBy?: string | undefined }

/** Who is younger is under a parent's phone (NĐ59/2022 Art. 11, NĐ69/2024 Art. 10). */
export const ownPhoneFrom = 14

/** The officer who stands behind a request: named, or who does it now. */
const askedBy = ({ by }: Work, named: string | undefined) => named ?? (by.kind === 'officer' ? by.id : undefined)

/** Where a move is recorded: the unit given, the actor's, or the holder's of permanent residence. */
export const unitFor = async (work: Work, personId: string, given?: string | undefined): Promise<string | undefined> =>
  given ?? work.unitId ?? (await register.getSummary(work, personId as register.PersonId)).permanentUnitId

export const recordFor = async (
  work: Work,
  name: string,
  { id, personId, level }: Account,
  { unitId, sessionId }: Where,
  facts: object = {},
) =>
  audit.record(
    work,
    name,
    { kind: 'account', id, personId, unitId: await unitFor(work, personId, unitId) },
    { level, ...facts, ...(sessionId && { session: sessionId }) },
  )

export type Request = {
  readonly level: 1 | 2
  readonly phone?: string | undefined
} & Named &
  Asking

/** By whose act a person has an account of a level under the law of the day; undefined where it gives them none. */
export async function actsFor(work: Work, personId: register.PersonId, level: 1 | 2): Promise<Admission['acts'] | undefined> {
  const { birthDate } = await register.getSummary(work, personId)
  return admissionOf(level, yearsBetween(latestDay(birthDate), work.today), work.today)?.acts
}

/**
 * Enters a person's request for an account. `phone` is the holder's own, as people write it: one phone, one account, children excepted (domain.md 3.8). Throws person-unknown,
 * account-holder-dead, account-too-young, account-representative-needed and what else fitRepresentative throws (a child), account-exists, account-card-needed (level 2), account-phone-malformed,
 * account-phone-no-texts, account-phone-taken, account-phone-not-representatives (a child's is the representative's, NĐ69/2024 Art. 10).
 */
export async function request(
  work: Work,
  personId: register.PersonId,
  { level, phone, representativeId, representativeNumber, via, requestedBy, ...where }: Request,
): Promise<Account> {
  await store.holdPerson(work, personId)
  const person = await register.getSummary(work, personId)
  const reading = parsePhone(phone)
  if (reading.kind === 'malformed') throw accountProblem('account-phone-malformed')
  if (reading.kind === 'landline') throw accountProblem('account-phone-no-texts')
  if (person.lifeStatus === 'dead') throw accountProblem('account-holder-dead')
  // Whoever may be too young is taken as too young.
  const bornOn = latestDay(person.birthDate)
  if (!isOfAccountAge(bornOn, level, work.today)) throw accountProblem('account-too-young', { from: ageForLevel(level, work.today) })
  const other = (await store.accountsOf(work, [personId])).find(({ state }) => state !== 'cancelled')
  if (other) throw accountProblem('account-exists', { account: other.id, state: other.state, level: other.level })
  if (level === 2 && !(await hasCardOrApplication(work, personId))) throw accountProblem('account-card-needed')
  const acts = admissionOf(level, yearsBetween(bornOn, work.today), work.today)?.acts
  const acting = acts === 'representative' ? await fitRepresentative(work, personId, { representativeId, representativeNumber }) : undefined
  const own = reading.kind === 'missing' ? acting?.phone : reading.e164
  if (acting && own !== acting.phone) throw accountProblem('account-phone-not-representatives')
  if (own && !acting && (await store.isPhoneTaken(work, own, personId, ownPhoneFrom))) throw accountProblem('account-phone-taken')

  const asked = askedBy(work, requestedBy)
  const account: Account = { id: newId<'account'>(work.now), personId, level, state: 'requested', ...(asked && { requestedBy: asked }) }
  const card = (await cardInHand(work, personId)) ? 'with-card' : 'without-card'
  await store.insertAccount(work, account, {
    phone: own,
    via: via ?? (where.sessionId ? 'session' : 'desk'),
    unitId: await unitFor(work, personId, where.unitId),
    representativeId: acting?.id,
    dueOn: decideBy(level, card, work.today),
  })
  await recordFor(work, 'account.requested', account, where)
  return account
}

export async function hold(work: Work, id: string): Promise<Account> {
  const held = await store.holdAccount(work, id)
  if (!held) throw accountProblem('account-unknown')
  return store.accountOf(held)
}

export const moveRefused = ({ state, level }: Account, to: string) => accountProblem('account-move-refused', { state, level, to })

type Moving = { readonly to: AccountState; readonly deed: string; readonly from?: AccountState; readonly facts?: object } & Where

/** Writes that an account, which is held, goes on to a state, with the deed. */
export async function moveOn(
  work: Work,
  account: Account,
  { to, deed, from, facts, ...where }: Moving,
  more: Partial<Account> = {},
): Promise<Account> {
  if (!mayMove(account.state, to) || (from && account.state !== from)) throw moveRefused(account, to)
  const moved = { ...account, ...more, state: to }
  await store.moveAccount(work, moved)
  await recordFor(work, deed, moved, where, { from: account.state, ...facts })
  return moved
}

/**
 * The holder has activated it, on a device of their own: an officer's is never used for it (domain.md 8.7). At a session an officer is at hand, so that days that are over do not matter
 * there. Throws account-unknown, account-move-refused, account-activation-over, account-card-needed (the card of level 2 ended meanwhile).
 */
export async function activate(work: Work, id: string, where: Where = {}): Promise<Account> {
  const account = await hold(work, id)
  const isLate = needsHotline(account, work.today)
  if (isLate && !where.sessionId) throw accountProblem('account-activation-over', { activateBy: account.activateBy })
  if (await lacksCard(work, account)) throw accountProblem('account-card-needed')
  const facts = { device: 'own', ...(isLate && { late: true }) }
  return moveOn(work, account, { to: 'activated', from: 'approved', deed: 'account.activated', facts, ...where }, { activatedAt: work.now })
}

/**
 * Asks that level 1 become level 2, with the card shown to an officer, or together with an application for one; the account is used on at level 1 until another officer has decided.
 * Throws account-unknown, account-move-refused, account-too-young, account-card-needed, account-raise-open.
 */
export async function raise(work: Work, id: string, { via, requestedBy, ...where }: Asking = {}): Promise<Account> {
  const account = await hold(work, id)
  if (!mayRaise(account)) throw moveRefused(account, 'level-2')
  const { birthDate } = await register.getSummary(work, account.personId as register.PersonId)
  if (!isOfAccountAge(latestDay(birthDate), 2, work.today)) throw accountProblem('account-too-young', { from: ageForLevel(2, work.today) })
  const card = await cardInHand(work, account.personId)
  if (!card && !(await hasCardOrApplication(work, account.personId))) throw accountProblem('account-card-needed')
  if (await desk.openRaising(work, account)) throw accountProblem('account-raise-open')

  const proof = card ? 'card' : 'application'
  await desk.insertRaising(work, account, {
    proof,
    cardId: card?.id,
    askedBy: askedBy(work, requestedBy),
    askedVia: via && via !== 'self' ? via : where.sessionId ? 'session' : 'desk',
    unitId: await unitFor(work, account.personId, where.unitId),
    dueOn: decideBy(2, card ? 'with-card' : 'without-card', work.today),
  })
  await recordFor(work, 'account.raise-asked', account, where, { proof })
  return account
}

/** The same at a desk, where the holder lays down their card: its serial is read. Throws also account-card-not-shown. */
export async function raiseByCard(work: Work, id: string, { serial, ...where }: { readonly serial: string } & Where): Promise<Account> {
  const { personId } = await hold(work, id)
  const card = await cardInHand(work, personId)
  if (!card?.serial || card.serial.toUpperCase() !== serial.trim().toUpperCase()) throw accountProblem('account-card-not-shown')
  return raise(work, id, where)
}

export function reasoned(reason: string): string {
  if (!reason.trim()) throw accountProblem('account-reason-needed')
  return reason.trim()
}

/** The account ends; it stays as history, and the person may request another. Throws account-unknown, account-move-refused, account-reason-needed. */
export async function cancel(work: Work, id: string, { reason, ...where }: { readonly reason: string } & Where): Promise<Account> {
  const facts = { reason: reasoned(reason) }
  const cancelled = await moveOn(work, await hold(work, id), { to: 'cancelled', deed: 'account.cancelled', facts, ...where })
  await closeAround(work, cancelled)
  return cancelled
}

/** What waits for an account that has ended waits no longer. */
export async function closeAround(work: Work, account: Account): Promise<void> {
  await desk.lapseRaising(work, account)
  await endAllLocks(work, account, 'cancelled')
}
