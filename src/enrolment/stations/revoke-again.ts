import type * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { findStation, revokeStation } from './stations.ts'

/** A station that was revoked since is revoked again, after a database was set back to an earlier moment. */
export async function revokeStationAgain(work: Work, { of }: Pick<audit.JournalLine, 'of'>): Promise<audit.Again> {
  const station = await findStation(work, of)
  if (!station) return 'unknown'
  if (station.revokedAt) return 'already'
  await revokeStation(work, of, 'Khôi phục từ bản sao lưu / restored from a backup')
  return 'again'
}
