import { cutOut, mergeStretches, openStretches, overtimeWithin, readStretch } from '../plan-check/hours.ts'
import type {
  AnnouncedSession,
  DemandKind,
  InstanceDay,
  InstanceDemand,
  InstanceKit,
  InstanceOfficer,
  InstanceSite,
  InstanceTeam,
  PlanInstance,
} from './instance.ts'
import type { Plan, PlannedRoute, PlannedSession, ServedPeople } from './plan.ts'
import { planOfRoutes } from './plan-of-routes.fixture.ts'
import { hourOf, type WayLeg, type WaysOfDay, waysOn } from './ways.fixture.ts'

/**
 * A plan as a sensible planner makes it by hand: day by day and team by team, each with the kits of its own store, to
 * the nearest of the most urgent sites, on from there as long as the day allows, and home. What was announced comes
 * first. It never looks ahead and takes nothing back.
 */
export function greedyPlan(instance: PlanInstance): Plan {
  const book = bookOf(instance)
  const routes: PlannedRoute[] = []
  for (const day of instance.days) {
    if (!spanOfDay(day)) continue
    const ways = waysOn(instance, day.day)
    const kitsLeft = new Set(instance.kits.filter(({ away }) => !away.includes(day.day)))
    const today = instance.announced.filter(one => one.day === day.day)
    // Those who have something announced choose their kits first.
    const withAnnounced = (team: InstanceTeam) => (today.some(one => one.team === team.id) ? 0 : 1)
    for (const team of instance.teams.toSorted((one, other) => withAnnounced(one) - withAnnounced(other))) {
      const crew = crewOf(book, { team, day, kitsLeft, ways })
      const { span } = crew
      if (crew.officers.length === 0 || !span) continue
      const route = routeOf(book, { day, span, ways, crew, announced: today.filter(one => one.team === team.id) })
      if (!route) continue
      for (const kit of crew.kits) kitsLeft.delete(kit)
      writeOvertime(book, { day, route, officers: crew.officers })
      routes.push(route)
    }
  }
  return planOfRoutes(instance, routes)
}

type Span = { readonly from: number; readonly to: number }

/** People of a demand who are still to be served. */
type OpenDemand = { readonly demand: InstanceDemand; left: number }

type Book = {
  readonly instance: PlanInstance
  readonly demandsOf: ReadonlyMap<string, readonly OpenDemand[]>
  /** Overtime by officer and month or year, and rest days by officer and month. */
  readonly overtime: Map<string, number>
  readonly restDays: Map<string, number>
}

const bookOf = (instance: PlanInstance): Book => ({
  instance,
  demandsOf: Map.groupBy(
    instance.demands.map(demand => ({ demand, left: demand.people })),
    ({ demand }) => demand.site,
  ),
  overtime: new Map(),
  restDays: new Map(),
})

/** From when to when everybody is out at most: no minute more of overtime than is ordered. */
function spanOfDay(day: InstanceDay): Span | undefined {
  const ordinary = day.ordinary.map(readStretch)
  const [first, last] = [ordinary[0]?.from, ordinary.at(-1)?.to]
  if (!day.overtime) return first === undefined || last === undefined ? undefined : { from: first, to: last }
  const order = readStretch([day.overtime.from, day.overtime.to])
  const from = Math.max(order.from, first ?? order.from)
  let to = order.to
  while (to > from && overtimeWithin({ from, to }, day) > day.overtime.minutes) to--
  return { from, to }
}

type Crew = {
  readonly team: InstanceTeam
  readonly officers: readonly InstanceOfficer[]
  readonly kits: readonly InstanceKit[]
  readonly span: Span | undefined
}

const monthOf = (day: string) => day.slice(0, 7)
const yearTextOf = (day: string) => day.slice(0, 4)

/** Whether the caps leave an officer the whole of the day's overtime. */
function hasRoomForOrder(
  { instance: { caps }, overtime, restDays }: Book,
  { id, overtimeBefore, restDaysBefore }: InstanceOfficer,
  day: InstanceDay,
): boolean {
  const minutes = day.overtime?.minutes ?? 0
  const [month, year] = [monthOf(day.day), yearTextOf(day.day)]
  const usedIn = (period: string) => (overtimeBefore[period] ?? 0) + (overtime.get(`${id} ${period}`) ?? 0)
  const rested = (restDaysBefore[month] ?? 0) + (restDays.get(`${id} ${month}`) ?? 0)
  const isRest = day.ordinary.length === 0
  return (
    usedIn(month) + minutes <= caps.monthMinutes &&
    usedIn(year) + minutes <= caps.yearMinutes &&
    (!isRest || rested < caps.restDaysAMonth)
  )
}

