import type { OpenWork } from '../../platform/work.ts'
import { drawOneTimeCode, tryOneTimeCode } from '../factors/code.ts'
import { isKnownDevice, registerDevice } from '../factors/device.ts'
import { type Holder, inFactorScope, signInScope } from '../factors/factors.ts'
import { checkPasscode } from '../factors/passcode.ts'
import { checkPasskey, type RelyingParty } from '../factors/passkey.ts'
import { tryRecoveryCode } from '../factors/recovery.ts'
import { type ForeignBrowser, foreignBrowserOf } from '../factors/whose-browser.ts'
import type { ActivationBrowser } from './activation.ts'

/**
 * Moves an account to another device: by the passcode with a code from the old device or a recovery code, or by a
 * passkey.
 */

export type DeviceTakeOver =
  | { readonly outcome: 'taken-up' | 'wrong' | 'locked' | ForeignBrowser }
  | { readonly outcome: 'slowed'; readonly seconds: number }

type HolderCredentials = { readonly number: string; readonly passcode: string; readonly browser: ActivationBrowser }

const attemptOrigin = ({ device, address }: ActivationBrowser) => ({ device, address })
const isUsableHolder = ({ state }: Holder) => state === 'activated'

const whoseBrowser = (openWork: OpenWork, browser: ActivationBrowser) =>
  openWork(signInScope(), work => foreignBrowserOf(work, browser))

/**
 * Makes the code that the old device shows: for one use, valid for five minutes. Undefined if the passcode is wrong or
 * this is not the account's device.
 */
export async function showDeviceCode(
  openWork: OpenWork,
  { number, passcode, browser }: HolderCredentials,
): Promise<
  | { readonly outcome: 'shown'; readonly code: string }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'slowed'; readonly seconds: number }
> {
  const checked = await checkPasscode(openWork, { number }, passcode, attemptOrigin(browser))
  if (checked.outcome !== 'right') return checked
  return openWork(signInScope(checked.holder.personId), async work => {
    if (!isUsableHolder(checked.holder) || !(await isKnownDevice(work, checked.holder, browser.device)))
      return { outcome: 'wrong' } as const
    return { outcome: 'shown', code: await drawOneTimeCode(work, checked.holder, 'device-shown') } as const
  })
}

/** The second proof: six digits from the old device, or a recovery code from paper. */
const isShownDeviceCode = (proof: string) => /^\s*(\d\s*){6}$/.test(proof)

/**
 * Makes this browser the account's device, ends the former one and notifies the holder. The answer does not say what
 * was wrong.
 */
export async function takeUpDevice(
  openWork: OpenWork,
  { number, passcode, proof, browser }: HolderCredentials & { readonly proof: string },
): Promise<DeviceTakeOver> {
  const foreign = await whoseBrowser(openWork, browser)
  if (foreign) return { outcome: foreign }
  const checked = await checkPasscode(openWork, { number }, passcode, attemptOrigin(browser))
  if (checked.outcome !== 'right') return checked
  const { holder } = checked
  if (holder.state === 'locked') return { outcome: 'locked' }
  return openWork(signInScope(holder.personId), work =>
    inFactorScope(work, async (house): Promise<DeviceTakeOver> => {
      if (!isUsableHolder(holder)) return { outcome: 'wrong' }
      const right = isShownDeviceCode(proof)
        ? await tryOneTimeCode(house, holder, 'device-shown', proof)
        : await tryRecoveryCode(house, holder, proof)
      if (right === 'slowed') return { outcome: 'slowed', seconds: 60 }
      if (right !== 'right') return { outcome: 'wrong' }
      await registerDevice(house, holder, browser.device, browser.name)
      return { outcome: 'taken-up' }
    }),
  )
}

/** The same by a passkey whose device verified the user. */
export async function takeUpByPasskey(
  openWork: OpenWork,
  {
    response,
    challenge,
    rp,
    browser,
  }: { response: unknown; challenge: string; rp: RelyingParty; browser: ActivationBrowser },
): Promise<DeviceTakeOver> {
  const foreign = await whoseBrowser(openWork, browser)
  if (foreign) return { outcome: foreign }
  const signed = await checkPasskey(openWork, response, challenge, rp)
  if (!signed?.userVerified) return { outcome: 'wrong' }
  if (!isUsableHolder(signed.holder)) return { outcome: signed.holder.state === 'locked' ? 'locked' : 'wrong' }
  await openWork(signInScope(signed.holder.personId), work =>
    registerDevice(work, signed.holder, browser.device, browser.name),
  )
  return { outcome: 'taken-up' }
}
