import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Asking, type Rule, ruleOn } from '../platform/law.ts'
import * as law from './law.ts'

/**
 * What stands out in readings. A pattern is a question and never a finding: each rule gives what it counted, what peers
 * of the same unit and role have, and leaves the judgement to people. Pure.
 */

export type PatternId = Id<'pattern'>

/** Patterns in the readings of one officer, of the officers of one unit together, and about one person who was read. */
export const officerRules = ['off-hours', 'strangers', 'quick', 'own-kin', 'leaving', 'searches', 'exported'] as const
export const personRules = ['one-person', 'many-officers', 'known-person'] as const
export const rules = [...officerRules, 'together', ...personRules] as const
export type OfficerRule = (typeof officerRules)[number]
export type PersonRule = (typeof personRules)[number]
export type PatternRule = (typeof rules)[number]

export const patternStates = ['open', 'asked', 'answered', 'explained'] as const
export type PatternState = (typeof patternStates)[number]

/** What an officer read on a day in a unit, counted. */
export type OfficerDay = {
  readonly day: Day
  readonly officerId: Id<'officer'>
  readonly unitId: Id<'unit'>
  readonly role: string | null
  readonly readings: number
  readonly people: number
  readonly untied: number
  readonly untiedPeople: number
  readonly strangers: number
  readonly offHours: number
  readonly offHoursPeople: number
  readonly offHoursFrom: Date | null
  readonly offHoursTo: Date | null
  readonly busiestPeople: number
  readonly busiestAt: Date | null
  readonly searches: number
  readonly idleSearches: number
  readonly exported: number
  readonly kin: number
  readonly deeds: number
  readonly hours: readonly number[]
}

/** The same over the days of a window, with the last day of the post where it ends. */
export type OfficerWeek = Omit<OfficerDay, 'day'> & {
  readonly from: Day
  readonly to: Day
  readonly days: number
  readonly endsOn?: Day | undefined
}

/** What might explain a pattern, with what it was found in. */
export type PossibleReason =
  | { readonly code: 'session'; readonly day: Day; readonly people: number }
  | { readonly code: 'counter'; readonly deeds: number }
  | { readonly code: 'namesake' }
  | { readonly code: 'days-off'; readonly name: string }
  /** Found in a day that was not over; since then something tied the readings. */
  | { readonly code: 'tied-since' }

export type Peers = {
  /** Of the same unit and role, or of the same role everywhere. */
  readonly among: 'unit' | 'role' | 'neighbours' | 'none'
  readonly count: number
  readonly median: number
  /** Below which nineteen of twenty lie. */
  readonly p95: number
}

export type PatternEvidence = {
  /** What the rule counted, and from where on it stands out. */
  readonly count: number
  readonly least: number
  readonly peers: Peers
  readonly readings: number
  readonly people: number
  readonly untied: number
  readonly untiedPeople: number
  readonly strangers: number
  readonly days: number
  /** When it was: the first and the last of the hours in question. */
  readonly between?: readonly [from: string, to: string] | undefined
  readonly endsOn?: Day | undefined
  readonly hours?: readonly number[] | undefined
  /** Shares of several officers, in the order of the pattern's. */
  readonly shares?: readonly number[] | undefined
  readonly reasons: readonly PossibleReason[]
}

/** Days of one officer in a unit, added up. People add up too: who is read on two days counts twice. */
export function addUp(days: readonly OfficerDay[]): OfficerWeek | undefined {
  const sorted = days.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last) return undefined
  const sum = (of: (day: OfficerDay) => number) => sorted.reduce((total, day) => total + of(day), 0)
  const busiest = sorted.reduce((most, day) => (day.busiestPeople > most.busiestPeople ? day : most))
  const worst = sorted.reduce((most, day) => (day.offHoursPeople > most.offHoursPeople ? day : most))
  const { day: _day, ...who } = last
  return {
    ...who,
    role: sorted.findLast(({ role }) => role !== null)?.role ?? null,
    from: first.day,
    to: last.day,
    days: sorted.length,
    readings: sum(({ readings }) => readings),
    people: sum(({ people }) => people),
    untied: sum(({ untied }) => untied),
    untiedPeople: sum(({ untiedPeople }) => untiedPeople),
    strangers: sum(({ strangers }) => strangers),
    offHours: sum(({ offHours }) => offHours),
    offHoursPeople: sum(({ offHoursPeople }) => offHoursPeople),
    offHoursFrom: worst.offHoursFrom,
    offHoursTo: worst.offHoursTo,
    busiestPeople: busiest.busiestPeople,
    busiestAt: busiest.busiestAt,
    searches: sum(({ searches }) => searches),
    idleSearches: sum(({ idleSearches }) => idleSearches),
    exported: sum(({ exported }) => exported),
    kin: sum(({ kin }) => kin),
    deeds: sum(({ deeds }) => deeds),
    hours: first.hours.map((_, hour) => sum(({ hours }) => hours[hour] ?? 0)),
  }
}

