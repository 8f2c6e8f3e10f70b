import { queueJob } from '../platform/jobs/jobs.ts'
import type { Work } from '../platform/work.ts'
import type { MessageId } from './message.ts'
import type * as store from './store.ts'

export const deliverJob = 'deliver-message'

/**
 * Queues the delivery job of a message. A message has one waiting job, which a later one replaces; jobs run one after
 * another, so that a slow mail server occupies one worker only.
 */
export const queueDelivery = (work: Work, id: MessageId, runAt?: Date) =>
  queueJob(work, deliverJob, { id }, { key: `${deliverJob} ${id}`, queue: 'outreach', ...(runAt && { runAt }) })

type MessageRef = Pick<store.Message, 'id' | 'personId' | 'unitId'>

/** A message as the subject of a deed. */
export const auditSubjectOf = ({ id, personId, unitId }: MessageRef) => ({
  kind: 'message',
  id,
  ...(personId && { personId }),
  ...(unitId && { unitId }),
})
