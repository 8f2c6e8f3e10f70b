import * as enrolment from '../enrolment/enrolment.ts'
import { asOperator, type House } from '../open-house.ts'
import { type Day, slashedDay } from '../platform/day.ts'
import type { Language } from '../platform/pages/html.ts'
import { escapedForTerminal, printAnswer, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/** As many as a province has, for whoever asks for all; and as many as one reads at once. */
const everyGap = 1_000_000
const readAtOnce = 20

type FoundGap = Awaited<ReturnType<typeof enrolment.findGaps>>[number] & {
  readonly unit: { readonly id: string; readonly name: string }
}
type FoundGaps = { readonly today: Day; readonly gaps: readonly FoundGap[] }

const find = (house: House): Promise<FoundGaps> =>
  house.openWork(asOperator('application'), async work => {
    const gaps = await enrolment.findGaps(work, undefined, { offset: 0, limit: everyGap })
    const actors = await enrolment.gapActors(work, gaps)
    return { today: work.today, gaps: gaps.map((gap, at) => ({ ...gap, unit: actors[at] as FoundGap['unit'] })) }
  })

const answerOf = (today: Day, { kind, subject, unit, sinceOn, dueOn, facts }: FoundGap) => ({
  kind,
  subject,
  unit: unit.id,
  unitName: unit.name,
  what: enrolment.gapWhat(kind),
  task: enrolment.gapTask(kind),
  since: sinceOn,
  due: dueOn,
  overdue: dueOn < today,
  facts,
})

/** Columns as wide as what stands in them; the last one as long as it is. */
function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => rows.reduce((most, row) => Math.max(most, (row[at] ?? '').length), 0))
  return rows.map(row => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
}

function pageOf({ today, gaps }: FoundGaps, language: Language, shown: number): string {
  const say = enrolment.gapListText(language)
  const isLate = ({ dueOn }: FoundGap) => dueOn < today
  const total = say(gaps.length > 0 ? 'total' : 'none')
    .replace('{n}', String(gaps.length))
    .replace('{late}', String(gaps.filter(isLate).length))
    .replace('{day}', slashedDay(today))
  if (gaps.length === 0) return total

  const countsOf = (theirs: readonly FoundGap[]) => {
    const late = theirs.filter(isLate).length
    // The most urgent comes first.
    return [slashedDay(theirs[0]?.dueOn ?? today), String(theirs.length), late > 0 ? String(late) : '']
  }
  const counted = [say('due'), say('count'), say('late')]
  const kinds = enrolment.gapKinds.flatMap(kind => {
    const theirs = gaps.filter(gap => gap.kind === kind)
    if (theirs.length === 0) return []
    return [[...countsOf(theirs), enrolment.gapWhat(kind)[language], enrolment.gapTask(kind)[language]]]
  })
  const whatOf = ({ kind }: FoundGap) => enrolment.gapWhat(kind)[language]
  const nameOf = ({ unit }: FoundGap) => escapedForTerminal(unit.name)
  const actors = [...Map.groupBy(gaps, ({ unit, kind }) => `${unit.id} ${kind}`).values()].map(theirs => {
    const first = theirs[0] as FoundGap
    return [...countsOf(theirs), nameOf(first), whatOf(first)]
  })
  const rows = gaps.map(gap => {
    const days = [slashedDay(gap.dueOn), slashedDay(gap.sinceOn)]
    return [...days, nameOf(gap), whatOf(gap), escapedForTerminal(gap.subject)]
  })
  const cut = (table: readonly (readonly string[])[]) => {
    const more = table.length - shown
    return { first: table.slice(0, shown), more: more > 0 ? [`  ${say('more').replace('{n}', String(more))}`] : [] }
  }
  const [firstActors, firstRows] = [cut(actors), cut(rows)]
  return [
    total,
    '',
    ...tableOf([[...counted, say('what'), say('task')], ...kinds]),
    '',
    ...tableOf([[...counted, say('actor'), say('what')], ...firstActors.first]),
    ...firstActors.more,
    '',
    ...tableOf([[say('due'), say('since'), say('actor'), say('what'), say('subject')], ...firstRows.first]),
    ...firstRows.more,
  ].join('\n')
}

/** `gap list`: what is stuck between two hands, found anew; names no person. */
export async function listGaps({ house, values, json }: Invocation): Promise<void> {
  const language = values['language'] ?? 'vi'
  if (language !== 'vi' && language !== 'en') throw new WrongUsage('--language takes vi or en')
  const found = await find(house)
  const answer = { gaps: found.gaps.map(gap => answerOf(found.today, gap)) }
  await printAnswer(json, answer, json ? '' : pageOf(found, language, values['all'] === true ? everyGap : readAtOnce))
}
