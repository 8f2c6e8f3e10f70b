import type { FaceEngine } from '../biometrics/face-engine/face-engine.ts'
import { asId } from '../platform/ids.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { notifyLapsedHolders } from './activation/change-activation-period.ts'
import { attemptsNoticeJob, notifyHolderOfAttempt } from './factors/notify-change.ts'
import { setDueDatesOfRequests } from './imports/due.ts'
import { comparePortrait, comparePortraitJob } from './level-one/compare-portrait.ts'
import { processLeftRequests, processRequest, processRequestJob } from './level-one/level-one.ts'
import type { SealingKeys } from './level-one/seal.ts'
import { lockExpiredCardHolders } from './locks/locks-from-card-and-death.ts'

const accountScope = asSystem('account')

/**
 * Background jobs of accounts: due dates of imported requests, notices to holders whose activation days are over, locks
 * with expired cards, level 1 requests of citizens and the comparison of their portraits, notices of guesses that were
 * stopped. `engine`: undefined where the installation compares no faces.
 */
export const jobs = (
  openWork: OpenWork,
  keys: () => Promise<SealingKeys>,
  engine: FaceEngine | undefined,
): Readonly<Record<string, Job>> => ({
  [comparePortraitJob]: async ({ id }) =>
    comparePortrait(openWork, await keys(), engine, typeof id === 'string' ? id : ''),
  [processRequestJob]: async ({ id }) => processRequest(openWork, await keys(), typeof id === 'string' ? id : ''),
  [attemptsNoticeJob]: async ({ personId, accountId }) => {
    if (typeof personId !== 'string' || typeof accountId !== 'string') return
    const holder = { personId: asId<'person'>(personId), accountId: asId<'account'>(accountId) }
    await openWork(asSystem('sign-in'), work => notifyHolderOfAttempt(work, holder, 'attempts-stopped'))
  },
  'take-up-what-was-left': async () => processLeftRequests(openWork, await keys()),
  'chase-accounts': async () => {
    while ((await openWork(accountScope, setDueDatesOfRequests)) > 0);
    while ((await openWork(accountScope, work => notifyLapsedHolders(work))) > 0);
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after
      after = await openWork(accountScope, work => lockExpiredCardHolders(work, from || undefined))
    }
  },
})

/** UTC: at six in the morning of the province, when people are up; the days ended at midnight. */
export const crontab: Crontab = { 'chase-accounts': '0 23 * * *', 'take-up-what-was-left': '*/5 * * * *' }
