import { type Given, type GivenCell, given, ministryId, type Quality, rateOf, schoolDamage } from './damage.ts'
import { defectsOf, type Shown } from './defect.ts'
import { fontFace, inLegacyFont, type LegacyFont } from './legacy-font.ts'
import { tables } from './name.ts'
import { withCorrection } from './need.ts'
import { communes } from './place.ts'
import type { Pupil } from './pupil.ts'
import { type Random, shuffle, stream } from './random.ts'
import type { Entry, School, SchoolClass } from './school.ts'
import { drawTemplate, type Field, type Layout, type Template, words } from './template.ts'
import { at, type Cell, type Sheet, type Style, workbook } from './workbook.ts'

/** What the truth keeps of a row of a roll. */
export type TrueRow = { sheet: string; row: number; number: string; defects: string[]; damage: string[]; needs: string[] }
export type Roll = { file: Buffer; rows: TrueRow[] }

/** How one school writes its roll. */
type Hand = {
  school: School
  schoolYear: string
  template: Template
  layout: Layout
  heads: ReadonlyMap<Field, string>
  quality: Quality
  whole: ReadonlySet<string>
  font: LegacyFont | undefined
  /** The old font on everything, or only where names were pasted. */
  fontEverywhere: boolean
  shown: Shown
  random: Random
  isTaken: (number: string) => boolean
  timesHere: ReadonlyMap<string, number>
  schoolsOf: ReadonlyMap<string, number>
}

type Context = {
  seed: number
  schoolYear: string
  quality: Quality
  isTaken: (number: string) => boolean
  schoolsOf: ReadonlyMap<string, number>
}

export function writeRoll(school: School, context: Context): Roll {
  const random = stream(context.seed, 'roll', school.code)
  const template = drawTemplate(random)
  const whole = schoolDamage(random, context.quality)
  const font = whole.has('font-tcvn3')
    ? 'tcvn3'
    : whole.has('font-tcvn3-capitals')
      ? 'tcvn3-capitals'
      : whole.has('font-vni')
        ? 'vni'
        : undefined
  const has = (...fields: Field[]) => fields.some(field => template.fields.includes(field))
  const hand: Hand = {
    ...context,
    school,
    template,
    whole,
    font,
    random,
    layout: random.pick(template.layouts),
    heads: new Map(template.fields.map(field => [field, random.pick(words[field])])),
    fontEverywhere: random.chance(0.5),
    shown: { number: has('number'), birth: has('birth'), sex: has('sex', 'female', 'male'), residence: has('residence', 'commune') },
    timesHere: countBy(school.classes.flatMap(({ entries }) => entries.map(({ pupil }) => pupil.number))),
  }
  const rows: TrueRow[] = []
  const sheets = sheetsOf(hand).map(({ name, classes, title }) => writeSheet(hand, name, title, classes, rows))
  return { file: workbook(withExtras(sheets, hand), random.chance(0.85) ? 'shared' : 'inline'), rows }
}

const countBy = (keys: readonly string[]) => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

type Part = { name: string; title: string; classes: readonly SchoolClass[] }

function sheetsOf({ school, layout, random }: Hand): Part[] {
  if (layout === 'sheet-per-class') return school.classes.map(one => ({ name: one.name, title: `LỚP ${one.name}`, classes: [one] }))
  if (layout === 'sheet-per-grade')
    return [...Map.groupBy(school.classes, ({ grade }) => grade)].map(([grade, classes]) => ({
      name: `Khối ${grade}`,
      title: `KHỐI ${grade}`,
      classes,
    }))
  return [{ name: random.pick(['Sheet1', 'DS', 'Danh sách', 'DSHS', 'Tổng hợp']), title: '', classes: school.classes }]
}

/** Sheets with no pupil on them: left over from a new workbook, or the hidden lists behind a template. */
function withExtras(sheets: Sheet[], { whole }: Hand): Sheet[] {
  const extras: Sheet[] = []
  if (whole.has('hidden-sheet')) {
    const list = ['DM_DANTOC', ...Object.values(tables.peoples), 'Mường', 'Thái', 'Nùng', 'Khác'].map(value => [{ value }])
    extras.push({ name: 'DM', rows: list, merges: [], hidden: true })
  }
  if (whole.has('empty-sheets')) extras.push({ name: 'Sheet2', rows: [], merges: [] }, { name: 'Sheet3', rows: [], merges: [] })
  return [...sheets, ...extras]
}

const bold: Style = { bold: true, centred: true }

