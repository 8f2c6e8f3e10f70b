import { type Compiled, overtimeOn } from '../solving/compile.ts'
import { type Frame, leaveLast, readyAtFirst, type Stop } from '../solving/route.ts'
import { closedTravel, leastTravel, minutesWithin } from '../solving/travel.ts'
import type { DayClass, KitClass } from './team-day-classes.ts'

/**
 * The best route of a team-day class by prices: what a person, a kit, a minute of overtime and a rest day cost there.
 * Each question is relaxed so that no route of a real plan is worth more (docs/planning.md, "The bound"): between two
 * sites there is always time, a boat does not let anybody wait, people are divisible.
 */

export type Prices = {
  /** By period × pool × site: what a minute of a kit or an officer is worth to people there. */
  readonly minutes: Float64Array
  /** By kit class × day class. */
  readonly kits: Float64Array
  /** By base × month and base × year: of a minute of overtime of one officer. */
  readonly months: Float64Array
  readonly years: Float64Array
  /** By base × month: of a rest day of one officer. */
  readonly rests: Float64Array
}

/** What is made small: officer-minutes, people late, people not served at all. */
export type BoundWeights = { readonly minute: number; readonly latePerson: number; readonly unservedPerson: number }

/** A route as the relaxation counts it. */
export type RouteColumn = {
  readonly officers: number
  readonly base: number
  readonly dayClass: number
  /** Officer-minutes of travel and overtime. */
  readonly minutes: number
  /** Officer-minutes of overtime. */
  readonly overtime: number
  /** Kit classes and how many. */
  readonly kits: readonly (readonly [number, number])[]
  /** Site, pool (0 by kit, 1 by officer) and minutes that it gives to people there. */
  readonly gives: readonly (readonly [number, 0 | 1, number])[]
  /** Its sessions: site and shift, in order. */
  readonly stops: readonly Stop[]
  /** Where its kits are kept, if that is not the base; else -1. */
  readonly store: number
}

type Run = { readonly first: number; readonly last: number }

type WorthTable = { readonly worth: Float64Array; readonly most: Float64Array }

/** Of each site: minutes that its people take in all, and what one of them is worth. */
type Pool = { readonly minutes: Float64Array; readonly rates: Float64Array }

/** What so many minutes of kits or officers are worth at a site: no more than its people take. */
function worthIn({ minutes, rates }: Pool, site: number, cap: number): number {
  const most = minutes[site] as number
  return Math.min(cap, most) * (rates[site] as number)
}

/** A route of a class of team-days, by its place in their list. */
export type TeamDayColumn = { readonly column: RouteColumn; readonly teamDay: number }

/** What a crew is: officers, kits of one store, what they do in a minute when the kits are set up. */
export type CrewShape = {
  readonly officers: number
  readonly store: number
  readonly kits: readonly (readonly [number, number])[]
  readonly speed: number
  readonly busy: number
  /** Of those that a quick round looks at: everybody or no more than the kits take, with kits from near by. */
  readonly isUsual: boolean
}

export type CrewOffer = { readonly value: number; readonly column: RouteColumn | undefined }

/** Minutes of the day in the frame’s terms before a minute that are overtime: a prefix sum, so that parts add up. */
type Prefix = (minute: number) => number

type Stay = {
  site: number
  first: number
  last: number
  /** Open minutes, and hours of the first and the last session. */
  minutes: number
  from: number
  to: number
  /** With both ends as in the middle of a route. */
  whole: number
  /** Worth at the beginning of a route (travel out and overtime taken off), and minutes cut off there. */
  begin: number
  cutBegin: number
  end: number
  cutEnd: number
  alone: number
  cutAlone: number
  overtimeAlone: number
  /** As what comes before another stay: worth so far, and the stay before it. */
  sofar: number
  before: Stay | undefined
}

const never = Number.NEGATIVE_INFINITY

