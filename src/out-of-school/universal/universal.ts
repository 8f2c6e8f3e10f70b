/**
 * Universal education and literacy, for education officers. A unit and a school year come in. Decided here: which
 * children each list has by the law of the year, who of them is on a school's roll, and who goes after the others.
 * What goes out are figures, the lists behind them, workbooks in the rows of the forms, and counts of adults who can
 * read, from surveys of communes alone. The database shows children below the officer's unit, by few fields
 * (`out_of_school.residents`). Deeds: universal.exported; pursuit.assigned, .concluded, .reopened; literacy.surveyed.
 */

import * as audit from '../../audit/audit.ts'
import { addDays, asDay, type Day, dayOf, formatPartialDay } from '../../platform/day.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as units from '../../units/units.ts'
import { isYearKept } from '../kept-children.ts'
import {
  type AgeRange,
  literacyAges,
  literacyBands,
  lowerSecondaryAges,
  preschoolAges,
  primaryAges,
  pursuitDays,
} from '../law.ts'
import { findReportedSchools } from '../store.ts'
import type { PursuitOutcome, UniversalCase, UniversalList } from './child.ts'
import type { CaseCounts, UniversalChild, universalChildren, universalFigures } from './contract.ts'
import { universalProblem } from './problems.ts'
import * as store from './store.ts'

export type UniversalFilter = {
  readonly unit?: Id<'unit'> | undefined
  readonly schoolYear?: string | undefined
}

const agesOf = { preschool: preschoolAges, primary: primaryAges, 'lower-secondary': lowerSecondaryAges } as const

type Asked = {
  readonly unit: units.UnitRecord
  readonly schoolYear: string
  /** The calendar year in which the school year begins: age is told from it. */
  readonly first: number
  readonly homes: ReadonlyMap<Id<'unit'>, Id<'unit'>>
  /** Whether what is kept of each child answers for the school year (ADR 23). */
  readonly isKept: boolean
}

async function readFilter(work: Work, { unit: wanted, schoolYear: year }: UniversalFilter): Promise<Asked> {
  const schoolYear = year ?? rolls.schoolYearOn(work.today, work)
  const first = Number(rolls.getSchoolAge(schoolYear, work).schoolYear.slice(0, 4))
  const unitId = wanted ?? work.unitId
  if (!unitId) throw universalProblem('universal-unit-outside')
  const unit = await units.getUnit(work, unitId)
  if (work.unitId && unitId !== work.unitId) {
    const own = await units.homesOn(work, work.unitId, work.today)
    const below = await units.subtreeOn(work, work.unitId, work.today)
    if (!own.has(unitId) && !below.some(({ id }) => id === unitId)) throw universalProblem('universal-unit-outside')
  }
  const homes = await units.homesOn(work, unit.id, work.today)
  return { unit, schoolYear, first, homes, isKept: await isYearKept(work, schoolYear) }
}

/** The ages of a list by the law of the day on which the school year begins. */
const listAges = (work: Work, list: UniversalList, { first }: Asked): AgeRange =>
  ruleOn(agesOf[list], dayOf(first, 9, 1), work)

/** Below this age no school whose rolls come in teaches. */
const tooYoungFrom = (work: Work, { schoolYear }: Asked) => rolls.getSchoolAge(schoolYear, work).all.to + 1

const queryOf = (work: Work, asked: Asked, [from, to]: AgeRange): store.ResidentQuery => ({
  schoolYear: asked.schoolYear,
  units: [...asked.homes.keys()],
  from: asked.first - to,
  to: asked.first - from,
  tooYoungFrom: tooYoungFrom(work, asked),
  isKept: asked.isKept,
})

type Basics = ReplyOf<typeof universalFigures>['of']

async function basicsOf(work: Work, { unit, schoolYear, homes }: Asked): Promise<Basics> {
  const schools = await units.schoolsIn(work, [...homes.keys()], work.today)
  const reported = await findReportedSchools(work, schoolYear)
  return {
    day: work.today,
    schoolYear,
    unit: { id: unit.id, name: unit.name },
    schools: schools.length,
    reported: schools.filter(({ id }) => reported.has(id)).length,
  }
}

