import * as audit from '../../audit/audit.ts'
import { birthday, latestDay } from '../../platform/day.ts'
import { hashToken } from '../../platform/http/cookie-tokens.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { inFactorScope, subjectOfHolder } from '../factors/factors.ts'
import { type AttemptOrigin, checkPasscode } from '../factors/passcode.ts'
import { isHeld } from '../holder.ts'
import { confirmedBelowAge } from '../law.ts'
import { activationScope } from './activation-scope.ts'
import { type ActivationAttempt, holderRefOf } from './attempt.ts'
import * as attempts from './store.ts'

/**
 * Father, mother or guardian confirm a child's activation with their own account (NĐ69/2024 Art. 10, 14; domain.md 3.8,
 * 3.10).
 */

/** Whether the person of an attempt is so young, or under guardianship, that somebody else has to confirm. */
export async function needsGuardian(work: Work, { personId, accountId }: ActivationAttempt): Promise<boolean> {
  if (accountId === undefined) return false
  const { birthDate } = await register.getSummary(work, personId)
  const isYoung = birthday(latestDay(birthDate), ruleOn(confirmedBelowAge, work.today, work)) > work.today
  return isYoung || (await register.guardianOf(work, personId)) !== undefined
}

export type GuardianConfirmation =
  | { readonly outcome: 'confirmed' | 'wrong' | 'gone' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

/** Whether an attempt waits for a guardian: of any other no passcode is looked at, whoever types one. */
const isWaitingForGuardian = (openWork: OpenWork, token: string): Promise<boolean> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const attempt = await attempts.findAttempt(house, hashToken(token))
      return attempt?.step === 'code-right' && needsGuardian(house, attempt)
    }),
  )

/**
 * A parent with an activated level 2 account confirms by number and passcode. Anyone else gets the answer of a wrong
 * passcode; without an attempt that waits for a guardian a right one is answered as a wrong one, too.
 */
export async function confirmAsGuardian(
  openWork: OpenWork,
  token: string,
  { number, passcode, from }: { readonly number: string; readonly passcode: string; readonly from: AttemptOrigin },
): Promise<GuardianConfirmation> {
  if (!(await isWaitingForGuardian(openWork, token))) return { outcome: 'gone' }
  const checked = await checkPasscode(openWork, { number }, passcode, from)
  if (checked.outcome === 'slowed') return checked
  if (checked.outcome === 'wrong') return { outcome: 'wrong' }
  const parent = checked.holder
  return openWork(asSystem('activation', 'house', parent.personId), work =>
    inFactorScope(work, async (house): Promise<GuardianConfirmation> => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (attempt?.step !== 'code-right') return { outcome: 'gone' }
      const isFit = parent.state === 'activated' && parent.level === 2
      if (!isFit || !(await attempts.isParent(house, parent.personId, attempt.personId))) return { outcome: 'wrong' }
      await attempts.updateAttempt(house, attempt, { step: 'guardian-confirmed' })
      await attempts.addStep(house, attempt, 'guardian-confirmed')
      // Who acts for the child proves themselves by their own account; another parent proves nothing of this one.
      if (
        attempt.accountId &&
        !isHeld(parent, house.now) &&
        (await attempts.isRepresentative(house, parent.personId, attempt.accountId))
      )
        await attempts.setOwnFactor(house, attempt, 'representative')
      await audit.record(house, 'activation.confirmed', subjectOfHolder(holderRefOf(attempt)), {
        guardian: parent.accountId,
      })
      return { outcome: 'confirmed' }
    }),
  )
}
