import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { deviceOf } from '../../platform/http/cookie-tokens.ts'
import { formShape, formToken, readForms, refuseForeignForm } from '../../platform/http/csrf.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, type RequestContext, serveWithoutWork } from '../../platform/http/serve-endpoint.ts'
import { isId } from '../../platform/ids.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import { serveAssets } from '../../platform/pages/page-assets.ts'
import { passkeySiteName, type RelyingParty } from '../../platform/second-factor/passkey.ts'
import type { OpenWork } from '../../platform/work.ts'
import { readSession, sessionOf as sessionBehind } from '../authenticate.ts'
import { clearSignInCookie, sessionTokenIn, setSessionCookie, setSignInCookie, signInTokenIn } from '../cookie.ts'
import type { DemonstrationSignIn } from '../demonstration.ts'
import { signInMinutes } from '../law.ts'
import type { FactorId, Post } from '../officer.ts'
import { frameOf, safeNextPath, sendPage } from '../page-frame.ts'
import { staffProblem } from '../problems.ts'
import { type SignInOrigin, signIn } from '../sign-in.ts'
import type { OfficerSessionId } from '../store-session.ts'
import * as contract from './contract.ts'
import { demonstrationProof } from './demonstration-key.ts'
import * as factors from './factors.ts'
import { addFactorPage, giveFactorPage, ownFactorsPage } from './page-factor.ts'
import { factorText } from './words.ts'

/** A passkey's answer is the longest field. */
const longestField = 8000
type FactorField = 'form' | 'return' | 'login' | 'way' | 'code' | 'name' | 'challenge' | 'answer' | 'id'
type Form = { readonly [Field in FactorField]?: string }
type FormRequest = FastifyRequest<{ Body: Form }>
const Asked = Type.Object({
  return: Type.Optional(Type.String({ maxLength: 2000 })),
  sent: Type.Optional(Type.String({ maxLength: 10 })),
})
type AskedRequest = FastifyRequest<{ Querystring: Static<typeof Asked> }>

export type FactorHouse = {
  readonly openWork: OpenWork
  readonly origin: string
  /** The sign-ins of a demonstration house; elsewhere undefined. */
  demonstration(): readonly DemonstrationSignIn[] | undefined
}

export const relyingPartyAt = (origin: string): RelyingParty => ({
  id: new URL(origin).hostname,
  origin,
  name: passkeySiteName,
})

/** What a browser sent as JSON in a field; undefined where it is none. */
function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

const originOf = (request: FastifyRequest, reply: FastifyReply): SignInOrigin => ({
  device: deviceOf(request, reply),
  address: request.ip,
  browser: request.headers['user-agent'] ?? '',
})

/** What the pages and the API of second factors ask of the house. */
function factorContext({ openWork, origin, demonstration }: FactorHouse) {
  const rp = relyingPartyAt(origin)
  const sessionOf = async (request: FastifyRequest) => {
    const token = sessionTokenIn(request)
    const session = token ? await readSession(openWork, token) : undefined
    return token && session ? ({ kind: 'session', token, session } as const) : undefined
  }
  return {
    openWork,
    rp,
    demonstration,
    sessionOf,
    frame: (request: FastifyRequest) => frameOf(request, demonstration() !== undefined),
    /** A sign-in that waits comes before the session that the browser had. */
    async callerOf(request: FastifyRequest): Promise<factors.FactorCaller | undefined> {
      const token = signInTokenIn(request)
      const signIn = token ? await factors.findSignIn(openWork, token) : undefined
      return token && signIn ? { kind: 'sign-in', token, signIn } : sessionOf(request)
    },
    /** Whether the caller is an officer of a demonstration, whose second factor is known. */
    isDemonstrated(caller: factors.FactorCaller): boolean {
      const { login } = caller.kind === 'sign-in' ? caller.signIn : caller.session
      return demonstration()?.some(one => one.login === login) ?? false
    },
    /** With the browser and the session that it had, for what begins or goes on. */
    around: (request: FastifyRequest, reply: FastifyReply) => ({
      from: originOf(request, reply),
      replacing: sessionTokenIn(request),
      rp,
    }),
  }
}
type FactorContext = ReturnType<typeof factorContext>
type SessionCaller = Extract<factors.FactorCaller, { kind: 'session' }>
type SignInCaller = Extract<factors.FactorCaller, { kind: 'sign-in' }>

