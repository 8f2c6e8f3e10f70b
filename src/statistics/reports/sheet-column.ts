import type { Language } from '../../platform/pages/html.ts'
import type { QuickRow, QuickSheet } from '../contract.ts'
import { exactPercent } from './sheet-numbers-and-days.ts'
import { isDayNotReported } from './sheet-rows.ts'

/**
 * The columns of quick statistics, each once: on screen, on paper, in the workbook, in CSV and as JSON of the command
 * line. What shows them takes those that are its own, in this order. Pure.
 */

type Head = readonly [vi: string, en: string]

export type SheetColumn = {
  readonly head: Head
  /** What stands in a unit's line; absent where it is not of the unit alone, or drawn. */
  readonly of?: (row: QuickRow) => string | number | null | undefined
  readonly kind: 'place' | 'text' | 'count' | 'percent' | 'share' | 'pace' | 'drawing'
  /** Of people of the campaign whose place is none of the units; a column without it is empty there. */
  readonly ofElsewhere?: (elsewhere: QuickSheet['elsewhere']) => number
  /** Shown as a dash on paper, where the figure is no answer. */
  readonly isUnknown?: (row: QuickRow) => boolean
  /** In letters, as spreadsheets count them. */
  readonly workbook?: { readonly width: number }
  /** In points; `gap` stands before it, and the unit's name has what the others leave. */
  readonly paper?: { readonly width: number; readonly gap: number }
  /** A head of its own where the screen has another. */
  readonly screen?: true | { readonly head: Head }
}

const table = {
  place: { head: ['TT', 'No.'], kind: 'place', workbook: { width: 5 }, paper: { width: 16, gap: 0 }, screen: true },
  code: { head: ['Mã', 'Code'], kind: 'text', of: row => row.unit.code, workbook: { width: 8 } },
  unit: {
    head: ['Đơn vị', 'Unit'],
    kind: 'text',
    of: row => row.unit.name,
    workbook: { width: 28 },
    paper: { width: 0, gap: 6 },
    screen: true,
  },
  target: {
    head: ['Chỉ tiêu', 'Target'],
    kind: 'count',
    of: row => row.target,
    workbook: { width: 11 },
    paper: { width: 44, gap: 6 },
    screen: true,
  },
  today: {
    head: ['Trong ngày', 'On the day'],
    kind: 'count',
    of: row => row.today,
    ofElsewhere: elsewhere => elsewhere.today,
    isUnknown: isDayNotReported,
    workbook: { width: 11 },
    paper: { width: 46, gap: 5 },
    screen: { head: ['Hôm nay', 'That day'] },
  },
  cumulative: {
    head: ['Lũy kế', 'Cumulative'],
    kind: 'count',
    of: row => row.cumulative,
    ofElsewhere: elsewhere => elsewhere.cumulative,
    workbook: { width: 11 },
    paper: { width: 45, gap: 5 },
    screen: true,
  },
  remaining: {
    head: ['Còn lại', 'Remaining'],
    kind: 'count',
    of: row => row.remaining,
    workbook: { width: 11 },
    paper: { width: 44, gap: 5 },
    screen: { head: ['Còn lại', 'Left'] },
  },
  rate: {
    head: ['Tỷ lệ %', 'Rate %'],
    kind: 'percent',
    of: row => row.rate && row.target && exactPercent(row.cumulative, row.target),
    workbook: { width: 9 },
    paper: { width: 36, gap: 5 },
    screen: true,
  },
  share: {
    head: ['Tỷ lệ chính xác', 'Exact share'],
    kind: 'share',
    of: row => row.rate?.exact,
    workbook: { width: 20 },
  },
  bar: { head: ['Vạch: kế hoạch', 'Tick: plan'], kind: 'drawing', paper: { width: 60, gap: 5 }, screen: true },
  rank: {
    head: ['Hạng', 'Rank'],
    kind: 'count',
    of: row => row.rank,
    workbook: { width: 7 },
    paper: { width: 24, gap: 4 },
    screen: true,
  },
  planned: {
    head: ['Kế hoạch đến ngày', 'Planned by the day'],
    kind: 'count',
    of: row => row.planned,
    workbook: { width: 12 },
  },
  need: {
    head: ['Cần/ngày', 'Need/day'],
    kind: 'count',
    of: row => row.neededPerWorkingDay,
    workbook: { width: 10 },
    paper: { width: 42, gap: 5 },
    screen: { head: ['Cần/ngày', 'A day'] },
  },
  forecast: { head: ['Dự báo đến hạn', 'Forecast'], kind: 'drawing', screen: true },
  recent: {
    head: ['Mỗi ngày gần đây', 'Recent/day'],
    kind: 'pace',
    of: row => row.recentPerWorkingDay,
    workbook: { width: 11 },
  },
  low: { head: ['Dự báo thấp', 'Forecast low'], kind: 'count', of: row => row.forecast?.low, workbook: { width: 11 } },
  mid: {
    head: ['Dự báo giữa', 'Forecast middle'],
    kind: 'count',
    of: row => row.forecast?.mid,
    workbook: { width: 11 },
  },
  high: {
    head: ['Dự báo cao', 'Forecast high'],
    kind: 'count',
    of: row => row.forecast?.high,
    workbook: { width: 11 },
  },
  members: {
    head: ['Trong diện', 'Meant'],
    kind: 'count',
    of: row => row.members,
    ofElsewhere: elsewhere => elsewhere.members,
    workbook: { width: 11 },
  },
  frozen: {
    head: ['Trong diện khi giao', 'Meant when set'],
    kind: 'count',
    of: row => row.frozen,
    workbook: { width: 11 },
  },
  'not-handed': {
    head: ['Chưa giao xuống', 'Not handed down'],
    kind: 'count',
    of: row => row.notHandedDown,
    workbook: { width: 11 },
  },
  silent: { head: ['Chưa nhập trong ngày', 'Entered nothing'], kind: 'text', workbook: { width: 12 } },
} as const satisfies Record<string, SheetColumn>

