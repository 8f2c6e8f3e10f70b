import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { aheadSeconds } from '../platform/jobs/law.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import type { Inbox } from './inbox/inbox.ts'
import { exchangeOnce } from './line/line.ts'
import { exchangeJob, type OurSide } from './outbox/outbox.ts'
import type { QuestionKinds } from './question.ts'
import { compareDays, takeDayAnswer } from './reconciliation/reconciliation.ts'
import { bringBackEnvelopes } from './store-envelope.ts'

const bringBackJob = 'bring-back-envelopes'

/** The turns with the centre, and the days that are compared at night. */
export const inboxOf = (openWork: OpenWork, ours: OurSide, kinds: QuestionKinds): Inbox => ({
  openWork,
  ours,
  kinds,
  takeDayAnswer,
})

export const jobs = (openWork: OpenWork, ours: () => OurSide, kinds: QuestionKinds): Readonly<Record<string, Job>> => ({
  [exchangeJob]: async (_payload, { log }) => {
    const { fault, quarantined } = await exchangeOnce(inboxOf(openWork, ours(), kinds))
    if (fault !== undefined) log.warn({ fault }, 'the national centre does not answer; what waits leaves again later')
    if (quarantined > 0) log.warn({ quarantined }, 'messages of the national centre lie in quarantine')
  },
  'compare-exchange-days': async () => {
    await openWork(asSystem('exchange'), work => compareDays(work, ours()))
  },
  [bringBackJob]: async (_payload, { log }) => {
    const envelopes = await openWork(asSystem('exchange'), work => bringBackEnvelopes(work, aheadSeconds))
    if (envelopes > 0) log.error({ envelopes }, 'the clock was ahead: envelopes of then leave for the centre now')
  },
})

/** UTC. Each minute a turn with the centre; at a quarter to three in the province the days are compared. */
export const crontab: Crontab = { [exchangeJob]: '* * * * *', 'compare-exchange-days': '45 19 * * *' }

/** Done where the clock was set, and whenever jobs begin. */
export const afterClockSet = [bringBackJob]
