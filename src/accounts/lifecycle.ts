import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type Account, type AccountState, mayMove } from './account.ts'
import { accountProblem } from './problems.ts'
import * as store from './store.ts'
import * as desk from './store-request.ts'

/**
 * Moves of accounts by officers. Extracts move accounts too (`importAccounts`); what was moved here is not rolled back
 * by an older one.
 */

export type AccountId = Id<'account'>

/** Where a move happens: the unit, absent the actor's own, and the session, where it is at one. */
export type Where = { readonly unitId?: string | undefined; readonly sessionId?: string | undefined }

/** Where a move is recorded: the unit given, the actor's, or the holder's of permanent residence. */
export const unitFor = async (
  work: Work,
  personId: register.PersonId,
  given?: string | undefined,
): Promise<string | undefined> => given ?? work.unitId ?? (await register.getSummary(work, personId)).permanentUnitId

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

/** The account of a person that has not ended, held. */
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

export function reasoned(reason: string): string {
  if (!reason.trim()) throw accountProblem('account-reason-needed')
  return reason.trim()
}

/**
 * The account ends; it stays as history, and the person may request another. Throws account-unknown,
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

/** What waits for an account that has ended waits no longer. */
export async function closeAround(work: Work, account: Account): Promise<void> {
  await desk.lapseRaising(work, account)
  await desk.endAllLocks(work, account, 'cancelled')
}
