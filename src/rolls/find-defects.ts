import { hash } from 'node:crypto'
import { compareBirthDates } from '../names/dates/dates.ts'
import { findContradictions } from '../names/numbers/numbers.ts'
import type { Sex } from '../names/numbers/sex.ts'
import { compareNames } from '../names/spelling/spelling.ts'
import type { PartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type RollDefect, rollDefects } from './roll.ts'
import type { RollRow } from './row.ts'

/**
 * The register's data of a person, of the values that a roll can have wrong. Units are communes as on the roll's day.
 */
export type RegisterFacts = {
  readonly personId: Id<'person'>
  readonly fullName: string
  readonly birth: PartialDay
  readonly sex: Sex
  readonly number?: string | undefined
  readonly cancelled: readonly string[]
  readonly isDead: boolean
  readonly permanentCommunes: readonly string[]
  /** Those of every residence in force. */
  readonly communes: readonly string[]
  /** A case opens the person to be compared: of the number its end is known, of the residences the first. */
  readonly compared?: { readonly numberEnd?: string | undefined } | undefined
}

/** In the order in which defects are reported, each once. */
export const sortDefects = (unsorted: Iterable<RollDefect>): RollDefect[] => {
  const set = new Set(unsorted)
  return rollDefects.filter(defect => set.has(defect))
}

/**
 * Eleven digits lack a zero in front, unless one stands there: a spreadsheet takes all of them, so a digit was lost
 * elsewhere, save where the register knows the number that one more zero makes (of Hà Giang, 002).
 */
function numberKindOf({ numberKind, given, holderId }: RollRow): RollRow['numberKind'] {
  return numberKind === 'lost-zero' && given.number.replace(/\D/g, '').startsWith('0') && !holderId
    ? 'malformed'
    : numberKind
}

/** A line of which formulas gave errors alone: somebody may stand there, and nothing says who. */
const isNothingButErrors = ({ name, given }: RollRow) =>
  given.brokenCells === true && name === '' && given.birth === '' && given.number === ''

/** Defects of a row that do not depend on the person. */
export function defectsOfRowAlone(row: RollRow): RollDefect[] {
  const { encoding, given } = row
  const numberKind = numberKindOf(row)
  const found: RollDefect[] = []
  if (numberKind === 'missing' && !given.foreign && !isNothingButErrors(row)) found.push('number-missing')
  if (numberKind === 'malformed') found.push(given.numberCut ? 'number-cut' : 'number-malformed')
  if (numberKind === 'lost-zero') found.push('number-lost-zero')
  if (encoding) found.push('text-legacy-encoded')
  if (given.tooLong) found.push('text-too-long')
  if (given.brokenCells) found.push('cells-broken')
  if (given.doubt !== undefined) found.push('status-unclear')
  return found
}

/** Defects of a row that is not in the register. */
export function defectsWithoutPerson(row: RollRow): RollDefect[] {
  const number: RollDefect[] =
    row.number && numberKindOf(row) !== 'malformed'
      ? [row.holderId ? 'number-of-another-person' : 'number-differs']
      : []
  // Whom nobody can look for, and a foreigner, need no form for the register.
  const absent: RollDefect[] = isNothingButErrors(row) ? [] : [row.given.foreign ? 'foreigner' : 'not-in-register']
  return sortDefects([...defectsOfRowAlone(row), ...number, ...absent])
}

/** Defects of a row against the person it is. Duplicates are found elsewhere, since they depend on other rows. */
export function defectsAgainst(row: RollRow, person: RegisterFacts): RollDefect[] {
  return sortDefects([
    ...defectsOfRowAlone(row),
    ...numberDefects(row, person),
    ...nameDefects(row, person),
    ...birthDefects(row, person),
    ...(row.sex && row.sex !== person.sex ? (['sex-differs'] as const) : []),
    ...(isRegisteredElsewhere(row, person) ? (['residence-differs'] as const) : []),
    ...(contradictsRecord(person) ? (['number-contradicts-record'] as const) : []),
    ...(person.isDead ? (['deceased'] as const) : []),
  ])
}

function numberDefects(row: RollRow, person: RegisterFacts): RollDefect[] {
  const { number, holderId } = row
  if (!number || numberKindOf(row) === 'malformed' || isNumberOf(row, person)) return []
  if (person.cancelled.includes(number)) return ['number-cancelled']
  return [holderId && holderId !== person.personId ? 'number-of-another-person' : 'number-differs']
}

/** Whose a number is was found with the row; the reader need not see the person's. */
export const isNumberOf = ({ number, holderId }: RollRow, { number: own, personId, compared }: RegisterFacts) =>
  compared ? holderId === personId : number === own

function nameDefects({ name }: RollRow, { fullName }: RegisterFacts): RollDefect[] {
  if (name === '') return []
  const compared = compareNames(name, fullName)
  return compared === 'same' ? [] : [compared === 'marks-differ' ? 'name-marks-differ' : 'name-differs']
}

/** A date that the roll gives in part lacks something, whatever else; one that is given and no date differs. */
function birthDefects({ birth, birthUnreadable }: RollRow, person: RegisterFacts): RollDefect[] {
  if (!birth) return birthUnreadable ? ['birth-date-differs'] : []
  const compared = compareBirthDates(birth, person.birth)
  if (compared === 'same') return birth.d === undefined ? ['birth-date-partial'] : []
  if (compared === 'day-month-swapped') return ['birth-day-month-swapped']
  return [compared === 'partial' || birth.d === undefined ? 'birth-date-partial' : 'birth-date-differs']
}

/**
 * A residence is compared by its commune, where the text names one. A column that asks for the permanent residence is
 * compared with that one; any other with every residence in force, since "chỗ ở" may rightly be a temporary or the
 * present one.
 */
function isRegisteredElsewhere(row: RollRow, person: RegisterFacts): boolean {
  if (!row.communeId) return false
  const known = comparedCommunes(row, person)
  return known.length > 0 && !known.includes(row.communeId) && row.residenceSettled !== residencesKeyOf(row, person)
}

const comparedCommunes = ({ residenceKind }: RollRow, { permanentCommunes, communes }: RegisterFacts) =>
  residenceKind === 'permanent' && permanentCommunes.length > 0 ? permanentCommunes : communes

/** A UUID in form: of the same text always the same, and the text cannot be read from it. */
export function keyOfText(text: string): string {
  const hex = hash('sha256', text)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** A key of the residences that are compared: of the roll's commune and the register's. */
export const residencesKeyOf = (row: RollRow, person: RegisterFacts | undefined): string =>
  keyOfText(JSON.stringify(['residence', row.communeId, person ? comparedCommunes(row, person).toSorted() : []]))

/** Digits that speak against sex or year (domain.md 1.5): a reason to look, and maybe the register's own error. */
const contradictsRecord = ({ number, sex, birth }: RegisterFacts) =>
  number !== undefined && findContradictions(number, { sex, birthYear: birth.y }).length > 0
