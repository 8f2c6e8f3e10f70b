import * as dataProtection from '../../data-protection/data-protection.ts'
import { asOperator } from '../../open-house.ts'
import type { Work } from '../../platform/work.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** Notices of breaches that run out, and requests about personal data that are late. */
export async function checkPersonalDataOf(work: Work): Promise<DoctorCheck> {
  const { count, overdue, runningOut, nextBy } = await dataProtection.countUnnotified(work)
  const requests = await dataProtection.countRequests(work)
  const breaches =
    count === 0
      ? 'no breach waits for its notice'
      : `${count} breaches wait for their notice, ${overdue} too long, ${runningOut} for less than a day more` +
        `; the next by ${nextBy?.toISOString()}`
  return {
    what: 'personal data',
    ok: overdue === 0 && runningOut === 0 && requests.overdue === 0,
    found: `${breaches}; ${requests.open} requests of people wait, ${requests.overdue} too long`,
    todo: 'notify the authority, answer the requests: docs/operations.md, Personal data',
  }
}

export const checkPersonalData = (house: LookedAtHouse): Promise<DoctorCheck> =>
  house.openWork(asOperator('none'), checkPersonalDataOf)
