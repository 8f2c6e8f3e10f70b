import * as audit from '../audit/audit.ts'
import * as campaign from '../campaign/campaign.ts'
import * as planning from '../planning/planning.ts'
import type { Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as rolls from '../rolls/rolls.ts'
import * as units from '../units/units.ts'
import type { HomeroomId, PupilResult } from './class.ts'
import type { SheetPupil } from './contract.ts'
import { classProblem } from './problems.ts'
import * as store from './store.ts'

/** Needs that a family can do something about; a correction is asked for by its defect. */
const needsShown = (needs: readonly campaign.Need[]) => needs.filter(need => need !== 'correction')

/** When a team comes next: the day that was said to the school, or that of a planned session, whichever is first. */
async function nextVisit(work: Work, { schoolId, schoolYear }: store.HomeroomRow): Promise<Day | undefined> {
  const said = await rolls.visitDayOf(work, schoolId, schoolYear)
  const planned = await planning.nextDayAtSchool(work, schoolId)
  return [said, planned].filter(day => day !== undefined && day >= work.today).sort()[0]
}

/** A teacher’s own classes with their pupils. Of a pupil it has the name on the roll, and nothing of the register. */
export async function readSheets(work: Work) {
  const homerooms = await store.findHomerooms(work)
  const sheets = []
  for (const homeroom of homerooms) {
    const visitOn = await nextVisit(work, homeroom)
    sheets.push({
      id: homeroom.id,
      school: (await units.getSchool(work, homeroom.schoolId)).name,
      schoolYear: homeroom.schoolYear,
      class: homeroom.class,
      ...(visitOn && { visitOn }),
      pupils: await readPupils(work, homeroom),
    })
  }
  return { day: work.today, sheets }
}

async function readPupils(work: Work, homeroom: store.HomeroomRow): Promise<SheetPupil[]> {
  const rows = await store.findPupils(work, homeroom)
  const personIds = rows.flatMap(({ personId }) => personId ?? [])
  const needs = await campaign.needsOf(work, personIds, work.today)
  const asked = Map.groupBy(
    await store.findAsked(
      work,
      rows.map(({ rowId }) => rowId),
    ),
    ({ rowId }) => rowId,
  )
  await audit.noteReading(work, personIds, ['name', 'need'])
  return rows.map(({ rowId, name, personId, outcome, willComeOn, note, onDay }) => ({
    row: rowId,
    name,
    unknown: personId === null,
    lacking: needsShown((personId && needs.get(personId)) || []),
    asked: (asked.get(rowId) ?? []).map(({ defect, owner, dueOn }) => ({
      what: { vi: rolls.defectText(defect, 'vi'), en: rolls.defectText(defect, 'en') },
      owner,
      dueOn,
    })),
    ...(outcome !== null &&
      onDay !== null && {
        result: { outcome, onDay, ...(willComeOn !== null && { willComeOn }), ...(note !== null && { note }) },
      }),
  }))
}

/**
 * Keeps what the teacher says of a pupil of the own class; without an outcome the last one is taken back. Throws
 * class-pupil-unknown, class-note-refused, class-day-refused.
 */
export async function recordResult(
  work: Work,
  homeroomId: HomeroomId,
  rowId: string,
  result: Partial<PupilResult>,
): Promise<void> {
  const homeroom = (await store.findHomerooms(work)).find(({ id }) => id === homeroomId)
  const [pupil] = homeroom ? await store.findPupils(work, homeroom, rowId) : []
  if (!homeroom || !pupil) throw classProblem('class-pupil-unknown')
  const { outcome, willComeOn } = result
  const note = result.note?.trim() || undefined
  if (note && campaign.holdsNumber(note)) throw classProblem('class-note-refused')
  if ((outcome === 'will-come') !== (willComeOn !== undefined) || (willComeOn && willComeOn < work.today))
    throw classProblem('class-day-refused')

  if (outcome)
    await store.insertResult(work, newId<'result'>(work.now), { ...homeroom, rowId }, { outcome, willComeOn, note })
  else if (!(await store.takeResultBack(work, rowId))) return
  await audit.record(
    work,
    outcome ? 'pupil-result.recorded' : 'pupil-result.taken-back',
    { kind: 'roll-row', id: rowId, unitId: homeroom.schoolId, ...(pupil.personId && { personId: pupil.personId }) },
    { class: homeroom.class, ...(outcome && { outcome }), ...(willComeOn && { willComeOn }) },
  )
}
