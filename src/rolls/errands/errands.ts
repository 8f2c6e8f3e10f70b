/**
 * What has to be put right before the team comes. In: rows with defects after a comparison or a decision, and answers
 * of schools, wards and corrections. Decided: from the evidence, who has to act and until when. Out: open follow-ups,
 * corrections that are proposed to the register, and what schools and classes are asked to do. Deeds: errands.settled,
 * errand.school-insisted, errand.corrected, errand.register-stood, visit.said.
 */
import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { Facts } from '../defect.ts'
import { settlingQueue } from '../reconciling/reassign.ts'
import { factsOf } from '../register-facts.ts'
import type { RollRow } from '../row.ts'
import * as rolls from '../store.ts'
import { lastDayOf } from './due.ts'
import { type BothSides, bothSides, type Errand, type ErrandId, mayInsist } from './errand.ts'
import { errandProblem } from './problems.ts'
import { settleErrands, settleErrandsJob } from './settle.ts'
import * as store from './store.ts'
import * as errandRows from './store-row.ts'

/**
 * What a reader of a follow-up may see: the row with the school's roll, the person's record with the register's scope.
 */
export type ShownErrand = Errand & {
  readonly schoolName: string
  readonly row?: RollRow | undefined
  readonly person?: Facts | undefined
  readonly sides: BothSides | undefined
}

export type ErrandFilter = store.ErrandFilter

/** Open follow-ups that the scope sees, the soonest due first. The reading of their persons is noted. */
export async function listErrands(
  work: Work,
  filter: ErrandFilter,
): Promise<{ errands: ShownErrand[]; total: number }> {
  const { errands, total } = await store.listErrands(work, filter)
  return { errands: await shown(work, errands), total }
}

async function shown(work: Work, errands: readonly Errand[]): Promise<ShownErrand[]> {
  const rowAt = new Map((await errandRows.rowsOfErrands(work, errands)).map(row => [`${row.rollId} ${row.place}`, row]))
  const facts = await factsOf(work, [...new Set(errands.flatMap(({ personId }) => personId ?? []))], work.today)
  await audit.noteReading(
    work,
    [...facts.values()].map(({ personId }) => personId),
    ['identity', 'number'],
  )
  const names = new Map<string, string>()
  for (const id of new Set(errands.map(({ schoolId }) => schoolId)))
    names.set(id, (await units.getSchool(work, id)).name)
  return errands.map(errand => {
    const row = rowAt.get(`${errand.rollId} ${errand.place}`)
    const person = facts.get(errand.personId ?? '')
    return {
      ...errand,
      schoolName: names.get(errand.schoolId) ?? '',
      row,
      person,
      sides: row && bothSides(errand.defect, row, person),
    }
  })
}

export const countErrands: (work: Work, filter: ErrandFilter) => Promise<store.ErrandCount[]> = store.countErrands

async function holdOpen(work: Work, id: ErrandId): Promise<Errand> {
  const errand = await store.holdErrand(work, id)
  if (!errand) throw errandProblem('errand-unknown')
  if (errand.state !== 'open') throw errandProblem('errand-settled')
  return errand
}

const settleRow = async (work: Work, { rollId, place }: Errand) => {
  const roll = await rolls.findRoll(work, rollId)
  if (roll) return settleErrands(work, roll, [place])
  // The ward does not see the school's roll.
  return queueJob(work, settleErrandsJob, { rollId, places: [place] }, { queue: settlingQueue })
}

const record = (work: Work, deed: string, { id, schoolId, personId, defect }: Errand) =>
  audit.record(work, deed, { kind: 'errand', id, unitId: schoolId, ...(personId && { personId }) }, { defect })

/** The school confirms the roll by papers: the ward checks the register (a family without a record: form DC01). */
export async function schoolInsists(work: Work, id: ErrandId, { papers }: { readonly papers: string }): Promise<void> {
  const errand = await holdOpen(work, id)
  if (errand.owner !== 'school') throw errandProblem('errand-of-another')
  if (!mayInsist(errand.defect)) throw errandProblem('errand-undisputed')
  if (papers.trim() === '') throw errandProblem('errand-papers-needed')
  await store.setSaid(work, [id], 'papers', papers.trim())
  await record(work, 'errand.school-insisted', errand)
  await settleRow(work, errand)
}

