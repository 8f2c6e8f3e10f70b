/**
 * Children on nobody's roll. A unit, a day and a school year come in. This room tells apart, of the children of school
 * age who live there, who is on a roll of a school there, on another's, perhaps on one, or on none, and how far the
 * rolls that have come allow that to be said. Figures go out, the lists behind them, and a workbook. Records
 * attendance.exported.
 */
import type { Static } from 'typebox'
import * as audit from '../audit/audit.ts'
import { formatPartialDay } from '../platform/day.ts'
import type { ReplyOf } from '../platform/endpoint.ts'
import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { stages } from '../rolls/contract.ts'
import * as rolls from '../rolls/rolls.ts'
import * as units from '../units/units.ts'
import type { Asked } from './asked.ts'
import { attendanceCases, childCases, homeWords, moves } from './cases.ts'
import type { attendanceFigures, attendanceList, FoundChild } from './contract.ts'
import { type Filter, narrowingOf, read } from './filter.ts'
import * as store from './store.ts'

export type { Filter as AttendanceFilter } from './filter.ts'

export type Figures = ReplyOf<typeof attendanceFigures>
type Counted = Figures['all']
export type Child = Static<typeof FoundChild>

const basics = ({ day, schoolYear, home, unit, age }: Asked): Figures['of'] => ({
  day,
  schoolYear,
  home,
  unit: { id: unit.id, name: unit.name },
  born: { ...age.all },
})

const countBy = <Word extends string>(
  words: readonly Word[],
  rows: readonly { readonly word: Word | null; readonly people: number }[],
) =>
  Object.fromEntries(
    words.map(word => [word, rows.reduce((sum, row) => sum + (row.word === word ? row.people : 0), 0)]),
  ) as Record<Word, number>

function counted(rows: readonly Pick<store.Tally, 'case' | 'unreported' | 'people'>[]): Counted {
  const cases = countBy(
    attendanceCases,
    rows.map(row => ({ word: row.case, people: row.people })),
  )
  return {
    children: childCases.reduce((sum, one) => sum + cases[one], 0),
    cases,
    unreported: rows.reduce((sum, row) => sum + (row.unreported ? row.people : 0), 0),
  }
}

/**
 * How many children are where, in every case whatever cases are asked; homes and moves of the cases asked. Every number
 * is the length of `listAttendance` with the filter narrowed to it.
 */
export async function countAttendance(work: Work, filter: Filter): Promise<Figures> {
  const asked = await read(work, filter)
  const { all, byUnit } = await store.tally(work, asked, narrowingOf(asked, filter))
  const ofCases = filter.cases?.length ? all.filter(row => filter.cases?.includes(row.case)) : all
  const years = [...Map.groupBy(all, row => row.birth_y)].toSorted(([a], [b]) => (b ?? 0) - (a ?? 0))
  const gapAt = (year: number | null) => year !== null && asked.gaps.some(({ from, to }) => year >= from && year <= to)
  return {
    of: basics(asked),
    all: counted(all),
    said: countBy(
      homeWords,
      ofCases.map(row => ({ word: row.said, people: row.people })),
    ),
    moved: countBy(
      moves,
      ofCases.map(row => ({ word: row.moved, people: row.people })),
    ),
    byBirthYear: years.map(([year, rows]) => ({
      year,
      group: year === null ? 'other' : rolls.groupOf(asked.age, year),
      partial: gapAt(year),
      counted: counted(rows),
    })),
    bySex: [...Map.groupBy(all, row => row.sex)].map(([sex, rows]) => ({ sex, counted: counted(rows) })),
    byUnit: await inUnits(work, byUnit),
    coverage: await coverageOf(work, asked),
    departed: await store.departed(work, asked),
  }
}

/** In administrative order. */
async function inUnits(work: Work, rows: readonly store.UnitTally[]): Promise<Figures['byUnit']> {
  const known = [...Map.groupBy(rows, row => row.unit_id)].map(async ([id, theirs]) => ({
    unit: await units.getUnit(work, asId<'unit'>(id)),
    counted: counted(theirs),
  }))
  const inOrder = (await Promise.all(known)).toSorted((a, b) => (a.unit.code < b.unit.code ? -1 : 1))
  return inOrder.map(({ unit: { id, name }, counted: of }) => ({ id, name, counted: of }))
}

const longestMissing = 300

