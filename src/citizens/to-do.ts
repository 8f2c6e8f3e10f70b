import type * as accounts from '../accounts/accounts.ts'
import type { CitizenOverview } from './citizens.ts'
import { fewRecoveryCodes } from './law.ts'

/** Things to do; each has a page or an office where it is done. */
export type ToDo =
  | 'fetch-card'
  | 'mend-application'
  | 'make-card'
  | 'renew-card'
  | 'raise-level'
  | 'second-way'
  | 'more-codes'

/** Things to do, by urgency. Pure. */
export function toDosOf({ answer, account }: CitizenOverview, factors: accounts.Holder['factors'] | undefined): ToDo[] {
  const view = answer.is === 'applied' ? answer.view : undefined
  const waits =
    view?.card === 'at-unit' ||
    view?.card === 'dispatched' ||
    (answer.is === 'coming' && answer.card.state === 'at-unit')
  const hasSecond = factors && (factors.totp || factors.passkeys > 0 || factors.recoveryCodes > 0)
  const all: (ToDo | false | undefined)[] = [
    waits && 'fetch-card',
    (view?.card === 'returned' || view?.card === 'recapture') && 'mend-application',
    answer.is === 'none' && 'make-card',
    answer.is === 'must-renew' && 'renew-card',
    // Who has no card yet is raised together with it (NĐ59/2022 Art. 14).
    answer.is === 'in-force' && account?.level === 1 && account.state === 'activated' && 'raise-level',
    factors && !hasSecond && 'second-way',
    factors && factors.recoveryCodes > 0 && factors.recoveryCodes < fewRecoveryCodes && 'more-codes',
  ]
  return all.filter(one => one !== false && one !== undefined)
}
