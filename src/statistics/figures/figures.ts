import type { Static } from 'typebox'
import * as campaign from '../../campaign/campaign.ts'
import { type Day, dayBefore, daysFrom } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { countWaiting, holdKnowledge } from '../balances/balances.ts'
import { type OpeningBalance, readOpeningBalance } from '../balances/opening-balance.ts'
import type { figureCourse, QuickRow, QuickSheet } from '../contract.ts'
import { type FigureParams, type FigureQuery, readFigureQuery } from '../figure.ts'
import { type Forecast, forecastFigure, rateOf } from '../forecast/forecast.ts'
import { neededPerWorkingDay, type PlannedTotal, plannedBy, recentFrom, targetPlanOf } from '../forecast/target-plan.ts'
import { recentDays } from '../law.ts'
import { columnsOf, type MilestoneColumn, metricCount, wholeCampaign } from '../milestone-column.ts'
import { dueDay } from './due-day.ts'
import { withRanks } from './ranks.ts'
import * as store from './store.ts'
import { workTotals } from './work-metric.ts'

/**
 * Figures of a campaign. A query comes in (figure.ts reads it: campaign, metric, day, band, map, edition). Decided
 * here: the running totals of units as written, summed by the units of that day's map and compared with targets, plan
 * and deadline. What goes out: the quick sheet and the course of a figure (here), the funnel, the map, the people
 * behind a number (people-behind-figure.ts) and why it changed (why-changed.ts), shares for handing targets down
 * (target-split.ts). Deeds: list.exported, list.printed.
 */

/** What is added up of each unit as written, before it is shown by the units of a map. */
type FigureSum = {
  members: number
  frozen: number
  before: number
  now: number
  lately: number
  silent: boolean
  /** What of members and of `now` was brought along. */
  openingMembers: number
  openingNow: number
}
const noSum = (): FigureSum => ({
  members: 0,
  frozen: 0,
  before: 0,
  now: 0,
  lately: 0,
  silent: true,
  openingMembers: 0,
  openingNow: 0,
})

const addSum = (to: FigureSum, one: FigureSum) => {
  to.members += one.members
  to.frozen += one.frozen
  to.before += one.before
  to.now += one.now
  to.lately += one.lately
  to.silent &&= one.silent
  to.openingMembers += one.openingMembers
  to.openingNow += one.openingNow
}

/** Which columns a metric needs. */
const columnsFor = (metric: campaign.PersonMetric): MilestoneColumn[] => {
  const { has, not } = columnsOf[metric]
  return not ? [has, not] : [has]
}

const countIn = (total: store.ColumnTotals | undefined, metric: campaign.PersonMetric): number => {
  if (!total) return 0
  const { has, not } = columnsOf[metric]
  return (total[has] ?? 0) - (not ? (total[not] ?? 0) : 0)
}

/** Each unit as written, with its counts on the day, the day before, and where the recent pace begins. */
async function sumsOf(
  work: Work,
  { campaign: one, metric, day, first, band, edition, tree }: FigureQuery,
): Promise<Map<string, FigureSum>> {
  const sums = new Map<string, FigureSum>()
  const sumOf = (unitId: Id<'unit'>) => {
    const known = sums.get(unitId)
    if (known) return known
    const fresh = noSum()
    sums.set(unitId, fresh)
    return fresh
  }
  for (const { unitId, people } of await store.countFrozenMembers(work, one.id, band)) sumOf(unitId).frozen += people
  const on = { day, yesterday: dayBefore(first), recent: recentFrom(day, work) }
  const { yesterday, recent } = on
  if (!campaign.isPersonMetric(metric)) {
    for (const { unitId, day: by, value } of await workTotals(work, one.id, metric, [day, yesterday, recent])) {
      const sum = sumOf(unitId)
      if (by === day) sum.now += value
      if (by === yesterday) sum.before += value
      if (by === recent) sum.lately += value
    }
  } else {
    const counted = await store.unitsCounted(work, one.id)
    const of = {
      campaignId: one.id,
      band,
      units: edition === undefined ? counted : [...tree.written.keys()],
      columns: columnsFor(metric),
    }
    const days = [...new Set([day, yesterday, recent])]
    const rows =
      edition === undefined
        ? await store.findTotals(work, of, days)
        : await store.findTotalsAsKnown(work, of, days, edition)
    for (const row of rows) {
      const sum = sumOf(row.unitId)
      const count = countIn(row, metric)
      if (row.day === day) [sum.now, sum.members] = [sum.now + count, sum.members + row.members]
      if (row.day === yesterday) sum.before += count
      if (row.day === day && row.changedOn === day) sum.silent = false
      if (row.day === recent) sum.lately += count
    }
    const opening = await openingOf(work, { campaign: one, band, edition })
    for (const unitId of opening.unitIds)
      addOpening(sumOf(unitId as Id<'unit'>), opening, unitId, { metric, ...on, first: dayBefore(one.startsOn) })
  }
  return sums
}

