import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { Registry } from 'prom-client'
import { newId } from '../ids.ts'
import { isOutOfFiles, systemProblem } from '../last-resort.ts'
import { retrySeconds } from '../limits/law.ts'
import { statusOf } from '../limits/limits.ts'
import { type MinuteCounts, openMinuteCounts } from '../limits/minute-counts.ts'
import { limitProblem } from '../limits/problems.ts'
import type { Log } from '../log.ts'
import { html, type Language, languageOf, page } from '../pages/html.ts'
import { currentProblemCode, knownProblems, Problem, type ProblemKind, problemBody } from '../problem.ts'
import { findOutage } from '../problems-database.ts'
import { AuthorityChanged } from '../work.ts'
import { countCallers, rateLimitOf, rateStoreOf } from './callers.ts'
import { compilersAtFirstUse } from './compile-schemas.ts'
import { type ConnectionLimits, limitConnections } from './connections.ts'
import { dayFormat, instantFormat } from './input-days.ts'
import { uuidFormat } from './input-ids.ts'
import { leastLength } from './input-texts.ts'
import { bodyLimits, handshakeSeconds, headSeconds, silentSeconds, slowAfter } from './law.ts'
import { measureRequests, serveMetrics } from './metrics.ts'
import { refuseNulCharacters } from './nul-characters.ts'
import { requestProblem } from './problems.ts'
import { logFault, logRequests, noteRefusalCode, type RequestLogging, tellStatements } from './request-log.ts'
import { contentSecurity, demandHttps } from './security-headers.ts'
import { type BodyPace, endSlowBodies } from './slow-bodies.ts'
import { tlsOptions } from './tls.ts'
import { hasUnreadableAddress, noteAnswers, refuseAddress, refuseUnreadable } from './unreadable-requests.ts'
import { refuseUndeclaredMembers, wrongFields } from './wrong-fields.ts'

export type ServerOptions = {
  readonly log: Log
  readonly origin: string
  readonly trustProxy: boolean | string
  readonly https?: { readonly key: string; readonly cert: string }
  /** Requests a minute of a caller or an address, where not as the table of limits says. */
  readonly perMinute?: number
  /** Where requests are counted; several processes may share it. */
  readonly counts?: MinuteCounts
  /** Where measurements are kept, and whether this server gives them at /metrics itself. */
  readonly metrics?: Registry
  readonly servesMetrics?: boolean
  /** Where what happens to requests is kept, and what is a slow one. */
  readonly logging?: RequestLogging
  /** How slowly a body may come, and how many connections may be open, where not as law.ts says. */
  readonly pace?: BodyPace
  readonly connections?: ConnectionLimits
  /** Seconds for the head of a request, where not as law.ts says. */
  readonly headWithin?: number
  /** Whether answers say how many statements they took. */
  readonly tellsStatements?: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    /** How browsers reach the installation, as it is configured. What a request says of it counts for nothing. */
    readonly origin: string
    readonly metrics: Registry
  }
}

const wantsPage = (request: FastifyRequest) =>
  !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')

/**
 * Files that are the same for everyone are not counted: a whole office asks from one address, and a page has dozens.
 */
const isFile = ({ url }: FastifyRequest) => /^\/(console\/|station\/)?assets\//.test(url)

/** When to come again, for whoever has no program that reads the header. */
function comeAgainText(language: Language, seconds: number): string {
  const wait = seconds < 100 ? [`${seconds} giây`, `${seconds} seconds`] : undefined
  const minutes = Math.ceil(seconds / 60)
  const [vi, en] = wait ?? [`${minutes} phút`, `${minutes} minutes`]
  return language === 'vi'
    ? `Sau ${vi} tải lại trang này: những gì đã chọn được gửi lại, không làm hai lần.`
    : `Load this page again in ${en}: what you chose is sent again, and is not done twice.`
}

