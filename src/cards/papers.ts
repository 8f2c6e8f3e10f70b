import * as audit from '../audit/audit.ts'
import { addDays, type Day, dayAt, daysBetween } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { getBox } from './boxes.ts'
import { getList } from './hand-over-lists.ts'
import { boxLabel as drawLabel } from './paper-box-label.ts'
import { handOverSheet } from './paper-hand-over.ts'
import { boxProblem } from './problems-box.ts'
import { handOverProblem } from './problems-hand-over.ts'
import * as hands from './store-hand-over.ts'
import { sayOnPaper } from './words-card.ts'

/** The papers that go with cards, filled with what is known here. */

type House = { readonly isDemonstration: boolean }
/** `code` names the file. */
export type CardPaper = { readonly code: string; readonly content: Buffer }

/** The house's day of a moment in the past: a demonstration's day stands still, so the distance to now is kept. */
const dayOfMoment = ({ now, today }: Work, at: Date): Day => addDays(today, Math.min(0, daysBetween(dayAt(now), dayAt(at))))

/** A place as a carrier finds it: the police or the school, and where its unit is. */
async function placeText(work: Work, kind: 'unit' | 'school' | 'centre', id: string | null): Promise<string> {
  if (kind === 'centre' || !id) return sayOnPaper('vi')('card-centre')
  if (kind === 'school') {
    const school = await units.getSchool(work, id as units.SchoolId)
    return [school.name, (await units.letterheadOf(work, school.unitId, work.today)).seat].join(', ')
  }
  const { name } = await units.letterheadOf(work, id as units.UnitId, work.today)
  const path = await units.pathOf(work, id as units.UnitId, work.today)
  return [name, units.seatOf(path.slice(1))].filter(Boolean).join(', ')
}

/** The label of a box that is sealed or on its way. Throws box-unknown, box-state-refused, paper-text-too-long, paper-text-unprintable. */
export async function boxLabel(work: Work, id: string, { isDemonstration }: House): Promise<CardPaper> {
  const { code, state, seal, sealedAt, fromKind, fromId, toKind, toId, cards, unitId } = await getBox(work, id)
  if (!seal || !sealedAt || (state !== 'sealed' && state !== 'sent')) throw boxProblem('box-state-refused', { state, needs: 'sealed' })
  const content = await drawLabel({
    code,
    from: await placeText(work, fromKind, fromId),
    to: await placeText(work, toKind, toId),
    count: cards,
    sealNumber: seal,
    packedOn: dayOfMoment(work, sealedAt),
    printedAt: work.now,
    isDemonstration,
  })
  await audit.record(work, 'box.label-printed', { kind: 'box', id, unitId: work.unitId ?? unitId })
  return { code, content }
}

/** The sheet of a list that is out, for its pupils to sign. Throws list-unknown, list-returned, paper-text-unprintable. */
export async function listSheet(work: Work, id: string, { isDemonstration }: House): Promise<CardPaper> {
  const { code, unitId, schoolId, teacherName, state, givenOn } = await getList(work, id)
  if (state === 'returned') throw handOverProblem('list-returned')
  const lines = await hands.linesOf(work, id)
  const people = await register.summariesOf(work, lines.map(({ personId }) => personId as register.PersonId)) // biome-ignore format: one line
  const known = new Map<string, register.PersonSummary>(people.map(person => [person.id, person]))
  const school = await units.getSchool(work, schoolId as units.SchoolId)
  const unit = await units.letterheadOf(work, unitId as units.UnitId, givenOn)
  const content = await handOverSheet({
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
        const { fullName, birthDate } = known.get(personId) ?? (await register.getSummary(work, personId as register.PersonId))
        return { name: fullName, birthDate, serial: serial ?? '' }
      }),
    ),
    officer: (await staff.namesOf(work, [work.by.id])).get(work.by.id),
    teacher: teacherName,
    printedAt: work.now,
    isDemonstration,
  })
  await audit.noteReading(work, lines.map(({ personId }) => personId), ['card', 'name', 'birth']) // biome-ignore format: one line
  await audit.record(work, 'hand-over-list.printed', { kind: 'hand-over-list', id, unitId }, { cards: lines.length })
  return { code, content }
}
