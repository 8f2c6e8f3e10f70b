import { foldings } from './folding.ts'
import { cellAt, type GridRow, textOf } from './grid.ts'

/** A pupil's class and grade, as a column, a line above the rows, a title or the sheet's name say it. Pure. */

const classWords = new RegExp(
  String.raw`(?:^|[\s(:.,-])l[ớờơợo]p\s*[:.-]?\s*((?:1[0-2]|[1-9])(?:\s*[./-]\s*\d{1,2}` +
    String.raw`|[\s.-]?(?!năm|niên|học|gồm|có|trường|nam|hoc|gom|co|khối` +
    String.raw`|khoi)\p{L}{1,8}\s?\d{0,2}(?:[.,]\d)?)?)(?![\p{L}\d])`,
  'iu',
)

/** Groups and classes of a preschool (Lớp Mầm 1, Chồi 2, Lá A, Nhà trẻ, Mẫu giáo lớn, 5 tuổi A): they have no grade. */
const preschoolGroup =
  '(?:mầm|chồi|lá|nhà trẻ|nhóm trẻ|mẫu giáo(?: (?:bé|nhỡ|lớn|ghép))?' +
  String.raw`|mg|[2-5](?:\s{0,3}-\s{0,3}[3-6])? tuổi)`
const preschoolClass = new RegExp(String.raw`^(?:lớp\s*)?(${preschoolGroup}(?:\s*(?:\d{1,2}|\p{Lu}\d?))?)$`, 'iu')
const preschoolWords = new RegExp(
  String.raw`(?:^|[\s(:.,-])lớp\s{0,3}[:.-]?\s{0,3}(${preschoolGroup}(?:\s*(?:\d{1,2}|[A-Z]\d?))?)(?![\p{L}\d])`,
  'iu',
)

export const isPreschoolClass = (name: string | undefined): boolean =>
  name !== undefined && preschoolClass.test(name.normalize('NFC').trim())

/** The class that a line names: "LỚP 12A1 (Sĩ số: 45)", "Danh sách học sinh lớp 9/2". */
export function classIn(text: string): string | undefined {
  for (const { text: decoded } of foldings(text)) {
    const line = decoded.normalize('NFC')
    const found = preschoolWords.exec(line)?.[1] ?? classWords.exec(line)?.[1]
    if (found) return found.replace(/\s+/g, ' ').trim()
  }
  return undefined
}

/** "Khối 12", in a title or as a sheet's name. */
export function gradeIn(text: string): number | undefined {
  for (const { plain } of foldings(text)) {
    const found = /\b(?:khoi|grade)(?: lop)? ?(1[0-2]|[1-9])\b/.exec(plain)
    if (found) return Number(found[1])
  }
  return undefined
}

/** A sheet called 12A1, Lớp 9B, "10 Toán" or 6-2 is a class. */
export function classOfSheet(name: string): string | undefined {
  const within = classIn(name) ?? preschoolClass.exec(name.normalize('NFC').trim())?.[1]
  if (within) return within
  const found =
    /^(?:ds|dshs|danh sách|l)?[\s_.-]*((?:1[0-2]|[1-9])(?:[\s._/-]?\p{L}{1,5}\d{0,2}|[._/-]\d{1,2}))$/iu.exec(
      name.normalize('NFC').trim(),
    )
  return found?.[1]
}

export const gradeOfClass = (name: string | undefined): number | undefined => {
  const found = /^(?:l[ớờơo]p\s*)?(1[0-2]|[1-9])(?!\d|\s*(?:-\s*\d\s*)?tu[ổô])/i.exec(name ?? '')
  return found ? Number(found[1]) : undefined
}

/** What a column says of the class, without the word for it. */
export const classText = (row: GridRow, column: number) => {
  const text = textOf(cellAt(row, column))
  return (
    foldings(text)
      .map(({ text: decoded }) => decoded.replace(/^l[ớơo]p\s*/i, ''))
      .at(0) ?? text
  )
}

export const gradeFrom = (row: GridRow, column: number | undefined) => {
  const found = column === undefined ? undefined : /\b(1[0-2]|[1-9])\b/.exec(textOf(cellAt(row, column)))
  return found ? Number(found[1]) : undefined
}
