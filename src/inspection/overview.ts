/** What officers read in some days, added up; who stands out; whether the seals and the derived rows hold. */

import { addDays, beginOf, type Day, dayAfter, dayAt, daysBetween } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { notOf, patternsOfOthers, weeksOfOthers } from './judging.ts'
import { longestSpan, nightHours, pageLimits, toldDays, windowDays } from './law.ts'
import { addUp, type OfficerWeek, type PatternRule, rules, thresholdsOn } from './pattern.ts'
import { inspectionProblem } from './problems.ts'
import * as days from './store-day.ts'
import * as store from './store-pattern.ts'

export type Span = { readonly from: Day; readonly to: Day; readonly units?: readonly string[] | undefined }
export type SpanQuery = { readonly from?: string; readonly to?: string; readonly unit?: Id<'unit'> }

/** Which days and units are asked for; throws inspection-span-too-long, unit-unknown. */
export async function spanOf(work: Work, { from, to, unit }: SpanQuery): Promise<Span> {
  const last = (to ?? dayAt(work.now)) as Day
  const first = (from ?? dayAfter(addDays(last, -ruleOn(windowDays, last, work)))) as Day
  const most = ruleOn(longestSpan, last, work)
  if (first > last || daysBetween(first, last) >= most) throw inspectionProblem('inspection-span-too-long', { most })
  if (!unit) return { from: first, to: last }
  await units.getUnit(work, unit)
  const { units: below } = await units.scopePartsOf(work, unit, work.today)
  return { from: first, to: last, units: below.length > 0 ? below : [unit] }
}

const unexplained = ['open', 'asked', 'answered'] as const

/** The sentence of the page, the rules that were tested, and the state of seals and derived rows. */
export async function overview(work: Work, query: SpanQuery) {
  const span = await spanOf(work, query)
  const rows = await days.findDays(work, span)
  const counts = await store.countPatterns(work, { ...span, states: unexplained, notOf: notOf(work) })
  const least = thresholdsOn(span.to, work)
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
  // What an officer did is counted once a day, in however many units they acted.
  const deeds = new Map(rows.map(({ day, officerId, deeds: done }) => [`${day} ${officerId}`, done]))
  const [derived] = await days.derivedDays(work, span.from)
  const verified = await store.lastVerification(work)
  return {
    from: span.from,
    to: span.to,
    ...(derived && derived.day <= span.to && { readTo: derived.readTo }),
    officers: new Set(rows.map(({ officerId }) => officerId)).size,
    deeds: [...deeds.values()].reduce((total, one) => total + one, 0),
    readings: sum(({ readings }) => readings),
    tied: sum(({ readings, untied }) => readings - untied),
    offHours: sum(({ offHours }) => offHours),
    unusualOfficers: new Set(counts.flatMap(({ officerIds }) => officerIds)).size,
    rules: rules.map(rule => {
      const found = counts.find(one => one.rule === rule)
      return { rule, least: least[rule], patterns: found?.count ?? 0, officers: found?.officerIds.length ?? 0 }
    }),
    night: ruleOn(nightHours, span.to, work),
    ...(verified && { verification: verified }),
    differences: await store.differencesSince(work, toldSince(work)),
  }
}

/** Since when differences of derived rows, and one's own answers, are still shown. */
export function toldSince(work: Work): Date {
  const today = dayAt(work.now)
  return beginOf(addDays(today, -ruleOn(toldDays, today, work)))
}

export type InspectedOfficer = OfficerWeek & { readonly name: string; readonly patterns: readonly store.Pattern[] }

const placeOf = (one: Pick<InspectedOfficer, 'patterns' | 'untied' | 'officerId' | 'unitId'>) =>
  [
    String(9999 - one.patterns.length).padStart(4, '0'),
    String(99_999_999 - one.untied).padStart(8, '0'),
    one.officerId,
    one.unitId,
  ].join('.')

export type OfficersQuery = SpanQuery & {
  readonly rule?: PatternRule
  readonly officer?: Id<'officer'>
  readonly after?: string
  readonly limit?: number
}

/** Officers who stand out first, then who read most untied; a page at a time. One is absent: the reader. */
export async function officers(
  work: Work,
  { rule, officer, after, limit = pageLimits.shown, ...query }: OfficersQuery,
): Promise<{ officers: InspectedOfficer[]; total: number; next?: string | undefined }> {
  const span = await spanOf(work, query)
  const rows = await days.findDays(work, { ...span, officerId: officer })
  const found = await store.findPatterns(work, {
    ...span,
    states: unexplained,
    rule,
    officerId: officer,
    notOf: notOf(work),
    limit: mostPatterns,
  })
  const patterns = await patternsOfOthers(work, found)
  const weeks = [...Map.groupBy(rows, row => `${row.officerId} ${row.unitId}`).values()].flatMap(
    theirs => addUp(theirs) ?? [],
  )
  const all = (await weeksOfOthers(work, weeks))
    .map(week => ({
      ...week,
      patterns: patterns
        .filter(one => isOf(one, week))
        .toSorted((a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule)),
    }))
    .filter(one => rule === undefined || one.patterns.length > 0)
    .map(one => ({ ...one, mark: placeOf(one) }))
    .sort((a, b) => (a.mark < b.mark ? -1 : 1))
  const behind = after === undefined ? all : all.filter(({ mark }) => mark > after)
  const page = behind.slice(0, limit)
  const names = await staff.namesOf(
    work,
    page.map(({ officerId }) => officerId),
  )
  return {
    officers: page.map(one => ({ ...one, name: names.get(one.officerId) ?? '' })),
    total: all.length,
    ...(behind.length > limit && { next: page.at(-1)?.mark }),
  }
}

/** More patterns than a page of officers can show are listed by themselves. */
const mostPatterns = 1000

/** A pattern of officers of several units stands with each of them, whatever unit is above them. */
const isOf = ({ rule, officerIds, unitId, personId }: store.Pattern, week: OfficerWeek) =>
  officerIds.includes(week.officerId) && (personId !== null || rule === 'released-together' || unitId === week.unitId)
