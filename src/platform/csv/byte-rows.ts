import { isUtf8 } from 'node:buffer'
import { csvProblem } from './problems.ts'
import { type CsvOptions, collector, longestRow } from './read-csv.ts'

/**
 * Rows as their bytes: field f of row r is the UTF-8 from `starts[r * width + f]` to `ends[r * width + f]`, and `lines`
 * says on which line of the file, from 1, a row begins. Good until the next rows are given.
 */
export type ByteRows = {
  readonly bytes: Buffer
  readonly count: number
  readonly width: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly lines: Int32Array
}

export type ByteRowSink = {
  readonly rows: (rows: ByteRows, columns: readonly string[]) => void
  readonly broken: (line: number) => void
}

/** The same of texts. */
export function toByteRows(rows: readonly (readonly string[])[], lines: readonly number[]): ByteRows {
  const width = rows[0]?.length ?? 0
  const [starts, ends] = [new Int32Array(rows.length * width), new Int32Array(rows.length * width)]
  let at = 0
  for (const [field, text] of rows.flat().entries()) {
    starts[field] = at
    at += Buffer.byteLength(text)
    ends[field] = at
  }
  const bytes = Buffer.from(rows.flat().join(''))
  return { bytes, count: rows.length, width, starts, ends, lines: Int32Array.from(lines) }
}

const [newlineCode, returnCode, quoteCode] = [10, 13, 34]
const byteOrderMark = Buffer.from('\ufeff')

/** What a byte means where a field may end. */
const [nothing, aDelimiter, aNewline, aQuote] = [0, 1, 2, 3] as const

/** By byte; undefined where the delimiter is not one byte, or means something else. */
function meaningsWith(delimiter: string): Uint8Array | undefined {
  const code = delimiter.charCodeAt(0)
  const isTaken = [newlineCode, returnCode, quoteCode].includes(code)
  if (delimiter.length !== 1 || code > 127 || isTaken) return undefined
  const meanings = new Uint8Array(256)
  meanings[code] = aDelimiter
  meanings[newlineCode] = aNewline
  meanings[quoteCode] = aQuote
  return meanings
}

/** Whether two bytes begin a blank beyond ASCII or a byte order mark, or may. */
const mayBeginBlank = (lead: number, next: number) =>
  (lead === 0xc2 && next === 0xa0) ||
  (lead === 0xe1 && next === 0x9a) ||
  (lead === 0xe2 && (next === 0x80 || next === 0x81)) ||
  (lead === 0xe3 && next === 0x80) ||
  (lead === 0xef && next === 0xbb)

/** Whether a field may have blanks around it. */
function mayBeBlankAround(bytes: Buffer, start: number, end: number): boolean {
  if (start === end) return false
  const [first, last] = [bytes[start] ?? 0, bytes[end - 1] ?? 0]
  if (first <= 32 || last <= 32) return true
  if (first >= 0x80 && mayBeginBlank(first, bytes[start + 1] ?? 0)) return true
  if (last < 0x80) return false
  const [before, beforeThat] = [bytes[end - 2] ?? 0, bytes[end - 3] ?? 0]
  return mayBeginBlank(before, last) || mayBeginBlank(beforeThat, before)
}

/** Where the next quote stands, or the end of the line before it. */
function endOfQuoted(bytes: Buffer, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== quoteCode && bytes[at] !== newlineCode) at++
  return at
}

/** Where the fields of plain rows lie. */
class PlainRows {
  readonly #meanings: Uint8Array
  readonly #width: number
  readonly #longest: number
  starts: Int32Array
  ends: Int32Array
  lines = new Int32Array(1024)
  count = 0

  constructor(width: number, meanings: Uint8Array, longest: number) {
    this.#width = width
    this.#meanings = meanings
    this.#longest = longest
    this.starts = new Int32Array(width * this.lines.length)
    this.ends = new Int32Array(width * this.lines.length)
  }

  /** Cuts rows from `from` on, the first of which begins on `line`; gives where one begins that is not plain. */
  cut(bytes: Buffer, from: number, line: number): { readonly end: number; readonly line: number } {
    this.count = 0
    let [begin, on] = [from, line]
    while (begin < bytes.length) {
      if (this.count === this.lines.length) this.#widen()
      const next = this.#cutRow(bytes, begin, on)
      if (next < 0) break
      begin = next
      on++
    }
    return { end: begin, line: on }
  }