export class Pricer {
  readonly given: Compiled
  readonly dayClasses: readonly DayClass[]
  readonly kitClasses: readonly KitClass[]
  readonly #least: Float64Array
  /** No way round is shorter: then a route is at least as long as the way to each of its sites and back. */
  readonly #isClosed: boolean
  readonly #runs: readonly Run[]
  readonly #crews = new Map<string, readonly CrewShape[]>()
  /** By kit, and by officer; of the day class in use. */
  #byKit: Pool
  #byOfficer: Pool
  #open: readonly number[] = []
  /** What a minute of travel of the crew costs. */
  #perMinute = 0
  /** By site × shift: what a site is worth at most; filled anew for each question. */
  readonly #inShift: Float64Array
  readonly #placeOf: Int32Array
  readonly #paid = new Map<number, Uint8Array>()
  readonly #tables = new Map<string, WorthTable>()
  readonly #openMinutes = new Map<number, { readonly minutes: Float64Array }>()
  readonly #ways = new Map<number, { readonly out: Float64Array; readonly home: Float64Array }>()

  readonly weights: BoundWeights
  /** By period × pool × site: minutes that its people take in all. */
  readonly totals: Float64Array
  /** Sites looked at for a crew: with fewer than all, the best route may be missed and its value is no bound. */
  width = Number.POSITIVE_INFINITY

