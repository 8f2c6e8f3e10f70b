import type { FastifyInstance } from 'fastify'
import { serveStation } from '../src/app-assets.ts'
import { largestManifest, largestPacketPiece } from '../src/enrolment/law.ts'
import { sendManifest } from '../src/enrolment/packets/contract.ts'
import { registerStation } from '../src/enrolment/stations/contract.ts'
import { takeRoster } from '../src/planning/rosters/contract-station.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { openLog } from '../src/platform/log.ts'
import { aRoster, makeStationHouse, type StationHouse } from '../test/station-house.ts'
import { buildWeb } from '../web/build.ts'
import { type Line, openLine } from './network-line.ts'

/** The station's own pages, served as the house serves them, before a house in memory that speaks the contract. */

export type ServedStation = {
  readonly origin: string
  readonly house: StationHouse
  /** Who is signed in at the house's own page; nobody at first. */
  officer: { readonly id: string; readonly name: string } | undefined
  /** From now on the service worker is another one, as after an update of the house. */
  updated: boolean
  /** Between the browser and the house. */
  readonly line: Line
  stop(): Promise<void>
}

export type StationOptions = { readonly people?: number; readonly until?: Date }

const doors = (app: FastifyInstance, served: ServedStation, roster: ReturnType<typeof aRoster>) => {
  const { house } = served
  const problem = (status: number, code: string, facts: object = {}) => ({
    status,
    type: `/problems/${code}`,
    title: code,
    title_vi: code,
    ...facts,
  })
  type Params = { Params: { id: string; hash: string } }

  app.get<{ Querystring: { return?: string } }>('/sign-in', async (request, reply) => {
    served.officer = { id: '0190b5a8-0000-7000-8000-0000000000a1', name: 'Đỗ Minh Hạnh' }
    return reply.redirect(request.query.return ?? '/', 303)
  })
  app.addHook('preHandler', async (request, reply) => {
    const needsOfficer = request.url.startsWith('/api/') && !/\/(manifest|packets\/)/.test(request.url)
    if (needsOfficer && !served.officer)
      return reply.code(401).type('application/problem+json').send(problem(401, 'signed-out'))
    return undefined
  })
  app.post<{ Body: Parameters<StationHouse['register']>[0] }>(
    '/api/stations',
    { schema: { body: registerStation.body } },
    async ({ body }) => house.register(body),
  )
  app.post<Params>('/api/stations/:id/grant', async ({ params }) => house.grant(params.id, served.officer!))
  app.get('/api/station-sessions', async () => ({
    sessions: [{ ...roster.session, state: 'planned', people: roster.people.length }],
  }))
  app.post('/api/sessions/:id/station-roster', { schema: { body: takeRoster.body } }, async () => ({
    ...roster,
    officer: served.officer?.id,
  }))
  app.post<Params & { Body: { manifest: string } }>(
    `/api${sendManifest.path}`,
    { bodyLimit: largestManifest + 100, schema: { body: sendManifest.body } },
    async ({ params, body }, reply) => {
      const answer = await house.tell(params.id, body.manifest)
      return answer ?? reply.code(400).type('application/problem+json').send(problem(400, 'manifest-refused'))
    },
  )
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.put<Params & { Querystring: { offset: number }; Body: Buffer }>(
    '/api/stations/:id/packets/:hash',
    { bodyLimit: largestPacketPiece },
    async ({ params, query, body }, reply) => {
      const taken = await house.take(params.hash, Number(query.offset), body)
      if ('standing' in taken) return taken.standing
      return reply
        .code(409)
        .type('application/problem+json')
        .send(problem(409, 'packet-offset-wrong', { offset: taken.wrong }))
    },
  )
}

export async function serveStationHouse({ people = 64, until }: StationOptions = {}): Promise<ServedStation> {
  const { dist } = await buildWeb()
  const app = await makeServer({ log: openLog('error'), origin: 'http://localhost', trustProxy: false })
  const line = await openLine(() => {
    const address = app.server.address()
    return typeof address === 'object' && address ? address.port : 0
  })
  const now = new Date()
  const night = new Date(now.getTime() + 14 * 3_600_000)
  const served: { -readonly [Key in keyof ServedStation]: ServedStation[Key] } = {
    origin: `http://localhost:${line.port}`,
    line,
    house: await makeStationHouse(),
    officer: undefined,
    updated: false,
    stop: async () => {
      await line.close()
      await app.close()
    },
  }
  app.addHook('onSend', async (request, _reply, payload) =>
    served.updated && request.url === '/station/sw.js' ? `${payload}\n// another version` : payload,
  )
  await serveStation(app, `${dist}/station`)
  doors(app, served, aRoster({ people, until: until ?? night, givenAt: now }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  return served
}
