import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Deed, Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type Account, type AccountState, mayTransition } from './account.ts'
import { accountProblem } from './problems.ts'
import * as store from './store.ts'
import * as desk from './store-request.ts'

/**
 * Moves of accounts by officers. Extracts move accounts too (`importAccounts`); what was moved here is not rolled back
 * by an older one.
 */

export type AccountId = Id<'account'>

/** Where a move happens: the unit, absent the actor's own, and the session, where it is at one. */
export type DeedContext = { readonly unitId?: Id<'unit'> | undefined; readonly sessionId?: string | undefined }

/** The unit of a deed on a card or a person, whose unit is never a school. */
export const unitOfDeed = ({ subject }: Pick<Deed, 'subject'>) => subject.unitId as Id<'unit'> | undefined

/** Where a move is recorded: the unit given, the actor's, or the holder's of permanent residence. */
export const findUnitFor = async (
  work: Work,
  personId: register.PersonId,
  unitId?: Id<'unit'> | undefined,
): Promise<Id<'unit'> | undefined> =>
  unitId ?? work.unitId ?? (await register.getSummary(work, personId)).permanentUnitId

export const recordAccountDeed = async (
  work: Work,
  name: string,
  { id, personId, level }: Account,
  { unitId, sessionId }: DeedContext,
  facts: object = {},
) =>
  audit.record(
    work,
    name,
    { kind: 'account', id, personId, unitId: await findUnitFor(work, personId, unitId) },
    { level, ...facts, ...(sessionId && { session: sessionId }) },
  )

export async function holdAccount(work: Work, id: AccountId): Promise<Account> {
  const held = await store.holdAccountRow(work, id)
  if (!held) throw accountProblem('account-unknown')
  return store.accountOf(held, work)
}

/** The account of a person that has not ended, held. */
export async function findLivingAccount(
  work: Work,
  personId: register.PersonId | undefined,
): Promise<Account | undefined> {
  if (!personId) return undefined
  const living = (await store.findAccountRows(work, [personId])).find(({ state }) => state !== 'cancelled')
  return living && holdAccount(work, living.id)
}

export const transitionRefused = ({ state, level }: Account, to: string) =>
  accountProblem('account-move-refused', { state, level, to })

type AccountTransition = {
  readonly to: AccountState
  readonly deed: string
  readonly from?: AccountState
  readonly facts?: object
} & DeedContext

/** Writes that an account, which is held, goes on to a state, with the deed. */
export async function transition(
  work: Work,
  account: Account,
  { to, deed, from, facts, ...where }: AccountTransition,
  change: Partial<Account> = {},
): Promise<Account> {
  if (!mayTransition(account.state, to) || (from && account.state !== from)) throw transitionRefused(account, to)
  const moved = { ...account, ...change, state: to }
  await store.updateAccountState(work, moved)
  await recordAccountDeed(work, deed, moved, where, { from: account.state, ...facts })
  return moved
}

export function requireReason(reason: string): string {
  if (!reason.trim()) throw accountProblem('account-reason-needed')
  return reason.trim()
}

/**
 * The account ends; it stays as history, and the person may request another. Throws account-unknown,
 * account-move-refused, account-reason-needed.
 */
export async function cancel(
  work: Work,
  id: AccountId,
  { reason, ...where }: { readonly reason: string } & DeedContext,
): Promise<Account> {
  const facts = { reason: requireReason(reason) }
  const cancelled = await transition(work, await holdAccount(work, id), {
    to: 'cancelled',
    deed: 'account.cancelled',
    facts,
    ...where,
  })
  await closeRelatedRecords(work, cancelled)
  return cancelled
}

/** What waits for an account that has ended waits no longer. */
export async function closeRelatedRecords(work: Work, account: Account): Promise<void> {
  await desk.setRaisingLapsed(work, account)
  await desk.endAllLocks(work, account, 'cancelled')
}