/** The school has corrected its own file: the follow-up waits for the next roll. */
export async function schoolCorrected(work: Work, id: ErrandId): Promise<void> {
  const errand = await holdOpen(work, id)
  if (errand.owner !== 'school') throw errandProblem('errand-of-another')
  await store.setCorrected(work, id)
  await record(work, 'errand.corrected', errand)
}

/**
 * The ward confirms the register: the follow-up goes to the school. Throws where a correction is open, which is to be
 * refused instead.
 */
export async function registerStands(work: Work, id: ErrandId): Promise<void> {
  const errand = await holdOpen(work, id)
  if (errand.owner !== 'ward') throw errandProblem('errand-of-another')
  if (errand.correctionId) throw errandProblem('errand-has-correction')
  await store.setSaid(work, [id], 'register')
  await record(work, 'errand.register-stood', errand)
  await settleRow(work, errand)
}

/** The day of the team's visit; undefined where none is set. */
export async function visitOf(work: Work, schoolId: Id<'school'>, schoolYear: string): Promise<Day | undefined> {
  return (await store.visitOf(work, schoolId, schoolYear))?.onDay
}

/** Sets the day of the team's visit, or clears it (undefined). The last days of the open follow-ups move with it. */
export async function sayVisit(
  work: Work,
  schoolId: Id<'school'>,
  schoolYear: string,
  onDay: Day | undefined,
): Promise<void> {
  await units.getSchool(work, schoolId)
  if (onDay) await store.setVisit(work, schoolId, schoolYear, onDay)
  else await store.deleteVisit(work, schoolId, schoolYear)
  const made = await store.daysMade(work, schoolId, schoolYear)
  const due = made.map(one => ({ ...one, dueOn: lastDayOf(one.defect, one.madeOn, onDay, work) }))
  await store.moveDue(work, schoolId, schoolYear, due)
  await audit.record(
    work,
    'visit.said',
    { kind: 'school', id: schoolId, unitId: schoolId },
    { schoolYear, ...(onDay && { onDay }) },
  )
}

/** The name of the job that follows the decision of a correction. */
const correctionJob = 'follow-correction'

/**
 * Ends the follow-ups of an approved correction, and turns those of a refused one to the school. The house's own
 * withdrawals change nothing.
 */
export async function followCorrection(
  work: Work,
  { deed, subject }: { readonly deed: string; readonly subject: { readonly id: string } },
): Promise<void> {
  if (work.by.kind === 'system') return
  await queueJob(work, correctionJob, {
    correctionId: subject.id,
    refused: deed === 'correction.refused',
    by: work.by.id,
  })
}

async function afterCorrection(work: Work, correctionId: string, refusedBy: string | undefined): Promise<void> {
  const errands = await store.errandsOfCorrection(work, correctionId)
  const ids = errands.map(({ id }) => id)
  if (refusedBy) await store.setSaid(work, ids, 'register', undefined, refusedBy)
  for (const [rollId, theirs] of Map.groupBy(errands, errand => errand.rollId)) {
    const places = theirs.map(({ place }) => place)
    const roll = await rolls.findRoll(work, rollId)
    if (roll) await settleErrands(work, roll, places)
  }
}

/** The background jobs of follow-ups. */
export const errandJobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [settleErrandsJob]: async payload => {
    const id = asId<'roll'>(String(payload['rollId']))
    const places = Array.isArray(payload['places']) ? payload['places'].map(Number) : undefined
    await openWork(asSystem('roll'), async work => {
      // Held, so that two settlings of one roll come one after the other.
      if (!(await rolls.holdRoll(work, id))) return
      const roll = await rolls.findRoll(work, id)
      if (roll) await settleErrands(work, roll, places)
    })
  },
  [correctionJob]: async payload => {
    const refusedBy = payload['refused'] === true ? String(payload['by']) : undefined
    await openWork(asSystem('roll'), work => afterCorrection(work, String(payload['correctionId']), refusedBy))
  },
})
