import * as audit from '../../audit/audit.ts'
import { drawApart } from '../../platform/pdf/drawing-apart.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { getHandOverList } from './lists.ts'
import { handOverProblem } from './problems.ts'
import type { handOverSheetPdf } from './sheet-pdf.ts'
import * as hands from './store.ts'

/** The sheet that a class signs, with the data of a list. */

/**
 * The sheet of a list that is out, for its pupils to sign. `code` names the file. Throws list-unknown, list-returned,
 * paper-text-unprintable.
 */
export async function handOverSheetOfList(
  work: Work,
  id: string,
  { isDemonstration }: { readonly isDemonstration: boolean },
): Promise<{ code: string; content: Buffer }> {
  const { code, unitId, schoolId, teacherName, state, givenOn } = await getHandOverList(work, id)
  if (state === 'returned') throw handOverProblem('list-returned')
  const lines = await hands.findListLines(work, id)
  const people = await register.listSummaries(
    work,
    lines.map(({ personId }) => personId),
  )
  const known = new Map<string, register.PersonSummary>(people.map(person => [person.id, person]))
  const school = await units.getSchool(work, schoolId as units.SchoolId)
  const unit = await units.letterheadOf(work, unitId as units.UnitId, givenOn)
  const sheet = {
    unit,
    school: school.name.replace(/^Trường\s+/, ''),
    // Which class a pupil is of is not known to cards: the teacher writes it.
    className: '',
    place: school.name,
    town: unit.town,
    on: givenOn,
    code,
    cards: await Promise.all(
      lines.map(async ({ personId, serial }) => {
        const { fullName, birthDate } = known.get(personId) ?? (await register.getSummary(work, personId))
        return { name: fullName, birthDate, serial: serial ?? '' }
      }),
    ),
    officer: (await staff.namesOf(work, [work.by.id])).get(work.by.id),
    teacher: teacherName,
    printedAt: work.now,
    isDemonstration,
    lawRows: work.lawRows,
  }
  const place = new URL('./sheet-pdf.ts', import.meta.url)
  const content = await drawApart<typeof handOverSheetPdf>(place, 'handOverSheetPdf', sheet)
  await audit.noteReading(
    work,
    lines.map(({ personId }) => personId),
    ['card', 'name', 'birth'],
  )
  await audit.record(work, 'hand-over-list.printed', { kind: 'hand-over-list', id, unitId }, { cards: lines.length })
  return { code, content }
}
