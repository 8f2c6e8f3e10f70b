/**
 * A table of a person's making in any format that people send. In: bytes. Decided: the format, by the content alone.
 * Out: sheets with their rows, as read-workbook.ts gives them. Formats that are read whole (.xls, .ods) need a thread
 * with limits of time and memory: the caller has one. No deeds.
 */
import { fileKind } from './kind.ts'
import { isOds, type OtherSheet, readOds } from './ods-file.ts'
import { openWorkbook, type Workbook, type WorkbookLimits } from './read-workbook.ts'
import { readTable, type TextEncoding } from './table.ts'
import { readXls } from './xls-file.ts'
import { defaultLimits, openPackage } from './zip.ts'

export const tableFormats = ['xlsx', 'xls', 'ods', 'csv'] as const
export type TableFormat = (typeof tableFormats)[number]

export type AnyTable = Workbook & { readonly format: TableFormat; readonly encoding?: TextEncoding }

/** The format that a file's name claims; undefined where the name claims none that is read. */
export function claimedFormat(fileName: string): TableFormat | undefined {
  const ending = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return ending === 'xlsm' || ending === 'xlsx'
    ? 'xlsx'
    : ending === 'tsv' || ending === 'txt'
      ? 'csv'
      : tableFormats.find(one => one === ending)
}

const tableOf = (format: TableFormat, sheets: readonly OtherSheet[]): AnyTable => ({
  format,
  sheets: sheets.map(({ name, hidden }, index) => ({ name, hidden, index })),
  date1904: false,
  async *rows(index) {
    yield* sheets[index]?.rows ?? []
  },
  merges: async () => [],
  close: () => {},
})

/** Opens a table by its content, whatever its name says. Throws a workbook-… problem. */
export async function readAnyTable(content: Buffer, limits: Partial<WorkbookLimits> = {}): Promise<AnyTable> {
  const within = { ...defaultLimits, ...limits }
  const kind = await fileKind(content)
  if (kind === 'text') return { ...(await readTable(content, 'table.csv', limits)) }
  if (kind === 'old-workbook') return tableOf('xls', readXls(content, within))
  if (kind === 'zip') {
    const parts = await openPackage(content, within)
    try {
      if (await isOds(parts)) return tableOf('ods', await readOds(parts, within))
    } finally {
      parts.close()
    }
  }
  return { ...(await openWorkbook(content, limits)), format: 'xlsx' }
}
