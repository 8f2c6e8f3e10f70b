import { isInForceOn, type LawTableRow, lawTable } from '../../law-table.ts'
import { daysFile, lawFile, laws, readLawRows, readOwnDays } from '../../laws.ts'
import { parseDay } from '../../platform/day.ts'
import { printAnswer, WrongUsage } from '../../platform/terminal.ts'
import type { OwnDay } from '../../units/units.ts'
import type { Invocation } from '../invocation.ts'

/** Longer values stand in full in --json. */
const widestValue = 60

const shortened = (text: string) => (text.length > widestValue ? `${text.slice(0, widestValue - 1)}…` : text)

function lineOfRow({
  rule,
  from,
  until,
  value,
  article,
  source,
  verifiedOn,
  confidence,
  by,
  lacks,
}: LawTableRow): string {
  const term = `${from || 'since ever'}${until ? ` to ${until}` : ''}`
  const act = source === 'house' ? 'decided here' : [article, source].filter(Boolean).join(', ')
  const marks = [
    verifiedOn ? `compared ${verifiedOn}` : source === 'house' ? undefined : 'not compared',
    confidence ? `confidence ${confidence}` : undefined,
    by === 'installation' ? `of ${rule === ownDaysId ? daysFile : lawFile}` : undefined,
    lacks.length > 0 ? `LACKS ${lacks.join(' and ')}` : undefined,
  ]
  return `  ${term}: ${shortened(JSON.stringify(value))} (${[act, ...marks].filter(Boolean).join('; ')})`
}

/** Under which name the days off and make-up days of an installation stand beside its rules. */
const ownDaysId = 'units.own-days'

/** A day of the installation's own as a row: in force on that day alone. */
const rowOfOwnDay = ({ day, kind, name, source, confidence }: OwnDay): LawTableRow => ({
  rule: ownDaysId,
  from: day,
  until: day,
  value: { kind, name },
  article: null,
  source,
  verifiedOn: null,
  confidence: confidence ?? null,
  by: 'installation',
  lacks: [],
})

/** Whether a name that was asked for stands for a rule: its own, or that of its context. */
const isMeant = (said: string | boolean | undefined, id: string) => !said || id === said || id.startsWith(`${said}.`)

/**
 * `law`: each rule of law and policy with its rows, and the installation's own days; with --missing those whose article
 * or source nobody has named.
 */
export async function showLaw({
  folder,
  values,
  json,
}: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> {
  const day = typeof values['day'] === 'string' ? parseDay(values['day']) : undefined
  if (values['day'] !== undefined && !day) throw new WrongUsage('--day takes a day such as 2025-07-01')
  const said = values['rule']
  // A context's name stands for all of its rules.
  const rules = laws.filter(({ id }) => isMeant(said, id))
  const ownDays = isMeant(said, ownDaysId) ? await readOwnDays(folder) : []
  if (rules.length === 0 && !isMeant(said, ownDaysId))
    throw new WrongUsage(`no rule is called "${said}": \`law\` lists them, and cards stands for all of cards`)
  const rows = [...lawTable({ lawRows: await readLawRows(folder) }, rules), ...ownDays.map(rowOfOwnDay)]
    .filter(row => !day || isInForceOn(row, day))
    .filter(({ lacks }) => values['missing'] !== true || lacks.length > 0)
  const words = [...Map.groupBy(rows, ({ rule }) => rule)].map(([rule, ofRule]) =>
    [rule, ...ofRule.map(lineOfRow)].join('\n'),
  )
  const lacking = rows.filter(({ lacks }) => lacks.length > 0).length
  words.push(`${rows.length} rows, ${lacking} without an article or a source`)
  return printAnswer(json, rows, words.join('\n'))
}