function caseCounts(rows: readonly store.ChildCount[]): CaseCounts {
  const sum = (of: readonly store.ChildCount[], key: 'children' | 'girls' | 'minority') =>
    of.reduce((all, row) => all + row[key], 0)
  const inCase = (one: UniversalCase) =>
    sum(
      rows.filter(row => row.case === one),
      'children',
    )
  return {
    children: sum(rows, 'children'),
    'at-school': inCase('at-school'),
    undecided: inCase('undecided'),
    'out-of-school': inCase('out-of-school'),
    'no-preschool-rolls': inCase('no-preschool-rolls'),
    girls: sum(rows, 'girls'),
    minority: sum(rows, 'minority'),
  }
}

async function countList(work: Work, list: UniversalList, asked: Asked) {
  const [from, to] = listAges(work, list, asked)
  const rows = await store.countChildren(work, queryOf(work, asked, [from, to]))
  const ages = Array.from({ length: to - from + 1 }, (_, at) => from + at)
  return {
    list,
    ages: ages.map(age => ({
      age,
      born: asked.first - age,
      counted: caseCounts(rows.filter(({ birthY }) => birthY === asked.first - age)),
    })),
    all: caseCounts(rows),
  }
}

/** Adults by permanent residence beside what the last surveys of communes say; neither is reckoned from the other. */
async function countLiteracy(work: Work, { homes, isKept }: Asked) {
  const written = [...homes.keys()]
  const year = Number(work.today.slice(0, 4))
  const [from, to] = ruleOn(literacyAges, work.today, work)
  const adults = await store.countAdults(work, written, year - to, year - from, isKept)
  const surveyed = await store.countSurveyed(work, written)
  const years = surveyed.map(row => row.year)
  const within = ([youngest, oldest]: AgeRange, of: number, birthY: number) =>
    of - birthY >= youngest && of - birthY <= oldest
  return {
    ...(years.length > 0 && { surveyYear: Math.max(...years) }),
    communesSurveyed: new Set(surveyed.map(({ unitId }) => unitId)).size,
    bands: literacyBands.map(band => {
      const told = surveyed.filter(row => within(band, row.year, row.birthY))
      const ofLevel = (level: string) => told.reduce((sum, row) => sum + (row.level === level ? row.people : 0), 0)
      return {
        from: band[0],
        to: band[1],
        people: adults.reduce((sum, row) => sum + (within(band, year, row.birthY) ? row.people : 0), 0),
        surveyed: told.reduce((sum, row) => sum + row.people, 0),
        illiterate: ofLevel('illiterate'),
        'level-1': ofLevel('level-1'),
        'level-2': ofLevel('level-2'),
      }
    }),
  }
}

/** Each number is the length of the list narrowed to it; of adults there is no list. */
export async function countUniversal(work: Work, filter: UniversalFilter): Promise<ReplyOf<typeof universalFigures>> {
  const asked = await readFilter(work, filter)
  const lists = []
  for (const list of ['preschool', 'primary', 'lower-secondary'] as const)
    lists.push(await countList(work, list, asked))
  return { of: await basicsOf(work, asked), lists, literacy: await countLiteracy(work, asked) }
}

export type ChildFilter = UniversalFilter & {
  readonly case?: UniversalCase | undefined
  readonly age?: number | undefined
}

async function childShape(work: Work, one: store.ResidentChild, { first, homes }: Asked): Promise<UniversalChild> {
  const { birthY, birthM, birthD, assignedTo, dueOn } = one
  return {
    id: one.id,
    name: one.name,
    born: formatPartialDay({ y: birthY, ...(birthM && { m: birthM }), ...(birthD && { d: birthD }) }),
    age: first - birthY,
    sex: one.sex,
    ethnicity: one.ethnicity ?? '',
    commune: await units.unitName(work, homes.get(one.unitId) ?? one.unitId),
    address: one.address,
    home: one.kind,
    case: one.case,
    ...(one.schoolId && { school: (await units.getSchool(work, one.schoolId)).name }),
    ...(one.class && { class: one.class }),
    elsewhere: one.elsewhere,
    ...(assignedTo !== null &&
      dueOn !== null && {
        pursuit: {
          assignedTo,
          dueOn,
          overdue: one.outcome === null && dueOn < work.today,
          ...(one.outcome && { outcome: one.outcome }),
          ...(one.outcomeOn && { outcomeOn: one.outcomeOn }),
          ...(one.note && { note: one.note }),
        },
      }),
  }
}

