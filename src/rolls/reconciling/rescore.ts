import * as audit from '../../audit/audit.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { linkerOf } from '../error-model.ts'
import type { RollId } from '../roll.ts'
import * as store from '../store.ts'
import { rowsAt } from '../store-row.ts'
import { queueDoubts } from './doubts-job.ts'
import { linkRows } from './linking.ts'
import { inDatabase } from './lookup.ts'
import { pendingPage } from './pending.ts'
import { type Compared, holdRollOfSchool } from './reconciling.ts'
import { settleAcrossRolls } from './shared.ts'
import { setStale, setWatermark, staleRolls, touchedRows, yearsInForce } from './store-rescore.ts'
import { settleRows } from './write-outcomes.ts'

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
  { id, schoolId }: { id: RollId; schoolId: string },
  facts: { ifStale?: true } = {},
): Promise<void> =>
  queueJob(work, reconcileJob, { rollId: id, ...facts }, { key: `roll ${id}`, queue: `school ${schoolId}` })

/** More changed persons than this, and the rolls in force are compared whole, each in a job of its own. */
const mostOneByOne = 5000

const standing = asSystem('roll')

/**
 * Brings the register's changes since the last run to the rolls in force, a roll a work. The watermark moves when all
 * rolls have them, so that a kill at any moment loses nothing. `follow` runs in the same work. Gives how many rows were
 * compared again.
 */
export async function rescoreChangedPeople(
  openWork: OpenWork,
  follow: (work: Work, compared: Compared) => Promise<void>,
): Promise<number> {
  let [people, compared] = [0, 0]
  for (;;) {
    const page = await openWork(standing, pendingPage)
    if (!page) return compared
    people += page.personIds.length
    if (people > mostOneByOne && page.more) {
      await openWork(standing, compareAllWhole)
      return compared
    }
    for (const [id, theirs] of page.byRoll)
      compared += await openWork(standing, async work => {
        const found = await rescoreRows(work, id, theirs)
        if (found) await follow(work, found)
        return found?.places.length ?? 0
      })
    await openWork(standing, async work => {
      await setWatermark(work, page.next)
      // A person who is new in the register may be an unmatched row's, though no comparison finds them.
      for (const schoolYear of await yearsInForce(work)) await queueDoubts(work, { schoolYear, kind: 'pupils' })
    })
    if (!page.more) return compared
  }
}

/** After a change of a great part of the register. What changes from here on is followed again. */
async function compareAllWhole(work: Work): Promise<void> {
  await setWatermark(work, await register.markNow(work))
  await setStale(work)
  for (const roll of await staleRolls(work)) await queueReconciling(work, roll, { ifStale: true })
}

/** Compares the rows of a school's roll that some persons touch, and gives what was compared. */
async function rescoreRows(
  work: Work,
  id: RollId,
  personIds: readonly register.PersonId[],
): Promise<(Compared & { readonly places: readonly number[] }) | undefined> {
  const seen = await holdRollOfSchool(work, id)
  const current = await store.rollInForce(work, seen)
  const roll = current === id ? seen : current && (await store.findRoll(work, current))
  if (!roll || roll.staleAt) return undefined
  await store.holdRoll(work, roll.id)
  const touched = new Set((await touchedRows(work, personIds, roll)).map(({ place }) => place))
  if (touched.size === 0) return undefined

  const linking = { linker: await linkerOf(work, roll.asOf), lookup: inDatabase }
  const linked = await linkRows(work, roll, await rowsAt(work, roll.id, [...touched]), linking)
  const settled = await settleRows(work, roll, linked, {
    ...linking,
    whyOf: place => (touched.has(place) ? 'person-changed' : 're-scored'),
  })
  await settleAcrossRolls(work, settled.personIds)
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
