/**
 * A person's hours at a counter or a session. In: their page's address and form. Decided: nothing but whose it is: the
 * one whom the page is about, themselves or a child for whom they act; places, numbers and rules are of src/planning.
 * Out: the ticket, what can be booked, and the paper of 80 mm. Deeds are recorded there.
 */

import * as planning from '../../planning/planning.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { asChanging, asSubject, type Self } from '../self.ts'

/** The units near a person, the district first; of somebody without a residence the whole province. */
async function unitsNear(work: Work, personId: register.PersonId): Promise<units.UnitId[]> {
  const home = await register.permanentResidenceOf(work, personId)
  const path = home ? await units.unitPath(work, home.unitId, work.today) : []
  const province = await units.findHomeProvince(work, work.today)
  return [...path.slice(1).map(({ id }) => id), ...(province ? [province] : [])]
}

/** What the page shows, and by which day and law it is written. */
export const readOwnBookings = (openWork: OpenWork, self: Self, query: planning.BookingQuery) =>
  openWork(asSubject(self), async work => ({
    view: await planning.readBookingView(work, self.subjectId, query, await unitsNear(work, self.subjectId)),
    today: work.today,
    law: { lawRows: work.lawRows },
  }))

/** Does what the form says, for the one whom the page is about. */
export const takeOwnBookingForm = (openWork: OpenWork, self: Self, form: Readonly<Record<string, string>>) =>
  openWork(asChanging(self), work =>
    planning.takeBookingForm(work, { personId: self.subjectId, by: self.child ? 'family' : 'person' }, form),
  )

/** An open booking of the one whom the page is about; undefined for any other id. */
export const findOwnCard = (openWork: OpenWork, self: Self, id: string): Promise<planning.BookingCard | undefined> =>
  openWork(asSubject(self), async work => {
    const booking = (await planning.bookingsOf(work, self.subjectId)).find(one => one.id === id)
    return booking && planning.readCard(work, booking)
  })
