import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { rateLimitOf } from '../platform/http/callers.ts'
import { deviceOf, forgetPages } from '../platform/http/cookie-tokens.ts'
import { formShape, formToken, readForms, refuseForeignForm } from '../platform/http/csrf.ts'
import { requestProblem } from '../platform/http/problems.ts'
import { isId } from '../platform/ids.ts'
import { statusOf } from '../platform/limits/limits.ts'
import { languageCookie } from '../platform/pages/html.ts'
import { servePageAssets } from '../platform/pages/page-assets.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { readSession } from './authenticate.ts'
import { changePassword } from './change-password.ts'
import { clearSessionCookie, clearSignInCookie, sessionTokenIn, setSessionCookie, setSignInCookie } from './cookie.ts'
import type { DemonstrationSignIn } from './demonstration.ts'
import { signInMinutes } from './law.ts'
import type { AppointmentId, OfficerId, StandInId } from './officer.ts'
import { frameOf, type StaffPageFrame, safeNextPath, sendPage } from './page-frame.ts'
import {
  changePasswordPage,
  choosePostPage,
  demonstrationPage,
  firstPage,
  signInPage,
  signOutPage,
} from './page-sign-in.ts'
import { staffProblem } from './problems.ts'
import { choosePost, postsOf, recentOfficers, signOut, signOutEverywhere } from './session.ts'
import { type SignInOrigin, signIn } from './sign-in.ts'

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
const longestField = 2000
type PageField = 'form' | 'return' | 'login' | 'password' | 'current' | 'next' | 'again' | 'everywhere' | 'post'
type EntranceRequest = FastifyRequest<{ Querystring: Static<typeof Asked> }>
type FormRequest = FastifyRequest<{ Body: { readonly [Field in PageField]?: string } }>

const signInOriginOf = (request: FastifyRequest, reply: FastifyReply): SignInOrigin => ({
  device: deviceOf(request, reply),
  address: request.ip,
  browser: request.headers['user-agent'] ?? '',
})

const asked = { schema: { hide: true, querystring: Asked } }
/** A form with some fields beside where to go on. */
const formOptions = (...fields: readonly PageField[]) => ({
  schema: { hide: true, body: formShape(longestField, 'return', ...fields) },
})

const hiddenFieldsOf = (request: FastifyRequest, reply: FastifyReply, next: string | undefined) => ({
  form: formToken(deviceOf(request, reply)),
  next: safeNextPath(next),
})

/** What all pages ask of the house. */
function signInPageContext({ openWork, demonstration }: StaffHouse) {
  return {
    openWork,
    demonstration,
    frame: (request: FastifyRequest): StaffPageFrame => frameOf(request, demonstration() !== undefined),
    async sessionOf(request: FastifyRequest) {
      const token = sessionTokenIn(request)
      const session = token ? await readSession(openWork, token) : undefined
      return token && session ? { token, session } : undefined
    },
    postsOf: (officerId: OfficerId) => openWork(asSystem('sign-in', 'none'), work => postsOf(work, officerId)),
    withUnitNames: <T extends { unitId: units.UnitId }>(things: readonly T[]) =>
      openWork(asSystem('sign-in', 'none'), work =>
        Promise.all(things.map(async thing => ({ ...thing, unitName: await units.unitName(work, thing.unitId) }))),
      ),
  }
}
type SignInPageContext = ReturnType<typeof signInPageContext>

