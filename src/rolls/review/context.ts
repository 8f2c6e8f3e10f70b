import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { RollRow } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import type { Candidate } from '../store-row.ts'
import * as context from './store.ts'
import type { Line } from './why.ts'
import { filled, sayContext } from './words.ts'

/**
 * What surrounds a row: its classmates of one home, and for each candidate the kin that are not compared, and the
 * person's other rows.
 */
export type Context = {
  readonly ofRow: readonly Line[]
  readonly ofPerson: ReadonlyMap<string, readonly Line[]>
  /** The row of this roll that is matched with a person already. */
  readonly taken: ReadonlyMap<string, Line>
}

/** So many classmates of one address are a village, not a home. */
const mostOfOneHome = 3
const mostSiblings = 4

/** Everything in one line each. The reading of the persons named is noted. */
export async function contextOf(
  work: Work,
  roll: KeptRoll,
  row: RollRow,
  candidates: readonly Candidate[],
): Promise<Context> {
  const ids = candidates.map(({ personId }) => personId)
  const spot = { rollId: roll.id, place: row.place }
  const parents = await context.parentsOf(work, ids)
  const siblings = await context.siblingsOf(work, ids)
  const others = await context.otherRowsOf(work, spot, ids)
  await audit.noteReading(
    work,
    siblings.map(({ personId }) => personId),
    ['identity', 'kin'],
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
        { code: 'where', ...whereOf(other), rollId: other.rollId, place: other.place },
      ]),
    ),
  }
}

type Text = Parameters<ReturnType<typeof sayContext>>[0]
type Values = Readonly<Record<string, string | number | Said>>
type Said = Readonly<Record<'vi' | 'en', string>>

function say(code: Text, values: Values): Said {
  const side = (language: 'vi' | 'en') => {
    const own = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? value[language] : value]),
    )
    const text = filled(sayContext(language)(code), own)
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  return { vi: side('vi'), en: side('en') }
}

/** "dòng 31, Hoàng Gia Khánh, lớp 12A1". */
function whereOf({ sheetRow, class: inClass, name }: { sheetRow: number; class: string | null; name: string }): Said {
  const fill = (language: 'vi' | 'en') =>
    filled(sayContext(language)(inClass ? 'where' : 'where-no-class'), { row: sheetRow, name, class: inClass ?? '' })
  return { vi: fill('vi'), en: fill('en') }
}

const whoOf = (name: string, year: number | null) =>
  year ? filled(sayContext('vi')('who-year'), { name, year }) : name

const parentLine = ({ relation, name, birthYear }: context.Parent): Line[] =>
  name ? [{ code: relation, ...say(relation, { who: whoOf(name, birthYear) }) }] : []

function siblingLine(all: readonly context.Sibling[]): Line[] {
  if (all.length === 0) return []
  const shown = all
    .slice(0, mostSiblings)
    .map(({ fullName, birthYear }) => whoOf(fullName, birthYear))
    .join('; ')
  const rest = all.length - mostSiblings
  const who = (language: 'vi' | 'en') =>
    rest > 0 ? `${shown}; ${filled(sayContext(language)('more'), { n: rest })}` : shown
  return [{ code: 'siblings', ...say('siblings', { who: { vi: who('vi'), en: who('en') } }) }]
}

function otherLine(roll: KeptRoll, other: context.OtherRow, schools: ReadonlyMap<string, string>): Line {
  const { rollId, place, schoolYear, schoolId, found } = other
  const where = whereOf(other)
  const school = schools.get(schoolId) ?? ''
  const away = schoolId === roll.schoolId ? where : { vi: `${where.vi}, ${school}`, en: `${where.en}, ${school}` }
  const line = (code: Text, values: Values): Line => ({ code, ...say(code, values), rollId, place })
  if (rollId === roll.id) return line(found ? 'same-person' : 'maybe-same', { where })
  if (!found) return line('maybe-same', { where: away })
  return schoolYear === roll.schoolYear
    ? line('other-school', { school, where })
    : line('other-year', { year: schoolYear, where: away })
}

async function classmateLines(work: Work, roll: KeptRoll, row: RollRow): Promise<Line[]> {
  const mates = await context.classmatesOf(work, roll.id, row)
  const neighbours = mates.filter(({ why }) => why === 'same-address')
  return mates
    .filter(({ why }) => why !== 'same-address' || neighbours.length <= mostOfOneHome)
    .slice(0, mostOfOneHome)
    .map(mate => ({ code: mate.why, ...say(mate.why, { where: whereOf(mate) }), rollId: roll.id, place: mate.place }))
}
