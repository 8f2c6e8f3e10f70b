import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { decideForwardedBy, demandDue } from '../due-days.ts'
import {
  type AccountId,
  type DeedContext,
  findUnitFor,
  holdAccount,
  recordAccountDeed,
  requireReason,
  transitionRefused,
} from '../lifecycle.ts'
import { isSameAgency } from '../lock.ts'
import { notifyUnlockRefused } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import { lockHeldAccount, unlock } from './locks.ts'
import * as kept from './store.ts'

/**
 * Form TK03: that an account be locked, asked for by an agency, or unlocked, by its holder or the agency; each with its
 * working days, and answered by another officer than received it.
 */

export type DemandRequest = {
  readonly kind: 'lock' | 'unlock'
  readonly askedBy: 'holder' | 'agency' | 'service'
  readonly agency?: string | undefined
  readonly document?: string | undefined
  readonly reason: string
} & DeedContext

/**
 * Receives a demand. A holder who wants their account locked stands there, and it is locked at once (`lock`). Throws
 * account-unknown, account-move-refused, account-reason-needed, account-agency-needed, account-demand-open,
 * account-locked-so.
 */
export async function receiveDemand(
  work: Work,
  id: AccountId,
  { kind, askedBy, agency, document, reason, ...where }: DemandRequest,
): Promise<kept.Demand> {
  const said = requireReason(reason)
  const account = await holdAccount(work, id)
  const fromAgency = askedBy !== 'holder'
  if (fromAgency && !(agency?.trim() && document?.trim())) throw accountProblem('account-agency-needed')
  if (
    kind === 'unlock'
      ? account.state !== 'locked'
      : !['approved', 'activated', 'locked'].includes(account.state) || !fromAgency
  )
    throw transitionRefused(account, kind === 'unlock' ? 'unlocked' : 'locked')
  if (
    (await kept.findDemands(work, account)).some(
      one => one.kind === kind && !one.decidedAt && isSameAgency(one.agency, agency),
    )
  )
    throw accountProblem('account-demand-open')
  if (
    kind === 'lock' &&
    (await kept.findOpenLocks(work, account)).some(one => one.reason === 'agency' && isSameAgency(one.agency, agency))
  )
    throw accountProblem('account-locked-so')

  const unitId = await findUnitFor(work, account.personId, where.unitId)
  if (!unitId) throw transitionRefused(account, kind)
  const demandId = newId<'demand'>(work.now)
  await kept.insertDemand(work, {
    id: demandId,
    personId: account.personId,
    accountId: id,
    kind,
    askedBy,
    ...(fromAgency && { agency: agency?.trim(), document: document?.trim() }),
    reason: said,
    unitId,
    ...demandDue(askedBy, work.today, work),
  })
  await recordAccountDeed(work, `account.${kind}-asked`, account, where, { demand: demandId, askedBy })
  return holdDemandOrThrow(work, demandId)
}

async function holdDemandOrThrow(work: Work, id: string): Promise<kept.Demand> {
  const found = await kept.holdDemand(work, id)
  if (!found) throw accountProblem('account-demand-unknown')
  return found
}

/**
 * Sends an agency's demand on to whoever decides; their working days begin. Throws account-demand-unknown,
 * account-demand-decided.
 */
export async function passOnDemand(work: Work, demandId: string): Promise<kept.Demand> {
  const one = await holdDemandOrThrow(work, demandId)
  if (one.decidedAt || one.forwardedAt || one.forwardBy === null) throw accountProblem('account-demand-decided')
  await kept.setDemandForwarded(work, one, decideForwardedBy(work.today, work))
  await recordAccountDeed(
    work,
    'account.demand-forwarded',
    await holdAccount(work, one.accountId),
    {},
    { demand: demandId },
  )
  return holdDemandOrThrow(work, demandId)
}

/**
 * Decides a demand; a refusal says why, in writing (NĐ59/2022 Art. 19). Throws account-demand-unknown,
 * account-demand-decided, account-demand-not-forwarded, account-own-request, account-reason-needed, and what locking
 * and unlocking throw.
 */
export async function decideDemand(
  work: Work,
  demandId: string,
  { outcome, answer }: { readonly outcome: 'granted' | 'refused'; readonly answer?: string | undefined },
): Promise<kept.Demand> {
  const one = await holdDemandOrThrow(work, demandId)
  if (one.decidedAt) throw accountProblem('account-demand-decided')
  if (one.forwardBy && !one.forwardedAt) throw accountProblem('account-demand-not-forwarded')
  const hand = { id: one.receivedBy, at: one.receivedAt }
  await staff.refuseSameHand(work, 'demand-decided', [hand], () => accountProblem('account-own-request'))
  const said = outcome === 'refused' ? requireReason(answer ?? '') : answer?.trim() || undefined

  await kept.setDemandDecided(work, one, outcome, said)
  const account = await holdAccount(work, one.accountId)
  const facts = { demand: demandId, kind: one.kind, outcome }
  await recordAccountDeed(work, 'account.demand-decided', account, {}, facts)
  if (outcome === 'refused') {
    if (one.kind === 'unlock' && one.askedBy === 'holder' && said) await notifyUnlockRefused(work, account, said)
    return holdDemandOrThrow(work, demandId)
  }
  if (one.kind === 'lock')
    await lockHeldAccount(work, account, { reason: 'agency', demandId, agency: one.agency ?? undefined })
  else
    await unlock(work, one.accountId, {
      askedBy: one.askedBy === 'holder' ? 'holder' : 'agency',
      agency: one.agency ?? undefined,
    })
  return holdDemandOrThrow(work, demandId)
}
