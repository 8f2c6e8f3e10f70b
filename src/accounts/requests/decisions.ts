import * as exchange from '../../exchange/exchange.ts'
import { ruleOn } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type Account, mayRaise } from '../account.ts'
import { notifyAndBeginDays } from '../begin-activation-period.ts'
import { cardInHand, hasCardOrApplication } from '../card-of-account.ts'
import { decisionsAtOnce, ownPhoneAge } from '../law.ts'
import {
  type AccountId,
  closeRelatedRecords,
  type DeedContext,
  holdAccount,
  recordAccountDeed,
  requireReason,
  transition,
  transitionRefused,
} from '../lifecycle.ts'
import { notifyLowered, notifyRefused } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import { isRefusal } from '../refusal-code.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { refuseOwnRequest, takerOf, takerOfRaising } from './own-request.ts'
import { setRaisingDecided } from './store.ts'
import { refuseWhileSupplementOpen } from './supplement.ts'

/** Decisions on requests: approval, refusal, lowering. */

/**
 * Checks that the basis of the request still holds: the holder lives, has the card or its application (level 2) or the
 * card in hand (level 1 from the web), and a phone that no other adult has. A child's phone is the representative's.
 */
async function refuseIfUnfit(
  work: Work,
  account: Account,
  { level, isFromWeb }: { readonly level: 1 | 2; readonly isFromWeb: boolean },
): Promise<void> {
  const { personId } = account
  const { lifeStatus } = await register.getSummary(work, personId)
  if (lifeStatus === 'dead') throw accountProblem('account-holder-dead')
  if (level === 2 && !(await hasCardOrApplication(work, personId))) throw accountProblem('account-card-needed')
  if (isFromWeb && !(await cardInHand(work, personId))) throw accountProblem('account-card-not-in-hand')
  if (await store.isPhoneOfAnotherHolder(work, account, ruleOn(ownPhoneAge, work.today, work)))
    throw accountProblem('account-phone-taken')
}

/**
 * `compared`: the officer compared the portrait from the web with the card's; `despite`: why both are of one person
 * although the face engine takes them for two.
 */
export type Approval = { readonly compared?: boolean | undefined; readonly despite?: string | undefined } & DeedContext

/**
 * Grants what waits for a decision: a request for an account, or for level 2. The same work queues the notice to the
 * holder's phone and begins the activation days. Throws account-unknown, account-move-refused, account-own-request,
 * account-portrait-to-compare, account-face-differs, account-holder-dead, account-card-needed,
 * account-card-not-in-hand, account-phone-taken, account-at-centre, account-supplement-open. Where the national centre
 * has not delegated accounts to this installation, what was checked is handed up to it instead (NĐ69/2024 Art. 16),
 * and waits as it is.
 */
export async function approve(
  work: Work,
  id: AccountId,
  { compared, despite, ...where }: Approval = {},
): Promise<Account> {
  const account = await holdAccount(work, id)
  if (account.handedUpAt) throw accountProblem('account-at-centre')
  if (account.state !== 'requested') return grantRaising(work, account, where)
  const row = await desk.findRequestRow(work, id)
  const suppliers = await refuseWhileSupplementOpen(work, account, 'approve')
  await refuseOwnRequest(work, 'account-decided', [takerOf(work, row), ...suppliers])
  // A parent who requests for a child has signed in with level 2 and sends no portrait.
  const isFromWeb = row?.askedVia === 'self' && !row.representativeId
  if (isFromWeb && !compared) throw accountProblem('account-portrait-to-compare')
  const face = isFromWeb ? await desk.findFaceVerdict(work, account) : undefined
  if (face === 'different' && !despite?.trim()) throw accountProblem('account-face-differs')
  await refuseIfUnfit(work, account, { level: account.level, isFromWeb })
  if (!(await exchange.isDecidedHere(work, 'accounts')))
    return handUp(work, account, where, { asks: account.level, ...(isFromWeb && { compared: 'portraits' }) })
  return setApprovedAccount(work, account, where, {
    by: work.by.id,
    facts: isFromWeb ? { compared: 'portraits', ...(face && { face }), ...(despite && { despite }) } : {},
  })
}

