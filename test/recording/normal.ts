import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import exceljs from 'exceljs'
import { readPdfTexts } from '../../src/platform/pdf/pdf.test-reader.ts'

/**
 * What differs from run to run though nothing changed, replaced by what it is; and files as text that can be
 * compared.
 */

const aroundNow = 400 * 86_400_000
/** The province lives in 2023: a day near the day of the recording was read from the clock. */
const isOfNow = (day: string) => Math.abs(Date.parse(day) - Date.now()) < aroundNow

const replacements: [text: string, by: string][] = []

/** From now on `text` is written as `by`: a folder, a port, a password. The longest goes first. */
export function hide(text: string, by: string): void {
  replacements.push([text, by])
  replacements.sort(([a], [b]) => b.length - a.length)
}

/** Text without what differs by itself: ids, moments, tokens. */
export function steady(text: string): string {
  let told = text
  for (const [from, by] of replacements) told = told.replaceAll(from, by)
  return told
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '<id>')
    .replace(/(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?/g, (all, day) =>
      isOfNow(day) ? '<moment>' : all,
    )
    .replace(/\b\d{4}-\d\d-\d\d\b/g, day => (isOfNow(day) ? '<day>' : day))
    .replace(/\b\d{8}T\d{6}Z?\b/g, '<moment>')
    .replace(/\b(\d\d?)\/(\d\d?)\/(\d{4})\b/g, (all, day, month, year) =>
      isOfNow(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ? '<day>' : all,
    )
    .replace(/ngày (\d\d?) tháng (\d\d?) năm (\d{4})/g, (all, day, month, year) =>
      isOfNow(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ? '<day>' : all,
    )
    .replace(/\b\d\d:\d\d(:\d\d)?(,? (?:ngày |on )?<day>)/g, '<time>$2')
    .replace(/(<day>,? )\d\d:\d\d(:\d\d)?\b/g, '$1<time>')
    .replace(/\b[0-9A-Z]{4}(-[0-9A-Z]{4}){6}\b/g, '<slip>')
    .replace(/(?<="sha256":")[0-9a-f]{64}|\b[0-9a-f]{4}( {2}[0-9a-f]{4}){7}\b/g, '<hash>')
    .replace(/<code>\d{6}<\/code>/g, '<code><passcode></code>')
    .replace(/(name="(?:form|csrf|token)" value=")[^"]*/g, '$1<token>')
    .replace(/(\/assets\/[\w.-]+?-)[\w-]{8}(\.\w+)/g, '$1<hash>$2')
    .replace(/\b\d+(\.\d+)? (GiB|ms|s)\b/g, '<measured> $2')
    .replace(/\b\d+ (wait,|rows of \d+ tables)/g, '<count> $1')
    .replace(/(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{43}(?![\w-])/g, '<key>')
}

/** Members that tell how long something took or how much room it needed. */
const measured = new Set(['seconds', 'milliseconds', 'peakMemoryMb', 'durationMs', 'tookMs'])

/**
 * Keys in order, measures hidden; arrays stay in their order. Of a probability the last digits hang on the order in
 * which the database hands on what is summed.
 */
export function sorted(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toPrecision(9))
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([key, member]) => [key, measured.has(key) ? '<measured>' : sorted(member)]))
}

export const jsonText = (value: unknown) => `${JSON.stringify(sorted(value), undefined, 1)}\n`

/** A document where the text is JSON, otherwise its lines. */
export function told(text: string): unknown {
  const plain = steady(text)
  try {
    return JSON.parse(plain)
  } catch {
    return plain.split('\n')
  }
}

function cellText({ value }: exceljs.Cell): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object'
    ? JSON.stringify(sorted(value))
    : `${typeof value === 'string' ? '' : `${typeof value} `}${value}`
}

const styleText = ({ style }: exceljs.Cell) => JSON.stringify(sorted(style ?? {}))

/** A workbook, a line a cell: sheet, address, value, style; before its cells what shapes a sheet. */
async function workbookText(bytes: Buffer): Promise<string> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer)
  const lines = [`creator ${workbook.creator}, title ${workbook.title}, subject ${workbook.subject}`]
  for (const sheet of workbook.worksheets) {
    const { views, pageSetup, headerFooter, autoFilter, state } = sheet
    const { merges } = sheet.model as unknown as { merges?: string[] }
    const widths = (sheet.columns ?? []).map(({ width, hidden }) => `${width ?? ''}${hidden ? ' hidden' : ''}`)
    const { dataValidations: rules } = sheet as unknown as { dataValidations?: { model?: unknown } }
    lines.push(
      JSON.stringify(sorted({ sheet: sheet.name, state, views, pageSetup, headerFooter, autoFilter, merges, widths })),
    )
    lines.push(JSON.stringify(sorted(rules?.model ?? {})))
    sheet.eachRow(row =>
      row.eachCell({ includeEmpty: true }, cell => {
        lines.push(`${sheet.name}\t${cell.address}\t${cellText(cell)}\t${styleText(cell)}`)
      }),
    )
  }
  return lines.join('\n')
}

/** What is written on a paper, and where. A line with the day of the recording is as wide as that day. */
const paperText = (bytes: Buffer) =>
  readPdfTexts(bytes)
    .map(({ page, x, y, text }) => {
      const shown = steady(text)
      const isFitted = /<slip>|<port>/.test(shown)
      return [page, shown === text ? x.toFixed(1) : '-', isFitted ? '-' : y.toFixed(1), shown].join('\t')
    })
    .join('\n')

/** A file as text: CSV and texts as they are, workbooks by cell, papers by what is written on them. */
export async function textOf(bytes: Buffer, ending: string): Promise<string> {
  if (ending === '.xlsx') return steady(await workbookText(bytes))
  if (ending === '.pdf') return paperText(bytes)
  return ending === '.json' ? jsonText(told(bytes.toString('utf8'))) : steady(bytes.toString('utf8'))
}

export const fileText = async (path: string) => textOf(await readFile(path), extname(path).toLowerCase())
