import type { DemandKind, HourSpan, PlanInstance } from '../instance.ts'

/**
 * An instance in the shape that the solver reads: indexes instead of names, minutes since midnight instead of hours,
 * days counted from the first one (docs/planning.md).
 */

export type MinutesOfDay = { readonly from: number; readonly to: number }

export type CompiledDay = {
  /** Ordinary hours and breaks, merged and in order: what lies outside of them is overtime. */
  readonly free: readonly MinutesOfDay[]
  /** Hours between which a route without overtime lies; none on a rest day. */
  readonly ordinary: MinutesOfDay | undefined
  /** Hours and minutes of one officer where overtime is ordered. */
  readonly order: (MinutesOfDay & { readonly minutes: number }) | undefined
  readonly isRest: boolean
  /** Indexes into the months and years of the plan. */
  readonly month: number
  readonly year: number
  readonly weekday: number
}

export type CompiledSite = {
  readonly place: number
  readonly setUp: number
  readonly pack: number
  readonly demands: readonly number[]
  /** By day × shift: the longest stretch in which it is open and no break; `to` ≤ `from` where there is none. */
  readonly openFrom: Int16Array
  readonly openTo: Int16Array
  /** By day × shift: its first open minute, and its last one; between them it may be shut for a while. */
  readonly spanFrom: Int16Array
  readonly spanTo: Int16Array
}

export type CompiledDemand = {
  readonly site: number
  readonly kind: DemandKind
  readonly byKit: boolean
  readonly people: number
  readonly minutesEach: number
  /** -1: no day of the plan is in time. */
  readonly lastDay: number
}

export type CompiledOfficer = {
  readonly team: number
  readonly away: Uint8Array
  /** Minutes left by month, and by year; rest days left by month. */
  readonly monthLeft: Float64Array
  readonly yearLeft: Float64Array
  readonly restLeft: Int32Array
}

export type CompiledTeam = { readonly base: number; readonly officers: readonly number[] }

export type CompiledKit = {
  readonly store: number
  /** People’s minutes that it takes in a minute. */
  readonly speed: number
  readonly officers: number
  readonly away: Uint8Array
}

export type Crossing = {
  readonly from: number
  readonly to: number
  readonly departs: number
  readonly minutes: number
  readonly km: number
}

export type CompiledAnnounced = {
  readonly site: number
  readonly day: number
  readonly shift: number
  readonly team: number
  readonly locked: boolean
}

export type Compiled = {
  readonly instance: PlanInstance
  readonly days: readonly CompiledDay[]
  readonly months: readonly string[]
  readonly years: readonly string[]
  readonly shifts: readonly MinutesOfDay[]
  readonly places: number
  /** From place × to place; -1: no road. */
  readonly road: Int32Array
  readonly km: Float64Array
  /** By day. */
  readonly crossings: readonly (readonly Crossing[])[]
  readonly sites: readonly CompiledSite[]
  readonly demands: readonly CompiledDemand[]
  readonly teams: readonly CompiledTeam[]
  readonly officers: readonly CompiledOfficer[]
  readonly kits: readonly CompiledKit[]
  readonly announced: readonly CompiledAnnounced[]
  readonly prices: PlanInstance['prices']
  readonly leastKit: number
  readonly leastActivation: number
}

const minutesOfHour = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
const spanOf = ([from, to]: HourSpan): MinutesOfDay => ({ from: minutesOfHour(from), to: minutesOfHour(to) })

/** 1 Monday … 7 Sunday. */
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

function merged(spans: readonly MinutesOfDay[]): MinutesOfDay[] {
  const all: MinutesOfDay[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && span.from <= last.to) all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else all.push(span)
  }
  return all
}

function without(spans: readonly MinutesOfDay[], gone: MinutesOfDay): MinutesOfDay[] {
  return spans.flatMap(span =>
    [
      { from: span.from, to: Math.min(span.to, gone.from) },
      { from: Math.max(span.from, gone.to), to: span.to },
    ].filter(({ from, to }) => from < to),
  )
}

const indexOf = (ids: readonly { readonly id: string }[]) => new Map(ids.map(({ id }, at) => [id, at]))

function named(index: ReadonlyMap<string, number>, id: string): number {
  const at = index.get(id)
  if (at === undefined) throw new Error(`the instance names ${id}, which it does not have`)
  return at
}