type AccountGrant = { readonly by: string; readonly facts: object }

async function setApprovedAccount(
  work: Work,
  account: Account,
  where: DeedContext,
  { by, facts }: AccountGrant,
): Promise<Account> {
  const approved: Account = { ...account, state: 'approved', approvedAt: work.now }
  await store.updateAccountState(work, approved)
  const announced = await notifyAndBeginDays(work, approved, 'account-approved', by)
  await recordAccountDeed(work, 'account.approved', announced, where, {
    from: 'requested',
    told: announced.activateBy !== undefined,
    ...facts,
  })
  return announced
}

/** The request stays as it is, and waits for the national centre. */
async function handUp(work: Work, account: Account, where: DeedContext, facts: object): Promise<Account> {
  await desk.setAtCentre(work, account, 'handed-up')
  await recordAccountDeed(work, 'account.handed-up', account, where, facts)
  return { ...account, handedUpAt: work.now }
}

/**
 * Grants what the national centre has approved: the account, or level 2. `handedUpBy` checked it here and stands for
 * its approver. Throws what `approve` throws of somebody who is no longer fit.
 */
export async function grantFromCentre(
  work: Work,
  account: Account,
  { raising, handedUpBy }: { readonly raising: desk.Raising | undefined; readonly handedUpBy: string },
): Promise<Account> {
  const level = raising ? 2 : account.level
  await refuseIfUnfit(work, account, { level, isFromWeb: false })
  await desk.setAtCentre(work, account, 'decided')
  const { handedUpAt: _at, ...here } = account
  if (raising) return setRaised(work, here, raising, {})
  return setApprovedAccount(work, here, {}, { by: handedUpBy, facts: { by: 'centre' } })
}

async function grantRaising(work: Work, account: Account, where: DeedContext): Promise<Account> {
  const raising = await desk.findOpenRaising(work, account)
  if (!raising || !mayRaise(account)) throw transitionRefused(account, 'approved')
  const suppliers = await refuseWhileSupplementOpen(work, account, 'approve')
  await refuseOwnRequest(work, 'account-raised', [takerOfRaising(work, raising), ...suppliers])
  await refuseIfUnfit(work, account, { level: 2, isFromWeb: false })
  if (!(await exchange.isDecidedHere(work, 'accounts'))) return handUp(work, account, where, { asks: 2 })
  return setRaised(work, account, raising, where)
}

async function setRaised(work: Work, account: Account, raising: desk.Raising, where: DeedContext): Promise<Account> {
  const { activatedAt: _before, ...rest } = account
  const raised: Account = { ...rest, level: 2, state: 'approved', approvedAt: work.now }
  await store.updateAccountState(work, raised)
  await setRaisingDecided(work, raising, 'granted')
  const announced = await notifyAndBeginDays(work, raised, 'account-raised')
  await recordAccountDeed(work, 'account.raised', announced, where, { from: account.state, proof: raising.proof })
  return announced
}

export type DecisionOutcome =
  | { readonly id: AccountId; readonly outcome: 'approved' | 'handed-up' }
  | { readonly id: AccountId; readonly outcome: 'refused'; readonly code: string }

/** Refusals of one account that leave the rest of a batch alone: each is thrown before anything of it is written. */
export const singleDecisionOnly: readonly string[] = [
  'account-unknown',
  'account-move-refused',
  'account-own-request',
  'account-portrait-to-compare',
  'account-holder-dead',
  'account-card-needed',
  'account-card-not-in-hand',
  'account-phone-taken',
  'account-at-centre',
  'account-supplement-open',
]

/**
 * Approves several accounts in one work, at most a hundred. A refused one is reported with its code, and the others go
 * on. Throws account-too-many.
 */
