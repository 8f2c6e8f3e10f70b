import type { Database } from '../database.ts'
import type { Exam } from '../exam.ts'
import { newTicketId, type Ticket } from './ticket.ts'

/** Places that are written down at once: one write to the disk for so many tickets. */
const block = 64

/**
 * So much earlier than their moment people are let in, so that a few who come together where nobody waits do not see
 * the queue.
 */
const tolerance = 1_000

/**
 * Where nothing was seen for longer, the site stood still: it sees the time with each request, and each second in any
 * case.
 */
const longestSilence = 2_500

/** By so much the two clocks may differ before that counts as a clock that was set. */
const allowance = 500

type Written = { readonly places: number; readonly next_at: number; readonly beat_at: number }

/**
 * Moments of those places that had not come at `from_at` were moved by so much: on, where nobody could be let in; back,
 * where the clock was set back.
 */
type Shift = {
  readonly from_at: number
  readonly moved_by: number
  readonly places: number | null
  readonly issued_before: number | null
}

/** Whoever is in stays in: where the clock is set back, their moment is now. */
const movedOn = (moment: number, { from_at, moved_by }: Pick<Shift, 'from_at' | 'moved_by'>) =>
  moment > from_at ? moment + moved_by : Math.min(moment, from_at + moved_by)

export type Queue = {
  /**
   * Sees the time before anybody is judged by it: `now` by the clock on the wall, `running` by one that nobody sets.
   * Where the two went differently, or nothing was seen for long, the clock was set or the site stood still, and the
   * moments of all who wait move with it.
   */
  see(now: number, running: number): void
  /** Gives the next place. */
  take(now: number): Ticket
  /** When its holder may enter, with all by which moments were moved since it was given out. */
  letInAt(ticket: Ticket): number
  isIn(ticket: Ticket, now: number): boolean
  /** How many stand before the holder. */
  ahead(ticket: Ticket, now: number): number
  /**
   * Notes that the server runs; to be called each second or so. Nobody is let in for `hold` milliseconds from now,
   * where it has more to do than it can.
   */
  beat(now: number, hold?: number): void
}

/**
 * A queue in which everybody is let in at the pace of the exam, in the order of coming. A place is worth a moment: the
 * next free one, `1 / perSecond` apart. So there is no list to keep: the ticket carries its moment, signed, and the
 * site keeps only where the next free moment is, written ahead. Where the server did not run, stood still or was too
 * busy, the moments of all who waited move on by that time: they are let in at the pace, and not all at once. Where its
 * clock is set, they move with the clock. Only the pace is so held: the window opens and closes by the clock as it is.
 */
export function openQueue(db: Database, { id, queue: { perSecond } }: Exam, now: number, running = now): Queue {
  const apart = 1_000 / perSecond
  const written = db.find<Written>('select places, next_at, beat_at from queue where exam_id = ?', id)
  const shifts = db.list<Shift>(
    'select from_at, moved_by, places, issued_before from queue_shift where exam_id = ? order by rowid',
    id,
  )
  let places = written?.places ?? 0
  let nextAt = written?.next_at ?? 0
  let writtenPlaces = places
  let isQuiet = false
  /** What the clock on the wall should show, and the other one as it was last seen. */
  let [due, seen, movedSinceBeat] = [now, running, 0]

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
  const writeBeat = (moment: number) => {
    isQuiet = nextAt <= moment
    const ahead = isQuiet ? 0 : Math.ceil(nextAt + (writtenPlaces - places) * apart)
    db.run('update queue set beat_at = ?, next_at = ? where exam_id = ?', moment, ahead, id)
  }
  /** It concerns who has a place by now: who comes later has it in their moment already. */
  const shift = (from_at: number, moved_by: number) => {
    db.run(
      'insert into queue_shift (exam_id, places, from_at, moved_by) values (?, ?, ?, ?)',
      id,
      places,
      from_at,
      moved_by,
    )
    const shifted = { from_at, moved_by, places, issued_before: null }
    shifts.push(shifted)
    nextAt = movedOn(nextAt, shifted)
  }
  /** The clock shows `to` where it should show `from`. Set on, it concerns nobody where nobody waits. */
  const setClock = (from: number, to: number) =>
    db.together(() => {
      if (to < from ? places > 0 : nextAt > from) shift(from, to - from)
      writeBeat(to)
    })
  // Who waited at the last beat, or came since, waits on from there.
  if (written && now !== written.beat_at && (written.next_at > written.beat_at || now < written.beat_at))
    setClock(written.beat_at, now)

  const letInAt = ({ place, issuedAt, letInAt: at }: Ticket) =>
    shifts
      .filter(shift => place <= (shift.places ?? place) && issuedAt < (shift.issued_before ?? Number.POSITIVE_INFINITY))
      .reduce(movedOn, at)

  return {
    see(moment, ran) {
      const went = ran - seen
      seen = ran
      if (went > 0 && went <= longestSilence) due += went
      const off = Math.round(moment - due)
      if (Math.abs(off) <= allowance) return
      setClock(moment - off, moment)
      movedSinceBeat += off
      due = moment
    },
    take(moment) {
      if (places >= writtenPlaces || isQuiet) writeAhead(moment)
      places += 1
      const at = Math.max(moment, nextAt)
      nextAt = at + apart
      return {
        id: newTicketId(),
        examId: id,
        place: places,
        issuedAt: moment,
        letInAt: Math.max(moment, Math.ceil(at - tolerance)),
      }
    },
    letInAt,
    isIn: (ticket, moment) => moment >= letInAt(ticket),
    ahead: (ticket, moment) => Math.max(0, Math.ceil((letInAt(ticket) - moment) / apart)),
    beat(moment, hold = 0) {
      // A time at which the site stood still was counted when it was seen.
      const rest = hold - Math.max(0, movedSinceBeat)
      movedSinceBeat = 0
      const waits = nextAt > moment
      // Where nobody waits it is written once, and an outage then holds nobody up.
      if (!waits && isQuiet) return
      db.together(() => {
        if (waits && rest > 0) shift(moment, rest)
        writeBeat(moment)
      })
    },
  }
}