/** A part of a campaign has no opening balance: what was brought along is not told apart. */
const openingOf = (
  work: Work,
  { campaign: one, band, edition }: Pick<FigureQuery, 'campaign' | 'band' | 'edition'>,
): Promise<OpeningBalance> =>
  band === 0
    ? readOpeningBalance(work, one.id, edition)
    : Promise.resolve({ isEmpty: true, unitIds: [], ofUnit: () => undefined })

/** Adds what a commune brought along. A balance that is carried on a day is something that was entered that day. */
function addOpening(
  sum: FigureSum,
  opening: OpeningBalance,
  unitId: string,
  {
    metric,
    day,
    yesterday,
    recent,
    first,
  }: { metric: campaign.PersonMetric; day: Day; yesterday: Day; recent: Day; first: Day },
): void {
  const on = (asked: Day) => opening.ofUnit(unitId, asked)
  const done = (asked: Day) => {
    const counts = on(asked)
    return counts ? metricCount(counts, metric) : 0
  }
  const [members, now] = [on(day)?.members ?? 0, done(day)]
  sum.members += members
  sum.frozen += on(first)?.members ?? 0
  sum.now += now
  sum.before += done(yesterday)
  sum.lately += done(recent)
  sum.openingMembers += members
  sum.openingNow += now
  if (on(day) !== on(yesterday)) sum.silent = false
}

type FigureLine = {
  readonly unit: units.Unit | units.UnitRecord
  readonly sum: FigureSum
  readonly targets: readonly campaign.UnitTarget[]
  readonly handedDown: number
  readonly hasBelow: boolean
}

/** The sums of a unit of the map: of all units as written that count for it or below it. */
function sumIn(
  query: FigureQuery,
  sums: ReadonlyMap<string, FigureSum>,
  byHome: ReadonlyMap<string, readonly string[]>,
  unitId: Id<'unit'>,
): FigureSum {
  const total = noSum()
  const visit = (id: string) => {
    for (const written of byHome.get(id) ?? []) {
      const sum = sums.get(written)
      if (sum) addSum(total, sum)
    }
    for (const child of query.tree.childrenOf(id)) visit(child.id)
  }
  visit(unitId)
  return total
}

/** The targets of a unit of the map: its own, and those of each that was merged into it. */
function targetsIn(
  byUnit: ReadonlyMap<string, readonly campaign.UnitTarget[]>,
  byHome: ReadonlyMap<string, readonly string[]>,
  unitId: Id<'unit'>,
): campaign.UnitTarget[] {
  return (byHome.get(unitId) ?? [unitId]).flatMap(written => byUnit.get(written) ?? [])
}

const targetOf = (targets: readonly campaign.UnitTarget[]) =>
  targets.length ? targets.reduce((sum, { value }) => sum + value, 0) : null

/** Why more were done than were asked for. */
function aboveWhy(sum: FigureSum, target: number | null): QuickRow['above'] {
  if (target === null || sum.now <= target) return null
  if (sum.frozen > target) return 'target-below-cohort'
  return sum.members > sum.frozen ? 'cohort-grew' : 'target-below-cohort'
}

type FigureTerm = {
  readonly day: Day
  readonly startsOn: Day
  readonly left: number | null
  /** Working days of the recent pace. */
  readonly lately: number
}

function quickRow(
  { unit, sum, targets, handedDown, hasBelow }: FigureLine,
  { day, startsOn, left, lately }: FigureTerm,
  ahead: QuickRow['forecast'],
): QuickRow {
  const target = targetOf(targets)
  const remaining = target === null ? null : Math.max(0, target - sum.now)
  return {
    unit: units.codedUnitReference(unit),
    members: sum.members,
    frozen: sum.frozen,
    today: sum.now - sum.before,
    cumulative: sum.now,
    target,
    notHandedDown: hasBelow && target !== null ? target - handedDown : 0,
    remaining,
    rate: target === null ? null : rateOf(sum.now, target),
    rateOfMembers: rateOf(sum.now, sum.members),
    rank: null,
    planned: plannedBy(targetPlanOf(targets), startsOn, day) ?? null,
    neededPerWorkingDay: remaining === null || left === null ? null : (neededPerWorkingDay(remaining, left) ?? null),
    recentPerWorkingDay: Math.round(((sum.now - sum.lately) / lately) * 10) / 10,
    forecast: ahead,
    above: aboveWhy(sum, target),
    ...(sum.openingMembers > 0 && { opening: { members: sum.openingMembers, cumulative: sum.openingNow } }),
    silent: sum.silent,
  }
}