/** Takes an instance that was read (read-instance.ts): names that it does not have are a fault of the program. */
export function compile(instance: PlanInstance): Compiled {
  const dayAt = new Map(instance.days.map(({ day }, at) => [day, at]))
  const months = [...new Set(instance.days.map(({ day }) => day.slice(0, 7)))]
  const years = [...new Set(instance.days.map(({ day }) => day.slice(0, 4)))]
  const days = instance.days.map(({ day, ordinary, breaks, overtime }): CompiledDay => {
    const spans = merged(ordinary.map(spanOf))
    const [first, last] = [spans[0], spans.at(-1)]
    return {
      free: merged([...spans, ...breaks.map(spanOf)]),
      ordinary: first && last ? { from: first.from, to: last.to } : undefined,
      order:
        overtime && overtime.minutes > 0
          ? { ...spanOf([overtime.from, overtime.to]), minutes: overtime.minutes }
          : undefined,
      isRest: spans.length === 0,
      month: months.indexOf(day.slice(0, 7)),
      year: years.indexOf(day.slice(0, 4)),
      weekday: weekdayOf(day),
    }
  })
  const shifts = instance.shifts.map(({ from, to }) => spanOf([from, to]))
  const placeAt = indexOf(instance.places)
  const siteAt = indexOf(instance.sites)
  const teamAt = indexOf(instance.teams)
  const shiftAt = indexOf(instance.shifts)
  const places = instance.places.length
  const [road, km] = [new Int32Array(places * places).fill(-1), new Float64Array(places * places)]
  for (let from = 0; from < places; from++)
    for (let to = 0; to < places; to++) {
      road[from * places + to] = instance.travel.minutes[from]?.[to] ?? -1
      km[from * places + to] = instance.travel.km[from]?.[to] ?? 0
    }

  const demandsOf = Map.groupBy(instance.demands.keys(), at => instance.demands[at]?.site)
  const sites = instance.sites.map((site): CompiledSite => {
    return {
      place: named(placeAt, site.place),
      setUp: site.setUpMinutes,
      pack: site.packMinutes,
      demands: demandsOf.get(site.id) ?? [],
      ...openHours(instance, site, shifts),
    }
  })
  const awayOn = (off: readonly string[]) => {
    const away = new Uint8Array(days.length)
    for (const day of off) {
      const at = dayAt.get(day)
      if (at !== undefined) away[at] = 1
    }
    return away
  }
  const officers = instance.teams.flatMap((team, at) =>
    team.officers.map(
      ({ away, overtimeBefore, restDaysBefore }): CompiledOfficer => ({
        team: at,
        away: awayOn(away),
        monthLeft: Float64Array.from(months, month => instance.caps.monthMinutes - (overtimeBefore[month] ?? 0)),
        yearLeft: Float64Array.from(years, year => instance.caps.yearMinutes - (overtimeBefore[year] ?? 0)),
        restLeft: Int32Array.from(months, month => instance.caps.restDaysAMonth - (restDaysBefore[month] ?? 0)),
      }),
    ),
  )
  return {
    instance,
    days,
    months,
    years,
    shifts,
    places,
    road,
    km,
    crossings: instance.days.map(({ day }) =>
      instance.crossings
        .filter(one => one.days.includes(day))
        .map(one => ({
          from: named(placeAt, one.from),
          to: named(placeAt, one.to),
          departs: minutesOfHour(one.departs),
          minutes: one.minutes,
          km: one.km,
        })),
    ),
    sites,
    demands: instance.demands.map(({ site, kind, people, minutesEach, lastDay }) => ({
      site: named(siteAt, site),
      kind,
      byKit: kind !== 'activation',
      people,
      minutesEach,
      lastDay: lastDayIn(instance, lastDay),
    })),
    teams: instance.teams.map(({ base }, team) => ({
      base: named(placeAt, base),
      officers: [...officers.keys()].filter(at => officers[at]?.team === team),
    })),
    officers,
    kits: instance.kits.map(({ store, speedPercent, officers: takes, away }) => ({
      store: named(placeAt, store),
      speed: speedPercent / 100,
      officers: takes,
      away: awayOn(away),
    })),
    announced: instance.announced.map(({ site, day, shift, team, locked }) => ({
      site: named(siteAt, site),
      day: dayAt.get(day) ?? -1,
      shift: named(shiftAt, shift),
      team: named(teamAt, team),
      locked,
    })),
    prices: instance.prices,
    leastKit: Math.max(instance.leastOfficers.capture, instance.leastOfficers.raising),
    leastActivation: instance.leastOfficers.activation,
  }
}

/** The last day of the plan that is not after a day; -1 where the plan begins later. */
function lastDayIn({ days }: PlanInstance, day: string): number {
  let at = days.length - 1
  while (at >= 0 && (days[at]?.day ?? '') > day) at -= 1
  return at
}

function openHours(
  instance: PlanInstance,
  site: PlanInstance['sites'][number],
  shifts: readonly MinutesOfDay[],
): Pick<CompiledSite, 'openFrom' | 'openTo' | 'spanFrom' | 'spanTo'> {
  const minutes = () => new Int16Array(instance.days.length * shifts.length)
  const hours = { openFrom: minutes(), openTo: minutes(), spanFrom: minutes(), spanTo: minutes() }
  instance.days.forEach(({ day, breaks }, at) => {
    const weekday = weekdayOf(day)
    let open = merged(
      site.open
        .filter(one => one.from <= day && day <= one.to && (one.weekdays?.includes(weekday) ?? true))
        .flatMap(one => one.hours.map(spanOf)),
    )
    for (const shut of site.closed)
      if (shut.from <= day && day <= shut.to)
        open = without(open, shut.hours ? spanOf(shut.hours) : { from: 0, to: 24 * 60 })
    for (const pause of breaks) open = without(open, spanOf(pause))
    shifts.forEach((shift, of) => {
      let [from, to] = [0, 0]
      const parts = open
        .map(span => ({ from: Math.max(span.from, shift.from), to: Math.min(span.to, shift.to) }))
        .filter(part => part.from < part.to)
      for (const part of parts) if (part.to - part.from > to - from) [from, to] = [part.from, part.to]
      const slot = at * shifts.length + of
      hours.openFrom[slot] = from
      hours.openTo[slot] = to
      hours.spanFrom[slot] = parts[0]?.from ?? 0
      hours.spanTo[slot] = parts.at(-1)?.to ?? 0
    })
  })
  return hours
}

/** Minutes of a stretch on a day that lie neither in ordinary hours nor in a break. */
export function overtimeOn({ free }: CompiledDay, from: number, to: number): number {
  let minutes = to - from
  for (const span of free) minutes -= Math.max(0, Math.min(to, span.to) - Math.max(from, span.from))
  return minutes
}
