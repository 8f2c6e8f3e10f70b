import { csvProblem } from '../csv/problems.ts'
import type { CsvRow } from '../csv/read-csv.ts'
import type { WorkbookLimits } from './read-workbook.ts'
import { readTable } from './table.ts'

/** Names of columns as people write them: any case, blanks around. */
const asName = (text: string) => text.trim().toLowerCase()

/**
 * The rows of a short table of a person's making, .xlsx or .csv, by the names in its first row; of a workbook the first
 * sheet that is shown. Throws csv-empty, csv-column-missing, csv-column-twice, and what reading a workbook throws.
 */
export async function* namedRows(
  file: string,
  filename: string,
  {
    columns: needed,
    optional = [],
    limits,
  }: {
    readonly columns: readonly string[]
    /** Columns that may be left out. */
    readonly optional?: readonly string[]
    readonly limits: Partial<WorkbookLimits>
  },
): AsyncGenerator<CsvRow> {
  const columns = [...needed, ...optional]
  const table = await readTable(file, filename, limits)
  try {
    const sheet = table.sheets.find(({ hidden }) => !hidden) ?? table.sheets[0]
    if (!sheet) throw csvProblem('csv-empty')
    let names: ReadonlyMap<number, string> | undefined
    for await (const { row, cells } of table.rows(sheet.index)) {
      const texts = cells.flatMap(({ column, text, value, kind }) => {
        const said = (kind === 'date' && typeof value === 'string' ? value.slice(0, 10) : text).trim()
        return said ? [[column, said] as const] : []
      })
      if (texts.length === 0) continue
      if (!names) {
        names = new Map(texts.map(([column, text]) => [column, asName(text)]))
        refuseWrongNames([...names.values()], needed, columns)
        continue
      }
      const values: Record<string, string> = Object.fromEntries(columns.map(name => [name, '']))
      for (const [column, text] of texts) {
        const name = names.get(column)
        if (name && Object.hasOwn(values, name)) values[name] = text
      }
      yield { line: row, values }
    }
    if (!names) throw csvProblem('csv-empty')
  } finally {
    table.close()
  }
}

function refuseWrongNames(names: readonly string[], needed: readonly string[], columns: readonly string[]): void {
  const missing = needed.filter(name => !names.includes(name))
  if (missing.length > 0) throw csvProblem('csv-column-missing', { columns: missing })
  const twice = columns.filter(name => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice.length > 0) throw csvProblem('csv-column-twice', { columns: twice })
}

/** A code of an official table whose first zero a spreadsheet dropped: 6685 is commune 06685, 1 is province 01. */
export const withFirstZero = (code: string): string => (/^(\d|\d{4})$/.test(code) ? `0${code}` : code)
