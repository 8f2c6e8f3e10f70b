import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as sessions from '../store-session.ts'

export type { PublicSession } from '../store-session.ts'

/**
 * The sessions of some communes between two days, as anybody may know them: day, hours, place and what is done there.
 * Whom they serve is not told.
 */
export const publicSessionsIn = (
  work: Work,
  unitIds: readonly Id<'unit'>[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<sessions.PublicSession[]> =>
  withHouseScope(work, house => sessions.findPublicSessions(house, unitIds, from, to))
