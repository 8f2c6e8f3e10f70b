import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { largestHousehold } from '../law.ts'
import type { RollRow } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import type { Candidate } from '../store-row.ts'
import * as context from './store.ts'
import type { ReviewLine } from './why-undecided.ts'
import { fillText, sayContext } from './words.ts'

/**
 * What surrounds a row: its classmates of one home, and for each candidate the kin that are not compared, and the
 * person's other rows.
 */
export type ReviewContext = {
  readonly ofRow: readonly ReviewLine[]
  readonly ofPerson: ReadonlyMap<string, readonly ReviewLine[]>
  /** The row of this roll that is matched with a person already. */
  readonly taken: ReadonlyMap<string, ReviewLine>
}

const maxSiblings = 4

/** Everything in one line each. The reading of the persons named is noted. */
export async function reviewContextOf(
  work: Work,
  roll: KeptRoll,
  row: RollRow,
  candidates: readonly Candidate[],
): Promise<ReviewContext> {
  const ids = candidates.map(({ personId }) => personId)
  const spot = { rollId: roll.id, place: row.place }
  const parents = await context.findParents(work, ids)
  const siblings = await context.findSiblings(work, ids)
  const others = await context.findRowsElsewhere(work, spot, ids)
  await audit.noteReading(
    work,
    siblings.map(({ personId }) => personId),
    ['identity', 'kin'],
  )
  const brothersAndSisters = new Set(siblings.map(({ personId }) => personId))
  await audit.noteReading(
    work,
    parents.flatMap(({ relatedId }) => relatedId ?? []).filter(id => !brothersAndSisters.has(id)),
    ['name', 'kin'],
  )

  const schools = new Map<string, string>()
  for (const { schoolId } of others)
    if (!schools.has(schoolId)) schools.set(schoolId, (await units.getSchool(work, schoolId as Id<'school'>)).name)
  const ofPerson = new Map(
    ids.map(id => [
      id,
      [
        ...parents
          .filter(({ personId, relation }) => personId === id && row.given[relation] === '')
          .flatMap(parentLine),
        ...siblingLine(siblings.filter(({ of }) => of === id)),
        ...others.filter(({ personId }) => personId === id).map(other => otherLine(roll, other, schools)),
      ],
    ]),
  )
  const taken = others.filter(({ found, rollId }) => found && rollId === roll.id)
  return {
    ofRow: await classmateLines(work, roll, row),
    ofPerson,
    taken: new Map(
      taken.map(other => [
        other.personId,
        { code: 'where', ...rowLabel(other), rollId: other.rollId, place: other.place },
      ]),
    ),
  }
}

type ContextText = Parameters<ReturnType<typeof sayContext>>[0]
type ContextValues = Readonly<Record<string, string | number | BilingualText>>
type BilingualText = Readonly<Record<'vi' | 'en', string>>

function contextText(code: ContextText, values: ContextValues): BilingualText {
  const side = (language: 'vi' | 'en') => {
    const own = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? value[language] : value]),
    )
    const text = fillText(sayContext(language)(code), own)
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  return { vi: side('vi'), en: side('en') }
}

/** "dòng 31, Hoàng Gia Khánh, lớp 12A1". */
function rowLabel({
  sheetRow,
  class: inClass,
  name,
}: {
  sheetRow: number
  class: string | null
  name: string
}): BilingualText {
  const fill = (language: 'vi' | 'en') =>
    fillText(sayContext(language)(inClass ? 'where' : 'where-no-class'), { row: sheetRow, name, class: inClass ?? '' })
  return { vi: fill('vi'), en: fill('en') }
}

const personLabel = (name: string, year: number | null) =>
  year ? fillText(sayContext('vi')('who-year'), { name, year }) : name

const parentLine = ({ relation, name, birthYear }: context.CandidateParent): ReviewLine[] =>
  name ? [{ code: relation, ...contextText(relation, { who: personLabel(name, birthYear) }) }] : []

function siblingLine(all: readonly context.CandidateSibling[]): ReviewLine[] {
  if (all.length === 0) return []
  const shown = all
    .slice(0, maxSiblings)
    .map(({ fullName, birthYear }) => personLabel(fullName, birthYear))
    .join('; ')
  const rest = all.length - maxSiblings
  const who = (language: 'vi' | 'en') =>
    rest > 0 ? `${shown}; ${fillText(sayContext(language)('more'), { n: rest })}` : shown
  return [{ code: 'siblings', ...contextText('siblings', { who: { vi: who('vi'), en: who('en') } }) }]
}

function otherLine(roll: KeptRoll, other: context.RowElsewhere, schools: ReadonlyMap<string, string>): ReviewLine {
  const { rollId, place, schoolYear, schoolId, found } = other
  const where = rowLabel(other)
  const school = schools.get(schoolId) ?? ''
  const away = schoolId === roll.schoolId ? where : { vi: `${where.vi}, ${school}`, en: `${where.en}, ${school}` }
  const line = (code: ContextText, values: ContextValues): ReviewLine => ({
    code,
    ...contextText(code, values),
    rollId,
    place,
  })
  if (rollId === roll.id) return line(found ? 'same-person' : 'maybe-same', { where })
  if (!found) return line('maybe-same', { where: away })
  return schoolYear === roll.schoolYear
    ? line('other-school', { school, where })
    : line('other-year', { year: schoolYear, where: away })
}

async function classmateLines(work: Work, roll: KeptRoll, row: RollRow): Promise<ReviewLine[]> {
  const mates = await context.findClassmates(work, roll.id, row)
  const neighbours = mates.filter(({ why }) => why === 'same-address')
  return mates
    .filter(({ why }) => why !== 'same-address' || neighbours.length <= largestHousehold)
    .slice(0, largestHousehold)
    .map(mate => ({
      code: mate.why,
      ...contextText(mate.why, { where: rowLabel(mate) }),
      rollId: roll.id,
      place: mate.place,
    }))
}
