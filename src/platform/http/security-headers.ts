import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** What every answer tells a browser: whose scripts, pictures and forms a page may have, and that nobody frames it. */
export const contentSecurity: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      formAction: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  // demandHttps says it, where it may be said.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
}

/**
 * Answers at addresses that have a secret in them (`/…/:token`): no search engine, preview or cache keeps them,
 * whatever the answer is. A page that draws itself need not think of it.
 */
export function hideSecretAddresses(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    if ((request.params as { readonly token?: string } | undefined)?.token === undefined) return
    reply.header('x-robots-tag', 'noindex, nofollow, noarchive').header('cache-control', 'no-store')
  })
}

/** Hosts that mean the machine itself. */
const isLoopback = (host: string) => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host)

const aYear = 31_536_000

/**
 * Tells browsers to reach the installation by https alone (RFC 6797). Never for the machine's own names: a browser
 * would keep to https for whatever else runs there, on every port. `direct`: the server ends TLS itself, so the host
 * that is asked for is the browser's; behind a proxy it may be the proxy's own.
 */
export function demandHttps(app: FastifyInstance, { origin, direct }: { origin: string; direct: boolean }): void {
  const { protocol, hostname } = new URL(origin)
  if (protocol !== 'https:' || isLoopback(hostname)) return
  app.addHook('onRequest', async (request, reply) => {
    if (direct && isLoopback(request.hostname)) return
    reply.header('strict-transport-security', `max-age=${aYear}; includeSubDomains`)
  })
}
