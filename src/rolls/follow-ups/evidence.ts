import { foldTone, isPlausibleName, titleCase } from '../../names/name.ts'
import { findContradictions, parseNumber } from '../../names/numbers/numbers.ts'
import { compareNames } from '../../names/spelling/spelling.ts'
import { formatPartialDay, type PartialDay } from '../../platform/day.ts'
import { defectsAgainst, keyOfText, type RegisterFacts, residencesKeyOf, sortDefects } from '../find-defects.ts'
import type { RollDefect } from '../roll.ts'
import type { RollRow } from '../row.ts'
import type { FollowUpEvidence } from './evidence-code.ts'
import { opensFollowUp } from './owner-rule.ts'

/** Where two sides say different things of one value: the texts of both, as they stand. */
export type RollAndRegister = {
  readonly field: 'number' | 'name' | 'birth' | 'sex' | 'life' | 'residence' | 'none'
  readonly roll: string
  readonly register: string
}

const birthOnRoll = (birth: PartialDay | undefined, given: string) => (birth ? formatPartialDay(birth) : given)

const comparedFieldOf: Record<RollDefect, RollAndRegister['field']> = {
  'number-missing': 'number',
  'number-malformed': 'number',
  'number-cut': 'number',
  'number-lost-zero': 'number',
  'number-differs': 'number',
  'number-of-another-person': 'number',
  'number-cancelled': 'number',
  'number-contradicts-record': 'number',
  'name-differs': 'name',
  'name-marks-differ': 'name',
  'text-legacy-encoded': 'name',
  'text-too-long': 'none',
  'cells-broken': 'none',
  'status-unclear': 'none',
  foreigner: 'none',
  'birth-day-month-swapped': 'birth',
  'birth-date-partial': 'birth',
  'birth-date-differs': 'birth',
  'sex-differs': 'sex',
  deceased: 'life',
  'residence-differs': 'residence',
  'duplicate-in-roll': 'none',
  'duplicate-across-schools': 'none',
  'not-in-register': 'none',
}

/**
 * The values of roll and register behind a defect. The register's side is empty where it has no person, or the reader
 * may not see the person.
 */
export function rollAndRegisterOf(
  defect: RollDefect,
  row: RollRow,
  person: RegisterFacts | undefined,
): RollAndRegister {
  const field = comparedFieldOf[defect]
  const said: Record<RollAndRegister['field'], readonly [roll: string, register: string]> = {
    number: [row.numberKind === 'number' ? (row.number ?? '') : row.given.number, person?.number ?? ''],
    name: [row.name, person?.fullName ?? ''],
    birth: [birthOnRoll(row.birth, row.given.birth), person ? formatPartialDay(person.birth) : ''],
    sex: [row.sex ?? '', person?.sex ?? ''],
    life: ['alive', person ? (person.isDead ? 'dead' : 'alive') : ''],
    // Communes, which are shown by name (describeResidences).
    residence: ['', ''],
    none: ['', ''],
  }
  const [roll, register] = said[field]
  return { field, roll, register }
}

/** A key of an answer's values that does not repeat them: the answer holds until one of them changes. */
export function valuesKeyOf(defect: RollDefect, row: RollRow, person: RegisterFacts | undefined): string {
  if (defect === 'residence-differs') return residencesKeyOf(row, person)
  const { roll, register } = rollAndRegisterOf(defect, row, person)
  // The number is contradicted by other values of the record, and by the roll's.
  const beside =
    defect === 'number-contradicts-record' && person
      ? [row.sex, person.sex, row.birth?.y, formatPartialDay(person.birth)]
      : [row.outcome === 'not-found' ? 'nobody' : '']
  return keyOfText(JSON.stringify([defect, roll, register, ...beside]))
}

/**
 * The defects of a row against the register as it is now, of those that somebody has to act on. Duplicates depend
 * on other
 * rows, and are taken as they were found.
 */
export function currentDefects(row: RollRow, person: RegisterFacts | undefined): RollDefect[] {
  const now = person && new Set(defectsAgainst(row, person))
  const holds = (defect: RollDefect) => !now || defect.startsWith('duplicate-') || now.has(defect)
  return sortDefects(row.defects).filter(defect => opensFollowUp(defect) && holds(defect))
}

type NumberDigits = { readonly sex: 'M' | 'F'; readonly year: number }

/**
 * Sex and year of birth in the digits of the register's number, which were set at birth registration (domain.md 1.1).
 */
function numberDigitsOf({ number }: RegisterFacts): NumberDigits | undefined {
  const reading = parseNumber(number)
  return reading.kind === 'number' ? { sex: reading.sex, year: reading.yearOfBirth } : undefined
}

type SupportedSide = 'roll' | 'register' | undefined
const supportedSideOf = <T>(digits: T, roll: T | undefined, register: T): SupportedSide =>
  roll === undefined || roll === register
    ? undefined
    : digits === roll
      ? 'roll'
      : digits === register
        ? 'register'
        : undefined

