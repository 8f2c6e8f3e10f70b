/** What can be wrong with the shape of one record. */
export type RecordFault = 'bad-quote' | 'open-quote' | 'too-long'

export type RecordSink = {
  /** `line` is the 1-based line of the file on which the record begins. */
  readonly record: (line: number, fields: string[]) => void
  readonly fault: (line: number, fault: RecordFault, raw: string) => void
}

export type CutterOptions = {
  readonly delimiter: string
  /** A record longer than this, in characters, is a fault and not a reason to fill the memory. */
  readonly longestRecord: number
  /**
   * `refuse` reports a stray quote as a fault; `keep` reads that line as if its quotes were letters, as a spreadsheet
   * would.
   */
  readonly strayQuotes: 'refuse' | 'keep'
}

const quoteCode = 34
const newlineCode = 10
const returnCode = 13
const noBreakSpace = 0xa0
const byteOrderMark = 0xfeff

const isBlank = (code: number) => code <= 32 || code === noBreakSpace || code === byteOrderMark

/**
 * String.trim costs a call into the engine for each of some thirty million fields of a province; most have nothing to
 * trim.
 */
const trimmed = (text: string) =>
  text.length > 0 && (isBlank(text.charCodeAt(0)) || isBlank(text.charCodeAt(text.length - 1))) ? text.trim() : text

function plainFields(line: string, delimiter: string): string[] {
  const fields = line.split(delimiter)
  for (let i = 0; i < fields.length; i++) fields[i] = trimmed(fields[i] ?? '')
  return fields
}

type QuotedRecord = { readonly fields: string[]; readonly next: number } | 'bad-quote' | 'unfinished'

/** Reads one record that holds quotes (RFC 4180, section 2), from `at`; `last` says that no text follows. */
function quotedRecord(text: string, at: number, delimiter: string, last: boolean): QuotedRecord {
  const delimiterCode = delimiter.charCodeAt(0)
  const ends = (i: number) => {
    const code = text.charCodeAt(i)
    return code === newlineCode || (code === returnCode && text.charCodeAt(i + 1) === newlineCode)
  }
  const skipBlanks = (i: number) => {
    while (i < text.length && text.charCodeAt(i) !== delimiterCode && !ends(i) && isBlank(text.charCodeAt(i))) i++
    return i
  }

  const fields: string[] = []
  let i = at
  for (;;) {
    const start = skipBlanks(i)
    let value = ''
    if (text.charCodeAt(start) === quoteCode) {
      let from = start + 1
      for (;;) {
        const close = text.indexOf('"', from)
        if (close < 0 || (close + 1 === text.length && !last)) return 'unfinished'
        if (text.charCodeAt(close + 1) !== quoteCode) {
          value += text.slice(from, close)
          i = skipBlanks(close + 1)
          break
        }
        value += text.slice(from, close + 1)
        from = close + 2
      }
    } else {
      i = start
      while (i < text.length && text.charCodeAt(i) !== delimiterCode && !ends(i))
        if (text.charCodeAt(i++) === quoteCode) return 'bad-quote'
      value = trimmed(text.slice(start, i))
    }

    fields.push(value)
    if (i >= text.length) return last ? { fields, next: i } : 'unfinished'
    if (ends(i)) return { fields, next: text.indexOf('\n', i) + 1 }
    if (text.charCodeAt(i) !== delimiterCode)
      return text.charCodeAt(i) === returnCode && i + 1 === text.length && !last ? 'unfinished' : 'bad-quote'
    i++
  }
}

function countNewlines(text: string, from: number, to: number) {
  let count = 0
  for (let i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) count++
  return count
}

/**
 * Cuts text that comes in pieces into records. After a fault it goes on with the very next line of the file: a quote
 * that is never closed costs its own line and not the rest of the file, which is why this is not left to a parser that
 * ends, or swallows, at such a quote.
 */
export class RecordCutter {
  readonly #options: CutterOptions
  readonly #sink: RecordSink
  #rest = ''
  /** Where the next record begins; whoever takes lines in its stead counts them here. */
  line = 1
  #skipping = false

  constructor(options: CutterOptions, sink: RecordSink) {
    this.#options = options
    this.#sink = sink
  }

  /** Whether no record is begun: the next text begins one. */
  get isBetweenRecords(): boolean {
    return this.#rest === '' && !this.#skipping
  }

  /** Takes the next piece; `last` says that none follows. */
  push(piece: string, last: boolean): void {
    const text = this.#rest + piece
    let at = 0
    let quote = text.indexOf('"')
    while (at < text.length) {
      const newline = text.indexOf('\n', at)
      const tooLong = (newline < 0 ? text.length : newline) - at > this.#options.longestRecord
      if (newline < 0 && !last && !tooLong && !this.#skipping) break

      const lineEnd = newline < 0 ? text.length : newline
      if (this.#skipping || tooLong) {
        at = this.#skipLine(text, at, newline, lineEnd)
        continue
      }
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at)
      const next =
        quote < 0 || quote >= lineEnd ? this.#takePlain(text, at, lineEnd) : this.#takeQuoted(text, at, lineEnd, last)
      if (next === undefined) break
      at = next
    }
    this.#rest = text.slice(at)
  }

  #skipLine(text: string, at: number, newline: number, lineEnd: number): number {
    if (!this.#skipping) this.#sink.fault(this.line, 'too-long', text.slice(at, at + 200))
    this.#skipping = newline < 0
    if (newline >= 0) this.line++
    return lineEnd + 1
  }

  #takePlain(text: string, at: number, lineEnd: number): number {
    this.#sink.record(this.line++, plainFields(text.slice(at, lineEnd), this.#options.delimiter))
    return lineEnd + 1
  }

  #takeQuoted(text: string, at: number, lineEnd: number, last: boolean): number | undefined {
    const read = quotedRecord(text, at, this.#options.delimiter, last)
    if (read === 'unfinished' && !last && text.length - at <= this.#options.longestRecord) return undefined
    if (typeof read === 'object') {
      this.#sink.record(this.line, read.fields)
      this.line += countNewlines(text, at, read.next)
      return read.next
    }
    if (this.#options.strayQuotes === 'keep') return this.#takePlain(text, at, lineEnd)
    this.#sink.fault(this.line++, read === 'bad-quote' ? 'bad-quote' : 'open-quote', text.slice(at, lineEnd))
    return lineEnd + 1
  }
}
