import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as accessLinks from '../../access-links/access-links.ts'
import * as planning from '../../planning/planning.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { formShape, formShapeBySteps, refuseForeignForm } from '../../platform/http/csrf.ts'
import * as staff from '../../staff/staff.ts'
import { type FamilyHouse, familyFrame } from '../family-frame.ts'
import { readFamilyCode, tokenOfCode } from '../slips/code.ts'
import { birthDatePage, codePage, familyPage, hoursPage, hourTicketPage, lookedPage } from './family-page.ts'
import { placeOfChild, readHours, readTicket, takeHours } from './hours.ts'
import { readFamily, readLookedAt, sayComing, sayPhoneIsAnothers } from './page.ts'

const config = { rateLimit: rateLimitOf('access-links') }
const kind = 'family' as const
type Params = { readonly token: string }

/** A code that is typed leads to an address, whether a slip has it or not: the birth date is asked there. */
function codeRoutes(app: FastifyInstance, house: FamilyHouse): void {
  app.get('/family', { schema: { hide: true }, config }, async (request, reply) =>
    staff.sendPage(reply, 200, codePage(familyFrame(request, reply, house))),
  )
  app.post<{ Body: { form?: string; code?: string } }>(
    '/family',
    { schema: { hide: true, body: formShape(40, 'code') }, config },
    async (request, reply) => {
      const { form, code: typed = '' } = request.body ?? {}
      refuseForeignForm(request, form)
      const code = readFamilyCode(typed)
      return code
        ? reply.redirect(`/family/${tokenOfCode(code)}`, 303)
        : staff.sendPage(reply, 400, codePage(familyFrame(request, reply, house), { wrong: true }))
    },
  )
}

/** Looking changes nothing; whoever has not given the birth date here sees the form that asks for it. */
export function pageRoutes(app: FastifyInstance, house: FamilyHouse): void {
  const { openWork } = house
  codeRoutes(app, house)
  const pathOf = ({ params }: FastifyRequest<{ Params: Params }>) => `/family/${encodeURIComponent(params.token)}`
  const frameOf = (
    request: FastifyRequest<{ Params: Params }>,
    reply: FastifyReply,
    size: 'usual' | 'large' = 'usual',
  ) => familyFrame(request, reply, house, { here: pathOf(request), size })

  const sessionOf = async (request: FastifyRequest<{ Params: Params }>) => {
    const found = await accessLinks.sessionOfRequest({ kind, openWork }, request)
    return found.state === 'open' ? found.session : undefined
  }

  app.get<{ Params: Params; Querystring: { size?: string; done?: string } }>(
    '/family/:token',
    { schema: { hide: true }, config },
    async (request, reply) => {
      const session = await sessionOf(request)
      const frame = frameOf(request, reply, request.query.size === 'large' ? 'large' : 'usual')
      if (!session) return staff.sendPage(reply, 200, birthDatePage(frame, pathOf(request)))
      const answers = await readFamily(openWork, session, request.id)
      const done = request.query.done === 'phone' ? 'phone' : undefined
      return staff.sendPage(reply, 200, familyPage(frame, { path: pathOf(request), answers, done }))
    },
  )

  app.get<{ Params: Params }>('/family/:token/looked', { schema: { hide: true }, config }, async (request, reply) => {
    const session = await sessionOf(request)
    if (!session) return reply.redirect(pathOf(request), 303)
    const children = await readLookedAt(openWork, session, request.id)
    return staff.sendPage(reply, 200, lookedPage(frameOf(request, reply), pathOf(request), children))
  })

  app.post<{
    Params: Params
    Body: { form?: string; pin?: string; step?: string; child?: string; visit?: string }
  }>(
    '/family/:token',
    { schema: { hide: true, body: formShape(60, 'pin', 'step', 'child', 'visit') }, config },
    async (request, reply) => {
      const { form, step, child, visit } = request.body ?? {}
      if (step === undefined) {
        const opening = await accessLinks.openFromForm({ kind, openWork, cookieDays: 1 }, request, reply)
        if (opening.outcome === 'opened') return reply.redirect(pathOf(request), 303)
        const page = birthDatePage(frameOf(request, reply), pathOf(request), opening)
        return staff.sendPage(reply, accessLinks.statusOfAnswer(opening), page)
      }
      refuseForeignForm(request, form)
      const session = await sessionOf(request)
      if (!session) return reply.redirect(pathOf(request), 303)
      if (step === 'phone') {
        await sayPhoneIsAnothers(openWork, session, child, request.id)
        return reply.redirect(`${pathOf(request)}?done=phone`, 303)
      }
      await sayComing(openWork, session, { child, visit, coming: step === 'coming' ? 'coming' : 'unsaid' }, request.id)
      return reply.redirect(pathOf(request), 303)
    },
  )

  hourRoutes(app, house, { pathOf, frameOf: (request, reply) => frameOf(request, reply), sessionOf })
}

