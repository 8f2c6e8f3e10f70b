import type { CsvRow } from '../platform/csv/read-csv.ts'

export type RejectedRow = { readonly line: number; readonly reason: string }

/** What an import did: rows of the file, and what became of each. */
export type ReferenceImport = {
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: readonly RejectedRow[]
}

export type ImportRows = AsyncIterable<CsvRow> | Iterable<CsvRow>

/** A row that was understood, and the line on which it stands. */
export type ReadRow<Row> = { readonly line: number; readonly row: Row }

/** Reads each row by `read`, which gives the reason as text where a row is wrong. */
export async function readRows<Row extends object>(
  rows: ImportRows,
  read: (value: (column: string) => string) => Row | string,
): Promise<{ count: number; good: ReadRow<Row>[]; rejected: RejectedRow[] }> {
  const good: ReadRow<Row>[] = []
  const rejected: RejectedRow[] = []
  let count = 0
  for await (const { line, values, ...rest } of rows) {
    count += 1
    const row = values
      ? read(column => values[column]?.trim() ?? '')
      : `row-broken: ${'error' in rest ? rest.error : ''}`
    if (typeof row === 'string') rejected.push({ line, reason: row })
    else good.push({ line, row })
  }
  return { count, good, rejected }
}
