/**
 * What has to be put right before the team comes. In: rows with defects after a comparison or a decision, and answers
 * of schools, wards and corrections. Decided: from the evidence, who has to act and until when. Out: open follow-ups,
 * corrections that are proposed to the register, and what schools and classes are asked to do. Deeds: errands.settled,
 * visit.said.
 */
import * as audit from '../../audit/audit.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import type { Day } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type Deed, type OpenWork, type Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { reassignQueue } from '../reconciling/duplicates-on-roll.ts'
import { shownFactsOf } from '../register-facts.ts'
import { withheldDefects } from '../row-reply.ts'
import { findRoll, holdRoll } from '../store.ts'
import { sayDefect } from '../words.ts'
import { rollAndRegisterOf } from './evidence.ts'
import { followUpLastDay } from './last-day.ts'
import { papersDecide } from './owner-rule.ts'
import { refreshByRoll, refreshFollowUps, refreshFollowUpsJob } from './refresh-follow-ups.ts'
import { asRollDefect, findRowFollowUps, type RowFollowUp, rowFollowUpFrom } from './row-follow-up.ts'
import { followUpTask } from './school-workbook.ts'
import { findFollowedCommunes, findRowsOfFollowUps } from './store-row.ts'
import * as visits from './store-visit.ts'
import { sayEvidence, sayTitle } from './words.ts'

const bilingual = (say: (language: 'vi' | 'en') => string) => ({ vi: say('vi'), en: say('en') })

/** The row is read with the scope of the school's rolls, the person's record with the register's. */
async function describeFollowUps(
  work: Work,
  kept: readonly followUps.FollowUp[],
): Promise<followUps.FollowUpDetails[]> {
  const ours = kept.map(rowFollowUpFrom)
  const rowAt = new Map((await findRowsOfFollowUps(work, ours)).map(row => [`${row.rollId} ${row.place}`, row]))
  const facts = await shownFactsOf(work, [...new Set(ours.flatMap(({ personId }) => personId ?? []))], work.today)
  // A school, which sees nothing of the register, reads the name and number that its roll has of the person.
  const isShown = ({ personId, rollId, place }: RowFollowUp) =>
    (personId !== undefined && facts.has(personId)) || rowAt.has(`${rollId} ${place}`)
  await audit.noteReading(
    work,
    [...new Set(ours.filter(isShown).flatMap(({ personId }) => personId ?? []))],
    ['identity', 'number'],
  )
  const schools = new Map<string, string>()
  for (const id of new Set(ours.map(({ schoolId }) => schoolId)))
    schools.set(id, (await units.getSchool(work, id)).name)
  const residences = await describeResidences(work, ours, facts)
  return ours.map(one => {
    const row = rowAt.get(`${one.rollId} ${one.place}`)
    const person = facts.get(one.personId ?? '')
    const sides = row && rollAndRegisterOf(one.defect, row, person)
    return {
      what: bilingual(language => sayDefect(language)(one.defect)),
      why: bilingual(language => sayEvidence(language)(one.evidence)),
      task: bilingual(language => followUpTask(one, row, language)),
      scopeName: schools.get(one.schoolId) ?? '',
      name: row?.name || person?.fullName || '',
      personId: person?.personId,
      ...(row && { sheet: row.sheet, row: row.sheetRow }),
      ...(one.defect === 'residence-differs'
        ? residences.get(one.id)
        : sides &&
          sides.field !== 'none' && { field: sides.field, sourceValue: sides.roll, registerValue: sides.register }),
    }
  })
}

/**
 * Of follow-ups about a residence: the commune that the roll names, and those of the register as far as one sees
 * them.
 */
