import type { PartialDay } from '../../platform/day.ts'
import { hashToken } from '../../platform/http/cookie-tokens.ts'
import { pepper } from '../../platform/sealing/sealing.ts'
import { hashSecret, matchesSecret } from '../../platform/sealing/secret-hash.ts'
import { slowdownKey, slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { guessesFromPlace, passcodeTries, strangersGuesses } from '../law.ts'
import * as holders from '../store-holder.ts'
import { isKnownDevice } from './device.ts'
import {
  findHolder,
  getHolder,
  type Holder,
  type HolderRef,
  inFactorScope,
  keyOfAddress,
  refusedDeed,
  rowKeyOf,
  signInScope,
  slowdownKeyOfNumber,
} from './factors.ts'
import { queueAttemptsNotice } from './notify-change.ts'
import * as store from './store.ts'

export type PasscodeFault =
  | 'passcode-six-digits'
  | 'passcode-repeated'
  | 'passcode-sequence'
  | 'passcode-birth'
  | 'passcode-number'

const isRepeated = (digits: string) => [1, 2, 3].some(period => digits === digits.slice(0, period).repeat(6 / period))

/** 123456, 987654, 135790: the same step from each digit to the next, round the ten digits. */
function isSequence(digits: string): boolean {
  const steps = [...digits.slice(1)].map((digit, at) => (Number(digit) - Number(digits[at]) + 10) % 10)
  return new Set(steps).size === 1
}

const twoDigits = (part: number | undefined) => (part === undefined ? '' : String(part).padStart(2, '0'))

function isOfBirth(digits: string, { y, m, d }: PartialDay): boolean {
  if (digits.includes(String(y))) return true
  const [day, month, year] = [twoDigits(d), twoDigits(m), String(y).slice(2)]
  if (!day || !month) return false
  return (
    [day + month, month + day].some(both => digits.startsWith(both) || digits.endsWith(both)) ||
    [year + month + day, year + day + month].includes(digits)
  )
}

/**
 * Why six digits are not taken, or undefined: what whoever finds the card or knows the birthday tries first. `about` is
 * what stands on the card, and the phone.
 */
export function passcodeFault(
  passcode: string,
  about: { readonly birthDate: PartialDay; readonly number?: string | undefined; readonly phone?: string | undefined },
): PasscodeFault | undefined {
  if (!/^\d{6}$/.test(passcode)) return 'passcode-six-digits'
  if (isRepeated(passcode)) return 'passcode-repeated'
  if (isSequence(passcode)) return 'passcode-sequence'
  if (isOfBirth(passcode, about.birthDate)) return 'passcode-birth'
  return [about.number, about.phone].some(digits => digits?.includes(passcode)) ? 'passcode-number' : undefined
}

const nobodysHolder = { personId: 'nobody', accountId: 'nobody' } as const

/** Takes its time: outside any work. Throws sign-in-busy (503). */
export const hashPasscode = (holder: HolderRef, passcode: string): Promise<string> =>
  hashSecret(pepper('passcode', rowKeyOf(holder), passcode))

/** Keeps a passcode that was hashed for this holder. */
export const keepPasscode = (work: Work, holder: HolderRef, hashed: string): Promise<void> =>
  inFactorScope(work, house => store.setPasscode(house, holder, hashed))

/** Where an attempt comes from: the browser's device cookie, and its address. */
export type AttemptOrigin = { readonly device?: string | undefined; readonly address: string }

type PasscodeCounters = {
  readonly own: Buffer
  readonly all: Buffer
  readonly place: Buffer
  readonly isKnown: boolean
}

/** How long to wait; `ofAccount`: for guesses at this account, and not for those of a place at many. */
type Wait = { readonly seconds: number; readonly ofAccount: boolean }

/**
 * Counts the attempt, which commits whatever becomes of it. Nothing is locked for ever: a stranger's guesses never shut
 * out the holder's own device.
 */
async function countPasscodeTry(
  work: Work,
  { own, all, place: here, isKnown }: PasscodeCounters,
): Promise<Wait | undefined> {
  // A place is counted once a passcode was wrong: the row of a school's address would else be everybody's bottleneck.
  const early = isKnown ? undefined : await holders.slowdownCounters.waitFor(work, here, guessesFromPlace)
  if (early !== undefined) return { seconds: early, ofAccount: false }
  const wait = await holders.slowdownCounters.count(work, own, passcodeTries)
  const seconds = wait ?? (isKnown ? undefined : await holders.slowdownCounters.count(work, all, strangersGuesses))
  return seconds === undefined ? undefined : { seconds, ofAccount: true }
}

/** Whoever found the line too long was not looked at: their attempt is none. */
const uncountPasscodeTry = (openWork: OpenWork, { own, all, isKnown }: PasscodeCounters) =>
  openWork(signInScope(), work =>
    inFactorScope(work, async house => {
      await holders.slowdownCounters.takeBack(house, own)
      if (!isKnown) await holders.slowdownCounters.takeBack(house, all)
    }),
  )

function preparePasscodeCheck(
  openWork: OpenWork,
  holderQuery: { number?: string; holder?: Holder },
  origin: AttemptOrigin,
) {
  return openWork(signInScope(), work =>
    inFactorScope(work, async house => {
      const { number = '' } = holderQuery
      const holder = holderQuery.holder ? await getHolder(house, holderQuery.holder) : await findHolder(house, number)
      // A number that is nobody's is counted just as one that is somebody's.
      const who = holder?.accountId ?? slowdownKeyOfNumber(number)
      const isKnown =
        holder !== undefined && origin.device !== undefined && (await isKnownDevice(house, holder, origin.device))
      const known = isKnown && origin.device ? { knownDevice: hashToken(origin.device) } : { address: origin.address }
      const counted = {
        own: slowdownKey(who, known),
        all: slowdownKeyOf('strangers', who),
        place: keyOfAddress('passcode', origin.address),
        isKnown,
      }
      const wait = await countPasscodeTry(house, counted)
      if (wait?.ofAccount && !isKnown) await queueAttemptsNotice(house, counted.all, holder)
      return {
        holder,
        counted,
        wait: wait?.seconds,
        stored: holder && (await store.findPasscodeHash(house, holder)),
      }
    }),
  )
}

export type PasscodeCheck =
  | { readonly outcome: 'right'; readonly holder: Holder }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

/**
 * Checks a passcode outside any work, since the hash takes its time; tries are counted before it, and slowed. Who has
 * no account, or no passcode, is checked against nobody's: the same answer after the same work. Whether the holder's
 * account may be used is for the caller to say. Throws sign-in-busy (503).
 */
export async function checkPasscode(
  openWork: OpenWork,
  holderQuery: { number?: string; holder?: Holder },
  passcode: string,
  origin: AttemptOrigin,
): Promise<PasscodeCheck> {
  const { holder, counted, wait, stored } = await preparePasscodeCheck(openWork, holderQuery, origin)
  if (wait !== undefined) return { outcome: 'slowed', seconds: wait }

  const right = await matchesSecret(stored, pepper('passcode', rowKeyOf(holder ?? nobodysHolder), passcode)).catch(
    async error => {
      await uncountPasscodeTry(openWork, counted)
      throw error
    },
  )
  return openWork(signInScope(holder?.personId), work =>
    inFactorScope(work, async (house): Promise<PasscodeCheck> => {
      if (!holder || !right) {
        if (!counted.isKnown) await holders.slowdownCounters.count(house, counted.place, guessesFromPlace)
        await refusedDeed(house, holder, 'passcode')
        return { outcome: 'wrong' }
      }
      await holders.slowdownCounters.clear(house, counted.own)
      await holders.slowdownCounters.clear(house, counted.all)
      await holders.slowdownCounters.dropOld(house)
      return { outcome: 'right', holder }
    }),
  )
}
