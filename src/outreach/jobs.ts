import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import type { Channels } from './channels/channels.ts'
import { queueSending, sendJob } from './queue.ts'
import { listenToGateways } from './sending/listen.ts'
import { bringBackMessages, lookAfter, sendDue, senderAuthority } from './sending/sending.ts'

const lookJob = 'look-after-messages'
const bringBackJob = 'bring-back-messages'

/** Messages go out by themselves: once they are queued, and again when their pause is over. */
export const jobs = (openWork: OpenWork, channels: Channels): Readonly<Record<string, Job>> => {
  const listen = listenToGateways(openWork, channels)
  return {
    [sendJob]: async (_payload, { log, stopping }) => {
      listen(log)
      for (let isMore = true; isMore && !stopping?.aborted; )
        ({ isMore } = await sendDue(openWork, channels, {
          stopping,
          notDelivered: (message, result) => log.warn({ message, ...result }, 'a message was not delivered'),
        }))
    },
    [lookJob]: async (_payload, { log }) => {
      listen(log)
      const { interrupted, withoutReceipt } = await lookAfter(openWork, channels)
      if (interrupted > 0) log.warn({ interrupted }, 'messages were being sent when their process was stopped')
      if (withoutReceipt > 0) log.warn({ withoutReceipt }, 'gateways did not say what became of messages')
    },
    [bringBackJob]: async (_payload, { log }) => {
      const messages = await bringBackMessages(openWork)
      if (messages > 0) log.error({ messages }, 'the clock was ahead: messages of then are brought back to now')
      if (messages > 0) await openWork(senderAuthority, work => queueSending(work))
    },
  }
}

/** UTC, as every crontab: each minute. */
export const crontab: Crontab = { [lookJob]: '* * * * *', [sendJob]: '* * * * *' }

/** Done where the clock was set, and whenever jobs begin. */
export const afterClockSet = [bringBackJob]
