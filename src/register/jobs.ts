import { asId } from '../platform/ids.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { asConsentId, endConsentJob, endDoneConsent, endOverdueConsents } from './counter/counter.ts'
import { endOverGuardianships } from './guardianships/guardianships.ts'
import { deathJob, followDeaths } from './imports/death.ts'
import { forgetMergedRows } from './merging/merging.ts'
import { clearStays } from './movements/movements.ts'

/** What the register does by itself. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [deathJob]: async payload => {
    const ids = Array.isArray(payload['personIds']) ? payload['personIds'].map(id => asId<'person'>(String(id))) : []
    await followDeaths(openWork, ids, new Date(String(payload['since'])))
  },
  [endConsentJob]: async payload => endDoneConsent(openWork, asConsentId(String(payload['id']))),
  'end-overdue-consents': async () => endOverdueConsents(openWork),
  'forget-merged-rows': async () => {
    await openWork(asSystem('register'), forgetMergedRows)
  },
  'end-guardianships': async () => {
    await endOverGuardianships(openWork)
  },
  'clear-stays': async () => {
    await clearStays(openWork)
  },
})

/** When it does them; UTC. */
export const crontab: Crontab = {
  'end-overdue-consents': '*/10 * * * *',
  'clear-stays': '20 18 * * *',
  'forget-merged-rows': '40 18 * * *',
  'end-guardianships': '5 17 * * *',
}
