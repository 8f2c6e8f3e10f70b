import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { html } from './html.ts'
import { isLoopback, ownPath } from './origin.ts'
import { shell, statePage } from './pages/shell.ts'
import type { Site } from './pages/site.ts'
import { setCookie, visitOf } from './pages/visit.ts'
import type { say } from './pages/words-exam.ts'
import { routeExam } from './routes/exam.ts'
import { routeForm } from './routes/form.ts'
import { routeSchool } from './routes/school.ts'
import { routeSignIn } from './routes/sign-in.ts'

const packages = join(import.meta.dirname, '../../node_modules/@fontsource/be-vietnam-pro/files')
const fonts = ['latin', 'vietnamese'].flatMap(subset =>
  [400, 500, 600].map(weight => `be-vietnam-pro-${subset}-${weight}-normal.woff2`),
)

/** Style, sign and type from this host alone. */
function serveAssets(app: FastifyInstance): void {
  const give = (path: string, file: string, type: string, seconds: number) => {
    const content = readFileSync(file)
    app.get(path, (_request, reply) =>
      reply.type(type).header('cache-control', `public, max-age=${seconds}`).send(content),
    )
  }
  give('/assets/site.css', join(import.meta.dirname, 'assets/site.css'), 'text/css; charset=utf-8', 300)
  give('/assets/sign.svg', join(import.meta.dirname, 'assets/sign.svg'), 'image/svg+xml', 86_400)
  for (const font of fonts) give(`/assets/fonts/${font}`, join(packages, font), 'font/woff2', 31_536_000)
}

type Refusal = Parameters<ReturnType<typeof say>>[0]

function refuse(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  title: Refusal,
  fix: Refusal,
) {
  const visit = visitOf(site, request)
  const body = statePage({
    title: visit.text(title),
    say: html`<p>${visit.text(fix)}</p>`,
    way: html`<a class="button" href="/">${visit.text('to-first')}</a>`,
    codes: status === 404 ? [] : [[visit.text('code-here'), request.id]],
  })
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(shell(site, visit, { title: visit.text(title), body }))
}

function answerErrors(app: FastifyInstance, site: Site): void {
  app.setNotFoundHandler((request, reply) => refuse(site, request, reply, 404, 'page-unknown', 'page-unknown-fix'))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(site, request, reply, status, 'too-large', 'too-large-fix')
    request.log.error({ err: error }, 'fault')
    return refuse(site, request, reply, 500, 'fault', 'fault-fix')
  })
}

const nul = /%00|\0/

/**
 * A NUL, which no text of a form holds, is refused in addresses, cookies and fields; in other headers Node refuses it.
 */
function refuseNul(app: FastifyInstance, site: Site): void {
  const refuseText = (request: FastifyRequest, reply: FastifyReply) =>
    refuse(site, request, reply, 400, 'nul-character', 'nul-character-fix')
  app.addHook('onRequest', async (request, reply) => {
    if (nul.test(request.url) || nul.test(request.headers.cookie ?? '')) return refuseText(request, reply)
  })
  app.addHook('preValidation', async (request, reply) => {
    if (request.body instanceof URLSearchParams && nul.test(String(request.body))) return refuseText(request, reply)
  })
}

/**
 * A form of another site is not taken: browsers say where a form was sent from (Fetch, `Origin`). The provider's own
 * call has none and is signed.
 */
function refuseForeignForms(app: FastifyInstance, site: Site): void {
  app.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'POST' || request.url === '/sign-in/logout') return
    const { origin } = request.headers
    if (origin !== undefined && origin !== site.origin)
      return refuse(site, request, reply, 403, 'foreign-form', 'foreign-form-fix')
  })
}

function routeLanguage(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { language: string }; Querystring: { to?: string } }>('/language/:language', (request, reply) => {
    const { language } = request.params
    if (language === 'vi' || language === 'en') setCookie(site, reply, 'language', language, 31_536_000)
    return reply.redirect(ownPath(request.query.to), 303)
  })
}

function routeHealth(app: FastifyInstance, site: Site): void {
  app.get('/health/live', async () => ({ live: true }))
  app.get('/health/ready', async (_request, reply) =>
    reply.code(site.provider.isReady() ? 200 : 503).send({ provider: site.provider.isReady() }),
  )
}

/**
 * Seconds for the head of a request and for the whole of it, and connections at once. A form is small, and a visitor
 * who takes longer to send one holds a place that others wait for.
 */
const limits = { headSeconds: 15, requestSeconds: 30, lookEverySeconds: 5, connections: 4_000 }
export type ServerLimits = typeof limits

const isPublicHttps = (origin: URL) => origin.protocol === 'https:' && !isLoopback(origin)

/** Bytes of a form; that of a registration has its own limit. */
const formBytes = 16_384

/** The whole site as a server that does not listen yet. */
export async function makeServer(
  site: Site,
  {
    log = true,
    behindProxy = false,
    within = limits,
  }: { log?: boolean; behindProxy?: boolean; within?: ServerLimits } = {},
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: log && { level: 'warn', redact: ['req.headers', 'req.url'] },
    trustProxy: behindProxy,
    bodyLimit: formBytes,
    requestTimeout: within.requestSeconds * 1000,
    http: {
      headersTimeout: within.headSeconds * 1000,
      connectionsCheckingInterval: within.lookEverySeconds * 1000,
    },
    genReqId: () => randomUUID(),
  })
  app.server.maxConnections = within.connections
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store')
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        // Signing out goes on to the identity provider.
        formAction: ["'self'", site.provider.issuer.origin],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // A browser would keep to https for whatever else runs on a name of the machine itself.
    strictTransportSecurity: isPublicHttps(new URL(site.origin)) && { maxAge: 31_536_000 },
    // With `no-referrer` browsers would hide the origin of our own forms, too.
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(cookie)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  )
  answerErrors(app, site)
  refuseNul(app, site)
  refuseForeignForms(app, site)
  serveAssets(app)
  routeLanguage(app, site)
  routeHealth(app, site)
  routeExam(app, site)
  routeSignIn(app, site)
  routeForm(app, site)
  routeSchool(app, site)
  return app
}
