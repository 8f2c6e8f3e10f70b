import { hash } from 'node:crypto'
import { compareNames, foldTone, isPlausibleName, titleCase } from '../../names/name.ts'
import { findContradictions, parseNumber } from '../../names/numbers/numbers.ts'
import { type Day, formatPartialDay, type PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { defectsAgainst, type RegisterFacts, sortDefects } from '../defect.ts'
import type { RollDefect, RollId } from '../roll.ts'
import type { RollRow } from '../row.ts'
import type { BlockedStep, FollowUpEvidence, FollowUpOwner, FollowUpState } from './errand-word.ts'

export type FollowUpId = Id<'errand'>

/**
 * A follow-up: one defect of one pupil that blocks something, until it is settled. The values of both sides stand in
 * the row and in the register, not here.
 */
export type FollowUp = {
  readonly id: FollowUpId
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  /** The roll and the row on which it was last seen. */
  readonly rollId: RollId
  readonly place: number
  /** The pupil's entry, the same on the next roll. */
  readonly rowId: string
  readonly personId?: Id<'person'> | undefined
  readonly defect: RollDefect
  readonly evidence: FollowUpEvidence
  /** A key of the values of both sides: an answer holds for these alone. */
  readonly about: string
  readonly owner: FollowUpOwner
  readonly ownerUnitId?: Id<'unit'> | undefined
  readonly correctionId?: string | undefined
  readonly dueOn: Day
  readonly state: FollowUpState
  readonly said?: 'papers' | 'register' | undefined
  readonly saidOn?: Day | undefined
  readonly papers?: string | undefined
  readonly correctedOn?: Day | undefined
  readonly madeOn: Day
}

type OwnerRule = {
  /** What it blocks; a defect that blocks nothing is reported, and has no owner. */
  readonly stops: readonly BlockedStep[]
  /** No evidence supports either side. */
  readonly silent: FollowUpOwner
  /** Evidence is for the roll, so the register is likelier wrong. */
  readonly forRoll: FollowUpOwner
  /** Evidence is for the register. */
  readonly forRegister: FollowUpOwner
  /** The row is nobody of the register: with something in the place of the number, or with nothing. */
  readonly nobody: FollowUpOwner
  readonly numberless: FollowUpOwner
  /** The school has seen papers that confirm the roll; absent where papers decide nothing. */
  readonly papers?: FollowUpOwner
}

const allSteps: readonly BlockedStep[] = ['card', 'account', 'exam']
const examOnly: readonly BlockedStep[] = ['exam']
const noSteps: readonly BlockedStep[] = []

/**
 * The owner of each defect, by the side that the evidence supports. Without evidence the school comes first: it has the
 * pupil and the papers at hand, and the register is the older record. The ward comes first where the register
 * contradicts itself (domain.md 1.5), and where the papers have been seen: data are corrected there before a card is
 * issued (2E, 2.10). The family comes first where the school has no paper at all (6.1).
 */
export const ownerRules: Record<RollDefect, OwnerRule> = {
  // Trailing comments cite domain.md.
  'number-missing': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'family',
  }, // 6.1, 6.2
  'number-malformed': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 1.9, 6.5
  'number-lost-zero': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 1.9
  'number-differs': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 1.6, 6.5
  'number-of-another-person': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.5
  'number-cancelled': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 1.5
  'number-contradicts-record': {
    stops: allSteps,
    silent: 'ward',
    forRoll: 'ward',
    forRegister: 'ward',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 1.5, 1.6
  'name-differs': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.4, 6.5
  'name-marks-differ': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.5, 9.4
  'birth-day-month-swapped': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.5, 9.7
  'birth-date-partial': {
    stops: examOnly,
    silent: 'family',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'family',
    numberless: 'family',
    papers: 'ward',
  }, // 6.8, 9.7
  'birth-date-differs': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.4
  'sex-differs': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.4
  'residence-differs': {
    stops: noSteps,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 6.10: compared by attendance
  'text-legacy-encoded': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 9.5
  deceased: {
    stops: allSteps,
    silent: 'ward',
    forRoll: 'ward',
    forRegister: 'ward',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 8
  'duplicate-in-roll': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 6.5
  'duplicate-across-schools': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 6.5
  'not-in-register': {
    stops: allSteps,
    silent: 'family',
    forRoll: 'family',
    forRegister: 'family',
    nobody: 'school',
    numberless: 'family',
    papers: 'family',
  }, // 2E.3a, 6.1
}

export const blocksSomeStep = (defect: RollDefect) => ownerRules[defect].stops.length > 0

/** Which column of the table a piece of evidence stands for. */
const columnOf: Record<
  Exclude<FollowUpEvidence, 'papers' | 'register'>,
  'silent' | 'forRoll' | 'forRegister' | 'nobody' | 'numberless'
> = {
  silent: 'silent',
  'roll-alone': 'silent',
  'register-against-itself': 'silent',
  'register-consistent': 'forRegister',
  'digits-for-roll': 'forRoll',
  'roll-gives-more': 'forRoll',
  'another-roll-agrees': 'forRoll',
  'digits-for-register': 'forRegister',
  'register-gives-more': 'forRegister',
  nobody: 'nobody',
  numberless: 'numberless',
}

/** The owner of a defect by its evidence. A value that the police have confirmed goes back to the school. */
export function followUpOwnerOf(defect: RollDefect, evidence: FollowUpEvidence): FollowUpOwner {
  const rule = ownerRules[defect]
  if (evidence === 'register') return 'school'
  if (evidence === 'papers') return rule.papers ?? rule.silent
  return rule[columnOf[evidence]]
}

/** Whether the school can answer that the papers show what it wrote. */
export const mayInsist = (defect: RollDefect) => ownerRules[defect].papers !== undefined

/** Where two sides say different things of one value: the texts of both, as they stand. */
export type RollAndRegister = {
  readonly field: 'number' | 'name' | 'birth' | 'sex' | 'life' | 'none'
  readonly roll: string
  readonly register: string
}

const birthOnRoll = (birth: PartialDay | undefined, given: string) => (birth ? formatPartialDay(birth) : given)

const comparedFieldOf: Record<RollDefect, RollAndRegister['field']> = {
  'number-missing': 'number',
  'number-malformed': 'number',
  'number-lost-zero': 'number',
  'number-differs': 'number',
  'number-of-another-person': 'number',
  'number-cancelled': 'number',
  'number-contradicts-record': 'number',
  'name-differs': 'name',
  'name-marks-differ': 'name',
  'text-legacy-encoded': 'name',
  'birth-day-month-swapped': 'birth',
  'birth-date-partial': 'birth',
  'birth-date-differs': 'birth',
  'sex-differs': 'sex',
  deceased: 'life',
  'residence-differs': 'none',
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
    none: ['', ''],
  }
  const [roll, register] = said[field]
  return { field, roll, register }
}

/** A key of an answer's values that does not repeat them: the answer holds until one of them changes. */
export function valuesKeyOf(defect: RollDefect, row: RollRow, person: RegisterFacts | undefined): string {
  const { roll, register } = rollAndRegisterOf(defect, row, person)
  // The number is contradicted by other values of the record, and by the roll's.
  const beside =
    defect === 'number-contradicts-record' && person
      ? [row.sex, person.sex, row.birth?.y, formatPartialDay(person.birth)]
      : [row.outcome === 'not-found' ? 'nobody' : '']
  const hex = hash('sha256', JSON.stringify([defect, roll, register, ...beside]))
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/**
 * The defects of a row against the register as it is now, of those that block something. Duplicates depend on other
 * rows, and are taken as they were found.
 */
export function currentDefects(row: RollRow, person: RegisterFacts | undefined): RollDefect[] {
  const now = person && new Set(defectsAgainst(row, person))
  const holds = (defect: RollDefect) => !now || defect.startsWith('duplicate-') || now.has(defect)
  return sortDefects(row.defects).filter(defect => blocksSomeStep(defect) && holds(defect))
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
  'number-lost-zero',
  'text-legacy-encoded',
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
