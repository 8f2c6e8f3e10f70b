import { accountQueuesOfToday } from './of-accounts.ts'
import { cardQueues } from './of-cards.ts'
import { enrolmentQueues } from './of-enrolment.ts'
import { otherQueues } from './of-others.ts'
import { registerQueues } from './of-register.ts'
import { rollQueues } from './of-rolls.ts'
import type { WaitingQueue } from './queue.ts'

/** Every queue in which something waits for somebody. A new list with a queue is declared in one of these. */
export const allQueues: readonly WaitingQueue[] = [
  ...otherQueues,
  ...registerQueues,
  ...enrolmentQueues,
  ...accountQueuesOfToday,
  ...rollQueues,
  ...cardQueues,
]
