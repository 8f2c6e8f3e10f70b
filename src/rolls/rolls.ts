import * as audit from '../audit/audit.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { acceptHeldRoll, dropHeldFollowUps } from './accepting/accepting.ts'
import type { RollMapping } from './field.ts'
import { rollProblem } from './problems.ts'
import {
  draftRoll,
  importRows,
  type NewRoll,
  type ReadBefore,
  type RollFile,
  readDraftAgain,
  taskOfKeptFile,
} from './reading/import.ts'
import { checkMapping, previewedPupils, previewOf } from './reading/preview.ts'
import type { RollReading } from './reading/read-roll.ts'
import { queueReconciling } from './reconciling/rescore.ts'
import {
  confirmUnlikeRoll,
  describeReplacement,
  type Replacement,
  recordRestored,
  refuseUnreplaced,
} from './replacing/replacing.ts'
import { type RollDefect, type RollId, rollDefects } from './roll.ts'
import { withheldDefects } from './row-reply.ts'

import * as store from './store.ts'
import * as rows from './store-row.ts'
import { sayDefect } from './words.ts'

export { heldRollFollowUps } from './accepting/accepting.ts'
export { chooseModel, chooseSavedModel, getLinker, listErrorModels } from './error-model.ts'
export { importFolder, type RefusedFile } from './folders/folders.ts'
export {
  describeReconciledRoll,
  importAndReconcile,
  type ReconciledRoll,
  type ReconciledRow,
} from './folders/import-and-reconcile.ts'
export { followUpDecision, reconcileWithFollowUps as reconcile } from './follow-ups/after-comparison.ts'
export { printClassList } from './follow-ups/class-list.ts'
export {
  followCorrection,
  followUpAnswer,
  rollDefectFollowUps,
  setVisitDay,
  visitDayOf,
} from './follow-ups/follow-ups.ts'
export { feedbackPage, feedbackWorkbook } from './follow-ups/school-workbook.ts'
export { schoolYearOn } from './law.ts'
export { listOwnRows } from './ledger/ledger.ts'
export type { NewRoll, ReadBefore, RollFile } from './reading/import.ts'
export { readSentFile } from './reading/reader-threads.ts'
export { weighDueDoubts } from './reconciling/doubts.ts'
export { queueRescoring, reconcileJob } from './reconciling/rescore.ts'
export { recordDecision, undoDecision } from './review/decision.ts'
export { claimNextForReview, getRowForReview, type RowReview } from './review/review.ts'
export {
  type Roll,
  type RollDefect,
  type RollId,
  type RollKind,
  type RowOutcome,
  type RowOutcomeCounts,
  rollKinds,
} from './roll.ts'
export { ageGroupOf, type BirthYears, type SchoolAge, type Stage, stagesOf } from './school-age.ts'
export { getSchoolAge } from './school-year.ts'

export type RollDraft = {
  readonly roll: store.CountedRoll
  readonly preview: ReturnType<typeof previewOf>
  /** Of a draft: the roll in force whose place it would take. */
  readonly replacement?: Replacement | undefined
}

/** A roll of the schools that the work's scope sees; throws roll-unknown. */
export async function getRoll(work: Work, id: RollId): Promise<store.CountedRoll> {
  const roll = await store.findRoll(work, id)
  if (!roll) throw rollProblem('roll-unknown')
  return { ...roll, counts: await store.countOutcomes(work, id) }
}

/** Throws school-outside-scope where the work may not send that school's rolls. */
function refuseForeignSchool({ scope }: Work, schoolId: NewRoll['schoolId']) {
  if (scope === 'house') return
  const seen = scope === 'none' ? [] : (scope.units as readonly string[])
  if (!seen.includes(schoolId)) throw rollProblem('school-outside-scope')
}

/** Throws school-outside-scope, school-unknown: before a file is read that nobody may send. */
export async function refuseSender(work: Work, schoolId: NewRoll['schoolId']): Promise<void> {
  refuseForeignSchool(work, schoolId)
  await units.getSchool(work, schoolId)
}

/**
 * Keeps a file as a draft and shows how it is read; `read` where it was read before. Throws school-outside-scope and
 * the refusals of reading.
 */