  constructor(
    given: Compiled,
    dayClasses: readonly DayClass[],
    kitClasses: readonly KitClass[],
    { weights, totals }: { readonly weights: BoundWeights; readonly totals: Float64Array },
  ) {
    this.weights = weights
    this.given = given
    this.dayClasses = dayClasses
    this.kitClasses = kitClasses
    const closed = closedTravel(given)
    this.#isClosed = closed !== undefined
    this.#least = closed ?? leastTravel(given)
    const shifts = given.shifts.length
    this.#inShift = new Float64Array(given.sites.length * shifts)
    this.#placeOf = Int32Array.from(given.sites, ({ place }) => place)
    this.totals = totals
    this.#byKit = { minutes: new Float64Array(0), rates: new Float64Array(0) }
    this.#byOfficer = this.#byKit
    this.#runs = Array.from({ length: shifts }, (_, first) =>
      Array.from({ length: shifts - first }, (_, more) => ({ first, last: first + more })),
    ).flat()
  }

  /** Every crew that up to so many officers can be: no kits, or kits of one store within reach. */
  crewsOf(base: number, most: number): readonly CrewShape[] {
    const key = `${base}/${most}`
    const known = this.#crews.get(key)
    if (known) return known
    const { places, leastActivation, instance } = this.given
    const leastByKit = Math.min(instance.leastOfficers.capture, instance.leastOfficers.raising)
    const crews: CrewShape[] = []
    const near = new Set(
      [...new Set(this.kitClasses.map(one => one.store))]
        .sort((a, b) => (this.#least[base * places + a] ?? 0) - (this.#least[base * places + b] ?? 0))
        .slice(0, 3),
    )
    for (let officers = leastActivation; officers <= most; officers++)
      crews.push({ officers, store: -1, kits: [], speed: 0, busy: 0, isUsual: officers === most })
    for (const store of new Set(this.kitClasses.map(one => one.store))) {
      if (store !== base && !Number.isFinite(this.#least[base * places + store])) continue
      const here = this.kitClasses.flatMap((one, at) => (one.store === store ? [{ ...one, at }] : []))
      let shapes: CrewShape[] = [
        { officers: 0, store: store === base ? -1 : store, kits: [], speed: 0, busy: 0, isUsual: false },
      ]
      for (const { at, most: count, speed, officers } of here)
        shapes = shapes.flatMap(shape =>
          Array.from({ length: count + 1 }, (_, many) => ({
            ...shape,
            kits: many > 0 ? [...shape.kits, [at, many] as const] : shape.kits,
            speed: shape.speed + many * speed,
            busy: shape.busy + many * officers,
          })).filter(({ busy }) => busy <= most),
        )
      for (const shape of shapes) {
        if (shape.kits.length === 0) continue
        const least = Math.max(1, leastByKit, shape.busy)
        for (let officers = least; officers <= most; officers++)
          crews.push({ ...shape, officers, isUsual: near.has(store) && (officers === most || officers === least) })
      }
    }
    crews.sort((a, b) => a.officers - b.officers)
    this.#crews.set(key, crews)
    return crews
  }

  /** What a column is worth by prices, without the price of its team-day. */
  valueOf({ base, dayClass, officers, minutes, overtime, kits, gives }: RouteColumn, prices: Prices): number {
    const { months, years } = this.given
    const { day } = this.dayClasses[dayClass] as DayClass
    const today = this.given.days[day]
    let value = -this.weights.minute * minutes
    const { period } = this.dayClasses[dayClass] as DayClass
    const sites = this.given.sites.length
    for (const [site, pool, given] of gives) value += given * (prices.minutes[(period * 2 + pool) * sites + site] ?? 0)
    for (const [kit, many] of kits) value -= many * (prices.kits[kit * this.dayClasses.length + dayClass] ?? 0)
    if (!today) return value
    value -=
      overtime *
      ((prices.months[base * months.length + today.month] ?? 0) + (prices.years[base * years.length + today.year] ?? 0))
    return today.isRest ? value - officers * (prices.rests[base * months.length + today.month] ?? 0) : value
  }

  /** Takes the prices of the days of a class; asked before `best`. */
  takeDayClass(dayClass: number, prices: Prices): void {
    const { sites, shifts } = this.given
    const { openFrom, openTo, period } = this.dayClasses[dayClass] as DayClass
    const count = sites.length
    const of = (pool: 0 | 1): Pool => ({
      minutes: this.totals.subarray((period * 2 + pool) * count, (period * 2 + pool + 1) * count),
      rates: prices.minutes.subarray((period * 2 + pool) * count, (period * 2 + pool + 1) * count),
    })
    this.#byKit = of(0)
    this.#byOfficer = of(1)
    this.#tables.clear()
    const open: number[] = []
    for (let site = 0; site < count; site++) {
      if (
        (this.#byKit.rates[site] ?? 0) * (this.#byKit.minutes[site] ?? 0) <= 1e-9 &&
        (this.#byOfficer.rates[site] ?? 0) * (this.#byOfficer.minutes[site] ?? 0) <= 1e-9
      )
        continue
      for (let shift = 0; shift < shifts.length; shift++)
        if ((openTo[site * shifts.length + shift] ?? 0) > (openFrom[site * shifts.length + shift] ?? 0)) {
          open.push(site)
          break
        }
    }
    this.#open = open
  }

  /**
   * What each site is worth in each run of shifts, open all the time, to whoever does so much in a minute; and the most
   * of any site by shift. Bases and stores make no difference to it.
   */
  #tableOf(dayClass: number, crew: CrewShape): WorthTable {
    const key = `${crew.speed}/${crew.busy}/${crew.officers}`
    const known = this.#tables.get(key)
    if (known) return known
    const { sites, shifts } = this.given
    const runs = this.#runs
    const worth = new Float64Array(sites.length * runs.length)
    const most = new Float64Array(shifts.length)
    const { minutes } = this.#minutesOf(dayClass)
    for (const site of this.#open)
      for (let run = 0; run < runs.length; run++) {
        const long = minutes[site * runs.length + run] ?? 0
        if (long <= 0) continue
        const here = this.#worth(site, long, crew)
        worth[site * runs.length + run] = here
        const { first, last } = runs[run] as Run
        if (first === last && here > (most[first] ?? 0)) most[first] = here
      }
    const table = { worth, most }
    this.#tables.set(key, table)
    return table
  }

  /** By site × run: open minutes; 0 where one of its shifts is shut. */
  #minutesOf(dayClass: number): { readonly minutes: Float64Array } {
    const known = this.#openMinutes.get(dayClass)
    if (known) return known
    const { sites, shifts } = this.given
    const { openFrom, openTo } = this.dayClasses[dayClass] as DayClass
    const minutes = new Float64Array(sites.length * this.#runs.length)
    for (let site = 0; site < sites.length; site++)
      this.#runs.forEach(({ first, last }, run) => {
        let sum = 0
        for (let shift = first; shift <= last; shift++) {
          const open = (openTo[site * shifts.length + shift] ?? 0) - (openFrom[site * shifts.length + shift] ?? 0)
          if (open <= 0) return
          sum += open
        }
        minutes[site * this.#runs.length + run] = sum
      })
    const made = { minutes }
    this.#openMinutes.set(dayClass, made)
    return made
  }

  /** Sites all of whose open minutes in a shift are overtime. */
  #paidWholly(dayClass: number, shift: number): Uint8Array {
    const key = dayClass * this.given.shifts.length + shift
    const known = this.#paid.get(key)
    if (known) return known
    const { openFrom, openTo, day } = this.dayClasses[dayClass] as DayClass
    const today = this.given.days[day]
    const paid = Uint8Array.from(this.given.sites, (_, site) => {
      const at = site * this.given.shifts.length + shift
      const [from, to] = [openFrom[at] ?? 0, openTo[at] ?? 0]
      return today && to > from && overtimeOn(today, from, to) === to - from ? 1 : 0
    })
    this.#paid.set(key, paid)
    return paid
  }

  /** By place: minutes from the base by the store to there, and back. */
  #waysOf(base: number, store: number): { readonly out: Float64Array; readonly home: Float64Array } {
    const key = base * (this.given.places + 1) + store + 1
    const known = this.#ways.get(key)
    if (known) return known
    const { places } = this.given
    const start = store < 0 ? base : store
    const toStore = store < 0 ? 0 : (this.#least[base * places + store] ?? 0)
    const fromStore = store < 0 ? 0 : (this.#least[store * places + base] ?? 0)
    const out = Float64Array.from({ length: places }, (_, at) => toStore + (this.#least[start * places + at] ?? 0))
    const home = Float64Array.from({ length: places }, (_, at) => fromStore + (this.#least[at * places + start] ?? 0))
    const made = { out, home }
    this.#ways.set(key, made)
    return made
  }

  /** What so many minutes at a site are worth. */
  #worth(site: number, minutes: number, { speed, busy, officers }: CrewShape): number {
    const all = minutes * officers
    if (speed <= 0) return worthIn(this.#byOfficer, site, all)
    // Kits are set up for some of the minutes: as many as are best.
    let best = 0
    const whole = (this.#byKit.minutes[site] as number) / speed
    const spare = busy > 0 ? (all - (this.#byOfficer.minutes[site] as number)) / busy : minutes
    for (let which = 0; which < 4; which++) {
      const wanted = which === 0 ? 0 : which === 1 ? minutes : which === 2 ? whole : spare
      const kits = Math.max(0, Math.min(minutes, wanted))
      const worth =
        worthIn(this.#byKit, site, kits * speed) + worthIn(this.#byOfficer, site, Math.max(0, all - kits * busy))
      if (worth > best) best = worth
    }
    return best
  }

  /** Of so many minutes those in which the kits are best set up. */
  #kitMinutes(site: number, minutes: number, crew: CrewShape): number {
    if (crew.speed <= 0) return 0
    const all = minutes * crew.officers
    const whole = (this.#byKit.minutes[site] as number) / crew.speed
    const spare = crew.busy > 0 ? (all - (this.#byOfficer.minutes[site] as number)) / crew.busy : minutes
    let [best, worth] = [0, Number.NEGATIVE_INFINITY]
    for (const wanted of [whole, minutes, spare, 0]) {
      const kits = Math.max(0, Math.min(minutes, wanted))
      const here =
        worthIn(this.#byKit, site, kits * crew.speed) +
        worthIn(this.#byOfficer, site, Math.max(0, all - kits * crew.busy))
      if (here > worth + 1e-9) [best, worth] = [kits, here]
    }
    return best
  }

  /** The same where each minute costs something: as many minutes as pay. */
  #worthPaid(site: number, minutes: number, crew: CrewShape, price: number): number {
    let best = 0
    for (const turn of this.#turns(site, crew)) {
      const long = Math.min(turn, minutes)
      const worth = this.#worth(site, long, crew) - price * long
      if (worth > best) best = worth
    }
    const worth = this.#worth(site, minutes, crew) - price * minutes
    return Math.max(worth, best)
  }

  /** Minutes at which the worth of more of them changes: kits, or officers, have nobody left. */
  #turns(site: number, { speed, busy, officers }: CrewShape): number[] {
    const free = (this.#byOfficer.minutes[site] as number) / officers
    if (speed <= 0) return [free]
    const whole = (this.#byKit.minutes[site] as number) / speed
    const after = ((this.#byOfficer.minutes[site] as number) + whole * busy) / officers
    const beside = officers > busy ? (this.#byOfficer.minutes[site] as number) / (officers - busy) : whole
    return [free, whole, after, beside]
  }

  /** The best route of a crew on a day of the class asked for last; `above`: what it has to be worth at least. */
  best(base: number, dayClass: number, crew: CrewShape, prices: Prices, above: number): CrewOffer {
    const { day } = this.dayClasses[dayClass] as DayClass
    const today = this.given.days[day]
    if (!today) return { value: 0, column: undefined }
    const { months, years } = this.given
    const ofKits = crew.kits.reduce(
      (sum, [at, many]) => sum + many * (prices.kits[at * this.dayClasses.length + dayClass] ?? 0),
      0,
    )
    const ofRest = today.isRest ? crew.officers * (prices.rests[base * months.length + today.month] ?? 0) : 0
    const ofOvertime =
      this.weights.minute +
      (prices.months[base * months.length + today.month] ?? 0) +
      (prices.years[base * years.length + today.year] ?? 0)
    let best: CrewOffer = { value: 0, column: undefined }
    const frame = { day, base, store: crew.store }
    if (today.ordinary) {
      const ordinary = { ...frame, earliest: today.ordinary.from, latest: today.ordinary.to, overtime: 0 }
      const offer = this.#bestIn(ordinary, dayClass, crew, 0, above + ofKits)
      if (offer.value - ofKits > best.value) best = { ...offer, value: offer.value - ofKits }
    }
    if (today.order) {
      const within = { ...frame, earliest: today.order.from, latest: today.order.to, overtime: today.order.minutes }
      const limited = this.#bestWithin(
        within,
        dayClass,
        crew,
        ofOvertime,
        Math.max(above, best.value) + ofKits + ofRest,
      )
      if (limited.value - ofKits - ofRest > best.value) best = { ...limited, value: limited.value - ofKits - ofRest }
    }
    return best
  }

  /**
   * With at most so much overtime: for any price on a minute beyond, the best route by that price is worth at least as
   * much as the best one within; the lowest of some prices counts.
   */
  #bestWithin(frame: Frame, dayClass: number, crew: CrewShape, ofOvertime: number, above: number): CrewOffer {
    const limit = crew.officers * frame.overtime
    let found = this.#bestIn(frame, dayClass, crew, ofOvertime, above)
    let bound = found.value
    if (!found.column || found.column.overtime <= limit + 1e-6) return found
    let column: RouteColumn | undefined
    let [low, high] = [0, 30 * Math.max(1, this.weights.minute) + this.weights.latePerson / 4]
    for (let turn = 0; turn < 6 && bound > above; turn++) {
      const price = turn === 0 ? high : (low + high) / 2
      found = this.#bestIn(frame, dayClass, crew, ofOvertime + price, above - price * limit)
      bound = Math.min(bound, found.value + price * limit)
      if (!found.column || found.column.overtime <= limit + 1e-6) {
        column = found.column ?? column
        high = price
      } else low = price
    }
    return { value: bound, column }
  }

  /** Nothing that is worth no more than `above` is looked for: the value is then no more than it, or 0. */
  #bestIn(frame: Frame, dayClass: number, crew: CrewShape, ofOvertime: number, above: number): CrewOffer {
    const { places, sites, shifts } = this.given
    this.#perMinute = crew.officers * this.weights.minute
    const stays = this.#stays(frame, dayClass, crew, ofOvertime, above)
    let best = Math.max(0, above)
    let route: readonly Stay[] = []
    for (const stay of stays) if (stay.alone > best) [best, route] = [stay.alone, [stay]]
    if (shifts.length > 1) {
      // By the shift in which they end: those that may come before another stay, the best first.
      const ended: Stay[][] = shifts.map(() => [])
      let most = never
      for (let shift = 0; shift < shifts.length; shift++) {
        for (const stay of stays) {
          if (stay.first !== shift) continue
          stay.sofar = stay.begin
          if (shift > 0 && most + Math.max(stay.whole, stay.end) > 0) {
            let [worth, before] = [never, undefined as Stay | undefined]
            const to = sites[stay.site]?.place ?? 0
            for (let earlier = 0; earlier < shift; earlier++)
              for (const one of ended[earlier] ?? []) {
                if (one.sofar <= worth) break
                if (one.site === stay.site) continue
                const from = sites[one.site]?.place ?? 0
                const way = from === to ? minutesWithin(this.given, to) : (this.#least[from * places + to] ?? 0)
                const arrived = one.sofar - this.#perMinute * way
                if (arrived > worth) [worth, before] = [arrived, one]
              }
            if (before && worth + stay.end > best) {
              best = worth + stay.end
              route = [...chainOf(before), stay]
            }
            if (before && worth + stay.whole > stay.sofar) [stay.sofar, stay.before] = [worth + stay.whole, before]
          }
          ended[stay.last]?.push(stay)
        }
        const list = (ended[shift] ?? []).filter(({ sofar }) => sofar > never).sort((a, b) => b.sofar - a.sofar)
        ended[shift] = list
        most = Math.max(most, list[0]?.sofar ?? never)
      }
    }
    return { value: best, column: route.length > 0 ? this.#columnOf(frame, dayClass, crew, route) : undefined }
  }

  #columnOf(frame: Frame, dayClass: number, crew: CrewShape, route: readonly Stay[]): RouteColumn {
    const { places, sites } = this.given
    const gives: [number, 0 | 1, number][] = []
    const start = crew.store < 0 ? frame.base : crew.store
    const toStore = crew.store < 0 ? 0 : (this.#least[frame.base * places + crew.store] ?? 0)
    const fromStore = crew.store < 0 ? 0 : (this.#least[crew.store * places + frame.base] ?? 0)
    let travel = toStore + fromStore
    const last = route.length - 1
    const prefix = this.#prefix(frame.day)
    let [departs, returns] = [0, 0]
    route.forEach((stay, at) => {
      const place = sites[stay.site]?.place ?? 0
      const before = at > 0 ? (sites[(route[at - 1] as Stay).site]?.place ?? 0) : start
      if (before !== place) travel += this.#least[before * places + place] ?? 0
      else if (at > 0) travel += minutesWithin(this.given, place)
      if (at === last) travel += place === start ? 0 : (this.#least[place * places + start] ?? 0)
      const cut = last === 0 ? stay.cutAlone : at === 0 ? stay.cutBegin : at === last ? stay.cutEnd : 0
      if (at === 0)
        departs = stay.from + stay.cutBegin - (sites[stay.site]?.setUp ?? 0) - this.#wayOut(frame, stay.site)
      if (at === last) returns = stay.to - stay.cutEnd + (sites[stay.site]?.pack ?? 0) + this.#wayHome(frame, stay.site)
      const minutes = stay.minutes - cut
      const kits = this.#kitMinutes(stay.site, minutes, crew)
      const byKit = Math.min(kits * crew.speed, this.#byKit.minutes[stay.site] ?? 0)
      const byOfficer = Math.min(
        Math.max(0, minutes * crew.officers - kits * crew.busy),
        this.#byOfficer.minutes[stay.site] ?? 0,
      )
      if (byKit > 0) gives.push([stay.site, 0, byKit])
      if (byOfficer > 0) gives.push([stay.site, 1, byOfficer])
    })
    const each = last === 0 ? (route[0]?.overtimeAlone ?? 0) : Math.max(0, prefix(returns) - prefix(departs))
    const overtime = frame.overtime > 0 ? crew.officers * each : 0
    return {
      officers: crew.officers,
      base: frame.base,
      dayClass,
      minutes: crew.officers * travel + overtime,
      overtime,
      kits: crew.kits,
      gives,
      stops: route.flatMap(({ site, first: from, last: to }) =>
        Array.from({ length: to - from + 1 }, (_, at) => ({ site, shift: from + at })),
      ),
      store: crew.store,
    }
  }

  #wayOut({ base, store }: Frame, site: number): number {
    const { places, sites } = this.given
    const place = sites[site]?.place ?? 0
    const start = store < 0 ? base : store
    const toStore = store < 0 ? 0 : (this.#least[base * places + store] ?? 0)
    return toStore + (start === place ? 0 : (this.#least[start * places + place] ?? 0))
  }

  #wayHome({ base, store }: Frame, site: number): number {
    const { places, sites } = this.given
    const place = sites[site]?.place ?? 0
    const start = store < 0 ? base : store
    const fromStore = store < 0 ? 0 : (this.#least[store * places + base] ?? 0)
    return fromStore + (start === place ? 0 : (this.#least[place * places + start] ?? 0))
  }

  #prefix(day: number): Prefix {
    const today = this.given.days[day]
    return minute => (today ? overtimeOn(today, 0, Math.max(0, minute)) : 0)
  }

  #stays(frame: Frame, dayClass: number, crew: CrewShape, ofOvertime: number, above: number): Stay[] {
    const { shifts, sites } = this.given
    const { openFrom, openTo } = this.dayClasses[dayClass] as DayClass
    const prefix = this.#prefix(frame.day)
    const today = this.given.days[frame.day]
    const price = frame.overtime > 0 ? ofOvertime * crew.officers : 0
    const edges = (today?.free ?? []).flatMap(({ from, to }) => [from, to])
    const stays: Stay[] = []
    const hours = shifts.length
    const ready = new Map<number, number | undefined>()
    const leave = new Map<number, number | undefined>()
    const { out: outs, home: homes } = this.#waysOf(frame.base, frame.store)
    const table = this.#tableOf(dayClass, crew)
    const { minutes: openMinutes } = this.#minutesOf(dayClass)
    const runs = this.#runs
    const usable = shifts.map(({ from, to }) => to > frame.earliest && from < frame.latest)
    const usableShifts = usable.filter(Boolean).length
    // At most so much is a site worth in a shift: overtime is paid for where all of it is overtime, and of the way to
    // it as large a share as the shift is of the day (no route is shorter than the way to its farthest site and back).
    const single = shifts.map((_, shift) => runs.findIndex(({ first, last }) => first === shift && last === shift))
    const most = new Float64Array(hours)
    const inShift = this.#inShift
    const perMinute = this.#perMinute
    const wholeDay = shifts.map((_, shift) => this.#paidWholly(dayClass, shift))
    for (const site of this.#open) {
      const place = this.#placeOf[site] as number
      const there = perMinute * ((outs[place] as number) + (homes[place] as number))
      const ways = this.#isClosed ? there / usableShifts : Number.isFinite(there) ? 0 : there
      for (let shift = 0; shift < hours; shift++) {
        const at = site * hours + shift
        const run = site * runs.length + (single[shift] as number)
        let here = usable[shift] ? (table.worth[run] as number) : 0
        if (here > ways && price > 0 && (wholeDay[shift] as Uint8Array)[site])
          here = this.#worthPaid(site, openMinutes[run] as number, crew, price)
        inShift[at] = here
        if (here - ways > (most[shift] as number)) most[shift] = here - ways
      }
    }
    const mostOfAll = most.reduce((sum, one) => sum + one, 0)
    if (mostOfAll <= above || mostOfAll <= 0) return stays
    const mostBeside = runs.map(({ first, last }) =>
      most.reduce((sum, one, shift) => (shift < first || shift > last ? sum + one : sum), 0),
    )
    const atMost = (site: number, run: number, ways: number): number => {
      const { first, last } = runs[run] as Run
      const at = site * runs.length + run
      let sum = 0
      for (let shift = first; shift <= last; shift++) sum += inShift[site * hours + shift] ?? 0
      const here = Math.min(sum, table.worth[at] ?? 0)
      return here <= 0 ? 0 : here - (ways * (last - first + 1)) / usableShifts + (mostBeside[run] ?? 0)
    }
    let possible: { readonly site: number; readonly most: number }[] = []
    for (const site of this.#open) {
      const place = sites[site]?.place ?? 0
      const there = this.#perMinute * ((outs[place] ?? 0) + (homes[place] ?? 0))
      if (!Number.isFinite(there)) continue
      const ways = this.#isClosed ? there : 0
      let best = above
      for (let run = 0; run < runs.length; run++) best = Math.max(best, atMost(site, run, ways))
      if (best > above) possible.push({ site, most: best })
    }
    if (possible.length > this.width)
      possible = possible.sort((x, y) => y.most - x.most || x.site - y.site).slice(0, this.width)
    for (const { site } of possible) {
      const one = sites[site]
      if (!one) continue
      const [out, home] = [outs[one.place] ?? 0, homes[one.place] ?? 0]
      const ways = this.#isClosed ? this.#perMinute * (out + home) : 0
      const place = one.place
      if (!ready.has(place)) {
        const at = readyAtFirst(this.given, frame, site)
        ready.set(place, at === undefined ? undefined : at - one.setUp)
        const by = leaveLast(this.given, frame, site)
        leave.set(place, by === undefined ? undefined : by + one.pack)
      }
      const [arrives, leaves] = [ready.get(place), leave.get(place)]
      if (arrives === undefined || leaves === undefined) continue
      for (let run = 0; run < runs.length; run++) {
        const { first, last } = runs[run] as Run
        const minutes = openMinutes[site * runs.length + run] ?? 0
        if (minutes <= 0 || !usable[first] || !usable[last] || atMost(site, run, ways) <= above) continue
        const [from, to] = [openFrom[site * hours + first] ?? 0, openTo[site * hours + last] ?? 0]
        const firstLong = (openTo[site * hours + first] ?? 0) - from
        const lastLong = to - (openFrom[site * hours + last] ?? 0)
        const leastBegin = Math.max(0, arrives + one.setUp - from)
        const leastEnd = Math.max(0, to - (leaves - one.pack))
        const whole = table.worth[site * runs.length + run] ?? 0
        if (whole <= 1e-9) continue
        const stay: Stay = {
          site,
          first,
          last,
          minutes,
          from,
          to,
          whole,
          begin: never,
          cutBegin: 0,
          end: never,
          cutEnd: 0,
          alone: never,
          cutAlone: 0,
          overtimeAlone: 0,
          sofar: never,
          before: undefined,
        }
        const [departs, returns] = [from - one.setUp - out, to + one.pack + home]
        const turns = price > 0 ? this.#turns(site, crew) : []
        const cutsBegin = cutsOf(
          leastBegin,
          firstLong,
          price > 0 ? [...turns.map(at => minutes - at), ...edges.map(at => at - departs)] : [],
        )
        const cutsEnd = cutsOf(
          leastEnd,
          lastLong,
          price > 0 ? [...turns.map(at => minutes - at), ...edges.map(at => returns - at)] : [],
        )
        for (const cut of cutsBegin) {
          const worth =
            this.#worth(site, minutes - cut, crew) +
            (price > 0 ? price * prefix(departs + cut) : 0) -
            this.#perMinute * out
          if (worth > stay.begin) [stay.begin, stay.cutBegin] = [worth, cut]
        }
        for (const cut of cutsEnd) {
          const worth =
            this.#worth(site, minutes - cut, crew) -
            (price > 0 ? price * prefix(returns - cut) : 0) -
            this.#perMinute * home
          if (worth > stay.end) [stay.end, stay.cutEnd] = [worth, cut]
        }
        this.#standAlone(
          stay,
          { crew, price },
          { leastBegin, leastEnd, departs, returns, turns, ways: out + home },
          prefix,
        )
        stays.push(stay)
      }
    }
    return stays
  }

  /** A route of this stay alone: what is cut off saves as much overtime, as long as there is any. */
  #standAlone(
    stay: Stay,
    { crew, price }: { readonly crew: CrewShape; readonly price: number },
    {
      leastBegin,
      leastEnd,
      departs,
      returns,
      turns,
      ways,
    }: {
      readonly leastBegin: number
      readonly leastEnd: number
      readonly departs: number
      readonly returns: number
      readonly turns: readonly number[]
      readonly ways: number
    },
    prefix: Prefix,
  ): void {
    const least = leastBegin + leastEnd
    const overtime = price > 0 ? Math.max(0, prefix(returns - leastEnd) - prefix(departs + leastBegin)) : 0
    const cuts = price > 0 ? [...turns.map(at => stay.minutes - at), least + overtime] : []
    for (const cut of cutsOf(least, stay.minutes, cuts)) {
      const left = Math.max(0, overtime - (cut - least))
      const worth = this.#worth(stay.site, stay.minutes - cut, crew) - price * left - this.#perMinute * ways
      if (worth > stay.alone) [stay.alone, stay.cutAlone, stay.overtimeAlone] = [worth, cut, left]
    }
  }
}

function chainOf(stay: Stay): Stay[] {
  const chain: Stay[] = []
  for (let one: Stay | undefined = stay; one; one = one.before) chain.unshift(one)
  return chain
}

/** Cuts to try at an end of a session: as little as must be, and each at which the worth or the overtime changes. */
function cutsOf(least: number, long: number, turns: readonly number[]): number[] {
  if (least >= long) return []
  return turns.length === 0 ? [least] : [least, long, ...turns.filter(at => at > least && at < long)]
}
