import { type QrCard, readCardQr } from '../../names/card-qr.ts'
import { columnOrder, readBirthDate } from '../../names/dates/dates.ts'
import { longestWritten } from '../../names/law.ts'
import { type CellReading, readLegacyColumn } from '../../names/legacy/column.ts'
import type { LegacyEncoding } from '../../names/names.ts'
import { type NumberReading, parseNumber } from '../../names/numbers/numbers.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { readSex, type Sex } from '../../names/numbers/sex.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { Cell } from '../../platform/workbook/read-workbook.ts'
import type { RollField, SheetMapping } from '../field.ts'
import { oldestInPreschool } from '../law.ts'
import { type GivenCells, type TooLongField, tooLongFields } from '../row.ts'
import { isPreschoolClass } from './class-and-grade.ts'
import type { ColumnFields } from './columns.ts'
import { foldings } from './folding.ts'
import { cellAt, type GridRow, textOf } from './grid.ts'
import { isBroken } from './line-kind.ts'
import { splitName } from './name-mark.ts'
import { foreignerOf } from './nationality.ts'
import { type PupilStanding, readStatus, standingOf } from './status.ts'

export type GivenNumber =
  | { readonly kind: 'number' | 'lost-zero'; readonly number: string }
  | { readonly kind: 'malformed' | 'missing'; readonly number?: string }

/** Where a pupil lives by the roll: one text, or its parts in columns of their own, from the small to the large. */
export type GivenResidence = {
  readonly text: string
  readonly commune: string
  readonly district: string
  readonly province: string
  readonly kind: 'permanent' | 'any'
}

/** A text as given, with its reading. One that is longer than any such text is not read: its reading is empty. */
export type DecodedText = Omit<CellReading, 'untold'> & {
  readonly given: string
  readonly untold?: CellReading['untold'] | 'too-long'
}

/** A row of a pupil as it is read. `meantNumber` is a guess at a malformed number, for linking only. */
export type Pupil = {
  readonly sheet: string
  readonly row: number
  readonly class?: string | undefined
  readonly grade?: number | undefined
  readonly name: string
  readonly encoding?: LegacyEncoding | undefined
  /** The texts (name, parents, residence) in an old or unknown encoding, as given. */
  readonly oldTexts: readonly DecodedText[]
  readonly birth?: PartialDay | undefined
  readonly birthUnreadable: boolean
  readonly sex?: Sex | undefined
  readonly number: GivenNumber
  readonly meantNumber?: string | undefined
  readonly oldNumber?: string | undefined
  readonly residence: GivenResidence
  readonly father?: string | undefined
  readonly fatherYear?: number | undefined
  readonly mother?: string | undefined
  readonly motherYear?: number | undefined
  readonly phone?: string | undefined
  readonly given: GivenCells
  /** How the pupil stands to the school, where the roll says so. */
  readonly standing?: PupilStanding | undefined
}

/** Rows of one section with the same columns, and what is known of their class. */
export type PupilLine = {
  readonly row: GridRow
  readonly class?: string | undefined
  readonly grade?: number | undefined
}

export type SheetSection = {
  readonly sheet: string
  readonly columns: ColumnFields
  readonly lines: readonly PupilLine[]
  /** The encoding that an officer chose for the sheet's texts. */
  readonly encoding?: SheetMapping['encoding'] | undefined
}

/** The cells of a row that have a field, the columns in their order. */
type CellsOf = (row: GridRow, field: RollField) => readonly Cell[]

function cellsBy(columns: ColumnFields): CellsOf {
  const at = new Map<RollField, number[]>()
  for (const [column, { field }] of [...columns].sort((a, b) => a[0] - b[0]))
    at.set(field, [...(at.get(field) ?? []), column])
  return (row, field) => (at.get(field) ?? []).flatMap(column => cellAt(row, column) ?? [])
}

const joinCells = (cells: readonly Cell[], by = ' ') => cells.map(textOf).filter(Boolean).join(by)

/** A column's texts in Unicode: the whole column decides an encoding that one cell leaves open. */
function decodeColumn(
  cells: readonly (Cell | undefined)[],
  encoding: SheetSection['encoding'],
  longest: number,
): DecodedText[] {
  const texts = cells.map(textOf)
  return readLegacyColumn(
    texts.map(text => (text.length > longest ? '' : text)),
    cells.map(cell => cell?.font),
    encoding,
  ).map((reading, i) => {
    const given = texts[i] ?? ''
    return given.length > longest ? { text: '', untold: 'too-long', given } : { ...reading, given }
  })
}

