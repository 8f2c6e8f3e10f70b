import { queueJob } from '../platform/jobs/jobs.ts'
import type { Work } from '../platform/work.ts'
import type * as store from './store.ts'

export const sendJob = 'send-messages'

/**
 * Queues a run of the sender. Runs follow one another; each takes whatever is due, so that one that comes later may
 * find nothing left.
 */
export const queueSending = (work: Work, runAt?: Date) =>
  queueJob(work, sendJob, {}, { queue: 'outreach', ...(runAt && { runAt }) })

type MessageRef = Pick<store.Message, 'id' | 'personId' | 'unitId'>

/** A message as the subject of a deed. */
export const auditSubjectOf = ({ id, personId, unitId }: MessageRef) => ({
  kind: 'message',
  id,
  ...(personId && { personId }),
  ...(unitId && { unitId }),
})
