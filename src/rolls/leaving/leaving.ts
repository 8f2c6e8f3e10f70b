/**
 * Pupils who left the school by the words of its roll. In: lines of which the reading says so. Decided: who in the
 * register each is, by number or by name and birth date alone, since nothing is done to a person for it. Out: the list
 * for the school and its officers, and evidence for who is out of school. They are no rows of the roll: no figure and
 * no list of who lacks what counts them. No deeds: they come with roll.imported.
 */
import * as audit from '../../audit/audit.ts'
import { formatPartialDay, partialDay } from '../../platform/day.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import type { Work } from '../../platform/work.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import { findRoll } from '../store.ts'
import type { listLeavers as listLeaversDoor } from './contract.ts'
import * as store from './store.ts'

export type { Leaver } from './store.ts'

export const keepLeavers = store.replaceLeavers
export const identifyLeavers = store.identifyLeavers

/** Those of a roll, in its order. The reading of their persons is noted. Throws roll-unknown. */
export async function listLeavers(work: Work, rollId: RollId): Promise<ReplyOf<typeof listLeaversDoor>> {
  if (!(await findRoll(work, rollId))) throw rollProblem('roll-unknown')
  const found = await store.findLeavers(work, rollId)
  await audit.noteReading(
    work,
    found.flatMap(({ person_id }) => person_id ?? []),
    ['identity', 'school'],
  )
  return {
    leavers: found.map(one => ({
      place: one.place,
      sheet: one.sheet,
      row: one.sheet_row,
      ...(one.class && { class: one.class }),
      name: one.name,
      ...(one.birth_y !== null && { birthDate: formatPartialDay(partialDay(one.birth_y, one.birth_m, one.birth_d)) }),
      status: one.status,
      ...(one.left_y !== null && { on: formatPartialDay(partialDay(one.left_y, one.left_m, one.left_d)) }),
      said: one.said,
    })),
  }
}
