import { createHash } from 'node:crypto'
import type { Cell } from '../../platform/workbook/read-workbook.ts'
import { readTable, type Table } from '../../platform/workbook/table.ts'
import { rollFileLimits } from '../law.ts'
import { rollProblem } from '../problems.ts'

/** A row that holds something, as the reader gives it. */
export type GridRow = { readonly row: number; readonly cells: readonly Cell[] }

/** A sheet in memory. */
export type Grid = {
  readonly sheet: number
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly GridRow[]
}

export type GridFile = {
  readonly format: 'xlsx' | 'csv'
  readonly grids: readonly Grid[]
  /** SHA-256, hexadecimal. */
  readonly hash: string
}

export const cellAt = ({ cells }: GridRow, column: number): Cell | undefined => {
  for (const cell of cells) if (cell.column === column) return cell
  return undefined
}

/** The text of a cell; empty for an error of a formula. */
export const textOf = (cell: Cell | undefined): string => (!cell || cell.kind === 'error' ? '' : cell.text.trim())

async function gridOf(table: Table, sheet: Table['sheets'][number], taken: () => void): Promise<Grid> {
  const rows: GridRow[] = []
  for await (const { row, cells } of table.rows(sheet.index)) {
    const filled = cells.filter(cell => cell.text.trim() !== '')
    if (filled.length === 0) continue
    taken()
    rows.push({ row, cells: filled })
  }
  return { sheet: sheet.index, name: sheet.name, hidden: sheet.hidden, rows }
}

/**
 * Reads all sheets, hidden ones too; which of them count: sheets-that-count.ts. A `fileName` in .csv is read as CSV.
 * Throws workbook-… and roll-too-large.
 */
export async function readGrids(content: Buffer, fileName: string): Promise<GridFile> {
  const table = await readTable(content, fileName)
  let rows = 0
  const taken = () => {
    if (++rows > rollFileLimits.rows) throw rollProblem('roll-too-large', { limit: rollFileLimits.rows })
  }
  try {
    const grids: Grid[] = []
    for (const sheet of table.sheets) grids.push(await gridOf(table, sheet, taken))
    return { format: table.format, grids, hash: createHash('sha256').update(content).digest('hex') }
  } finally {
    table.close()
  }
}
