import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import type { DecisionKinds } from './decision.ts'
import { carryOutDue, carryOutJob } from './decisions.ts'

/** What is due is carried out when its time comes; once a minute what was left behind. */
export const jobs = (openWork: OpenWork, kinds: DecisionKinds): Readonly<Record<string, Job>> => ({
  [carryOutJob]: async () => {
    while ((await carryOutDue(openWork, kinds)) > 0);
  },
})

export const crontab: Crontab = { [carryOutJob]: '* * * * *' }