export async function sendRoll(
  work: Work,
  file: RollFile,
  details: NewRoll,
  read?: RollReading | undefined,
): Promise<RollDraft> {
  await refuseSender(work, details.schoolId)
  const { roll, reading } = await draftRoll(work, file, details, read)
  await audit.record(
    work,
    'roll.sent',
    { kind: 'roll', id: roll.id, unitId: details.schoolId },
    { schoolYear: details.schoolYear, sha256: reading.hash, rows: reading.pupils.length },
  )
  return draftOf(work, roll.id, reading)
}

/** A roll as it is read, with its first pupils. Whom of the register they are, is noted and not told. */
async function draftOf(work: Work, id: RollId, reading: RollReading): Promise<RollDraft> {
  const roll = await getRoll(work, id)
  const lines = previewedPupils(reading).map(({ name, birth, number }) => ({ name, birth, number: number.number }))
  await audit.noteReading(work, await register.findWrittenPersons(work, lines), ['name', 'birth', 'number'])
  const pupils = reading.pupils.map(({ name, birth, number }) => ({ name, birth, number: number.number }))
  return {
    roll,
    preview: previewOf(roll.fileName, reading),
    replacement: roll.state === 'draft' ? await describeReplacement(work, roll, pupils) : undefined,
  }
}

/** What a thread reads of a roll's file. Throws roll-unknown. */
export const taskOfRoll = async (work: Work, id: RollId) => taskOfKeptFile(work, await getRoll(work, id))

/** The same of a draft, as its mapping says or another. Throws roll-taken-in and the refusals of a mapping too. */
export async function taskOfDraft(work: Work, id: RollId, mapping?: RollMapping) {
  const roll = await holdDraft(work, id)
  if (mapping) checkMapping(mapping, roll.sheets)
  return taskOfKeptFile(work, roll, mapping)
}

/** How a draft, or a roll that was taken in, is read. */
export async function previewRoll(work: Work, id: RollId, read?: ReadBefore): Promise<RollDraft> {
  return draftOf(work, id, await readDraftAgain(work, await getRoll(work, id), { read }))
}

async function holdRollThatCountsNowhere(work: Work, id: RollId): Promise<store.CountedRoll> {
  if (!(await store.holdRoll(work, id))) throw rollProblem('roll-unknown')
  const roll = await getRoll(work, id)
  if (roll.state !== 'draft' && roll.state !== 'held') throw rollProblem('roll-taken-in')
  return roll
}

async function holdDraft(work: Work, id: RollId): Promise<store.CountedRoll> {
  const roll = await holdRollThatCountsNowhere(work, id)
  if (roll.state !== 'draft') throw rollProblem('roll-taken-in')
  return roll
}

/** Reads a draft as a person says. */
export async function changeMapping(
  work: Work,
  id: RollId,
  mapping: RollMapping,
  read?: ReadBefore,
): Promise<RollDraft> {
  const roll = await holdDraft(work, id)
  checkMapping(mapping, roll.sheets)
  return draftOf(work, id, await readDraftAgain(work, roll, { mapping, read }))
}

/** Takes a draft's rows in and queues their comparison. */
export async function importDraft(work: Work, id: RollId, read?: ReadBefore): Promise<store.CountedRoll> {
  const roll = await holdDraft(work, id)
  await importRows(work, roll, await readDraftAgain(work, roll, { read }))
  await queueReconciling(work, roll)
  return getRoll(work, id)
}

/** A file as it comes, taken in at once; its comparison is queued. */
export async function importRoll(work: Work, file: RollFile, details: NewRoll): Promise<store.CountedRoll> {
  const { roll } = await sendRoll(work, file, details)
  return importDraft(work, roll.id)
}

/** Compares a roll that was taken in again: the register has changed, or the first time failed. */
export async function queueReconcileAgain(work: Work, id: RollId): Promise<store.CountedRoll> {
  if (!(await store.holdRoll(work, id))) throw rollProblem('roll-unknown')
  const roll = await getRoll(work, id)
  if (roll.state === 'draft' || roll.state === 'comparing') throw rollProblem('roll-not-reconciled')
  if (roll.state === 'held') throw rollProblem(roll.heldFor === 'unlike' ? 'roll-unlike' : 'roll-of-strangers')
  if (roll.state !== 'reconciled') await store.setRollState(work, id, 'queued', 0)
  await queueReconciling(work, roll)
  return getRoll(work, id)
}