/**
 * The name in one column, or in two: the given name last. Both parts of a name have one encoding, so that one decides
 * for the other.
 */
function decodedNames(
  lines: readonly PupilLine[],
  cellsOf: CellsOf,
  encoding: SheetSection['encoding'],
): DecodedText[] {
  const whole = lines.map(({ row }) =>
    mergeCells((['name', 'family-middle', 'given'] as const).flatMap(field => cellsOf(row, field))),
  )
  return decodeColumn(whole, encoding, longestWritten.name)
}

const isDecoded = ({ encoding, untold }: DecodedText) => encoding !== undefined || untold !== undefined

/** The texts of some cells as one, in the font of the first that has more than plain letters. */
function mergeCells(cells: readonly Cell[]): Cell | undefined {
  const telling = cells.find(cell => /[^\u0000-\u007f]/.test(textOf(cell))) ?? cells[0]
  return telling && { ...telling, kind: 'text', text: joinCells(cells) }
}

function birthOf(row: GridRow, cellsOf: CellsOf, hint: Parameters<typeof readBirthDate>[1]) {
  const parts = (['birth-day', 'birth-month', 'birth-year'] as const).map(field => joinCells(cellsOf(row, field)))
  if (parts.some(Boolean) && parts[2])
    return {
      text: parts.filter(Boolean).join('/'),
      reading: readBirthDate(parts.map(part => part || '?').join('/'), { ...hint, order: 'dmy' }),
    }
  const cell = (['birth', 'birth-male', 'birth-female'] as const)
    .flatMap(field => cellsOf(row, field))
    .find(one => textOf(one) !== '')
  return { text: textOf(cell), reading: readBirthDate(birthValue(cell), hint) }
}

/** A day comes as 'YYYY-MM-DD' with the time it may have; a bare number may be a serial or a year. */
const birthValue = (cell: Cell | undefined): string | number | undefined =>
  !cell || cell.kind === 'error' || cell.kind === 'boolean'
    ? undefined
    : typeof cell.value === 'number'
      ? cell.kind === 'number' && cell.text !== String(cell.value) && /\D/.test(cell.text)
        ? cell.text
        : cell.value
      : (cell.value ?? cell.text).toString()

/**
 * The kinds of interfaces.md: an id of another kind is no number at all; whatever else is not twelve digits is
 * malformed.
 */
function numberFrom(reading: NumberReading): { number: GivenNumber; meant?: string; old?: string } {
  switch (reading.kind) {
    case 'number':
      return { number: { kind: 'number', number: reading.number } }
    case 'lost-zero':
      return reading.knownPrefix
        ? { number: { kind: 'lost-zero', number: reading.number } }
        : { number: { kind: 'malformed' } }
    case 'old-number':
      return { number: { kind: 'malformed' }, old: reading.number }
    case 'malformed':
      return { number: { kind: 'malformed' }, ...(reading.suggestion && { meant: reading.suggestion }) }
    case 'scientific':
    case 'exam-code':
      return { number: { kind: 'malformed' } }
    case 'ministry-id':
    case 'passport':
    case 'missing':
      return { number: { kind: 'missing' } }
  }
}

const rankOf: Readonly<Record<GivenNumber['kind'], number>> = { number: 3, 'lost-zero': 2, malformed: 1, missing: 0 }

/** Cards scanned into a sheet leave their whole line in the number's column: what of it is certain. */
function cardIn(row: GridRow, cellsOf: CellsOf): Partial<QrCard> {
  for (const cell of [...cellsOf(row, 'number'), ...cellsOf(row, 'old-number')]) {
    const read = readCardQr(cell.text)
    if (read.kind !== 'other') return read.kind === 'card' ? read : read.repaired
  }
  return {}
}

/** Of several columns for a number the best counts: the old one's and the new one's often stand side by side. */
function numberOf(row: GridRow, cellsOf: CellsOf, card: Partial<QrCard>) {
  if (card.number) {
    const number: GivenNumber = { kind: 'number', number: card.number }
    return { text: card.number, number, meant: undefined, isCut: false, old: card.oldNumber }
  }
  const cells = [...cellsOf(row, 'number'), ...cellsOf(row, 'old-number')]
  const readings = cells.map(cell => ({
    text: textOf(cell),
    ...numberFrom(parseNumber(textOf(cell))),
    isCut: parseNumber(textOf(cell)).kind === 'scientific',
    isOld: !cellsOf(row, 'number').includes(cell),
  }))
  const best = readings
    .filter(({ isOld, number }) => !isOld || number.kind === 'number' || number.kind === 'lost-zero')
    .sort((a, b) => rankOf[b.number.kind] - rankOf[a.number.kind])[0]
  return {
    text: best?.text ?? '',
    number: best?.number ?? ({ kind: 'missing' } as GivenNumber),
    meant: best?.meant,
    isCut: best?.isCut ?? false,
    old: readings.find(({ old }) => old)?.old,
  }
}

