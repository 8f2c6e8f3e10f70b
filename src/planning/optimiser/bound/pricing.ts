import type { Compiled } from '../solving/compile.ts'
import { type Frame, leaveLast, readyAtFirst } from '../solving/route.ts'
import { closedTravel, leastTravel, minutesWithin } from '../solving/travel.ts'
import { type CrewShape, crewShapes } from './crew-shapes.ts'
import { minutesUntil, overtimeBefore } from './overtime-before.ts'
import type { BoundWeights, Prices, RouteColumn } from './route-columns.ts'
import { SiteWorth } from './site-worth.ts'
import { type RouteReach, StayChains, type ValuedRoute } from './stays.ts'
import type { DayClass, KitClass } from './team-day-classes.ts'

/**
 * The best route of a team-day class by prices: what a person, a kit, a minute of overtime and a rest day cost there.
 * Each question is relaxed so that no route of a real plan is worth more (docs/planning.md, "The bound"): a boat lets
 * nobody wait, people are divisible.
 */

/** `value`: no route of the crew is worth more; `columns`: routes that are worth nearly as much, the best first. */
export type CrewOffer = {
  readonly value: number
  readonly columns: readonly { readonly column: RouteColumn; readonly value: number }[]
}

/** Routes of one crew that are kept beside its best one. */
const routesKept = 6

const noOffer: CrewOffer = { value: 0, columns: [] }

