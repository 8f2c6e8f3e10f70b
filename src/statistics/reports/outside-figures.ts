import type { Static } from 'typebox'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { type Day, dayBefore, parseDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { type FigureParams, readFigureQuery } from '../figure.ts'
import { sheetOf } from '../figures/figures.ts'
import type { outsideFigures } from './contract.ts'
import * as store from './store-outside-figure.ts'

export const outsideColumns = ['unit', 'day', 'metric', 'value', 'source'] as const

/** A row's figure, or why it is none. Unit codes are read as of the figure's own day. */
async function readOutsideRow(
  work: Work,
  values: Readonly<Record<string, string>>,
): Promise<store.OutsideFigure | string> {
  const { unit = '', day: dayText = '', metric = '', value = '', source = '', note } = values
  const day: Day | undefined = parseDay(dayText.trim())
  if (!day) return 'day-malformed: a day is written YYYY-MM-DD'
  if (day > work.today) return `day-to-come: ${day} is still to come`
  if (!campaign.isMetric(metric.trim())) return `metric-unknown: ${metric}`
  if (!/^-?\d{1,9}$/.test(value.trim())) return 'value-malformed: a whole number is needed'
  if (Number(value) < 0) return 'value-negative: a count is never below zero'
  if (source.trim() === '') return 'source-missing: say who reports it'
  const found = await units.findUnitOn(work, unit.trim(), day)
  if (!found) return `unit-unknown: no unit ${unit} stands on ${day}`
  return {
    unitId: found.id,
    day,
    metric: metric.trim(),
    source: source.trim(),
    value: Number(value),
    note: note?.trim() || null,
  }
}

/**
 * Takes in figures that others report (interfaces.md, stats import): they stand beside ours and are never mixed in.
 * Wrong rows are told, right ones land; the same again changes nothing.
 */
export async function importOutside(
  work: Work,
  rows: units.ImportRows,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<units.ReferenceImport> {
  const rejected: { readonly line: number; readonly reason: string }[] = []
  const good = new Map<string, store.OutsideFigure>()
  let read = 0
  for await (const { line, values } of rows) {
    read += 1
    const found = values
      ? await readOutsideRow(work, values)
      : 'row-broken: this line has not the columns of the header'
    if (typeof found === 'string') rejected.push({ line, reason: found })
    else {
      const key = [found.unitId, found.day, found.metric, found.source].join(' ')
      if (good.has(key))
        rejected.push({ line, reason: 'twice: the same figure of the same source stands on an earlier line' })
      else good.set(key, found)
    }
  }
  const { added, changed } = await store.upsertOutsideFigures(work, [...good.values()])
  const counts = { read, added, changed, unchanged: good.size - added - changed, rejected }
  if (added + changed > 0)
    await audit.record(
      work,
      'figures.imported',
      { kind: 'import', id: newId<'import'>(work.now) },
      { ...facts, ...counts, rejected: rejected.length },
    )
  return counts
}

/**
 * What others report of a unit and those below by a day, the last of each source by then, beside what we count of the
 * figure's own day: as known now, or in the edition that is asked for. Of a day before the campaign there is no count.
 */
export async function readOutsideFigures(
  work: Work,
  id: campaign.CampaignId,
  query: FigureParams,
): Promise<Static<NonNullable<typeof outsideFigures.reply>>> {
  const asked = await readFigureQuery(work, id, query)
  const { campaign: one, unit, metric, day: askedDay, edition, tree } = asked
  const unitOf = new Map([unit, ...tree.childrenOf(unit.id)].map(one => [one.id, units.codedUnitReference(one)]))
  const known = edition === undefined ? undefined : (await campaign.editionAt(work, edition)).at
  const figures = await store.findOutsideFigures(work, [...unitOf.keys()], { metric, day: askedDay, known })
  const ours = new Map<Day, ReadonlyMap<string, number>>()
  for (const day of new Set(figures.map(figure => figure.day))) {
    if (day < dayBefore(one.startsOn)) continue
    const sheet = await sheetOf(work, { ...asked, day, first: day })
    ours.set(day, new Map([sheet.whole, ...sheet.below].map(row => [row.unit.id, row.cumulative])))
  }
  return {
    figures: figures.flatMap(({ unitId, day, source, value, note }) => {
      const reported = unitOf.get(unitId)
      const count = ours.get(day)?.get(unitId) ?? null
      const difference = count === null ? null : value - count
      return reported ? [{ unit: reported, day, metric, source, value, ours: count, difference, note }] : []
    }),
  }
}