function sexOf(
  row: GridRow,
  cellsOf: CellsOf,
  hasColumn: (field: RollField) => boolean,
): { text: string; sex?: Sex | undefined } {
  if (hasColumn('birth-male') || hasColumn('birth-female')) {
    const [male, female] = [joinCells(cellsOf(row, 'birth-male')), joinCells(cellsOf(row, 'birth-female'))]
    return { text: male ? 'Nam' : female ? 'Nữ' : '', sex: male && !female ? 'M' : female && !male ? 'F' : undefined }
  }
  const [cell] = cellsOf(row, 'sex')
  if (cell) {
    const text = textOf(cell)
    return {
      text,
      sex: foldings(text)
        .map(({ text: decoded }) => readSex(decoded))
        .find(Boolean),
    }
  }
  const [female, male] = [joinCells(cellsOf(row, 'female')), joinCells(cellsOf(row, 'male'))]
  if (hasColumn('female') && hasColumn('male')) {
    const found =
      female && !male ? readSex(female, 'female-ticked') : male && !female ? readSex(male, 'male-ticked') : undefined
    return { text: female || male, sex: found }
  }
  if (hasColumn('female'))
    return {
      text: female,
      sex: foldings(female)
        .map(({ text }) => readSex(text, 'female-ticked'))
        .find(Boolean),
    }
  if (hasColumn('male')) return { text: male, sex: readSex(male, 'male-ticked') }
  return { text: '' }
}

const yearIn = (text: string) => {
  const found = /(?:^|\D)((?:19|20)\d\d)(?:\D|$)/.exec(text)
  return found ? Number(found[1]) : undefined
}

function phoneOf(text: string): string | undefined {
  for (const part of [text, ...text.split(/[/;,]|\s-\s/)]) {
    const read = parsePhone(part)
    if ('e164' in read) return read.e164
  }
  return undefined
}

/** Months first, where the column says so and nothing speaks against it. */
function orderOf(lines: readonly PupilLine[], cellsOf: CellsOf): 'dmy' | 'mdy' {
  const texts = lines.flatMap(({ row }) =>
    cellsOf(row, 'birth')
      .filter(cell => cell.kind === 'text')
      .map(textOf),
  )
  return columnOrder(texts) === 'mdy' ? 'mdy' : 'dmy'
}

/** Years of birth that a pupil of a grade may have; grown-ups learn too. */
const expectedYears = (
  firstYear: number,
  grade: number | undefined,
  isPreschool: boolean,
): readonly [number, number] =>
  isPreschool
    ? [firstYear - oldestInPreschool, firstYear]
    : grade === undefined
      ? [firstYear - 45, firstYear - 3]
      : [firstYear - 5 - grade - 15, firstYear - 5 - grade + 3]

/** Whether a person struck the pupil's name out. */
const isStruck = (row: GridRow, cellsOf: CellsOf) => {
  const cells = (['name', 'family-middle', 'given'] as const).flatMap(field => cellsOf(row, field))
  return cells.length > 0 && cells.every(({ struck }) => struck)
}

/** A column under "Tình trạng" may speak of cards: it counts where most of what stands in it is a pupil's status. */
function knownStatuses(column: readonly DecodedText[], firstYear: number): readonly DecodedText[] {
  const filled = column.filter(({ text }) => text.trim() !== '')
  const known = filled.filter(({ text }) => readStatus(text, firstYear) !== undefined)
  return known.length * 2 >= filled.length ? column : []
}

