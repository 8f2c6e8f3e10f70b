import type { Database } from './database.ts'
import type { Exam } from './exam.ts'
import { newTicketId, type Ticket } from './ticket.ts'

/** Places that are written down at once: one write to the disk for so many tickets. */
const block = 64

/** So much earlier than their moment people are let in, so that a few who come together where nobody waits do not see the queue. */
const tolerance = 1_000

type Written = { readonly places: number; readonly next_at: number; readonly beat_at: number }
type Pause = { readonly from_at: number; readonly until_at: number; readonly moved_by: number }

export type Queue = {
  /** Gives the next place. */
  take(now: number): Ticket
  /** When its holder may enter, with the times at which the server did not run. */
  letInAt(ticket: Ticket): number
  isIn(ticket: Ticket, now: number): boolean
  /** How many stand before the holder. */
  ahead(ticket: Ticket, now: number): number
  /** Notes that the server runs; to be called each second or so. Nobody is let in for `hold` milliseconds from now, where it has more to do than it can. */
  beat(now: number, hold?: number): void
}

/**
 * A queue in which everybody is let in at the pace of the exam, in the order of coming. A place is worth a moment: the next free one, `1 / perSecond`
 * apart. So there is no list to keep: the ticket carries its moment, signed, and the site keeps only where the next free moment is, written ahead.
 * Where the server did not run, or was too busy, the moments of all who waited move on by that time: they are let in at the pace, and not all at once.
 */
export function openQueue(db: Database, { id, queue: { perSecond } }: Exam, now: number): Queue {
  const apart = 1_000 / perSecond
  const written = db.find<Written>('select places, next_at, beat_at from queue where exam_id = ?', id)
  // Who waited at the last beat, or came since, waits on from there.
  if (written && written.next_at > written.beat_at && written.beat_at < now) {
    const stood = written.beat_at
    db.together(() => {
      db.run('insert into queue_pause values (?, ?, ?, ?)', id, stood, now, now - stood)
      db.run('update queue set next_at = next_at + ?, beat_at = ? where exam_id = ?', now - stood, now, id)
    })
  }
  const pauses = db.list<Pause>('select from_at, until_at, moved_by from queue_pause where exam_id = ? order by from_at, rowid', id)
  let { places, next_at: nextAt } = db.find<Written>('select places, next_at, beat_at from queue where exam_id = ?', id) ?? {
    places: 0,
    next_at: 0,
  }
  let writtenPlaces = places
  let isQuiet = false

  /** After a kill the places that were written and perhaps not given out are skipped: nobody gets a place twice. */
  const writeAhead = (moment: number) => {
    isQuiet = false
    writtenPlaces = places + block
    db.run(
      `insert into queue values (?1, ?2, ?3, ?4)
       on conflict (exam_id) do update set places = ?2, next_at = ?3, beat_at = ?4`,
      id,
      writtenPlaces,
      Math.ceil(Math.max(nextAt, moment) + block * apart),
      moment,
    )
  }
  /** Pauses that ended before the ticket was given out are in its moment already. */
  const letInAt = ({ issuedAt, letInAt: at }: Ticket) =>
    pauses
      .filter(({ until_at }) => until_at > issuedAt)
      .reduce((moment, { from_at, moved_by }) => (moment > from_at ? moment + moved_by : moment), at)

  return {
    take(moment) {
      if (places >= writtenPlaces) writeAhead(moment)
      places += 1
      const at = Math.max(moment, nextAt)
      nextAt = at + apart
      return { id: newTicketId(), examId: id, place: places, issuedAt: moment, letInAt: Math.max(moment, Math.ceil(at - tolerance)) }
    },
    letInAt,
    isIn: (ticket, moment) => moment >= letInAt(ticket),
    ahead: (ticket, moment) => Math.max(0, Math.ceil((letInAt(ticket) - moment) / apart)),
    beat(moment, hold = 0) {
      const waits = nextAt > moment
      if (waits && hold > 0) {
        db.run('insert into queue_pause values (?, ?, ?, ?)', id, moment, moment, hold)
        pauses.push({ from_at: moment, until_at: moment, moved_by: hold })
        nextAt += hold
      }
      if (!waits && isQuiet) return
      isQuiet = !waits
      // Where nobody waits it is written once, and an outage then holds nobody up.
      const ahead = waits ? Math.ceil(nextAt + (writtenPlaces - places) * apart) : 0
      db.run('update queue set beat_at = ?, next_at = ? where exam_id = ?', moment, ahead, id)
    },
  }
}
