import type { Id } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Work } from '../../platform/work.ts'
import { factsOf } from '../register-facts.ts'
import type { Outcome } from '../roll.ts'
import type { RollRow } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import { type Found, setFound } from '../store-found.ts'
import * as rows from '../store-row.ts'
import { rowDefects } from './decide-rows.ts'

/** One queue for all background refreshes of rows and follow-ups: two at once would make the same follow-up twice. */
export const settlingQueue = 'rolls settle'

/** The name of the job that reassigns shared pupils: an officer's work does not see other schools' rolls. */
export const settleJob = 'settle-shared-pupils'

/**
 * After rows gain or lose a person: the first row of each person is matched, the others are duplicates, and their
 * defects are found again. A job does the same for rows of other schools.
 */
export async function settlePersons(work: Work, roll: KeptRoll, personIds: readonly Id<'person'>[]): Promise<void> {
  if (personIds.length === 0) return
  const facts = await factsOf(work, personIds, roll.asOf)
  const byPerson = Map.groupBy(await rows.rowsOfPersons(work, roll.id, personIds), ({ personId }) => personId ?? '')
  const found: Found[] = []
  for (const [personId, theirs] of byPerson)
    for (const [i, row] of theirs.entries()) {
      const outcome: Outcome = i === 0 ? 'matched' : 'duplicate'
      const shared = row.defects.filter(defect => defect === 'duplicate-across-schools')
      const defects = [...rowDefects(row, outcome, facts.get(personId), theirs.length > 1), ...shared]
      found.push(await withMachine(work, { ...row, outcome, defects }))
    }
  await setFound(work, roll.id, found)
  await queueJob(work, settleJob, { personIds: [...personIds] }, { queue: settlingQueue })
}

/** The machine's finding is kept beside an officer's decision. */
async function withMachine(work: Work, row: RollRow): Promise<Found> {
  const found = await rows.machineFound(work, row.rollId, row.place)
  return { ...row, ...(found && { found }) }
}
