import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Work } from '../../platform/work.ts'
import { factsOf } from '../register-facts.ts'
import type { Outcome } from '../roll.ts'
import type { RollRow } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import { type Found, setFound } from '../store-found.ts'
import * as rows from '../store-row.ts'
import { rowDefects } from './decide-rows.ts'

/**
 * Whatever settles rows and errands in the background goes one after another: two at once would make the same errand
 * twice.
 */
export const settlingQueue = 'rolls settle'

/** The name of the job that tells schools what they share: an officer's work does not see other schools' rolls. */
export const settleJob = 'settle-shared-pupils'

/**
 * After a row became, or is no more, somebody's: of the rows of these persons the first is matched and the others are
 * duplicates, and what is wrong with each is told anew. What they share with other schools follows as a job.
 */
export async function settlePersons(work: Work, roll: KeptRoll, personIds: readonly string[]): Promise<void> {
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

/** What was found before a person's word is kept beside it. */
async function withMachine(work: Work, row: RollRow): Promise<Found> {
  const found = await rows.machineFound(work, row.rollId, row.place)
  return { ...row, ...(found && { found }) }
}