const limited = { rateLimit: rateLimitOf('officers-sign-in') }
const asked = { schema: { hide: true, querystring: Asked } }
/** A form with some fields. */
const factorForm = (...fields: readonly Exclude<FactorField, 'form'>[]) => ({
  schema: { hide: true, body: formShape(longestField, ...fields) },
  config: limited,
})

const formOf = (request: FastifyRequest, reply: FastifyReply, next: string | undefined) => ({
  form: formToken(deviceOf(request, reply)),
  next: safeNextPath(next),
})

const toSignIn = (reply: FastifyReply, next: string | undefined) =>
  reply.redirect(`/sign-in?return=${encodeURIComponent(safeNextPath(next))}`, 303)

const officerIdOf = (caller: factors.FactorCaller) =>
  caller.kind === 'sign-in' ? caller.signIn.officerId : caller.session.officerId

/** Where an officer goes whose session began or went on: first to what must be settled, then to where they wanted. */
function goOn(
  request: FastifyRequest,
  reply: FastifyReply,
  next: string,
  caller: factors.FactorCaller,
  done: { readonly token: string; readonly mustChange?: boolean; readonly posts?: readonly Post[] },
) {
  setSessionCookie(request, reply, done.token, officerIdOf(caller))
  clearSignInCookie(request, reply)
  const then = `?return=${encodeURIComponent(next)}`
  if (done.mustChange) return reply.redirect(`/change-password${then}`, 303)
  return reply.redirect((done.posts?.length ?? 1) > 1 ? `/choose-post${then}` : next, 303)
}

/** What was wrong, in words for the page, with its status. */
function refusalOf(
  outcome: Exclude<factors.Finished, { outcome: 'signed-in' | 'proved' }>,
  language: 'vi' | 'en',
): { readonly status: number; readonly text: string } {
  const text = factorText(language)
  switch (outcome.outcome) {
    case 'slowed':
      return {
        status: statusOf('tries of an officer’s factor'),
        text: `${text('slowed-before')} ${outcome.seconds} ${text('slowed-after')}`,
      }
    case 'gone':
      return { status: 410, text: text('gone') }
    default:
      return { status: 403, text: text(outcome.outcome) }
  }
}

function proofIn({ way, code = '', challenge = '', answer }: Form): factors.FactorProof | undefined {
  if (way === 'passkey') return { kind: 'passkey', challenge, answer: parsed(answer) }
  return way === 'totp' || way === 'mail' ? { kind: way, code } : undefined
}

