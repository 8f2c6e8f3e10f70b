import type { RollField } from '../field.ts'
import { type ColumnProfile, profilesOf, shareOfKinds } from './column-profile.ts'
import type { GridRow } from './grid.ts'
import type { RollHeader } from './header-row.ts'
import type { Heading } from './heading-words.ts'

/** A column's field, and how that is known. */
export type FoundField = { readonly field: RollField; readonly by: 'header' | 'content' | 'person' }
export type ColumnFields = ReadonlyMap<number, FoundField>

const isSimple = (heading: Heading | undefined): heading is RollField =>
  heading !== undefined && heading !== 'number?' && heading !== 'none'

/** Columns by their header, then by what they hold where the header is silent, odd or ambiguous. */
export function columnsOf(header: RollHeader | undefined, rows: readonly GridRow[]): ColumnFields {
  const profiles = profilesOf(rows)
  const found = new Map<number, FoundField>()
  const set = (column: number, field: RollField, by: FoundField['by'] = 'header') => found.set(column, { field, by })
  for (const [column, heading] of header?.headings ?? []) if (isSimple(heading)) set(column, heading)
  const ambiguous = [...(header?.headings ?? [])]
    .filter(([, heading]) => heading === 'number?')
    .map(([column]) => column)

  resolveNumberColumns(found, ambiguous, profiles, set)
  resolveNameColumns(found, header, profiles, set)
  resolveBirthColumns(found)
  fillByContent(found, header, profiles, set)
  return found
}

type SetField = (column: number, field: RollField, by?: FoundField['by']) => void
type ColumnProfiles = ReadonlyMap<number, ColumnProfile>

const columnWith = (found: ColumnFields, ...fields: readonly RollField[]) =>
  [...found].find(([, one]) => fields.includes(one.field))?.[0]

/**
 * "Mã định danh" is the personal number unless its digits say the ministry; an old number's column is one for numbers
 * where none other is.
 */
function resolveNumberColumns(
  found: Map<number, FoundField>,
  ambiguous: readonly number[],
  profiles: ColumnProfiles,
  set: SetField,
) {
  for (const column of ambiguous) {
    const profile = profiles.get(column)
    const personal = shareOfKinds(profile, 'twelve-digits', 'nine-digits')
    set(column, shareOfKinds(profile, 'long-id') > Math.max(0.3, personal) ? 'ministry-id' : 'number', 'content')
  }
  const all = [...found].filter(([, { field }]) => field === 'number').map(([column]) => column)
  const digits = (column: number) => shareOfKinds(profiles.get(column), 'twelve-digits', 'nine-digits', 'long-id')
  // "Thẻ CCCD: đã có" stands beside the number itself.
  if (all.length > 1 && all.some(column => digits(column) > 0.3))
    for (const column of all) if (digits(column) < 0.1) found.delete(column)
  if (columnWith(found, 'number') === undefined) {
    const old = columnWith(found, 'old-number')
    const ministry = [...found].find(
      ([column, { field }]) => field === 'ministry-id' && shareOfKinds(profiles.get(column), 'twelve-digits') > 0.6,
    )
    if (old !== undefined) set(old, 'number')
    else if (ministry) set(ministry[0], 'number', 'content')
  }
}

/** "Tên" over whole names is the name; "Họ và tên" over two columns is the names before and the given name. */
function resolveNameColumns(
  found: Map<number, FoundField>,
  header: RollHeader | undefined,
  profiles: ColumnProfiles,
  set: SetField,
) {
  const [name, given] = [columnWith(found, 'name'), columnWith(found, 'given')]
  const middle = columnWith(found, 'family-middle')
  if (name !== undefined && given === undefined && middle === undefined) {
    const next = name + 1
    const isGiven = !found.has(next) && !header?.words.get(next) && shareOfKinds(profiles.get(next), 'word') > 0.7
    if (isGiven) {
      set(name, 'family-middle')
      set(next, 'given', 'content')
    }
  } else if (given !== undefined && middle === undefined) {
    const before = name ?? given - 1
    const beforeIsFamily = name !== undefined && given === name + 1 && shareOfKinds(profiles.get(given), 'word') > 0.6
    if (beforeIsFamily) set(before, 'family-middle')
    else if (name !== undefined) found.delete(given)
    else if (shareOfKinds(profiles.get(given), 'names') > 0.5) set(given, 'name', 'content')
    else if (
      !found.has(before) &&
      !header?.words.get(before) &&
      shareOfKinds(profiles.get(before), 'names', 'word') > 0.6
    )
      set(before, 'family-middle', 'content')
  } else if (middle !== undefined && given === undefined) {
    const next = middle + 1
    if (name !== undefined) found.delete(middle)
    else if (!found.has(next) && shareOfKinds(profiles.get(next), 'word') > 0.6) set(next, 'given', 'content')
    else set(middle, 'name')
  } else if (middle !== undefined && given !== undefined && name !== undefined) found.delete(name)
  else if (
    middle !== undefined &&
    given === middle + 2 &&
    !found.has(middle + 1) &&
    shareOfKinds(profiles.get(middle + 1), 'names', 'word') > 0.6
  )
    // Họ | … | Tên: the column between is the middle name, under any heading.
    set(middle + 1, 'family-middle', 'content')
}

