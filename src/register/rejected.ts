import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { csvLine } from '../platform/csv.ts'
import type { Rejection } from './import-row.ts'
import { say } from './words.ts'

/** The file of the rows that an import did not take: their own columns as given, then line, reason and the reason in words. */
export type RejectedRows = {
  begin(columns: readonly string[]): void
  add(line: number, reason: Rejection, values: readonly string[]): Promise<void>
  end(): Promise<void>
}

const nowhere: RejectedRows = { begin: () => {}, add: async () => {}, end: async () => {} }

/** Opens with the first row, so that an import without rejected rows leaves no file. Cells cannot run as formulas. */
export function rejectedRows(path: string | undefined): RejectedRows {
  if (path === undefined) return nowhere
  let columns: readonly string[] = []
  let stream: WriteStream | undefined
  const inWords = say('vi')
  const open = () => {
    const file = createWriteStream(path, { mode: 0o600 })
    file.write(`\ufeff${csvLine([...columns, 'line', 'reason', 'ly_do'])}\n`)
    return file
  }
  return {
    begin(names) {
      columns = names
    },
    async add(line, reason, values) {
      stream ??= open()
      const cells = columns.map((_, i) => values[i] ?? '')
      if (!stream.write(`${csvLine([...cells, line, reason, inWords(reason)])}\n`)) await once(stream, 'drain')
    },
    async end() {
      if (!stream) return rm(path, { force: true })
      stream.end()
      await finished(stream)
    },
  }
}
