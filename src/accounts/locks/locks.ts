/**
 * Locks: a holder, an agency's demand, a lost device, or the end of the holder's card or life stops the use of an
 * account or allows it again.
 * Decided: whether the reason is admissible, and what still stands against its end. Several reasons may stand at once;
 * the account is used again when the last has ended. A demand (form TK03) has its working days, and another officer
 * than the receiver answers it.
 * Deeds: account.locked, .lock-added, .lock-ended, .unlocked, .lock-asked, .unlock-asked, .demand-forwarded,
 * .demand-decided.
 */

import { parsePhone } from '../../names/numbers/phone.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Account } from '../account.ts'
import { cardInHand } from '../card.ts'
import { loseDevice } from '../factors/forgotten.ts'
import { hold, moveOn, moveRefused, reasoned, recordFor, type Where } from '../lifecycle.ts'
import {
  type DeskReason,
  gravest,
  isKnownEnough,
  isSameAsker,
  type KnownThing,
  type LockReason,
  locks,
} from '../lock.ts'
import { tellLocked, tellUnlocked } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import * as kept from './store.ts'

type Locking = {
  readonly reason: LockReason
  readonly note?: string | undefined
  /** The granted demand of an agency. Each agency's lock stands by itself. */
  readonly demandId?: string | undefined
  readonly agency?: string | undefined
  readonly facts?: object
} & Where

/**
 * Locks an account that the work holds; a locked one gets one more reason. An open level 2 request lapses. Throws
 * account-move-refused, account-locked-so.
 */
export async function lockHeld(
  work: Work,
  account: Account,
  { reason, note, demandId, agency, facts, ...where }: Locking,
): Promise<Account> {
  if (account.state !== 'approved' && account.state !== 'activated' && account.state !== 'locked')
    throw moveRefused(account, 'locked')
  const open = await kept.openLocks(work, account)
  if (open.some(one => one.reason === reason && isSameAsker(one.agency, agency)))
    throw accountProblem('account-locked-so')

  await kept.insertLock(work, account, { reason, note, demandId })
  await kept.setLockedFor(work, account, gravest([reason, ...open.map(one => one.reason)]))
  await desk.lapseRaising(work, account)
  if (reason === 'lost-device') await loseDevice(work, { personId: account.personId, accountId: account.id })
  const more = { for: reason, ...(note && { noted: true }), ...facts }
  if (account.state === 'locked') {
    await recordFor(work, 'account.lock-added', account, where, more)
    return account
  }
  const locked = await moveOn(work, account, { to: 'locked', deed: 'account.locked', facts: more, ...where })
  await tellLocked(work, locked, reason)
  return locked
}

/**
 * An officer locks the account: the holder requests it at the counter, or broke the terms. Throws account-unknown,
 * account-move-refused, account-locked-so, account-reason-needed.
 */
export async function lock(
  work: Work,
  id: string,
  { reason, for: why = 'holder', ...where }: { readonly reason: string; readonly for?: DeskReason | undefined } & Where,
): Promise<Account> {
  const note = reasoned(reason)
  return lockHeld(work, await hold(work, id), { reason: why, note, ...where })
}

/** A caller's answers about themselves, as given. */
export type Told = {
  readonly birthDate?: string | undefined
  readonly phone?: string | undefined
  readonly cardIssuedOn?: string | undefined
}

async function tellings(
  work: Work,
  { personId }: Account,
  told: Told,
): Promise<{ right: KnownThing[]; wrong: KnownThing[] }> {
  const { birthDate } = await register.getSummary(work, personId)
  const phone = parsePhone(told.phone)
  const card = told.cardIssuedOn ? await cardInHand(work, personId) : undefined
  const known: readonly (readonly [KnownThing, boolean | undefined])[] = [
    ['birth-date', told.birthDate ? formatPartialDay(birthDate) === told.birthDate : undefined],
    [
      'phone',
      told.phone
        ? phone.kind !== 'malformed' && phone.kind !== 'missing' && phone.e164 === (await store.phoneOf(work, personId))
        : undefined,
    ],
    ['card-issued-on', told.cardIssuedOn ? card?.issuedOn === told.cardIssuedOn : undefined],
  ]
  const those = (answer: boolean) => known.flatMap(([thing, fits]) => (fits === answer ? [thing] : []))
  return { right: those(true), wrong: those(false) }
}