function problemPage(request: FastifyRequest, code: string, kind: ProblemKind, retryAfter = 0): string {
  const language = languageOf(request.headers)
  const [title, fix] = language === 'vi' ? [kind.vi, kind.fixVi] : [kind.title, kind.fix]
  return page(
    language,
    title,
    html`<main class="sheet">
<h1>${title}</h1>
${fix && html`<p>${fix}</p>`}
${retryAfter > 0 && html`<p>${comeAgainText(language, retryAfter)}</p>`}
<p><a class="button" href="/">${language === 'vi' ? 'Về trang đầu' : 'Back to the first page'}</a></p>
<p class="small">${code} · ${request.id}</p>
</main>`,
  )
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem) {
  noteRefusalCode(reply, problem.code)
  reply.code(problem.kind.status).headers(problem.headers).header('cache-control', 'no-store')
  if (wantsPage(request))
    return reply
      .type('text/html; charset=utf-8')
      .send(
        problemPage(
          request,
          problem.code,
          problem.kind,
          Number(problem.headers?.['retry-after'] ?? reply.getHeader('retry-after') ?? 0),
        ),
      )
  return reply.type('application/problem+json').send(JSON.stringify(problemBody(problem, request.id)))
}

function asProblem(error: FastifyError | Problem): Problem | undefined {
  if (error instanceof Problem) return error
  if (isOutOfFiles(error)) return systemProblem('too-many-open-files', {}, { 'retry-after': String(retrySeconds.busy) })
  if (error.validation) return requestProblem('input-invalid', { wrong: wrongFields(error.validation) })
  if (error instanceof AuthorityChanged) return requestProblem('sign-in-changed')
  if (isOfMultipart(error)) return requestProblem('form-unreadable')
  const outage = findOutage(error)
  if (outage) return outage
  if (/timeout exceeded when trying to connect/.test(error.message))
    return limitProblem('house-busy', {}, { 'retry-after': String(retrySeconds.busy) })
  const status = error.statusCode ?? 500
  if (status === 413) return requestProblem('file-too-large')
  if (status === statusOf('requests of everybody')) return limitProblem('too-many-requests')
  if (status >= 400 && status < 500) return requestProblem('input-invalid', { wrong: wrongFields([error]) })
  return undefined
}

/** How the reader of multipart/form-data says that a form is none, or ended too early. It gives no code. */
const isOfMultipart = ({ message }: Error) => /^Multipart: |unexpected end of multipart data$/i.test(message)

function answerErrors(app: FastifyInstance) {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const problem = asProblem(error)
    if (problem) return sendProblem(request, reply, problem)
    logFault(request, reply, error)
    reply.code(500).header('cache-control', 'no-store')
    const fault: ProblemKind = {
      status: 500,
      title: 'Something failed here; it was noted',
      vi: 'Hệ thống gặp lỗi và đã ghi lại',
      fix: 'Try again in a minute; if it happens again, give this code to the administrator.',
      fixVi: 'Thử lại sau một phút; nếu vẫn lỗi, báo mã này cho quản trị viên.',
    }
    if (wantsPage(request)) return reply.type('text/html; charset=utf-8').send(problemPage(request, 'fault', fault))
    return reply
      .type('application/problem+json')
      .send(JSON.stringify({ title: fault.title, status: 500, request_id: request.id }))
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, requestProblem(hasUnreadableAddress(request) ? 'address-unreadable' : 'page-unknown')),
  )
}

/** A page that says "later" says when to programs too, where whoever made it did not. */
function sayWhenToComeAgain(app: FastifyInstance) {
  app.addHook('onSend', async (_request, reply) => {
    const isLater =
      reply.statusCode === statusOf('requests of everybody') || reply.statusCode === statusOf('wait for a turn')
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html')
    if (isLater && isPage && !reply.hasHeader('retry-after')) reply.header('retry-after', retrySeconds.busy)
  })
}

