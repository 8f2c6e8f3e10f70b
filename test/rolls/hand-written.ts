import exceljs from 'exceljs'

/** A cell as someone typed it: a value, or one with its font, its number format or a formula. */
export type Typed =
  | string
  | number
  | Date
  | null
  | { readonly value: string | number | null; readonly font?: string; readonly format?: string; readonly struck?: true }
  | { readonly formula: string; readonly result: string | number }

export type Sheet = {
  readonly name: string
  readonly hidden?: boolean
  /** Rows from the first on; an empty one is left out of the file. */
  readonly rows: readonly (readonly Typed[])[]
  readonly merges?: readonly string[]
}

function put(cell: exceljs.Cell, typed: Typed) {
  if (typed === null) return
  if (typeof typed !== 'object' || typed instanceof Date) {
    cell.value = typed
    return
  }
  if ('formula' in typed) {
    cell.value = { formula: typed.formula, result: typed.result } as exceljs.CellFormulaValue
    return
  }
  cell.value = typed.value
  if (typed.font) cell.font = { name: typed.font }
  if (typed.struck) cell.font = { ...cell.font, strike: true }
  if (typed.format) cell.numFmt = typed.format
}

/** A workbook made by a writer that shares nothing with what reads it. */
export async function handWritten(...sheets: readonly Sheet[]): Promise<Buffer> {
  const book = new exceljs.Workbook()
  for (const { name, hidden, rows, merges = [] } of sheets) {
    const sheet = book.addWorksheet(name, hidden ? { state: 'hidden' } : {})
    for (const [i, row] of rows.entries())
      for (const [j, typed] of row.entries()) put(sheet.getCell(i + 1, j + 1), typed)
    for (const merge of merges) sheet.mergeCells(merge)
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** A day in a cell that is formatted as one. */
export const day = (y: number, m: number, d: number): Date => new Date(Date.UTC(y, m - 1, d))