/** The value below which a share of some numbers lies; 0 of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return low + (high - low) * (at - Math.floor(at))
}

const peersOf = (among: Peers['among'], numbers: readonly number[]): Peers => ({
  among,
  count: numbers.length,
  median: quantile(numbers, 0.5),
  p95: quantile(numbers, 0.95),
})

type OfficerRuleOf = {
  readonly measure: (week: OfficerWeek) => number
  /** From where on it stands out, and how often the median of peers must be exceeded too. */
  readonly threshold: (day: Day, work: Asking) => { readonly least: number; readonly times: number }
  readonly between?: (week: OfficerWeek) => readonly [Date | null, Date | null]
  readonly isOf?: (week: OfficerWeek, day: Day, work: Asking) => boolean
}

const threshold =
  <Unit extends string>(rule: Rule<{ readonly [name in Unit | 'times']: number }>, unit: Unit) =>
  (day: Day, work: Asking) => {
    const value = ruleOn(rule, day, work)
    return { least: value[unit], times: value.times }
  }

const hourBefore = (at: Date | null) => at && new Date(at.getTime() - law.busyMinutes * 60_000)

/** Each rule about one officer: what it counts, and from where on. */
const rulesOfOfficers: Readonly<Record<OfficerRule, OfficerRuleOf>> = {
  'off-hours': {
    measure: week => week.offHoursPeople,
    threshold: threshold(law.offHours, 'people'),
    between: week => [week.offHoursFrom, week.offHoursTo],
  },
  strangers: {
    measure: week => week.strangers,
    threshold: threshold(law.strangers, 'people'),
  },
  quick: {
    measure: week => week.busiestPeople,
    threshold: threshold(law.manyInAnHour, 'people'),
    between: week => [hourBefore(week.busiestAt), week.busiestAt],
  },
  'own-kin': {
    measure: week => week.kin,
    threshold: threshold(law.ownKin, 'people'),
  },
  leaving: {
    measure: week => week.untiedPeople,
    threshold: threshold(law.beforeLeaving, 'people'),
    isOf: week => week.endsOn !== undefined,
  },
  searches: {
    measure: week => week.idleSearches,
    threshold: threshold(law.idleSearches, 'searches'),
  },
  exported: {
    measure: week => week.exported,
    threshold: threshold(law.exported, 'rows'),
  },
}

/** Whom an officer is compared with: others of the same unit and role; where they are few, of the role; or nobody. */
export function peersAmong(
  week: OfficerWeek,
  all: readonly OfficerWeek[],
  measure: (week: OfficerWeek) => number,
  { least }: { readonly least: number },
): Peers {
  const others = all.filter(({ officerId, role }) => officerId !== week.officerId && role === week.role)
  const near = others.filter(({ unitId }) => unitId === week.unitId)
  if (near.length >= least) return peersOf('unit', near.map(measure))
  return others.length >= least ? peersOf('role', others.map(measure)) : peersOf('none', [])
}

const countsOf = ({ readings, people, untied, untiedPeople, strangers, days }: OfficerWeek) => ({
  readings,
  people,
  untied,
  untiedPeople,
  strangers,
  days,
})

const momentsOf = ([from, to]: readonly [Date | null, Date | null]) =>
  from && to ? ([from.toISOString(), to.toISOString()] as const) : undefined

/** What one rule says of an officer's week; undefined where it does not stand out. */
export function officerPattern(
  code: OfficerRule,
  week: OfficerWeek,
  all: readonly OfficerWeek[],
  work: Asking,
): Omit<PatternEvidence, 'reasons'> | undefined {
  const { measure, threshold: thresholdOf, between, isOf } = rulesOfOfficers[code]
  const count = measure(week)
  const { least, times } = thresholdOf(week.to, work)
  if (count < least || (isOf && !isOf(week, week.to, work))) return undefined
  const peers = peersAmong(week, all, measure, { least: ruleOn(law.leastPeers, week.to, work) })
  // Where all peers do it, it stands out all the same from so many times the least on.
  if (count < times * peers.median && count < times * least) return undefined
  return {
    count,
    least,
    peers,
    ...countsOf(week),
    between: between && momentsOf(between(week)),
    endsOn: code === 'leaving' ? week.endsOn : undefined,
    hours: week.hours,
  }
}