function serveEntrance(app: FastifyInstance, { frame, sessionOf, demonstration, withUnitNames }: SignInPageContext) {
  app.get('/', asked, async (request, reply) => {
    const here = await sessionOf(request)
    return sendPage(reply, 200, firstPage(frame(request), { signedInAs: here?.session.fullName }))
  })

  app.get('/demonstration', asked, async (request, reply) => {
    const signIns = demonstration()
    if (!signIns) throw requestProblem('page-unknown')
    const text = demonstrationPage(frame(request), {
      ...hiddenFieldsOf(request, reply, '/console/'),
      signIns: await withUnitNames(signIns),
    })
    return sendPage(reply, 200, text)
  })

  app.get<{ Params: { language: string }; Querystring: Static<typeof Asked> }>(
    '/language/:language',
    asked,
    async (request, reply) => {
      const { language } = request.params
      if (language !== 'vi' && language !== 'en') throw requestProblem('page-unknown')
      // The console reads and writes the same cookie.
      reply.header('set-cookie', languageCookie(language, { isHttps: request.protocol === 'https' }))
      const back = request.query.return
      return reply.redirect(
        back?.startsWith('/sign-') || back?.startsWith('/change-officer') ? back : safeNextPath(back, '/'),
        303,
      )
    },
  )
}

/** The second factor comes next: giving it, or adding the first one. */
const factorPageFor = { 'give-factor': '/second-factor', 'add-factor': '/second-factor/add' } as const

function serveSignIn(app: FastifyInstance, { openWork, frame, sessionOf }: SignInPageContext) {
  app.get('/sign-in', asked, async (request: EntranceRequest, reply) => {
    const [recent, here] = [await recentOfficers(openWork, deviceOf(request, reply)), await sessionOf(request)]
    const login = recent.find(({ officerId }) => officerId === request.query.as)?.login
    const text = signInPage(frame(request), {
      ...hiddenFieldsOf(request, reply, request.query.return),
      recent,
      login,
      signedInAs: here?.session.fullName,
    })
    return sendPage(reply, 200, text)
  })

  app.get('/change-officer', asked, async (request: EntranceRequest, reply) =>
    reply.redirect(`/sign-in?return=${encodeURIComponent(safeNextPath(request.query.return))}`, 303),
  )

  app.post(
    '/sign-in',
    { ...formOptions('login', 'password'), config: { rateLimit: rateLimitOf('officers-sign-in') } },
    async (request: FormRequest, reply) => {
      refuseForeignForm(request, request.body.form)
      const { login = '', password = '' } = request.body
      const from = signInOriginOf(request, reply)
      const signed = await signIn(openWork, { login, password, from })
      const next = safeNextPath(request.body.return)
      if (signed.outcome === 'password-right') {
        setSignInCookie(request, reply, signed.token, signInMinutes * 60)
        return reply.redirect(`${factorPageFor[signed.next]}?return=${encodeURIComponent(next)}`, 303)
      }
      const { say } = frame(request)
      const wrong =
        signed.outcome === 'slowed'
          ? `${say('slowed-before')} ${signed.seconds} ${say('slowed-after')}`
          : say(signed.outcome)
      if (signed.outcome === 'slowed') reply.header('retry-after', signed.seconds)
      const recent = await recentOfficers(openWork, from.device)
      const text = signInPage(frame(request), { ...hiddenFieldsOf(request, reply, next), recent, login, wrong })
      return sendPage(reply, signed.outcome === 'slowed' ? statusOf('tries of a password') : 403, text)
    },
  )
}

function serveSignOut(app: FastifyInstance, { openWork, frame, sessionOf }: SignInPageContext) {
  app.get('/sign-out', asked, async (request: EntranceRequest, reply) =>
    sendPage(reply, 200, signOutPage(frame(request), hiddenFieldsOf(request, reply, request.query.return))),
  )

  app.post('/sign-out', formOptions('everywhere'), async (request: FormRequest, reply) => {
    refuseForeignForm(request, request.body.form)
    const here = await sessionOf(request)
    if (here && request.body.everywhere) {
      // The page to which that leads has the same button.
      if (!(await signOutEverywhere(openWork, here.token)))
        return reply.redirect(`/second-factor?return=${encodeURIComponent('/second-factor/mine')}`, 303)
    } else if (here) await signOut(openWork, here.token)
    clearSessionCookie(request, reply)
    clearSignInCookie(request, reply)
    forgetPages(reply)
    return reply.redirect('/', 303)
  })
}

