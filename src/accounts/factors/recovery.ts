import { createHash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { recoveryCodeCount, secondFactorTries } from '../law.ts'
import { decodeSecret, drawSecret } from '../paper-secret.ts'
import * as holders from '../store-holder.ts'
import { type HolderRef, inFactorScope, refusedDeed, signInScope, subjectOfHolder } from './factors.ts'
import { refuseWhileHeld } from './hold.ts'
import { notifyHolderOfChange } from './notify-change.ts'
import * as store from './store.ts'

/**
 * SHA-256 instead of a slow hash: nobody tries out 140 random bits, however fast the hash is, and ten slow hashes a try
 * would fill the queue of passcodes. Codes that were printed before have 80.
 */
const hashOfSecret = (secret: string) => createHash('sha256').update(secret).digest()

/**
 * Makes ten new codes that replace all former ones, to be shown once. A holder who had codes is notified. Throws
 * account-held.
 */
export const makeRecoveryCodes = (work: Work, holder: HolderRef): Promise<string[]> =>
  inFactorScope(work, async house => {
    await refuseWhileHeld(house, holder)
    const secrets = Array.from({ length: recoveryCodeCount }, drawSecret)
    const hadSome = await store.setRecoveryCodes(
      house,
      holder,
      secrets.map(text => hashOfSecret(decodeSecret(text) ?? '')),
    )
    await audit.record(house, 'factor.added', subjectOfHolder(holder), {
      factor: 'recovery-codes',
      count: recoveryCodeCount,
    })
    if (hadSome) await notifyHolderOfChange(house, holder, 'changed-codes')
    return secrets
  })

/**
 * The same for a number that may be unknown: tries count under `who`, and an unknown number's code is wrong after the
 * same time.
 */
export const trySlowedRecoveryCode = (
  work: Work,
  holder: HolderRef | undefined,
  slowdownKey: string,
  code: string,
): Promise<'right' | 'wrong' | 'slowed'> =>
  inFactorScope(work, async house => {
    const key = slowdownKeyOf('recovery-code', slowdownKey)
    if ((await holders.slowdownCounters.count(house, key, secondFactorTries)) !== undefined) return 'slowed'
    const hash = hashOfSecret(decodeSecret(code) ?? '')
    if (!holder || !(await store.spendRecoveryCode(house, holder, hash))) {
      await refusedDeed(house, holder, 'recovery-code')
      return 'wrong'
    }
    await holders.slowdownCounters.clear(house, key)
    await audit.record(house, 'recovery-code.used', subjectOfHolder(holder))
    return 'right'
  })

/** Checks a code within a work that continues with what it opens. See `checkRecoveryCode`. */
export const tryRecoveryCode = (work: Work, holder: HolderRef, code: string) =>
  trySlowedRecoveryCode(work, holder, holder.accountId, code)

/** Uses a recovery code once; of simultaneous uses the first counts. After five mistakes the next try waits. */
export const checkRecoveryCode = (
  openWork: OpenWork,
  holder: HolderRef,
  code: string,
): Promise<'right' | 'wrong' | 'slowed'> =>
  openWork(signInScope(holder.personId), work => tryRecoveryCode(work, holder, code))