  /**
   * Cuts one row, or passes over a blank line; gives where the next one begins, or -1 where it is not plain. A small
   * function: one that loops over all rows is compiled anew for each piece.
   */
  #cutRow(bytes: Buffer, begin: number, line: number): number {
    const [meanings, first] = [this.#meanings, this.count * this.#width]
    let at = begin
    for (let field = first; field < first + this.#width; field++) {
      let start = at
      let end = at
      if (bytes[at] === quoteCode) {
        start++
        end = endOfQuoted(bytes, start)
        at = bytes[end + 1] === returnCode ? end + 2 : end + 1
        if (bytes[end] !== quoteCode) return -1
      } else {
        while (meanings[bytes[at] ?? newlineCode] === nothing) at++
        end = bytes[at] === newlineCode && at > start && bytes[at - 1] === returnCode ? at - 1 : at
        if (mayBeBlankAround(bytes, start, end)) return -1
      }
      this.starts[field] = start
      this.ends[field] = end
      const meaning = meanings[bytes[at++] ?? 0]
      if (meaning === aDelimiter) continue
      if (meaning !== aNewline) return -1
      if (field === first && start === end) return at
      if (field - first !== this.#width - 1 || at - begin > this.#longest) return -1
      this.lines[this.count++] = line
      return at
    }
    return -1
  }

  #widen(): void {
    const longer = (array: Int32Array) => {
      const twice = new Int32Array(array.length * 2)
      twice.set(array)
      return twice
    }
    this.lines = longer(this.lines)
    this.starts = longer(this.starts)
    this.ends = longer(this.ends)
  }
}

/** After so many lines in turn that are not plain the others of a piece are hardly so: it is read as text. */
const mostInTurn = 4

/**
 * Reads what readCsvRows reads, from pieces of bytes, and makes no strings: rows with all their fields and nothing to
 * trim or to mend are cut where they lie, which is some times as fast; readCsvRows' own cutter has the others. Throws
 * csv-not-utf8, csv-empty, csv-column-missing, csv-column-twice.
 */
export class ByteRowReader {
  readonly #sink: ByteRowSink
  readonly #meanings: Uint8Array | undefined
  readonly #longest: number
  readonly #text: ReturnType<typeof collector>
  #plain: PlainRows | undefined
  #isBegun = false
  /** The beginning of a line whose end has not come yet. */
  #rest = Buffer.alloc(0)

  constructor(options: CsvOptions, sink: ByteRowSink) {
    this.#sink = sink
    this.#meanings = meaningsWith(options.delimiter ?? ',')
    this.#longest = options.maxRowBytes ?? longestRow
    this.#text = collector(options)
  }

  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    const end = this.#endOfLines(bytes)
    this.#take(bytes.subarray(0, end))
    this.#rest = Buffer.from(bytes.subarray(end))
  }

  /** Says that no piece follows. */
  end(): void {
    this.#take(this.#rest)
    this.#takeText('', true)
    if (!this.#text.columns()) throw csvProblem('csv-empty')
  }

  /** Of a line that never ends so much is taken as is whole letters. */
  #endOfLines(bytes: Buffer): number {
    const end = bytes.lastIndexOf(newlineCode) + 1
    if (end > 0 || bytes.length <= this.#longest) return end
    let last = bytes.length - 1
    while (last > 0 && ((bytes[last] ?? 0) & 0xc0) === 0x80) last--
    return last
  }

  #take(bytes: Buffer): void {
    if (!isUtf8(bytes)) throw csvProblem('csv-not-utf8')
    let at = this.#isBegun || !bytes.subarray(0, 3).equals(byteOrderMark) ? 0 : byteOrderMark.length
    this.#isBegun ||= bytes.length > 0
    let inTurn = 0
    while (at < bytes.length) {
      const plain = this.#takePlain(bytes, at)
      inTurn = plain > at ? 0 : inTurn + 1
      at = plain
      if (at < bytes.length) at = this.#takeAsText(bytes, at, inTurn < mostInTurn ? 'line' : 'all')
    }
  }

  /** Takes rows as long as they are plain; gives where the first other one begins. */
  #takePlain(bytes: Buffer, from: number): number {
    const { cutter } = this.#text
    const columns = this.#text.columns()
    if (!columns || !this.#meanings || !cutter.isBetweenRecords) return from
    this.#plain ??= new PlainRows(columns.length, this.#meanings, this.#longest)
    const { end, line } = this.#plain.cut(bytes, from, cutter.line)
    cutter.line = line
    const { count, starts, ends, lines } = this.#plain
    if (count > 0) this.#sink.rows({ bytes, count, width: columns.length, starts, ends, lines }, columns)
    return end
  }

  /** Takes a line as text, or all where a quote goes beyond it; gives where it ends. */
  #takeAsText(bytes: Buffer, from: number, what: 'line' | 'all'): number {
    const end = (what === 'line' && bytes.indexOf(newlineCode, from) + 1) || bytes.length
    this.#takeText(bytes.toString('utf8', from, end), false)
    if (end === bytes.length || this.#text.cutter.isBetweenRecords) return end
    this.#takeText(bytes.toString('utf8', end), false)
    return bytes.length
  }

  #takeText(text: string, isLast: boolean): void {
    this.#text.cutter.push(text, isLast)
    const batch = this.#text.take()
    if (!batch) return
    if (batch.rows.length > 0) this.#sink.rows(toByteRows(batch.rows, batch.lines), batch.columns)
    for (const { line } of batch.broken) this.#sink.broken(line)
  }
}