function servePostChoice(
  app: FastifyInstance,
  { openWork, frame, sessionOf, postsOf, withUnitNames }: SignInPageContext,
) {
  app.get('/choose-post', asked, async (request: EntranceRequest, reply) => {
    const here = await sessionOf(request)
    const session = here?.session
    if (!session) return reply.redirect('/sign-in', 303)
    const posts = await postsOf(session.officerId)
    const text = choosePostPage(frame(request), {
      ...hiddenFieldsOf(request, reply, request.query.return),
      posts: await withUnitNames(posts),
    })
    return sendPage(reply, 200, text)
  })

  app.post('/choose-post', formOptions('post'), async (request: FormRequest, reply) => {
    refuseForeignForm(request, request.body.form)
    const [appointmentId, standInId] = (request.body.post ?? '').split(' ')
    const token = sessionTokenIn(request)
    if (!token) return reply.redirect('/sign-in', 303)
    if (!appointmentId || !isId(appointmentId) || (standInId !== undefined && !isId(standInId)))
      throw staffProblem('appointment-unknown')
    const next = await choosePost(openWork, token, {
      appointmentId: appointmentId as AppointmentId,
      standInId: standInId as StandInId | undefined,
    })
    if (!next) throw staffProblem('appointment-unknown')
    setSessionCookie(request, reply, next)
    return reply.redirect(safeNextPath(request.body.return), 303)
  })
}

function servePasswordChange(app: FastifyInstance, { openWork, frame, sessionOf, postsOf }: SignInPageContext) {
  app.get('/change-password', asked, async (request: EntranceRequest, reply) => {
    const here = await sessionOf(request)
    const session = here?.session
    if (!session) return reply.redirect('/sign-in', 303)
    const text = changePasswordPage(frame(request), {
      ...hiddenFieldsOf(request, reply, request.query.return),
      ...session,
    })
    return sendPage(reply, 200, text)
  })

  // The login is there for a manager of passwords.
  app.post(
    '/change-password',
    formOptions('login', 'current', 'next', 'again'),
    async (request: FormRequest, reply) => {
      refuseForeignForm(request, request.body.form)
      const here = await sessionOf(request)
      const session = here?.session
      if (!session) return reply.redirect('/sign-in', 303)
      const { current = '', next = '', again = '' } = request.body
      const { say } = frame(request)
      const place = safeNextPath(request.body.return)
      const refuse = (status: number, wrong: string) =>
        sendPage(
          reply,
          status,
          changePasswordPage(frame(request), { ...hiddenFieldsOf(request, reply, place), ...session, wrong }),
        )
      if (next !== again) return refuse(400, say('password-differs'))
      const changed = await changePassword(openWork, {
        token: here.token,
        current,
        next,
        from: signInOriginOf(request, reply),
      })
      if (changed.outcome === 'signed-out') return reply.redirect('/sign-in', 303)
      if (changed.outcome === 'slowed')
        return refuse(
          statusOf('tries of a password'),
          `${say('slowed-before')} ${changed.seconds} ${say('slowed-after')}`,
        )
      if (changed.outcome === 'refused') return refuse(400, say(changed.why))
      setSessionCookie(request, reply, changed.token)
      const posts = session.role === null ? await postsOf(session.officerId) : []
      return reply.redirect(posts.length > 1 ? `/choose-post?return=${encodeURIComponent(place)}` : place, 303)
    },
  )
}

/** The pages on which officers come and go. All of them work without script. */
export async function staffPages(app: FastifyInstance, house: StaffHouse): Promise<void> {
  readForms(app)
  servePageAssets(app)
  const ours = signInPageContext(house)
  for (const part of [serveEntrance, serveSignIn, serveSignOut, servePostChoice, servePasswordChange]) part(app, ours)
}
