/**
 * Children on nobody's roll. A unit, a day and a school year come in. This room tells apart, of the children of school
 * age who live there, who is on a roll of a school there, on another's, perhaps on one, or on none, and how far the
 * rolls that have come allow that to be said. Figures go out, and the lists behind them.
 */
import type { Static } from 'typebox'
import * as audit from '../audit/audit.ts'
import { formatPartialDay, partialDay } from '../platform/day.ts'
import type { ReplyOf } from '../platform/endpoint.ts'
import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { stages } from '../rolls/contract.ts'
import * as rolls from '../rolls/rolls.ts'
import * as units from '../units/units.ts'
import { homeComparisons, moveKinds, outOfSchoolCases, residentChildCases } from './cases.ts'
import type { ChildrenQuery } from './children-query.ts'
import type { FoundChild, outOfSchoolFigures, outOfSchoolList } from './contract.ts'
import { narrowingOf, type OutOfSchoolFilter, resolveFilter } from './filter.ts'
import { areChildrenKept } from './kept-children.ts'
import * as store from './store.ts'
import * as keptList from './store-kept-list.ts'

export type { OutOfSchoolFilter } from './filter.ts'

export type OutOfSchoolFigures = ReplyOf<typeof outOfSchoolFigures>
type CaseCounts = OutOfSchoolFigures['all']
export type OutOfSchoolChild = Static<typeof FoundChild>

const basics = ({ day, schoolYear, home, unit, age }: ChildrenQuery): OutOfSchoolFigures['of'] => ({
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

function counted(rows: readonly Pick<store.OutOfSchoolCount, 'case' | 'unreported' | 'people'>[]): CaseCounts {
  const cases = countBy(
    outOfSchoolCases,
    rows.map(row => ({ word: row.case, people: row.people })),
  )
  return {
    children: residentChildCases.reduce((sum, one) => sum + cases[one], 0),
    cases,
    unreported: rows.reduce((sum, row) => sum + (row.unreported ? row.people : 0), 0),
  }
}

/**
 * How many children are where, in every case whatever cases are asked; homes and moves of the cases asked. Every number
 * is the length of `listOutOfSchool` with the filter narrowed to it.
 */
export async function countOutOfSchool(work: Work, filter: OutOfSchoolFilter): Promise<OutOfSchoolFigures> {
  const asked = await resolveFilter(work, filter)
  const narrowing = narrowingOf(asked, filter)
  const { all, byUnit } = (await areChildrenKept(work, asked))
    ? await keptList.countKeptByKind(work, asked, narrowing)
    : await store.countByKind(work, asked, narrowing)
  const ofCases = filter.cases?.length ? all.filter(row => filter.cases?.includes(row.case)) : all
  const years = [...Map.groupBy(all, row => row.birth_y)].toSorted(([a], [b]) => (b ?? 0) - (a ?? 0))
  const gapAt = (year: number | null) => year !== null && asked.gaps.some(({ from, to }) => year >= from && year <= to)
  return {
    of: basics(asked),
    all: counted(all),
    said: countBy(
      homeComparisons,
      ofCases.map(row => ({ word: row.said, people: row.people })),
    ),
    moved: countBy(
      moveKinds,
      ofCases.map(row => ({ word: row.moved, people: row.people })),
    ),
    byBirthYear: years.map(([year, rows]) => ({
      year,
      group: year === null ? 'other' : rolls.ageGroupOf(asked.age, year),
      partial: gapAt(year),
      counted: counted(rows),
    })),
    bySex: [...Map.groupBy(all, row => row.sex)].map(([sex, rows]) => ({ sex, counted: counted(rows) })),
    byUnit: await inUnits(work, byUnit),
    coverage: await rollCoverageOf(work, asked),
    departed: await store.countDeparted(work, asked),
  }
}

/** In administrative order. */
async function inUnits(work: Work, rows: readonly store.UnitOutOfSchoolCount[]): Promise<OutOfSchoolFigures['byUnit']> {
  const known = [...Map.groupBy(rows, row => row.unit_id)].map(async ([id, theirs]) => ({
    unit: await units.getUnit(work, id),
    counted: counted(theirs),
  }))
  const inOrder = (await Promise.all(known)).toSorted((a, b) => (a.unit.code < b.unit.code ? -1 : 1))
  return inOrder.map(({ unit: { id, name }, counted: of }) => ({ id, name, counted: of }))
}

const maxMissingSchools = 300

/** Whose rolls the figures rest on, and whose are missing. */
async function rollCoverageOf(
  work: Work,
  { age, gaps, coverage: { schools, reported } }: ChildrenQuery,
): Promise<OutOfSchoolFigures['coverage']> {
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
      missing.slice(0, maxMissingSchools).map(async ({ id, code, name, kind, unitId }) => ({
        id,
        code,
        name,
        unit: await units.unitName(work, unitId),
        stages: [...rolls.stagesOf[kind]],
      })),
    ),
  }
}

