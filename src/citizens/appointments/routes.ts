import type { FastifyReply } from 'fastify'
import * as planning from '../../planning/planning.ts'
import { formShapeBySteps } from '../../platform/http/csrf.ts'
import { sendPage } from '../../staff/staff.ts'
import type { PageContext, PageRoutes } from '../page-context.ts'
import { pageInFrame } from '../page-frame.ts'
import { citizenProblem } from '../problems.ts'
import { formOfAddress } from '../words.ts'
import { findOwnCard, readOwnBookings, takeOwnBookingForm } from './appointments.ts'

const place = '/citizen/appointments'

const textOf = (query: planning.BookingQuery & { readonly done?: string }) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  ).toString()

const urls: planning.BookingUrls = {
  action: place,
  at: query => `${place}?${textOf(query)}`,
  ticket: id => `${place}/${id}`,
}

async function showBookings(
  { house, self, frame, reply }: PageContext,
  query: planning.BookingQuery,
  { status = 200, ...notes }: planning.BookingNotes & { readonly status?: number } = {},
): Promise<FastifyReply> {
  const { view, today, law } = await readOwnBookings(house.openWork, self, query)
  const you = formOfAddress(self.address)
  const drawn: planning.BookingFrame = { language: frame.language, you, form: frame.form, today, law }
  const title = planning.sayOfAppointments(frame.language, you)('title')
  return sendPage(reply, status, pageInFrame(frame, title, planning.bookingBody(drawn, view, urls, notes)))
}

const done = ['booked-at', 'moved-to', 'cancelled', 'confirmed'] as const

async function take(here: PageContext, body: Readonly<Record<string, string>>): Promise<FastifyReply> {
  const result = await takeOwnBookingForm(here.house.openWork, here.self, body)
  if ('done' in result) {
    const of = result.done === 'cancelled' ? {} : { booking: result.booking.id }
    return here.reply.redirect(`${place}?${textOf({ ...of, done: result.done })}`, 303)
  }
  return showBookings(here, { service: body['service'], booking: body['booking'] }, { status: 409, ...result })
}

async function showTicket({ house, self, frame, reply }: PageContext, id: string): Promise<FastifyReply> {
  const card = await findOwnCard(house.openWork, self, id)
  if (!card) throw citizenProblem('own-thing-unknown')
  const title = planning.ticketText(card.booking.service, card.booking.number)
  const drawn = { language: frame.language, you: formOfAddress(self.address) }
  const back = urls.at({ booking: card.booking.id })
  return sendPage(reply, 200, pageInFrame(frame, title, planning.ticketPaper(card, drawn, back)))
}

export function appointmentRoutes(desk: PageRoutes): void {
  desk.show(place, (here, request) => {
    const query = request.query as planning.BookingQuery & { readonly done?: string }
    const told = done.find(one => one === query.done)
    return showBookings(here, query, told ? { done: told } : {})
  })
  desk.show(`${place}/:id`, (here, request) => showTicket(here, (request.params as { readonly id: string }).id))
  desk.take(place, formShapeBySteps(200, planning.bookingSteps), take)
}
