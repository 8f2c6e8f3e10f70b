import { createHash, randomBytes } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { slowdownKeyOf } from '../../platform/limits/slowdown.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { secondFactorTries } from '../law.ts'
import { readSecret, writtenSecret } from '../paper-secret.ts'
import * as holders from '../store-holder.ts'
import { tellHolder } from './device.ts'
import { type HolderRef, refusedDeed, signingIn, subjectOf, withFactors } from './factors.ts'
import * as store from './store.ts'

const howMany = 10

/**
 * SHA-256 instead of a slow hash: nobody tries out 80 random bits, however fast the hash is, and ten slow hashes a try
 * would fill the queue of passcodes.
 */
const hashOfSecret = (secret: string) => createHash('sha256').update(secret).digest()

/** Makes ten new codes that replace all former ones, to be shown once. A holder who had codes is notified. */
export const makeRecoveryCodes = (work: Work, holder: HolderRef): Promise<string[]> =>
  withFactors(work, async house => {
    const secrets = Array.from({ length: howMany }, () => writtenSecret(randomBytes(10)))
    const hadSome = await store.setRecoveryCodes(
      house,
      holder,
      secrets.map(text => hashOfSecret(readSecret(text) ?? '')),
    )
    await audit.record(house, 'factor.added', subjectOf(holder), { factor: 'recovery-codes', count: howMany })
    if (hadSome) await tellHolder(house, holder, 'changed-codes')
    return secrets
  })

/**
 * The same for a number that may be unknown: tries count under `who`, and an unknown number's code is wrong after the
 * same time.
 */
export const tryRecoveryCodeOf = (
  work: Work,
  holder: HolderRef | undefined,
  who: string,
  code: string,
): Promise<'right' | 'wrong' | 'slowed'> =>
  withFactors(work, async house => {
    const key = slowdownKeyOf('recovery-code', who)
    if ((await holders.attempts.count(house, key, secondFactorTries)) !== undefined) return 'slowed'
    const hash = hashOfSecret(readSecret(code) ?? '')
    if (!holder || !(await store.spendRecoveryCode(house, holder, hash))) {
      await refusedDeed(house, holder, 'recovery-code')
      return 'wrong'
    }
    await holders.attempts.clear(house, key)
    await audit.record(house, 'recovery-code.used', subjectOf(holder))
    return 'right'
  })

/** Checks a code within a work that continues with what it opens. See `checkRecoveryCode`. */
export const tryRecoveryCode = (work: Work, holder: HolderRef, code: string) =>
  tryRecoveryCodeOf(work, holder, holder.accountId, code)

/** Uses a recovery code once; of simultaneous uses the first counts. After five mistakes the next try waits. */
export const checkRecoveryCode = (
  openWork: OpenWork,
  holder: HolderRef,
  code: string,
): Promise<'right' | 'wrong' | 'slowed'> =>
  openWork(signingIn(holder.personId), work => tryRecoveryCode(work, holder, code))
