import * as audit from '../../audit/audit.ts'
import { addDays, type Day, dayAfter } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { withHouseScope } from '../../platform/work.ts'
import { minutesOf } from '../hour.ts'
import { noShowRules, queueRules } from '../law.ts'
import type { SiteId } from '../session.ts'
import * as sessions from '../store-session.ts'
import { bookingSubject, endBooking, markServed, replaceBooking } from './appointments.ts'
import type { Booking } from './booking.ts'
import { openMissedFollowUp } from './missed.ts'
import { notifyOf, notifyOfClosing } from './notices.ts'
import { isOver, type OfferedSlot, offerOf } from './offers.ts'
import type { PlaceId } from './slot.ts'
import * as store from './store.ts'

/**
 * A place that is closed on a day tells those who had a slot then, and nobody else; who does not come is booked again.
 * The rule of both: the next day of the same counter on which a place is left, and on it the hour nearest to the one
 * that was lost. Where none is left within the days of the rule, or the place was a session, the person chooses.
 */

/** The slot that the rule gives, from a day on; undefined where there is none. */
async function slotByRule(work: Work, lost: Booking, from: Day): Promise<OfferedSlot | undefined> {
  if (lost.place !== 'counter') return undefined
  const { withinDays } = ruleOn(noShowRules, work.today, work)
  const [offer] = await offerOf(work, { siteId: lost.placeId as SiteId, service: lost.service, from })
  const day = offer?.days.find(one => one.is === 'open' && one.day <= addDays(from, withinDays))
  const distance = ({ startsAt }: OfferedSlot) => Math.abs(minutesOf(startsAt) - minutesOf(lost.startsAt))
  return day?.slots.filter(({ left }) => left > 0).toSorted((a, b) => distance(a) - distance(b))[0]
}

/** Books the next hour by the rule, or ends the booking. The new booking, where there is one. */
async function bookAgain(
  work: Work,
  lost: Booking,
  { from, ended, rebooked }: { from: Day; ended: 'no-show' | 'place-closed'; rebooked: number },
): Promise<Booking | undefined> {
  const slot = await slotByRule(work, lost, from)
  const next = slot && (await replaceBooking(work, lost, { slot, by: 'rule', ended, rebooked }))
  if (!next) await endBooking(work, lost, ended, { staysSeen: ended === 'place-closed' })
  await audit.record(work, ended === 'no-show' ? 'booking.no-show' : 'booking.place-closed', bookingSubject(lost), {
    day: lost.day,
    ...(next && { next: next.id, on: next.day }),
  })
  return next
}

/** Tells who lost an hour; whoever has no phone stands on the list of the unit (lostOn). */
async function tellOfClosing(work: Work, lost: Booking, next: Booking | undefined): Promise<void> {
  if (!(await notifyOfClosing(work, lost, next))) await store.setNotTold(work, lost)
}

/**
 * Whether a booking is lost where its place closes now: not who is called to a desk in this moment, nor whose hour was
 * over before and who never came, whom the rule of no-shows books again. Whoever waits in the hall has lost it.
 */
async function isLost(work: Work, booking: Booking): Promise<boolean> {
  if ((await store.deskThatCalls(work, booking)) !== undefined) return false
  const { lateMinutes } = ruleOn(queueRules, work.today, work)
  return !isOver(work, booking, lateMinutes) || store.isInHall(work, booking)
}

async function closePlace(work: Work, placeId: PlaceId, day: Day | undefined): Promise<void> {
  for (const lost of await store.holdOpenAt(work, placeId, day)) {
    if (!(await isLost(work, lost))) continue
    const next = await bookAgain(work, lost, {
      from: dayAfter(lost.day),
      ended: 'place-closed',
      rebooked: lost.rebooked,
    })
    await tellOfClosing(work, lost, next)
  }
}

/** The site is closed on a day: a consequence of the deed that says so. */
export async function followClosedSite(work: Work, { subject, facts }: Deed): Promise<void> {
  const day = facts['day']
  if (typeof day !== 'string') return
  await withHouseScope(work, house => closePlace(house, asId<'site'>(subject.id), day as Day))
}

/** A session was cancelled: its hours are lost, and each person chooses another. */
export const followCancelledSession = (work: Work, { subject }: Deed): Promise<void> =>
  withHouseScope(work, house => closePlace(house, asId<'session'>(subject.id), undefined))

/**
 * A session was moved: hours that it no longer has are lost; who keeps the same day and hour is told where it is now,
 * and nothing where it is at the same site.
 */
export const followMovedSession = (work: Work, { subject, facts }: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    const session = await sessions.findSession(house, asId<'session'>(subject.id))
    if (!session) return
    const { from, site } = facts as { readonly from?: Deed['facts']; readonly site?: unknown }
    const isElsewhere = from !== undefined && from['site'] !== site
    for (const lost of await store.holdOpenAt(house, session.id, undefined)) {
      const isKept = lost.day === session.day && lost.startsAt >= session.startsAt && lost.startsAt < session.endsAt
      if (isKept) {
        if (isElsewhere && !(await store.toldOfMove(house, lost, session.version)))
          await notifyOf(house, 'appointment-moved', lost, session.version)
        continue
      }
      await bookAgain(house, lost, { from: session.day, ended: 'place-closed', rebooked: lost.rebooked })
      await tellOfClosing(house, lost, undefined)
    }
  })

const atOnce = 200

export type SettledBooking =
  | { readonly is: 'missed'; readonly lost: Booking; readonly next: Booking | undefined }
  | { readonly is: 'kept'; readonly booking: Booking }

/**
 * Ends the bookings of days that are over, some at a time: who waited in the hall, or was called by a desk that did not
 * say what came of it, has kept the hour. Who did not come is booked again as often as the rule says, and told; who was
 * booked again before is left to the ward. Gives those that it ended; none where all are.
 */
export async function settleNoShows(work: Work): Promise<SettledBooking[]> {
  const { rebookings } = ruleOn(noShowRules, work.today, work)
  const settled: SettledBooking[] = []
  for (const { hasCome, ...lost } of await store.openBefore(work, work.today, atOnce)) {
    if (hasCome) {
      await markServed(work, lost, { with: 'check-in' })
      settled.push({ is: 'kept', booking: lost })
      continue
    }
    const again = lost.rebooked < rebookings
    const next = again
      ? // Not of this very day: whoever is told of an hour in the night has not read it by the morning.
        await bookAgain(work, lost, { from: dayAfter(work.today), ended: 'no-show', rebooked: lost.rebooked + 1 })
      : undefined
    if (!again) {
      await endBooking(work, lost, 'no-show')
      await audit.record(work, 'booking.no-show', bookingSubject(lost), { day: lost.day })
    }
    if (!next) await openMissedFollowUp(work, lost)
    if (next) await notifyOf(work, 'appointment-moved', next)
    settled.push({ is: 'missed', lost, next })
  }
  return settled
}

/** Reminds those who are booked tomorrow, each once; the id after which to go on, none where all are. */
export async function remindOfAppointments(work: Work, after: string | undefined): Promise<string | undefined> {
  const booked = await store.openOn(work, dayAfter(work.today), after, atOnce)
  for (const one of booked) await notifyOf(work, 'appointment-reminder', one)
  return booked.length === atOnce ? booked.at(-1)?.id : undefined
}
