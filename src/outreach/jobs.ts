import { asId } from '../platform/ids.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import type { Channels } from './channels/channels.ts'
import { deliverJob } from './queue.ts'
import { deliver, deliverDue } from './sending/deliver.ts'

const dueJob = 'deliver-due'

/** Messages go out by themselves: each once it is queued, and again when its pause is over. */
export const jobs = (openWork: OpenWork, channels: Channels): Readonly<Record<string, Job>> => ({
  [deliverJob]: async (payload, { log }) => {
    const id = asId<'message'>(String(payload['id']))
    const delivered = await deliver(openWork, channels, id)
    if (delivered && delivered.state !== 'sent') log.warn({ message: id, ...delivered }, 'a message was not delivered')
  },
  [dueJob]: async (_payload, { log }) => {
    const { interrupted } = await deliverDue(openWork)
    if (interrupted > 0) log.warn({ interrupted }, 'messages were being sent when their process was stopped')
  },
})

/** UTC, as every crontab: each minute. */
export const crontab: Crontab = { [dueJob]: '* * * * *' }