function writeSheet(hand: Hand, name: string, title: string, classes: readonly SchoolClass[], truth: TrueRow[]): Sheet {
  const sheet: Sheet = { name, rows: [], merges: [], widths: hand.template.fields.map(field => widths[field] ?? 14) }
  writeTitles(sheet, hand, title)
  const inBlocks = hand.layout === 'class-blocks'
  if (!inBlocks) writeHead(sheet, hand)
  if (inBlocks && hand.random.chance(0.4)) writeHead(sheet, hand)
  const headEachTime =
    inBlocks &&
    sheet.rows.at(-1)?.[0]?.value !== 1 &&
    !sheet.rows.some(row => row.some(cell => cell?.value === shownText(hand, hand.heads.get('birth')!)))

  let index = 0
  for (const one of classes) {
    if (inBlocks) {
      writeClassLine(sheet, hand, one)
      if (headEachTime) writeHead(sheet, hand)
      index = 0
    }
    for (const entry of one.entries) writePupil(sheet, hand, one, entry, ++index, truth)
    if (inBlocks && hand.random.chance(0.3)) line(sheet, hand, 1, `Tổng số: ${one.entries.length} học sinh`, false)
  }
  writeFoot(sheet, hand, classes)
  return sheet
}

const widths: Partial<Record<Field, number>> = {
  index: 6,
  name: 26,
  'family-middle': 20,
  residence: 44,
  number: 18,
  sex: 8,
  female: 6,
  male: 6,
  class: 8,
}

/** The letters as this school's font has them. */
const shownText = ({ font, fontEverywhere }: Hand, text: string) =>
  font && fontEverywhere ? inLegacyFont(text, font === 'vni' ? 'vni' : 'tcvn3') : text
const textStyle = ({ font, fontEverywhere }: Hand, style: Style = {}): Style =>
  font && fontEverywhere ? { ...style, font: fontFace[font === 'vni' ? 'vni' : 'tcvn3'] } : style

function line(sheet: Sheet, hand: Hand, column: number, text: string, isBold = true, to?: number) {
  const row: (Cell | undefined)[] = []
  row[column] = { value: shownText(hand, text), style: textStyle(hand, isBold ? bold : {}) }
  sheet.rows.push(Array.from(row))
  if (to !== undefined && to > column) sheet.merges.push(`${at(column, sheet.rows.length)}:${at(to, sheet.rows.length)}`)
}

