import { hash } from 'node:crypto'
import { findContradictions, parseNumber, type Sex } from '../../names/numbers/numbers.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { type PartialDay, parseDay, parsePartialDay } from '../../platform/day.ts'
import type { FoldedName } from '../folded-name.ts'

/** The columns of persons.csv (interfaces.md); everything after `sex` may be empty or missing. */
export const personColumns = [
  'person_number',
  'full_name',
  'birth_date',
  'sex',
  'birth_registration_code',
  'ethnicity',
  'religion',
  'nationality',
  'hometown',
  'residence_unit',
  'residence_address',
  'residence_kind',
  'residence_from',
  'household_number',
  'household_relation',
  'father_number',
  'father_name',
  'mother_number',
  'mother_name',
  'old_number',
  'cancelled_numbers',
  'phone',
  'life_status',
] as const

export type PersonColumn = (typeof personColumns)[number]
export const requiredColumns: readonly PersonColumn[] = personColumns.slice(0, 4)

/** Why a row is not taken. Each has its sentence in words.ts. */
export type RowRejection =
  | 'row-broken'
  | 'text-broken'
  | 'number-missing'
  | 'number-malformed'
  | 'number-twice'
  | 'name-missing'
  | 'birth-date-impossible'
  | 'birth-date-in-future'
  | 'sex-unknown'
  | 'birth-registration-code-malformed'
  | 'residence-unit-unknown'
  | 'residence-kind-unknown'
  | 'residence-day-impossible'
  | 'parent-number-malformed'
  | 'old-number-malformed'
  | 'cancelled-number-malformed'
  | 'life-status-unknown'

/** What is strange in a row that is still imported. */
export type RowWarning =
  | 'number-contradicts-sex'
  | 'number-contradicts-birth-year'
  | 'number-contradicts-birth-place'
  | 'phone-malformed'

/** The columns of the staging table, in the order of `ReadRow.values`. */
export const stagedColumns = [
  'source_hash',
  'number',
  'full_name',
  'name_tone',
  'name_ascii',
  'family_ascii',
  'given_ascii',
  'sort_key',
  'words',
  'birth_y',
  'birth_m',
  'birth_d',
  'sex',
  'birth_registration_code',
  'ethnicity',
  'religion',
  'nationality',
  'hometown',
  'unit_id',
  'address',
  'residence_kind',
  'residence_from',
  'household_number',
  'household_relation',
  'father_number',
  'father_name',
  'father_ascii',
  'father_y',
  'mother_number',
  'mother_name',
  'mother_ascii',
  'mother_y',
  'old_number',
  'cancelled_numbers',
  'phone',
  'life_status',
] as const

type StagedPersonRow = {
  readonly number: string
  readonly values: readonly (string | number | null)[]
  readonly warnings: readonly RowWarning[]
}

export type RowReader = (row: readonly string[]) => StagedPersonRow | RowRejection

const sexes: Readonly<Record<string, Sex>> = { M: 'M', F: 'F' }
const residenceKinds = new Set(['permanent', 'temporary', 'current'])
const lifeStatesInFile = new Set(['alive', 'dead', 'missing'])
const twelveDigitPattern = /^\d{12}$/
const contradiction = {
  sex: 'number-contradicts-sex',
  'birth-year': 'number-contradicts-birth-year',
  'birth-place': 'number-contradicts-birth-place',
} as const

type ParentCells = readonly [number: string | null, name: string | null, ascii: string | null, year: number | null]
const noParent: ParentCells = [null, null, null, null]

/** The first digits of a number give the year of birth, which is right for nearly everyone (domain.md 1.2). */
const birthYearInNumber = (number: string) =>
  1900 + 100 * Math.floor(Number(number.charAt(3)) / 2) + Number(number.slice(4, 6))

function cancelledNumberIn(text: string, number: string): string | null | undefined {
  if (text === '') return null
  const numbers = [...new Set(text.split(';').map(each => each.trim()))].filter(each => each !== '' && each !== number)
  return numbers.every(each => twelveDigitPattern.test(each)) ? numbers.join(';') || null : undefined
}

export type RowReaderOptions = {
  /** The column names of the file, in its order. */
  readonly header: readonly string[]
  readonly fold: (text: string) => FoldedName | undefined
  /** The unit that bears a code on the day of the file. */
  readonly unitOf: (code: string) => string | undefined
  /** Nobody is born after it. */
  readonly asOf: string
}

/**
 * Reads one row after another: the staged row, or why it is rejected. Digits of the number that contradict the record
 * are a warning, never a rejection (NĐ70/2024 Art. 11).
 */