function serveGiving(app: FastifyInstance, context: FactorContext) {
  const { openWork, frame, callerOf, around, demonstration, rp, isDemonstrated } = context

  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    caller: factors.FactorCaller,
    {
      next,
      wrong,
      status = 200,
      mailSent = false,
    }: { next?: string; wrong?: string; status?: number; mailSent?: boolean },
  ) => {
    const text = giveFactorPage(frame(request), {
      ...formOf(request, reply, next),
      wrong,
      to: caller.kind === 'sign-in' ? 'sign-in' : 'go-on',
      ways: await factors.waysOf(openWork, caller),
      mailSent,
      demonstration: isDemonstrated(caller),
    })
    return sendPage(reply, status, text)
  }

  const settle = async (
    request: FormRequest,
    reply: FastifyReply,
    caller: factors.FactorCaller,
    done: factors.Finished,
  ) => {
    const next = safeNextPath(request.body.return)
    if (done.outcome === 'signed-in' || done.outcome === 'proved') {
      // What rests was added by whoever reads the mailbox: its officer sees it first.
      const { resting } = await factors.waysOf(openWork, caller)
      const then = resting.length > 0 ? `/second-factor/mine?return=${encodeURIComponent(next)}` : next
      return goOn(request, reply, then, caller, done)
    }
    if (done.outcome === 'gone') return toSignIn(reply, next)
    const { status, text } = refusalOf(done, frame(request).language)
    if (done.outcome === 'slowed') reply.header('retry-after', done.seconds)
    return page(request, reply, caller, { next, wrong: text, status, mailSent: request.body.way === 'mail' })
  }

  app.get('/second-factor', asked, async (request: AskedRequest, reply) => {
    const caller = await callerOf(request)
    if (!caller) return toSignIn(reply, request.query.return)
    return page(request, reply, caller, {
      ...(request.query.return && { next: request.query.return }),
      mailSent: request.query.sent === 'yes',
    })
  })

  app.post(
    '/second-factor',
    factorForm('return', 'way', 'code', 'challenge', 'answer'),
    async (request: FormRequest, reply) => {
      refuseForeignForm(request, request.body.form)
      const caller = await callerOf(request)
      const proof = proofIn(request.body)
      if (!caller || !proof) return toSignIn(reply, request.body.return)
      return settle(request, reply, caller, await factors.giveFactor(openWork, caller, proof, around(request, reply)))
    },
  )

  app.post('/second-factor/options', factorForm(), async (request: FormRequest, reply) => {
    refuseForeignForm(request, request.body.form)
    const caller = await callerOf(request)
    const options = caller && (await factors.passkeyRequest(openWork, caller, rp))
    if (!options) throw staffProblem('factor-unknown')
    return reply.header('cache-control', 'no-store').send(options)
  })

  app.post('/second-factor/mail', factorForm('return', 'way'), async (request: FormRequest, reply) => {
    refuseForeignForm(request, request.body.form)
    const caller = await callerOf(request)
    if (caller?.kind !== 'sign-in') return toSignIn(reply, request.body.return)
    const sending = await factors.sendMailCode(openWork, caller)
    const next = safeNextPath(request.body.return)
    if (sending.outcome === 'slowed') {
      const { status, text } = refusalOf(sending, frame(request).language)
      reply.header('retry-after', sending.seconds)
      return page(request, reply, caller, { next, wrong: text, status, mailSent: true })
    }
    return reply.redirect(`/second-factor?sent=yes&return=${encodeURIComponent(next)}`, 303)
  })

  app.post('/demonstration/second-factor', factorForm('return'), async (request: FormRequest, reply) => {
    const signIns = demonstration()
    if (!signIns) throw requestProblem('page-unknown')
    refuseForeignForm(request, request.body.form)
    const caller = await callerOf(request)
    const proof = caller && (await demonstrationProof(openWork, caller, { signIns, rp }))
    if (!caller || !proof) return toSignIn(reply, request.body.return)
    return settle(request, reply, caller, await factors.giveFactor(openWork, caller, proof, around(request, reply)))
  })

  // One press: the known password, then the known factor, each checked as ever.
  app.post('/demonstration/sign-in', factorForm('return', 'login'), async (request: FormRequest, reply) => {
    const signIns = demonstration()
    if (!signIns) throw requestProblem('page-unknown')
    refuseForeignForm(request, request.body.form)
    const known = signIns.find(({ login }) => login === request.body.login)
    const { login = '', password = '' } = known ?? {}
    const signed = known && (await signIn(openWork, { login, password, from: originOf(request, reply) }))
    // Whoever tried a password of their own types it.
    if (signed?.outcome !== 'password-right') return toSignIn(reply, request.body.return)
    const waiting = await factors.findSignIn(openWork, signed.token)
    const caller = waiting && ({ kind: 'sign-in', token: signed.token, signIn: waiting } as const)
    const proof = caller && (await demonstrationProof(openWork, caller, { signIns, rp }))
    if (!caller || !proof) return toSignIn(reply, request.body.return)
    return settle(request, reply, caller, await factors.giveFactor(openWork, caller, proof, around(request, reply)))
  })
}

function addedIn({ way, code = '', name = '', challenge = '', answer }: Form): factors.AddedFactor {
  return way === 'passkey' ? { kind: 'passkey', name, challenge, made: parsed(answer) } : { kind: 'totp', name, code }
}

