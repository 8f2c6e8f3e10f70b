import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { deviceOf, formToken, readForms, refuseForeignForm } from '../platform/http/csrf.ts'
import { requestProblem } from '../platform/http/serve.ts'
import { isId } from '../platform/ids.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { serveAssets } from './assets.ts'
import { readSession } from './authenticate.ts'
import { staffProblem } from './contract.ts'
import { clearSession, keepSession, sessionIn } from './cookie.ts'
import type { DemonstrationSignIn } from './demonstration.ts'
import type { AppointmentId, OfficerId, Post, StandInId } from './officer.ts'
import { type Frame, frameOf, placeIn, sendPage } from './page-frame.ts'
import {
  changePasswordPage,
  choosePostPage,
  demonstrationPage,
  firstPage,
  signInPage,
  signOutPage,
} from './page-sign-in.ts'
import { actIn, changePassword, endSessionsOf, type From, postsOf, recentOfficers, signIn, signOut } from './session.ts'

/** What staff needs of the house beyond its doors. */
export type StaffHouse = {
  /** Sign-in spans several works, and has no officer yet. */
  readonly openWork: OpenWork
  /** The sign-ins of a demonstration house; elsewhere undefined. */
  demonstration(): readonly DemonstrationSignIn[] | undefined
}

const Asked = Type.Object({
  return: Type.Optional(Type.String({ maxLength: 2000 })),
  as: Type.Optional(Type.String({ maxLength: 36 })),
})
const Form = Type.Object({
  form: Type.String({ maxLength: 100 }),
  return: Type.Optional(Type.String({ maxLength: 2000 })),
  login: Type.Optional(Type.String({ maxLength: 200 })),
  password: Type.Optional(Type.String({ maxLength: 1000 })),
  current: Type.Optional(Type.String({ maxLength: 1000 })),
  next: Type.Optional(Type.String({ maxLength: 1000 })),
  again: Type.Optional(Type.String({ maxLength: 1000 })),
  everywhere: Type.Optional(Type.String({ maxLength: 10 })),
  post: Type.Optional(Type.String({ maxLength: 80 })),
})
type Asking = FastifyRequest<{ Querystring: Static<typeof Asked> }>
type Sending = FastifyRequest<{ Body: Static<typeof Form> }>

const fromOf = (request: FastifyRequest, reply: FastifyReply): From => ({
  device: deviceOf(request, reply),
  address: request.ip,
  browser: request.headers['user-agent'] ?? '',
})

const asked = { schema: { hide: true, querystring: Asked } }
const sent = { schema: { hide: true, body: Form } }

/** Where a signed-in officer goes: first to what must be settled, then to where they wanted. */
function goOn(
  reply: FastifyReply,
  next: string,
  { mustChange, posts }: { mustChange: boolean; posts: readonly Post[] },
) {
  const then = `?return=${encodeURIComponent(next)}`
  if (mustChange) return reply.redirect(`/change-password${then}`, 303)
  return reply.redirect(posts.length > 1 ? `/choose-post${then}` : next, 303)
}

const carried = (request: FastifyRequest, reply: FastifyReply, next: string | undefined) => ({
  form: formToken(deviceOf(request, reply)),
  next: placeIn(next),
})

/** What all pages ask of the house. */
function desk({ openWork, demonstration }: StaffHouse) {
  return {
    openWork,
    demonstration,
    frame: (request: FastifyRequest): Frame => frameOf(request, demonstration() !== undefined),
    async sessionOf(request: FastifyRequest) {
      const token = sessionIn(request)
      const session = token ? await readSession(openWork, token) : undefined
      return token && session ? { token, session } : undefined
    },
    postsOf: (officerId: OfficerId) => openWork(asSystem('sign-in', 'none'), work => postsOf(work, officerId)),
    withUnitNames: <T extends { unitId: units.UnitId }>(things: readonly T[]) =>
      openWork(asSystem('sign-in', 'none'), work =>
        Promise.all(things.map(async thing => ({ ...thing, unitName: await units.nameOf(work, thing.unitId) }))),
      ),
  }
}
type Desk = ReturnType<typeof desk>

function entrance(app: FastifyInstance, { frame, sessionOf, demonstration, withUnitNames }: Desk) {
  app.get('/', asked, async (request, reply) => {
    const here = await sessionOf(request)
    return sendPage(reply, 200, firstPage(frame(request), { signedInAs: here?.session.fullName }))
  })

  app.get('/demonstration', asked, async (request, reply) => {
    const signIns = demonstration()
    if (!signIns) throw requestProblem('page-unknown')
    return sendPage(reply, 200, demonstrationPage(frame(request), await withUnitNames(signIns)))
  })

  app.get<{ Params: { language: string }; Querystring: Static<typeof Asked> }>(
    '/language/:language',
    asked,
    async (request, reply) => {
      const { language } = request.params
      if (language !== 'vi' && language !== 'en') throw requestProblem('page-unknown')
      // The console reads and writes the same cookie.
      reply.setCookie('language', language, {
        path: '/',
        sameSite: 'lax',
        maxAge: 31_536_000,
        secure: request.protocol === 'https',
      })
      const back = request.query.return
      return reply.redirect(
        back?.startsWith('/sign-') || back?.startsWith('/change-officer') ? back : placeIn(back, '/'),
        303,
      )
    },
  )
}

