import { readBirthDate } from '../names/dates/dates.ts'
import { longestWritten } from '../names/law.ts'
import { isPlausibleName } from '../names/name.ts'
import { readName } from '../names/names.ts'
import { parseNumber } from '../names/numbers/numbers.ts'
import { readSex, type Sex } from '../names/numbers/sex.ts'
import { type PartialDay, parsePartialDay } from '../platform/day.ts'

/** The data that a party gives about a person, as they are read. Pure. */

/** In the order in which answers name them. */
export const fields = ['person_number', 'full_name', 'birth_date', 'sex'] as const
export type CheckField = (typeof fields)[number]

/** A row as it came: texts of whatever kind. */
export type RawCheck = Readonly<Partial<Record<CheckField, unknown>>>

export type CheckRequest = {
  /** Twelve digits. */
  readonly number: string
  /** As it was written, and as it reads where it came in a legacy encoding. */
  readonly names: readonly string[]
  readonly birth: PartialDay
  readonly sex?: Sex
}

/** A fault of a field; `should` is a key of words.ts. */
export type WrongField = { readonly field: CheckField; readonly should: 'number' | 'name' | 'birth-date' | 'sex' }

/**
 * ISO 8601, whole or in part, or the day first with all four digits of the year: what can be read in two ways is not
 * taken.
 */
const dateShape = /^\s*(?:\d{4}-\d{2}(?:-\d{2})?|\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4})\s*$/

function readBirth(value: unknown): PartialDay | undefined {
  if (typeof value !== 'string') return undefined
  const iso = parsePartialDay(value)
  if (iso) return iso.y >= 1850 && iso.y <= 2150 ? iso : undefined
  if (!dateShape.test(value)) return undefined
  // Of 13/25/2005 and 05/13/2005 neither is a day of the calendar with the day first.
  const [, day, month] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\s*$/.exec(value) ?? []
  if (day !== undefined && (Number(day) < 1 || Number(month) < 1 || Number(month) > 12)) return undefined
  const read = readBirthDate(value)
  return read.kind === 'day' || read.kind === 'partial' ? read.day : undefined
}

function readNames(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string' || value.length > longestWritten.name) return undefined
  const { name, plausible } = readName(value)
  if (isPlausibleName(value)) return plausible && name !== value ? [value, name] : [value]
  return plausible ? [name] : undefined
}

const isAbsent = (value: unknown) => value === undefined || value === null || value === ''

/** Reads a row. Returns all its faults at once. */
export function readCheckRequest(raw: RawCheck): CheckRequest | { readonly wrong: readonly WrongField[] } {
  const wrong: WrongField[] = []
  const number = typeof raw.person_number === 'string' ? parseNumber(raw.person_number) : undefined
  if (number?.kind !== 'number') wrong.push({ field: 'person_number', should: 'number' })
  const names = readNames(raw.full_name)
  if (!names) wrong.push({ field: 'full_name', should: 'name' })
  const birth = readBirth(raw.birth_date)
  if (!birth) wrong.push({ field: 'birth_date', should: 'birth-date' })
  const sex = isAbsent(raw.sex) || typeof raw.sex !== 'string' ? undefined : readSex(raw.sex)
  if (!isAbsent(raw.sex) && !sex) wrong.push({ field: 'sex', should: 'sex' })
  if (number?.kind !== 'number' || !names || !birth || wrong.length > 0) return { wrong }
  return { number: number.number, names, birth, ...(sex && { sex }) }
}