export class Pricer {
  readonly given: Compiled
  readonly dayClasses: readonly DayClass[]
  readonly kitClasses: readonly KitClass[]
  readonly weights: BoundWeights
  /** By period × pool × site: minutes that its people take in all. */
  readonly totals: Float64Array
  readonly #least: Float64Array
  /** No way round is shorter: then a route is at least as long as the way to each of its sites and back. */
  readonly #isClosed: boolean
  readonly #crews = new Map<string, readonly CrewShape[]>()
  readonly #chains: StayChains
  readonly #reaches = new Map<string, RouteReach>()
  /** By day: overtime before each minute of it. */
  readonly #overtimeBefore = new Map<number, Int32Array>()
  readonly #placeOf: Int32Array
  /** Overtime prices that kept crews within their order the last time. */
  readonly #orderPrices = new Map<string, number>()

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
    this.totals = totals
    const closed = closedTravel(given)
    this.#isClosed = closed !== undefined
    this.#least = closed ?? leastTravel(given)
    this.#placeOf = Int32Array.from(given.sites, ({ place }) => place)
    const nothing = { minutes: new Float64Array(0), rates: new Float64Array(0) }
    this.#chains = new StayChains(given, this.#wayBetween(), new SiteWorth(nothing, nothing))
  }

  /** Minutes from a place to a place; within one, from a site to another. */
  #wayBetween(): Float64Array {
    const ways = Float64Array.from(this.#least)
    for (let place = 0; place < this.given.places; place++)
      ways[place * this.given.places + place] = minutesWithin(this.given, place)
    return ways
  }

  crewsOf(base: number, most: number): readonly CrewShape[] {
    const key = `${base}/${most}`
    const known = this.#crews.get(key)
    if (known) return known
    const crews = crewShapes(this.given, this.kitClasses, { base, most, least: this.#least })
    this.#crews.set(key, crews)
    return crews
  }

  /** What a column is worth by prices, without the price of its team-day. */
  valueOf({ base, dayClass, officers, minutes, overtime, kits, gives, stops }: RouteColumn, prices: Prices): number {
    const { months, years } = this.given
    const { day, period } = this.dayClasses[dayClass] as DayClass
    const today = this.given.days[day]
    let value = -this.weights.minute * minutes
    const sites = this.given.sites.length
    for (const [site, pool, given] of gives) value += given * (prices.minutes[(period * 2 + pool) * sites + site] ?? 0)
    for (const { site } of stops) value += prices.visits[site] as number
    for (const [kit, many] of kits) value -= many * (prices.kits[kit * this.dayClasses.length + dayClass] ?? 0)
    if (!today) return value
    value -=
      overtime *
      ((prices.months[base * months.length + today.month] ?? 0) + (prices.years[base * years.length + today.year] ?? 0))
    return today.isRest ? value - officers * (prices.rests[base * months.length + today.month] ?? 0) : value
  }

  /** Takes the prices of the days of a class; to be called before `best`. */
  takeDayClass(dayClass: number, prices: Prices): void {
    const count = this.given.sites.length
    const of = dayClassOf(this.dayClasses, dayClass)
    const pool = (at: 0 | 1) => ({
      minutes: this.totals.subarray((of.period * 2 + at) * count, (of.period * 2 + at + 1) * count),
      rates: prices.minutes.subarray((of.period * 2 + at) * count, (of.period * 2 + at + 1) * count),
    })
    this.#chains.takeDayClass(of, new SiteWorth(pool(0), pool(1)), prices.visits, this.#overtimeUntil(of.day))
  }

  /** The best routes of a crew on a day of the class that was taken last, of those that are worth more than `above`. */
  best(base: number, dayClass: number, crew: CrewShape, prices: Prices, above: number): CrewOffer {
    const { day } = dayClassOf(this.dayClasses, dayClass)
    const today = this.given.days[day]
    if (!today) return noOffer
    const { months, years } = this.given
    let ofKits = 0
    for (const [at, many] of crew.kits) ofKits += many * (prices.kits[at * this.dayClasses.length + dayClass] ?? 0)
    const ofRest = today.isRest ? crew.officers * (prices.rests[base * months.length + today.month] ?? 0) : 0
    const ofOvertime =
      this.weights.minute +
      (prices.months[base * months.length + today.month] ?? 0) +
      (prices.years[base * years.length + today.year] ?? 0)
    const frame = { day, base, store: crew.store }
    let offer = noOffer
    if (today.ordinary) {
      const ordinary = { ...frame, earliest: today.ordinary.from, latest: today.ordinary.to, overtime: 0 }
      offer = less(this.#bestIn(ordinary, dayClass, crew, 0, above + ofKits), ofKits)
    }
    if (today.order) {
      const within = { ...frame, earliest: today.order.from, latest: today.order.to, overtime: today.order.minutes }
      const [cost, floor] = [ofKits + ofRest, Math.max(above, offer.value)]
      const limited = less(this.#bestWithin(within, dayClass, crew, ofOvertime, floor + cost), cost)
      if (limited.value > offer.value) offer = { ...limited, columns: [...limited.columns, ...offer.columns] }
    }
    return offer
  }

  /**
   * With at most so much overtime: for any price on a minute beyond, the best route by that price is worth at least as
   * much as the best one within; the lowest of some prices counts. It begins with the price of the last time.
   */
  #bestWithin(frame: Frame, dayClass: number, crew: CrewShape, ofOvertime: number, above: number): CrewOffer {
    const limit = crew.officers * frame.overtime
    const isWithin = ({ columns }: CrewOffer) => (columns[0]?.column.overtime ?? 0) <= limit + 1e-6
    const key = `${frame.base}/${dayClass}/${crew.store}/${crew.officers}/${crew.speed}`
    const before = this.#orderPrices.get(key) ?? 0
    const at = (price: number) =>
      more(this.#bestIn(frame, dayClass, crew, ofOvertime + price, above - price * limit), price * limit)
    let found = at(before)
    if (before === 0 && isWithin(found)) return found
    let bound = found.value
    let columns = isWithin(found) ? found.columns : []
    let [low, high] = isWithin(found) ? [0, before] : [before, Number.POSITIVE_INFINITY]
    for (let turn = 0; turn < 8 && bound > above; turn++) {
      const price = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : Math.max(2 * low, this.weights.latePerson / 16)
      if (price <= 0) break
      found = at(price)
      if (found.value < bound) {
        bound = found.value
        this.#orderPrices.set(key, price)
      }
      if (isWithin(found)) {
        if (found.columns.length > 0) columns = found.columns
        high = price
      } else low = price
    }
    return { value: bound, columns: columns.map(one => ({ ...one, value: Math.min(one.value, bound) })) }
  }

  /** No route that is worth at most `above` is looked for: where there is no other, the value is `above` or 0. */
  #bestIn(frame: Frame, dayClass: number, crew: CrewShape, ofOvertime: number, above: number): CrewOffer {
    const price = frame.overtime > 0 ? ofOvertime * crew.officers : 0
    const perMinute = crew.officers * this.weights.minute
    const routes = this.#chains.bestRoutes(
      frame,
      crew,
      { overtime: price, travel: perMinute, reach: this.#reachOf(frame, dayClass), isClosed: this.#isClosed },
      Math.max(0, above),
      routesKept,
    )
    if (routes.length === 0) return { value: Math.max(0, above), columns: [] }
    return {
      value: routes[0]?.value ?? 0,
      columns: routes.map(route => ({ value: route.value, column: this.#columnOf(frame, dayClass, crew, route) })),
    }
  }

  #columnOf(frame: Frame, dayClass: number, crew: CrewShape, { stays, overtime: alone }: ValuedRoute): RouteColumn {
    const gives: [number, 0 | 1, number][] = []
    const reach = this.#reachOf(frame, dayClass)
    let travel = 0
    let [departs, returns] = [0, 0]
    const last = stays.length - 1
    stays.forEach((stay, at) => {
      const place = this.#placeOf[stay.site] as number
      const before = stays[at - 1]
      if (before) travel += this.#chains.minutesBetween(this.#placeOf[before.site] as number, place)
      else {
        travel += reach.out[place] as number
        departs = stay.from - stay.setUp - (reach.out[place] as number)
      }
      if (at === last) {
        travel += reach.home[place] as number
        returns = stay.to + stay.pack + (reach.home[place] as number)
      }
      const [byKit, byOfficer] = this.#chains.worth.given(stay.site, stay.minutes, crew)
      if (byKit > 0) gives.push([stay.site, 0, byKit])
      if (byOfficer > 0) gives.push([stay.site, 1, byOfficer])
    })
    const before = this.#overtimeUntil(frame.day)
    const each = alone ?? Math.max(0, minutesUntil(before, returns) - minutesUntil(before, departs))
    const overtime = frame.overtime > 0 ? crew.officers * each : 0
    return {
      officers: crew.officers,
      base: frame.base,
      dayClass,
      minutes: crew.officers * travel + overtime,
      overtime,
      kits: crew.kits,
      gives,
      stops: stays.flatMap(({ site, first: from, last: to }) =>
        Array.from({ length: to - from + 1 }, (_, of) => ({ site, shift: from + of })),
      ),
      store: crew.store,
    }
  }

  #overtimeUntil(day: number): Int32Array {
    const known = this.#overtimeBefore.get(day)
    if (known) return known
    const before = overtimeBefore(this.given.days[day])
    this.#overtimeBefore.set(day, before)
    return before
  }

  #reachOf(frame: Frame, dayClass: number): RouteReach {
    const { base, store, earliest, latest } = frame
    const key = `${dayClass}/${base}/${store}/${earliest}/${latest}`
    const known = this.#reaches.get(key)
    if (known) return known
    const { places, sites } = this.given
    const start = store < 0 ? base : store
    const toStore = store < 0 ? 0 : (this.#least[base * places + store] as number)
    const fromStore = store < 0 ? 0 : (this.#least[store * places + base] as number)
    const between = (from: number, to: number) => (from === to ? 0 : (this.#least[from * places + to] as number))
    const out = Float64Array.from({ length: places }, (_, at) => toStore + between(start, at))
    const home = Float64Array.from({ length: places }, (_, at) => fromStore + between(at, start))
    const [arrives, leaves] = [new Float64Array(places).fill(Number.NaN), new Float64Array(places).fill(Number.NaN)]
    sites.forEach(({ place, setUp, pack }, site) => {
      if (!Number.isNaN(arrives[place])) return
      arrives[place] = (readyAtFirst(this.given, frame, site) ?? Number.NaN) - setUp
      leaves[place] = (leaveLast(this.given, frame, site) ?? Number.NaN) + pack
    })
    const made = { out, home, arrives, leaves }
    this.#reaches.set(key, made)
    return made
  }
}

const dayClassOf = (dayClasses: readonly DayClass[], at: number) => dayClasses[at] as DayClass

const more = (offer: CrewOffer, amount: number): CrewOffer => less(offer, -amount)
const less = ({ value, columns }: CrewOffer, amount: number): CrewOffer => ({
  value: value - amount,
  columns: columns.map(one => ({ ...one, value: one.value - amount })),
})