/** Officers who are there, and kits of the team's base that they can serve. */
function crewOf(
  book: Book,
  {
    team,
    day,
    kitsLeft,
    ways,
  }: {
    readonly team: InstanceTeam
    readonly day: InstanceDay
    readonly kitsLeft: ReadonlySet<InstanceKit>
    readonly ways: WaysOfDay
  },
): Crew {
  const { teams } = book.instance
  const there = team.officers.filter(({ away }) => !away.includes(day.day))
  const mayWorkLonger = there.filter(officer => hasRoomForOrder(book, officer, day))
  // Whoever has no overtime left goes home with the ordinary hours, and the others with them.
  const isOrdinary = day.ordinary.length > 0
  const officers = isOrdinary ? there : mayWorkLonger
  const isLonger = mayWorkLonger.length === officers.length
  const span = spanOfDay(isLonger ? day : { ...day, overtime: undefined })
  const bases = new Set(teams.map(({ base }) => base))
  const own = [...kitsLeft].filter(({ store }) => store === team.base)
  // A kit that lies at nobody's base is fetched by whoever has none.
  const fetched = [...kitsLeft].filter(({ store }) => !bases.has(store) && (ways.road(team.base, store) ?? 1000) < 60)
  const kits: InstanceKit[] = []
  for (const kit of own.length > 0 ? own : fetched.slice(0, 1))
    if (kits.reduce((sum, one) => sum + one.officers, kit.officers) <= officers.length) kits.push(kit)
  return { team, officers, kits, span }
}

function writeOvertime(
  { overtime, restDays }: Book,
  {
    day,
    route,
    officers,
  }: {
    readonly day: InstanceDay
    readonly route: PlannedRoute
    readonly officers: readonly InstanceOfficer[]
  },
): void {
  const add = (sums: Map<string, number>, key: string, more: number) => sums.set(key, (sums.get(key) ?? 0) + more)
  for (const { id } of officers) {
    add(overtime, `${id} ${monthOf(day.day)}`, route.overtimeMinutes)
    add(overtime, `${id} ${yearTextOf(day.day)}`, route.overtimeMinutes)
    add(restDays, `${id} ${monthOf(day.day)}`, day.ordinary.length === 0 ? 1 : 0)
  }
}

type DayOfCrew = {
  readonly day: InstanceDay
  readonly span: Span
  readonly ways: WaysOfDay
  readonly crew: Crew
}

/** A route as far as it is planned. */
type Draft = {
  place: string
  free: number
  packing: InstanceSite | undefined
  readonly legs: WayLeg[]
  readonly sessions: PlannedSession[]
  readonly setUpFrom: number[]
}

function routeOf(
  book: Book,
  { announced, ...today }: DayOfCrew & { readonly announced: readonly AnnouncedSession[] },
): PlannedRoute | undefined {
  const { day, span, ways, crew } = today
  const { base } = crew.team
  const draft: Draft = { place: base, free: span.from, packing: undefined, legs: [], sessions: [], setUpFrom: [] }
  for (const store of storesOf(crew)) if (!goTo(draft, ways, store)) return undefined
  for (const one of announced) {
    const site = book.instance.sites.find(({ id }) => id === one.site)
    if (site) visit(book, today, { draft, site, announced: one })
  }
  for (;;) {
    const site = nextSite(book, today, draft)
    if (!site || !visit(book, today, { draft, site })) break
  }
  if (draft.sessions.length === 0) return undefined

  packUp(draft)
  for (const stop of [...storesOf(crew).toReversed(), base]) if (!goTo(draft, ways, stop)) return undefined
  return writtenRoute(draft, { day, crew })
}

const storesOf = ({ kits, team }: Crew) =>
  [...new Set(kits.map(({ store }) => store))].filter(store => store !== team.base)

