import { compareBirthDates } from '../names/dates/dates.ts'
import { compareNames } from '../names/name.ts'
import { contradictions } from '../names/numbers/numbers.ts'
import type { Sex } from '../names/numbers/sex.ts'
import type { PartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Defect, defects } from './roll.ts'
import type { RollRow } from './row.ts'

/**
 * The register's data of a person, of the values that a roll can have wrong. Units are communes as on the roll's day.
 */
export type Facts = {
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
}

/** In the order in which defects are reported, each once. */
export const inOrder = (found: Iterable<Defect>): Defect[] => {
  const set = new Set(found)
  return defects.filter(defect => set.has(defect))
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

/** Defects of a row that do not depend on the person. */
export function ownDefects(row: RollRow): Defect[] {
  const { encoding } = row
  const numberKind = numberKindOf(row)
  const found: Defect[] = []
  if (numberKind === 'missing') found.push('number-missing')
  if (numberKind === 'malformed') found.push('number-malformed')
  if (numberKind === 'lost-zero') found.push('number-lost-zero')
  if (encoding) found.push('text-legacy-encoded')
  return found
}

/** Defects of a row that is not in the register. */
export function strangerDefects(row: RollRow): Defect[] {
  const number: Defect[] =
    row.number && numberKindOf(row) !== 'malformed'
      ? [row.holderId ? 'number-of-another-person' : 'number-differs']
      : []
  return inOrder([...ownDefects(row), ...number, 'not-in-register'])
}

/** Defects of a row against the person it is. Duplicates are found elsewhere, since they depend on other rows. */
export function defectsAgainst(row: RollRow, person: Facts): Defect[] {
  return inOrder([
    ...ownDefects(row),
    ...numberDefects(row, person),
    ...nameDefects(row, person),
    ...birthDefects(row, person),
    ...(row.sex && row.sex !== person.sex ? (['sex-differs'] as const) : []),
    ...(livesElsewhere(row, person) ? (['residence-differs'] as const) : []),
    ...(contradictsRecord(person) ? (['number-contradicts-record'] as const) : []),
    ...(person.isDead ? (['deceased'] as const) : []),
  ])
}

function numberDefects(row: RollRow, person: Facts): Defect[] {
  const { number, holderId } = row
  if (!number || numberKindOf(row) === 'malformed' || number === person.number) return []
  if (person.cancelled.includes(number)) return ['number-cancelled']
  return [holderId && holderId !== person.personId ? 'number-of-another-person' : 'number-differs']
}

function nameDefects({ name }: RollRow, { fullName }: Facts): Defect[] {
  if (name === '') return []
  const compared = compareNames(name, fullName)
  return compared === 'same' ? [] : [compared === 'marks-differ' ? 'name-marks-differ' : 'name-differs']
}

/** A date that the roll gives in part lacks something, whatever else; one that is given and no date differs. */
function birthDefects({ birth, birthUnreadable }: RollRow, person: Facts): Defect[] {
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
function livesElsewhere({ communeId, residenceKind }: RollRow, { permanentCommunes, communes }: Facts): boolean {
  if (!communeId) return false
  const known = residenceKind === 'permanent' && permanentCommunes.length > 0 ? permanentCommunes : communes
  return known.length > 0 && !known.includes(communeId)
}

/** Digits that speak against sex or year (domain.md 1.5): a reason to look, and maybe the register's own error. */
const contradictsRecord = ({ number, sex, birth }: Facts) =>
  number !== undefined && contradictions(number, { sex, birthYear: birth.y }).length > 0
