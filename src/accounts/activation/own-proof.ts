import { hashToken } from '../../platform/http/cookie-tokens.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { type CodeSending, checkOneTimeCode, sendOneTimeCode } from '../factors/code.ts'
import { getHolder, type Holder, inFactorScope } from '../factors/factors.ts'
import { type AttemptOrigin, checkPasscode } from '../factors/passcode.ts'
import { checkRecoveryCode } from '../factors/recovery.ts'
import { checkTotp } from '../factors/totp.ts'
import { isHeld } from '../holder.ts'
import { isSlipWaiting } from '../slips/slips.ts'
import * as holders from '../store-holder.ts'
import { activationScope } from './activation-scope.ts'
import { type ActivationAttempt, askerOf, holderRefOf } from './attempt.ts'
import * as attempts from './store.ts'

/**
 * An account that was opened before is its holder's already. A paper that one officer printed, or a number sent to a
 * phone that somebody else put there, does not make it anybody else's: the holder proves something of their own, or
 * another officer approves the slip.
 */

/** Ways to prove an account one's own, besides a slip. */
export const proofKinds = ['passcode', 'recovery-code', 'totp', 'message'] as const
export type ProofKind = (typeof proofKinds)[number]

/** Whether an attempt needs more than what it began with. In a work that sees what holders prove themselves by. */
export async function needsOwnProof(house: Work, attempt: ActivationAttempt): Promise<boolean> {
  const { accountId, ownFactor, purpose, slipId, way } = attempt
  if (accountId === undefined || ownFactor || purpose === 'slip-stop' || way === 'recovery-code') return false
  const ref = holderRefOf(attempt)
  if (!(await holders.wasOpened(house, ref))) return false
  return slipId ? isSlipWaiting(house, ref.personId, slipId) : !(await holders.isPhoneProved(house, ref))
}

const isProvenStep = ({ step }: ActivationAttempt) => step === 'code-right' || step === 'guardian-confirmed'

/** The attempt and its holder, if it waits for such a proof. */
async function findWaiting(
  house: Work,
  token: string,
): Promise<{ readonly attempt: ActivationAttempt; readonly holder: Holder } | undefined> {
  const attempt = await attempts.findAttempt(house, hashToken(token))
  if (!attempt || !isProvenStep(attempt) || !(await needsOwnProof(house, attempt))) return undefined
  const holder = await getHolder(house, holderRefOf(attempt))
  return holder && { attempt, holder }
}

/** Whether the account's phone proves its holder, so that the page offers a message. */
export const isMessageOffered = (house: Work, attempt: ActivationAttempt): Promise<boolean> =>
  holders.isPhoneProved(house, holderRefOf(attempt))

export type OwnProof =
  | { readonly outcome: 'right' | 'wrong' | 'gone' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

async function checkProof(
  openWork: OpenWork,
  { holder, attempt }: { readonly holder: Holder; readonly attempt: ActivationAttempt },
  { kind, proof, from }: { readonly kind: ProofKind; readonly proof: string; readonly from: AttemptOrigin },
): Promise<'right' | 'wrong' | 'over' | 'slowed' | number> {
  if (kind === 'recovery-code') return checkRecoveryCode(openWork, holder, proof)
  if (kind === 'totp') return checkTotp(openWork, holder, proof)
  if (kind === 'message') return checkOneTimeCode(openWork, holder, 'passcode', proof, askerOf(attempt))
  const checked = await checkPasscode(openWork, { holder }, proof, from)
  return checked.outcome === 'slowed' ? checked.seconds : checked.outcome
}

/**
 * Checks what the holder proves besides. A passcode that a slip has just set proves nothing, nor does a number sent to
 * a phone that somebody else put there. Throws sign-in-busy (503).
 */
export async function proveOwn(
  openWork: OpenWork,
  token: string,
  given: { readonly kind: ProofKind; readonly proof: string; readonly from: AttemptOrigin },
): Promise<OwnProof> {
  const waiting = await openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const found = await findWaiting(house, token)
      if (!found) return undefined
      const { attempt, holder } = found
      const counts =
        given.kind === 'passcode'
          ? !isHeld(holder, house.now)
          : given.kind !== 'message' || (await isMessageOffered(house, attempt))
      return { ...found, counts }
    }),
  )
  if (!waiting) return { outcome: 'gone' }
  if (!waiting.counts) return { outcome: 'wrong' }
  const checked = await checkProof(openWork, waiting, given)
  if (typeof checked === 'number') return { outcome: 'slowed', seconds: checked }
  if (checked === 'slowed') return { outcome: 'slowed', seconds: 60 }
  if (checked !== 'right') return { outcome: 'wrong' }
  return openWork(activationScope(waiting.holder.personId), work =>
    inFactorScope(work, async (house): Promise<OwnProof> => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (!attempt || !isProvenStep(attempt)) return { outcome: 'gone' }
      await attempts.setOwnFactor(house, attempt, given.kind)
      return { outcome: 'right' }
    }),
  )
}

/** Sends a number to the account's phone, where that proves its holder; undefined where nothing is to be proved. */
export const sendOwnCode = (openWork: OpenWork, token: string, address: string): Promise<CodeSending | undefined> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const waiting = await findWaiting(house, token)
      if (!waiting) return undefined
      if (!(await isMessageOffered(house, waiting.attempt))) return { outcome: 'no-phone' } as const
      return sendOneTimeCode(house, waiting.holder, 'passcode', { address, asker: askerOf(waiting.attempt) })
    }),
  )
