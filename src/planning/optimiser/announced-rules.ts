import { type Day, weekday } from '../../platform/day.ts'
import { type Boat, earliestArrivals, latestDepartures, type Roads } from './earliest-arrival.ts'
import { shownValue } from './file-faults.ts'
import type { HourSpan } from './instance.ts'
import { addUnknown, type Found, type InstanceDraft, type InstanceRule, isReversed } from './instance-draft.ts'
import type { EntryOf } from './instance-shape.ts'

/** What no shape can say of announced sessions: that each was announced as a session, and a locked one can stay. */

type Announced = Found<EntryOf<'announced'>>
type Site = EntryOf<'sites'>
type InstanceDayEntry = EntryOf<'days'>

const announcedAreKnown: InstanceRule = (draft, faults) => {
  const officersOf = new Map(
    (draft.teams ?? []).map(({ entry: { id, officers } }) => [id, new Set(officers.map(officer => officer.id))]),
  )
  for (const { at, entry } of draft.announced ?? []) {
    const { site, shift, team, kits, officers } = entry
    addUnknown(draft, faults, 'sites', { at: `${at}.site`, id: site })
    addUnknown(draft, faults, 'shifts', { at: `${at}.shift`, id: shift })
    addUnknown(draft, faults, 'teams', { at: `${at}.team`, id: team })
    for (const [i, id] of kits.entries()) addUnknown(draft, faults, 'kits', { at: `${at}.kits[${i}]`, id })
    const known = officersOf.get(team)
    for (const [i, id] of officers.entries())
      if (known?.has(id) === false)
        faults.add(() => `${at}.officers[${i}] is ${shownValue(id)}: team ${shownValue(team)} has no such officer`)
  }
}

/** Joins stretches that overlap or touch; in order. */
function joinedSpans(spans: readonly HourSpan[]): HourSpan[] {
  const joined: [string, string][] = []
  for (const [from, to] of spans.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const last = joined.at(-1)
    if (!last || from > last[1]) joined.push([from, to])
    else if (to > last[1]) last[1] = to
  }
  return joined
}

/** What is left of stretches without others. */
const spansWithout = (spans: readonly HourSpan[], taken: readonly HourSpan[]): HourSpan[] =>
  taken.reduce<HourSpan[]>(
    (left, [from, to]) =>
      left.flatMap(([a, b]): HourSpan[] => {
        if (to <= a || from >= b) return [[a, b]]
        return [...(a < from ? [[a, from] as const] : []), ...(to < b ? [[to, b] as const] : [])]
      }),
    [...spans],
  )

const spansWithin = (spans: readonly HourSpan[], from: string, to: string): HourSpan[] =>
  spans.flatMap(([a, b]): HourSpan[] => {
    const [begin, end] = [a > from ? a : from, b < to ? b : to]
    return begin < end ? [[begin, end]] : []
  })

/** In which hours a site says that it is open on a day, before what is closed after all. */
export const spansOpenOn = ({ open }: Site, day: string): HourSpan[] =>
  joinedSpans(
    open.flatMap(({ from, to, weekdays, hours }) =>
      from <= day && day <= to && (weekdays?.includes(weekday(day as Day)) ?? true) ? hours : [],
    ),
  )

const spansClosedOn = ({ closed }: Site, day: string): HourSpan[] =>
  closed.flatMap(({ from, to, hours }) => (from <= day && day <= to ? [hours ?? (['00:00', '24:00'] as const)] : []))

const entriesById = <Entry extends { readonly id: string }>(found: readonly Found<Entry>[] | undefined) =>
  new Map((found ?? []).map(({ entry }) => [entry.id, entry]))

/**
 * Families were told of a session within its shift and within the hours of its site. What the site closed since does
 * not count: then the session moves, unless it is locked.
 */
const announcedAreSessions: InstanceRule = (draft, faults) => {
  const [shifts, sites] = [entriesById(draft.shifts), entriesById(draft.sites)]
  for (const { at, entry } of draft.announced ?? []) {
    const { from, to, day } = entry
    const { head } = draft
    if (head && head.from <= head.to && (day < head.from || day > head.to))
      faults.add(() => `${at}.day is ${day}: the days are from ${head.from} to ${head.to}`)
    if (isReversed(faults, { at, from, to })) continue
    const [shift, site] = [shifts.get(entry.shift), sites.get(entry.site)]
    if (shift && (from < shift.from || to > shift.to))
      faults.add(() => `${at} is from ${from} to ${to}: its shift is from ${shift.from} to ${shift.to}`)
    if (site && !spansOpenOn(site, day).some(([a, b]) => a <= from && to <= b))
      faults.add(() => `${at} is from ${from} to ${to}: its site is not open in all of these hours on ${day}`)
  }
}