export async function approveAll(work: Work, ids: readonly AccountId[]): Promise<DecisionOutcome[]> {
  if (ids.length > decisionsAtOnce) throw accountProblem('account-too-many', { most: decisionsAtOnce })
  const decided: DecisionOutcome[] = []
  // Sorted, so that two officers who approve the same list cannot deadlock.
  for (const id of [...new Set(ids)].sort())
    try {
      const { handedUpAt } = await approve(work, id)
      decided.push({ id, outcome: handedUpAt ? 'handed-up' : 'approved' })
    } catch (error) {
      if (!(error instanceof Problem) || !singleDecisionOnly.includes(error.code)) throw error
      decided.push({ id, outcome: 'refused', code: error.code })
    }
  return decided
}

/**
 * Refuses what waits for a decision. The holder gets the reason and the remedy the same day. A request ends; an account
 * that requested level 2 stays at level 1. Throws account-unknown, account-refusal-unknown, account-move-refused,
 * account-own-request, account-at-centre, account-supplement-open, message-unlawful (the text of the note).
 */
export async function refuse(work: Work, id: AccountId, refusal: AccountRefusal): Promise<Account> {
  const account = await holdAccount(work, id)
  if (account.handedUpAt) throw accountProblem('account-at-centre')
  await refuseWhileSupplementOpen(work, account, 'refuse')
  return refuseHeld(work, account, refusal)
}

export type AccountRefusal = { readonly code: string; readonly note?: string | undefined } & DeedContext

/** The same of an account that is held; the national centre rejects so what it has. */
export async function refuseHeld(
  work: Work,
  account: Account,
  { code, note, ...where }: AccountRefusal,
): Promise<Account> {
  if (!isRefusal(code)) throw accountProblem('account-refusal-unknown')
  const { id } = account
  const said = note?.trim() || undefined
  if (account.state !== 'requested') return refuseRaising(work, account, code, said, where)
  const suppliers = desk.suppliersOf(await desk.findSupplements(work, account))
  await refuseOwnRequest(work, 'account-decided', [takerOf(work, await desk.findRequestRow(work, id)), ...suppliers])

  // The notice comes first, because an ended account has no phone any more.
  await notifyRefused(work, account, code, said)
  const facts = { code, ...(said && { noted: true }) }
  const refused = await transition(work, account, { to: 'cancelled', deed: 'account.refused', facts, ...where })
  await closeRelatedRecords(work, refused)
  return refused
}

async function refuseRaising(
  work: Work,
  account: Account,
  code: string,
  note: string | undefined,
  where: DeedContext,
): Promise<Account> {
  const raising = await desk.findOpenRaising(work, account)
  if (!raising) throw transitionRefused(account, 'refused')
  const suppliers = desk.suppliersOf(await desk.findSupplements(work, account))
  await refuseOwnRequest(work, 'account-raised', [takerOfRaising(work, raising), ...suppliers])
  await setRaisingDecided(work, raising, 'refused')
  await desk.endSupplement(work, account)
  await notifyRefused(work, account, code, note)
  await recordAccountDeed(work, 'account.raise-refused', account, where, { code, ...(note && { noted: true }) })
  return account
}

/**
 * Lowers level 2 to level 1, because the holder asks or its basis is gone. Nothing else changes. Throws
 * account-unknown, account-move-refused, account-reason-needed.
 */
export async function lower(
  work: Work,
  id: AccountId,
  { reason, ...where }: { readonly reason: string } & DeedContext,
): Promise<Account> {
  const said = requireReason(reason)
  return lowerHeldAccount(work, await holdAccount(work, id), 'asked', { reason: said }, where)
}

export async function lowerHeldAccount(
  work: Work,
  account: Account,
  reason: 'asked' | 'card-missing',
  facts: object,
  context: DeedContext = {},
): Promise<Account> {
  if (account.level !== 2 || (account.state !== 'approved' && account.state !== 'activated'))
    throw transitionRefused(account, 'level-1')
  const lowered: Account = { ...account, level: 1 }
  await store.updateAccountState(work, lowered)
  await recordAccountDeed(work, 'account.lowered', lowered, context, { from: account.state, why: reason, ...facts })
  await notifyLowered(work, lowered, `lowered-${reason}`)
  return lowered
}