/** A page for every refusal: /problems and /problems/<code>. */
function explainProblems(app: FastifyInstance) {
  app.get('/problems', async (request, reply) => {
    const language = languageOf(request.headers)
    const rows = [...knownProblems()].sort(([a], [b]) => (a < b ? -1 : 1))
    return reply.type('text/html; charset=utf-8').send(
      page(
        language,
        language === 'vi' ? 'Các lời từ chối' : 'Refusals',
        html`<main class="sheet"><h1>${
          language === 'vi' ? 'Các lời từ chối và cách xử lý' : 'Refusals and what to do'
        }</h1>
<ul>${rows.map(
          ([code, kind]) =>
            html`<li><a href="/problems/${code}">${language === 'vi' ? kind.vi : kind.title}</a>
              <span class="small">${code}</span></li>`,
        )}</ul></main>`,
      ),
    )
  })
  app.get<{ Params: { code: string } }>('/problems/:code', async (request, reply) => {
    const code = currentProblemCode(request.params.code)
    const kind = knownProblems().get(code)
    if (!kind) throw requestProblem('page-unknown')
    return reply.type('text/html; charset=utf-8').send(problemPage(request, code, kind))
  })
}

/** A server with everything that each door needs, and no door yet. */
export async function makeServer({
  log,
  origin,
  trustProxy,
  https,
  perMinute,
  counts = openMinuteCounts(),
  metrics = new Registry(),
  servesMetrics = true,
  logging = { slowMs: slowAfter },
  pace,
  connections,
  headWithin = headSeconds,
  tellsStatements = false,
}: ServerOptions) {
  const { schemaController, compileSchemas } = compilersAtFirstUse()
  const onLine = {
    headersTimeout: headWithin * 1000,
    // How often Node looks for heads that are late.
    connectionsCheckingInterval: Math.min(5, headWithin) * 1000,
  }
  const app: FastifyInstance = Fastify({
    schemaController,
    frameworkErrors: refuseAddress(() => app),
    clientErrorHandler: refuseUnreadable,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit: bodyLimits.page,
    // Whoever asks while it closes is answered still, and told to come by another connection.
    return503OnClosing: false,
    connectionTimeout: silentSeconds * 1000,
    genReqId: () => newId<'request'>(),
    routerOptions: { maxParamLength: 200 },
    ajv: {
      // The check ends at the first fault: a text that is too long is compared with no pattern.
      // Of strict numbers, limits are not asked where a number is infinite, as `?limit=Infinity` is.
      customOptions: { coerceTypes: 'array', removeAdditional: false, allErrors: false, strictNumbers: false },
      onCreate: ajv =>
        ajv
          .addFormat('uuid', uuidFormat)
          .addFormat('date', dayFormat)
          .addFormat('date-time', instantFormat)
          .removeKeyword('minLength')
          .addKeyword(leastLength),
    },
    ...(https
      ? { https: { ...https, ...tlsOptions, ...onLine, handshakeTimeout: handshakeSeconds * 1000 } }
      : { http: onLine }),
  }) as unknown as FastifyInstance
  app.decorate('compileSchemas', compileSchemas)
  app.decorate('origin', origin)
  app.decorate('metrics', metrics)
  noteAnswers(app.server)
  const prove = limitConnections(app.server, { byAddress: !trustProxy, ...(connections && { limits: connections }) })

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  logRequests(app, logging)
  if (tellsStatements) tellStatements(app)
  sayWhenToComeAgain(app)
  demandHttps(app, { origin, direct: https !== undefined })
  endSlowBodies(app, sendProblem, pace)
  refuseNulCharacters(app)
  refuseUndeclaredMembers(app)
  answerErrors(app)
  await app.register(helmet, contentSecurity)
  await app.register(cookie)
  countCallers(app, prove)
  await app.register(multipart)
  await app.register(rateLimit, {
    ...rateLimitOf('general'),
    ...(perMinute && { max: perMinute }),
    store: rateStoreOf(counts),
    allowList: isFile,
  })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Dinhdanh', version: '1' }, servers: [{ url: origin }] },
  })
  measureRequests(app, metrics)
  if (servesMetrics) serveMetrics(app, metrics)
  explainProblems(app)
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  return app
}
