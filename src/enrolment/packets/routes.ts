import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, routeOptions, serveWithoutWork } from '../../platform/http/serve-endpoint.ts'
import type { OpenWork } from '../../platform/work.ts'
import { largestPacketPiece } from '../law.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as ofPackets from './contract.ts'
import { stationAuthority } from './packets.ts'
import { receiveManifest, receivePiece } from './receive-packet.ts'
import { importStationFile } from './usb-file.ts'

type PacketHouse = { readonly openWork: OpenWork; readonly keys: () => Promise<StationKeys> }

/**
 * Pieces of packets come as bytes. The sender needs no session, because a signed manifest announced them and only the
 * centre can open them.
 */
async function pieceRoutes(doors: Doors, house: PacketHouse): Promise<void> {
  const door = ofPackets.sendPacketPiece
  await doors.app.register(async pieces => {
    pieces.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: largestPacketPiece },
      (_request, body, done) => done(null, body),
    )
    pieces.put<{ Params: { id: string; hash: string }; Querystring: { offset?: number } }>(
      `/api${door.path}`,
      routeOptions(doors, door, ['application/octet-stream']),
      async (request, reply) => {
        const { id, hash } = request.params
        const { offset = 0 } = request.query
        const body = request.body
        if (!Buffer.isBuffer(body) || body.length === 0)
          throw requestProblem('input-invalid', { wrong: [{ field: '', should: 'be application/octet-stream' }] })
        reply.header('cache-control', 'no-store')
        return receivePiece(house.openWork, await house.keys(), {
          stationId: id.toLowerCase(),
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
