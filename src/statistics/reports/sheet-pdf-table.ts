import type { Language } from '../../platform/pages/html.ts'
import type { QuickRow, QuickSheet } from '../contract.ts'
import { exactPercentText, hasBeyond, inOrder, isSilentDay, numberText, wholeText } from './sheet-paper.ts'
import {
  type Box,
  drawLines,
  heightOf,
  type Pen,
  page,
  pageWidth,
  rule,
  ruler,
  type Type,
  wrap,
  writeFigure,
} from './sheet-pen.ts'
import { saySheet } from './words.ts'

type Say = ReturnType<typeof saySheet>
type ColumnKey = Parameters<Say>[0]

type Figure = 'target' | 'today' | 'cumulative' | 'remaining' | 'rate' | 'rank' | 'need'

/** A line of the table: a unit, those in none of the units, or the whole. */
type TableRow = {
  readonly place: string
  readonly name: string
  readonly figures: Readonly<Partial<Record<Figure, string>>>
  readonly bar?: { readonly done: number; readonly plan?: number | undefined } | undefined
}

/** Widths in points; the unit's name has what the others leave. `gap` stands before a column. */
type Column = {
  readonly key: ColumnKey
  readonly shows: 'place' | 'name' | 'bar' | Figure
  readonly width: number
  readonly gap: number
}

const fixed: readonly Column[] = [
  { key: 'col-place', shows: 'place', width: 16, gap: 0 },
  { key: 'col-unit', shows: 'name', width: 0, gap: 6 },
  { key: 'col-target', shows: 'target', width: 44, gap: 6 },
  { key: 'col-today', shows: 'today', width: 46, gap: 5 },
  { key: 'col-cumulative', shows: 'cumulative', width: 45, gap: 5 },
  { key: 'col-remaining', shows: 'remaining', width: 44, gap: 5 },
  { key: 'col-rate', shows: 'rate', width: 36, gap: 5 },
  { key: 'col-bar', shows: 'bar', width: 60, gap: 5 },
  { key: 'col-rank', shows: 'rank', width: 24, gap: 4 },
  { key: 'col-need', shows: 'need', width: 42, gap: 5 },
]
const nameWidth: number = pageWidth - fixed.reduce((sum, { width, gap }) => sum + width + gap, 0)

function spread({ shows, width }: Column) {
  return shows === 'name' ? nameWidth : width
}
const columns = fixed.map((column, i) => ({
  ...column,
  x: page.left + fixed.slice(0, i).reduce((sum, before) => sum + before.gap + spread(before), column.gap),
  width: spread(column),
}))

const plain: Type = { face: 'regular', size: 9, leading: 12.6 }
const heavy: Type = { ...plain, face: 'bold' }
const headType: Type = { face: 'semibold', size: 7.6, leading: 10.8 }

/** A sheet of a few units has air between its lines; a long one saves pages. */
const paddingFor = (rows: number) => (rows <= 16 ? 5 : 3)

/** The units in order, then the whole. `turn` begins a page; the head of the table follows it. */
export function drawTable(pen: Pen, sheet: QuickSheet, language: Language, turn: () => void): void {
  const say = saySheet(language)
  const units = inOrder(sheet).map((row, i) => tableRow(row, String(i + 1), row.unit.name))
  const rows = hasBeyond(sheet) ? [...units, beyondRow(sheet, say)] : units
  const whole = tableRow(sheet.whole, '', wholeText(say('row-whole'), sheet.whole.unit.name, language))
  const padding = paddingFor(rows.length)
  const wholeHeight = rowHeight(pen, whole, heavy, padding)

  drawTableHead(pen, say)
  for (const [i, row] of rows.entries()) {
    // The whole never stands alone on a page.
    const needed = rowHeight(pen, row, plain, padding) + (i === rows.length - 1 ? wholeHeight : 0)
    if (pen.y + needed > page.bottom) {
      turn()
      drawTableHead(pen, say)
    }
    drawRow(pen, row, plain, padding)
    rule(pen, pen.y, 0.5)
  }
  if (rows.length > 0) rule(pen, pen.y, 1.2)
  drawRow(pen, whole, heavy, padding)
  rule(pen, pen.y, 1.2)
  pen.y += 14
}

function tableRow(row: QuickRow, place: string, name: string): TableRow {
  const { target, cumulative, remaining, rate, rank, planned, neededPerWorkingDay: need } = row
  const share = (n: number | null) => (n === null || !target ? undefined : n / target)
  const done = share(cumulative)
  return {
    place,
    name,
    figures: {
      target: textOf(target),
      today: isSilentDay(row) ? none : numberText(row.today),
      cumulative: numberText(cumulative),
      remaining: textOf(remaining),
      rate: rate && target ? exactPercentText(cumulative, target) : none,
      rank: place ? textOf(rank) : undefined,
      need: textOf(need),
    },
    bar: done === undefined ? undefined : { done, plan: share(planned) },
  }
}

const none = '–'
const textOf = (n: number | null) => (n === null ? none : numberText(n))

const beyondRow = ({ elsewhere }: QuickSheet, say: Say): TableRow => ({
  place: '',
  name: say('row-elsewhere'),
  figures: { today: numberText(elsewhere.today), cumulative: numberText(elsewhere.cumulative) },
})

function drawTableHead(pen: Pen, say: Say): void {
  const heads = columns.map(column => wrap(pen, [{ text: say(column.key), type: headType }], column.width))
  const bottom = pen.y + Math.max(...heads.map(heightOf))
  for (const [i, column] of columns.entries()) {
    const lines = heads[i] ?? []
    drawLines(pen, lines, boxOf(column), bottom - heightOf(lines))
  }
  pen.y = bottom + 3
  rule(pen, pen.y, 1.2)
}

type Placed = (typeof columns)[number]
const isText = ({ shows }: Placed) => shows === 'place' || shows === 'name' || shows === 'bar'
const boxOf = (column: Placed): Box => ({ x: column.x, width: column.width, align: isText(column) ? 'left' : 'right' })

const nameLines = (pen: Pen, { name }: TableRow, type: Type) => wrap(pen, [{ text: name, type }], nameWidth)
const rowHeight = (pen: Pen, row: TableRow, type: Type, padding: number) =>
  Math.max(type.leading, heightOf(nameLines(pen, row, type))) + padding

function drawRow(pen: Pen, row: TableRow, type: Type, padding: number): void {
  const top = pen.y + padding / 2
  for (const column of columns) {
    const box = boxOf(column)
    if (column.shows === 'name') drawLines(pen, nameLines(pen, row, type), box, top)
    else if (column.shows === 'place') writeFigure(pen, row.place, type, { ...box, align: 'right' }, top)
    else if (column.shows !== 'bar')
      writeFigure(pen, row.figures[column.shows] ?? '', column.shows === 'cumulative' ? heavy : type, box, top)
    else if (row.bar) ruler(pen, box, top + type.leading / 2 - 2.5, 5, row.bar)
  }
  pen.y += rowHeight(pen, row, type, padding)
}