function writtenRoute(
  { legs, sessions, setUpFrom, free }: Draft,
  { day, crew }: Pick<DayOfCrew, 'day' | 'crew'>,
): PlannedRoute {
  const departs = Math.min(...legs.map(leg => leg.departs), ...setUpFrom)
  return {
    team: crew.team.id,
    day: day.day,
    officers: crew.officers.map(({ id }) => id),
    kits: crew.kits.map(({ id }) => id),
    departs: hourOf(departs),
    returns: hourOf(free),
    travelMinutes: legs.reduce((sum, leg) => sum + leg.arrives - leg.departs, 0),
    overtimeMinutes: overtimeWithin({ from: departs, to: free }, day),
    legs: legs.map(leg => ({ ...leg, departs: hourOf(leg.departs), arrives: hourOf(leg.arrives) })),
    sessions,
  }
}

function packUp(draft: Draft): void {
  draft.free += draft.packing?.packMinutes ?? 0
  draft.packing = undefined
}

function goTo(draft: Draft, ways: WaysOfDay, place: string): boolean {
  const way = ways.earliest(draft.place, place, draft.free)
  if (!way) return false
  draft.legs.push(...way.legs)
  draft.place = place
  draft.free = way.arrives
  return true
}

/** When the team has to leave a place to bring the kits back and be home at the end of the day. */
function leavesBy({ span, ways, crew }: DayOfCrew, place: string): number | undefined {
  const stops = [place, ...storesOf(crew).toReversed(), crew.team.base]
  let by: number | undefined = span.to
  for (let at = stops.length - 1; at > 0 && by !== undefined; at--)
    by = ways.latest(stops[at - 1] ?? '', stops[at] ?? '', by)
  return by
}

/** Kinds that the crew has kits and officers for. */
const isServable = ({ instance }: Book, { officers, kits }: Crew, kind: DemandKind) =>
  officers.length >= instance.leastOfficers[kind] && (kind === 'activation' || kits.length > 0)

const openDemands = (book: Book, crew: Crew, site: string): readonly OpenDemand[] =>
  (book.demandsOf.get(site) ?? []).filter(({ demand, left }) => left > 0 && isServable(book, crew, demand.kind))

/** The nearest of the most urgent sites which the team can still reach and be home from. */
function nextSite(book: Book, today: DayOfCrew, draft: Draft): InstanceSite | undefined {
  const { day, crew, ways } = today
  const waiting = book.instance.sites.flatMap(site => {
    const open = openDemands(book, crew, site.id)
    if (open.length === 0 || site.id === draft.packing?.id) return []
    const urgent = open.reduce(
      (first, { demand: { lastDay } }) => (lastDay >= day.day && lastDay < first ? lastDay : first),
      '9999-12-31',
    )
    return [{ site, urgent, minutes: ways.road(draft.place, site.place) ?? 90 }]
  })
  while (waiting.length > 0) {
    const next = waiting.reduce((best, one) =>
      one.urgent < best.urgent || (one.urgent === best.urgent && one.minutes < best.minutes) ? one : best,
    )
    if (windowsOf(book, today, { draft, site: next.site }).length > 0) return next.site
    waiting.splice(waiting.indexOf(next), 1)
  }
  return undefined
}

type Window = Span & { readonly shift: string }

/** When the team can hold sessions at a site today: arrived, set up, and in time to be home. Short ones do not pay. */
function windowsOf(
  { instance }: Book,
  today: DayOfCrew,
  { draft, site }: { readonly draft: Draft; readonly site: InstanceSite },
  least = 20,
): Window[] {
  const { day, ways } = today
  const leaves = draft.free + (draft.packing?.packMinutes ?? 0)
  const isOther = draft.packing !== undefined && draft.packing.id !== site.id && draft.place === site.place
  const arrives = isOther
    ? ways.within(site.place, leaves).arrives
    : ways.earliest(draft.place, site.place, leaves)?.arrives
  const by = leavesBy(today, site.place)
  if (arrives === undefined || by === undefined) return []
  const held = { from: arrives + site.setUpMinutes, to: by - site.packMinutes }
  if (held.to - held.from < least) return []
  const open = cutOut(mergeStretches(openStretches(site, day.day)), day.breaks.map(readStretch))
  return (
    instance.shifts
      .flatMap(({ id, from, to }) => {
        const shift = readStretch([from, to])
        return open.map(stretch => ({
          shift: id,
          from: Math.max(stretch.from, shift.from, held.from),
          to: Math.min(stretch.to, shift.to, held.to),
        }))
      })
      .filter(({ from, to }) => to - from >= least)
      // In a shift the team is at one site.
      .filter(({ shift }) => !draft.sessions.some(one => one.shift === shift && one.site !== site.id))
      .sort((one, other) => one.from - other.from)
  )
}

