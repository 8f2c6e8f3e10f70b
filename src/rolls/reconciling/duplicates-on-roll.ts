// Duplicates on one roll: the first row of each person is matched, the others are duplicates.

import { onePlaceEach } from '../../linkage/deciding/one-place-each.ts'
import type { Id } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Work } from '../../platform/work.ts'
import { judgingFactsOf } from '../register-facts.ts'
import type { RollRow } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import { type FoundRollRow, writeFoundRows } from '../store-outcome.ts'
import * as rows from '../store-row.ts'
import { rowDefects } from './decide-rows.ts'

/** One queue for all background refreshes of rows and follow-ups: two at once would make the same follow-up twice. */
export const reassignQueue = 'rolls settle'

/** The name of the job that reassigns shared pupils: an officer's work does not see other schools' rolls. */
export const reassignJob = 'settle-shared-pupils'

/**
 * After rows gain or lose a person: the first row of each person is matched, the others are duplicates, and their
 * defects are found again. A job does the same for rows of other schools.
 */
export async function reassignDuplicatesOnRoll(
  work: Work,
  roll: KeptRoll,
  personIds: readonly Id<'person'>[],
): Promise<void> {
  if (personIds.length === 0) return
  const facts = await judgingFactsOf(work, personIds, roll.asOf)
  const byPerson = Map.groupBy(await rows.findRowsOfPersons(work, roll.id, personIds), ({ personId }) => personId ?? '')
  const found: FoundRollRow[] = []
  const outcomeOf = onePlaceEach<RollRow>()
  for (const [personId, theirs] of byPerson)
    for (const row of theirs) {
      const { outcome } = outcomeOf(personId, row)
      const shared = row.defects.filter(defect => defect === 'duplicate-across-schools')
      const defects = [...rowDefects(row, outcome, facts.get(personId), theirs.length > 1), ...shared]
      found.push(await foundByMachine(work, { ...row, outcome, defects }))
    }
  await writeFoundRows(work, roll.id, found)
  await queueJob(work, reassignJob, { personIds: [...personIds] }, { queue: reassignQueue })
}

/** The machine's finding is kept beside an officer's decision. */
async function foundByMachine(work: Work, row: RollRow): Promise<FoundRollRow> {
  const found = await rows.findMachineOutcome(work, row.rollId, row.place)
  return { ...row, ...(found && { found }) }
}
