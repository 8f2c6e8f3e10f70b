import type { SchoolClass } from '../schools/school.ts'
import { type RollContext, shownText, textStyle } from './roll-context.ts'
import type { Field } from './template.ts'
import { at, type Cell, type Sheet, type Style } from './workbook.ts'

const bold: Style = { bold: true, centred: true }

/** A line of its own, over several columns where `to` is given. */
export function line(
  sheet: Sheet,
  context: RollContext,
  column: number,
  text: string,
  weight: 'bold' | 'plain' = 'bold',
  to?: number,
) {
  const row: (Cell | undefined)[] = []
  row[column] = { value: shownText(context, text), style: textStyle(context, weight === 'bold' ? bold : {}) }
  sheet.rows.push(Array.from(row))
  if (to !== undefined && to > column)
    sheet.merges.push(`${at(column, sheet.rows.length)}:${at(to, sheet.rows.length)}`)
}

export function writeTitles(sheet: Sheet, context: RollContext, title: string) {
  const { school, random, schoolYear } = context
  const last = context.template.fields.length - 1
  const middle = Math.min(3, last)
  const above =
    school.kind === 'upper-secondary' || school.kind === 'continuing-education'
      ? 'SỞ GD&ĐT QUẢNG NINH'
      : `PHÒNG GD&ĐT ${school.commune.districtName.toUpperCase()}`
  if (random.chance(0.9)) {
    line(sheet, context, 0, above, 'bold', middle)
    const row = sheet.rows.at(-1)!
    if (last > 5 && random.chance(0.6)) {
      row[middle + 1] = {
        value: shownText(context, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'),
        style: textStyle(context, bold),
      }
      sheet.merges.push(`${at(middle + 1, sheet.rows.length)}:${at(last, sheet.rows.length)}`)
    }
    line(sheet, context, 0, school.name.toUpperCase(), 'bold', middle)
  }
  if (random.chance(0.5)) sheet.rows.push([])
  line(sheet, context, 0, `DANH SÁCH HỌC SINH ${title}`.trim() + ` NĂM HỌC ${schoolYear}`, 'bold', last)
  if (random.chance(0.4))
    line(
      sheet,
      context,
      0,
      random.pick([
        '(Kèm theo Công văn số 512/CV-SGDĐT ngày 05/4/2023)',
        'Phục vụ rà soát cấp CCCD và định danh điện tử',
        'Số liệu tính đến ngày 15/4/2023',
      ]),
      'plain',
      last,
    )
  if (random.chance(0.4)) sheet.rows.push([])
}

export function writeHead(sheet: Sheet, context: RollContext) {
  const { template, heads } = context
  const cell = (text: string): Cell => ({ value: shownText(context, text), style: textStyle(context, bold) })
  const over = template.over ?? []
  if (over.length === 0) {
    sheet.rows.push(template.fields.map(field => cell(heads.get(field)!)))
    return
  }
  const first = sheet.rows.length + 1
  const spans = over.map(({ from, to, words: text }) => ({
    from: template.fields.indexOf(from),
    to: template.fields.indexOf(to),
    text,
  }))
  const spanOf = (column: number) => spans.find(({ from, to }) => column >= from && column <= to)
  sheet.rows.push(
    template.fields.map((field, column) =>
      spanOf(column)
        ? spanOf(column)!.from === column
          ? cell(spanOf(column)!.text)
          : undefined
        : cell(heads.get(field)!),
    ),
  )
  sheet.rows.push(template.fields.map((field, column) => (spanOf(column) ? cell(underHead(field)) : undefined)))
  for (const { from, to } of spans) sheet.merges.push(`${at(from, first)}:${at(to, first)}`)
  for (const column of template.fields.keys())
    if (!spanOf(column)) sheet.merges.push(`${at(column, first)}:${at(column, first + 1)}`)
}

const underHead = (field: Field) =>
  field.endsWith('-year') ? 'Năm sinh' : field === 'female' ? 'Nữ' : field === 'male' ? 'Nam' : 'Họ và tên'

export function writeClassLine(sheet: Sheet, context: RollContext, { name, teacher, entries }: SchoolClass) {
  const { random } = context
  if (sheet.rows.length > 0 && random.chance(0.5)) sheet.rows.push([])
  const text = random.pick([
    `Lớp ${name}`,
    `LỚP ${name}`,
    `Lớp: ${name} - GVCN: ${teacher}`,
    `Lớp ${name} (Sĩ số: ${entries.length})`,
  ])
  line(sheet, context, 0, text, 'bold', context.template.fields.length - 1)
}

export function writeFoot(sheet: Sheet, context: RollContext, classes: readonly SchoolClass[]) {
  const { random, school, template } = context
  const right = Math.max(3, template.fields.length - 3)
  const count = classes.reduce((sum, { entries }) => sum + entries.length, 0)
  if (random.chance(0.6)) line(sheet, context, 1, `Danh sách có ${count} học sinh./.`, 'plain')
  if (random.chance(0.15)) return
  sheet.rows.push([])
  line(
    sheet,
    context,
    right,
    `${school.commune.districtName.replace(/^(Thành phố|Thị xã|Huyện) /, '')}, ngày ${random.between(3, 18)} ` +
      'tháng 4 năm 2023',
    'plain',
  )
  line(sheet, context, 1, 'Người lập biểu')
  sheet.rows.at(-1)![right] = {
    value: shownText(context, school.kind === 'continuing-education' ? 'GIÁM ĐỐC' : 'HIỆU TRƯỞNG'),
    style: textStyle(context, bold),
  }
  if (random.chance(0.5)) line(sheet, context, right, '(Ký tên, đóng dấu)', 'plain')
  sheet.rows.push([], [])
  line(sheet, context, right, school.principal)
}
