import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { getLinker } from '../error-model.ts'
import type { RollId } from '../roll.ts'
import * as store from '../store.ts'
import { findRowsByPlace } from '../store-row.ts'
import { queueDoubts } from './doubts-job.ts'
import { reassignDuplicatesAcrossRolls } from './duplicates-across-rolls.ts'
import { linkRows } from './link-rows.ts'
import { pendingPage } from './pending-changes.ts'
import { databaseLookup } from './person-lookup.ts'
import { type ComparisonResult, holdRollOfSchool } from './reconciling.ts'
import { findStaleRolls, findTouchedRows, findYearsInForce, setAllStale, setWatermark } from './store-rescore.ts'
import { writeOutcomes } from './write-outcomes.ts'

/** The name of the job that compares the rows which changed persons touch; jobs.ts has what it does. */
export const rescoreJob = 'rescore-changed-people'

/** The name of the job that compares a roll; jobs.ts has what it does. */
export const reconcileJob = 'reconcile-roll'

/** After a change of the register, in its own transaction. Many changes at once make one job. */
export const queueRescoring = (work: Work): Promise<void> =>
  queueJob(work, rescoreJob, {}, { key: rescoreJob, queue: rescoreJob })

/** One after another for each school, so that the roll in force is the last one sent. */
export const queueReconciling = (
  work: Work,
  { id, schoolId }: { id: RollId; schoolId: Id<'school'> },
  facts: { ifStale?: true } = {},
): Promise<void> =>
  queueJob(work, reconcileJob, { rollId: id, ...facts }, { key: `roll ${id}`, queue: `school ${schoolId}` })

/** More changed persons than this, and the rolls in force are compared whole, each in a job of its own. */
const maxOneByOne = 5000

const systemAuthority = asSystem('roll')

/**
 * Brings the register's changes since the last run to the rolls in force, a roll a work. The watermark moves when all
 * rolls have them, so that a kill at any moment loses nothing. `follow` runs in the same work. Gives how many rows were
 * compared again.
 */
export async function rescoreChangedPeople(
  openWork: OpenWork,
  follow: (work: Work, compared: ComparisonResult) => Promise<void>,
): Promise<number> {
  let [people, compared, isSettled] = [0, 0, true]
  for (let place: string | undefined; ; ) {
    const page = await openWork(systemAuthority, work => pendingPage(work, place))
    if (!page) return compared
    people += page.personIds.length
    if (people > maxOneByOne && page.more) {
      await openWork(systemAuthority, markAllStale)
      return compared
    }
    for (const [id, theirs] of page.byRoll)
      compared += await openWork(systemAuthority, async work => {
        const found = await rescoreRows(work, id, theirs)
        if (found) await follow(work, found)
        return found?.places.length ?? 0
      })
    await openWork(systemAuthority, async work => {
      if (isSettled) await setWatermark(work, page.settledTo)
      // A person who is new in the register may be an unmatched row's, though no comparison finds them.
      for (const schoolYear of await findYearsInForce(work)) await queueDoubts(work, { schoolYear, kind: 'pupils' })
    })
    isSettled &&= page.settledTo === page.next
    place = page.next
    if (!page.more) return compared
  }
}

/** After a change of a great part of the register. What changes from here on is followed again. */
async function markAllStale(work: Work): Promise<void> {
  await setWatermark(work, await register.currentMark(work))
  await setAllStale(work)
  for (const roll of await findStaleRolls(work)) await queueReconciling(work, roll, { ifStale: true })
}

/** Compares the rows of a school's roll that some persons touch, and gives what was compared. */
async function rescoreRows(
  work: Work,
  id: RollId,
  personIds: readonly register.PersonId[],
): Promise<(ComparisonResult & { readonly places: readonly number[] }) | undefined> {
  const seen = await holdRollOfSchool(work, id)
  const current = await store.findRollInForce(work, seen)
  const roll = current === id ? seen : current && (await store.findRoll(work, current))
  if (!roll || roll.staleAt) return undefined
  await store.holdRoll(work, roll.id)
  const touched = new Set((await findTouchedRows(work, personIds, roll)).map(({ place }) => place))
  if (touched.size === 0) return undefined

  const linking = { linker: await getLinker(work, roll.asOf), lookup: databaseLookup }
  const linked = await linkRows(work, roll, await findRowsByPlace(work, roll.id, [...touched]), linking)
  const settled = await writeOutcomes(work, roll, linked, {
    ...linking,
    whyOf: place => (touched.has(place) ? 'person-changed' : 're-scored'),
  })
  await reassignDuplicatesAcrossRolls(work, settled.personIds)
  await queueDoubts(work, roll)
  await audit.record(
    work,
    'roll.rescored',
    { kind: 'roll', id: roll.id, unitId: roll.schoolId },
    {
      schoolYear: roll.schoolYear,
      changed: personIds.length,
      compared: linked.length,
      model: linking.linker.modelHash,
    },
  )
  return { roll, places: linked.map(({ line }) => line.place), personIds: settled.personIds }
}