function writeTitles(sheet: Sheet, hand: Hand, title: string) {
  const { school, random, schoolYear } = hand
  const last = hand.template.fields.length - 1
  const middle = Math.min(3, last)
  const above =
    school.kind === 'upper-secondary' || school.kind === 'continuing-education'
      ? 'SỞ GD&ĐT QUẢNG NINH'
      : `PHÒNG GD&ĐT ${school.commune.districtName.toUpperCase()}`
  if (random.chance(0.9)) {
    line(sheet, hand, 0, above, true, middle)
    const row = sheet.rows.at(-1)!
    if (last > 5 && random.chance(0.6)) {
      row[middle + 1] = { value: shownText(hand, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'), style: textStyle(hand, bold) }
      sheet.merges.push(`${at(middle + 1, sheet.rows.length)}:${at(last, sheet.rows.length)}`)
    }
    line(sheet, hand, 0, school.name.toUpperCase(), true, middle)
  }
  if (random.chance(0.5)) sheet.rows.push([])
  line(sheet, hand, 0, `DANH SÁCH HỌC SINH ${title}`.trim() + ` NĂM HỌC ${schoolYear}`, true, last)
  if (random.chance(0.4))
    line(
      sheet,
      hand,
      0,
      random.pick([
        '(Kèm theo Công văn số 512/CV-SGDĐT ngày 05/4/2023)',
        'Phục vụ rà soát cấp CCCD và định danh điện tử',
        'Số liệu tính đến ngày 15/4/2023',
      ]),
      false,
      last,
    )
  if (random.chance(0.4)) sheet.rows.push([])
}

function writeHead(sheet: Sheet, hand: Hand) {
  const { template, heads } = hand
  const cell = (text: string): Cell => ({ value: shownText(hand, text), style: textStyle(hand, bold) })
  const over = template.over ?? []
  if (over.length === 0) {
    sheet.rows.push(template.fields.map(field => cell(heads.get(field)!)))
    return
  }
  const first = sheet.rows.length + 1
  const spans = over.map(({ from, to, words: text }) => ({ from: template.fields.indexOf(from), to: template.fields.indexOf(to), text }))
  const spanOf = (column: number) => spans.find(({ from, to }) => column >= from && column <= to)
  sheet.rows.push(
    template.fields.map((field, column) =>
      spanOf(column) ? (spanOf(column)!.from === column ? cell(spanOf(column)!.text) : undefined) : cell(heads.get(field)!),
    ),
  )
  sheet.rows.push(template.fields.map((field, column) => (spanOf(column) ? cell(underHead(field)) : undefined)))
  for (const { from, to } of spans) sheet.merges.push(`${at(from, first)}:${at(to, first)}`)
  for (const column of template.fields.keys()) if (!spanOf(column)) sheet.merges.push(`${at(column, first)}:${at(column, first + 1)}`)
}

const underHead = (field: Field) =>
  field.endsWith('-year') ? 'Năm sinh' : field === 'female' ? 'Nữ' : field === 'male' ? 'Nam' : 'Họ và tên'

function writeClassLine(sheet: Sheet, hand: Hand, { name, teacher, entries }: SchoolClass) {
  const { random } = hand
  if (sheet.rows.length > 0 && random.chance(0.5)) sheet.rows.push([])
  const text = random.pick([`Lớp ${name}`, `LỚP ${name}`, `Lớp: ${name} - GVCN: ${teacher}`, `Lớp ${name} (Sĩ số: ${entries.length})`])
  line(sheet, hand, 0, text, true, hand.template.fields.length - 1)
}

function writeFoot(sheet: Sheet, hand: Hand, classes: readonly SchoolClass[]) {
  const { random, school, template } = hand
  const right = Math.max(3, template.fields.length - 3)
  const count = classes.reduce((sum, { entries }) => sum + entries.length, 0)
  if (random.chance(0.6)) line(sheet, hand, 1, `Danh sách có ${count} học sinh./.`, false)
  if (random.chance(0.15)) return
  sheet.rows.push([])
  line(
    sheet,
    hand,
    right,
    `${school.commune.districtName.replace(/^(Thành phố|Thị xã|Huyện) /, '')}, ngày ${random.between(3, 18)} tháng 4 năm 2023`,
    false,
  )
  line(sheet, hand, 1, 'Người lập biểu')
  sheet.rows.at(-1)![right] = {
    value: shownText(hand, school.kind === 'continuing-education' ? 'GIÁM ĐỐC' : 'HIỆU TRƯỞNG'),
    style: textStyle(hand, bold),
  }
  if (random.chance(0.5)) line(sheet, hand, right, '(Ký tên, đóng dấu)', false)
  sheet.rows.push([], [])
  line(sheet, hand, right, school.principal)
}

function writePupil(sheet: Sheet, hand: Hand, one: SchoolClass, { pupil, damage }: Entry, index: number, truth: TrueRow[]) {
  const told = given(pupil, hand.whole, hand.quality, hand.random)
  if (!pupil.number && !damage.includes('not-in-register')) damage.push('not-in-register')
  const row = sheet.rows.length + 1
  const encoded = hand.font ? inLegacyFont(told.name, hand.font) : told.name
  const cells = hand.template.fields.map(field => cellOf[field]({ hand, pupil, told, one, index, row }))
  sheet.rows.push(hand.whole.has('names-formula') ? withFormulas(cells, hand, row) : cells)

  const isEncoded = encoded.toLowerCase() !== told.name.toLowerCase()
  const defects = defectsOf({ given: told, pupil, shown: hand.shown, isEncoded, isTaken: hand.isTaken })
  if (pupil.number && hand.timesHere.get(pupil.number)! > 1) defects.push('duplicate-in-roll')
  if (pupil.number && (hand.schoolsOf.get(pupil.number) ?? 1) > 1) defects.push('duplicate-across-schools')
  truth.push({
    sheet: sheet.name,
    row,
    number: pupil.number,
    defects,
    damage: [...damage, ...told.damage, ...(isEncoded ? [`font-${hand.font}`] : [])],
    needs: pupil.number ? withCorrection(pupil.needs, defects) : [],
  })
}

/** A running number that counts itself, with the value that Excel keeps beside it. */
function withFormulas(cells: (Cell | undefined)[], { template }: Hand, row: number): (Cell | undefined)[] {
  const column = template.fields.indexOf('index')
  const cell = cells[column]
  if (!cell || cell.value === 1) return cells
  return cells.with(column, { ...cell, formula: `${at(column, row - 1)}+1` })
}

type Told = { hand: Hand; pupil: Pupil; told: Given; one: SchoolClass; index: number; row: number }
const text = (value: string | undefined, { hand }: Told): Cell | undefined =>
  value ? { value: shownText(hand, value), style: textStyle(hand) } : undefined

/** Names go through the old font wherever the school uses one at all. */
function named(value: string, { hand: { font } }: Told): Cell | undefined {
  if (!value) return undefined
  return font ? { value: inLegacyFont(value, font), style: { font: fontFace[font] } } : { value }
}

const spread = (cell: GivenCell | undefined): Cell | undefined =>
  cell && { value: cell.value, ...(cell.format ? { style: { format: cell.format } } : {}) }

/** The last word is the given name; what else there is stays before it, blanks and all. */
const splitName = (name: string) => {
  const found = /^(.*?)[\s\u00a0]*([^\s\u00a0]+)[\s\u00a0]*$/u.exec(name)
  return { before: found?.[1] ?? '', given: found?.[2] ?? name }
}

const cellOf: Record<Field, (row: Told) => Cell | undefined> = {
  index: ({ index }) => ({ value: index }),
  class: row => text(row.one.name, row),
  'ministry-id': ({ pupil }) => ({ value: ministryId(pupil), style: { format: '@' } }),
  name: row => named(row.told.name, row),
  'family-middle': row => named(splitName(row.told.name).before, row),
  given: row => named(splitName(row.told.name).given, row),
  birth: ({ told }) => spread(told.birth),
  sex: row => text(row.told.sex && (row.told.sex === 'F' ? 'Nữ' : 'Nam'), row),
  female: ({ told }) => (told.sex === 'F' ? { value: 'x' } : undefined),
  male: ({ told }) => (told.sex === 'M' ? { value: 'x' } : undefined),
  people: row => text(tables.peoples[row.pupil.people], row),
  nationality: row => text('Việt Nam', row),
  province: row => text('Tỉnh Quảng Ninh', row),
  district: row => text(row.told.residence?.commune.districtName, row),
  commune: row => text(row.told.residence?.detail === 'whole' ? row.told.residence.commune.name : undefined, row),
  residence: row => text(residenceText(row), row),
  father: row => named(row.pupil.fatherName, row),
  'father-year': ({ pupil }) => (pupil.fatherYear ? { value: Number(pupil.fatherYear) } : undefined),
  mother: row => named(row.pupil.motherName, row),
  'mother-year': ({ pupil }) => (pupil.motherYear ? { value: Number(pupil.motherYear) } : undefined),
  number: ({ told }) => spread(told.number),
  phone: ({ pupil, index }) =>
    pupil.phone ? { value: index % 9 === 4 ? pupil.phone.replace(/^(\d{4})(\d{3})/, '$1.$2.') : pupil.phone } : undefined,
  note: row =>
    row.hand.random.chance(0.03)
      ? text(row.hand.random.pick(['Hộ nghèo', 'Chuyển đến T9/2022', 'Con TB', 'Khuyết tật', 'Đã có CCCD']), row)
      : undefined,
}

const shortenings: readonly (readonly [RegExp, string])[] = [
  [/Phường /, 'P. '],
  [/Thị trấn /, 'TT '],
  [/Thành phố /, 'TP '],
  [/Thị xã /, 'TX '],
  [/Huyện /, 'H. '],
  [/Xã /, 'X. '],
]

function residenceText({ told: { residence }, hand: { random } }: Told): string {
  if (!residence) return ''
  const { commune, address, detail } = residence
  if (detail === 'vague') return random.chance(0.5) ? commune.districtName : `${commune.districtName}, Quảng Ninh`
  const full = [address, commune.name, commune.districtName, 'Quảng Ninh']
    .slice(random.chance(0.3) ? 1 : 0, random.chance(0.6) ? 4 : 3)
    .join(', ')
  return random.chance(0.5) ? full : shortenings.reduce((short, [from, to]) => short.replace(from, to), full)
}

/** Before any roll is written: who is listed twice, here or in another school, and who is in no register. */
export function spoilLists(
  schools: readonly School[],
  qualityOf: (school: School) => Quality,
  seed: number,
  outsider: (school: School, one: SchoolClass, random: Random) => Pupil,
) {
  const byDistrict = Map.groupBy(schools, ({ commune }) => commune.district)
  for (const school of schools) {
    const random = stream(seed, 'lists', school.code)
    const quality = qualityOf(school)
    const others = byDistrict.get(school.commune.district)!.filter(other => other !== school)
    for (const one of school.classes) {
      const entries = [...one.entries]
      for (const { pupil } of entries) {
        if (random.chance(rateOf('not-in-register', quality))) insert(one, outsider(school, one, random), 'not-in-register', random)
        if (random.chance(rateOf('duplicate-in-roll', quality)) && pupil.number) {
          const classes = school.classes.filter(({ grade }) => grade === one.grade)
          insert(random.pick(classes), pupil, 'duplicate-in-roll', random)
        }
        if (random.chance(rateOf('duplicate-across-schools', quality)) && pupil.number) {
          const classes = shuffle([...others], random)
            .flatMap(other => other.classes)
            .filter(({ grade }) => grade === one.grade)
          if (classes.length > 0) insert(random.pick(classes), pupil, 'duplicate-across-schools', random)
        }
      }
    }
  }
}

function insert(one: SchoolClass, pupil: Pupil, kind: string, random: Random) {
  const place = random.chance(0.4) ? one.entries.length : random.below(one.entries.length + 1)
  one.entries.splice(place, 0, { pupil, damage: [kind] })
}

export const communeAtRandom = (district: string, random: Random) => random.pick(communes.filter(commune => commune.district === district))
