import * as audit from '../../audit/audit.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import * as store from '../store.ts'

/**
 * Deaths that an extract told. The import is one deed; what follows from a death (cards, accounts, who acts for a
 * child) follows from a deed about the person, which the house records soon after, each in a work of its own: an
 * extract may tell of ten thousand.
 */

export const deathJob = 'follow-deaths'
const atOnce = 500

/** Queues it in the import's own work. */
export async function queueDeaths(work: Work, personIds: readonly PersonId[]): Promise<void> {
  for (let at = 0; at < personIds.length; at += atOnce)
    await queueJob(work, deathJob, { personIds: personIds.slice(at, at + atOnce), since: work.now.toISOString() })
}

/** Records the deaths that no deed tells yet; the same again changes nothing. */
export async function followDeaths(openWork: OpenWork, personIds: readonly PersonId[], since: Date): Promise<void> {
  for (const personId of personIds)
    await openWork(asSystem('import'), async work => {
      if (!(await store.holdPerson(work, personId))) return
      const [person] = await store.summariesOf(work, [personId])
      if (person?.lifeStatus !== 'dead') return
      if ((await audit.deedsOf(work, personId)).some(({ deed, at }) => deed === 'person.died' && at >= since)) return
      const unitId = person.permanentUnitId
      await audit.record(work, 'person.died', { kind: 'person', id: personId, personId, ...(unitId && { unitId }) })
    })
}
