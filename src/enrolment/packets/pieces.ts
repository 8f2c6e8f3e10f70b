import * as audit from '../../audit/audit.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { piecesKept } from '../law.ts'
import * as store from './store-pieces.ts'

/** How many days unneeded pieces are kept after the last of them came, by the day of the deletion. */
const keptFor: readonly { readonly from: Day | ''; readonly days: number }[] = [{ from: '', days: 30 }]

/**
 * Deletes each night the pieces of packets that are complete, refused, or came in another packet. An unfinished upload
 * stays however old and is a gap (begun-not-finished).
 */
export async function clearPieces(work: Work): Promise<number> {
  const days = ruleOn(piecesKept, work.today, work)
  const cleared = await store.clearPieces(work, new Date(work.now.getTime() - days * 86_400_000))
  for (const { stationId, unitId, counter, hash, applicationId, pieces } of cleared)
    await audit.record(
      work,
      'packet.pieces-cleared',
      { kind: 'station', id: stationId, unitId },
      { counter, hash, application: applicationId, pieces },
    )
  return cleared.length
}