/** A page of a list; who stands on it is noted as read. */
export async function listChildren(
  work: Work,
  list: UniversalList,
  { case: wanted, age, ...filter }: ChildFilter,
  { offset = 0, limit = 200 }: { readonly offset?: number | undefined; readonly limit?: number | undefined } = {},
): Promise<ReplyOf<typeof universalChildren>> {
  const asked = await readFilter(work, filter)
  const query = queryOf(work, asked, listAges(work, list, asked))
  const narrowing = { case: wanted, ...(age !== undefined && { birthYear: asked.first - age }) }
  const { children, total } = await store.findChildren(work, query, narrowing, { offset, limit })
  await audit.noteReading(
    work,
    children.map(({ id }) => id),
    ['name', 'birth', 'residence'],
  )
  return {
    of: await basicsOf(work, asked),
    total,
    children: await Promise.all(children.map(one => childShape(work, one, asked))),
    ...(offset + children.length < total && { next: offset + children.length }),
  }
}

/** A child of any list who lives below the officer's unit. */
async function getChild(work: Work, id: Id<'person'>, schoolYear: string | undefined) {
  const asked = await readFilter(work, { schoolYear })
  const youngest = listAges(work, 'preschool', asked)[0]
  const oldest = listAges(work, 'lower-secondary', asked)[1]
  const query = queryOf(work, asked, [youngest, oldest])
  const { children } = await store.findChildren(work, query, { id }, { offset: 0, limit: 1 })
  const [child] = children
  if (!child) throw universalProblem('universal-child-unknown')
  await audit.noteReading(work, [id], ['name', 'residence'])
  return { child, schoolYear: asked.schoolYear }
}

/** A number of a person, a card or a phone: nine digits or more, however they are parted. */
const holdsDigits = (text: string) => /\d(?:[\s.\-()]*\d){8,}/.test(text)

/** Says who goes after a child, until when. Throws universal-child-unknown, pursuit-day-refused, -number-refused. */
export async function assignChild(
  work: Work,
  id: Id<'person'>,
  given: { readonly schoolYear?: string | undefined; readonly assignedTo: string; readonly dueOn?: string | undefined },
): Promise<void> {
  const dueOn: Day = given.dueOn ? asDay(given.dueOn) : addDays(work.today, ruleOn(pursuitDays, work.today, work))
  if (dueOn < work.today) throw universalProblem('pursuit-day-refused')
  const assignedTo = given.assignedTo.normalize('NFC').trim()
  if (holdsDigits(assignedTo)) throw universalProblem('pursuit-number-refused')
  const { child, schoolYear } = await getChild(work, id, given.schoolYear)
  await store.setPursuit(work, child, schoolYear, { assignedTo, dueOn })
  await audit.record(
    work,
    'pursuit.assigned',
    { kind: 'child', id, personId: id, unitId: child.unitId },
    { schoolYear, dueOn, case: child.case },
  )
}

/** Says what came of it; without an outcome it is open again. Throws universal-child-unknown, pursuit-unknown. */
export async function concludeChild(
  work: Work,
  id: Id<'person'>,
  given: {
    readonly schoolYear?: string | undefined
    readonly outcome?: PursuitOutcome | undefined
    readonly note?: string | undefined
  },
): Promise<void> {
  const note = given.note?.normalize('NFC').trim() || undefined
  if (note && holdsDigits(note)) throw universalProblem('pursuit-number-refused')
  const { child, schoolYear } = await getChild(work, id, given.schoolYear)
  if (!(await store.setOutcome(work, id, schoolYear, { outcome: given.outcome, note })))
    throw universalProblem('pursuit-unknown')
  await audit.record(
    work,
    given.outcome ? 'pursuit.concluded' : 'pursuit.reopened',
    { kind: 'child', id, personId: id, unitId: child.unitId },
    { schoolYear, ...(given.outcome && { outcome: given.outcome }) },
  )
}
