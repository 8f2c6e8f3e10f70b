/**
 * Slips: for whoever no message reaches, an officer who has the person, or their class, before them prints a paper
 * with 140 random bits, of which the house keeps a hash. Decided: whether the account can be opened by paper at
 * all, until which day; and of a slip that is brought, whether number and birth date are those of its holder. It is
 * used up when the account is activated, so that who is interrupted before begins again with the same paper; a new
 * one, or five wrong data, end it.
 * A slip for an account that was opened before is a reset: it opens nothing before another officer than the printer
 * approved it (approval.ts), or the holder proved something of their own; the account then waits three days, in which
 * the holder stops it (stop.ts).
 * Deeds: slip.printed, slip.approved, slip.refused, slip.ended, slip.stopped, account.hold-lifted, factor.refused (of a
 * slip).
 */

import { createHash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { compareBirthDates, readBirthDate } from '../../names/dates/dates.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { addDays, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { drawApart } from '../../platform/pdf/drawing-apart.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { cardInHand } from '../card-of-account.ts'
import { getHolder, type Holder, type HolderRef, inFactorScope, keyOfAddress, refusedDeed } from '../factors/factors.ts'
import { readFactorsToReplace } from '../factors/former-factors.ts'
import { notifyOfSlip } from '../factors/notify-change.ts'
import {
  activationDeadlineOfSlip,
  chipReadAtCounter,
  slipDays,
  slipGuesses,
  slipHoldHours,
  slipsAtOnce,
  wrongDataEndSlip,
} from '../law.ts'
import { decodeSecret, drawSecret } from '../paper-secret.ts'
import type { OwnFactor } from '../slip-reset.ts'
import { accountOf, findAccountRows } from '../store.ts'
import * as holders from '../store-holder.ts'
import { slipProblem } from './problems.ts'
import type { drawSlipSheet } from './sheet.ts'
import * as slips from './store.ts'
import * as resets from './store-reset.ts'

const hashOfSlip = (secret: string) => createHash('sha256').update(secret).digest()

export type PrintedSlip = HolderRef & {
  readonly secret: string
  readonly lastOn: Day
  readonly personId: register.PersonId
}

async function lastDayOf(work: Work, { personId, accountId }: HolderRef, isActivated: boolean): Promise<Day> {
  if (isActivated) return addDays(work.today, ruleOn(slipDays, work.today, work))
  const account = (await findAccountRows(work, [personId])).find(({ id }) => id === accountId)
  return activationDeadlineOfSlip(account && accountOf(account, work).activateBy, work.today, work)
}

/** The slip of an account that is out opens it no more. In a work that sees what holders prove themselves by. */
export async function endOpenSlip(house: Work, ref: HolderRef, reason: slips.SlipEnd): Promise<void> {
  const ended = await slips.setSlipEnded(house, ref, reason)
  if (ended)
    await audit.record(house, 'slip.ended', { kind: 'slip', id: ended, personId: ref.personId }, { why: reason })
}

async function printSlip(
  work: Work,
  { state, isOpened, ...holder }: slips.AccountToPrint,
  chip: cards.ReadingEvidence | undefined,
): Promise<PrintedSlip> {
  const isActivated = state === 'activated'
  const secret = drawSecret()
  const id = newId<'slip'>(work.now)
  const lastOn = await lastDayOf(work, holder, isActivated)
  await inFactorScope(work, async house => {
    await endOpenSlip(house, holder, 'printed-anew')
    await slips.addSlip(house, { ...holder, id }, { hash: hashOfSlip(decodeSecret(secret) ?? ''), lastOn })
    if (isOpened) await resets.addReset(house, { ...holder, id })
    // Whoever holds the phone learns that paper opens the account, who had printed it for themselves or not.
    await notifyOfSlip(house, holder, isOpened ? 'slip-for-opened' : 'slip-printed')
  })
  await audit.record(
    work,
    'slip.printed',
    { kind: 'slip', id, personId: holder.personId, ...(work.unitId && { unitId: work.unitId }) },
    {
      account: holder.accountId,
      lastOn,
      for: isActivated ? 'passcode' : 'activation',
      ...(isOpened && { reset: true }),
      ...(chip && { chip }),
    },
  )
  return { ...holder, secret, lastOn }
}

/** The reading of a chip on which a slip rests. Throws slip-chip-of-one-account, and what stands against it. */
function spendChipOf(
  work: Work,
  { accountId, personId }: HolderRef,
  { chipReading, isAlone }: { readonly chipReading: string | undefined; readonly isAlone: boolean },
): Promise<cards.ReadingEvidence | undefined> {
  if (chipReading !== undefined && !isAlone) throw slipProblem('slip-chip-of-one-account')
  return cardInHand(work, personId).then(card =>
    cards.spendReadingIfGiven(work, chipReading, {
      card,
      purpose: 'account-activated',
      deed: 'slip.printed',
      subjectId: accountId,
      demand: ruleOn(chipReadAtCounter, work.today, work).slip,
    }),
  )
}

const approverOf = ({ approvedBy, approvedAt }: slips.AccountToPrint) => ({ id: approvedBy, at: approvedAt })

/** Whoever approved an account does not print what opens it first: they would have had it in hand alone. */
async function refuseOwnApproval(work: Work, accounts: readonly slips.AccountToPrint[]): Promise<void> {
  if (work.by.kind !== 'officer') return
  const unopened = accounts.filter(({ state }) => state === 'approved')
  await staff.refuseSameHand(work, 'slip-printed', unopened.map(approverOf), isOwn =>
    slipProblem('slip-own-approval', {
      accounts: unopened.filter(one => isOwn(approverOf(one))).map(({ accountId }) => accountId),
    }),
  )
}

/**
 * Makes a new slip for each account of a list, in its order; a former one of the same account is over. Throws
 * account-unknown, slip-not-possible, slip-own-approval, slip-too-many, slip-chip-of-one-account, and what stands
 * against the reading of a chip.
 */
export async function printSlips(
  work: Work,
  accountIds: readonly Id<'account'>[],
  { chipReading }: { readonly chipReading?: string | undefined } = {},
): Promise<PrintedSlip[]> {
  if (accountIds.length > slipsAtOnce) throw slipProblem('slip-too-many', { most: slipsAtOnce })
  const known = new Map((await slips.findAccountsToPrint(work, accountIds)).map(one => [one.accountId, one]))
  const missing = accountIds.filter(id => !known.has(id))
  if (missing.length > 0) throw slipProblem('slip-account-unknown', { accounts: missing })
  const unfit = accountIds.filter(id => !['approved', 'activated'].includes(known.get(id)?.state ?? ''))
  if (unfit.length > 0) throw slipProblem('slip-not-possible', { accounts: unfit })
  await refuseOwnApproval(work, [...known.values()])

  const printed: PrintedSlip[] = []
  for (const id of new Set(accountIds)) {
    const one = known.get(id)
    if (!one) continue
    const chip = await spendChipOf(work, one, { chipReading, isAlone: known.size === 1 })
    printed.push(await printSlip(work, one, chip))
  }
  return printed
}

/** The paper with a new slip for each account, in the order of the list; see `printSlips`. */
export async function printSlipSheet(
  work: Work,
  accountIds: readonly Id<'account'>[],
  {
    origin,
    isDemonstration,
    chipReading,
  }: { readonly origin: string; readonly isDemonstration: boolean; readonly chipReading?: string | undefined },
): Promise<Buffer> {
  const printed = await printSlips(work, accountIds, { chipReading })
  const personIds = printed.map(({ personId }) => personId)
  const known = new Map<string, register.PersonSummary>(
    (await register.listSummaries(work, personIds)).map(person => [person.id, person]),
  )
  await audit.noteReading(work, personIds, ['name', 'number'])
  const unit = work.unitId ? (await units.letterheadOf(work, work.unitId, work.today)).name : ''
  const sheet = printed.map(({ personId, secret, lastOn }) => {
    const person = known.get(personId)
    return { name: person?.fullName ?? '', lastFour: person?.number?.slice(-4) ?? '', secret, lastOn }
  })
  const drawn = { slips: sheet, unit, origin, printedAt: work.now, isDemonstration }
  return drawApart<typeof drawSlipSheet>(new URL('./sheet.ts', import.meta.url), 'drawSlipSheet', drawn)
}

/** Whether number and birth date are those of the slip's person. */
async function isSlipOfHolder(
  work: Work,
  slip: slips.Slip,
  { number, bornOn }: { number: string; bornOn: string },
): Promise<boolean> {
  const person = await register.getSummary(work, slip.personId)
  const [typed, born] = [parseNumber(number), readBirthDate(bornOn, { order: 'dmy' })]
  if (typed.kind !== 'number' || typed.number !== person.number || born.kind !== 'day') return false
  return ['same', 'partial'].includes(compareBirthDates(born.day, person.birthDate))
}

async function countWrongSlip(work: Work, slip: slips.Slip): Promise<void> {
  await refusedDeed(work, slip, 'slip')
  if ((await slips.countWrongTry(work, slip)) < ruleOn(wrongDataEndSlip, work.today, work)) return
  await slips.setSlipEnded(work, slip, 'wrong-data')
  await audit.record(work, 'slip.ended', { kind: 'slip', id: slip.id, personId: slip.personId }, { why: 'wrong-data' })
}

export type SlipCheck =
  | { readonly outcome: 'right'; readonly slip: HolderRef & { readonly id: string }; readonly holder: Holder }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

/**
 * Checks a slip as it is brought, with number and birth date. One that is none, used, over or another's is answered as
 * wrong data are; five wrong data end it. In a work that sees what holders prove themselves by.
 */
export async function checkSlip(
  house: Work,
  {
    secret: typed,
    number,
    bornOn,
    address,
  }: { readonly secret: string; readonly number: string; readonly bornOn: string; readonly address: string },
): Promise<SlipCheck> {
  const place = keyOfAddress('slip', address)
  const seconds = await holders.slowdownCounters.count(house, place, slipGuesses)
  if (seconds !== undefined) return { outcome: 'slowed', seconds }
  const secret = decodeSecret(typed)
  const slip = secret === undefined ? undefined : await slips.holdSlip(house, hashOfSlip(secret))
  const holder = slip && (await getHolder(house, slip))
  if (!slip || !holder) return { outcome: 'wrong' }
  if (!(await isSlipOfHolder(house, slip, { number, bornOn }))) {
    await countWrongSlip(house, slip)
    return { outcome: 'wrong' }
  }
  await holders.slowdownCounters.takeBack(house, place)
  return { outcome: 'right', slip, holder }
}

/** Uses a slip up; false where it was used, or ended, meanwhile. */
export const redeemSlip = (house: Work, personId: register.PersonId, slipId: string): Promise<boolean> =>
  slips.setSlipSpent(house, personId, slipId)

/**
 * A slip that is brought for an account which was opened since it was printed, by a message or elsewhere, waits for
 * another officer as one that was printed for it.
 */
export const noteReset = (house: Work, slip: HolderRef & { readonly id: string }): Promise<void> =>
  resets.addReset(house, { ...slip, id: slip.id as slips.SlipId })

/** Whether a slip that can be used waits for another officer; one that is over opens nothing anyway. */
export async function isSlipWaiting(house: Work, personId: register.PersonId, slipId: string): Promise<boolean> {
  if (!(await slips.isOpenSlip(house, personId, slipId))) return false
  return (await resets.holdReset(house, slipId))?.outcome !== 'approved'
}

/** A slip that the holder used with a factor of their own, and after which nothing has to wait. */
export const spendWithoutHold = (
  house: Work,
  ref: HolderRef,
  { slipId, ownFactor }: { readonly slipId: string; readonly ownFactor: OwnFactor },
): Promise<void> =>
  resets.setResetUsed(house, { personId: ref.personId, id: slipId }, { ownFactor, heldUntil: house.now })

/**
 * Begins the waiting time after a reset, and keeps what it replaces for the holder who stops it. Called before the new
 * passcode is stored. In a work that sees what holders prove themselves by.
 */
export async function beginHold(
  house: Work,
  ref: HolderRef,
  { slipId, ownFactor }: { readonly slipId: string; readonly ownFactor: OwnFactor | undefined },
): Promise<void> {
  const heldUntil = new Date(house.now.getTime() + slipHoldHours * 3_600_000)
  const slip = { personId: ref.personId, id: slipId }
  await resets.setResetUsed(house, slip, { ownFactor, heldUntil })
  await resets.setFormerFactors(house, slip, await readFactorsToReplace(house, ref))
  await holders.setHeldUntil(house, ref, heldUntil)
  await notifyOfSlip(house, ref, 'slip-used')
}