/** A year of birth alone is all the birth date there is; day, month and year in three columns belong together. */
function resolveBirthColumns(found: Map<number, FoundField>) {
  const at = (field: RollField) => columnWith(found, field)
  const rename = (from: RollField, to: RollField) => {
    const column = at(from)
    const one = column === undefined ? undefined : found.get(column)
    if (column !== undefined && one) found.set(column, { ...one, field: to })
  }
  if (at('birth-day') !== undefined && at('birth-year') === undefined && at('birth-male') !== undefined)
    rename('birth-male', 'birth-year')
  if (at('birth-month') !== undefined && at('birth-year') !== undefined && at('birth') !== undefined)
    rename('birth', 'birth-day')
  if (at('birth-day') !== undefined && at('birth-month') !== undefined) return
  if (at('birth') === undefined && at('birth-male') === undefined) {
    if (at('birth-day') !== undefined) rename('birth-day', 'birth')
    else rename('birth-year', 'birth')
  }
  for (const field of ['birth-day', 'birth-month', 'birth-year'] as const) {
    const column = at(field)
    if (column !== undefined) found.delete(column)
  }
}

/**
 * Fields that the header does not name: the best column by content, among those without a heading or with an unknown
 * one.
 */
function fillByContent(
  found: Map<number, FoundField>,
  header: RollHeader | undefined,
  profiles: ColumnProfiles,
  set: SetField,
) {
  const open = () =>
    [...profiles.values()]
      .filter(({ column }) => !found.has(column) && header?.headings.get(column) !== 'none')
      .sort((a, b) => a.column - b.column)
  const most = Math.max(0, ...[...profiles.values()].map(({ filled }) => filled))
  const first = (least: number, ...kinds: Parameters<typeof shareOfKinds>[1][]) =>
    open().find(profile => shareOfKinds(profile, ...kinds) >= least && profile.filled >= most * 0.3)?.column
  const lacks = (...fields: readonly RollField[]) => columnWith(found, ...fields) === undefined
  const take = (field: RollField, column: number | undefined) => {
    if (column !== undefined) set(column, field, 'content')
  }

  if (lacks('number')) take('number', first(0.6, 'twelve-digits'))
  if (lacks('birth', 'birth-male', 'birth-female', 'birth-day'))
    take('birth', first(0.6, 'date') ?? (header ? first(0.8, 'date', 'year') : undefined))
  if (lacks('name', 'given')) {
    const name = first(0.7, 'names')
    const given =
      name === undefined
        ? undefined
        : open().find(profile => profile.column === name + 1 && shareOfKinds(profile, 'word') > 0.8)?.column
    take(given === undefined ? 'name' : 'family-middle', name)
    take('given', given)
  }
  if (lacks('sex', 'female', 'male', 'birth-male')) take('sex', first(0.6, 'sex'))
  if (lacks('residence', 'residence-permanent', 'commune')) take('residence', first(0.6, 'address'))
  if (lacks('class')) take('class', first(0.8, 'class'))
  if (!header && lacks('index')) take('index', first(0.9, 'counting'))
}

/** Where there is no header: columns of names beside dates or numbers are a roll, anything else is not. */
export function isRoll(found: ColumnFields): boolean {
  const has = (...fields: readonly RollField[]) => columnWith(found, ...fields) !== undefined
  return (
    has('name', 'given', 'family-middle') &&
    has(
      'birth',
      'birth-day',
      'birth-male',
      'birth-female',
      'number',
      'sex',
      'female',
      'class',
      'index',
      'father',
      'phone',
    )
  )
}
