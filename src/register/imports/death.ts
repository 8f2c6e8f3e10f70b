import * as audit from '../../audit/audit.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import * as store from '../store.ts'

/**
 * Deaths that an extract reports. The import is one deed, but the consequences of a death (cards, accounts,
 * representatives) follow a deed about the person. A job records these soon after, each in a work of its own, since an
 * extract may report ten thousand.
 */

export const deathJob = 'follow-deaths'
const peoplePerWork = 500

/** Queues it in the import's own work. */
export async function queueDeaths(work: Work, personIds: readonly PersonId[]): Promise<void> {
  for (let at = 0; at < personIds.length; at += peoplePerWork)
    await queueJob(work, deathJob, {
      personIds: personIds.slice(at, at + peoplePerWork),
      since: work.now.toISOString(),
    })
}

/** Records the deaths that have no deed yet. A second run changes nothing. */
export async function followDeaths(openWork: OpenWork, personIds: readonly PersonId[], since: Date): Promise<void> {
  for (const personId of personIds)
    await openWork(asSystem('import'), async work => {
      if (!(await store.holdPerson(work, personId))) return
      const [person] = await store.findSummaries(work, [personId])
      if (person?.lifeStatus !== 'dead') return
      if ((await audit.deedsOf(work, personId)).some(({ deed, at }) => deed === 'person.died' && at >= since)) return
      const unitId = person.permanentUnitId
      await audit.record(work, 'person.died', { kind: 'person', id: personId, personId, ...(unitId && { unitId }) })
    })
}