/** Reads the pupils of a stretch. `firstYear` is the one in which the school year begins. */
export function readPupils({ sheet, columns, lines, encoding }: SheetSection, firstYear: number): Pupil[] {
  const cellsOf = cellsBy(columns)
  const fields = new Set([...columns.values()].map(({ field }) => field))
  const order = orderOf(lines, cellsOf)
  const names = decodedNames(lines, cellsOf, encoding)
  const column = (field: RollField, longest: number = longestWritten.text) =>
    decodeColumn(
      lines.map(({ row }) => cellsOf(row, field)[0]),
      encoding,
      longest,
    )
  const [fathers, mothers] = [column('father', longestWritten.name), column('mother', longestWritten.name)]
  const [texts, permanent, communes, districts, provinces] = [
    column('residence'),
    column('residence-permanent'),
    column('commune'),
    column('district'),
    column('province'),
  ]
  const [statuses, remarks] = [knownStatuses(column('status'), firstYear), column('note')]

  return lines.map(({ row, class: inClass, grade }, i) => {
    const card = cardIn(row, cellsOf)
    const given = birthOf(row, cellsOf, {
      order,
      expectYears: expectedYears(firstYear, grade, isPreschoolClass(inClass)),
    })
    const birth = given.text === '' && card.birth ? { text: card.birth, reading: readBirthDate(card.birth) } : given
    const number = numberOf(row, cellsOf, card)
    const sex = sexOf(row, cellsOf, field => fields.has(field))
    const [father, mother] = [splitName(fathers[i]?.text ?? '').name, splitName(mothers[i]?.text ?? '').name]
    const [fatherYear, motherYear, phone] = [
      joinCells(cellsOf(row, 'father-year')),
      joinCells(cellsOf(row, 'mother-year')),
      joinCells(cellsOf(row, 'phone'), '; '),
    ]
    const residence = residenceOf(
      permanent[i]?.text ?? '',
      texts[i]?.text ?? '',
      communes[i]?.text ?? '',
      districts[i]?.text ?? '',
      provinces[i]?.text ?? '',
    )
    const read = birth.reading
    const { name, mark } = splitName(names[i]?.text ?? '')
    const foreign = foreignerOf(
      joinCells(cellsOf(row, 'nationality')),
      joinCells(cellsOf(row, 'passport')),
      number.text,
      number.number.kind,
    )
    const standing = standingOf(
      {
        column: statuses[i]?.text ?? '',
        remark: remarks[i]?.text ?? '',
        besideName: mark,
        isStruck: isStruck(row, cellsOf),
      },
      firstYear,
    )
    const tooLong = tooLongIn({
      name: [names[i]],
      father: [fathers[i]],
      mother: [mothers[i]],
      residence: [texts[i], permanent[i], communes[i], districts[i], provinces[i]],
    })
    return {
      sheet,
      row: row.row,
      class: inClass,
      grade,
      name: name || (card.name ?? ''),
      encoding: names[i]?.encoding,
      oldTexts: [names, fathers, mothers, texts, permanent, communes, districts, provinces]
        .flatMap(column => column[i] ?? [])
        .filter(isDecoded),
      birth: read.kind === 'day' || read.kind === 'partial' ? read.day : undefined,
      birthUnreadable: read.kind === 'impossible',
      sex: sex.sex ?? (sex.text === '' ? card.sex : undefined),
      number: number.number,
      meantNumber: number.meant,
      oldNumber: number.old,
      residence,
      father: father || undefined,
      fatherYear: yearIn(fatherYear),
      mother: mother || undefined,
      motherYear: yearIn(motherYear),
      phone: phoneOf(phone),
      given: {
        name:
          joinCells((['name', 'family-middle', 'given'] as const).flatMap(field => cellsOf(row, field))) ||
          (card.name ?? ''),
        birth: birth.text,
        number: number.text,
        sex: sex.text,
        residence: [residence.text, residence.commune, residence.district, residence.province]
          .filter(Boolean)
          .join(', '),
        father,
        fatherYear,
        mother,
        motherYear,
        phone,
        oldNumber: number.old ?? '',
        ...(tooLong.length > 0 && { tooLong }),
        ...(standing?.status && { status: standing.status }),
        ...(standing?.isDoubtful && { doubt: standing.said.slice(0, 300) }),
        ...(mark && { mark: mark.slice(0, 120) }),
        ...(foreign && { foreign }),
        ...(number.isCut && { numberCut: true as const }),
        ...(isBroken(row, columns) && { brokenCells: true as const }),
      },
      standing,
    }
  })
}

/** Of which values a text is longer than any: it was not read. */
const tooLongIn = (texts: Readonly<Record<TooLongField, readonly (DecodedText | undefined)[]>>): TooLongField[] =>
  tooLongFields.filter(field => texts[field].some(text => text?.untold === 'too-long'))

/** The permanent one where both are given: the register's record is compared with it. */
function residenceOf(
  permanent: string,
  other: string,
  commune: string,
  district: string,
  province: string,
): GivenResidence {
  const parts = { commune, district, province }
  if (permanent) return { text: permanent, ...parts, kind: 'permanent' }
  return { text: other, ...parts, kind: other ? 'any' : 'permanent' }
}
