import { jobs as accountJobs, crontab as accountTimes } from './accounts/jobs.ts'
import * as audit from './audit/audit.ts'
import { jobs as campaignJobs } from './campaign/jobs.ts'
import { jobs as enrolmentJobs, crontab as enrolmentTimes } from './enrolment/jobs.ts'
import type { House } from './open-house.ts'
import { openChannels } from './outreach/channels.ts'
import { crontab as deliveryTimes, jobs as outreachJobs } from './outreach/jobs.ts'
import { jobs as partyJobs, crontab as partyTimes } from './parties/jobs.ts'
import type { Crontab, Job } from './platform/jobs/jobs.ts'
import { asSystem } from './platform/work.ts'
import { jobs as registerJobs } from './register/jobs.ts'
import { jobs as rollJobs } from './rolls/jobs.ts'
import { jobs as signInJobs, crontab as signInTimes } from './signin/jobs.ts'
import { jobs as countingJobs, crontab as countingTimes } from './statistics/jobs.ts'
import { jobs as verificationJobs, crontab as verificationTimes } from './verification/jobs.ts'

/** Every job of the house by its name; a context's background verbs stand in its jobs.ts. */
export const jobs = (house: House): Readonly<Record<string, Job>> => ({
  'seal-readings': async () => {
    await house.openWork(asSystem('audit'), audit.sealReadings)
  },
  ...registerJobs(house.openWork),
  ...rollJobs(house.openWork),
  ...campaignJobs(house.openWork),
  ...accountJobs(house.openWork, house.stationKeys),
  ...enrolmentJobs(house.openWork, house.stationKeys),
  ...countingJobs(house.openWork),
  ...signInJobs(house.openWork, house.signInDesk()),
  ...partyJobs(house.openWork),
  ...verificationJobs(house.openWork),
  ...outreachJobs(house.openWork, openChannels(house)),
})

/** When the house does things by itself; UTC. */
export const crontab: Crontab = {
  'seal-readings': '* * * * *',
  'forget-house-lists': '7 * * * *',
  ...accountTimes,
  ...enrolmentTimes,
  ...countingTimes,
  ...deliveryTimes,
  ...signInTimes,
  ...partyTimes,
  ...verificationTimes,
}