/** The hours between which routes lie on a day; undefined where nobody goes out. */
function hoursOut({ ordinary, overtime }: InstanceDayEntry): HourSpan | undefined {
  if (overtime) return [overtime.from, overtime.to]
  const hours = joinedSpans(ordinary)
  const [first, last] = [hours[0], hours.at(-1)]
  return first && last && [first[0], last[1]]
}

const hourToMinute = (hour: string) => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3))

/** When each place can be reached on a day by any team that is there, and when it must be left again. */
function reachOn(draft: InstanceDraft, { day }: InstanceDayEntry, [begin, end]: HourSpan) {
  const { travel, places = [], teams = [], crossings = [] } = draft
  const indexes = new Map(places.map(({ entry: { id } }, i) => [id, i]))
  const bases = teams
    .filter(({ entry: { officers } }) => officers.some(({ away }) => !away.includes(day)))
    .flatMap(({ entry: { base } }) => indexes.get(base) ?? [])
  const roads: Roads = (from, to) => travel?.minutes[from]?.[to] ?? null
  const boats = crossings.flatMap(({ entry: { from, to, days, departs, minutes } }): Boat[] => {
    const [a, b] = [indexes.get(from), indexes.get(to)]
    if (a === undefined || b === undefined || !days.includes(day)) return []
    return [{ from: a, to: b, departs: hourToMinute(departs), arrives: hourToMinute(departs) + minutes }]
  })
  const ways = { roads, boats }
  return {
    indexes,
    arrivals: earliestArrivals(places.length, bases, hourToMinute(begin), ways),
    departures: latestDepartures(places.length, bases, hourToMinute(end), ways),
  }
}

/** Why no plan can hold a session of this site, day and shift; undefined where nothing forbids it for certain. */
function whyNever(
  { entry }: Announced,
  { shift, site, day }: { readonly shift: EntryOf<'shifts'>; readonly site: Site; readonly day: InstanceDayEntry },
  reach: (day: InstanceDayEntry, out: HourSpan) => ReturnType<typeof reachOn>,
): string | undefined {
  const out = hoursOut(day)
  if (!out) return `${day.day} has neither ordinary hours nor an order of overtime`
  const open = spansWithout(spansOpenOn(site, day.day), spansClosedOn(site, day.day))
  const inShift = spansWithout(spansWithin(open, shift.from, shift.to), day.breaks)
  const windows = spansWithin(inShift, out[0], out[1])
  if (windows.length === 0) return `no hour of shift ${shownValue(entry.shift)} is left at its site on ${day.day}`
  const { indexes, arrivals, departures } = reach(day, out)
  const place = indexes.get(site.place) ?? -1
  const [ready, leave] = [(arrivals[place] ?? 0) + site.setUpMinutes, (departures[place] ?? 0) - site.packMinutes]
  const canBeHeld = windows.some(
    ([from, to]) => Math.max(ready, hourToMinute(from)) < Math.min(leave, hourToMinute(to)),
  )
  return canBeHeld ? undefined : `no team reaches its site in that shift on ${day.day} and is back in time`
}

/** Rule 9 of docs/planning.md: each locked session is kept. One that nobody can hold leaves no plan at all. */
const lockedCanBeHeld: InstanceRule = (draft, faults) => {
  // Places are found in the table by their order, of which none may be missing or there twice.
  if (!draft.teams || !draft.crossings || draft.places?.length !== draft.travel?.minutes.length) return
  if (draft.ids.places?.size !== draft.places?.length) return
  const [shifts, sites] = [entriesById(draft.shifts), entriesById(draft.sites)]
  const days = new Map((draft.days ?? []).map(({ entry }) => [entry.day, entry]))
  const reached = new Map<string, ReturnType<typeof reachOn>>()
  const reach = (day: InstanceDayEntry, out: HourSpan) => {
    const found = reached.get(day.day) ?? reachOn(draft, day, out)
    reached.set(day.day, found)
    return found
  }
  for (const found of draft.announced ?? []) {
    const { at, entry } = found
    const [shift, site, day] = [shifts.get(entry.shift), sites.get(entry.site), days.get(entry.day)]
    if (!entry.locked || !shift || !site || !day || entry.from >= entry.to) continue
    const why = whyNever(found, { shift, site, day }, reach)
    if (why) faults.add(() => `${at} is locked and cannot be held: ${why}`)
  }
}

export const announcedRules: readonly InstanceRule[] = [announcedAreKnown, announcedAreSessions, lockedCanBeHeld]
