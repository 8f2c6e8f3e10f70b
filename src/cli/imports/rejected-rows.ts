import { rejectedRows } from '../../platform/csv/import.ts'
import { readCsv } from '../../platform/csv/read-csv.ts'
import type * as units from '../../units/units.ts'

/** Where a command writes the rows that it did not take: beside the file that it read. */
export const rejectedBeside = (file: string) => `${file.replace(/\.csv$/i, '')}.rejected.csv`

export async function writeRejected(
  file: string,
  columns: readonly string[],
  rejected: units.ReferenceImport['rejected'],
  inVietnamese: (reason: string) => string = reason => reason,
) {
  const lines = new Map<number, readonly string[]>()
  for await (const row of readCsv(file, { columns })) if (row.values) lines.set(row.line, Object.values(row.values))
  const out = rejectedRows(rejectedBeside(file), inVietnamese)
  out.begin((await headerOf(file)) ?? columns)
  for (const { line, reason } of rejected) await out.add(line, reason, lines.get(line) ?? [])
  await out.end()
}

async function headerOf(file: string): Promise<string[] | undefined> {
  for await (const row of readCsv(file)) if (row.values) return Object.keys(row.values)
  return undefined
}