/**
 * Strangers read by the officers of a unit together, where none stands out alone: as where two halve a list.
 */
export function togetherPattern(
  ofUnit: readonly OfficerWeek[],
  allUnits: readonly number[],
  work: Asking,
): { readonly officers: readonly OfficerWeek[]; readonly evidence: Omit<PatternEvidence, 'reasons'> } | undefined {
  const officers = ofUnit.filter(({ strangers }) => strangers > 0).toSorted((a, b) => b.strangers - a.strangers)
  const to = officers
    .map(week => week.to)
    .toSorted()
    .at(-1)
  if (!to) return undefined
  const rule = ruleOn(law.strangersTogether, to, work)
  const alone = ruleOn(law.strangers, to, work).people
  const count = officers.reduce((sum, { strangers }) => sum + strangers, 0)
  if (officers.length < rule.officers || count < rule.people || officers.some(one => one.strangers >= alone))
    return undefined
  const peers = peersOf('role', allUnits)
  const sum = (of: (week: OfficerWeek) => number) => officers.reduce((total, week) => total + of(week), 0)
  return {
    officers,
    evidence: {
      count,
      least: rule.people,
      peers,
      readings: sum(({ readings }) => readings),
      people: sum(({ people }) => people),
      untied: sum(({ untied }) => untied),
      untiedPeople: sum(({ untiedPeople }) => untiedPeople),
      strangers: count,
      days: Math.max(...officers.map(({ days }) => days)),
      hours: Array.from({ length: 24 }, (_, hour) => sum(({ hours }) => hours[hour] ?? 0)),
      shares: officers.map(({ strangers }) => strangers),
    },
  }
}

/** Untied readings of a person over the days of a window. */
export type PersonWeek = {
  readonly personId: Id<'person'>
  readonly unitId: Id<'unit'> | null
  readonly from: Day
  readonly to: Day
  readonly days: number
  /** Who read, the one who read most first, in which unit, and how often. */
  readonly officers: readonly { readonly id: Id<'officer'>; readonly unitId: Id<'unit'>; readonly count: number }[]
}

export const readingCount = ({ officers }: PersonWeek) => officers.reduce((sum, { count }) => sum + count, 0)

/** What one rule says of who read a person; `neighbours`: how often others who live there were read. */
export function personPattern(
  code: PersonRule,
  week: PersonWeek,
  neighbours: readonly number[],
  work: Asking,
): Omit<PatternEvidence, 'reasons'> | undefined {
  const readings = readingCount(week)
  const officers = week.officers.length
  const peers = peersOf(neighbours.length > 0 ? 'neighbours' : 'none', neighbours)
  const evidence = (count: number, least: number) => ({
    count,
    least,
    peers,
    readings,
    people: 1,
    untied: readings,
    untiedPeople: 1,
    strangers: 0,
    days: week.days,
    shares: week.officers.map(({ count: share }) => share),
  })
  if (code === 'one-person') {
    const rule = ruleOn(law.onePerson, week.to, work)
    return readings >= rule.readings && officers <= rule.officers ? evidence(readings, rule.readings) : undefined
  }
  if (code === 'many-officers') {
    const rule = ruleOn(law.manyOfficers, week.to, work)
    return officers >= rule.officers ? evidence(officers, rule.officers) : undefined
  }
  const rule = ruleOn(law.knownPerson, week.to, work)
  const isKnown =
    readings >= rule.readings && officers >= rule.officers && readings >= rule.times * Math.max(1, peers.median)
  return isKnown ? evidence(readings, rule.readings) : undefined
}

/** From where on each rule finds something, for whoever asks what was tested. */
export const thresholdsOn = (day: Day, work: Asking): Readonly<Record<PatternRule, number>> => ({
  'off-hours': ruleOn(law.offHours, day, work).people,
  strangers: ruleOn(law.strangers, day, work).people,
  quick: ruleOn(law.manyInAnHour, day, work).people,
  'own-kin': ruleOn(law.ownKin, day, work).people,
  leaving: ruleOn(law.beforeLeaving, day, work).people,
  searches: ruleOn(law.idleSearches, day, work).searches,
  exported: ruleOn(law.exported, day, work).rows,
  together: ruleOn(law.strangersTogether, day, work).people,
  'one-person': ruleOn(law.onePerson, day, work).readings,
  'many-officers': ruleOn(law.manyOfficers, day, work).officers,
  'known-person': ruleOn(law.knownPerson, day, work).readings,
})
