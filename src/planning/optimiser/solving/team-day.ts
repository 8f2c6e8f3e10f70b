import type { Compiled, CompiledDay, MinutesOfDay } from './compile.ts'
import {
  type Frame,
  type Stop,
  settleRoute,
  shortestSession,
  type TimedRoute,
  type TimedSession,
  timeRoute,
} from './route.ts'
import { costOf, type Route, type Schedule } from './schedule.ts'
import { gainIn } from './unserved-people.ts'

/**
 * The best route of one team on one day, as the rest of the plan stands: each way to fill a car (officers, kits of one
 * store) with each sequence of sites that are near enough and where people still wait.
 */

/** A car: who goes, with which kits. */
export type Crew = {
  readonly officers: readonly number[]
  readonly kits: readonly number[]
  readonly store: number
  readonly speed: number
  /** Officers whom its kits take. */
  readonly busy: number
}

type Stay = {
  readonly site: number
  readonly stops: readonly Stop[]
  readonly first: number
  readonly last: number
  /** At most so much it is worth, with the way there. */
  readonly most: number
}

export type TeamDayOptions = {
  /** Sites looked at closely. */
  readonly width: number
  /** 0 takes the best; more mixes in chance. */
  readonly noise: number
  readonly random: () => number
  /** Without overtime, though it be ordered. */
  readonly isOrdinary?: boolean
}

type OpenSite = { readonly site: number; readonly way: number; readonly useful: number }

/** What a crew may do in a day, in minutes; what a minute of it and a minute of the way count for in choosing sites. */
const [usualDay, worthOfMinute, wayAgainstWorth] = [480, 40, 6]

/** How a crew spends minutes at a site: those with kits set up, what they gain, and after how many nobody is left. */
type Spent = { readonly kits: number; readonly gain: number; readonly needed: number }

const nothingSpent: Spent = { kits: 0, gain: 0, needed: 0 }

type Found = { readonly profit: number; readonly route: Route | undefined }

/** `unneeded`: minutes that nobody needs at the first site, and at the last. */
type FilledRoute = Found & { readonly unneeded: readonly [number, number] }

const nobody: Found = { profit: 0, route: undefined }

/** Between which minutes a route may lie, with overtime or without; undefined where nobody may go out. */
export const hoursOfRoutes = ({ order, ordinary }: CompiledDay): MinutesOfDay | undefined =>
  order && ordinary
    ? { from: Math.min(order.from, ordinary.from), to: Math.max(order.to, ordinary.to) }
    : (order ?? ordinary)

export class TeamDays {
  readonly #given: Compiled
  readonly #schedule: Schedule
  readonly #least: Float64Array
  /** By base: sites, the nearest first. */
  readonly #near = new Map<number, readonly number[]>()
  /** By base: other places where kits are kept, the nearest first. */
  readonly #stores = new Map<number, readonly number[]>()
  readonly #runs: readonly (readonly number[])[]
  /** By site: worth of everybody there who is served in time, and nobody late. */
  readonly #whole: Float64Array
  readonly #dueByKit: readonly boolean[]
  /** By base × day: sites that are near enough and open, the way to each, and the minutes that are of use there. */
  readonly #openSites = new Map<number, readonly OpenSite[]>()
  /** By day: between which minutes a route may lie at all. */
  readonly #hours: readonly (MinutesOfDay | undefined)[]