function serveAdding(app: FastifyInstance, context: FactorContext) {
  const { openWork, frame, callerOf, around, rp, isDemonstrated } = context
  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    caller: factors.FactorCaller,
    { next, wrong, status = 200 }: { next?: string | undefined; wrong?: string; status?: number },
  ) => {
    const app = await factors.offerApp(openWork, caller)
    // A session gives a factor of its own first.
    if (!app) {
      const here = `/second-factor/add?return=${encodeURIComponent(safeNextPath(next))}`
      if (caller.kind === 'session' && !(await factors.isFresh(openWork, caller)))
        return reply.redirect(`/second-factor?return=${encodeURIComponent(here)}`, 303)
      throw staffProblem('factor-not-addable')
    }
    const text = addFactorPage(frame(request), {
      ...formOf(request, reply, next),
      wrong,
      first: caller.kind === 'sign-in',
      demonstration: isDemonstrated(caller),
      app,
    })
    return sendPage(reply, status, text)
  }

  app.get('/second-factor/add', asked, async (request: AskedRequest, reply) => {
    const caller = await callerOf(request)
    if (!caller) return toSignIn(reply, request.query.return)
    return page(request, reply, caller, { next: request.query.return })
  })

  app.post('/second-factor/add-options', factorForm(), async (request: FormRequest, reply) => {
    refuseForeignForm(request, request.body.form)
    const caller = await callerOf(request)
    const options = caller && (await factors.passkeyOffer(openWork, caller, rp))
    if (!options) throw staffProblem('factor-not-addable')
    return reply.header('cache-control', 'no-store').send(options)
  })

  app.post(
    '/second-factor/add',
    factorForm('return', 'way', 'name', 'code', 'challenge', 'answer'),
    async (request: FormRequest, reply) => {
      refuseForeignForm(request, request.body.form)
      const caller = await callerOf(request)
      const next = safeNextPath(request.body.return)
      if (!caller) return toSignIn(reply, next)
      const done = await factors.addFactor(openWork, caller, addedIn(request.body), around(request, reply))
      if (done.outcome === 'signed-in' || done.outcome === 'proved') return goOn(request, reply, next, caller, done)
      if (done.outcome === 'gone') return toSignIn(reply, next)
      const { status, text } = refusalOf(done, frame(request).language)
      return page(request, reply, caller, { next, wrong: text, status })
    },
  )
}

function serveOwn(app: FastifyInstance, { openWork, frame, sessionOf }: FactorContext) {
  app.get('/second-factor/mine', asked, async (request: AskedRequest, reply) => {
    const caller = await sessionOf(request)
    if (!caller) return toSignIn(reply, '/second-factor/mine')
    const text = ownFactorsPage(frame(request), {
      ...formOf(request, reply, request.query.return),
      factors: await factors.factorsOfCaller(openWork, caller),
      sessions: await factors.sessionsOfCaller(openWork, caller),
      fresh: await factors.isFresh(openWork, caller),
    })
    return sendPage(reply, 200, text)
  })

  /** A form that names one thing of the officer's own, a session or a factor, which is ended or removed. */
  const take = (
    path: string,
    unknown: 'session-unknown' | 'factor-unknown',
    deed: (caller: SessionCaller, id: string) => Promise<void>,
  ) =>
    app.post(path, factorForm('return', 'id'), async (request: FormRequest, reply) => {
      refuseForeignForm(request, request.body.form)
      const caller = await sessionOf(request)
      if (!caller) return toSignIn(reply, '/second-factor/mine')
      const { id = '' } = request.body
      if (!isId(id)) throw staffProblem(unknown)
      await deed(caller, id)
      return reply.redirect('/second-factor/mine', 303)
    })
  take('/second-factor/end-session', 'session-unknown', (caller, id) =>
    factors.endSessionOfCaller(openWork, caller, id as OfficerSessionId),
  )
  take('/second-factor/remove', 'factor-unknown', (caller, id) =>
    factors.removeFactor(openWork, caller, id as FactorId),
  )
}

/** The pages on which officers give, add and remove second factors. By app and by mail they work without script. */
export function factorPages(app: FastifyInstance, house: FactorHouse): void {
  readForms(app)
  serveAssets(app, import.meta.url, ['officer-passkey.js'])
  const context = factorContext(house)
  for (const part of [serveGiving, serveAdding, serveOwn]) part(app, context)
}

