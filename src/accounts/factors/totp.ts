import { Secret, TOTP } from 'otpauth'
import * as audit from '../../audit/audit.ts'
import { seal, unseal } from '../../platform/sealing/sealing.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { secondFactorTries } from '../law.ts'
import * as holders from '../store-holder.ts'
import { tellHolder } from './device.ts'
import { type HolderRef, keyOfAccount, placeOf, refusedDeed, signingIn, subjectOf, withFactors } from './factors.ts'
import * as store from './store.ts'

/**
 * Codes of an authenticator app (TOTP, RFC 6238): six digits, SHA-1, thirty seconds, which every app supports. The step
 * before and the step after count too (section 5.2).
 */
const period = 30
const totpOf = (secret: Secret) =>
  new TOTP({ issuer: 'Định danh', label: 'Định danh', algorithm: 'SHA1', digits: 6, period, secret })

/**
 * Offers an app its secret once, as text and as the address for a QR code. It counts only after its first code was
 * entered; until then a former one counts.
 */
export async function offerTotp(
  work: Work,
  holder: HolderRef,
): Promise<{ readonly secret: string; readonly uri: string }> {
  const secret = new Secret({ size: 20 })
  await withFactors(work, house => store.offerTotp(house, holder, seal('totp', placeOf(holder), secret.base32)))
  return { secret: secret.base32, uri: totpOf(secret).toString() }
}

/** The time step of a code around a moment. */
function stepOf(sealed: Buffer, holder: HolderRef, code: string, now: Date): number | undefined {
  const secret = Secret.fromBase32(unseal('totp', placeOf(holder), sealed))
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window: 1 })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / period) + delta
}

async function check(
  work: Work,
  holder: HolderRef,
  code: string,
  which: 'confirmed' | 'offered',
): Promise<'right' | 'wrong' | 'slowed'> {
  const key = keyOfAccount('totp', holder)
  if ((await holders.attempts.count(work, key, secondFactorTries)) !== undefined) return 'slowed'
  const known = await store.totpOf(work, holder)
  const sealed = which === 'confirmed' ? known?.sealed : known?.offered
  const step = sealed ? stepOf(sealed, holder, code, work.now) : undefined
  const take = (secret: Buffer, at: number) =>
    which === 'confirmed' ? store.spendStep(work, holder, at) : store.confirmTotp(work, holder, secret, at)
  if (!sealed || step === undefined || !(await take(sealed, step))) {
    await refusedDeed(work, holder, 'totp')
    return 'wrong'
  }
  await holders.attempts.clear(work, key)
  return 'right'
}

/** Checks a code of the holder's app. Each time step is used once; after five mistakes the next try waits. */
export const checkTotp = (openWork: OpenWork, holder: HolderRef, code: string): Promise<'right' | 'wrong' | 'slowed'> =>
  openWork(signingIn(holder.personId), work => withFactors(work, house => check(house, holder, code, 'confirmed')))

/** Checks the first code of an offered app. From then on it replaces a former app, and the holder is notified. */
export const confirmTotp = (
  openWork: OpenWork,
  holder: HolderRef,
  code: string,
): Promise<'right' | 'wrong' | 'slowed'> =>
  openWork(signingIn(holder.personId), work =>
    withFactors(work, async house => {
      const outcome = await check(house, holder, code, 'offered')
      if (outcome === 'right') {
        await audit.record(house, 'factor.added', subjectOf(holder), { factor: 'totp' })
        await tellHolder(house, holder, 'changed-app')
      }
      return outcome
    }),
  )

/** Removes the app as a factor. */
export const forgetTotp = (work: Work, holder: HolderRef): Promise<void> =>
  withFactors(work, async house => {
    if (await store.dropTotp(house, holder))
      await audit.record(house, 'factor.removed', subjectOf(holder), { factor: 'totp' })
  })