async function unitNamesOf(work: Work, unitIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(unitIds)].filter(id => id !== null)
  return new Map(await Promise.all(known.map(async id => [id, await units.unitName(work, asId<'unit'>(id))] as const)))
}

async function schoolsOfChildren(work: Work, listed: readonly Pick<store.ChildOnRoll, 'school_id'>[]) {
  const ids = [...new Set(listed.flatMap(({ school_id }) => school_id ?? []))]
  return new Map(await Promise.all(ids.map(async id => [id, await units.getSchool(work, id)] as const)))
}

const birthTextOf = ({ birth_y, birth_m, birth_d }: store.FoundChildRow) =>
  birth_y === null ? '' : formatPartialDay(partialDay(birth_y, birth_m, birth_d))

async function childReplies(
  work: Work,
  asked: ChildrenQuery,
  found: readonly store.FoundChildRow[],
): Promise<OutOfSchoolChild[]> {
  if (found.length === 0) return []
  const listed = await store.findRollsOfChildren(work, asked.schoolYear, found)
  const rollsOf = Map.groupBy(listed, ({ id }) => id)
  const gone = await store.findChildrenWhoLeft(work, asked.schoolYear, found)
  const leftOf = Map.groupBy(gone, ({ id }) => id)
  const schools = await schoolsOfChildren(work, [...listed, ...gone])
  const places = await unitNamesOf(
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
      born: birthTextOf(one),
      sex: one.sex,
      case: one.case,
      group: one.birth_y === null ? 'other' : rolls.ageGroupOf(asked.age, one.birth_y),
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
      left: (leftOf.get(one.id) ?? []).map(of => ({
        ...(of.school_id && { school: schools.get(of.school_id)?.name ?? '' }),
        ...(of.class && { class: of.class }),
        status: of.status,
        ...(of.left_y !== null && { on: formatPartialDay(partialDay(of.left_y, of.left_m, of.left_d)) }),
        said: of.said,
      })),
    }
  })
}

/** What is shown of a child, for the trace of who looked. */
const fieldsRead = ['identity', 'residence', 'school']

/** A statement takes no more readings than this at once. */
const maxReadings = 5000

async function childrenOnPage(
  work: Work,
  asked: ChildrenQuery,
  filter: OutOfSchoolFilter,
  page: store.RowWindow,
): Promise<OutOfSchoolChild[]> {
  const narrowing = narrowingOf(asked, filter)
  const found = (await areChildrenKept(work, asked))
    ? await keptList.findKeptChildRows(work, asked, narrowing, page)
    : await store.findChildRows(work, asked, narrowing, page)
  const read = found.flatMap(({ is_person, id }) => (is_person ? [asId<'person'>(id)] : []))
  for (let i = 0; i < read.length; i += maxReadings)
    await audit.noteReading(work, read.slice(i, i + maxReadings), fieldsRead)
  return childReplies(work, asked, found)
}

/**
 * Whoever the figures count, by given name; a page at a time. Throws out-of-school-unit-outside for a unit beyond the
 * actor's.
 */
export async function listOutOfSchool(
  work: Work,
  filter: OutOfSchoolFilter,
  { offset = 0, limit = 200 }: { readonly offset?: number | undefined; readonly limit?: number | undefined } = {},
): Promise<ReplyOf<typeof outOfSchoolList>> {
  const asked = await resolveFilter(work, filter)
  const people = await childrenOnPage(work, asked, filter, { offset, limit })
  return { of: basics(asked), people, next: people.length === limit ? offset + limit : null }
}

/** The same without pages, with what it rests on, for a file; `people` is undefined where they are more than `most`. */
export async function listAllOutOfSchool(work: Work, filter: OutOfSchoolFilter, most: number) {
  const asked = await resolveFilter(work, filter)
  const people = await childrenOnPage(work, asked, filter, { offset: 0, limit: most + 1 })
  return {
    of: basics(asked),
    coverage: await rollCoverageOf(work, asked),
    people: people.length > most ? undefined : people,
  }
}
