import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as campaign from '../campaign/campaign.ts'
import { asOperator, type House } from '../open-house.ts'
import { csvLine } from '../platform/csv/write-csv.ts'
import { type Day, parseDay } from '../platform/day.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import type { Work } from '../platform/work.ts'
import * as statistics from '../statistics/statistics.ts'
import * as units from '../units/units.ts'
import type { Invocation } from './invocation.ts'

const authority = asOperator('statistics')

function dayIn(values: Invocation['values'], name: string): Day | undefined {
  const said = values[name]
  if (said === undefined) return undefined
  const day = typeof said === 'string' ? parseDay(said) : undefined
  if (!day) throw new WrongUsage(`--${name} takes a day such as 2023-04-20`)
  return day
}

const optionIn = <T extends string>(
  values: Invocation['values'],
  name: string,
  allowed: readonly T[],
): T | undefined => {
  const said = values[name]
  if (said === undefined) return undefined
  const found = allowed.find(one => one === said)
  if (!found) throw new WrongUsage(`--${name} is one of ${allowed.join(', ')}`)
  return found
}

type StatsQuery = { readonly id: campaign.CampaignId; readonly query: statistics.FigureParams }

/** The campaign, unit and day that a command names. Everything that was done is counted first. */
async function readStatsQuery({ house, values }: Invocation): Promise<StatsQuery> {
  const name = values['campaign']
  if (typeof name !== 'string') throw new WrongUsage('say which: --campaign NAME (campaign list tells the names)')
  const day = dayIn(values, 'as-of')
  await statistics.recountAllDue(house.openWork)
  const metric = optionIn(values, 'metric', campaign.metrics)
  const map = optionIn(
    values,
    'map',
    units.maps().map(one => one.map),
  )
  return house.openWork(authority, async work => {
    const { id } = await campaign.getCampaignByName(work, name)
    const unit = typeof values['unit'] === 'string' ? await unitOf(work, values['unit'], map, day) : undefined
    return { id, query: { ...(day && { day }), ...(unit && { unit }), ...(metric && { metric }), ...(map && { map }) } }
  })
}

/** A unit's code is read on the map that is asked for, else on the day. */
async function unitOf(work: Work, code: string, map: string | undefined, day: Day | undefined): Promise<units.UnitId> {
  const own = day ?? work.today
  const shown = (map && units.figureDayOf(map)) || own
  const found = (await units.findUnitOn(work, code, shown)) ?? (await units.findUnitOn(work, code, own))
  if (!found) throw new WrongUsage(`no unit has the code ${code} on ${shown}`)
  return found.id
}

const authorOf = (house: House): statistics.SheetAuthor => ({
  author: authority.by.id,
  isDemonstration: house.record()['demonstration'] !== undefined,
  language: 'vi',
})

function formOf(out: string): statistics.SheetFormat {
  const ending = /\.(xlsx|pdf|csv|txt)$/i.exec(out)?.[1]?.toLowerCase()
  if (!ending) throw new WrongUsage('--out ends in .xlsx, .pdf, .csv or .txt')
  return ending === 'txt' ? 'text' : (ending as statistics.SheetFormat)
}

/** Every metric of the campaign, the first first, unless one is asked for. */
async function sheetsOf({ house }: Invocation, { id, query }: StatsQuery): Promise<statistics.QuickSheet[]> {
  return house.openWork(authority, async work => {
    const { metrics } = await campaign.getCampaign(work, id)
    const sheets: statistics.QuickSheet[] = []
    for (const metric of query.metric ? [query.metric] : metrics)
      sheets.push(await statistics.readQuickSheet(work, id, { ...query, metric }))
    return sheets
  })
}

/** A figure as interfaces.md promises it: one row a unit (and metric), with the address of its list. */
const figureOf = (sheet: statistics.QuickSheet, row: statistics.QuickRow) => {
  const { metric, day, map } = sheet
  const asked = `unit=${row.unit.id}&metric=${metric}&day=${day}&map=${map}`
  return { ...statistics.figuresOf(sheet, row), list: `/api/campaigns/${sheet.campaign.id}/list?${asked}` }
}

/** `stats quick`: a unit and those right below it, by the end of a day; to a file with --out. */
export async function statsQuick(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const out = values['out']
  const form = typeof out === 'string' ? formOf(out) : undefined
  const asked = await readStatsQuery(invocation)
  const sheets = await sheetsOf(invocation, asked)
  if (typeof out === 'string' && form === 'csv') await writeFile(out, statistics.sheetCsv(sheets))
  else if (typeof out === 'string' && form)
    await house.openWork(authority, async work => {
      const { content } = await statistics.exportSheet(work, asked.id, asked.query, form, authorOf(house))
      await pipeline(
        typeof content === 'string' || Buffer.isBuffer(content) ? Readable.from([content]) : content,
        createWriteStream(out),
      )
    })
  const rows = sheets.flatMap(sheet => [sheet.whole, ...sheet.below].map(row => figureOf(sheet, row)))
  const { day, unit } = asked.query
  const { days } = await house.openWork(authority, work =>
    campaign.listSafeDays(work, { campaign: asked.id, ...(day && { day }), ...(unit && { unit }) }),
  )
  const words = [...sheets.map(quickTable), ...(days.length > 0 ? [safeDayTable(days)] : [])]
  await printAnswer(json, { rows, sheets, lastSafeDays: days }, words.join('\n\n'))
}

