import type { Database } from '../database.ts'
import type { Exam } from '../exam.ts'
import type { Clock } from '../moment.ts'
import { openQueue, type Queue } from '../queue/queue.ts'
import { type TicketSigner, ticketSigner } from '../queue/ticket.ts'
import { keyOf } from '../secret.ts'
import type { Provider } from '../sign-in/provider.ts'

/** All that a request stands on. */
export type Site = {
  readonly db: Database
  readonly exams: readonly Exam[]
  readonly clock: Clock
  /**
   * The time by which a request is judged: the queues have seen it, so that a clock that was set, or a site that stood
   * still, lets nobody in before their turn.
   */
  now(): number
  readonly provider: Provider
  /** Where browsers find the site, without a slash at the end. */
  readonly origin: string
  readonly tickets: TicketSigner
  /** The key by which forms are known as this site's. */
  readonly formKey: Buffer
  queueOf(exam: Exam): Queue
}

type SiteParts = Pick<Site, 'db' | 'exams' | 'clock' | 'provider' | 'origin'> & {
  /** By it is known that the clock was set: it goes on whatever the clock on the wall says. */
  readonly running: Clock
}

export function makeSite({ db, exams, clock, running, provider, origin }: SiteParts): Site {
  const queues = new Map(exams.map(exam => [exam.id, openQueue(db, exam, clock(), running())]))
  return {
    db,
    exams,
    clock,
    now() {
      const [now, ran] = [clock(), running()]
      for (const queue of queues.values()) queue.see(now, ran)
      return now
    },
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
