import { subscribe } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'

/**
 * Loaded before a server (`node --import`): writes down every route that the server is given, with what stands beside
 * it.
 */

type Route = {
  readonly method: string | string[]
  readonly url: string
  readonly config?: Readonly<Record<string, unknown>>
}
type Server = {
  addHook(name: 'onRoute', hook: (route: Route) => void): void
  addHook(name: 'onListen', hook: () => void): void
}

const file = process.env['RECORDED_ROUTES']
const routes: unknown[] = []

/**
 * The one member of a route's configuration that says whose right it asks for; the rest of a plain route stays as it
 * is.
 */
function asked(config: Readonly<Record<string, unknown>> = {}) {
  const contract = Object.values(config).find(one => typeof (one as { right?: unknown } | null)?.right === 'string')
  return { ...(contract as object | undefined), limit: config['rateLimit'] ?? null }
}

if (file)
  subscribe('fastify.initialization', message => {
    const { fastify } = message as { fastify: Server }
    fastify.addHook('onRoute', ({ method, url, config }) => {
      for (const one of [method].flat()) routes.push({ ...asked(config), method: one, url })
    })
    fastify.addHook('onListen', () => writeFileSync(file, JSON.stringify(routes)))
  })
