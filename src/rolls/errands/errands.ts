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
import type { RegisterFacts } from '../defect.ts'
import { reassignQueue } from '../reconciling/reassign.ts'
import { registerFactsOf } from '../register-facts.ts'
import type { RollRow } from '../row.ts'
import * as rolls from '../store.ts'
import { followUpLastDay } from './due.ts'
import { type FollowUp, type FollowUpId, mayInsist, type RollAndRegister, rollAndRegisterOf } from './errand.ts'
import { followUpProblem } from './problems.ts'
import { refreshFollowUps, refreshFollowUpsJob } from './settle.ts'
import * as store from './store.ts'
import * as errandRows from './store-row.ts'

/**
 * What a reader of a follow-up may see: the row with the school's roll, the person's record with the register's scope.
 */
export type FollowUpDetails = FollowUp & {
  readonly schoolName: string
  readonly row?: RollRow | undefined
  readonly person?: RegisterFacts | undefined
  readonly sides: RollAndRegister | undefined
}

export type FollowUpQuery = store.FollowUpFilter

/** Open follow-ups that the scope sees, the soonest due first. The reading of their persons is noted. */
export async function listFollowUps(
  work: Work,
  filter: FollowUpQuery,
): Promise<{ errands: FollowUpDetails[]; total: number }> {
  const { errands, total } = await store.findFollowUps(work, filter)
  return { errands: await withDetails(work, errands), total }
}

async function withDetails(work: Work, errands: readonly FollowUp[]): Promise<FollowUpDetails[]> {
  const rowAt = new Map(
    (await errandRows.findRowsOfFollowUps(work, errands)).map(row => [`${row.rollId} ${row.place}`, row]),
  )
  const facts = await registerFactsOf(work, [...new Set(errands.flatMap(({ personId }) => personId ?? []))], work.today)
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
      sides: row && rollAndRegisterOf(errand.defect, row, person),
    }
  })
}

export const countFollowUps: (work: Work, filter: FollowUpQuery) => Promise<store.FollowUpCount[]> =
  store.findFollowUpCounts

async function holdOpenFollowUp(work: Work, id: FollowUpId): Promise<FollowUp> {
  const errand = await store.holdFollowUp(work, id)
  if (!errand) throw followUpProblem('errand-unknown')
  if (errand.state !== 'open') throw followUpProblem('errand-settled')
  return errand
}

const refreshFollowUpsOfRow = async (work: Work, { rollId, place }: FollowUp) => {
  const roll = await rolls.findRoll(work, rollId)
  if (roll) return refreshFollowUps(work, roll, [place])
  // The ward does not see the school's roll.
  return queueJob(work, refreshFollowUpsJob, { rollId, places: [place] }, { queue: reassignQueue })
}

const recordFollowUp = (work: Work, deed: string, { id, schoolId, personId, defect }: FollowUp) =>
  audit.record(work, deed, { kind: 'errand', id, unitId: schoolId, ...(personId && { personId }) }, { defect })

/** The school confirms the roll by papers: the ward checks the register (a family without a record: form DC01). */
export async function confirmByPapers(
  work: Work,
  id: FollowUpId,
  { papers }: { readonly papers: string },
): Promise<void> {
  const errand = await holdOpenFollowUp(work, id)
  if (errand.owner !== 'school') throw followUpProblem('errand-of-another')
  if (!mayInsist(errand.defect)) throw followUpProblem('errand-undisputed')
  if (papers.trim() === '') throw followUpProblem('errand-papers-needed')
  await store.setAnswer(work, [id], 'papers', papers.trim())
  await recordFollowUp(work, 'errand.school-insisted', errand)
  await refreshFollowUpsOfRow(work, errand)
}

/** The school has corrected its own file: the follow-up waits for the next roll. */
export async function announceCorrection(work: Work, id: FollowUpId): Promise<void> {
  const errand = await holdOpenFollowUp(work, id)
  if (errand.owner !== 'school') throw followUpProblem('errand-of-another')
  await store.setAnnouncedCorrection(work, id)
  await recordFollowUp(work, 'errand.corrected', errand)
}

/**
 * The ward confirms the register: the follow-up goes to the school. Throws where a correction is open, which is to be
 * refused instead.
 */
export async function confirmRegister(work: Work, id: FollowUpId): Promise<void> {
  const errand = await holdOpenFollowUp(work, id)
  if (errand.owner !== 'ward') throw followUpProblem('errand-of-another')
  if (errand.correctionId) throw followUpProblem('errand-has-correction')
  await store.setAnswer(work, [id], 'register')
  await recordFollowUp(work, 'errand.register-stood', errand)
  await refreshFollowUpsOfRow(work, errand)
}

/** The day of the team's visit; undefined where none is set. */
export async function visitDayOf(work: Work, schoolId: Id<'school'>, schoolYear: string): Promise<Day | undefined> {
  return (await store.findVisit(work, schoolId, schoolYear))?.onDay
}

/** Sets the day of the team's visit, or clears it (undefined). The last days of the open follow-ups move with it. */
export async function setVisitDay(
  work: Work,
  schoolId: Id<'school'>,
  schoolYear: string,
  onDay: Day | undefined,
): Promise<void> {
  await units.getSchool(work, schoolId)
  if (onDay) await store.setVisit(work, schoolId, schoolYear, onDay)
  else await store.deleteVisit(work, schoolId, schoolYear)
  const made = await store.findDaysMade(work, schoolId, schoolYear)
  const due = made.map(one => ({ ...one, dueOn: followUpLastDay(one.defect, one.madeOn, onDay, work) }))
  await store.updateDueDays(work, schoolId, schoolYear, due)
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

async function applyCorrectionResult(work: Work, correctionId: string, refusedBy: string | undefined): Promise<void> {
  const errands = await store.findFollowUpsOfCorrection(work, correctionId)
  const ids = errands.map(({ id }) => id)
  if (refusedBy) await store.setAnswer(work, ids, 'register', undefined, refusedBy)
  for (const [rollId, theirs] of Map.groupBy(errands, errand => errand.rollId)) {
    const places = theirs.map(({ place }) => place)
    const roll = await rolls.findRoll(work, rollId)
    if (roll) await refreshFollowUps(work, roll, places)
  }
}

/** The background jobs of follow-ups. */
export const followUpJobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [refreshFollowUpsJob]: async payload => {
    const id = asId<'roll'>(String(payload['rollId']))
    const places = Array.isArray(payload['places']) ? payload['places'].map(Number) : undefined
    await openWork(asSystem('roll'), async work => {
      // Held, so that two settlings of one roll come one after the other.
      if (!(await rolls.holdRoll(work, id))) return
      const roll = await rolls.findRoll(work, id)
      if (roll) await refreshFollowUps(work, roll, places)
    })
  },
  [correctionJob]: async payload => {
    const refusedBy = payload['refused'] === true ? String(payload['by']) : undefined
    await openWork(asSystem('roll'), work => applyCorrectionResult(work, String(payload['correctionId']), refusedBy))
  },
})
