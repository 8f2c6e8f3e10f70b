import type { OpenWork } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { drawCode, tryCode } from '../factors/code.ts'
import { isKnownDevice, knowDevice } from '../factors/device.ts'
import { type Holder, signingIn, withFactors } from '../factors/factors.ts'
import { checkPasscode } from '../factors/passcode.ts'
import { checkPasskey, type Rp } from '../factors/passkey.ts'
import { tryRecoveryCode } from '../factors/recovery.ts'
import type { Browser } from './activation.ts'

/**
 * Moves an account to another device: by the passcode with a code from the old device or a recovery code, or by a
 * passkey.
 */

export type TakenUp =
  | { readonly outcome: 'taken-up' | 'wrong' | 'officer-device' | 'locked' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

type Known = { readonly number: string; readonly passcode: string; readonly browser: Browser }

const from = ({ device, address }: Browser) => ({ device, address })
const usable = ({ state }: Holder) => state === 'activated'

const isOfficers = (openWork: OpenWork, { device, officerSession }: Browser) =>
  openWork(signingIn(), work => staff.isOfficersBrowser(work, { device, session: officerSession }))

/**
 * Makes the code that the old device shows: for one use, valid for five minutes. Undefined if the passcode is wrong or
 * this is not the account's device.
 */
export async function showDeviceCode(
  openWork: OpenWork,
  { number, passcode, browser }: Known,
): Promise<
  | { readonly outcome: 'shown'; readonly code: string }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'slowed'; readonly seconds: number }
> {
  const checked = await checkPasscode(openWork, { number }, passcode, from(browser))
  if (checked.outcome !== 'right') return checked
  return openWork(signingIn(checked.holder.personId), async work => {
    if (!usable(checked.holder) || !(await isKnownDevice(work, checked.holder, browser.device)))
      return { outcome: 'wrong' } as const
    return { outcome: 'shown', code: await drawCode(work, checked.holder, 'device-shown') } as const
  })
}

/** The second proof: six digits from the old device, or a recovery code from paper. */
const isShown = (proof: string) => /^\s*(\d\s*){6}$/.test(proof)

/**
 * Makes this browser the account's device, ends the former one and notifies the holder. The answer does not say what
 * was wrong.
 */
export async function takeUpDevice(
  openWork: OpenWork,
  { number, passcode, proof, browser }: Known & { readonly proof: string },
): Promise<TakenUp> {
  if (await isOfficers(openWork, browser)) return { outcome: 'officer-device' }
  const checked = await checkPasscode(openWork, { number }, passcode, from(browser))
  if (checked.outcome !== 'right') return checked
  const { holder } = checked
  if (holder.state === 'locked') return { outcome: 'locked' }
  return openWork(signingIn(holder.personId), work =>
    withFactors(work, async (house): Promise<TakenUp> => {
      if (!usable(holder)) return { outcome: 'wrong' }
      const right = isShown(proof)
        ? await tryCode(house, holder, 'device-shown', proof)
        : await tryRecoveryCode(house, holder, proof)
      if (right === 'slowed') return { outcome: 'slowed', seconds: 60 }
      if (right !== 'right') return { outcome: 'wrong' }
      await knowDevice(house, holder, browser.device, browser.name)
      return { outcome: 'taken-up' }
    }),
  )
}

/** The same by a passkey whose device verified the user. */
export async function takeUpByPasskey(
  openWork: OpenWork,
  { response, challenge, rp, browser }: { response: unknown; challenge: string; rp: Rp; browser: Browser },
): Promise<TakenUp> {
  if (await isOfficers(openWork, browser)) return { outcome: 'officer-device' }
  const signed = await checkPasskey(openWork, response, challenge, rp)
  if (!signed?.userVerified) return { outcome: 'wrong' }
  if (!usable(signed.holder)) return { outcome: signed.holder.state === 'locked' ? 'locked' : 'wrong' }
  await openWork(signingIn(signed.holder.personId), work =>
    knowDevice(work, signed.holder, browser.device, browser.name),
  )
  return { outcome: 'taken-up' }
}
