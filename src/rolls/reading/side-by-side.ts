import type { GridRow } from './grid.ts'
import type { RollHeader } from './header-row.ts'
import type { Heading } from './heading-words.ts'

/** Lists that stand beside each other on one sheet, to save paper: STT, Họ tên, Ngày sinh | STT, Họ tên, Ngày sinh. */

/** Columns of one list, both included. */
export type ColumnRange = { readonly from: number; readonly to: number }

const nameHeadings: readonly Heading[] = ['name', 'family-middle', 'given']
/** One of these is said again too, or the second name is somebody else's. */
const besideNames: readonly Heading[] = ['index', 'birth', 'birth-year', 'number', 'number?', 'sex', 'class', 'female']

/** The lists that a header's words, by their columns, are of: one, mostly. */
export function listsSideBySide(headings: ReadonlyMap<number, Heading>): readonly ColumnRange[] {
  const columns = [...headings.keys()].sort((a, b) => a - b)
  const columnsOf = (heading: Heading | undefined) => columns.filter(column => headings.get(column) === heading)
  const repeated = nameHeadings.map(columnsOf).find(({ length }) => length > 1)
  const [first] = columns
  const times = repeated?.length ?? 1
  if (!repeated || first === undefined || !besideNames.some(heading => columnsOf(heading).length === times))
    return [{ from: 1, to: Number.POSITIVE_INFINITY }]
  const starts = [columnsOf(headings.get(first)), columnsOf('index'), repeated].find(({ length }) => length === times)
  return (starts ?? repeated).map((start, i, all) => ({
    from: i === 0 ? 1 : start,
    to: (all[i + 1] ?? Number.POSITIVE_INFINITY) - 1,
  }))
}

const isWithin = (column: number, { from, to }: ColumnRange) => column >= from && column <= to

const within = <T>(columns: ReadonlyMap<number, T>, range: ColumnRange): ReadonlyMap<number, T> =>
  new Map([...columns].filter(([column]) => isWithin(column, range)))

export const headerWithin = (header: RollHeader, range: ColumnRange): RollHeader => ({
  ...header,
  words: within(header.words, range),
  headings: within(header.headings, range),
})

/** The rows of a list alone. `all` keeps those without a cell of it, so that places among the rows stay. */
export function rowsWithin(rows: readonly GridRow[], range: ColumnRange, all = false): readonly GridRow[] {
  const parts = rows.map(row => ({ ...row, cells: row.cells.filter(({ column }) => isWithin(column, range)) }))
  return all ? parts : parts.filter(({ cells }) => cells.length > 0)
}
