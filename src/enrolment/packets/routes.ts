import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serveWithoutWork } from '../../platform/http/serve-endpoint.ts'
import type { OpenWork } from '../../platform/work.ts'
import { largestPacketPiece, stationRequestsAMinute } from '../law.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as ofPackets from './contract.ts'
import { stationAuthority } from './packets.ts'
import { receiveManifest, receivePiece } from './receive-packet.ts'
import { importStationFile } from './usb-file.ts'

type PacketHouse = { readonly openWork: OpenWork; readonly keys: () => Promise<StationKeys> }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const sha256 = /^[0-9a-f]{64}$/

/**
 * Pieces of packets come as bytes. The sender needs no session, because a signed manifest announced them and only the
 * centre can open them.
 */
async function pieceRoutes({ app }: Doors, house: PacketHouse): Promise<void> {
  await app.register(async pieces => {
    pieces.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: largestPacketPiece },
      (_request, body, done) => done(null, body),
    )
    pieces.put<{ Params: { id: string; hash: string }; Querystring: { offset?: string } }>(
      '/api/stations/:id/packets/:hash',
      {
        bodyLimit: largestPacketPiece,
        config: { rateLimit: { max: stationRequestsAMinute, timeWindow: '1 minute' } },
        schema: { summary: 'A piece of a packet that was told of', response: { 200: ofPackets.PieceReply } },
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
        return receivePiece(house.openWork, await house.keys(), {
          stationId: id,
          hash,
          offset,
          body: new Uint8Array(body),
        })
      },
    )
  })
}

export async function packetRoutes(doors: Doors, house: PacketHouse): Promise<void> {
  serveWithoutWork(doors, ofPackets.sendManifest, async ({ params, body }) =>
    house.openWork(stationAuthority(params.id), async work => ({
      now: work.now.toISOString(),
      packets: (await receiveManifest(work, params.id, body.manifest)).map(
        ({ bytes: _bytes, ...standing }) => standing,
      ),
    })),
  )
  serveWithoutWork(doors, ofPackets.takeFile, async (_asked, { upload }) =>
    importStationFile(house.openWork, await house.keys(), upload?.path ?? ''),
  )
  await pieceRoutes(doors, house)
}
