import { sniffDelimiter } from '../../platform/csv/delimiter.ts'
import type { CheckOutcome } from '../checks/checks.ts'
import {
  type CheckField,
  type CheckRequest,
  fields,
  type RawCheck,
  readCheckRequest,
  type WrongField,
} from '../person-data.ts'
import { verificationProblem } from '../problems.ts'

/**
 * A batch's rows, one a line in both formats: NDJSON, or CSV whose fields hold no line break (RFC 4180 otherwise). As
 * many rows come out as go in, in their order, each with its place and with the caller's own `ref`; blank lines are no
 * rows. Pure.
 */

export const formats = ['ndjson', 'csv'] as const
export type InputFormat = (typeof formats)[number]

export const mediaTypeOf: Readonly<Record<InputFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
}

/** The columns of a CSV, as its header has them. */
export type InputHeader = { readonly columns: readonly string[]; readonly delimiter: string }

/** Why a row was not checked, beside what `Withheld` has. */
export type RowError =
  | 'row-unreadable'
  | 'row-too-long'
  | 'not-utf8'
  | 'member-twice'
  | 'ref-wrong'
  | 'input-wrong'
  | 'quota-over'
  | 'client-suspended'

export type InputRow = {
  readonly ref?: string | number
  readonly request?: CheckRequest
  readonly error?: RowError
  readonly wrong?: readonly WrongField[]
}

/** A line is some two hundred bytes. */
export const longestLine = 8192
const longestRef = 200

/** A field in quotes with the blanks about it; where a tab stands between fields, it is none of these. */
const blanksAbout = /\s*"((?:[^"]|"")*)"\s*/y
const blanksButTabs = /[^\S\t]*"((?:[^"]|"")*)"[^\S\t]*/y

/** Fields of one line; undefined where its quotes are broken. */
function splitCells(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter)
  const shape = delimiter === '\t' ? blanksButTabs : blanksAbout
  const found: string[] = []
  let at = 0
  for (;;) {
    shape.lastIndex = at
    const quoted = shape.exec(line)
    const end = quoted ? at + quoted[0].length : line.indexOf(delimiter, at)
    const value = quoted ? (quoted[1] ?? '').replaceAll('""', '"') : line.slice(at, end < 0 ? undefined : end)
    if (!quoted && value.includes('"')) return undefined
    found.push(value)
    if (end < 0 || end >= line.length) return found
    if (line.charAt(end) !== delimiter) return undefined
    at = end + 1
  }
}

const needed = ['person_number', 'full_name', 'birth_date'] as const

/** Reads the header line. Throws verification-batch-header-wrong. */
export function readHeader(line: string): InputHeader {
  const delimiter = sniffDelimiter(line)
  const columns = (splitCells(line, delimiter) ?? []).map(column => column.trim().toLowerCase())
  const missing = needed.filter(column => !columns.includes(column))
  const twice = columns.filter((column, at) => column !== '' && columns.indexOf(column) < at)
  const known: readonly string[] = [...fields, 'ref']
  if (missing.length + twice.length > 0)
    throw verificationProblem('verification-batch-header-wrong', {
      columns: [...missing, ...twice.filter(column => known.includes(column))],
    })
  // Of columns that say nothing here the place is all that counts.
  return { columns: columns.map(column => (known.includes(column) ? column : '')), delimiter }
}

function readCells(line: string, { columns, delimiter }: InputHeader): (RawCheck & { ref?: unknown }) | undefined {
  const cells = splitCells(line, delimiter)
  if (!cells || cells.length !== columns.length) return undefined
  const row: Record<string, string> = {}
  for (let i = 0; i < columns.length; i += 1) row[columns[i] ?? ''] = (cells[i] ?? '').trim()
  return row
}

type JsonFields = Readonly<Record<string, unknown>>

function readJson(line: string): JsonFields | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonFields) : undefined
  } catch {
    return undefined
  }
}

/**
 * The names in an object's text, each as often as it stands there: of one that stands twice JSON.parse keeps the last
 * (RFC 8259, section 4, leaves it open).
 */