const forecastShape = ({
  low,
  mid,
  high,
  neededPerWorkingDay: needed,
  recentPerWorkingDay,
  calibration,
  cappedAt,
}: Forecast): NonNullable<QuickRow['forecast']> => ({
  low,
  mid,
  high,
  neededPerWorkingDay: needed === null ? null : Math.ceil(needed),
  recentPerWorkingDay: recentPerWorkingDay ?? 0,
  calibration,
  ...(cappedAt !== undefined && { cappedAt }),
})

/** Where a figure is heading: the whole's alone, since it needs each day's total. */
async function readForecast(
  work: Work,
  query: FigureQuery,
  written: readonly string[],
  target: number | null,
  dueOn: Day | null,
): Promise<QuickRow['forecast']> {
  const { campaign: one, day, metric, edition } = query
  if (dueOn === null || target === null || edition !== undefined || !campaign.isPersonMetric(metric)) return null
  const history = await dailyTotals(work, query, written, dayBefore(one.startsOn))
  if (history.length === 0) return null
  return forecastShape(
    forecastFigure({
      history: history.map(({ day: on, total }) => ({ day: on, total })),
      isWorkingDay: units.isWorkingDay,
      today: day,
      dueOn,
      target,
      most: history.at(-1)?.members,
    }),
  )
}

/** The total of some units on each day from one to the asked one. */
async function dailyTotals(
  work: Work,
  { campaign: one, unit, metric, day, band }: FigureQuery,
  written: readonly string[],
  from: Day,
): Promise<{ day: Day; total: number; members: number }[]> {
  if (!campaign.isPersonMetric(metric) || from > day) return []
  const counted = unit.id === one.unitId ? [wholeCampaign] : written
  const of = { campaignId: one.id, band, units: counted, columns: columnsFor(metric) }
  const last = new Map((await store.findTotals(work, of, [dayBefore(from)])).map(row => [row.unitId, row]))
  const byDay = Map.groupBy(await store.findTotalsBetween(work, of, from, day), row => row.day)
  let total = 0
  let members = 0
  for (const row of last.values()) [total, members] = [total + countIn(row, metric), members + row.members]
  const opening = await openingOf(work, { campaign: one, band, edition: undefined })
  return daysFrom(from, day).map(on => {
    const brought = openingTotal(opening, written, on, metric)
    for (const row of byDay.get(on) ?? []) {
      const before = last.get(row.unitId)
      total += countIn(row, metric) - countIn(before, metric)
      members += row.members - (before?.members ?? 0)
      last.set(row.unitId, row)
    }
    return { day: on, total: total + brought.done, members: members + brought.members }
  })
}

/** What some communes brought along by the end of a day. */
function openingTotal(opening: OpeningBalance, written: readonly string[], day: Day, metric: campaign.PersonMetric) {
  const total = { done: 0, members: 0 }
  if (opening.isEmpty) return total
  for (const unitId of written) {
    const counts = opening.ofUnit(unitId, day)
    if (!counts) continue
    total.done += metricCount(counts, metric)
    total.members += counts.members
  }
  return total
}

const byHomeOf = ({ tree }: FigureQuery): ReadonlyMap<string, readonly string[]> => {
  const by = new Map<string, string[]>()
  for (const [written, home] of tree.written) {
    const known = by.get(home)
    if (known) known.push(written)
    else by.set(home, [written])
  }
  return by
}

const writtenOf = (
  query: FigureQuery,
  byHome: ReadonlyMap<string, readonly string[]>,
  unitId: Id<'unit'>,
): string[] => [
  ...(byHome.get(unitId) ?? []),
  ...query.tree.childrenOf(unitId).flatMap(({ id }) => writtenOf(query, byHome, id)),
]

/** Quick statistics of a unit and of those right below it, by the end of a day. */
export async function readQuickSheet(
  work: Work,
  id: campaign.CampaignId,
  query: FigureParams = {},
): Promise<QuickSheet> {
  const asked = await readFigureQuery(work, id, query)
  return sheetOf(work, asked)
}

/** What is needed to tell the row of any unit of the map: everything is read once. */
export type FigureDraft = {
  readonly query: FigureQuery
  readonly dueOn: Day | null
  readonly left: number | null
  readonly written: readonly string[]
  rowOf(unit: units.Unit | units.UnitRecord, ahead?: QuickRow['forecast']): QuickRow
}

