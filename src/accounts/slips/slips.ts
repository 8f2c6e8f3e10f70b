/**
 * Slips: for whoever no message reaches, an officer who has the person, or their class, before them prints a paper
 * with eighty random bits, of which the house keeps a hash. Decided: whether the account can be opened by paper at
 * all, until which day; and of a slip that is brought, whether number and birth date are those of its holder. It is
 * used up when the account is activated, so that who is interrupted before begins again with the same paper; a new
 * one, or five wrong data, end it.
 * Deeds: slip.printed, slip.ended, factor.refused (of a slip).
 */

import { createHash, randomBytes } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { compareBirthDates, readBirthDate } from '../../names/dates/dates.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { addDays, type Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { tellHolder } from '../factors/device.ts'
import { getHolder, type Holder, type HolderRef, keyOfPlace, refusedDeed, withFactors } from '../factors/factors.ts'
import { activateBySlip, slipDays, slipGuesses, wrongDataEndSlip } from '../law.ts'
import { readSecret, writtenSecret } from '../paper-secret.ts'
import { accountOf, accountsOf } from '../store.ts'
import * as holders from '../store-holder.ts'
import { slipProblem } from './problems.ts'
import { slipSheet } from './sheet.ts'
import * as slips from './store.ts'

const most = 200

const hashOfSlip = (secret: string) => createHash('sha256').update(secret).digest()

export type PrintedSlip = HolderRef & {
  readonly secret: string
  readonly lastOn: Day
  readonly personId: register.PersonId
}

async function lastDayOf(work: Work, { personId, accountId }: HolderRef, isActivated: boolean): Promise<Day> {
  if (isActivated) return addDays(work.today, ruleOn(slipDays, work.today, work))
  const account = (await accountsOf(work, [personId])).find(({ id }) => id === accountId)
  return activateBySlip(account && accountOf(account, work).activateBy, work.today, work)
}

/** The slip of an account that is out opens it no more. In a work that sees what holders prove themselves by. */
export async function endSlip(house: Work, ref: HolderRef, why: 'printed-anew' | 'representative'): Promise<void> {
  const ended = await slips.endSlip(house, ref, why)
  if (ended) await audit.record(house, 'slip.ended', { kind: 'slip', id: ended, personId: ref.personId }, { why })
}

async function printOne(work: Work, ref: HolderRef, isActivated: boolean): Promise<PrintedSlip> {
  const secret = writtenSecret(randomBytes(10))
  const id = newId<'slip'>(work.now)
  const lastOn = await lastDayOf(work, ref, isActivated)
  await withFactors(work, async house => {
    await endSlip(house, ref, 'printed-anew')
    await slips.addSlip(house, { ...ref, id }, { hash: hashOfSlip(readSecret(secret) ?? ''), lastOn })
    // Whoever holds the phone learns that paper opens the account, who had printed it for themselves or not.
    await tellHolder(house, ref, 'changed-slip')
  })
  await audit.record(
    work,
    'slip.printed',
    { kind: 'slip', id, personId: ref.personId, ...(work.unitId && { unitId: work.unitId }) },
    { account: ref.accountId, lastOn, for: isActivated ? 'passcode' : 'activation' },
  )
  return { ...ref, secret, lastOn }
}

/**
 * Makes a new slip for each account of a list, in its order; a former one of the same account is over. Throws
 * account-unknown, slip-not-possible, slip-too-many.
 */
export async function printSlips(work: Work, accountIds: readonly string[]): Promise<PrintedSlip[]> {
  if (accountIds.length > most) throw slipProblem('slip-too-many', { most })
  const known = new Map((await slips.accountsToPrint(work, accountIds)).map(one => [one.accountId, one]))
  const missing = accountIds.filter(id => !known.has(id))
  if (missing.length > 0) throw slipProblem('slip-account-unknown', { accounts: missing })
  const unfit = accountIds.filter(id => !['approved', 'activated'].includes(known.get(id)?.state ?? ''))
  if (unfit.length > 0) throw slipProblem('slip-not-possible', { accounts: unfit })

  const printed: PrintedSlip[] = []
  for (const id of new Set(accountIds)) {
    const one = known.get(id)
    if (one) printed.push(await printOne(work, { personId: one.personId, accountId: id }, one.state === 'activated'))
  }
  return printed
}

/** The paper with a new slip for each account, in the order of the list; see `printSlips`. */
export async function slipPaper(
  work: Work,
  accountIds: readonly string[],
  { origin, isDemonstration }: { readonly origin: string; readonly isDemonstration: boolean },
): Promise<Buffer> {
  const printed = await printSlips(work, accountIds)
  const personIds = printed.map(({ personId }) => personId)
  const known = new Map<string, register.PersonSummary>(
    (await register.summariesOf(work, personIds)).map(person => [person.id, person]),
  )
  await audit.noteReading(work, personIds, ['name', 'number'])
  const unit = work.unitId ? (await units.letterheadOf(work, work.unitId, work.today)).name : ''
  const sheet = printed.map(({ personId, secret, lastOn }) => {
    const person = known.get(personId)
    return { name: person?.fullName ?? '', lastFour: person?.number?.slice(-4) ?? '', secret, lastOn }
  })
  return slipSheet({ slips: sheet, unit, origin, printedAt: work.now, isDemonstration })
}

/** Whether number and birth date are those of the slip's person. */
async function isTheirs(
  work: Work,
  slip: slips.Slip,
  { number, bornOn }: { number: string; bornOn: string },
): Promise<boolean> {
  const person = await register.getSummary(work, slip.personId)
  const [typed, born] = [parseNumber(number), readBirthDate(bornOn, { order: 'dmy' })]
  if (typed.kind !== 'number' || typed.number !== person.number || born.kind !== 'day') return false
  return ['same', 'partial'].includes(compareBirthDates(born.day, person.birthDate))
}

async function noteWrong(work: Work, slip: slips.Slip): Promise<void> {
  await refusedDeed(work, slip, 'slip')
  if ((await slips.countWrong(work, slip)) < ruleOn(wrongDataEndSlip, work.today, work)) return
  await slips.endSlip(work, slip, 'wrong-data')
  await audit.record(work, 'slip.ended', { kind: 'slip', id: slip.id, personId: slip.personId }, { why: 'wrong-data' })
}

export type SlipBrought =
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
): Promise<SlipBrought> {
  const place = keyOfPlace('slip', address)
  const seconds = await holders.attempts.count(house, place, slipGuesses)
  if (seconds !== undefined) return { outcome: 'slowed', seconds }
  const secret = readSecret(typed)
  const slip = secret === undefined ? undefined : await slips.holdSlip(house, hashOfSlip(secret))
  const holder = slip && (await getHolder(house, slip))
  if (!slip || !holder) return { outcome: 'wrong' }
  if (!(await isTheirs(house, slip, { number, bornOn }))) {
    await noteWrong(house, slip)
    return { outcome: 'wrong' }
  }
  await holders.attempts.takeBack(house, place)
  return { outcome: 'right', slip, holder }
}

/** Uses a slip up; false where it was used, or ended, meanwhile. */
export const spendSlip = (house: Work, personId: register.PersonId, slipId: string): Promise<boolean> =>
  slips.spendSlip(house, personId, slipId)