/** Whose rolls the figures rest on, and whose are missing. */
async function coverageOf(
  work: Work,
  { age, gaps, coverage: { schools, reported } }: Asked,
): Promise<Figures['coverage']> {
  const missing = schools.filter(({ id }) => !reported.has(id))
  return {
    stages: stages.map(stage => {
      const teaching = schools.filter(({ kind }) => rolls.stagesOf[kind].includes(stage))
      return {
        stage,
        born: { ...age.stages[stage] },
        schools: teaching.length,
        reported: teaching.filter(({ id }) => reported.has(id)).length,
        partial: gaps.some(gap => gap.stage === stage),
      }
    }),
    partial: gaps.length > 0,
    schools: schools.length,
    reported: schools.length - missing.length,
    missing: await Promise.all(
      missing.slice(0, longestMissing).map(async ({ id, code, name, kind, unitId }) => ({
        id,
        code,
        name,
        unit: await units.nameOf(work, unitId),
        stages: [...rolls.stagesOf[kind]],
      })),
    ),
  }
}

async function namesOf(work: Work, unitIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(unitIds)].filter(id => id !== null)
  return new Map(await Promise.all(known.map(async id => [id, await units.nameOf(work, asId<'unit'>(id))] as const)))
}

async function schoolsOf(work: Work, listed: readonly store.Listed[]) {
  const ids = [...new Set(listed.flatMap(({ school_id }) => school_id ?? []))]
  return new Map(await Promise.all(ids.map(async id => [id, await units.getSchool(work, asId<'school'>(id))] as const)))
}

const bornText = ({ birth_y, birth_m, birth_d }: store.Found) =>
  birth_y === null
    ? ''
    : formatPartialDay({ y: birth_y, ...(birth_m && { m: birth_m }), ...(birth_m && birth_d && { d: birth_d }) })

async function shown(work: Work, asked: Asked, found: readonly store.Found[]): Promise<Child[]> {
  if (found.length === 0) return []
  const listed = await store.rollsOf(work, asked.schoolYear, found)
  const rollsOf = Map.groupBy(listed, ({ id }) => id)
  const schools = await schoolsOf(work, listed)
  const places = await namesOf(
    work,
    found.flatMap(one => [one.permanent_unit_id, one.said_commune_id, ...(one.besides ?? [])]),
  )
  const placeOf = (id: string | null) => places.get(id ?? '') ?? ''
  return found.map(one => {
    const theirs = rollsOf.get(one.id) ?? []
    return {
      id: one.id,
      isPerson: one.is_person,
      name: one.name,
      sortKey: one.sort_key,
      number: one.number,
      born: bornText(one),
      sex: one.sex,
      case: one.case,
      group: one.birth_y === null ? 'other' : rolls.groupOf(asked.age, one.birth_y),
      unreported: one.unreported,
      schools: theirs.flatMap(({ school_id, roll_id, place, class: inClass }) => {
        const school = school_id ? schools.get(school_id) : undefined
        if (!school || !roll_id || place === null) return []
        return [{ id: school.id, code: school.code, name: school.name, class: inClass ?? '', rollId: roll_id, place }]
      }),
      elsewhere: theirs.some(({ is_seen }) => !is_seen),
      permanent: placeOf(one.permanent_unit_id),
      address: one.address ?? '',
      besides: (one.besides ?? []).map(placeOf),
      saidCommune: placeOf(one.said_commune_id),
      said: one.said,
      moved: one.moved,
    }
  })
}

/** What is shown of a child, for the trace of who looked. */
const fieldsRead = ['identity', 'residence', 'school']

/** A statement takes no more readings than this at once. */
const mostReadings = 5000

async function pageOf(work: Work, asked: Asked, filter: Filter, page: store.Page): Promise<Child[]> {
  const found = await store.list(work, asked, narrowingOf(asked, filter), page)
  const read = found.flatMap(({ is_person, id }) => (is_person ? [asId<'person'>(id)] : []))
  for (let i = 0; i < read.length; i += mostReadings)
    await audit.noteReading(work, read.slice(i, i + mostReadings), fieldsRead)
  return shown(work, asked, found)
}

/**
 * Whoever the figures count, by given name; a page at a time. Throws attendance-unit-outside for a unit beyond the
 * actor's.
 */
export async function listAttendance(
  work: Work,
  filter: Filter,
  { offset = 0, limit = 200 }: { readonly offset?: number | undefined; readonly limit?: number | undefined } = {},
): Promise<ReplyOf<typeof attendanceList>> {
  const asked = await read(work, filter)
  const people = await pageOf(work, asked, filter, { offset, limit })
  return { of: basics(asked), people, next: people.length === limit ? offset + limit : null }
}

/** The same without pages, with what it rests on, for a file; `people` is undefined where they are more than `most`. */
export async function wholeList(work: Work, filter: Filter, most: number) {
  const asked = await read(work, filter)
  const people = await pageOf(work, asked, filter, { offset: 0, limit: most + 1 })
  return {
    of: basics(asked),
    coverage: await coverageOf(work, asked),
    people: people.length > most ? undefined : people,
  }
}
