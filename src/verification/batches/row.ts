import { sniffDelimiter } from '../../platform/csv/csv.ts'
import { type Asked, type Field, fields, type Given, readAsked, type Wrong } from '../asked.ts'
import type { Outcome } from '../checks/checks.ts'
import { verificationProblem } from '../problems.ts'

/**
 * A batch's rows, one a line in both formats: NDJSON, or CSV whose fields hold no line break (RFC 4180 otherwise). As
 * many rows come out as go in, in their order, each with its place and with the caller's own `ref`; blank lines are no
 * rows. Pure.
 */

export const formats = ['ndjson', 'csv'] as const
export type Format = (typeof formats)[number]

export const typeOf: Readonly<Record<Format, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
}

/** The columns of a CSV, as its header has them. */
export type Header = { readonly columns: readonly string[]; readonly delimiter: string }

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

export type Row = {
  readonly ref?: string | number
  readonly asked?: Asked
  readonly error?: RowError
  readonly wrong?: readonly Wrong[]
}

/** A line is some two hundred bytes. */
export const longestLine = 8192
const longestRef = 200

/** A field in quotes with the blanks about it; where a tab stands between fields, it is none of these. */
const blanksAbout = /\s*"((?:[^"]|"")*)"\s*/y
const blanksButTabs = /[^\S\t]*"((?:[^"]|"")*)"[^\S\t]*/y

/** Fields of one line; undefined where its quotes are broken. */
function cut(line: string, delimiter: string): string[] | undefined {
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
export function readHeader(line: string): Header {
  const delimiter = sniffDelimiter(line)
  const columns = (cut(line, delimiter) ?? []).map(column => column.trim().toLowerCase())
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

function readCells(line: string, { columns, delimiter }: Header): (Given & { ref?: unknown }) | undefined {
  const cells = cut(line, delimiter)
  if (!cells || cells.length !== columns.length) return undefined
  const row: Record<string, string> = {}
  for (let i = 0; i < columns.length; i += 1) row[columns[i] ?? ''] = (cells[i] ?? '').trim()
  return row
}

type Parsed = Readonly<Record<string, unknown>>

function readJson(line: string): Parsed | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parsed) : undefined
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
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth === 1 && isName && token !== ':' && token !== ',') names.push(JSON.parse(token) as string)
    isName = depth === 1 && (token === '{' || token === ',')
  }
  return names
}

/** A name that occurs twice has no known value, so neither has a reference. */
function readObject(line: string): { readonly given?: Given & { ref?: unknown }; readonly ref?: unknown } {
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
export function readRow(line: string, header: Header | undefined): Row {
  if (line.length > longestLine) return { error: 'row-too-long' }
  const read = header ? { given: readCells(line, header) } : readObject(line)
  if ('ref' in read) return { ...(isRef(read.ref) && { ref: read.ref }), error: 'member-twice' }
  const { given } = read
  if (!given) return { error: line.includes('\ufffd') ? 'not-utf8' : 'row-unreadable' }
  const ref = isRef(given.ref) ? { ref: given.ref } : {}
  if (line.includes('\ufffd')) return { ...ref, error: 'not-utf8' }
  if (given.ref !== undefined && given.ref !== null && given.ref !== '' && !isRef(given.ref))
    return { error: 'ref-wrong' }
  const asked = readAsked(given)
  return 'wrong' in asked ? { ...ref, error: 'input-wrong', wrong: asked.wrong } : { ...ref, asked }
}

/** A row's answer, or why it has none. */
export type Answered = { readonly row: number; readonly ref?: string | number | undefined } & (
  | { readonly outcome: Outcome }
  | { readonly error: RowError; readonly wrong?: readonly Wrong[] | undefined }
)

export const outColumns = ['row', 'ref', 'matched', 'differs', 'status', 'error', 'fields'] as const

type Told = {
  readonly matched?: boolean
  readonly differs?: readonly Field[]
  readonly status?: string
  readonly error?: string
  readonly fields?: readonly Field[]
}

function toldOf(one: Answered): Told {
  if ('error' in one) return { error: one.error, ...(one.wrong && { fields: one.wrong.map(({ field }) => field) }) }
  if ('withheld' in one.outcome) return { error: one.outcome.withheld }
  return one.outcome
}

export const hasError = (one: Answered): boolean => 'error' in one || 'withheld' in one.outcome

/** A reference goes back as it came; only what would break the line is quoted. */
const quoted = (text: string, delimiter: string) =>
  /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text

/** The line of an answer, with its end. Nothing of what was sent but the reference. */
export function lineOf(one: Answered, header: Header | undefined): string {
  const told = toldOf(one)
  if (!header) return `${JSON.stringify({ row: one.row, ...(one.ref !== undefined && { ref: one.ref }), ...told })}\n`
  const { delimiter } = header
  const list = (names: readonly string[] | undefined) => names?.join(' ') ?? ''
  const ref = one.ref === undefined ? '' : quoted(String(one.ref), delimiter)
  return `${[one.row, ref, told.matched ?? '', list(told.differs), told.status ?? '', told.error ?? '', list(told.fields)].join(delimiter)}\n`
}

export const headerLineOf = (header: Header | undefined): string =>
  header ? `${outColumns.join(header.delimiter)}\n` : ''