const birthDefectNames: readonly RollDefect[] = ['birth-day-month-swapped', 'birth-date-differs', 'birth-date-partial']

/**
 * Which side the number's digits speak for. A roll gives no place of birth registration, so sex, century and year are
 * all there is to hold.
 */
function sideOfDigits(defect: RollDefect, row: RollRow, person: RegisterFacts): SupportedSide {
  const digits = numberDigitsOf(person)
  if (!digits) return undefined
  const bySex = supportedSideOf(digits.sex, row.sex, person.sex)
  const byYear = supportedSideOf(digits.year, row.birth?.y, person.birth.y)
  if (defect === 'sex-differs') return bySex
  if (birthDefectNames.includes(defect)) return byYear
  return defect === 'number-contradicts-record' && (bySex === 'roll' || byYear === 'roll') ? 'roll' : undefined
}

/** What another school's roll says of the same person: a source of its own. */
export type SecondSource = Pick<RollRow, 'name' | 'birth' | 'sex'>

const isSupported = (defect: RollDefect, row: RollRow, source: SecondSource): boolean => {
  const field = comparedFieldOf[defect]
  if (field === 'name') return defect !== 'text-legacy-encoded' && compareNames(row.name, source.name) === 'same'
  if (field === 'sex') return row.sex !== undefined && row.sex === source.sex
  if (field !== 'birth' || !row.birth?.d || !source.birth?.d) return false
  return formatPartialDay(row.birth) === formatPartialDay(source.birth)
}

/** Defects that do not depend on the register. */
const defectsOfRollAlone: readonly RollDefect[] = [
  'number-missing',
  'number-malformed',
  'number-cut',
  'number-lost-zero',
  'text-legacy-encoded',
  'text-too-long',
  'cells-broken',
  'status-unclear',
  'duplicate-in-roll',
  'duplicate-across-schools',
]

const isConsistent = ({ number, sex, birth }: RegisterFacts) =>
  number !== undefined && findContradictions(number, { sex, birthYear: birth.y }).length === 0

/** Which side of a defect the evidence supports, apart from people's answers. Without evidence it is 'silent'. */
export function evidenceOf(
  defect: RollDefect,
  row: RollRow,
  person: RegisterFacts | undefined,
  secondSources: readonly SecondSource[] = [],
): FollowUpEvidence {
  if (row.outcome === 'not-found') return row.numberKind === 'missing' ? 'numberless' : 'nobody'
  if (defectsOfRollAlone.includes(defect)) return 'roll-alone'
  if (!person) return 'silent'
  if (defect.startsWith('number-') && defect !== 'number-contradicts-record')
    return isConsistent(person) ? 'register-consistent' : 'silent'
  if (defect === 'birth-date-partial' && !row.birth?.d) return person.birth.d ? 'register-gives-more' : 'silent'
  const side = sideOfDigits(defect, row, person)
  if (side) return side === 'roll' ? 'digits-for-roll' : 'digits-for-register'
  if (defect === 'birth-date-partial') return 'roll-gives-more'
  if (defect === 'number-contradicts-record') return 'register-against-itself'
  return secondSources.some(witness => isSupported(defect, row, witness)) ? 'another-roll-agrees' : 'silent'
}

/**
 * The name on the roll; a word that differs only in the place of its tone stays as the register writes it (domain.md
 * 9.4).
 */
function mergedName(written: string, registered: string): string {
  const [words, known] = [titleCase(written).split(' '), registered.split(' ')]
  const isSame = (word: string, i: number) =>
    words.length === known.length && foldTone(word) === foldTone(known[i] ?? '')
  return words.map((word, i) => (isSame(word, i) ? (known[i] ?? word) : word)).join(' ')
}

/** The value of the register if the roll is right, for a correction; undefined where there is nothing to propose. */
export function proposedCorrection(
  defect: RollDefect,
  row: RollRow,
  person: RegisterFacts,
): { readonly field: 'full_name' | 'birth_date' | 'sex' | 'life_status'; readonly value: string } | undefined {
  const field = comparedFieldOf[defect]
  if (field === 'life') return { field: 'life_status', value: 'alive' }
  if (field === 'name' && isPlausibleName(row.name))
    return { field: 'full_name', value: mergedName(row.name, person.fullName) }
  if (field === 'birth' && row.birth?.d) return { field: 'birth_date', value: formatPartialDay(row.birth) }
  if (field === 'sex' && row.sex) return { field: 'sex', value: row.sex }
  if (defect !== 'number-contradicts-record') return undefined
  const digits = numberDigitsOf(person)
  if (row.sex && row.sex !== person.sex && row.sex === digits?.sex) return { field: 'sex', value: row.sex }
  if (row.birth?.d && row.birth.y !== person.birth.y && row.birth.y === digits?.year)
    return { field: 'birth_date', value: formatPartialDay(row.birth) }
  return undefined
}
