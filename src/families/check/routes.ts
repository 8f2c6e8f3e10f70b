import type { FastifyInstance } from 'fastify'
import * as planning from '../../planning/planning.ts'
import { now } from '../../platform/clock.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { formShape, formShapeBySteps, refuseForeignForm } from '../../platform/http/csrf.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import { authorityToAct, authorityToRead } from '../actor.ts'
import { type FamilyHouse, familyFrame } from '../family-frame.ts'
import { disownPhone } from '../phones.ts'
import { check } from './check.ts'
import { checkAnswerPage, checkFormPage, hoursOfOnePage, phoneStoppedPage, ticketOfOnePage } from './check-page.ts'
import { isStillProven, readHoursOf, readTicketOf, takeHoursOf } from './hours.ts'
import { readProof, sealProof } from './proof.ts'

const config = { rateLimit: rateLimitOf('receipts') }
const here = '/citizen/check'

/** What do I need, without an account: a form, and its answer. No address has a number, and nothing is kept. */
export function checkRoutes(app: FastifyInstance, house: FamilyHouse): void {
  app.get(here, { schema: { hide: true }, config }, async (request, reply) =>
    staff.sendPage(reply, 200, checkFormPage(familyFrame(request, reply, house))),
  )

  app.post<{ Body: { form?: string; number?: string; born?: string; code?: string } }>(
    here,
    { schema: { hide: true, body: formShape(40, 'number', 'born', 'code') }, config },
    async (request, reply) => {
      const { form, number = '', born = '', code = '' } = request.body ?? {}
      refuseForeignForm(request, form)
      const frame = familyFrame(request, reply, house, { here })
      const outcome = await check(
        house.openWork,
        { number, born, code },
        { address: request.ip, requestId: request.id },
      )
      if (outcome.is === 'wrong') return staff.sendPage(reply, 403, checkFormPage(frame, { wrong: 'wrong' }))
      if (outcome.is === 'slowed')
        return staff.sendPage(
          reply.header('retry-after', outcome.seconds),
          statusOf('tries without an account of one number'),
          checkFormPage(frame, { wrong: { seconds: outcome.seconds } }),
        )
      const { answer, visitor } = outcome
      const proof = sealProof({ personId: answer.personId, by: visitor.by }, now())
      return staff.sendPage(reply, 200, checkAnswerPage(frame, answer, proof))
    },
  )

  provenHourRoutes(app, house)

  app.post<{ Body: { form?: string; proof?: string } }>(
    `${here}/phone`,
    { schema: { hide: true, body: formShape(2000, 'proof') }, config },
    async (request, reply) => {
      const { form, proof = '' } = request.body ?? {}
      refuseForeignForm(request, form)
      const proven = readProof(proof, now())
      if (!proven) return reply.redirect(here, 303)
      const visitor = { by: proven.by, requestId: request.id }
      await house.openWork(authorityToAct(visitor, proven.personId), work => disownPhone(work, proven.personId))
      const { fullName } = await house.openWork(authorityToRead(visitor, proven.personId), work =>
        register.getSummary(work, proven.personId),
      )
      return staff.sendPage(reply, 200, phoneStoppedPage(familyFrame(request, reply, house, { here }), fullName))
    },
  )
}

const hourSteps = {
  look: ['service', 'place', 'day', 'booking', 'proof'],
  ticket: ['booking', 'proof'],
  ...Object.fromEntries(Object.entries(planning.bookingSteps).map(([step, fields]) => [step, [...fields, 'proof']])),
} as const

/** Hours without an account: every page is the answer of a form that carries the sealed proof. */
function provenHourRoutes(app: FastifyInstance, house: FamilyHouse): void {
  const { openWork } = house
  // Nothing is kept by which a page could be shown again.
  app.get(`${here}/hours`, { schema: { hide: true }, config }, async (_request, reply) => reply.redirect(here, 303))
  app.post<{ Body: Readonly<Record<string, string>> }>(
    `${here}/hours`,
    { schema: { hide: true, body: formShapeBySteps(2000, hourSteps) }, config },
    async (request, reply) => {
      const { form, proof = '', step, ...fields } = request.body ?? {}
      refuseForeignForm(request, form)
      const proven = readProof(proof, now())
      if (!proven || !(await isStillProven(openWork, proven))) return reply.redirect(here, 303)
      const frame = familyFrame(request, reply, house, { here })
      const requestId = request.id
      if (step === 'ticket') {
        const card = await readTicketOf(openWork, proven, { bookingId: fields['booking'] ?? '', requestId })
        if (card) return staff.sendPage(reply, 200, ticketOfOnePage(frame, { card, proof }))
      }
      const show = async (
        query: planning.BookingQuery,
        { status = 200, ...notes }: planning.BookingNotes & { readonly status?: number } = {},
      ) => {
        const hours = await readHoursOf(openWork, proven, { query, requestId })
        return staff.sendPage(reply, status, hoursOfOnePage(frame, { hours, proof, notes }))
      }
      if (step === 'look' || step === 'ticket') return show(fields)
      const result = await takeHoursOf(openWork, proven, { form: { ...fields, step }, requestId })
      if ('done' in result)
        return show(result.done === 'cancelled' ? {} : { booking: result.booking.id }, { done: result.done })
      return show({ service: fields['service'], booking: fields['booking'] }, { status: 409, ...result })
    },
  )
}
