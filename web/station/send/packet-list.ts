import type { StationManifest } from '../../../src/enrolment/packets/contract.ts'
import { signStatement } from '../../../src/enrolment/seal-packet.ts'
import type { Keep, PacketRow } from '../keep/database.ts'

/** How many packets a list (a manifest) may have. */
export const entriesAtOnce = 500

/**
 * What the station says it holds, signed by it. The head is told with every list, so that the house knows what it has
 * not seen.
 */
export async function signedManifest({ db, now }: Keep, packets: readonly PacketRow[]): Promise<string> {
  const [station, head] = [await db.station.get(1), await db.head.get(1)]
  if (!station) throw new Error('this browser is no station yet')
  const manifest: StationManifest = {
    manifest: 1,
    station: station.id,
    at: now().toISOString(),
    head: head?.counter ?? 0,
    headHash: head?.hash ?? null,
    entries: packets.map(({ counter, application, session, hash, size, sealedAt }) => ({
      counter,
      application,
      ...(session && { session }),
      hash,
      bytes: size,
      sealedAt,
    })),
  }
  return signStatement('dinhdanh-manifest', manifest, station.keys.sign)
}