/**
 * The holder reports a lost device at a counter, or on the hotline with facts about themselves. Only the kinds of facts
 * are stored, not the answers. Throws account-unknown, account-move-refused, account-locked-so, account-caller-unknown.
 */
export async function lockLostDevice(
  work: Work,
  id: string,
  { how, told = {}, ...where }: { readonly how: 'counter' | 'hotline'; readonly told?: Told | undefined } & Where,
): Promise<Account> {
  const account = await hold(work, id)
  if (how === 'counter') return lockHeld(work, account, { reason: 'lost-device', facts: { how }, ...where })
  const { right, wrong } = await tellings(work, account, told)
  // The refusal does not say which fact was wrong, or the next caller would try that one alone.
  if (!isKnownEnough(right, wrong)) throw accountProblem('account-caller-unknown')
  return lockHeld(work, account, { reason: 'lost-device', facts: { how, knew: right }, ...where })
}

/** What still stands against the end of a lock; undefined if only the decision is needed. */
async function hindrance(
  work: Work,
  { personId }: Account,
  reason: LockReason,
  askedBy: 'holder' | 'agency',
): Promise<string | undefined> {
  const { needs } = locks[reason]
  if (needs === 'agency') return askedBy === 'agency' ? undefined : needs
  if (needs === 'card-in-hand') return (await cardInHand(work, personId)) ? undefined : needs
  if (needs === 'own-phone') return (await store.phoneOf(work, personId)) ? undefined : needs
  if (needs === 'alive') return (await register.getSummary(work, personId)).lifeStatus === 'dead' ? needs : undefined
  return undefined
}

/** Ends some locks. After the last one the account returns to its former state and the holder is notified. */
export async function endLocks(
  work: Work,
  account: Account,
  ended: readonly kept.Lock[],
  endedFor: 'asked' | 'new-card',
  where: Where = {},
): Promise<Account> {
  await kept.endLocks(work, account, ended, endedFor)
  const left = (await kept.openLocks(work, account)).map(({ reason }) => reason)
  await kept.setLockedFor(work, account, gravest(left))
  if (left.length > 0) {
    await recordFor(work, 'account.lock-ended', account, where, {
      ended: ended.map(({ reason }) => reason),
      left,
      for: endedFor,
    })
    return account
  }
  const to = account.activatedAt ? 'activated' : 'approved'
  const unlocked = await moveOn(work, account, {
    to,
    from: 'locked',
    deed: 'account.unlocked',
    facts: { for: endedFor },
    ...where,
  })
  await tellUnlocked(work, unlocked)
  return unlocked
}

/**
 * Grants an unlock that the holder or an agency requested: ends the reasons that it can end. If one is left, the
 * account stays locked and the refusal says what is needed. Throws account-unknown, account-move-refused,
 * account-unlock-not-yet.
 */
export async function unlock(
  work: Work,
  id: string,
  {
    askedBy = 'holder',
    agency,
    ...where
  }: { readonly askedBy?: 'holder' | 'agency' | undefined; readonly agency?: string | undefined } & Where = {},
): Promise<Account> {
  const account = await hold(work, id)
  if (account.state !== 'locked') throw moveRefused(account, 'unlocked')
  const open = await kept.openLocks(work, account)
  // An agency only ends the lock that it demanded itself.
  const asked =
    askedBy === 'agency' ? open.filter(one => one.reason === 'agency' && isSameAsker(one.agency, agency)) : open
  const needs = new Set<string>()
  for (const { reason } of asked) {
    const hinders = await hindrance(work, account, reason, askedBy)
    if (hinders) needs.add(hinders)
  }
  if (needs.size > 0 || (askedBy === 'agency' && asked.length === 0))
    throw accountProblem('account-unlock-not-yet', { needs: asked.length === 0 ? ['agency'] : [...needs].sort() })
  return endLocks(work, account, asked, 'asked', where)
}
