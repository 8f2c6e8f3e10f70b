import { type Day, parseDay } from './day.ts'
import { problems } from './problem.ts'

/**
 * Rules that have a day. A rule is rows, each in force from its day on until the next begins; what is asked is always
 * asked of a day. An installation adds rows of its own: of the rows in force on a day the one that began last answers,
 * and of two that began together the installation's. Pure: a browser asks the same rules.
 */

/** How sure whoever wrote a row is that its source says so. */
export const confidences = ['high', 'medium', 'low'] as const
export type Confidence = (typeof confidences)[number]

export type LawRow<Value = unknown> = {
  /** The first day of the row; empty where it is in force since ever. */
  readonly from: Day | ''
  readonly value: Value
  /** The article, where the source has any. */
  readonly article?: string
  /** The act that says so; 'house' where no law does and it is the house's own policy. */
  readonly source: string
  /** When somebody compared the row with the text of its source; missing where nobody has. */
  readonly verifiedOn?: Day
  /** How much to stake on the row, where sources are thin or disagree; missing = not stated. */
  readonly confidence?: Confidence
}

/** As rows are written in a law.ts: days as plain text. */
type Written<Value> = Omit<LawRow<Value>, 'from' | 'verifiedOn'> & {
  readonly from: string
  readonly verifiedOn?: string
}

export type Rule<Value = unknown> = {
  readonly id: string
  readonly rows: readonly LawRow<Value>[]
  /** What every text within a value is one of, where the program knows no others. */
  readonly words?: readonly string[]
}

/** An installation's own rows, by the rule's id. */
export type LawRows = ReadonlyMap<string, readonly LawRow[]>

/** Whoever asks: a work bears the rows of its house; a browser what it was given, or nothing. */
export type Asking = { readonly lawRows?: LawRows | undefined }

/** For whoever has no house: a station without its rows, a test, a synthetic province. */
export const builtInLaw: Asking = {}

export const lawProblem = problems({
  'law-not-in-force': {
    status: 409,
    title: 'No rule was in force on that day',
    vi: 'Chưa có quy định có hiệu lực vào ngày này',
    fix: 'The rule named begins on the day named "first". Ask for a later day, or add a row for it to law.csv.',
    fixVi: 'Quy định được nêu có hiệu lực từ ngày "first". Hãy chọn ngày muộn hơn hoặc bổ sung dòng vào law.csv.',
  },
  'law-rows-refused': {
    status: 500,
    title: 'Rows of law.csv cannot be used',
    vi: 'Có dòng trong law.csv không dùng được',
    fix: '"wrong" names each line, what is wrong with it and what to write. Nothing of the file is used until then.',
    fixVi: '"wrong" ghi từng dòng, chỗ sai và cách ghi đúng. Tệp chưa được dùng cho đến khi sửa xong.',
  },
})

const dayOrRefuse = (id: string, text: string): Day => {
  const day = parseDay(text)
  if (!day) throw new RangeError(`${id}: ${text} is no day`)
  return day
}

/** A rule of law, its rows in the order of their days. */
export function law<Value>(
  id: string,
  written: readonly [Written<Value>, ...Written<Value>[]],
  { words }: { readonly words?: readonly string[] } = {},
): Rule<Value> {
  const rows = written.map(({ from, verifiedOn, ...row }) => ({
    ...row,
    from: from === '' ? ('' as const) : dayOrRefuse(id, from),
    ...(verifiedOn !== undefined && { verifiedOn: dayOrRefuse(id, verifiedOn) }),
  }))
  if (rows.some(({ from }, at) => at > 0 && from <= (rows[at - 1]?.from ?? '')))
    throw new RangeError(`${id}: each row begins after the one before`)
  return { id, rows, ...(words && { words }) }
}

/** What no law says and the house decides by itself: a rule in force since ever, which an installation changes too. */
export const policy = <Value>(id: string, value: Value): Rule<Value> => law(id, [{ from: '', value, source: 'house' }])

