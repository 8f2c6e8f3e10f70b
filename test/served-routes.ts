import { subscribe } from 'node:diagnostics_channel'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { makeApp } from '../src/app.ts'
import { type House, openHouse } from '../src/open-house.ts'
import type { Endpoint } from '../src/platform/endpoint.ts'
import { buildWeb } from '../web/build.ts'
import { emptyDatabase, templates } from './house.ts'

/** A route of the whole server; `door` where it serves an endpoint. */
export type ServedRoute = Pick<RouteOptions, 'url' | 'schema'> & {
  readonly method: string
  readonly door: Endpoint | undefined
  /** In which lane its callers wait, and how many requests a minute it takes, where not as all. */
  readonly lane: string | undefined
  readonly rateLimit: unknown
}

export type ServedHouse = {
  readonly house: House
  readonly app: FastifyInstance
  readonly routes: readonly ServedRoute[]
}

/** The whole server, as main.ts makes it, with every route that it has. */
export async function serveWholeHouse(environment: Readonly<Record<string, string>> = {}): Promise<ServedHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-app-'))
  after(() => rm(folder, { recursive: true, force: true }))
  const house = await openHouse({
    folder,
    purpose: 'command',
    environment: {
      DATABASE_URL: await emptyDatabase(templates.migrated),
      DINHDANH_LOG_LEVEL: 'silent',
      ...environment,
    },
  })
  after(() => house.close())
  const routes: ServedRoute[] = []
  subscribe('fastify.initialization', message => {
    const { fastify } = message as { readonly fastify: FastifyInstance }
    fastify.addHook('onRoute', route => {
      const { method, url, schema } = route
      // Hooks that come later add to it.
      const config = () => (route.config ?? {}) as Pick<ServedRoute, 'lane' | 'rateLimit' | 'door'>
      for (const one of [method].flat())
        routes.push({
          method: one,
          url,
          schema,
          door: config().door,
          get lane() {
            return config().lane
          },
          get rateLimit() {
            return config().rateLimit
          },
        })
    })
  })
  const { dist } = await buildWeb({ elsewhere: folder })
  const app = await makeApp(house, { dist })
  after(() => app.close())
  await app.ready()
  return { house, app, routes }
}
