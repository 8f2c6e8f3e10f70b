import * as audit from '../../audit/audit.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { piecesKept } from '../law.ts'
import * as store from './store-pieces.ts'

/**
 * The nightly round: pieces go whose packet is here whole, is refused, or came otherwise. Whatever a station began to
 * send and never finished stays, however old, and is among the gaps (begun-not-finished) until it comes. Of so many
 * packets at most; gives of how many.
 */
export async function deleteOldPieces(work: Work, most: number): Promise<number> {
  const days = ruleOn(piecesKept, work.today, work)
  const cleared = await store.deletePiecesBefore(work, new Date(work.now.getTime() - days * 86_400_000), most)
  for (const { stationId, unitId, counter, hash, applicationId, pieces } of cleared)
    await audit.record(
      work,
      'packet.pieces-cleared',
      { kind: 'station', id: stationId, unitId },
      { counter, hash, application: applicationId, pieces },
    )
  return cleared.length
}