/** The API by which the console asks for a second factor again, and goes on where it was. */
export function factorRoutes(doors: Doors, house: FactorHouse): void {
  const { openWork, rp, around, demonstration, isDemonstrated } = factorContext(house)

  const callerOf = ({ request, who }: RequestContext) => {
    const [token, session] = [sessionTokenIn(request), sessionBehind(who)]
    if (!token || !session) throw requestProblem('sign-in-needed')
    return { kind: 'session', token, session } as const
  }
  const give = async (
    { request, reply }: RequestContext,
    caller: factors.FactorCaller,
    proof: factors.FactorProof,
  ): Promise<{ fresh: true }> => {
    const done = await factors.giveFactor(openWork, caller, proof, around(request, reply))
    if (done.outcome === 'slowed') throw staffProblem('factor-slowed', { seconds: done.seconds })
    if (done.outcome !== 'proved') throw staffProblem('factor-refused')
    setSessionCookie(request, reply, done.token)
    return { fresh: true }
  }

  serveWithoutWork(doors, contract.factorOptions, async (_input, context) => {
    const caller = callerOf(context)
    const [ways, options] = [await factors.waysOf(openWork, caller), await factors.passkeyRequest(openWork, caller, rp)]
    return {
      app: ways.app,
      ...(options && ways.passkeys > (isDemonstrated(caller) ? 1 : 0) && { passkey: options }),
      demonstration: isDemonstrated(caller),
    }
  })

  serveWithoutWork(doors, contract.giveSecondFactor, async ({ body }, context) => {
    const { code, challenge, answer } = body
    const proof: factors.FactorProof =
      challenge === undefined
        ? { kind: 'totp', code: code ?? '' }
        : { kind: 'passkey', challenge, answer: parsed(answer) }
    return give(context, callerOf(context), proof)
  })

  serveWithoutWork(doors, contract.giveDemonstrationFactor, async (_input, context) => {
    const signIns = demonstration()
    if (!signIns) throw requestProblem('page-unknown')
    const caller = callerOf(context)
    const proof = await demonstrationProof(openWork, caller, { signIns, rp })
    if (!proof) throw staffProblem('factor-refused')
    return give(context, caller, proof)
  })
}

/**
 * The API by which the console signs an officer in over the page that is open, when their session has ended. The same
 * two steps as on the pages, with the same counting; the page stays, and with it what was typed.
 */
export function signInRoutes(doors: Doors, house: FactorHouse): void {
  const { openWork, rp, around, demonstration, isDemonstrated } = factorContext(house)

  const waiting = async (token: string | undefined) => {
    const found = token ? await factors.findSignIn(openWork, token) : undefined
    return token && found ? ({ kind: 'sign-in', token, signIn: found } as const) : undefined
  }
  const waysOf = async (caller: factors.FactorCaller) => {
    const [ways, options] = [await factors.waysOf(openWork, caller), await factors.passkeyRequest(openWork, caller, rp)]
    return {
      app: ways.app,
      ...(options && ways.passkeys > (isDemonstrated(caller) ? 1 : 0) && { passkey: options }),
      ...(ways.mail && { mail: ways.mail }),
      demonstration: isDemonstrated(caller),
    }
  }
  const finish = async (
    { request, reply }: RequestContext,
    caller: SignInCaller | undefined,
    proof: factors.FactorProof | undefined,
  ) => {
    if (!caller || !proof) return { outcome: 'over' as const }
    const done = await factors.giveFactor(openWork, caller, proof, around(request, reply))
    if (done.outcome === 'slowed') return done
    if (done.outcome === 'wrong' || done.outcome === 'refused') return { outcome: 'wrong' as const }
    if (done.outcome !== 'signed-in') return { outcome: 'over' as const }
    setSessionCookie(request, reply, done.token, caller.signIn.officerId)
    clearSignInCookie(request, reply)
    return { outcome: done.outcome, officerId: caller.signIn.officerId, mustChangePassword: done.mustChange }
  }

  serveWithoutWork(doors, contract.signInOverPage, async ({ body }, { request, reply }) => {
    const signed = await signIn(openWork, { ...body, from: originOf(request, reply) })
    if (signed.outcome !== 'password-right') return signed
    setSignInCookie(request, reply, signed.token, signInMinutes * 60)
    if (signed.next === 'add-factor') return { outcome: signed.next }
    const caller = await waiting(signed.token)
    return { outcome: signed.outcome, ...(caller && { ways: await waysOf(caller) }) }
  })

  serveWithoutWork(doors, contract.finishSignInOverPage, async ({ body }, context) =>
    finish(context, await waiting(signInTokenIn(context.request)), proofIn(body)),
  )

  serveWithoutWork(doors, contract.sendSignInCode, async (_input, { request }) => {
    const caller = await waiting(signInTokenIn(request))
    return caller ? factors.sendMailCode(openWork, caller) : { outcome: 'over' as const }
  })

  serveWithoutWork(doors, contract.finishDemonstrationSignIn, async (_input, context) => {
    const signIns = demonstration()
    if (!signIns) throw requestProblem('page-unknown')
    const caller = await waiting(signInTokenIn(context.request))
    const proof = caller && (await demonstrationProof(openWork, caller, { signIns, rp }))
    return finish(context, caller, proof)
  })
}