async function describeResidences(
  work: Work,
  followed: readonly RowFollowUp[],
  facts: Awaited<ReturnType<typeof shownFactsOf>>,
) {
  const ours = followed.filter(({ defect }) => defect === 'residence-differs')
  const onRoll = await findFollowedCommunes(
    work,
    ours.map(({ id }) => id),
  )
  const names = new Map<string, string>()
  const nameOf = async (id: string) => {
    const name = names.get(id) ?? (await units.unitName(work, asId<'unit'>(id))) ?? ''
    names.set(id, name)
    return name
  }
  const described = new Map<string, Pick<followUps.FollowUpDetails, 'field' | 'sourceValue' | 'registerValue'>>()
  for (const { id, rowId, personId } of ours) {
    const commune = onRoll.get(rowId)
    const registered = await Promise.all((facts.get(personId ?? '')?.communes ?? []).map(nameOf))
    described.set(id, {
      field: 'residence',
      sourceValue: commune ? await nameOf(commune) : '',
      registerValue: registered.join(', '),
    })
  }
  return described
}

/** What the context of follow-ups asks of the defects of rolls. */
export const rollDefectFollowUps: followUps.KeptKindRules = {
  title: { vi: sayTitle('vi')('title'), en: sayTitle('en')('title') },
  right: 'rolls.read',
  purpose: 'roll',
  withheld: withheldDefects,
  papersDecide: reason => papersDecide(asRollDefect(reason)),
  describe: describeFollowUps,
}

const refreshFollowUpsOfRow = async (work: Work, { rollId, place }: RowFollowUp) => {
  const roll = await findRoll(work, rollId)
  if (roll) return refreshFollowUps(work, roll, [place])
  // The ward does not see the school's roll.
  return queueJob(work, refreshFollowUpsJob, { rollId, places: [place] }, { queue: reassignQueue })
}

/**
 * After its owner answered: the follow-up goes to the side that now has to act. A consequence of
 * `errand.school-insisted` and `errand.register-stood`.
 */
export async function followUpAnswer(work: Work, { subject }: Pick<Deed, 'subject'>): Promise<void> {
  const [answered] = await findRowFollowUps(work, { ids: [subject.id] })
  if (answered) await refreshFollowUpsOfRow(work, answered)
}

/** The day of the team's visit; undefined where none is set. */
export async function visitDayOf(work: Work, schoolId: Id<'school'>, schoolYear: string): Promise<Day | undefined> {
  return (await visits.findVisit(work, schoolId, schoolYear))?.onDay
}

/** Sets the day of the team's visit, or clears it (undefined). The last days of the open follow-ups move with it. */
export async function setVisitDay(
  work: Work,
  schoolId: Id<'school'>,
  schoolYear: string,
  onDay: Day | undefined,
): Promise<void> {
  await units.getSchool(work, schoolId)
  if (onDay) await visits.setVisit(work, schoolId, schoolYear, onDay)
  else await visits.deleteVisit(work, schoolId, schoolYear)
  const open = await findRowFollowUps(work, { scopeId: schoolId, period: schoolYear })
  await followUps.setLastDays(
    work,
    schoolId,
    open.map(({ id, defect, openedOn }) => ({ id, dueOn: followUpLastDay(defect, openedOn, onDay, work) })),
  )
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
  const ours = await findRowFollowUps(work, { correctionId })
  const ids = ours.map(({ id }) => id)
  if (refusedBy) await followUps.setAnswer(work, ids, 'register', { answeredBy: refusedBy })
  await refreshByRoll(work, ours)
}

/** The background jobs of follow-ups. */
export const followUpJobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [refreshFollowUpsJob]: async payload => {
    const id = asId<'roll'>(String(payload['rollId']))
    const places = Array.isArray(payload['places']) ? payload['places'].map(Number) : undefined
    await openWork(asSystem('roll'), async work => {
      // Held, so that two settlings of one roll come one after the other.
      if (!(await holdRoll(work, id))) return
      const roll = await findRoll(work, id)
      if (roll) await refreshFollowUps(work, roll, places)
    })
  },
  [correctionJob]: async payload => {
    const refusedBy = payload['refused'] === true ? String(payload['by']) : undefined
    await openWork(asSystem('roll'), work => applyCorrectionResult(work, String(payload['correctionId']), refusedBy))
  },
})