  constructor(schedule: Schedule, least: Float64Array) {
    this.#given = schedule.given
    this.#schedule = schedule
    this.#least = least
    const { shifts, sites, demands, prices } = this.#given
    const runs: number[][] = []
    for (let from = 0; from < shifts.length; from++)
      for (let to = from; to < shifts.length; to++)
        runs.push(Array.from({ length: to - from + 1 }, (_, at) => from + at))
    this.#runs = runs
    this.#whole = Float64Array.from(sites, site =>
      site.demands.reduce(
        (sum, at) => sum + (demands[at]?.people ?? 0) * (prices.latePerson + prices.unservedPerson),
        0,
      ),
    )
    this.#hours = this.#given.days.map(hoursOfRoutes)
    this.#dueByKit = sites.map(site => site.demands.some(at => demands[at]?.byKit && demands[at].people > 0))
  }

  #nearTo(base: number): readonly number[] {
    const known = this.#near.get(base)
    if (known) return known
    const { places, sites } = this.#given
    const reach = (site: number) => this.#least[base * places + (sites[site]?.place ?? 0)] ?? Number.POSITIVE_INFINITY
    const near = [...sites.keys()].filter(site => reach(site) < 600).sort((a, b) => reach(a) - reach(b) || a - b)
    this.#near.set(base, near)
    return near
  }

  storesOf(base: number): readonly number[] {
    const known = this.#stores.get(base)
    if (known) return known
    const { places, kits } = this.#given
    const reach = (store: number) => this.#least[base * places + store] ?? Number.POSITIVE_INFINITY
    const stores = [...new Set(kits.map(({ store }) => store))]
      .filter(store => store === base || reach(store) <= 150)
      .sort((a, b) => (a === base ? -1 : b === base ? 1 : reach(a) - reach(b) || a - b))
    this.#stores.set(base, stores.slice(0, 4))
    return stores.slice(0, 4)
  }

  /** The best route that leaves the value of the plan higher than none; undefined where there is none. */
  best(team: number, day: number, options: TeamDayOptions): Route | undefined {
    const { days, teams, officers } = this.#given
    const of = teams[team]
    const today = days[day]
    if (!of || !today) return undefined
    const present = of.officers.filter(one => officers[one]?.away[day] === 0)
    if (present.length === 0) return undefined
    const byRest = [...present].sort(
      (a, b) => this.#schedule.overtimeLeft(b, day) - this.#schedule.overtimeLeft(a, day) || a - b,
    )
    const sites = this.#candidates(of.base, day, options)
    if (sites.length === 0) return undefined
    const rested = today.isRest ? byRest.filter(one => this.#schedule.restDaysLeft(one, day) > 0) : byRest
    let best = nobody
    for (const crew of this.#crews(of.base, day, rested, sites)) {
      const stays = this.#stays(of.base, day, crew, sites)
      for (const frame of this.#frames(team, day, crew, options.isOrdinary))
        best = this.#bestWith(team, crew, stays, frame, { options, above: best })
    }
    return best.route
  }

  /** What people of a site would be worth whom nobody serves in time, in officer-minutes. */
  leftWorth(site: number): number {
    return (this.#whole[site] as number) - this.#schedule.worthAt(site)
  }

  /** At most so much a crew gains at some stops on a day, as the rest stands; -Infinity where nobody can go there. */
  mostAt({ team, day }: { readonly team: number; readonly day: number }, crew: Crew, stops: readonly Stop[]): number {
    const { places, shifts, sites, teams } = this.#given
    const base = teams[team]?.base ?? 0
    const start = crew.store < 0 ? base : crew.store
    const hours = this.#hours[day]
    if (!hours) return Number.NEGATIVE_INFINITY
    let [place, way, gain] = [start, crew.store < 0 ? 0 : 2 * (this.#least[base * places + start] as number), 0]
    for (let at = 0; at < stops.length; ) {
      const { site } = stops[at] as Stop
      const one = sites[site]
      if (!one) return Number.NEGATIVE_INFINITY
      let minutes = 0
      for (; stops[at]?.site === site; at++) {
        const { shift } = stops[at] as Stop
        const slot = day * shifts.length + shift
        const open = Math.min(one.openTo[slot] as number, hours.to) - Math.max(one.openFrom[slot] as number, hours.from)
        if (open < shortestSession) return Number.NEGATIVE_INFINITY
        minutes += open
        gain += this.#schedule.bonusOf(site, day, shift)
      }
      gain += this.#spend(site, day, minutes, crew).gain
      if (one.place !== place) way += this.#least[place * places + one.place] as number
      place = one.place
    }
    if (place !== start) way += this.#least[place * places + start] as number
    return gain - crew.officers.length * way
  }

  /** Whether kits could serve anybody at some stops. */
  isDueByKit(day: number, stops: readonly Stop[]): boolean {
    return stops.some(({ site }) => this.#dueByKit[site] && this.#schedule.leftAt(0, site, day).total > 0)
  }

  /** The best hours of a crew at some stops; undefined where they have no time or are not worth the way. */
  routeAt(team: number, day: number, crew: Crew, stops: readonly Stop[]): Route | undefined {
    let best = nobody
    for (const frame of this.#frames(team, day, crew)) {
      const timed = timeRoute(this.#given, frame, stops)
      const found = timed && this.#route(team, crew, frame, timed)
      if (found && found.profit > best.profit) best = found
    }
    return best.route
  }

  /** With overtime where it is ordered, and without where the day has ordinary hours. */
  #frames(team: number, day: number, { officers, store }: Crew, isOrdinary = false): Frame[] {
    const today = this.#given.days[day]
    const base = this.#given.teams[team]?.base ?? 0
    const frames: Frame[] = []
    if (today?.order && !isOrdinary) {
      const left = Math.min(...officers.map(one => this.#schedule.overtimeLeft(one, day)))
      const overtime = Math.min(today.order.minutes, Math.floor(left))
      if (overtime > 0) frames.push({ day, base, store, earliest: today.order.from, latest: today.order.to, overtime })
    }
    if (today?.ordinary)
      frames.push({ day, base, store, earliest: today.ordinary.from, latest: today.ordinary.to, overtime: 0 })
    return frames
  }

  #crews(base: number, day: number, present: readonly number[], sites: readonly number[]): Crew[] {
    const { leastKit, leastActivation, kits } = this.#given
    const crews: Crew[] = []
    if (present.length >= leastActivation) crews.push({ officers: present, kits: [], store: -1, speed: 0, busy: 0 })
    if (!sites.some(site => this.#dueByKit[site]) || present.length < leastKit) return crews
    for (const store of this.storesOf(base)) {
      const free = [...kits.keys()]
        .filter(kit => kits[kit]?.store === store && this.#schedule.isKitFree(day, kit))
        .sort((a, b) => (kits[b]?.speed ?? 0) - (kits[a]?.speed ?? 0) || a - b)
      let [speed, busy] = [0, 0]
      for (let count = 1; count <= free.length; count++) {
        const kit = kits[free[count - 1] ?? 0]
        speed += kit?.speed ?? 0
        busy += kit?.officers ?? 0
        if (busy > present.length) break
        const filled = { kits: free.slice(0, count), store: store === base ? -1 : store, speed, busy }
        crews.push({ ...filled, officers: present })
        const needed = Math.max(busy, leastKit)
        if (needed < present.length) crews.push({ ...filled, officers: present.slice(0, needed) })
      }
    }
    return crews.reverse()
  }

  /** Sites to which a team of a base may go on a day. */
  openTo(base: number, day: number): readonly OpenSite[] {
    const key = base * this.#given.days.length + day
    const known = this.#openSites.get(key)
    if (known) return known
    const { sites, shifts, places } = this.#given
    const open = this.#nearTo(base).flatMap((site): OpenSite[] => {
      const one = sites[site]
      if (!one) return []
      let minutes = 0
      for (let shift = 0; shift < shifts.length; shift++) {
        const at = day * shifts.length + shift
        minutes += Math.max(0, (one.openTo[at] ?? 0) - (one.openFrom[at] ?? 0))
      }
      if (minutes === 0) return []
      const way = this.#least[base * places + one.place] ?? 0
      return [{ site, way, useful: Math.max(30, Math.min(minutes, usualDay - 2 * way)) }]
    })
    this.#openSites.set(key, open)
    return open
  }

  /** Sites that are open and have somebody left, by what is left there and how far it is. */
  #candidates(base: number, day: number, { width, noise, random }: TeamDayOptions): number[] {
    const { shifts, announced } = this.#given
    // The best so far, in order.
    const found: number[] = []
    const scores: number[] = []
    for (const { site, way, useful } of this.openTo(base, day)) {
      let bonus = 0
      if (announced.length > 0)
        for (let shift = 0; shift < shifts.length; shift++) bonus += this.#schedule.bonusOf(site, day, shift)
      const left = (this.#whole[site] as number) - this.#schedule.worthAt(site)
      if (left <= 1e-9 && bonus === 0) continue
      // Chance leaves sites to other days and teams.
      if (noise > 0 && bonus === 0 && random() < 0.25) continue
      const plain = Math.min(left, useful * worthOfMinute) - wayAgainstWorth * way + bonus
      const score = noise > 0 ? plain * (1 + noise * (random() - 0.5)) : plain
      let place = found.length
      if (place === width && score <= (scores[place - 1] as number)) continue
      if (place === width) place -= 1
      for (; place > 0 && (scores[place - 1] as number) < score; place--) {
        scores[place] = scores[place - 1] as number
        found[place] = found[place - 1] as number
      }
      scores[place] = score
      found[place] = site
    }
    return found
  }

  /** What each site is worth to a crew in each run of shifts, if it were there all the time; the best first. */
  #stays(base: number, day: number, crew: Crew, sites: readonly number[]): Stay[] {
    const { places, shifts, sites: all } = this.#given
    const count = crew.officers.length
    const stays: Stay[] = []
    for (const site of sites) {
      const one = all[site]
      if (!one) continue
      const from = crew.store < 0 ? base : crew.store
      const way = this.#least[from * places + one.place] ?? 0
      for (const run of this.#runs) {
        let [minutes, bonus, isOpen] = [0, 0, true]
        for (const shift of run) {
          const at = day * shifts.length + shift
          const open = (one.openTo[at] ?? 0) - (one.openFrom[at] ?? 0)
          if (open <= 0) isOpen = false
          minutes += open
          bonus += this.#schedule.bonusOf(site, day, shift)
        }
        if (!isOpen) continue
        const [first = 0] = run
        const { gain } = this.#spend(site, day, minutes, crew)
        if (gain + bonus <= 0) continue
        stays.push({
          site,
          stops: run.map(shift => ({ site, shift })),
          first,
          last: first + run.length - 1,
          most: gain + bonus - count * way,
        })
      }
    }
    return stays.sort((a, b) => b.most - a.most)
  }

  /**
   * The best use of so many minutes at a site: kits are set up for no more of them than they need for as many people as
   * they can serve, and for fewer where their officers are worth more to whoever needs no kit.
   */
  #spend(site: number, day: number, minutes: number, crew: Crew): Spent {
    const { leastKit, leastActivation } = this.#given
    const count = crew.officers.length
    const all = minutes * count
    const byOfficer = this.#schedule.leftAt(1, site, day)
    const bare = count >= leastActivation ? gainIn(byOfficer, all) : 0
    const neededBare = Math.min(minutes, Math.ceil(byOfficer.total / count))
    const alone = bare > 0 ? { kits: 0, gain: bare, needed: neededBare } : nothingSpent
    if (crew.kits.length === 0 || count < leastKit || !this.#dueByKit[site]) return alone
    const byKit = this.#schedule.leftAt(0, site, day)
    if (byKit.total <= 0) return alone
    const { speed, busy } = crew
    const whole = Math.min(minutes, Math.ceil(byKit.total / speed))
    let [kits, gain] = [0, bare]
    const consider = (wanted: number) => {
      const set = Math.max(0, Math.min(whole, Math.ceil(wanted)))
      if (set <= 0) return
      const here = gainIn(byKit, set * speed) + gainIn(byOfficer, all - set * busy)
      if (here > gain + 1e-9) [kits, gain] = [set, here]
    }
    consider(whole)
    // The gain rises and then falls with the minutes of the kits; it turns where either has served one kind of people.
    if (busy > 0 && byOfficer.total > all - whole * busy) {
      let sum = 0
      for (let at = 0; at < byKit.count - 1; at++) {
        sum += byKit.minutes[at] as number
        consider(sum / speed)
      }
      sum = 0
      for (let at = 0; at < byOfficer.count; at++) {
        sum += byOfficer.minutes[at] as number
        consider((all - sum) / busy)
      }
    }
    if (gain <= 0) return nothingSpent
    if (kits === 0) return alone
    const free = Math.min(all - kits * busy, byOfficer.total)
    return { kits, gain, needed: Math.min(minutes, Math.max(kits, Math.ceil((free + kits * busy) / count))) }
  }

  #bestWith(
    team: number,
    crew: Crew,
    stays: readonly Stay[],
    frame: Frame,
    { options, above }: { readonly options: TeamDayOptions; readonly above: Found },
  ): Found {
    let best = above
    const { places, sites } = this.#given
    const shifts = this.#given.shifts.length
    const count = crew.officers.length
    const start = crew.store < 0 ? frame.base : crew.store
    const wayHome = (site: number) => count * (this.#least[(sites[site]?.place ?? 0) * places + start] ?? 0)
    const consider = (stops: readonly Stop[]): number => {
      const timed = timeRoute(this.#given, frame, stops)
      const found = timed && this.#route(team, crew, frame, timed)
      if (!found) return Number.NEGATIVE_INFINITY
      const luck = options.noise > 0 ? 1 + 0.02 * options.noise * options.random() : 1
      if (found.profit * luck > best.profit + 1e-9) best = { profit: found.profit * luck, route: found.route }
      return found.profit
    }
    for (const stay of stays) {
      if (stay.most <= best.profit) break
      if (stay.most - wayHome(stay.site) > best.profit) consider(stay.stops)
    }
    if (shifts === 1) return best
    const few = stays.slice(0, 40)
    const most = few[0]?.most ?? 0
    // A way to the second site that does not lead by the start costs what the triangle of the ways has too much.
    const placeOf = (stay: Stay) => sites[stay.site]?.place ?? 0
    const way = (from: number, to: number) => (from === to ? 0 : (this.#least[from * places + to] ?? 0))
    for (const one of few) {
      if (one.most + most <= best.profit) break
      for (const other of few) {
        if (one.most + other.most <= best.profit) break
        if (other.first <= one.last || one.site === other.site) continue
        const [from, to] = [placeOf(one), placeOf(other)]
        const between = way(from, to) + way(to, start) - way(start, to)
        if (one.most + other.most - count * between <= best.profit && other.last + 1 >= shifts) continue
        const profit = consider([...one.stops, ...other.stops])
        if (profit < best.profit * 0.9 || other.last + 1 >= shifts) continue
        for (const third of few) {
          if (profit + third.most <= best.profit) break
          if (third.first > other.last && third.site !== other.site && third.site !== one.site)
            consider([...one.stops, ...other.stops, ...third.stops])
        }
      }
    }
    return best
  }

  /** Who is served, whether the kits are set up, and hours that are no longer than people need where that saves any. */
  #route(team: number, crew: Crew, frame: Frame, timed: TimedRoute): Found | undefined {
    const found = this.#filled(team, crew, frame.day, timed)
    if (!found || timed.overtime === 0) return found
    let best = found
    for (const cut of cutsOf(timed.sessions, found.unneeded)) {
      const settled = settleRoute(this.#given, frame, cut)
      if (!settled || settled.overtime > frame.overtime || settled.overtime >= (best.route?.overtime ?? 0)) continue
      const shorter = this.#filled(team, crew, frame.day, settled)
      if (shorter && shorter.profit > best.profit) best = shorter
    }
    return best
  }

  /** A route of these hours, its sessions divided where the kits are packed up. */
  #filled(team: number, crew: Crew, day: number, timed: TimedRoute): FilledRoute | undefined {
    const stops = timed.sessions
    let gain = 0
    const withKits: boolean[] = []
    const unneeded: [number, number] = [0, 0]
    const sessions: TimedSession[] = []
    for (let at = 0; at < stops.length; ) {
      const site = stops[at]?.site ?? 0
      let next = at
      let minutes = 0
      while (next < stops.length && stops[next]?.site === site) {
        const one = stops[next] as TimedSession
        minutes += one.to - one.from
        gain += this.#schedule.bonusOf(site, day, one.shift)
        next += 1
      }
      const spent = this.#spend(site, day, minutes, crew)
      gain += spent.gain
      let left = spent.kits
      if (at === 0) unneeded[0] = minutes - spent.needed
      if (next === stops.length) unneeded[1] = minutes - spent.needed
      for (; at < next; at++) {
        const one = stops[at] as TimedSession
        const long = one.to - one.from
        // The kits are packed up once they have nobody left, and their officers go on without them.
        if (left > 0 && left < long && long - left >= shortestSession) {
          sessions.push({ ...one, to: one.from + left }, { ...one, from: one.from + left })
          withKits.push(true, false)
        } else {
          sessions.push(one)
          withKits.push(left > 0)
        }
        left = Math.max(0, left - long)
      }
    }
    if (crew.kits.length > 0 && !withKits.includes(true)) return undefined
    const { officers, kits, store } = crew
    // Some of the overtime may be cut off still.
    if (gain <= officers.length * (timed.travel + timed.overtime / 2)) return undefined
    const route: Route = { ...timed, sessions, day, officers, kits, team, store, withKits }
    return { profit: gain - costOf(route), route, unneeded }
  }
}

/** The hours without minutes that nobody needs at the first site and at the last; of one site at either end first. */
function cutsOf(sessions: readonly TimedSession[], [atFirst, atLast]: readonly [number, number]): TimedSession[][] {
  const last = sessions.length - 1
  const [first, end] = [sessions[0] as TimedSession, sessions[last] as TimedSession]
  const most = (session: TimedSession, minutes: number) =>
    Math.max(0, Math.min(minutes, session.to - session.from - shortestSession))
  const isOneSite = first.site === end.site
  const cuts: readonly (readonly [number, number])[] = isOneSite
    ? [
        [most(first, atFirst - most(end, atLast)), most(end, atLast)],
        [most(first, atFirst), most(end, atLast - most(first, atFirst))],
      ]
    : [[most(first, atFirst), most(end, atLast)]]
  return cuts.flatMap(([begin, finish]) => {
    if (begin + finish === 0 || (last === 0 && begin + finish > most(first, Number.POSITIVE_INFINITY))) return []
    const cut = [...sessions]
    cut[0] = { ...first, from: first.from + begin }
    cut[last] = { ...(cut[last] as TimedSession), to: end.to - finish }
    return [cut]
  })
}