/** Each form names the child that the page was shown for. */
const hourSteps = Object.fromEntries(
  Object.entries(planning.bookingSteps).map(([step, fields]) => [step, [...fields, 'child']]),
)

type HourParams = Params & { readonly place: string }
type LinkRequest = FastifyRequest<{ Params: Params }>

/** The hours of a child: chosen, moved and given back as on the citizen’s own page. */
function hourRoutes(
  app: FastifyInstance,
  { openWork }: Pick<FamilyHouse, 'openWork'>,
  {
    pathOf,
    frameOf,
    sessionOf,
  }: {
    pathOf(request: LinkRequest): string
    frameOf(request: LinkRequest, reply: FastifyReply): ReturnType<typeof familyFrame>
    sessionOf(request: LinkRequest): Promise<accessLinks.LinkSession | undefined>
  },
): void {
  type Notes = Parameters<typeof hoursPage>[1]['notes']
  const show = async (
    request: FastifyRequest<{ Params: HourParams }>,
    reply: FastifyReply,
    {
      query,
      place = request.params.place,
      status = 200,
      ...notes
    }: Notes & { query: planning.BookingQuery; place?: string; status?: number },
  ) => {
    const path = pathOf(request)
    const session = await sessionOf(request)
    const hours = session && (await readHours(openWork, session, { place, query, requestId: request.id }))
    if (!hours) return reply.redirect(path, 303)
    return staff.sendPage(reply, status, hoursPage(frameOf(request, reply), { path, place, hours, notes }))
  }

  app.get<{ Params: HourParams; Querystring: planning.BookingQuery & { done?: string } }>(
    '/family/:token/hours/:place',
    { schema: { hide: true }, config },
    (request, reply) => show(request, reply, { query: request.query, done: request.query.done }),
  )

  app.post<{ Params: HourParams; Body: Readonly<Record<string, string>> }>(
    '/family/:token/hours/:place',
    { schema: { hide: true, body: formShapeBySteps(200, hourSteps) }, config },
    async (request, reply) => {
      refuseForeignForm(request, request.body['form'])
      const session = await sessionOf(request)
      const { child, ...sent } = request.body
      const result = session && (await takeHours(openWork, session, { child, form: sent, requestId: request.id }))
      if (!result) return reply.redirect(pathOf(request), 303)
      const place = await placeOfChild(openWork, session, child)
      if ('done' in result) {
        const query = new URLSearchParams({
          ...(result.done !== 'cancelled' && { booking: result.booking.id }),
          done: result.done,
        })
        return reply.redirect(`${pathOf(request)}/hours/${place}?${query}`, 303)
      }
      const { service, booking } = request.body
      return show(request, reply, { query: { service, booking }, place, status: 409, ...result })
    },
  )

  app.get<{ Params: HourParams & { booking: string } }>(
    '/family/:token/hours/:place/:booking',
    { schema: { hide: true }, config },
    async (request, reply) => {
      const session = await sessionOf(request)
      const { place, booking: bookingId } = request.params
      const card = session && (await readTicket(openWork, session, { place, bookingId, requestId: request.id }))
      const path = pathOf(request)
      if (!card) return reply.redirect(path, 303)
      return staff.sendPage(reply, 200, hourTicketPage(frameOf(request, reply), { path, place, card }))
    },
  )
}