export type ColumnKey = keyof typeof table
type ColumnOf<Output extends 'workbook' | 'paper' | 'screen'> = {
  [Key in ColumnKey]: (typeof table)[Key] extends Record<Output, unknown> ? Key : never
}[ColumnKey]
export type ScreenColumn = ColumnOf<'screen'>

export const sheetColumns: Readonly<Record<ColumnKey, SheetColumn>> = table

/** The columns of an output, in the order of the table. */
export const columnsIn = <Output extends 'workbook' | 'paper' | 'screen'>(output: Output): ColumnOf<Output>[] =>
  (Object.keys(table) as ColumnKey[]).filter((key): key is ColumnOf<Output> => sheetColumns[key][output] !== undefined)

export const headOf = (key: ColumnKey, language: Language): string => table[key].head[language === 'vi' ? 0 : 1]

/** Heads on screen by `sheet-<key>`, as the console's texts are keyed. */
export const screenHeads = Object.fromEntries(
  columnsIn('screen').map(key => {
    const { head, screen } = sheetColumns[key]
    return [`sheet-${key}`, typeof screen === 'object' ? screen.head : head]
  }),
) as Readonly<Record<`sheet-${ScreenColumn}`, Head>>

/** CSV and JSON have names and an order of their own, which interfaces.md promises. */
const inFile = {
  unit: 'code',
  name: 'unit',
  metric: 'of the sheet',
  day: 'of the sheet',
  today: 'today',
  cumulative: 'cumulative',
  target: 'target',
  rate: 'share',
} as const satisfies Record<string, ColumnKey | 'of the sheet'>
type FileColumn = keyof typeof inFile
export const fileColumns = Object.keys(inFile) as FileColumn[]

/** A unit's line for programs: exact shares, and null where there is no figure. */
export const figuresOf = (
  { metric, day }: Pick<QuickSheet, 'metric' | 'day'>,
  row: QuickRow,
): Readonly<Record<FileColumn, string | number | null>> => {
  const of = (name: FileColumn) => {
    const key = inFile[name]
    return key === 'of the sheet' ? { metric, day }[name as 'metric' | 'day'] : (sheetColumns[key].of?.(row) ?? null)
  }
  return Object.fromEntries(fileColumns.map(name => [name, of(name)])) as Record<FileColumn, string | number | null>
}