/** Until when one still asks in time, by the law's limits, not by how long offices take. */
const safeDayTable = (days: Awaited<ReturnType<typeof campaign.listSafeDays>>['days']): string =>
  [
    'last safe days, by the time limits of the law',
    ...days.map(({ deadline, by, what, lastSafeOn, officeOn, workingDays, law }) => {
      const office = officeOn === lastSafeOn ? '' : `, at a counter until ${officeOn}`
      const mark = law.confidence === 'low' ? ', of low confidence' : ''
      const basis = [law.article, law.source].filter(Boolean).join(', ')
      const limit = `(${workingDays} working days, ${basis}${mark})`
      return `  ${deadline}, ${by}: ${what} asked for by ${lastSafeOn}${office} ${limit}`
    }),
  ].join('\n')

function quickTable({ whole, below, metric, day, campaign: { title }, dueOn, waiting }: statistics.QuickSheet): string {
  const percent = ({ rate }: statistics.QuickRow) =>
    rate ? `${rate.floorPercent} % (${(Math.floor(rate.exact * 100_000) / 1000).toFixed(3)} %)` : ''
  const line = (row: statistics.QuickRow) =>
    `  ${row.unit.code.padEnd(6)} ${row.unit.name.padEnd(28)} ${String(row.today).padStart(7)} ` +
    `${String(row.cumulative).padStart(9)} ${String(row.target ?? '').padStart(9)} ` +
    `${String(row.remaining ?? '').padStart(9)}  ${percent(row)}`
  return [
    `${title}: ${metric}, ${day}${dueOn ? `, due ${dueOn}` : ''}`,
    `  ${'unit'.padEnd(35)} ${'today'.padStart(7)} ${'so far'.padStart(9)} ${'target'.padStart(9)} ` +
      `${'left'.padStart(9)}  rate`,
    ...below.map(line),
    line(whole),
    ...(waiting > 0 ? [`  ${waiting} deeds are not counted yet`] : []),
  ].join('\n')
}

/** `stats list`: the people behind a figure; with --since EDITION why it changed. */
export async function statsList(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const { id, query } = await readStatsQuery(invocation)
  const which = optionIn(values, 'which', ['done', 'new', 'lacking', 'members', 'stopped'] as const)
  const from = dayIn(values, 'from')
  const asked = { ...query, ...(which && { which }), ...(from && { from }) }
  const people: Awaited<ReturnType<typeof statistics.listPeople>>['people'] = []
  let after: string | undefined
  let total = 0
  do {
    const page = await house.openWork(authority, work => statistics.listPeople(work, id, asked, { after, limit: 1000 }))
    people.push(...page.people)
    total = page.total
    after = page.next ?? undefined
  } while (after)
  const lines = people.map(({ number, name, born, unit, school, class: of, on }) =>
    [number, name, born, unit, school, of, on].map(value => value ?? ''),
  )
  const { out } = values
  if (typeof out === 'string')
    await writeFile(
      out,
      [['person_number', 'full_name', 'birth_date', 'unit', 'school', 'class', 'on'], ...lines]
        .map(line => csvLine(line))
        .join('\n'),
      { mode: 0o600 },
    )
  const words = [`${total} people`, ...(typeof out === 'string' ? [] : lines.map(line => `  ${line.join('  ')}`))]
  await printAnswer(json, { total, people }, words.join('\n'))
}

/** `stats why --since EDITION`: what made a figure another one than it was. */
export async function statsWhy(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const since = Number(values['since'])
  if (!Number.isSafeInteger(since) || since < 0)
    throw new WrongUsage('--since takes the edition of a report or of stats quick --json')
  const { id, query } = await readStatsQuery(invocation)
  const which = optionIn(values, 'which', ['done', 'new', 'lacking', 'members', 'stopped'] as const)
  const difference = await house.openWork(authority, work =>
    statistics.explainDifference(work, id, { ...query, ...(which && { which }), since }),
  )
  const parts = difference.parts.map(({ cause, gone, come }) => `  ${cause.padEnd(14)} -${gone} +${come}`)
  await printAnswer(json, difference, [`${difference.before} became ${difference.after}`, ...parts].join('\n'))
}

/** `stats publish`: signs the sheet of a day and keeps it. */
export async function statsPublish(invocation: Invocation): Promise<void> {
  const { house, json } = invocation
  const { id, query } = await readStatsQuery(invocation)
  const head = await house.openWork(authority, work => statistics.publishReport(work, house.signingKey(), id, query))
  await printAnswer(
    json,
    head,
    `published as ${head.code}: ${head.unit.name}, ${head.metric} ` +
      `${head.cumulative}${head.target === null ? '' : ` of ${head.target}`}`,
  )
}

/** `stats recount`: counts everyone anew from the facts and compares. */
export async function statsRecount({ house, json }: Invocation): Promise<void> {
  const campaigns = await statistics.verifyCounts(house.openWork)
  const words = campaigns.map(
    ({ campaign: name, differed, totals }) => `  ${name}: ${differed} people and ${totals} totals were otherwise`,
  )
  await printAnswer(json, { campaigns }, words.join('\n') || 'no campaign is open')
}
