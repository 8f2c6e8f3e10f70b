/**
 * Two tabs, two verdicts: what a page showed may have changed before its officer decides. In come the id of the thing
 * and the version that the page showed (`Work.seen`); decided is whether that is still the last deed done to it; out
 * goes a refusal that says what changed, by whom and when. The verb has locked the thing before it asks. No deeds.
 */

import * as audit from '../../audit/audit.ts'
import { isId } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import { staffProblem } from '../problems.ts'
import { officerNames } from '../store.ts'

/** The version of a thing to which nothing was done yet. */
export const untouched = 'none'

/** The versions of things by their id: the last deed that was done to each. */
export const versionsOf = async (work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await withHouseScope(work, wide => audit.latestDeeds(wide, ids))).map(({ subjectId, id }) => [subjectId, id]),
  )

export const versionOf = async (work: Work, id: string): Promise<string> =>
  (await versionsOf(work, [id])).get(id) ?? untouched

/** What was done since, as a refusal says it. */
type Change = { readonly deed: string; readonly byId: string | undefined; readonly at: Date | undefined }

/** Throws changed-meanwhile, with the name of who changed it. */
export async function refuseChange(work: Work, { deed, byId, at }: Change): Promise<never> {
  // The house and the centre act under names of their own.
  const [officer] = byId && isId(byId) ? await withHouseScope(work, wide => officerNames(wide, [byId])) : []
  throw staffProblem('changed-meanwhile', {
    deed,
    ...(officer && { by: officer.fullName }),
    ...(at && { at: at.toISOString() }),
  })
}

/** Throws changed-meanwhile where something was done to a thing since the page showed it. */
export async function refuseStale(work: Work, id: string): Promise<void> {
  if (work.seen === undefined) return
  const [last] = await withHouseScope(work, wide => audit.latestDeeds(wide, [id]))
  if (work.seen === (last?.id ?? untouched)) return
  await refuseChange(work, { deed: last?.deed ?? '', byId: last?.byId, at: last?.at })
}