/** Goes to a site and serves whoever is there as long as the day allows. */
function visit(
  book: Book,
  today: DayOfCrew,
  {
    draft,
    site,
    announced,
  }: {
    readonly draft: Draft
    readonly site: InstanceSite
    readonly announced?: AnnouncedSession
  },
): boolean {
  const { ways } = today
  const windows = windowsOf(book, today, { draft, site }).filter(
    (window, at) => at > 0 || !announced || window.shift === announced.shift,
  )
  if (windows.length === 0 || (announced && windows[0]?.shift !== announced.shift)) return false
  const isOther = draft.packing !== undefined && draft.place === site.place
  packUp(draft)
  if (isOther) {
    const leg = ways.within(site.place, draft.free)
    draft.legs.push(leg)
    draft.free = leg.arrives
  } else if (!goTo(draft, ways, site.place)) return false
  let kept = announced
  for (const window of windows) {
    let from = window.from
    while (from < window.to) {
      const session = sessionOf(book, today, { site, window: { ...window, from }, kept, at: draft.sessions.length })
      if (!session) break
      if (draft.packing?.id !== site.id) draft.setUpFrom.push(from - site.setUpMinutes)
      draft.sessions.push(session.written)
      draft.packing = site
      from = session.to
      draft.free = from
      kept = undefined
    }
  }
  return true
}

/** One session: with the kits as long as they have people, else by officers alone. */
function sessionOf(
  book: Book,
  { day, crew }: DayOfCrew,
  {
    site,
    window,
    kept,
    at,
  }: {
    readonly site: InstanceSite
    readonly window: Window
    readonly kept: AnnouncedSession | undefined
    readonly at: number
  },
): { readonly written: PlannedSession; readonly to: number } | undefined {
  const open = openDemands(book, crew, site.id).toSorted((one, other) => rank(one, day.day) - rank(other, day.day))
  const workOf = (some: readonly OpenDemand[]) => some.reduce((sum, one) => sum + one.left * one.demand.minutesEach, 0)
  const byKit = open.filter(({ demand }) => demand.kind !== 'activation')
  const byOfficer = open.filter(({ demand }) => demand.kind === 'activation')
  const kits = byKit.length > 0 ? crew.kits : []
  const speed = kits.reduce((sum, one) => sum + one.speedPercent, 0) / 100
  const officers = crew.officers.length - kits.reduce((sum, one) => sum + one.officers, 0)
  const needed = kits.length > 0 ? Math.ceil(workOf(byKit) / speed) : Math.ceil(workOf(byOfficer) / officers)
  const length = Math.min(window.to - window.from, needed || (kept ? 30 : 0))
  if (length <= 0) return undefined
  const serves = [...take(byKit, length * speed, day.day), ...take(byOfficer, length * officers, day.day)]
  if (serves.length === 0 && !kept) return undefined
  const to = window.from + length
  const written: PlannedSession = {
    id: `${crew.team.id}/${day.day}/${at + 1}`,
    site: site.id,
    shift: window.shift,
    from: hourOf(window.from),
    to: hourOf(to),
    kits: kits.map(({ id }) => id),
    kinds: [...new Set(serves.map(({ kind }) => kind))],
    serves,
    ...(kept && { keeps: kept.id }),
  }
  return { written, to }
}

/** Those in time first, by their last day; then whoever is late anyway. */
const rank = ({ demand }: OpenDemand, day: string) =>
  Number(demand.lastDay.replaceAll('-', '')) + (demand.lastDay < day ? 100_000_000 : 0)

/** Serves as many as fit into the minutes. */
function take(open: readonly OpenDemand[], minutes: number, day: string): ServedPeople[] {
  let left = minutes
  return open.flatMap(one => {
    const { id, kind, minutesEach, lastDay } = one.demand
    const people = Math.min(one.left, Math.floor((left + 1e-9) / minutesEach))
    if (people <= 0) return []
    one.left -= people
    left -= people * minutesEach
    return [{ demand: id, kind, people, lastDay, inTime: day <= lastDay }]
  })
}