function namesIn(text: string): string[] {
  const names: string[] = []
  let depth = 0
  let isName = false
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}[\],:]/gs)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth === 1 && isName && token !== ':' && token !== ',') names.push(JSON.parse(token) as string)
    isName = depth === 1 && (token === '{' || token === ',')
  }
  return names
}

/** A name that occurs twice has no known value, so neither has a reference. */
function readObject(line: string): { readonly given?: RawCheck & { ref?: unknown }; readonly ref?: unknown } {
  const given = readJson(line)
  if (!given) return {}
  const known = Object.keys(given).length
  // Each name is followed by a colon; what else is makes it look closer.
  if (line.match(/"\s*:/g)?.length === known) return { given }
  const names = namesIn(line)
  if (names.length === known) return { given }
  return names.indexOf('ref') === names.lastIndexOf('ref') ? { ref: given['ref'] } : { ref: undefined }
}

const isRef = (ref: unknown): ref is string | number =>
  (typeof ref === 'string' && ref !== '' && ref.length <= longestRef) ||
  (typeof ref === 'number' && Number.isFinite(ref))

/** Reads one line that is not blank. `header` is a CSV's; there is none of NDJSON. */
export function readRow(line: string, header: InputHeader | undefined): InputRow {
  if (line.length > longestLine) return { error: 'row-too-long' }
  const read = header ? { given: readCells(line, header) } : readObject(line)
  if ('ref' in read) return { ...(isRef(read.ref) && { ref: read.ref }), error: 'member-twice' }
  const { given } = read
  if (!given) return { error: line.includes('\ufffd') ? 'not-utf8' : 'row-unreadable' }
  const ref = isRef(given.ref) ? { ref: given.ref } : {}
  if (line.includes('\ufffd')) return { ...ref, error: 'not-utf8' }
  if (given.ref !== undefined && given.ref !== null && given.ref !== '' && !isRef(given.ref))
    return { error: 'ref-wrong' }
  const asked = readCheckRequest(given)
  return 'wrong' in asked ? { ...ref, error: 'input-wrong', wrong: asked.wrong } : { ...ref, request: asked }
}

/** A row's answer, or why it has none. */
export type AnsweredRow = { readonly row: number; readonly ref?: string | number | undefined } & (
  | { readonly outcome: CheckOutcome }
  | { readonly error: RowError; readonly wrong?: readonly WrongField[] | undefined }
)

export const outColumns = ['row', 'ref', 'matched', 'differs', 'status', 'error', 'fields'] as const

type OutputFields = {
  readonly matched?: boolean
  readonly differs?: readonly CheckField[]
  readonly status?: string
  readonly error?: string
  readonly fields?: readonly CheckField[]
}

function outputFieldsOf(answered: AnsweredRow): OutputFields {
  if ('error' in answered)
    return { error: answered.error, ...(answered.wrong && { fields: answered.wrong.map(({ field }) => field) }) }
  if ('withheld' in answered.outcome) return { error: answered.outcome.withheld }
  return answered.outcome
}

export const hasError = (answered: AnsweredRow): boolean => 'error' in answered || 'withheld' in answered.outcome

/** A reference goes back as it came; only what would break the line is quoted. */
const quoteCell = (text: string, delimiter: string) =>
  /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text

/** The line of an answer, with its end. Nothing of what was sent but the reference. */
export function outputLine(answered: AnsweredRow, header: InputHeader | undefined): string {
  const told = outputFieldsOf(answered)
  if (!header)
    return `${JSON.stringify({
      row: answered.row,
      ...(answered.ref !== undefined && { ref: answered.ref }),
      ...told,
    })}\n`
  const { delimiter } = header
  const list = (names: readonly string[] | undefined) => names?.join(' ') ?? ''
  const ref = answered.ref === undefined ? '' : quoteCell(String(answered.ref), delimiter)
  return `${[
    answered.row,
    ref,
    told.matched ?? '',
    list(told.differs),
    told.status ?? '',
    told.error ?? '',
    list(told.fields),
  ].join(delimiter)}\n`
}

export const outputHeader = (header: InputHeader | undefined): string =>
  header ? `${outColumns.join(header.delimiter)}\n` : ''
