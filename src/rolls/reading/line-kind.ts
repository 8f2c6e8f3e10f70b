import { readCardQr } from '../../names/card-qr.ts'
import { readBirthDate } from '../../names/dates/dates.ts'
import { isPlausibleName } from '../../names/name.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import type { RollField } from '../field.ts'
import { classIn, isPreschoolClass } from './class-and-grade.ts'
import type { ColumnFields } from './columns.ts'
import { foldings } from './folding.ts'
import { type GridRow, textOf } from './grid.ts'

/** Why a row is no pupil's. Nothing is left out without one of these. */
const notPupilReasons = [
  'above-header',
  'header',
  'column-numbers',
  'class-line',
  'title',
  'total',
  'signature',
  'empty-line',
  'no-roll-on-sheet',
  'sheet-skipped',
  'sheet-repeats',
  'sheet-summary',
  'left-school',
  'other',
] as const
export type NotPupilReason = (typeof notPupilReasons)[number]

export type LineKind = 'pupil' | NotPupilReason

const totalWords = new RegExp(
  '^(?:tong(?: so| cong)?|cong|danh sach (?:co|nay co|gom)|si so|trong do|tong cong' +
    String.raw`|so luong|an dinh)\b|\btong so (?:hoc sinh|hs)\b`,
)
const signatureWords = new RegExp(
  '^(?:nguoi lap|nguoi tong hop|hieu truong|pho hieu truong|p hieu truong' +
    '|kt hieu truong|giam doc|thu truong|xac nhan|ky ten|ky ghi|da ky|ky va ghi|noi nhan' +
    '|lap bieu|lap bang|giao vien chu nhiem|gvcn|giao vien|can bo|nguoi kiem tra|t m' +
    String.raw`|dai dien|thu ky|ke toan|ban giam hieu)\b|\bngay \d* ?thang \d* ?nam\b` +
    String.raw`|\bngay thang nam\b|\bngay \d{1,2} \d{1,2} 20\d\d$` +
    String.raw`|\bnguoi lap (?:bieu|bang|danh sach)\b`,
)
const titleWords = new RegExp(
  '^(?:truong|phong|so|ubnd|uy ban|cong hoa|doc lap|danh sach|nam hoc|kem theo|phu luc' +
    '|mau|bieu|bo giao duc|sgd|pgd|don vi|trung tam|bang|thong ke|ra soat|phuc vu|so lieu' +
    String.raw`|ghi chu|luu y|hoc ky|lop|khoi|huyen|tinh|thanh pho|xa|phuong|thi tran)\b`,
)

/** Tống and Công are names of families; Tổng and Cộng add up. */
const ambiguousFamilyNames = /^(?:tống|tông|công|cống)(?= |$)/
const isTotalLine = (text: string) =>
  foldings(text).some(({ plain, marked }) => totalWords.test(plain) && !ambiguousFamilyNames.test(marked))
/** Tong Ngoc Gia, in capitals or on a machine without marks: a numbered line that counts nothing. */
const isPersonNamedTong = (look: RowLook) =>
  look.index &&
  foldings(look.name).some(({ plain }) =>
    /^(?:tong|cong) (?!(?:so|cong|hop|ca|lai|ket|hs|hoc|nam|nu)\b)[a-z ]+$/.test(plain),
  )

const matchesWords = (text: string, words: RegExp) => foldings(text).some(({ plain }) => words.test(plain))

/** Which of the decisive columns a row fills. */
export type RowLook = {
  readonly name: string
  readonly index: boolean
  readonly birth: boolean
  readonly number: boolean
  readonly sex: boolean
  readonly class: boolean
  readonly others: boolean
}

const birthFields: readonly RollField[] = ['birth', 'birth-male', 'birth-female', 'birth-year']
const nameFields: readonly RollField[] = ['name', 'family-middle', 'given']

/** A number, or an attempt at one: nine digits at least; or the line of a scanned card. A total is none. */
const isIdentity = (text: string) => {
  if (text.length > 40) return readCardQr(text).kind !== 'other'
  const { kind } = parseNumber(text)
  return kind !== 'missing' && (kind !== 'malformed' || text.replace(/\D/g, '').length >= 8) && text.length <= 40
}