/** All rows of a rule as they answer, one after the other: for a statement that asks of a day in each row. */
export function timelineOf<Value>(rule: Rule<Value>, work: Asking): readonly LawRow<Value>[] {
  const own = work.lawRows?.get(rule.id) as readonly LawRow<Value>[] | undefined
  // Values of an installation's rows were compared with the rule when they were read.
  if (!own) return rule.rows
  const builtIn = rule.rows.filter(({ from }) => !own.some(row => row.from === from))
  return [...builtIn, ...own].sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** The row of a rule that is in force on a day. Throws law-not-in-force. */
export function rowOn<Value>(rule: Rule<Value>, day: Day, work: Asking): LawRow<Value> {
  const rows = timelineOf(rule, work)
  const row = rows.findLast(({ from }) => from <= day)
  if (!row) throw lawProblem('law-not-in-force', { rule: rule.id, day, first: rows[0]?.from })
  return row
}

/** Where a rule's words of a day stand, for whoever is told what they decided. */
export type LawReference = {
  readonly rule: string
  readonly article: string | null
  readonly source: string
  readonly verifiedOn: Day | null
  readonly confidence: Confidence | null
}

/** The reference of the row that is in force on a day. Throws law-not-in-force. */
export function referenceOn(rule: Rule, day: Day, work: Asking): LawReference {
  const { article = null, source, verifiedOn = null, confidence = null } = rowOn(rule, day, work)
  return { rule: rule.id, article, source, verifiedOn, confidence }
}

/** What a rule says on a day. Throws law-not-in-force. */
export const ruleOn = <Value>(rule: Rule<Value>, day: Day, work: Asking): Value => rowOn(rule, day, work).value

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with a value that should be like another; undefined where nothing is. */
function unlike(like: unknown, value: unknown, words: readonly string[] | undefined, at: string): string | undefined {
  const where = at && ` in ${at}`
  if (typeof like === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return `a number from 0 on${where}`
    return Number.isInteger(like) && !Number.isInteger(value) ? `a whole number${where}` : undefined
  }
  if (typeof like === 'string') {
    if (typeof value !== 'string' || value === '') return `a text${where}`
    return words && !words.includes(value) ? `one of ${words.join(', ')}${where}` : undefined
  }
  if (Array.isArray(like)) {
    if (!Array.isArray(value)) return `a list${where}`
    return like.length === 0
      ? undefined
      : value.map((one, i) => unlike(like[0], one, words, `${at}[${i}]`)).find(wrong => wrong !== undefined)
  }
  if (isRecord(like)) {
    const names = Object.keys(like)
    if (!isRecord(value) || names.length !== Object.keys(value).length || names.some(name => !(name in value)))
      return `an object of ${names.join(', ')}${where}`
    return names
      .map(name => unlike(like[name], value[name], words, at ? `${at}.${name}` : name))
      .find(wrong => wrong !== undefined)
  }
  return typeof value === typeof like ? undefined : `true or false${where}`
}

/** A line of an installation's file, as it was read. */
export type LawLine = { readonly line: number; readonly values: Readonly<Record<string, string>> }

/** JSON; a plain text need not be quoted. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function readLine(rules: ReadonlyMap<string, Rule>, values: LawLine['values']): readonly [string, LawRow] | string {
  const [id, source] = [values['rule'] ?? '', values['source'] ?? '']
  const [from, verifiedOn] = [values['from'] ?? '', values['verified_on'] ?? '']
  const rule = rules.get(id)
  if (!rule) return `no rule is called "${id}": write one of those that docs/operations.md names`
  const day = parseDay(from)
  if (!day) return 'from is the first day of the rule, YYYY-MM-DD'
  const value = readValue(values['value'] ?? '')
  const wrong = unlike(rule.rows[0]?.value, value, rule.words, '')
  if (wrong) return `value of ${id} should be ${wrong}`
  if (!source) return 'source is missing: name the act that says so, or "house" for a decision of your own'
  const verified = verifiedOn === '' ? undefined : parseDay(verifiedOn)
  if (verifiedOn !== '' && !verified) return 'verified_on is YYYY-MM-DD, or empty where nobody has compared it'
  const stated = values['confidence'] ?? ''
  const confidence = confidences.find(one => one === stated)
  if (stated !== '' && !confidence) return `confidence is one of ${confidences.join(', ')}, or empty`
  const article = values['article']
  const row = { from: day, value, source, ...(article && { article }), ...(verified && { verifiedOn: verified }) }
  return [id, { ...row, ...(confidence && { confidence }) }]
}

/** The rows that an installation adds to the rules. Throws law-rows-refused, which names each line that is wrong. */
export function lawRowsOf(rules: readonly Rule[], lines: readonly LawLine[]): LawRows {
  const byId = new Map(rules.map(rule => [rule.id, rule]))
  const found = new Map<string, LawRow[]>()
  const wrong: { readonly line: number; readonly should: string }[] = []
  for (const { line, values } of lines) {
    const read = readLine(byId, values)
    if (typeof read === 'string') {
      wrong.push({ line, should: read })
      continue
    }
    const [id, row] = read
    const rows = found.get(id) ?? []
    if (rows.some(({ from }) => from === row.from))
      wrong.push({ line, should: `${id} has two rows of ${row.from}: keep one` })
    found.set(
      id,
      [...rows, row].sort((a, b) => (a.from < b.from ? -1 : 1)),
    )
  }
  if (wrong.length > 0) throw lawProblem('law-rows-refused', { wrong })
  return found
}
