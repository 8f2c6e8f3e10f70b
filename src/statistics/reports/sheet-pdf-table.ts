import type { Language } from '../../platform/pages/html.ts'
import type { QuickRow, QuickSheet } from '../contract.ts'
import { type ColumnKey, columnsIn, headOf, type SheetColumn, sheetColumns } from './sheet-column.ts'
import {
  drawLines,
  drawRule,
  drawRuler,
  type HorizontalSpan,
  heightOf,
  page,
  pageWidth,
  type SheetPen,
  type SheetType,
  wrap,
  writeFigure,
} from './sheet-drawing.ts'
import { numberText, percentText, wholeText } from './sheet-numbers-and-days.ts'
import { hasBeyond, rowsInOrder } from './sheet-rows.ts'
import { saySheet } from './words.ts'

/** A line of the table: a unit, those in none of the units, or the whole. */
type TableRow = {
  readonly place: string
  readonly name: string
  readonly figures: ReadonlyMap<ColumnKey, string>
  readonly bar?: { readonly done: number; readonly plan?: number | undefined } | undefined
}

/** The unit's name has what the others leave. */
const fixed = columnsIn('paper').map(key => ({ key, width: 0, gap: 0, ...sheetColumns[key].paper }))
const nameWidth: number = pageWidth - fixed.reduce((sum, { width, gap }) => sum + width + gap, 0)

const withFigureWidth = ({ key, width }: (typeof fixed)[number]) => (key === 'unit' ? nameWidth : width)
const columns = fixed.map((column, i) => ({
  ...column,
  x: page.left + fixed.slice(0, i).reduce((sum, before) => sum + before.gap + withFigureWidth(before), column.gap),
  width: withFigureWidth(column),
}))

const plain: SheetType = { face: 'regular', size: 9, leading: 12.6 }
const heavy: SheetType = { ...plain, face: 'bold' }
const headType: SheetType = { face: 'semibold', size: 7.6, leading: 10.8 }

/** A sheet of a few units has air between its lines; a long one saves pages. */
const paddingFor = (rows: number) => (rows <= 16 ? 5 : 3)

/** The units in order, then the whole. `turn` begins a page; the head of the table follows it. */
export function drawTable(pen: SheetPen, sheet: QuickSheet, language: Language, turn: () => void): void {
  const say = saySheet(language)
  const units = rowsInOrder(sheet).map((row, i) => tableRow(row, String(i + 1), row.unit.name, language))
  const rows = hasBeyond(sheet) ? [...units, beyondRow(sheet, language)] : units
  const whole = tableRow(sheet.whole, '', wholeText(say('row-whole'), sheet.whole.unit.name, language), language)
  const padding = paddingFor(rows.length)
  const wholeHeight = rowHeight(pen, whole, heavy, padding)

  drawTableHead(pen, language)
  for (const [i, row] of rows.entries()) {
    // The whole never stands alone on a page.
    const needed = rowHeight(pen, row, plain, padding) + (i === rows.length - 1 ? wholeHeight : 0)
    if (pen.y + needed > page.bottom) {
      turn()
      drawTableHead(pen, language)
    }
    drawRow(pen, row, plain, padding)
    drawRule(pen, pen.y, 0.5)
  }
  if (rows.length > 0) drawRule(pen, pen.y, 1.2)
  drawRow(pen, whole, heavy, padding)
  drawRule(pen, pen.y, 1.2)
  pen.y += 14
}

function tableRow(row: QuickRow, place: string, name: string, language: Language): TableRow {
  const { target, cumulative, planned } = row
  const share = (n: number | null) => (n === null || !target ? undefined : n / target)
  const done = share(cumulative)
  // A rank is among siblings; the whole has none here.
  const shown = columns.filter(({ key }) => place || key !== 'rank')
  return {
    place,
    name,
    figures: new Map(shown.map(({ key }) => [key, figureText(sheetColumns[key], row, language)])),
    bar: done === undefined ? undefined : { done, plan: share(planned) },
  }
}

const none = '–'
function figureText({ of, kind, isUnknown }: SheetColumn, row: QuickRow, language: Language): string {
  const value = isUnknown?.(row) ? null : of?.(row)
  if (typeof value !== 'number') return none
  return kind === 'percent' ? percentText(value, language) : numberText(value, language)
}

const beyondRow = ({ elsewhere }: QuickSheet, language: Language): TableRow => ({
  place: '',
  name: saySheet(language)('row-elsewhere'),
  figures: new Map(
    columns.flatMap(({ key }) => {
      const { ofElsewhere } = sheetColumns[key]
      return ofElsewhere ? [[key, numberText(ofElsewhere(elsewhere), language)]] : []
    }),
  ),
})

function drawTableHead(pen: SheetPen, language: Language): void {
  const heads = columns.map(column => wrap(pen, [{ text: headOf(column.key, language), type: headType }], column.width))
  const bottom = pen.y + Math.max(...heads.map(heightOf))
  for (const [i, column] of columns.entries()) {
    const lines = heads[i] ?? []
    drawLines(pen, lines, boxOf(column), bottom - heightOf(lines))
  }
  pen.y = bottom + 3
  drawRule(pen, pen.y, 1.2)
}

type PlacedColumn = (typeof columns)[number]
const isTextColumn = ({ key }: PlacedColumn) => key === 'place' || key === 'unit' || key === 'bar'
const boxOf = (column: PlacedColumn): HorizontalSpan => ({
  x: column.x,
  width: column.width,
  align: isTextColumn(column) ? 'left' : 'right',
})

const nameLines = (pen: SheetPen, { name }: TableRow, type: SheetType) => wrap(pen, [{ text: name, type }], nameWidth)
const rowHeight = (pen: SheetPen, row: TableRow, type: SheetType, padding: number) =>
  Math.max(type.leading, heightOf(nameLines(pen, row, type))) + padding

function drawRow(pen: SheetPen, row: TableRow, type: SheetType, padding: number): void {
  const top = pen.y + padding / 2
  for (const column of columns) {
    const box = boxOf(column)
    if (column.key === 'unit') drawLines(pen, nameLines(pen, row, type), box, top)
    else if (column.key === 'place') writeFigure(pen, row.place, type, { ...box, align: 'right' }, top)
    else if (column.key !== 'bar')
      writeFigure(pen, row.figures.get(column.key) ?? '', column.key === 'cumulative' ? heavy : type, box, top)
    else if (row.bar) drawRuler(pen, box, top + type.leading / 2 - 2.5, 5, row.bar)
  }
  pen.y += rowHeight(pen, row, type, padding)
}
