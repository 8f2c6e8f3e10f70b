import { createHash, randomBytes } from 'node:crypto'
import * as audit from '../audit/audit.ts'
import { compareBirthDates, readBirthDate } from '../names/birth-date.ts'
import { parseNumber } from '../names/number.ts'
import { addDays, type Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { activating, type Begun, beginProven } from './activation.ts'
import type { Attempt } from './activation-step.ts'
import { activateBySlip } from './desk-law.ts'
import { tellHolder } from './device.ts'
import { getHolder, type HolderRef, keyOfPlace, refusedDeed, withFactors } from './factor.ts'
import { readSecret, writtenSecret } from './paper-secret.ts'
import { factorProblem } from './problems-factor.ts'
import { accountOf, accountsOf } from './store.ts'
import * as holders from './store-holder.ts'
import * as slips from './store-slip.ts'

/**
 * The paper slip: for whoever no message reaches, printed by an officer who has the person, or their class, before them. Eighty random bits that are kept as a hash;
 * with them the holder gives number and birth date. It is used up when the account is activated, so that who is interrupted before begins again with the same paper.
 */

/** How long a slip for a new passcode is good: handed out at a session and used within the fortnight. One that activates is good as long as the account may be activated. */
const daysGood = 14
const mostWrong = 5
const most = 200

const hashOfSlip = (secret: string) => createHash('sha256').update(secret).digest()

export type PrintedSlip = HolderRef & { readonly secret: string; readonly lastOn: Day; readonly personId: string }

async function lastDayOf(work: Work, { personId, accountId }: HolderRef, isActivated: boolean): Promise<Day> {
  if (isActivated) return addDays(work.today, daysGood)
  const account = (await accountsOf(work, [personId])).find(({ id }) => id === accountId)
  return activateBySlip(account && accountOf(account).activateBy, work.today)
}

async function printOne(work: Work, ref: HolderRef, isActivated: boolean): Promise<PrintedSlip> {
  const secret = writtenSecret(randomBytes(10))
  const id = newId<'slip'>(work.now)
  const lastOn = await lastDayOf(work, ref, isActivated)
  await withFactors(work, async house => {
    const former = await slips.endSlip(house, ref, 'printed-anew')
    if (former) await audit.record(house, 'slip.ended', { kind: 'slip', id: former, personId: ref.personId }, { why: 'printed-anew' })
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
 * Makes a new slip for each account of a list, in its order; a former one of the same account is over. Throws account-unknown, slip-not-possible, slip-too-many.
 */
export async function printSlips(work: Work, accountIds: readonly string[]): Promise<PrintedSlip[]> {
  if (accountIds.length > most) throw factorProblem('slip-too-many', { most })
  const known = new Map((await slips.accountsToPrint(work, accountIds)).map(one => [one.accountId, one]))
  const missing = accountIds.filter(id => !known.has(id))
  if (missing.length > 0) throw factorProblem('slip-account-unknown', { accounts: missing })
  const unfit = accountIds.filter(id => !['approved', 'activated'].includes(known.get(id)?.state ?? ''))
  if (unfit.length > 0) throw factorProblem('slip-not-possible', { accounts: unfit })

  const printed: PrintedSlip[] = []
  for (const id of new Set(accountIds)) {
    const one = known.get(id)
    if (one) printed.push(await printOne(work, { personId: one.personId, accountId: id }, one.state === 'activated'))
  }
  return printed
}

/** Whether number and birth date are those of the slip's person. */
async function isTheirs(work: Work, slip: slips.Slip, { number, bornOn }: { number: string; bornOn: string }): Promise<boolean> {
  const person = await register.getSummary(work, slip.personId as register.PersonId)
  const [typed, born] = [parseNumber(number), readBirthDate(bornOn, { order: 'dmy' })]
  if (typed.kind !== 'number' || typed.number !== person.number || born.kind !== 'day') return false
  return ['same', 'partial'].includes(compareBirthDates(born.day, person.birthDate))
}

async function noteWrong(work: Work, slip: slips.Slip): Promise<void> {
  await refusedDeed(work, slip, 'slip')
  if ((await slips.countWrong(work, slip)) < mostWrong) return
  await slips.endSlip(work, slip, 'wrong-data')
  await audit.record(work, 'slip.ended', { kind: 'slip', id: slip.id, personId: slip.personId }, { why: 'wrong-data' })
}

/** Guesses at slips from one place; a class that does it together is let in. */
const guesses = { free: 40, first: 2, longest: 300 }

/**
 * Begins an attempt by slip, number and birth date: an activation, or a new passcode where the account is activated. A slip that is none, used, over or another's is
 * answered as wrong data are; five wrong data end it.
 */
export const beginBySlip = (
  openWork: OpenWork,
  {
    secret: typed,
    number,
    bornOn,
    address,
  }: { readonly secret: string; readonly number: string; readonly bornOn: string; readonly address: string },
): Promise<Begun | { readonly outcome: 'wrong' }> =>
  openWork(activating(), work =>
    withFactors(work, async (house): Promise<Begun | { readonly outcome: 'wrong' }> => {
      const place = keyOfPlace('slip', address)
      const seconds = await holders.attempts.count(house, place, guesses)
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
      const purpose: Attempt['purpose'] = holder.state === 'activated' ? 'passcode' : 'activation'
      const token = await beginProven(house, { personId: slip.personId, accountId: slip.accountId, purpose, way: 'slip', slipId: slip.id })
      return { outcome: 'begun', token }
    }),
  )