/** Accepts a roll of strangers, which is compared then. Throws roll-unknown, roll-not-held, roll-own. */
export async function acceptRoll(work: Work, id: RollId): Promise<store.CountedRoll> {
  if (!(await store.holdRoll(work, id))) throw rollProblem('roll-unknown')
  const roll = await getRoll(work, id)
  await acceptHeldRoll(work, roll)
  await queueReconciling(work, roll)
  return getRoll(work, id)
}

/** A roll that was held as unlike is compared, since its sender means it so. Throws roll-unknown, roll-not-held. */
export async function confirmRoll(work: Work, id: RollId): Promise<store.CountedRoll> {
  if (!(await store.holdRoll(work, id))) throw rollProblem('roll-unknown')
  const roll = await getRoll(work, id)
  await confirmUnlikeRoll(work, roll)
  await queueReconciling(work, roll)
  return getRoll(work, id)
}

/**
 * What a thread reads of a former roll's file. Throws roll-unknown, roll-in-force, roll-not-replaced,
 * roll-file-gone.
 */
export async function taskOfFormerRoll(work: Work, id: RollId) {
  const former = await getRoll(work, id)
  refuseUnreplaced(former)
  if (!(await store.findFile(work, id))) throw rollProblem('roll-file-gone')
  return taskOfKeptFile(work, former)
}

/** Takes a former roll's file in again, as it was read then, and queues its comparison. */
export async function restoreRoll(
  work: Work,
  id: RollId,
  { mapping, reading }: ReadBefore,
): Promise<store.CountedRoll> {
  if (!(await store.holdRoll(work, id))) throw rollProblem('roll-unknown')
  const former = await getRoll(work, id)
  refuseUnreplaced(former)
  const content = await store.findFile(work, id)
  if (!content) throw rollProblem('roll-file-gone')
  const { schoolId, schoolYear, kind, asOf, fileName } = former
  const { roll } = await sendRoll(
    work,
    { name: fileName, content },
    { schoolId, schoolYear, kind, asOf, mapping },
    reading,
  )
  await recordRestored(work, former, roll)
  return importDraft(work, roll.id, { mapping, reading })
}

/** Deletes a draft, or a held roll of which nothing is kept yet. Throws roll-unknown, roll-taken-in. */
export async function deleteDraft(work: Work, id: RollId): Promise<void> {
  const roll = await holdRollThatCountsNowhere(work, id)
  await dropHeldFollowUps(work, roll)
  await store.deleteRoll(work, id)
  await audit.record(
    work,
    'roll.thrown-away',
    { kind: 'roll', id, unitId: roll.schoolId },
    { schoolYear: roll.schoolYear },
  )
}

export const listRolls: (work: Work, filter: store.RollFilter) => Promise<store.CountedRoll[]> = store.findRolls

/** Rows of a roll. The reading of their persons is noted. Throws roll-unknown. */
export async function listRows(work: Work, id: RollId, filter: rows.RowFilter) {
  await getRoll(work, id)
  if (filter.defect && withheldDefects(work).includes(filter.defect)) return { rows: [], total: 0 }
  const found = await rows.findFilteredRows(work, id, filter)
  await audit.noteReading(
    work,
    found.rows.flatMap(({ personId }) => personId ?? []),
    ['identity', 'number'],
  )
  return found
}

/** A defect's code in words; a code that is none stays as it is. */
export function defectText(code: string, language: 'vi' | 'en'): string {
  const defect = rollDefects.find(one => one === code)
  return defect ? sayDefect(language)(defect) : code
}

export type DefectCount = {
  readonly defect: RollDefect
  readonly count: number
  readonly vi: string
  readonly en: string
}

/**
 * The defects of a roll with their counts, the most frequent first, and the counts of each class. Throws roll-unknown.
 */
export async function listDefectCounts(work: Work, id: RollId, inClass?: string) {
  await getRoll(work, id)
  const withheld = withheldDefects(work)
  const counted = (await rows.countDefects(work, id, inClass ?? null)).filter(
    ({ defect }) => !withheld.includes(defect),
  )
  const defects: DefectCount[] = counted.map(({ defect, count }) => ({
    defect,
    count,
    vi: sayDefect('vi')(defect),
    en: sayDefect('en')(defect),
  }))
  return { defects, classes: await rows.countClasses(work, id) }
}
