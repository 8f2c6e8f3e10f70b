import * as followUps from '../../follow-ups/follow-ups.ts'
import type { Id } from '../../platform/ids.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { noShowRules } from '../law.ts'
import type { Booking } from './booking.ts'
import { getPlace } from './offers.ts'
import { ticketText } from './service.ts'
import * as store from './store.ts'

/**
 * Whoever did not come and has no other hour by the rule is asked by the ward of their residence: booked again before,
 * missed a session, or no hour was left. A new booking ends it.
 */

const kind = 'missed-appointment' as const

/** The ward that asks: that of the residence, else the place's own unit. */
const wardOf = async (work: Work, { personId, unitId }: Pick<Booking, 'personId' | 'unitId'>) =>
  (await register.permanentResidenceOf(work, personId))?.unitId ?? unitId

const inBoth = (vi: string, en: string) => ({ vi, en })

/** Why they have no other hour by the rule: what the booking itself says of it. */
const whyNotAgain = {
  again: inBoth('Đã tự động hẹn lại, vẫn không đến', 'Was booked again by the rule, and did not come either'),
  session: inBoth(
    'Không đến đợt cấp lưu động; đợt lưu động không tự động hẹn lại',
    'Missed a session, for which nobody is booked again by the rule',
  ),
  full: inBoth(
    'Không đến lần hẹn đầu, chưa tự động hẹn lại được giờ nào',
    'Missed the first appointment, and no other hour could be booked by the rule',
  ),
} as const

const whyOf = ({ rebooked, place }: Pick<Booking, 'rebooked' | 'place'>): keyof typeof whyNotAgain =>
  rebooked > 0 ? 'again' : place === 'session' ? 'session' : 'full'

export async function openMissedFollowUp(work: Work, lost: Booking): Promise<void> {
  const ward = await wardOf(work, lost)
  await followUps.openFollowUps(work, [
    {
      id: newId<'follow-up'>(work.now),
      kind,
      scopeId: ward as string as Id<'school'>,
      sourceId: lost.id,
      subjectId: lost.id,
      personId: lost.personId,
      reason: `missed-${whyOf(lost)}-${lost.service.toLowerCase()}`,
      evidence: 'no-show',
      valuesKey: lost.id,
      owner: 'ward',
      ownerUnitId: ward,
      dueOn: units.workingDaysAfter(work.today, ruleOn(noShowRules, work.today, work).followUpDays),
      state: 'open',
      openedOn: work.today,
    },
  ])
}

/** They have another hour: nobody has to ask any more. */
export const closeMissedFollowUps = (work: Work, { personId }: Booking): Promise<void> =>
  // Of this person alone, whom the booking names, under whichever ward they lived when it was opened.
  withHouseScope(work, async house => {
    for (const { id, scopeId } of await followUps.findFollowUpsOfPerson(house, kind, personId))
      await followUps.closeFollowUps(house, scopeId, [{ id, state: 'done' }])
  })

export const missedAppointmentFollowUps: followUps.KeptKindRules = {
  right: 'planning.serve',
  purpose: 'appointment',
  title: inBoth('Người không đến theo lịch hẹn', 'People who missed an appointment'),
  papersDecide: () => false,
  describe: async (work, found) => {
    // Of the bookings where and when alone, which may be another unit's; one after the other, in the work's one scope.
    const lost = await withHouseScope(work, async house => {
      const missed = new Map<string, { readonly booking: Booking; readonly place: string }>()
      for (const { subjectId } of found) {
        const booking = await store.findBooking(house, subjectId as Booking['id'])
        if (booking) missed.set(subjectId, { booking, place: (await getPlace(house, booking)).name })
      }
      return missed
    })
    return followUps.describeOfPersons(work, found, ({ subjectId }) => {
      const missed = lost.get(subjectId)
      const said = (language: 'vi' | 'en') => ({
        ticket: missed ? ticketText(missed.booking.service, missed.booking.number) : '',
        day: missed ? dayIn(missed.booking.day, language) : '',
        place: missed?.place ?? '',
      })
      const [vi, en] = [said('vi'), said('en')]
      return {
        what: inBoth(
          `Không đến theo lịch hẹn ${vi.ticket}, ${vi.day}, ${vi.place}`,
          `Missed ${en.ticket} on ${en.day} at ${en.place}`,
        ),
        why: missed ? whyNotAgain[whyOf(missed.booking)] : inBoth('', ''),
        task: inBoth('Hỏi gia đình, đặt giờ khác hoặc ghi lý do', 'Ask the family and book another hour with them'),
      }
    })
  },
}
