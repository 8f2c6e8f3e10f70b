import * as audit from '../audit/audit.ts'
import * as cards from '../cards/cards.ts'
import { parsePhone } from '../names/phone.ts'
import { type Day, dayOf, daysInMonth, type PartialDay } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type Account, type AccountState, ageForLevel, isOfAccountAge, mayMove, mayRaise } from './account.ts'
import { accountProblem } from './problems.ts'
import * as store from './store.ts'

/** Moves of accounts by officers. Extracts move accounts too (`importAccounts`); what was moved here is not rolled back by an older one. */

export type AccountId = Id<'account'>

/** Where a move happens: the unit, absent the actor's own, and the session, where it is at one. */
export type Where = { readonly unitId?: string | undefined; readonly sessionId?: string | undefined }

/** The latest day that a birth date leaves open: whoever may be too young is taken as too young. */
const latest = ({ y, m, d }: PartialDay): Day => (m && d ? dayOf(y, m, d) : dayOf(y, m ?? 12, daysInMonth(y, m ?? 12)))

/** Who is younger is under a parent's phone (NĐ59/2022 Art. 11, NĐ69/2024 Art. 10). */
const ownPhoneFrom = 14

/** NĐ59/2022 Art. 14: level 2 by whoever has a chip card, or together with the application for one. */
async function refuseWithoutCard(work: Work, personId: string): Promise<void> {
  const theirs = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const counts: readonly string[] = ['applied', 'approved', 'produced', 'at-unit', 'handed-over']
  if (!theirs.some(({ state }) => counts.includes(state))) throw accountProblem('account-card-needed')
}

const recordFor = async (work: Work, name: string, { id, personId, level }: Account, { unitId, sessionId }: Where, facts: object = {}) =>
  audit.record(
    work,
    name,
    {
      kind: 'account',
      id,
      personId,
      unitId: unitId ?? work.unitId ?? (await register.getSummary(work, personId as register.PersonId)).permanentUnitId,
    },
    { level, ...facts, ...(sessionId && { session: sessionId }) },
  )

/**
 * Enters a person's request for an account. `phone` is the holder's own, as people write it: one phone, one account, children excepted (domain.md 3.8). Throws person-unknown,
 * account-holder-dead, account-too-young, account-exists, account-card-needed (level 2), account-phone-malformed, account-phone-taken.
 */
export async function request(
  work: Work,
  personId: register.PersonId,
  { level, phone, ...where }: { readonly level: 1 | 2; readonly phone?: string | undefined } & Where,
): Promise<Account> {
  await store.holdPerson(work, personId)
  const person = await register.getSummary(work, personId)
  const reading = parsePhone(phone)
  if (reading.kind === 'malformed') throw accountProblem('account-phone-malformed')
  if (person.lifeStatus === 'dead') throw accountProblem('account-holder-dead')
  if (!isOfAccountAge(latest(person.birthDate), level, work.today))
    throw accountProblem('account-too-young', { from: ageForLevel(level, work.today) })
  const other = (await store.accountsOf(work, [personId])).find(({ state }) => state !== 'cancelled')
  if (other) throw accountProblem('account-exists', { account: other.id, state: other.state, level: other.level })
  if (level === 2) await refuseWithoutCard(work, personId)
  if (reading.kind !== 'missing' && (await store.isPhoneTaken(work, reading.e164, personId, ownPhoneFrom)))
    throw accountProblem('account-phone-taken')

  const account: Account = { id: newId<'account'>(work.now), personId, level, state: 'requested' }
  await store.insertAccount(work, account, reading.kind === 'missing' ? undefined : reading.e164)
  await recordFor(work, 'account.requested', account, where)
  return account
}

async function hold(work: Work, id: string): Promise<Account> {
  const held = await store.holdAccount(work, id)
  if (!held) throw accountProblem('account-unknown')
  return store.accountOf(held)
}

const moveRefused = ({ state, level }: Account, to: string) => accountProblem('account-move-refused', { state, level, to })

type Moving = { readonly to: AccountState; readonly deed: string; readonly from?: AccountState; readonly facts?: object } & Where

async function move(work: Work, id: string, { to, deed, from, facts, ...where }: Moving, more: Partial<Account> = {}): Promise<Account> {
  const account = await hold(work, id)
  if (!mayMove(account.state, to) || (from && account.state !== from)) throw moveRefused(account, to)
  const moved = { ...account, ...more, state: to }
  await store.moveAccount(work, moved)
  await recordFor(work, deed, moved, where, { from: account.state, ...facts })
  return moved
}

/** A request is granted; the holder is told and may activate. Throws account-unknown, account-move-refused. */
export const approve = (work: Work, id: string, where: Where = {}): Promise<Account> =>
  move(work, id, { to: 'approved', from: 'requested', deed: 'account.approved', ...where }, { approvedAt: work.now })

/** The holder has activated it, on a device of their own: an officer's is never used for it (domain.md 8.7). */
export const activate = (work: Work, id: string, where: Where = {}): Promise<Account> =>
  move(
    work,
    id,
    { to: 'activated', from: 'approved', deed: 'account.activated', facts: { device: 'own' }, ...where },
    { activatedAt: work.now },
  )

/** Level 1 becomes level 2, approved anew: the holder activates it again. Needs a card or an application, and the age of level 2. */
export async function raise(work: Work, id: string, where: Where = {}): Promise<Account> {
  const account = await hold(work, id)
  if (!mayRaise(account)) throw moveRefused(account, 'level-2')
  const { birthDate } = await register.getSummary(work, account.personId as register.PersonId)
  if (!isOfAccountAge(latest(birthDate), 2, work.today)) throw accountProblem('account-too-young', { from: ageForLevel(2, work.today) })
  await refuseWithoutCard(work, account.personId)

  const { activatedAt: _before, ...rest } = account
  const raised: Account = { ...rest, level: 2, state: 'approved', approvedAt: work.now }
  await store.moveAccount(work, raised)
  await recordFor(work, 'account.raised', raised, where, { from: account.state })
  return raised
}

function reasoned(reason: string): string {
  if (!reason.trim()) throw accountProblem('account-reason-needed')
  return reason.trim()
}

/** Nobody can use it until it is unlocked (NĐ59/2022 Art. 19). */
export const lock = async (work: Work, id: string, { reason, ...where }: { readonly reason: string } & Where): Promise<Account> =>
  move(work, id, { to: 'locked', deed: 'account.locked', facts: { reason: reasoned(reason) }, ...where })

/** It is again what it was before it was locked. */
export async function unlock(work: Work, id: string, where: Where = {}): Promise<Account> {
  const { activatedAt } = await hold(work, id)
  return move(work, id, { to: activatedAt ? 'activated' : 'approved', from: 'locked', deed: 'account.unlocked', ...where })
}

/** The account ends; it stays as history, and the person may request another. */
export const cancel = async (work: Work, id: string, { reason, ...where }: { readonly reason: string } & Where): Promise<Account> =>
  move(work, id, { to: 'cancelled', deed: 'account.cancelled', facts: { reason: reasoned(reason) }, ...where })
