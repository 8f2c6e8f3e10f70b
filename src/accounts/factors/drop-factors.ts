import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { endDevice } from './device.ts'
import { type HolderRef, inFactorScope, subjectOfHolder } from './factors.ts'
import { forgetPasskeys } from './passkey.ts'
import * as store from './store.ts'
import { forgetTotp } from './totp.ts'

/**
 * Removes the passkeys and the authenticator app, which are assumed to be on the lost device. Passcode, recovery codes
 * and phone number stay with the holder.
 */
export async function forgetLostDevice(work: Work, holder: HolderRef): Promise<void> {
  await endDevice(work, holder, 'lost')
  await forgetPasskeys(work, holder)
  await forgetTotp(work, holder)
}

/**
 * Removes device, passcode, second factors and open attempts when another person acts for the holder, or two records
 * were merged.
 */
export async function forgetFactors(
  work: Work,
  holder: HolderRef,
  why: 'representative' | 'locked' = 'representative',
): Promise<void> {
  await endDevice(work, holder, why)
  await forgetPasskeys(work, holder)
  await forgetTotp(work, holder)
  await inFactorScope(work, async house => {
    for (const factor of await store.dropSecrets(house, holder))
      await audit.record(house, 'factor.removed', subjectOfHolder(holder), { factor })
  })
}
