import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Exam } from '../exam.ts'
import { codePage, failurePage, signedOutPage } from '../pages/sign-in.ts'
import type { Site } from '../pages/site.ts'
import { dropCookie, formOf, setCookie, ticketOf, type Visit, visitOf } from '../pages/visit.ts'
import { standingOf } from '../queue/time-window.ts'
import { admitAccount, bindTicket, findByCode, missingClaims, personOf } from '../registering/candidate.ts'
import { readIdentifier } from '../registering/identifier.ts'
import { isPassword } from '../secret.ts'
import { SignInFailure } from '../sign-in/failure.ts'
import { beginSession, endSession, endSessionsOf } from '../sign-in/session.ts'
import { countTry, forgetTries, fromOf, rememberBrowser } from '../sign-in/tries.ts'
import { examOf, gate, sendPage } from './exam.ts'
import { forgetPending, keepPending, takePending } from './pending-sign-in.ts'

const statuses = { 'provider-away': 503, 'provider-refused': 502, 'answer-wrong': 502, 'sign-in-lost': 400 } as const

function sendFailure(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  failure: SignInFailure,
  exam: Exam | undefined,
  missing?: readonly string[],
) {
  const visit = visitOf(site, request)
  request.log.warn(
    { code: failure.code, error: failure.error, providerRequestId: failure.requestId },
    'a sign-in came to nothing',
  )
  const status = failure.code in statuses ? statuses[failure.code as keyof typeof statuses] : 403
  return sendPage(
    site,
    reply.code(status),
    visit,
    visit.text(`failure-${failure.code}`),
    failurePage(visit, failure, exam, missing),
    exam?.id,
  )
}

/** Sends the browser to the provider, and keeps what its answer is checked against. */
async function begin(site: Site, request: FastifyRequest, reply: FastifyReply, exam: Exam, visit: Visit) {
  const { location, away } = await site.provider.begin(exam, visit.language)
  keepPending(site, request, reply, exam.id, away, visit.now)
  return reply.redirect(location.href, 303)
}

async function callback(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const before = visitOf(site, request)
  const answer = new URL(request.url, site.origin)
  const kept = takePending(site, request, reply, answer.searchParams.get('state') ?? '', before.now)
  const exam = kept && examOf(site, kept.examId)
  try {
    if (!kept || !exam) throw new SignInFailure('sign-in-lost')
    const { claims, level, idToken, ...account } = await site.provider.finish(exam, kept, answer)
    const missing = missingClaims(exam, claims)
    if (missing.length)
      return sendFailure(
        site,
        request,
        reply,
        new SignInFailure('claims-missing', { requestId: kept.requestId }),
        exam,
        missing,
      )
    const person = personOf(claims)
    if (!person) throw new SignInFailure('answer-wrong', { error: 'claims', requestId: kept.requestId })

    const candidateId = admitAccount(site.db, account, person, before.now)
    if (before.session) endSession(site.db, before.session.idHash)
    setCookie(
      site,
      reply,
      'session',
      beginSession(site.db, { candidateId, level, account: { ...account, idToken } }, before.now),
    )
    const ticket = ticketOf(site, request, exam)
    if (ticket && !bindTicket(site.db, ticket.id, candidateId, before.now)) dropCookie(site, reply, `ticket-${exam.id}`)
    return reply.redirect(`/exams/${exam.id}/enter`, 303)
  } catch (error) {
    if (error instanceof SignInFailure) return sendFailure(site, request, reply, error, exam)
    throw error
  }
}

/** OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8. */
async function backChannelLogout(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const token = formOf(request).get('logout_token') ?? ''
  try {
    const { issuer, jti, subject, sid } = await site.provider.readLogoutToken(token)
    const isNew = site.db.run('insert into logout_token values (?, ?) on conflict do nothing', jti, site.clock()) === 1
    if (!isNew)
      return reply.code(400).send({ error: 'invalid_request', error_description: 'this logout token was used before' })
    endSessionsOf(site.db, { issuer, subject, sid })
    return reply.code(200).send()
  } catch (error) {
    if (error instanceof SignInFailure)
      return reply.code(503).header('retry-after', '5').send({ error: 'temporarily_unavailable' })
    request.log.warn({ why: (error as Error).message }, 'a logout token was refused')
    return reply.code(400).send({ error: 'invalid_request', error_description: 'the logout token was not accepted' })
  }
}

async function signOut(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const { session, language } = visitOf(site, request)
  dropCookie(site, reply, 'session')
  // The next one at this computer has a place of their own.
  for (const { id } of site.exams) dropCookie(site, reply, `ticket-${id}`)
  forgetPending(site, request, reply)
  if (session) endSession(site.db, session.idHash)
  const atProvider = session?.idToken ? site.provider.logoutUrl(session.idToken, language) : undefined
  return reply.redirect(atProvider?.href ?? '/signed-out', 303)
}

async function signInByCode(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const visit = visitOf(site, request)
  const form = formOf(request)
  const typed = form.get('code') ?? ''
  const again = (fault: Parameters<typeof codePage>[1], status = 422) =>
    sendPage(site, reply.code(status), visit, visit.text('code-title'), codePage(visit, fault, typed))
  const read = readIdentifier(typed)
  if (read.kind === 'number') return again({ field: 'code', text: visit.text('code-is-number') })
  if (read.kind === 'neither') return again({ field: 'code', text: visit.text(`code-${read.why}`) })

  const from = fromOf(site, request, read.code)
  const seconds = countTry(site.db, from, visit.now)
  if (seconds)
    return again({ field: 'password', text: visit.text('slowed').replace('{seconds}', String(seconds)) }, 429)
  const found = findByCode(site.db, read.code)
  const isRight = await isPassword((form.get('password') ?? '').trim().toLowerCase(), found?.password)
  if (!found || !isRight) return again({ field: 'password', text: visit.text('code-refused') })
  forgetTries(site.db, from)
  rememberBrowser(site, reply, from)
  if (visit.session) endSession(site.db, visit.session.idHash)
  setCookie(site, reply, 'session', beginSession(site.db, { candidateId: found.id }, visit.now))
  return reply.redirect('/', 303)
}

export function routeSignIn(app: FastifyInstance, site: Site): void {
  app.get('/jwks.json', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send({ keys: [site.provider.key.publicJwk] }),
  )

  app.get<{ Querystring: { exam?: string } }>('/sign-in', async (request, reply) => {
    const exam = examOf(site, request.query.exam ?? '')
    if (!exam) return reply.callNotFound()
    const visit = visitOf(site, request)
    // After the close people still come to see what they handed in; the queue is for those who may register.
    if (standingOf(exam, visit.now) === 'open') {
      const passed = gate(site, request, reply, exam, visit)
      if (passed.stopped) return passed.stopped
    }
    try {
      return await begin(site, request, reply, exam, visit)
    } catch (error) {
      if (error instanceof SignInFailure) return sendFailure(site, request, reply, error, exam)
      throw error
    }
  })
  app.get('/sign-in/callback', (request, reply) => callback(site, request, reply))
  app.post('/sign-in/logout', (request, reply) => backChannelLogout(site, request, reply))
  app.post('/sign-out', (request, reply) => signOut(site, request, reply))
  app.get('/signed-out', (request, reply) => {
    const visit = visitOf(site, request)
    return sendPage(site, reply, visit, visit.text('signed-out-title'), signedOutPage(visit))
  })
  app.get('/code', (request, reply) => {
    const visit = visitOf(site, request)
    return sendPage(site, reply, visit, visit.text('code-title'), codePage(visit, undefined, ''))
  })
  app.post('/code', (request, reply) => signInByCode(site, request, reply))
}
