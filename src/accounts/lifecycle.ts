import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type Account, type AccountState, mayMove } from './account.ts'
import { accountProblem } from './problems.ts'
import * as store from './store.ts'
import * as desk from './store-request.ts'

/**
 * Transitions of accounts by officers. Extracts change accounts too (`importAccounts`); an older extract does not undo
 * a transition made here.
 */

export type AccountId = Id<'account'>

/** Where a transition happens: the unit (absent: the actor's own) and the session, if at one. */
export type Where = { readonly unitId?: string | undefined; readonly sessionId?: string | undefined }

/** A younger holder uses a parent's phone (NĐ59/2022 Art. 11, NĐ69/2024 Art. 10). */
export const ownPhoneFrom = 14

/** The unit of a transition: the one given, the actor's, or the one of the holder's permanent residence. */
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

export async function hold(work: Work, id: string): Promise<Account> {
  const held = await store.holdAccount(work, id)
  if (!held) throw accountProblem('account-unknown')
  return store.accountOf(held, work)
}

/** The account of a person that has not ended, locked for the work. */
export async function livingOf(work: Work, personId: register.PersonId | undefined): Promise<Account | undefined> {
  if (!personId) return undefined
  const living = (await store.accountsOf(work, [personId])).find(({ state }) => state !== 'cancelled')
  return living && hold(work, living.id)
}

export const moveRefused = ({ state, level }: Account, to: string) =>
  accountProblem('account-move-refused', { state, level, to })

type Moving = {
  readonly to: AccountState
  readonly deed: string
  readonly from?: AccountState
  readonly facts?: object
} & Where

/** Changes the state of a locked account and records the deed. */
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

export function reasoned(reason: string): string {
  if (!reason.trim()) throw accountProblem('account-reason-needed')
  return reason.trim()
}

/**
 * Cancels the account. It stays as history, and the person may request another. Throws account-unknown,
 * account-move-refused, account-reason-needed.
 */
export async function cancel(
  work: Work,
  id: string,
  { reason, ...where }: { readonly reason: string } & Where,
): Promise<Account> {
  const facts = { reason: reasoned(reason) }
  const cancelled = await moveOn(work, await hold(work, id), {
    to: 'cancelled',
    deed: 'account.cancelled',
    facts,
    ...where,
  })
  await closeAround(work, cancelled)
  return cancelled
}

/** Closes what waits for an account that has ended. */
export async function closeAround(work: Work, account: Account): Promise<void> {
  await desk.lapseRaising(work, account)
  await desk.endAllLocks(work, account, 'cancelled')
}
