/**
 * A person's hours at a counter or a session. In: their page's address and form. Decided: nothing but whose it is: the
 * one whom the page is about, themselves or a child for whom they act; places, numbers and rules are of src/planning.
 * Out: the ticket, what can be booked, and the paper of 80 mm. Deeds are recorded there.
 */

import type { FastifyReply } from 'fastify'
import * as planning from '../../planning/planning.ts'
import { formShapeBySteps } from '../../platform/http/csrf.ts'
import { asId, isId } from '../../platform/ids.ts'
import { asSystem, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { sendPage } from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { PageContext, PageRoutes } from '../page-context.ts'
import { pageInFrame } from '../page-frame.ts'
import { citizenProblem } from '../problems.ts'
import { asChanging, asSubject } from '../self.ts'
import { formOfAddress } from '../words.ts'

export const appointmentsPlace = '/citizen/appointments'

const textOf = (query: planning.BookingQuery & { readonly done?: string }) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  ).toString()

const urls: planning.BookingUrls = {
  action: appointmentsPlace,
  at: query => `${appointmentsPlace}?${textOf(query)}`,
  ticket: id => `${appointmentsPlace}/${id}`,
}

/** The units near a person, the district first; of somebody without a residence the whole province. */
async function unitsNear(work: Work, personId: register.PersonId): Promise<units.UnitId[]> {
  const home = await register.permanentResidenceOf(work, personId)
  const path = home ? await units.unitPath(work, home.unitId, work.today) : []
  const province = await units.findHomeProvince(work, work.today)
  return [...path.slice(1).map(({ id }) => id), ...(province ? [province] : [])]
}

async function frameFor({ house, frame, self }: PageContext): Promise<planning.BookingFrame> {
  const { today, lawRows } = await house.openWork(asSystem('own-page', 'none'), async work => work)
  return {
    language: frame.language,
    you: formOfAddress(self.address),
    form: frame.form,
    today,
    law: { lawRows },
  }
}

async function show(
  here: PageContext,
  query: planning.BookingQuery,
  { status = 200, ...notes }: planning.BookingNotes & { readonly status?: number } = {},
): Promise<FastifyReply> {
  const { house, self, frame, reply } = here
  const view = await house.openWork(asSubject(self), async work =>
    planning.readBookingView(work, self.subjectId, query, await unitsNear(work, self.subjectId)),
  )
  const drawn = await frameFor(here)
  const title = planning.sayOfAppointments(frame.language, drawn.you)('title')
  return sendPage(reply, status, pageInFrame(frame, title, planning.bookingBody(drawn, view, urls, notes)))
}

const done = ['booked-at', 'moved-to', 'cancelled', 'confirmed'] as const

async function take(here: PageContext, body: Readonly<Record<string, string>>): Promise<FastifyReply> {
  const { house, self, reply } = here
  const by = self.child ? 'family' : 'person'
  const result = await house.openWork(asChanging(self), work =>
    planning.takeBookingForm(work, { personId: self.subjectId, by }, body),
  )
  if ('done' in result) {
    const of = result.done === 'cancelled' ? {} : { booking: result.booking.id }
    return reply.redirect(`${appointmentsPlace}?${textOf({ ...of, done: result.done })}`, 303)
  }
  return show(here, { service: body['service'], booking: body['booking'] }, { status: 409, ...result })
}

async function showTicket(here: PageContext, id: string): Promise<FastifyReply> {
  const { house, self, frame, reply } = here
  const card = await house.openWork(asSubject(self), async work => {
    const booking = (await planning.bookingsOf(work, self.subjectId)).find(one => one.id === id)
    return booking && planning.readCard(work, booking)
  })
  if (!card) throw citizenProblem('own-thing-unknown')
  const drawn = await frameFor(here)
  const title = planning.ticketText(card.booking.service, card.booking.number)
  const back = urls.at({ booking: card.booking.id })
  return sendPage(reply, 200, pageInFrame(frame, title, planning.ticketBody(card, drawn, back)))
}

export function appointmentRoutes(desk: PageRoutes): void {
  desk.show(appointmentsPlace, (here, request) => {
    const query = request.query as planning.BookingQuery & { readonly done?: string }
    const told = done.find(one => one === query.done)
    return show(here, query, told ? { done: told } : {})
  })
  desk.show(`${appointmentsPlace}/:id`, (here, request) => {
    const { id = '' } = request.params as { readonly id?: string }
    if (!isId(id)) throw citizenProblem('own-thing-unknown')
    return showTicket(here, asId<'booking'>(id))
  })
  desk.take(appointmentsPlace, formShapeBySteps(200, planning.bookingSteps), take)
}
