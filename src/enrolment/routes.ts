import { type Day, parseDay } from '../platform/day.ts'
import { type Doors, requestProblem, serve, serveBeside } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as ofPackets from './contract-packet.ts'
import * as contract from './contract-station.ts'
import { takeFile } from './file.ts'
import type { StationKeys } from './keys.ts'
import { placeOf } from './place.ts'
import { readReceiptCode } from './receipt.ts'
import { receiptAskedPage, receiptPage, receiptUnknownPage } from './receipt-page.ts'
import { viewByCode, viewOf } from './receipt-view.ts'
import { asStation, takePiece, tell } from './receive.ts'
import { applicationRoutes } from './routes-application.ts'
import * as stations from './station.ts'

export type EnrolmentHouse = {
  readonly openWork: OpenWork
  readonly keys: () => Promise<StationKeys>
  readonly isDemonstration: () => boolean
  readonly today: () => Day
}

const none: stations.StationCounts = { received: 0, missing: 0, held: 0 }

const shown = async (work: Work, { id, code, name, unitId, registeredAt, revokedAt, toldAt, head }: stations.Station, counts = none) => ({
  id,
  code,
  name,
  unit: await placeOf(work, unitId),
  registeredAt: registeredAt.toISOString(),
  ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
  ...(toldAt && { seenAt: toldAt.toISOString() }),
  head,
  received: counts.received,
  missing: counts.missing,
  held: counts.held,
})

function stationRoutes(doors: Doors, house: EnrolmentHouse): void {
  const trust = async (work: Work) => {
    const { centre, house: own } = await house.keys()
    return {
      centre,
      house: own,
      now: work.now.toISOString(),
      origin: doors.origin,
      today: house.today(),
      demonstration: house.isDemonstration(),
    }
  }
  serve(doors, contract.registerStation, async (work, { body }) => ({
    ...(await trust(work)),
    station: await shown(work, await stations.register(work, body)),
  }))
  serve(doors, contract.listStations, async work => ({
    stations: await Promise.all((await stations.stationsOf(work)).map(station => shown(work, station, station))),
  }))
  serve(doors, contract.revokeStation, async (work, { params, body }) => shown(work, await stations.revoke(work, params.id, body.reason)))
  serve(doors, contract.takeGrant, async (work, { params }) => {
    const { grant, until, officer } = await stations.grant(work, params.id, await house.keys())
    const station = await stations.getStation(work, params.id)
    return { ...(await trust(work)), grant, until: until.toISOString(), officer, station: await shown(work, station) }
  })
  serveBeside(doors, ofPackets.tellManifest, async ({ params, body }) =>
    house.openWork(asStation(params.id), async work => ({
      now: work.now.toISOString(),
      packets: (await tell(work, params.id, body.manifest)).map(({ bytes: _bytes, ...standing }) => standing),
    })),
  )
  serveBeside(doors, ofPackets.takeFile, async (_asked, { upload }) => takeFile(house.openWork, await house.keys(), upload?.path ?? ''))
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const sha256 = /^[0-9a-f]{64}$/

/** Fifty stations of a province may stand behind one address. */
const piecesPerMinute = 12_000

/** Pieces of packets come as bytes; whoever sends them need not be signed in, for they were told of by a signed list and open to the centre alone. */
async function pieceRoutes({ app }: Doors, house: EnrolmentHouse): Promise<void> {
  await app.register(async pieces => {
    pieces.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: ofPackets.largestPiece },
      (_request, body, done) => done(null, body),
    )
    pieces.put<{ Params: { id: string; hash: string }; Querystring: { offset?: string } }>(
      '/api/stations/:id/packets/:hash',
      {
        bodyLimit: ofPackets.largestPiece,
        config: { rateLimit: { max: piecesPerMinute, timeWindow: '1 minute' } },
        schema: { summary: 'A piece of a packet that was told of', response: { 200: ofPackets.PieceAnswer } },
      },
      async (request, reply) => {
        const { id, hash } = request.params
        const offset = Number(request.query.offset ?? 0)
        const body = request.body
        if (
          !uuid.test(id) ||
          !sha256.test(hash) ||
          !Number.isSafeInteger(offset) ||
          offset < 0 ||
          !Buffer.isBuffer(body) ||
          body.length === 0
        )
          throw requestProblem('input-invalid', { wrong: [{ field: 'offset' }] })
        reply.header('cache-control', 'no-store')
        return takePiece(house.openWork, await house.keys(), { stationId: id, hash, offset, body: new Uint8Array(body) })
      },
    )
  })
}

const token = /^[\w-]{22}$/

/** Whoever holds the paper may look; guesses at 128 bits are slowed all the same. */
function receiptRoutes({ app }: Doors, house: EnrolmentHouse): void {
  app.get<{ Params: { token: string } }>(
    '/receipt/:token',
    { schema: { hide: true }, config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const frame = staff.frameOf(request, house.isDemonstration())
      const view = token.test(request.params.token)
        ? await house.openWork(asSystem('receipt'), work => viewOf(work, request.params.token))
        : undefined
      return view ? staff.sendPage(reply, 200, receiptPage(frame, view)) : staff.sendPage(reply, 404, receiptUnknownPage(frame))
    },
  )
}

/** The code is typed into a form, and stands in no address. */
async function codeRoutes({ app }: Doors, house: EnrolmentHouse): Promise<void> {
  const slow = { rateLimit: { max: 60, timeWindow: '1 minute' } }
  await app.register(async forms => {
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 2000 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    forms.get('/receipt', { schema: { hide: true } }, async (request, reply) =>
      staff.sendPage(reply, 200, receiptAskedPage(staff.frameOf(request, house.isDemonstration()))),
    )
    forms.post<{ Body: { code?: string; day?: string } }>('/receipt', { schema: { hide: true }, config: slow }, async (request, reply) => {
      const frame = staff.frameOf(request, house.isDemonstration())
      const { code: typed = '', day = '' } = request.body ?? {}
      const code = readReceiptCode(typed)
      const found = code && (await house.openWork(asSystem('receipt'), work => viewByCode(work, code, parseDay(day))))
      if (found === 'several') return staff.sendPage(reply, 200, receiptAskedPage(frame, { code: typed, wrong: 'ask-day' }))
      if (!found) return staff.sendPage(reply, 404, receiptAskedPage(frame, { code: typed, wrong: 'not-here' }))
      return staff.sendPage(reply, 200, receiptPage(frame, found))
    })
  })
}

export function routes(doors: Doors, house: EnrolmentHouse): void {
  stationRoutes(doors, house)
  void pieceRoutes(doors, house)
  receiptRoutes(doors, house)
  void codeRoutes(doors, house)
  applicationRoutes(doors, house)
}
