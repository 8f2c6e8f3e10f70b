import * as audit from '../audit/audit.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { Mapping } from './field.ts'
import { rollProblem } from './problems.ts'
import { draftRoll, type RollFile, type RollOf, readAgain, takeIn } from './reading/import.ts'
import { checkMapping, previewOf } from './reading/preview.ts'
import type { RollReading } from './reading/read-roll.ts'
import { queueReconciling } from './reconciling/rescore.ts'
import type { Defect, RollId } from './roll.ts'

import * as store from './store.ts'
import * as rows from './store-row.ts'
import { sayDefect } from './words.ts'

export { classList } from './errands/class-list.ts'
export {
  countErrands,
  followCorrection,
  listErrands,
  registerStands,
  sayVisit,
  schoolCorrected,
  schoolInsists,
} from './errands/errands.ts'
export { feedbackPage, feedbackWorkbook } from './errands/feedback.ts'
export { followDecision, reconcileAndFollow as reconcile } from './errands/follow.ts'
export { chooseModel, chooseSavedModel, linkerOf, showModels } from './error-model.ts'
export { checkFolder, type RefusedFile } from './folders/folders.ts'
export { type CheckedRoll, type CheckedRow, checked, checkRoll } from './folders/import-and-reconcile.ts'
export { ownRows } from './ledger/ledger.ts'
export type { RollFile, RollOf } from './reading/import.ts'
export { weighDueDoubts } from './reconciling/doubts.ts'
export { queueRescoring, reconcileJob } from './reconciling/rescore.ts'
export { decide, undo } from './review/deciding.ts'
export { nextForReview, type Review, rowForReview } from './review/review.ts'
export { type Counts, type Defect, type Outcome, type Roll, type RollId, type RollKind, rollKinds } from './roll.ts'
export { type BirthYears, groupOf, type SchoolAge, type Stage, schoolYearOn, stagesOf } from './school-age.ts'
export { schoolAgeOf } from './school-year.ts'

export type Draft = { readonly roll: store.CountedRoll; readonly preview: ReturnType<typeof previewOf> }

/** A roll of the schools that the work's scope sees; throws roll-unknown. */
export async function getRoll(work: Work, id: RollId): Promise<store.CountedRoll> {
  const roll = await store.findRoll(work, id)
  if (!roll) throw rollProblem('roll-unknown')
  return { ...roll, counts: await store.countsOf(work, id) }
}

/** Throws school-outside-scope where the work may not send that school's rolls. */
function refuseForeignSchool({ scope }: Work, schoolId: RollOf['schoolId']) {
  if (scope === 'house') return
  const seen = scope === 'none' ? [] : (scope.units as readonly string[])
  if (!seen.includes(schoolId)) throw rollProblem('school-outside-scope')
}

/** Keeps a file as a draft and shows how it is read. Throws school-outside-scope and the refusals of reading. */
export async function sendRoll(work: Work, file: RollFile, of: RollOf): Promise<Draft> {
  refuseForeignSchool(work, of.schoolId)
  await units.getSchool(work, of.schoolId)
  const { roll, reading } = await draftRoll(work, file, of)
  await audit.record(
    work,
    'roll.sent',
    { kind: 'roll', id: roll.id, unitId: of.schoolId },
    { schoolYear: of.schoolYear, sha256: reading.hash, rows: reading.pupils.length },
  )
  return draft(work, roll.id, reading)
}

async function draft(work: Work, id: RollId, reading: RollReading): Promise<Draft> {
  const roll = await getRoll(work, id)
  return { roll, preview: previewOf(roll.fileName, reading) }
}

/** How a draft, or a roll that was taken in, is read. */
export async function previewRoll(work: Work, id: RollId): Promise<Draft> {
  return draft(work, id, await readAgain(work, await getRoll(work, id)))
}

async function holdDraft(work: Work, id: RollId): Promise<store.CountedRoll> {
  if (!(await store.holdRoll(work, id))) throw rollProblem('roll-unknown')
  const roll = await getRoll(work, id)
  if (roll.state !== 'draft') throw rollProblem('roll-taken-in')
  return roll
}

/** Reads a draft as a person says. */
export async function changeMapping(work: Work, id: RollId, mapping: Mapping): Promise<Draft> {
  const roll = await holdDraft(work, id)
  checkMapping(mapping, roll.sheets)
  return draft(work, id, await readAgain(work, roll, mapping))
}

/** Takes a draft's rows in and queues their comparison. */
export async function importDraft(work: Work, id: RollId): Promise<store.CountedRoll> {
  const roll = await holdDraft(work, id)
  await takeIn(work, roll, await readAgain(work, roll))
  await queueReconciling(work, roll)
  return getRoll(work, id)
}

/** A file as it comes, taken in at once; its comparison is queued. */
export async function importRoll(work: Work, file: RollFile, of: RollOf): Promise<store.CountedRoll> {
  const { roll } = await sendRoll(work, file, of)
  return importDraft(work, roll.id)
}

/** Compares a roll that was taken in again: the register has changed, or the first time failed. */
export async function reconcileAgain(work: Work, id: RollId): Promise<store.CountedRoll> {
  if (!(await store.holdRoll(work, id))) throw rollProblem('roll-unknown')
  const roll = await getRoll(work, id)
  if (roll.state === 'draft' || roll.state === 'comparing') throw rollProblem('roll-not-reconciled')
  if (roll.state !== 'reconciled') await store.setState(work, id, 'queued', 0)
  await queueReconciling(work, roll)
  return getRoll(work, id)
}

/** Deletes a draft. Throws roll-unknown, roll-taken-in. */
export async function deleteDraft(work: Work, id: RollId): Promise<void> {
  const roll = await holdDraft(work, id)
  await store.deleteRoll(work, id)
  await audit.record(
    work,
    'roll.thrown-away',
    { kind: 'roll', id, unitId: roll.schoolId },
    { schoolYear: roll.schoolYear },
  )
}

export const listRolls: (work: Work, filter: store.RollFilter) => Promise<store.CountedRoll[]> = store.listRolls

/** Rows of a roll. The reading of their persons is noted. Throws roll-unknown. */
export async function rowsOf(work: Work, id: RollId, filter: rows.RowFilter) {
  await getRoll(work, id)
  const found = await rows.filteredRows(work, id, filter)
  await audit.noteReading(
    work,
    found.rows.flatMap(({ personId }) => personId ?? []),
    ['identity', 'number'],
  )
  return found
}

export type DefectCount = { readonly defect: Defect; readonly count: number; readonly vi: string; readonly en: string }

/**
 * The defects of a roll with their counts, the most frequent first, and the counts of each class. Throws roll-unknown.
 */
export async function defectCounts(work: Work, id: RollId, inClass?: string) {
  await getRoll(work, id)
  const counted = await rows.countDefects(work, id, inClass ?? null)
  const defects: DefectCount[] = counted.map(({ defect, count }) => ({
    defect,
    count,
    vi: sayDefect('vi')(defect),
    en: sayDefect('en')(defect),
  }))
  return { defects, classes: await rows.countClasses(work, id) }
}