export function rowReader({ header, fold, unitOf, asOf }: RowReaderOptions): RowReader {
  const at = Object.fromEntries(personColumns.map(column => [column, header.indexOf(column)])) as Record<
    PersonColumn,
    number
  >
  const ordered = personColumns.every((column, i) => header[i] === column) && header.length === personColumns.length
  const days = new Map<string, PartialDay | undefined>()
  const birthOf = (text: string) => {
    if (days.has(text)) return days.get(text)
    const day = parsePartialDay(text)
    if (day) days.set(text, day)
    return day
  }

  const parent = (number: string, written: string): ParentCells | undefined => {
    if (number === '' && written === '') return noParent
    if (number !== '' && !twelveDigitPattern.test(number)) return undefined
    const name = written === '' ? undefined : fold(written)
    return [number || null, name?.name ?? null, name?.ascii ?? null, number === '' ? null : birthYearInNumber(number)]
  }

  return row => {
    const cell = (column: PersonColumn) => row[at[column]] ?? ''
    const number = cell('person_number')
    if (number === '') return 'number-missing'
    if (!twelveDigitPattern.test(number))
      return parseNumber(number).kind === 'missing' ? 'number-missing' : 'number-malformed'

    const name = fold(cell('full_name'))
    if (!name) return 'name-missing'
    const birth = birthOf(cell('birth_date'))
    if (!birth || birth.y < 1850 || birth.y > 2200) return 'birth-date-impossible'
    if (cell('birth_date') > asOf) return 'birth-date-in-future'
    const sex = sexes[cell('sex')]
    if (!sex) return 'sex-unknown'
    const registered = cell('birth_registration_code')
    if (registered !== '' && !/^\d{3}$/.test(registered)) return 'birth-registration-code-malformed'

    const unitCode = cell('residence_unit')
    const unit = unitCode === '' ? null : unitOf(unitCode)
    if (unit === undefined) return 'residence-unit-unknown'
    const kind = cell('residence_kind') || 'permanent'
    if (!residenceKinds.has(kind)) return 'residence-kind-unknown'
    const from = cell('residence_from')
    if (from !== '' && !parseDay(from)) return 'residence-day-impossible'

    const father = parent(cell('father_number'), cell('father_name'))
    const mother = parent(cell('mother_number'), cell('mother_name'))
    if (!father || !mother) return 'parent-number-malformed'
    const oldNumber = cell('old_number')
    if (oldNumber !== '' && !/^\d{9}$/.test(oldNumber)) return 'old-number-malformed'
    const cancelled = cancelledNumberIn(cell('cancelled_numbers'), number)
    if (cancelled === undefined) return 'cancelled-number-malformed'
    const lifeStatus = cell('life_status') || null
    if (lifeStatus && !lifeStatesInFile.has(lifeStatus)) return 'life-status-unknown'

    const warnings: RowWarning[] = []
    if (contradictsNumber(number, birth.y, sex, registered))
      for (const what of findContradictions(number, {
        sex,
        birthYear: birth.y,
        birthRegistrationCode: registered || undefined,
      }))
        warnings.push(contradiction[what])
    const phone = cell('phone') === '' ? undefined : parsePhone(cell('phone'))
    if (phone?.kind === 'malformed') warnings.push('phone-malformed')

    const text = (ordered ? row : personColumns.map(cell)).join('\u001f')
    if (text.includes('\0') || !text.isWellFormed()) return 'text-broken'
    return {
      number,
      warnings,
      values: [
        // The column is a uuid, which holds the first half.
        hash('sha256', `${text}\u001f${unit ?? ''}`).slice(0, 32),
        number,
        name.name,
        name.tone,
        name.ascii,
        name.family,
        name.given,
        name.sort,
        name.words === name.ascii ? null : name.words,
        birth.y,
        birth.m ?? null,
        birth.d ?? null,
        sex,
        registered || null,
        cell('ethnicity') || null,
        cell('religion') || null,
        cell('nationality') || null,
        cell('hometown') || null,
        unit,
        cell('residence_address') || null,
        kind,
        from || null,
        cell('household_number') || null,
        cell('household_relation') || null,
        ...father,
        ...mother,
        oldNumber || null,
        cancelled,
        phone && 'e164' in phone ? phone.e164 : null,
        lifeStatus,
      ],
    }
  }
}

/** The quick look that spares nearly every row the exact one. */
function contradictsNumber(number: string, year: number, sex: Sex, registered: string): boolean {
  const female = (number.charCodeAt(3) & 1) === 1
  return (
    birthYearInNumber(number) !== year ||
    female !== (sex === 'F') ||
    (registered !== '' && !number.startsWith(registered))
  )
}
