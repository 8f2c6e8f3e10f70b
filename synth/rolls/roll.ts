import { type Hazard, schoolDamage } from '../damage/damage.ts'
import { damagedRow } from '../damage/damaged-row.ts'
import { defectsOf } from '../damage/defect.ts'
import { inLegacyFont, type LegacyFont } from '../damage/legacy-font.ts'
import { withCorrection } from '../documents/need.ts'
import { tables } from '../people/name.ts'
import { stream } from '../random.ts'
import type { Entry, School, SchoolClass } from '../schools/school.ts'
import { cellOf } from './cell.ts'
import type { RollContext } from './roll-context.ts'
import { line, writeClassLine, writeFoot, writeHead, writeTitles } from './sheet-frame.ts'
import { drawTemplate, type Field, words } from './template.ts'
import { at, type Cell, type Sheet, workbook } from './workbook.ts'

/** What the truth keeps of a row of a roll. */
type TrueRow = { sheet: string; row: number; number: string; defects: string[]; damage: string[]; needs: string[] }
export type Roll = { file: Buffer; rows: TrueRow[] }

type RollSettings = {
  seed: number
  schoolYear: string
  hazard: Hazard
  isTaken: (number: string) => boolean
  schoolsOf: ReadonlyMap<string, number>
}

/** A school's workbook, as it would send it, and what is true of each of its rows. */
export function writeRoll(school: School, settings: RollSettings): Roll {
  const context = contextOf(school, settings)
  const rows: TrueRow[] = []
  const sheets = partsOf(context).map(part => writeSheet(context, part, rows))
  return { file: workbook(withExtras(sheets, context), context.random.chance(0.85) ? 'shared' : 'inline'), rows }
}

const fonts = ['tcvn3', 'tcvn3-capitals', 'vni'] as const satisfies readonly LegacyFont[]

function contextOf(school: School, settings: RollSettings): RollContext {
  const random = stream(settings.seed, 'roll', school.code)
  const template = drawTemplate(random)
  const whole = schoolDamage(random, settings.hazard)
  const has = (...fields: Field[]) => fields.some(field => template.fields.includes(field))
  return {
    ...settings,
    school,
    template,
    whole,
    random,
    font: fonts.find(font => whole.has(`font-${font}`)),
    layout: random.pick(template.layouts),
    heads: new Map(template.fields.map(field => [field, random.pick(words[field])])),
    fontEverywhere: random.chance(0.5),
    shown: {
      number: has('number'),
      birth: has('birth'),
      sex: has('sex', 'female', 'male'),
      residence: has('residence', 'commune'),
    },
    timesHere: countBy(school.classes.flatMap(({ entries }) => entries.map(({ pupil }) => pupil.number))),
  }
}

const countBy = (keys: readonly string[]) => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

type Part = { name: string; title: string; classes: readonly SchoolClass[] }

function partsOf({ school, layout, random }: RollContext): Part[] {
  if (layout === 'sheet-per-class')
    return school.classes.map(one => ({ name: one.name, title: `LỚP ${one.name}`, classes: [one] }))
  if (layout === 'sheet-per-grade')
    return [...Map.groupBy(school.classes, ({ grade }) => grade)].map(([grade, classes]) => ({
      name: `Khối ${grade}`,
      title: `KHỐI ${grade}`,
      classes,
    }))
  return [{ name: random.pick(['Sheet1', 'DS', 'Danh sách', 'DSHS', 'Tổng hợp']), title: '', classes: school.classes }]
}

/** Sheets with no pupil on them: left over from a new workbook, or the hidden lists behind a template. */
function withExtras(sheets: Sheet[], { whole }: RollContext): Sheet[] {
  const extras: Sheet[] = []
  if (whole.has('hidden-sheet')) {
    const list = ['DM_DANTOC', ...Object.values(tables.peoples), 'Mường', 'Thái', 'Nùng', 'Khác'].map(value => [
      { value },
    ])
    extras.push({ name: 'DM', rows: list, merges: [], hidden: true })
  }
  if (whole.has('empty-sheets'))
    extras.push({ name: 'Sheet2', rows: [], merges: [] }, { name: 'Sheet3', rows: [], merges: [] })
  return [...sheets, ...extras]
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

/** How many rows a page of such a list has, where the head is copied onto each page. */
const pageLength = 40

function writeSheet(context: RollContext, { name, title, classes }: Part, truth: TrueRow[]): Sheet {
  const { random, layout, whole } = context
  const sheet: Sheet = { name, rows: [], merges: [], widths: context.template.fields.map(field => widths[field] ?? 14) }
  const inBlocks = layout === 'class-blocks'
  const headOverEach = inBlocks && random.chance(0.6)
  const headOnPages = !inBlocks && whole.has('head-repeated')

  writeTitles(sheet, context, title)
  if (!headOverEach) writeHead(sheet, context)
  let index = 0
  for (const one of classes) {
    if (inBlocks) {
      writeClassLine(sheet, context, one)
      index = 0
    }
    if (headOverEach) writeHead(sheet, context)
    for (const entry of one.entries) {
      if (headOnPages && index > 0 && index % pageLength === 0) writeHead(sheet, context)
      writePupil(sheet, context, one, entry, ++index, truth)
    }
    if (inBlocks && random.chance(0.3)) line(sheet, context, 1, `Tổng số: ${one.entries.length} học sinh`, 'plain')
  }
  writeFoot(sheet, context, classes)
  return sheet
}

function writePupil(
  sheet: Sheet,
  context: RollContext,
  one: SchoolClass,
  { pupil, damage }: Entry,
  index: number,
  truth: TrueRow[],
) {
  const told = damagedRow(pupil, context.whole, context.hazard, context.random)
  // Where only girls get a cross, an empty cell says boy.
  if (context.template.fields.includes('female') && !context.template.fields.includes('male')) told.sex ??= 'M'
  if (!pupil.number && !damage.includes('not-in-register')) damage.push('not-in-register')
  const row = sheet.rows.length + 1
  const encoded = context.font ? inLegacyFont(told.name, context.font) : told.name
  const cells = context.template.fields.map(field => cellOf[field]({ context, pupil, told, one, index }))
  sheet.rows.push(context.whole.has('index-formula') ? withFormula(cells, context, sheet.rows) : cells)

  const isEncoded = encoded.toLowerCase() !== told.name.toLowerCase()
  const defects = defectsOf({ given: told, pupil, shown: context.shown, isEncoded, isTaken: context.isTaken })
  if (pupil.number && context.timesHere.get(pupil.number)! > 1) defects.push('duplicate-in-roll')
  if (pupil.number && (context.schoolsOf.get(pupil.number) ?? 1) > 1) defects.push('duplicate-across-schools')
  truth.push({
    sheet: sheet.name,
    row,
    number: pupil.number,
    defects,
    damage: [...damage, ...told.damage, ...(isEncoded ? [`font-${context.font}`] : [])],
    needs: pupil.number ? withCorrection(pupil.needs, defects) : [],
  })
}

/** A running number that counts itself, with the value that Excel keeps beside it. */
function withFormula(
  cells: (Cell | undefined)[],
  { template }: RollContext,
  above: Sheet['rows'],
): (Cell | undefined)[] {
  const column = template.fields.indexOf('index')
  const cell = cells[column]
  if (!cell || typeof above.at(-1)?.[column]?.value !== 'number') return cells
  return cells.with(column, { ...cell, formula: `${at(column, above.length)}+1` })
}
