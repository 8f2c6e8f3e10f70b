import type { Database } from './database.ts'
import type { Exam } from './exam.ts'
import type { Clock } from './moment.ts'
import type { Provider } from './provider.ts'
import { openQueue, type Queue } from './queue.ts'
import { keyOf } from './secret.ts'
import { type TicketSigner, ticketSigner } from './ticket.ts'

/** All that a request stands on. */
export type Site = {
  readonly db: Database
  readonly exams: readonly Exam[]
  readonly clock: Clock
  readonly provider: Provider
  /** Where browsers find the site, without a slash at the end. */
  readonly origin: string
  readonly tickets: TicketSigner
  /** The key by which forms are known as this site's. */
  readonly formKey: Buffer
  queueOf(exam: Exam): Queue
}

export function makeSite({ db, exams, clock, provider, origin }: Pick<Site, 'db' | 'exams' | 'clock' | 'provider' | 'origin'>): Site {
  const queues = new Map(exams.map(exam => [exam.id, openQueue(db, exam, clock())]))
  return {
    db,
    exams,
    clock,
    provider,
    origin,
    tickets: ticketSigner(keyOf(db, 'tickets')),
    formKey: keyOf(db, 'forms'),
    queueOf(exam) {
      const queue = queues.get(exam.id)
      if (!queue) throw new Error(`there is no queue of ${exam.id}`)
      return queue
    },
  }
}
