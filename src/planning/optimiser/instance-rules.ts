import { addDays, type Day, dayAfter, daysBetween } from '../../platform/day.ts'
import { type FaultList, shownValue } from './file-faults.ts'
import type { HourSpan } from './instance.ts'
import { addUnknown, type InstanceRule, isReversed, type PlacedSpan } from './instance-draft.ts'
import { mostEntries } from './instance-shape.ts'

/** What no shape can say of an instance: ids that are one's own and known, days in order, stretches that make sense. */

function addOverlaps(faults: FaultList, spans: readonly PlacedSpan[]): void {
  const inOrder = spans.filter(span => !isReversed(faults, span)).sort((a, b) => (a.from < b.from ? -1 : 1))
  for (const [i, span] of inOrder.entries()) {
    const before = inOrder[i - 1]
    if (before && span.from < before.to)
      faults.add(() => `${span.at} begins at ${span.from}: ${before.at} lasts until ${before.to}`)
  }
}

const placed = (at: string, spans: readonly HourSpan[]): PlacedSpan[] =>
  spans.map(([from, to], i) => ({ at: `${at}[${i}]`, from, to }))

function addTwice(faults: FaultList, found: readonly { readonly at: string; readonly id: string }[]): void {
  const first = new Map<string, string>()
  for (const { at, id } of found) {
    const before = first.get(id)
    if (before === undefined) first.set(id, at)
    else faults.add(() => `${at}.id is ${shownValue(id)}: ${before} has this id`)
  }
}

const idsAreUnique: InstanceRule = (draft, faults) => {
  const { shifts, places, sites, teams, kits, demands, announced } = draft
  for (const list of [shifts, places, sites, teams, kits, demands, announced])
    addTwice(
      faults,
      (list ?? []).map(({ at, entry: { id } }) => ({ at, id })),
    )
}

const daysAreComplete: InstanceRule = ({ head, days }, faults) => {
  if (!head) return
  const { from, to } = head
  if (to < from) return faults.add(() => `to is ${to}: it must not be before from, ${from}`)
  const wanted = daysBetween(from as Day, dayAfter(to as Day))
  if (wanted > mostEntries.days)
    return faults.add(() => `to is ${to}: from ${from} on these are ${wanted} days, the most are ${mostEntries.days}`)
  if (!days) return
  const each = `each day from ${from} to ${to}`
  const wrong = days.findIndex(({ entry }, i) => i >= wanted || entry.day !== addDays(from as Day, i))
  const { at, entry } = days[wrong] ?? {}
  if (wrong >= wanted) faults.add(() => `${at}.day is ${entry?.day}: the last one is ${to}`)
  else if (entry)
    faults.add(() => `${at}.day is ${entry.day}: it must be ${addDays(from as Day, wrong)}, ${each} once and in order`)
  else if (days.length < wanted)
    faults.add(() => `days ends before ${addDays(from as Day, days.length)}: ${each} must be there`)
}

const hoursOfDaysMakeSense: InstanceRule = ({ days }, faults) => {
  for (const { at, entry } of days ?? []) {
    addOverlaps(faults, placed(`${at}.ordinary`, entry.ordinary))
    addOverlaps(faults, placed(`${at}.breaks`, entry.breaks))
    if (entry.overtime) isReversed(faults, { at: `${at}.overtime`, ...entry.overtime })
  }
}

const shiftsAreApart: InstanceRule = ({ shifts }, faults) =>
  addOverlaps(
    faults,
    (shifts ?? []).map(({ at, entry: { from, to } }) => ({ at, from, to })),
  )

const crossingsJoinPlaces: InstanceRule = (draft, faults) => {
  for (const { at, entry } of draft.crossings ?? []) {
    addUnknown(draft, faults, 'places', { at: `${at}.from`, id: entry.from })
    addUnknown(draft, faults, 'places', { at: `${at}.to`, id: entry.to })
    if (entry.from === entry.to)
      faults.add(() => `${at}.to is ${shownValue(entry.to)}: it must be another place than from`)
  }
}

function addReversedDays(faults: FaultList, { at, from, to }: PlacedSpan): void {
  if (to < from) faults.add(() => `${at} is from ${from} to ${to}: it must not end before it begins`)
}

const sitesStandSomewhere: InstanceRule = (draft, faults) => {
  for (const { at, entry } of draft.sites ?? []) {
    addUnknown(draft, faults, 'places', { at: `${at}.place`, id: entry.place })
    for (const [i, { from, to, hours }] of entry.open.entries()) {
      addReversedDays(faults, { at: `${at}.open[${i}]`, from, to })
      for (const span of placed(`${at}.open[${i}].hours`, hours)) isReversed(faults, span)
    }
    for (const [i, { from, to, hours }] of entry.closed.entries()) {
      addReversedDays(faults, { at: `${at}.closed[${i}]`, from, to })
      if (hours) isReversed(faults, { at: `${at}.closed[${i}].hours`, from: hours[0], to: hours[1] })
    }
  }
}

const teamsHaveBases: InstanceRule = (draft, faults) => {
  for (const { at, entry } of draft.teams ?? [])
    addUnknown(draft, faults, 'places', { at: `${at}.base`, id: entry.base })
}

const officersAreOfOneTeam: InstanceRule = ({ teams }, faults) =>
  addTwice(
    faults,
    (teams ?? []).flatMap(({ at, entry: { officers } }) =>
      officers.map(({ id }, i) => ({ at: `${at}.officers[${i}]`, id })),
    ),
  )

const kitsFitTeams: InstanceRule = (draft, faults) => {
  const { teams, kits, ids } = draft
  const sizes = (teams ?? []).map(({ entry }) => entry.officers.length)
  const largest = Math.max(0, ...sizes)
  const areAllRead = teams !== undefined && teams.length > 0 && teams.length === ids.teams?.size
  for (const { at, entry } of kits ?? []) {
    addUnknown(draft, faults, 'places', { at: `${at}.store`, id: entry.store })
    if (areAllRead && entry.officers > largest)
      faults.add(() => `${at}.officers is ${entry.officers}: no team has more than ${largest}`)
  }
}

const demandsHaveSites: InstanceRule = (draft, faults) => {
  for (const { at, entry } of draft.demands ?? [])
    addUnknown(draft, faults, 'sites', { at: `${at}.site`, id: entry.site })
}

export const instanceRules: readonly InstanceRule[] = [
  idsAreUnique,
  daysAreComplete,
  hoursOfDaysMakeSense,
  shiftsAreApart,
  crossingsJoinPlaces,
  sitesStandSomewhere,
  teamsHaveBases,
  officersAreOfOneTeam,
  kitsFitTeams,
  demandsHaveSites,
]