function comingIn(app: FastifyInstance, { openWork, frame, sessionOf }: Desk) {
  app.get('/sign-in', asked, async (request: Asking, reply) => {
    const [recent, here] = [await recentOfficers(openWork, deviceOf(request, reply)), await sessionOf(request)]
    const login = recent.find(({ officerId }) => officerId === request.query.as)?.login
    const text = signInPage(frame(request), {
      ...carried(request, reply, request.query.return),
      recent,
      login,
      signedInAs: here?.session.fullName,
    })
    return sendPage(reply, 200, text)
  })

  app.get('/change-officer', asked, async (request: Asking, reply) =>
    reply.redirect(`/sign-in?return=${encodeURIComponent(placeIn(request.query.return))}`, 303),
  )

  app.post(
    '/sign-in',
    { ...sent, config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
    async (request: Sending, reply) => {
      refuseForeignForm(request, request.body.form)
      const { login = '', password = '' } = request.body
      const from = fromOf(request, reply)
      const signed = await signIn(openWork, { login, password, from, replacing: sessionIn(request) })
      const next = placeIn(request.body.return)
      if (signed.outcome === 'signed-in') {
        keepSession(request, reply, signed.token)
        return goOn(reply, next, signed)
      }
      const { say } = frame(request)
      const wrong =
        signed.outcome === 'slowed'
          ? `${say('slowed-before')} ${signed.seconds} ${say('slowed-after')}`
          : say(signed.outcome)
      if (signed.outcome === 'slowed') reply.header('retry-after', signed.seconds)
      const recent = await recentOfficers(openWork, from.device)
      const text = signInPage(frame(request), { ...carried(request, reply, next), recent, login, wrong })
      return sendPage(reply, signed.outcome === 'slowed' ? 429 : 403, text)
    },
  )
}

function goingOut(app: FastifyInstance, { openWork, frame, sessionOf }: Desk) {
  app.get('/sign-out', asked, async (request: Asking, reply) =>
    sendPage(reply, 200, signOutPage(frame(request), carried(request, reply, request.query.return))),
  )

  app.post('/sign-out', sent, async (request: Sending, reply) => {
    refuseForeignForm(request, request.body.form)
    const here = await sessionOf(request)
    const officerId = here?.session.officerId
    if (officerId && request.body.everywhere)
      await openWork(asSystem('sign-in', 'none', officerId), work =>
        endSessionsOf(work, officerId, 'signed-out-everywhere'),
      )
    else if (here) await signOut(openWork, here.token)
    clearSession(request, reply)
    return reply.redirect('/', 303)
  })
}

function choosingPost(app: FastifyInstance, { openWork, frame, sessionOf, postsOf, withUnitNames }: Desk) {
  app.get('/choose-post', asked, async (request: Asking, reply) => {
    const here = await sessionOf(request)
    const session = here?.session
    if (!session) return reply.redirect('/sign-in', 303)
    const posts = await postsOf(session.officerId)
    const text = choosePostPage(frame(request), {
      ...carried(request, reply, request.query.return),
      posts: await withUnitNames(posts),
    })
    return sendPage(reply, 200, text)
  })

  app.post('/choose-post', sent, async (request: Sending, reply) => {
    refuseForeignForm(request, request.body.form)
    const [appointmentId, standInId] = (request.body.post ?? '').split(' ')
    const token = sessionIn(request)
    if (!token) return reply.redirect('/sign-in', 303)
    if (!appointmentId || !isId(appointmentId) || (standInId !== undefined && !isId(standInId)))
      throw staffProblem('appointment-unknown')
    const next = await actIn(openWork, token, {
      appointmentId: appointmentId as AppointmentId,
      standInId: standInId as StandInId | undefined,
    })
    if (!next) throw staffProblem('appointment-unknown')
    keepSession(request, reply, next)
    return reply.redirect(placeIn(request.body.return), 303)
  })
}

function changingPassword(app: FastifyInstance, { openWork, frame, sessionOf, postsOf }: Desk) {
  app.get('/change-password', asked, async (request: Asking, reply) => {
    const here = await sessionOf(request)
    const session = here?.session
    if (!session) return reply.redirect('/sign-in', 303)
    const text = changePasswordPage(frame(request), { ...carried(request, reply, request.query.return), ...session })
    return sendPage(reply, 200, text)
  })

  app.post('/change-password', sent, async (request: Sending, reply) => {
    refuseForeignForm(request, request.body.form)
    const here = await sessionOf(request)
    const session = here?.session
    if (!session) return reply.redirect('/sign-in', 303)
    const { current = '', next = '', again = '' } = request.body
    const { say } = frame(request)
    const place = placeIn(request.body.return)
    const refuse = (status: number, wrong: string) =>
      sendPage(
        reply,
        status,
        changePasswordPage(frame(request), { ...carried(request, reply, place), ...session, wrong }),
      )
    if (next !== again) return refuse(400, say('password-differs'))
    const changed = await changePassword(openWork, { token: here.token, current, next, from: fromOf(request, reply) })
    if (changed.outcome === 'signed-out') return reply.redirect('/sign-in', 303)
    if (changed.outcome === 'slowed')
      return refuse(429, `${say('slowed-before')} ${changed.seconds} ${say('slowed-after')}`)
    if (changed.outcome === 'refused') return refuse(400, say(changed.why))
    keepSession(request, reply, changed.token)
    const posts = session.role === null ? await postsOf(session.officerId) : []
    return goOn(reply, place, { mustChange: false, posts })
  })
}

/** The pages on which officers come and go. All of them work without script. */
export async function pages(app: FastifyInstance, house: StaffHouse): Promise<void> {
  readForms(app)
  serveAssets(app)
  const ours = desk(house)
  for (const part of [entrance, comingIn, goingOut, choosingPost, changingPassword]) part(app, ours)
}
