import * as audit from '../audit/audit.ts'
import * as campaign from '../campaign/campaign.ts'
import * as planning from '../planning/planning.ts'
import type { Day } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as rolls from '../rolls/rolls.ts'
import * as units from '../units/units.ts'
import type { HomeroomId, PupilResult, SchoolClass } from './class.ts'
import type { SheetPupil } from './contract.ts'
import { classProblem } from './problems.ts'
import * as store from './store.ts'

/** Needs that a family can do something about; a correction is asked for by its defect. */
const needsShown = (needs: readonly campaign.Need[]) => needs.filter(need => need !== 'correction')

/** When a team comes next: the day that was said to the school, or that of a planned session, whichever is first. */
async function nextVisit(work: Work, { schoolId, schoolYear }: SchoolClass): Promise<Day | undefined> {
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

/** A pupil of a class as the link’s page needs it too: with the number in class and, where it is known, the person. */
export type PupilOfClass = SheetPupil & { readonly numberInClass: number; readonly personId?: Id<'person'> }

/** The pupils of a class, by name. Notes the reading of those whom the register knows. */
export async function readPupilsOf(work: Work, of: SchoolClass): Promise<PupilOfClass[]> {
  const rows = await store.findPupils(work, of)
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
  return rows.map(({ rowId, name, numberInClass, personId, outcome, willComeOn, note, onDay }) => ({
    row: rowId,
    name,
    numberInClass,
    ...(personId !== null && { personId }),
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

const readPupils = async (work: Work, of: SchoolClass): Promise<SheetPupil[]> =>
  (await readPupilsOf(work, of)).map(({ numberInClass: _number, personId: _person, ...pupil }) => pupil)

/** What is wrong with a result as it was said. Throws class-note-refused, class-note-needed, class-day-refused. */
function refuseResult(work: Work, { outcome, willComeOn, note }: Partial<PupilResult>): void {
  if (note && campaign.holdsNumber(note)) throw classProblem('class-note-refused')
  if (outcome === 'other' && !note) throw classProblem('class-note-needed')
  if ((outcome === 'will-come') !== (willComeOn !== undefined) || (willComeOn && willComeOn < work.today))
    throw classProblem('class-day-refused')
}

/**
 * Keeps what the teacher says of a pupil of the own class; without an outcome the last one is taken back. Throws
 * class-pupil-unknown, class-note-refused, class-note-needed, class-day-refused.
 */
export async function recordResult(
  work: Work,
  homeroomId: HomeroomId,
  rowId: string,
  result: Partial<PupilResult>,
): Promise<void> {
  const homeroom = (await store.findHomerooms(work)).find(({ id }) => id === homeroomId)
  if (!homeroom) throw classProblem('class-pupil-unknown')
  await recordResultIn(work, homeroom, rowId, result)
}

/** The same in a class that the work sees by its own part. `onlyOwn`: what others said is not taken back. */
export async function recordResultIn(
  work: Work,
  of: SchoolClass,
  rowId: string,
  { outcome, willComeOn, note: written }: Partial<PupilResult>,
  { onlyOwn = false } = {},
): Promise<void> {
  const [pupil] = await store.findPupils(work, of, rowId)
  if (!pupil) throw classProblem('class-pupil-unknown')
  const note = written?.trim() || undefined
  refuseResult(work, { outcome, willComeOn, note })
  const { schoolId, schoolYear } = of
  if (outcome)
    await store.insertResult(
      work,
      newId<'result'>(work.now),
      { schoolId, schoolYear, class: of.class, rowId },
      { outcome, willComeOn, note },
    )
  else if (!(await store.takeResultBack(work, rowId, { onlyOwn }))) return
  await audit.record(
    work,
    outcome ? 'pupil-result.recorded' : 'pupil-result.taken-back',
    { kind: 'roll-row', id: rowId, unitId: schoolId, ...(pupil.personId && { personId: pupil.personId }) },
    { class: of.class, ...(outcome && { outcome }), ...(willComeOn && { willComeOn }) },
  )
}
