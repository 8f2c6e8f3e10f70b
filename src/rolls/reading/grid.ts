import { createHash } from 'node:crypto'
import { type AnyTable, readAnyTable, type TableFormat } from '../../platform/workbook/any-table.ts'
import type { Cell } from '../../platform/workbook/read-workbook.ts'
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
  readonly format: TableFormat
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

/** What a spreadsheet shows of a formula that failed; pasted or saved as text it is the same. */
const errorText = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|GETTING_DATA|SPILL!)$|^(?:Err|Lỗi):\d{3}$/i
const asErrors = (cell: Cell): Cell =>
  cell.kind === 'text' && errorText.test(cell.text.trim()) ? { ...cell, kind: 'error' } : cell

async function gridOf(table: AnyTable, sheet: AnyTable['sheets'][number], taken: () => void): Promise<Grid> {
  const rows: GridRow[] = []
  for await (const { row, cells } of table.rows(sheet.index)) {
    const filled = cells.filter(cell => cell.text.trim() !== '')
    if (filled.length === 0) continue
    taken()
    rows.push({ row, cells: filled.map(asErrors) })
  }
  return { sheet: sheet.index, name: sheet.name, hidden: sheet.hidden, rows }
}

/**
 * Reads all sheets, hidden ones too; which of them count: sheets-that-count.ts. The content tells the format, whatever
 * the file is called. Throws workbook-… and roll-too-large.
 */
export async function readGrids(content: Buffer): Promise<GridFile> {
  const table = await readAnyTable(content)
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
