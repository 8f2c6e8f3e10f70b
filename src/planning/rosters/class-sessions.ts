import type { Id } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as store from './store-class.ts'

export type { SessionPlace } from './store-class.ts'

export type PupilSession = store.SessionPlace & { readonly isComing: boolean }

/**
 * To which session each of some pupils is asked next, and whether the family said that they come, as far as the work
 * sees their lines: of a class that it teaches or whose link it is. When and where a session is, every scope may know.
 */
export async function sessionsOfPupils(
  work: Work,
  personIds: readonly Id<'person'>[],
): Promise<ReadonlyMap<string, PupilSession>> {
  const lines = await store.findOpenLines(work, personIds)
  const ids = [...new Set(lines.map(({ sessionId }) => sessionId))]
  const places = await withHouseScope(work, house => store.findSessionPlaces(house, ids))
  const found = new Map<string, PupilSession>()
  for (const place of places)
    for (const { personId, sessionId, isComing } of lines)
      if (sessionId === place.id && !found.has(personId)) found.set(personId, { ...place, isComing })
  return found
}
