import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Asking, type Rule, ruleOn } from '../platform/law.ts'
import type { ReleaseReason } from '../rolls/releasing/contract.ts'
import * as law from './law.ts'

/**
 * What stands out in readings, and in the numbers that are given to schools. A pattern is a question and never a
 * finding: each rule gives what it counted, what peers of the same unit and role have, and leaves the judgement to
 * people. Pure.
 */

export type PatternId = Id<'pattern'>

/**
 * Patterns in the readings of one officer, in the numbers that one officer or several gave to one school, of the
 * officers of one unit together, and about one person who was read.
 */
export const officerRules = ['off-hours', 'strangers', 'quick', 'own-kin', 'leaving', 'searches', 'exported'] as const
export const personRules = ['one-person', 'many-officers', 'known-person'] as const
export const schoolRules = ['released', 'released-together'] as const
export const rules = [...officerRules, ...schoolRules, 'together', ...personRules] as const
export type OfficerRule = (typeof officerRules)[number]
export type SchoolRule = (typeof schoolRules)[number]
export type PersonRule = (typeof personRules)[number]
export type PatternRule = (typeof rules)[number]

export const patternStates = ['open', 'asked', 'answered', 'explained'] as const
export type PatternState = (typeof patternStates)[number]

/** How many people's numbers a school was given. */
export type ReleasesTo = { readonly schoolId: Id<'school'>; readonly people: number }

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
  /** Schools that were given numbers, the one that was given most first. */
  readonly releases: readonly ReleasesTo[]
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
  /** Rows of the school's rolls in force that have no number or a wrong one. */
  | { readonly code: 'lacking-numbers'; readonly people: number }
  /** The reason that was chosen for most of the numbers. */
  | { readonly code: `release-${ReleaseReason}`; readonly people: number }
  /** Found in a day that was not over; since then something tied the readings. */
  | { readonly code: 'tied-since' }

export type Peers = {
  /** Of the same unit and role, or of the same role everywhere. */
  readonly among: 'unit' | 'role' | 'neighbours' | 'schools' | 'none'
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
  /** To which school numbers were given. */
  readonly schoolId?: Id<'school'> | undefined
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
    releases: releasesOf(sorted),
  }
}

/** Numbers given in some days, by school, the one that was given most first. */
function releasesOf(days: readonly Pick<OfficerDay, 'releases'>[]): ReleasesTo[] {
  const bySchool = new Map<Id<'school'>, number>()
  for (const { schoolId, people } of days.flatMap(({ releases }) => releases))
    bySchool.set(schoolId, (bySchool.get(schoolId) ?? 0) + people)
  return [...bySchool]
    .map(([schoolId, people]) => ({ schoolId, people }))
    .sort((a, b) => b.people - a.people || (a.schoolId < b.schoolId ? -1 : 1))
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

const givenTo = ({ releases }: Pick<OfficerWeek, 'releases'>, schoolId: Id<'school'>) =>
  releases.find(one => one.schoolId === schoolId)?.people ?? 0

const mostGiven = ({ releases }: OfficerWeek) => releases[0]?.people ?? 0

/** Numbers that an officer gave to one school; peers by the school to which each of them gave most. */
export function releasePattern(
  week: OfficerWeek,
  schoolId: Id<'school'>,
  all: readonly OfficerWeek[],
  work: Asking,
): Omit<PatternEvidence, 'reasons'> | undefined {
  const { people: least, times } = ruleOn(law.released, week.to, work)
  const count = givenTo(week, schoolId)
  if (count < least) return undefined
  const peers = peersAmong(week, all, mostGiven, { least: ruleOn(law.leastPeers, week.to, work) })
  if (count < times * peers.median && count < times * least) return undefined
  return { count, least, peers, ...countsOf(week), schoolId, hours: week.hours }
}

/** Numbers that several officers gave to one school, of whatever units, where none of them stands out alone. */
export function releasedTogetherPattern(
  weeks: readonly OfficerWeek[],
  schoolId: Id<'school'>,
  otherSchools: readonly number[],
  work: Asking,
): { readonly officers: readonly OfficerWeek[]; readonly evidence: Omit<PatternEvidence, 'reasons'> } | undefined {
  const givers = weeks
    .filter(week => givenTo(week, schoolId) > 0)
    .toSorted((a, b) => givenTo(b, schoolId) - givenTo(a, schoolId))
  const to = latestOf(givers)
  if (!to) return undefined
  const rule = ruleOn(law.releasedTogether, to, work)
  const alone = ruleOn(law.released, to, work).people
  const shares = givers.map(week => givenTo(week, schoolId))
  const count = shares.reduce((sum, share) => sum + share, 0)
  const officers = new Set(givers.map(({ officerId }) => officerId)).size
  if (officers < rule.officers || count < rule.people || shares.some(share => share >= alone)) return undefined
  return {
    officers: givers,
    evidence: {
      count,
      least: rule.people,
      peers: peersOf('schools', otherSchools),
      ...sumsOf(givers),
      schoolId,
      shares,
    },
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
  const to = latestOf(officers)
  if (!to) return undefined
  const rule = ruleOn(law.strangersTogether, to, work)
  const alone = ruleOn(law.strangers, to, work).people
  const count = officers.reduce((sum, { strangers }) => sum + strangers, 0)
  if (officers.length < rule.officers || count < rule.people || officers.some(one => one.strangers >= alone))
    return undefined
  const peers = peersOf('role', allUnits)
  return {
    officers,
    evidence: {
      count,
      least: rule.people,
      peers,
      ...sumsOf(officers),
      shares: officers.map(({ strangers }) => strangers),
    },
  }
}

const latestOf = (weeks: readonly OfficerWeek[]): Day | undefined =>
  weeks
    .map(week => week.to)
    .toSorted()
    .at(-1)

/** What several officers read together. */
function sumsOf(weeks: readonly OfficerWeek[]) {
  const sum = (of: (week: OfficerWeek) => number) => weeks.reduce((total, week) => total + of(week), 0)
  return {
    readings: sum(({ readings }) => readings),
    people: sum(({ people }) => people),
    untied: sum(({ untied }) => untied),
    untiedPeople: sum(({ untiedPeople }) => untiedPeople),
    strangers: sum(({ strangers }) => strangers),
    days: Math.max(...weeks.map(({ days }) => days)),
    hours: Array.from({ length: 24 }, (_, hour) => sum(({ hours }) => hours[hour] ?? 0)),
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
  released: ruleOn(law.released, day, work).people,
  'released-together': ruleOn(law.releasedTogether, day, work).people,
  together: ruleOn(law.strangersTogether, day, work).people,
  'one-person': ruleOn(law.onePerson, day, work).readings,
  'many-officers': ruleOn(law.manyOfficers, day, work).officers,
  'known-person': ruleOn(law.knownPerson, day, work).readings,
})
