import * as audit from '../../audit/audit.ts'
import type { SealedColumn } from '../../platform/sealing/reseal.ts'
import { seal, unseal } from '../../platform/sealing/sealing.ts'
import { newTotpSecret, totpAddress, totpStep } from '../../platform/second-factor/totp.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { secondFactorTries } from '../law.ts'
import * as holders from '../store-holder.ts'
import {
  type HolderRef,
  inFactorScope,
  keyOfAccount,
  refusedDeed,
  rowKeyOf,
  signInScope,
  subjectOfHolder,
} from './factors.ts'
import { refuseWhileHeld } from './hold.ts'
import { notifyHolderOfChange } from './notify-change.ts'
import * as store from './store.ts'

/** Codes of an authenticator app, of account holders. */

/** Where their secrets lie sealed. */
export const sealedSecrets = ['sealed', 'offered'].map(
  (column): SealedColumn => ({
    table: 'accounts.totp',
    column,
    key: { person_id: 'uuid', account_id: 'uuid' },
    use: 'totp',
    place: ({ person_id: personId = '', account_id: accountId = '' }) => rowKeyOf({ personId, accountId }),
  }),
)

/**
 * Offers an app its secret once, as text and as the address for a QR code. It counts only after its first code was
 * entered; until then a former one counts. Throws account-held.
 */
export async function offerTotp(
  work: Work,
  holder: HolderRef,
): Promise<{ readonly secret: string; readonly uri: string }> {
  const secret = newTotpSecret()
  await inFactorScope(work, async house => {
    await refuseWhileHeld(house, holder)
    await store.setOfferedTotp(house, holder, seal('totp', rowKeyOf(holder), secret))
  })
  return { secret, uri: totpAddress(secret) }
}

const findTotpStep = (sealed: Buffer, holder: HolderRef, code: string, now: Date): number | undefined =>
  totpStep(unseal('totp', rowKeyOf(holder), sealed), code, now)

async function checkTotpCode(
  work: Work,
  holder: HolderRef,
  code: string,
  secretKind: 'confirmed' | 'offered',
): Promise<'right' | 'wrong' | 'slowed'> {
  const key = keyOfAccount('totp', holder)
  if ((await holders.slowdownCounters.count(work, key, secondFactorTries)) !== undefined) return 'slowed'
  const known = await store.findTotp(work, holder)
  const sealed = secretKind === 'confirmed' ? known?.sealed : known?.offered
  const step = sealed ? findTotpStep(sealed, holder, code, work.now) : undefined
  const take = (secret: Buffer, at: number) =>
    secretKind === 'confirmed'
      ? store.spendTotpStep(work, holder, at)
      : store.setConfirmedTotp(work, holder, secret, at)
  if (!sealed || step === undefined || !(await take(sealed, step))) {
    await refusedDeed(work, holder, 'totp')
    return 'wrong'
  }
  await holders.slowdownCounters.clear(work, key)
  return 'right'
}

/** Checks a code of the holder's app. Each time step is used once; after five mistakes the next try waits. */
export const checkTotp = (openWork: OpenWork, holder: HolderRef, code: string): Promise<'right' | 'wrong' | 'slowed'> =>
  openWork(signInScope(holder.personId), work =>
    inFactorScope(work, house => checkTotpCode(house, holder, code, 'confirmed')),
  )

/**
 * Checks the first code of an offered app. From then on it replaces a former app, and the holder is notified. Throws
 * account-held.
 */
export const confirmTotp = (
  openWork: OpenWork,
  holder: HolderRef,
  code: string,
): Promise<'right' | 'wrong' | 'slowed'> =>
  openWork(signInScope(holder.personId), work =>
    inFactorScope(work, async house => {
      await refuseWhileHeld(house, holder)
      const outcome = await checkTotpCode(house, holder, code, 'offered')
      if (outcome === 'right') {
        await audit.record(house, 'factor.added', subjectOfHolder(holder), { factor: 'totp' })
        await notifyHolderOfChange(house, holder, 'changed-app')
      }
      return outcome
    }),
  )

/** Removes the app as a factor. */
export const forgetTotp = (work: Work, holder: HolderRef): Promise<void> =>
  inFactorScope(work, async house => {
    if (await store.dropTotp(house, holder))
      await audit.record(house, 'factor.removed', subjectOfHolder(holder), { factor: 'totp' })
  })