export async function draftFigures(work: Work, query: FigureQuery): Promise<FigureDraft> {
  const { campaign: one, unit, metric, day, tree } = query
  const lately = ruleOn(recentDays, day, work)
  const targets = Map.groupBy(await campaign.targetsOn(work, one.id, day, metric), ({ unitId }) => unitId as string)
  const sums = await sumsOf(work, query)
  const byHome = byHomeOf(query)
  const dueOn = await dueDay(work, one, metric, targetsIn(targets, byHome, unit.id))
  const left = dueOn === null ? null : units.workingDaysBetween(day, dueOn)
  const lineOf = (of: units.Unit | units.UnitRecord): FigureLine => {
    const below = tree.childrenOf(of.id)
    return {
      unit: of,
      sum: sumIn(query, sums, byHome, of.id),
      targets: targetsIn(targets, byHome, of.id),
      handedDown: below.reduce((sum, { id }) => sum + (targetOf(targetsIn(targets, byHome, id)) ?? 0), 0),
      hasBelow: below.length > 0,
    }
  }
  return {
    query,
    dueOn,
    left,
    written: writtenOf(query, byHome, unit.id),
    rowOf: (of, ahead = null) => quickRow(lineOf(of), { day, startsOn: one.startsOn, left, lately }, ahead),
  }
}

/** The place of a unit among those below the same one. */
function rankOfUnit({ query: { campaign: one, unit, tree }, rowOf: draw }: FigureDraft): number | null {
  if (unit.id === one.unitId) return null
  const siblings = tree.childrenOf(tree.lineOf(unit.id)[1] ?? '')
  return withRanks(siblings.map(sibling => draw(sibling))).find(row => row.unit.id === unit.id)?.rank ?? null
}

/**
 * How often a sheet is read again when counting changed it meanwhile; after that the reader holds counting until it is
 * done.
 */
const tries = 3

/** A sheet is of one state of knowledge: where another began while it was read, it is read again. */
export async function sheetOf(work: Work, query: FigureQuery): Promise<QuickSheet> {
  if (query.edition !== undefined) return sheetIn(work, query, await campaign.editionAt(work, query.edition))
  for (let left = tries; ; left -= 1) {
    if (left === 0) await holdKnowledge(work)
    const before = await campaign.lastEdition(work)
    const sheet = await sheetIn(work, query, before)
    if (left === 0 || (await campaign.lastEdition(work)).number === before.number) return sheet
  }
}

async function sheetIn(work: Work, query: FigureQuery, known: campaign.CampaignEdition): Promise<QuickSheet> {
  const { campaign: one, unit, metric, day, map, band, edition, tree } = query
  const drawn = await draftFigures(work, query)
  const { dueOn, left, written } = drawn
  const below = tree.childrenOf(unit.id).map(child => drawn.rowOf(child))
  const { target } = drawn.rowOf(unit)
  const whole = {
    ...drawn.rowOf(unit, await readForecast(work, query, written, target, dueOn)),
    rank: rankOfUnit(drawn),
  }
  const apart = (of: (row: QuickRow) => number) =>
    below.length ? of(whole) - below.reduce((sum, row) => sum + of(row), 0) : 0
  const bands = band === 0 ? [] : await campaign.bandNamesOf(work, one.id)
  return {
    campaign: { id: one.id, name: one.name, title: one.title, basis: one.basis, startsOn: one.startsOn },
    metric,
    band: bands.find(other => other.band === band) ?? null,
    day,
    map,
    edition: known.number,
    knownAt: known.at.toISOString(),
    waiting: edition === undefined ? await countWaiting(work) : 0,
    dueOn,
    workingDaysLeft: left,
    whole,
    below: withRanks(below),
    elsewhere: {
      members: apart(row => row.members),
      cumulative: apart(row => row.cumulative),
      today: apart(row => row.today),
    },
  }
}

/** A figure day by day, the plan of its batches, and where it is heading. */
export async function readCourse(
  work: Work,
  id: campaign.CampaignId,
  query: FigureParams,
): Promise<Static<NonNullable<typeof figureCourse.reply>>> {
  const asked = await readFigureQuery(work, id, query)
  const { campaign: one, unit, metric, day } = asked
  const byHome = byHomeOf(asked)
  const written = writtenOf(asked, byHome, unit.id)
  const targets = targetsIn(
    Map.groupBy(await campaign.targetsOn(work, one.id, day, metric), ({ unitId }) => unitId as string),
    byHome,
    unit.id,
  )
  const target = targetOf(targets)
  const dueOn = await dueDay(work, one, metric, targets)
  const plan: PlannedTotal[] = targetPlanOf(targets)
  const days = await dailyTotals(
    work,
    asked,
    written,
    query.from && asked.first >= one.startsOn ? asked.first : dayBefore(one.startsOn),
  )
  return {
    metric,
    target,
    dueOn,
    days: days.map(one => ({ ...one, isWorkingDay: units.isWorkingDay(one.day) })),
    plan,
    forecast: await readForecast(work, asked, written, target, dueOn),
  }
}

export type FigureUnitId = Id<'unit'>
