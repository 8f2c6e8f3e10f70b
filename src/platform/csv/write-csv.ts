import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** Signs with which a spreadsheet takes what follows for a formula, in their full-width forms too. */
const startsLikeFormula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/
const isPlainNumber = /^[+-]?\d+(?:[.,]\d+)*$/

/** Puts an apostrophe before text that a spreadsheet would run as a formula; numbers with a sign stay what they are. */
export const neutraliseFormula = (text: string) =>
  startsLikeFormula.test(text) && !isPlainNumber.test(text) ? `'${text}` : text

export type CsvValue = string | number | boolean | null | undefined

export type CsvLineOptions = {
  /**
   * `neutralise`, the default, for what people open in a spreadsheet; `keep` for what a machine reads back to the
   * letter.
   */
  readonly formulas?: 'neutralise' | 'keep'
  readonly delimiter?: string | undefined
}

/** One line without its end; a missing value is an empty field. */
export function csvLine(
  values: Iterable<CsvValue>,
  { formulas = 'neutralise', delimiter = ',' }: CsvLineOptions = {},
): string {
  const fields: string[] = []
  for (const value of values) {
    const text = typeof value === 'string' && formulas === 'neutralise' ? neutraliseFormula(value) : String(value ?? '')
    fields.push(/["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text)
  }
  return fields.join(delimiter)
}

export type WriteCsvOptions = CsvLineOptions & {
  /** Excel takes a file without the mark for the code page of the machine, and Vietnamese letters fall apart. */
  readonly byteOrderMark?: 'with' | 'without'
}

/**
 * Writes a header and rows, no faster than the target takes them; gives the number of rows. A stream given by the
 * caller is ended too.
 */
export async function writeCsv(
  target: string | Writable,
  columns: readonly string[],
  rows: Iterable<readonly CsvValue[]> | AsyncIterable<readonly CsvValue[]>,
  options: WriteCsvOptions = {},
): Promise<number> {
  const stream = typeof target === 'string' ? createWriteStream(target) : target
  const done = finished(stream, { readable: false })
  done.catch(() => {})
  let text = (options.byteOrderMark === 'with' ? '\ufeff' : '') + csvLine(columns, options) + '\n'
  let count = 0
  const flush = async () => {
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done])
    text = ''
  }

  try {
    for await (const row of rows) {
      text += csvLine(row, options) + '\n'
      count++
      if (text.length > 60_000) await flush()
    }
    stream.end(text)
    await done
  } catch (error) {
    stream.destroy()
    throw error
  }
  return count
}