export function rowLookOf(row: GridRow, columns: ColumnFields): RowLook {
  const name: string[] = []
  let [index, birth, number, sex, inClass, others] = [false, false, false, false, false, false]
  for (const cell of row.cells) {
    const field = columns.get(cell.column)?.field
    const text = textOf(cell)
    if (!field || text === '') continue
    if (nameFields.includes(field)) name.push(text)
    else if (field === 'index') index ||= /^\d{1,5}(?:[.)])?$/.test(text)
    else if (birthFields.includes(field)) birth ||= isBirth(text)
    else if (field === 'number' || field === 'old-number' || field === 'ministry-id') number ||= isIdentity(text)
    else if (field === 'sex' || field === 'female' || field === 'male') sex ||= text.length <= 6
    else if (field === 'class') inClass ||= (text.length <= 20 && /\d/.test(text)) || isPreschoolClass(text)
    else others ||= field !== 'note'
  }
  return { name: name.join(' '), index, birth, number, sex, class: inClass, others }
}

/** "Ngày 5 tháng 4 năm 2023" is when the list was signed. */
const isBirth = (text: string) =>
  readBirthDate(text).kind !== 'missing' &&
  readBirthDate(text).kind !== 'impossible' &&
  !/ng[aà]y(?:(?!ng[aà]y).)*th[aá]ng/iu.test(text)

const isColumnNumbers = ({ cells }: GridRow) =>
  cells.length >= 3 &&
  (cells.every(({ text }, i) => Number(/^\(?(\d{1,2})\)?$/.exec(text.trim())?.[1]) === i + 1) ||
    cells.every(
      ({ text }, i) =>
        /^\(?[A-Za-z]\)?$/.test(text.trim()) && text.trim().replace(/[()]/g, '').toUpperCase().charCodeAt(0) === 65 + i,
    ))

const brokenFields: readonly RollField[] = [
  ...nameFields,
  ...birthFields,
  'birth-day',
  'birth-month',
  'number',
  'old-number',
]

/** Whether a cell in which a name, a birth date or a number is looked for holds an error of a formula. */
export const isBroken = (row: GridRow, columns: ColumnFields): boolean =>
  row.cells.some(({ kind, column }) => kind === 'error' && brokenFields.includes(columns.get(column)?.field ?? 'note'))

/** `signed`: a signature stands above, so a lone name is the signer's. */
export function kindOfLine(row: GridRow, columns: ColumnFields, signed: boolean): LineKind {
  if (isColumnNumbers(row)) return 'column-numbers'
  const look = rowLookOf(row, columns)
  const whole = row.cells.map(textOf).join(' ').trim()
  const few = row.cells.length <= 3
  const evidence = look.birth || look.number

  if (!evidence) {
    const lone = row.cells.length <= 2 ? row.cells.map(textOf) : [textOf(row.cells[0]), look.name]
    if (few && !look.index && classIn(whole) && !isPlausibleNameOf(look.name)) return 'class-line'
    if (lone.some(isTotalLine) && !(look.index && look.sex) && !isPersonNamedTong(look)) return 'total'
    if (row.cells.length <= 6 && !look.sex && row.cells.some(cell => matchesWords(textOf(cell), signatureWords)))
      return 'signature'
    if (few && !look.index && lone.some(text => matchesWords(text, titleWords)) && !isPupilName(look)) return 'title'
  }
  if (look.name) {
    if (evidence || look.index || look.sex || look.class) return 'pupil'
    if (signed) return 'signature'
    return isPlausibleNameOf(look.name) &&
      (look.others || !matchesWords(look.name, titleWords)) &&
      !matchesWords(look.name, signatureWords)
      ? 'pupil'
      : 'other'
  }
  if (evidence && !(few && matchesWords(whole, signatureWords))) return 'pupil'
  if (look.index && (look.sex || look.others)) return 'pupil'
  if (isBroken(row, columns)) return 'pupil'
  if (look.index || (row.cells.length === 1 && /^\d+$/.test(whole))) return 'empty-line'
  return signed ? 'signature' : 'other'
}

const isPlausibleNameOf = (text: string) =>
  text !== '' && foldings(text).some(({ text: decoded }) => isPlausibleName(decoded) && /\p{L}\s+\p{L}/u.test(decoded))
const isPupilName = ({ name, sex, class: inClass }: RowLook) => isPlausibleNameOf(name) && (sex || inClass)
