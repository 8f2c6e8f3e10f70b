import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { tellLapsedOnes } from './activation/reopening.ts'
import { dateRequests } from './imports/due.ts'
import { takeUp, takeUpJob, takeUpLeft } from './level-one/level-one.ts'
import type { SealingKeys } from './level-one/seal.ts'
import { lockExpired } from './locks/follow.ts'

const house = asSystem('account')

/**
 * Background jobs of accounts: due dates of imported requests, notices to holders whose activation days are over, locks
 * with expired cards, and level 1 requests of citizens.
 */
export const jobs = (openWork: OpenWork, keys: () => Promise<SealingKeys>): Readonly<Record<string, Job>> => ({
  [takeUpJob]: async ({ id }) => takeUp(openWork, await keys(), typeof id === 'string' ? id : ''),
  'take-up-what-was-left': async () => takeUpLeft(openWork, await keys()),
  'chase-accounts': async () => {
    while ((await openWork(house, dateRequests)) > 0);
    while ((await openWork(house, work => tellLapsedOnes(work))) > 0);
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after
      after = await openWork(house, work => lockExpired(work, from || undefined))
    }
  },
})

/** At six in the morning of the province, when people are up; the days ended at midnight. */
export const crontab: Crontab = { 'chase-accounts': '0 23 * * *', 'take-up-what-was-left': '*/5 * * * *' }
