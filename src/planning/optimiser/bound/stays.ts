import { type Compiled, overtimeOn } from '../solving/compile.ts'
import type { Frame } from '../solving/route.ts'
import type { CrewShape } from './crew-shapes.ts'
import { minutesUntil } from './overtime-before.ts'
import type { SiteWorth } from './site-worth.ts'
import type { DayClass } from './team-day-classes.ts'

/**
 * The best routes of a crew on a day, as chains of stays (a site in one shift or several that follow each other), by
 * dynamic programming over the shifts.
 */

/** A stay as a route has it: open minutes, from the beginning of its first session to the end of the last one. */
export type RouteStay = {
  readonly site: number
  readonly first: number
  readonly last: number
  readonly from: number
  readonly to: number
  readonly minutes: number
  readonly setUp: number
  readonly pack: number
}

export type ValuedRoute = {
  readonly value: number
  readonly stays: readonly RouteStay[]
  /** Of one officer, where it is reckoned apart from the hours; a single stay may be cut at either end. */
  readonly overtime: number | undefined
}

/** By place: minutes out and home, when whoever sets out first is there, when they have to leave; NaN: never. */
export type RouteReach = {
  readonly out: Float64Array
  readonly home: Float64Array
  readonly arrives: Float64Array
  readonly leaves: Float64Array
}

export type RoutePrices = {
  /** Of a minute of overtime and of travel of the whole crew. */
  readonly overtime: number
  readonly travel: number
  readonly reach: RouteReach
  /** No way round is shorter than the way to a site and back. */
  readonly isClosed: boolean
}

type Run = { readonly first: number; readonly last: number }

type WorthTable = { readonly worth: Float64Array; readonly lastMinute: Float64Array }

type PaidStay = {
  readonly minutes: number
  readonly firstLong: number
  readonly lastLong: number
  readonly leastBegin: number
  readonly leastEnd: number
  readonly out: number
  readonly home: number
  readonly departs: number
  readonly returns: number
  /** What its visits are worth beside their minutes. */
  readonly visits: number
}

const never = Number.NEGATIVE_INFINITY

/** What a piece of a minute is: how exactly the worth of the last one is known. */
const piece = 1 / 64

export class StayChains {
  readonly #given: Compiled
  /** From place × to place; within a place from one site to another. */
  readonly #ways: Float64Array
  readonly #runs: readonly Run[]
  readonly #runOfShift: readonly number[]
  readonly #placeOf: Int32Array
  /** By site × shift: what it is worth at most. */
  readonly #inShift: Float64Array
  readonly #minutesOfClass = new Map<DayClass, Float64Array>()
  readonly #paidOfClass = new Map<DayClass, Uint8Array>()
  #tables = new Map<string, WorthTable>()
  #dayClass: DayClass | undefined
  /** Cuts to try at an end of a session; filled anew for each. */
  readonly #cuts = new Float64Array(64)
  #open: Int32Array = new Int32Array(0)
  #minutes: Float64Array = new Float64Array(0)
  #overtimeBefore: Int32Array = new Int32Array(0)
  #edges: readonly number[] = []
  /** By site: what a visit is worth beside its minutes. */
  #visits: Float64Array = new Float64Array(0)
  worth: SiteWorth

  // The stays that are looked at, by their place in the list.
  #count = 0
  readonly #site: Int32Array
  readonly #run: Int32Array
  readonly #whole: Float64Array
  readonly #slope: Float64Array
  readonly #begin: Float64Array
  readonly #end: Float64Array
  readonly #alone: Float64Array
  readonly #cutBegin: Float64Array
  readonly #cutEnd: Float64Array
  readonly #cutAlone: Float64Array
  readonly #overtimeAlone: Float64Array
  readonly #sofar: Float64Array
  readonly #before: Int32Array
  readonly #arrived: Float64Array
  readonly #cameFrom: Int32Array

  constructor(given: Compiled, ways: Float64Array, worth: SiteWorth) {
    this.#given = given
    this.#ways = ways
    this.worth = worth
    const { shifts, sites } = given
    this.#runs = Array.from({ length: shifts.length }, (_, first) =>
      Array.from({ length: shifts.length - first }, (_more, more) => ({ first, last: first + more })),
    ).flat()
    this.#runOfShift = shifts.map((_, shift) => this.#runs.findIndex(run => run.first === shift && run.last === shift))
    this.#placeOf = Int32Array.from(sites, ({ place }) => place)
    this.#inShift = new Float64Array(sites.length * shifts.length)
    const most = sites.length * this.#runs.length
    const numbers = () => new Float64Array(most)
    this.#site = new Int32Array(most)
    this.#run = new Int32Array(most)
    this.#before = new Int32Array(most)
    this.#cameFrom = new Int32Array(most)
    this.#whole = numbers()
    this.#slope = numbers()
    this.#begin = numbers()
    this.#end = numbers()
    this.#alone = numbers()
    this.#cutBegin = numbers()
    this.#cutEnd = numbers()
    this.#cutAlone = numbers()
    this.#overtimeAlone = numbers()
    this.#sofar = numbers()
    this.#arrived = numbers()
  }

  takeDayClass(dayClass: DayClass, worth: SiteWorth, visits: Float64Array, overtimeBefore: Int32Array): void {
    this.#visits = visits
    this.#dayClass = dayClass
    this.worth = worth
    this.#tables = new Map()
    this.#minutes = this.#minutesIn(dayClass)
    this.#overtimeBefore = overtimeBefore
    this.#edges = (this.#given.days[dayClass.day]?.free ?? []).flatMap(({ from, to }) => [from, to]).slice(0, 48)
    const runs = this.#runs.length
    this.#open = Int32Array.from(
      [...this.#given.sites.keys()].filter(
        site =>
          (worth.isWorth(site) || (visits[site] as number) > 1e-9) &&
          this.#runOfShift.some(run => (this.#minutes[site * runs + run] as number) > 0),
      ),
    )
  }

  minutesBetween(from: number, to: number): number {
    return this.#ways[from * this.#given.places + to] as number
  }

  /** By site × run: open minutes; 0 where one of its shifts is shut. */
  #minutesIn(dayClass: DayClass): Float64Array {
    const known = this.#minutesOfClass.get(dayClass)
    if (known) return known
    const { sites, shifts } = this.#given
    const minutes = new Float64Array(sites.length * this.#runs.length)
    for (let site = 0; site < sites.length; site++)
      this.#runs.forEach(({ first, last }, run) => {
        let sum = 0
        for (let shift = first; shift <= last; shift++) {
          const at = site * shifts.length + shift
          const open = (dayClass.openTo[at] as number) - (dayClass.openFrom[at] as number)
          if (open <= 0) return
          sum += open
        }
        minutes[site * this.#runs.length + run] = sum
      })
    this.#minutesOfClass.set(dayClass, minutes)
    return minutes
  }

  /** By site × shift: 1 where all of its open minutes are overtime. */
  #paidIn(dayClass: DayClass): Uint8Array {
    const known = this.#paidOfClass.get(dayClass)
    if (known) return known
    const today = this.#given.days[dayClass.day]
    const paid = Uint8Array.from(dayClass.openFrom, (from, at) => {
      const to = dayClass.openTo[at] as number
      return today && to > from && overtimeOn(today, from, to) === to - from ? 1 : 0
    })
    this.#paidOfClass.set(dayClass, paid)
    return paid
  }

  /** What each site is worth in each run of shifts, open all the time, to whoever does so much in a minute. */
  #tableOf(crew: CrewShape): WorthTable {
    const key = `${crew.speed}/${crew.busy}/${crew.officers}`
    const known = this.#tables.get(key)
    if (known) return known
    const worth = new Float64Array(this.#minutes.length)
    const lastMinute = new Float64Array(this.#minutes.length)
    for (const site of this.#open)
      for (let at = site * this.#runs.length; at < (site + 1) * this.#runs.length; at++) {
        const minutes = this.#minutes[at] as number
        if (minutes <= 0) continue
        const here = this.worth.of(site, minutes, crew)
        const { first, last } = this.#runs[at - site * this.#runs.length] as Run
        worth[at] = here + (this.#visits[site] as number) * (last - first + 1)
        lastMinute[at] = Math.max(0, (here - this.worth.of(site, minutes - piece, crew)) / piece)
      }
    const table = { worth, lastMinute }
    this.#tables.set(key, table)
    return table
  }

  /** Routes that are worth more than `above`, the best first, no two that end at one site; at most so many. */
  bestRoutes(frame: Frame, crew: CrewShape, prices: RoutePrices, above: number, atMost: number): ValuedRoute[] {
    const table = this.#tableOf(crew)
    if (!this.#takeStays(frame, crew, { prices, table, above })) return []
    this.#chain(prices)
    const found: { value: number; stay: number; isAlone: boolean }[] = []
    let [threshold, full] = [above, false]
    for (let at = 0; at < this.#count; at++) {
      const chained = (this.#arrived[at] as number) + (this.#end[at] as number)
      const isAlone = (this.#alone[at] as number) >= chained
      const value = isAlone ? (this.#alone[at] as number) : chained
      if (value <= threshold) continue
      const same = found.findIndex(({ stay }) => this.#site[stay] === this.#site[at])
      if (same >= 0) {
        if ((found[same]?.value ?? 0) >= value) continue
        found.splice(same, 1)
      } else if (full) found.pop()
      found.push({ value, stay: at, isAlone })
      found.sort((one, other) => other.value - one.value)
      full = found.length >= atMost
      if (full) threshold = found.at(-1)?.value ?? above
    }
    return found.map(({ value, stay, isAlone }) => ({
      value,
      stays: this.#routeOf(stay, isAlone),
      overtime: isAlone ? this.#overtimeAlone[stay] : undefined,
    }))
  }

  /** Fills the list with the stays that can be part of a route worth more than `above`; false where there is none. */
  #takeStays(
    frame: Frame,
    crew: CrewShape,
    { prices, table, above }: { readonly prices: RoutePrices; readonly table: WorthTable; readonly above: number },
  ): boolean {
    const { shifts } = this.#given
    const hours = shifts.length
    const runs = this.#runs
    const { overtime, travel, isClosed } = prices
    const { out: outs, home: homes } = prices.reach
    const usable = shifts.map(({ from, to }) => to > frame.earliest && from < frame.latest)
    const usableShifts = usable.filter(Boolean).length
    const paid = this.#paidIn(this.#dayClass as DayClass)
    // At most so much is a site worth in a shift: overtime is paid for where all of it is overtime, and of the way to
    // it as large a share as the shift is of the day (no route is shorter than the way to its farthest site and back).
    const most = new Float64Array(hours)
    const inShift = this.#inShift
    for (const site of this.#open) {
      const place = this.#placeOf[site] as number
      const there = travel * ((outs[place] as number) + (homes[place] as number))
      const ways = isClosed ? there / usableShifts : there < Number.POSITIVE_INFINITY ? 0 : there
      for (let shift = 0; shift < hours; shift++) {
        const at = site * hours + shift
        const run = site * runs.length + (this.#runOfShift[shift] as number)
        let here = usable[shift] ? (table.worth[run] as number) : 0
        if (here > ways && overtime > 0 && paid[at])
          here = this.worth.paid(site, this.#minutes[run] as number, crew, overtime) + (this.#visits[site] as number)
        inShift[at] = here
        if (here - ways > (most[shift] as number)) most[shift] = here - ways
      }
    }
    let mostOfAll = 0
    for (const one of most) mostOfAll += one
    this.#count = 0
    if (mostOfAll <= above || mostOfAll <= 0) return false
    const mostBeside = runs.map(({ first, last }) =>
      most.reduce((sum, one, shift) => (shift < first || shift > last ? sum + one : sum), 0),
    )
    for (let run = 0; run < runs.length; run++) {
      const { first, last } = runs[run] as Run
      if (!usable[first] || !usable[last]) continue
      const share = isClosed ? (last - first + 1) / usableShifts : 0
      for (const site of this.#open) {
        const whole = table.worth[site * runs.length + run] as number
        if (whole <= 1e-9) continue
        const place = this.#placeOf[site] as number
        const there = travel * ((outs[place] as number) + (homes[place] as number))
        if (there === Number.POSITIVE_INFINITY) continue
        let sum = 0
        for (let shift = first; shift <= last; shift++) sum += inShift[site * hours + shift] as number
        if (Math.min(sum, whole) - there * share + (mostBeside[run] as number) <= above) continue
        this.#addStay(site, run, crew, { prices, table })
      }
    }
    return this.#count > 0
  }

  #addStay(
    site: number,
    run: number,
    crew: CrewShape,
    { prices, table }: { readonly prices: RoutePrices; readonly table: WorthTable },
  ): void {
    const { setUp, pack, place } = this.#given.sites[site] as Compiled['sites'][number]
    const { overtime: price, travel } = prices
    const arrives = prices.reach.arrives[place] as number
    const leaves = prices.reach.leaves[place] as number
    if (Number.isNaN(arrives) || Number.isNaN(leaves)) return
    const [out, home] = [prices.reach.out[place] as number, prices.reach.home[place] as number]
    const { first, last } = this.#runs[run] as Run
    const of = site * this.#runs.length + run
    const minutes = this.#minutes[of] as number
    const [from, to] = [this.#opens(site, first), this.#closes(site, last)]
    const [firstLong, lastLong] = [this.#closes(site, first) - from, to - this.#opens(site, last)]
    const leastBegin = Math.max(0, arrives + setUp - from)
    const leastEnd = Math.max(0, to - (leaves - pack))
    const at = this.#count++
    this.#site[at] = site
    this.#run[at] = run
    this.#whole[at] = table.worth[of] as number
    this.#slope[at] = table.lastMinute[of] as number
    this.#begin[at] = never
    this.#end[at] = never
    this.#alone[at] = never
    const visits = (this.#visits[site] as number) * (last - first + 1)
    if (price <= 0) {
      const lost = (least: number, long: number, way: number) =>
        least < long ? visits + this.worth.of(site, minutes - least, crew) - travel * way : never
      this.#begin[at] = leastBegin > 0 ? lost(leastBegin, firstLong, out) : (this.#whole[at] as number) - travel * out
      this.#end[at] = leastEnd > 0 ? lost(leastEnd, lastLong, home) : (this.#whole[at] as number) - travel * home
      this.#alone[at] = lost(leastBegin + leastEnd, minutes, out + home)
      this.#cutBegin[at] = leastBegin
      this.#cutEnd[at] = leastEnd
      this.#cutAlone[at] = leastBegin + leastEnd
      this.#overtimeAlone[at] = 0
      return
    }
    this.#cutForOvertime(at, crew, prices, {
      ...{ minutes, firstLong, lastLong, leastBegin, leastEnd, out, home },
      ...{ departs: from - setUp - out, returns: to + pack + home, visits },
    })
  }

  /** What is cut off at either end, where overtime costs something: to each turn of the worth or the overtime. */
  #cutForOvertime(at: number, crew: CrewShape, { overtime: price, travel }: RoutePrices, stay: PaidStay): void {
    const site = this.#site[at] as number
    const { minutes, leastBegin, leastEnd, departs, returns, out, home, visits } = stay
    const before = this.#overtimeBefore
    const cuts = this.#cuts
    const turns = this.worth.turnsInto(site, crew, cuts)
    for (let turn = 0; turn < turns; turn++) cuts[turn] = minutes - (cuts[turn] as number)

    let count = turns
    for (const edge of this.#edges) cuts[count++] = edge - departs
    cuts[count++] = leastBegin
    for (let which = 0; which < count; which++) {
      const cut = cuts[which] as number
      if (cut < leastBegin || cut >= stay.firstLong) continue
      const saved = price * minutesUntil(before, departs + cut)
      const worth = visits + this.worth.of(site, minutes - cut, crew) + saved - travel * out
      if (worth <= (this.#begin[at] as number)) continue
      this.#begin[at] = worth
      this.#cutBegin[at] = cut
    }
    count = turns
    for (const edge of this.#edges) cuts[count++] = returns - edge
    cuts[count++] = leastEnd
    for (let which = 0; which < count; which++) {
      const cut = cuts[which] as number
      if (cut < leastEnd || cut >= stay.lastLong) continue
      const paid = price * minutesUntil(before, returns - cut)
      const worth = visits + this.worth.of(site, minutes - cut, crew) - paid - travel * home
      if (worth <= (this.#end[at] as number)) continue
      this.#end[at] = worth
      this.#cutEnd[at] = cut
    }
    // Alone: what is cut off saves as much overtime, as long as there is any.
    const least = leastBegin + leastEnd
    const overtime = Math.max(0, minutesUntil(before, returns - leastEnd) - minutesUntil(before, departs + leastBegin))
    count = turns
    cuts[count++] = least
    cuts[count++] = least + overtime
    for (let which = 0; which < count; which++) {
      const cut = cuts[which] as number
      if (cut < least || cut >= minutes) continue
      const left = Math.max(0, overtime - (cut - least))
      const worth = visits + this.worth.of(site, minutes - cut, crew) - price * left - travel * (out + home)
      if (worth <= (this.#alone[at] as number)) continue
      this.#alone[at] = worth
      this.#cutAlone[at] = cut
      this.#overtimeAlone[at] = left
    }
  }

  #opens(site: number, shift: number): number {
    return (this.#dayClass as DayClass).openFrom[site * this.#given.shifts.length + shift] as number
  }

  #closes(site: number, shift: number): number {
    return (this.#dayClass as DayClass).openTo[site * this.#given.shifts.length + shift] as number
  }

  /** Minutes that two stays lose to packing up, the way and setting up, beyond the pause between them. */
  #lostBetween(one: number, next: number): number {
    const [from, to] = [this.#site[one] as number, this.#site[next] as number]
    const way = this.minutesBetween(this.#placeOf[from] as number, this.#placeOf[to] as number)
    const opens = this.#opens(to, (this.#runs[this.#run[next] as number] as Run).first)
    const closes = this.#closes(from, (this.#runs[this.#run[one] as number] as Run).last)
    const { sites } = this.#given
    return Math.max(0, (sites[from]?.pack ?? 0) + way + (sites[to]?.setUp ?? 0) - (opens - closes))
  }

  /** For each stay the best chain before it. The list is in the order of first shifts. */
  #chain({ travel }: RoutePrices): void {
    const shifts = this.#given.shifts.length
    const ended: number[][] = Array.from({ length: shifts }, () => [])
    const leastEnded = new Float64Array(shifts).fill(never)
    let at = 0
    for (let shift = 0; shift < shifts; shift++) {
      for (; at < this.#count; at++) {
        const { first, last } = this.#runs[this.#run[at] as number] as Run
        if (first !== shift) break
        this.#arrived[at] = never
        this.#cameFrom[at] = -1
        for (let earlier = 0; earlier < shift; earlier++)
          if ((leastEnded[earlier] as number) > (this.#arrived[at] as number))
            this.#arriveFrom(ended[earlier] as number[], at, travel)
        const chained = (this.#arrived[at] as number) + (this.#whole[at] as number)
        const isFirst = (this.#begin[at] as number) >= chained
        this.#sofar[at] = isFirst ? (this.#begin[at] as number) : chained
        this.#before[at] = isFirst ? -1 : (this.#cameFrom[at] as number)
        if ((this.#sofar[at] as number) > never) (ended[last] as number[]).push(at)
      }
      const list = ended[shift] as number[]
      list.sort((one, other) => (this.#sofar[other] as number) - (this.#sofar[one] as number))
      const [best] = list
      if (best !== undefined) leastEnded[shift] = this.#sofar[best] as number
    }
  }

  #arriveFrom(earlier: readonly number[], at: number, travel: number): void {
    const site = this.#site[at] as number
    const place = this.#placeOf[site] as number
    const { places } = this.#given
    let best = this.#arrived[at] as number
    for (const one of earlier) {
      const sofar = this.#sofar[one] as number
      if (sofar <= best) break
      const from = this.#site[one] as number
      if (from === site) continue
      let value = sofar - travel * (this.#ways[(this.#placeOf[from] as number) * places + place] as number)
      if (value <= best) continue
      const lost = this.#lostBetween(one, at)
      if (lost > 0) {
        if (lost >= this.#longOf(one, true) + this.#longOf(at, false)) continue
        value -= Math.max(0, lost - 2 * piece) * Math.min(this.#slope[one] as number, this.#slope[at] as number)
      }
      if (value <= best) continue
      best = value
      this.#arrived[at] = value
      this.#cameFrom[at] = one
    }
  }

  /** Open minutes of its last shift, or of the first one. */
  #longOf(at: number, isLast: boolean): number {
    const site = this.#site[at] as number
    const { first, last } = this.#runs[this.#run[at] as number] as Run
    const shift = isLast ? last : first
    return this.#closes(site, shift) - this.#opens(site, shift)
  }

  #routeOf(end: number, isAlone: boolean): RouteStay[] {
    const chain = [end]
    if (!isAlone)
      for (let one = this.#cameFrom[end] as number; one >= 0; one = this.#before[one] as number) chain.unshift(one)
    const cutFrom = chain.map((one, at) =>
      at > 0 ? 0 : isAlone ? (this.#cutAlone[one] as number) : (this.#cutBegin[one] as number),
    )
    const cutTo = chain.map((one, at) => (at < chain.length - 1 || isAlone ? 0 : (this.#cutEnd[one] as number)))
    for (let at = 1; at < chain.length; at++) {
      const [one, next] = [chain[at - 1] as number, chain[at] as number]
      let lost = this.#lostBetween(one, next)
      const isOfFirst = (this.#slope[one] as number) <= (this.#slope[next] as number)
      const room = isOfFirst ? this.#longOf(one, true) : this.#longOf(next, false)
      const cut = Math.min(lost, room)
      if (isOfFirst) cutTo[at - 1] = (cutTo[at - 1] as number) + cut
      else cutFrom[at] = (cutFrom[at] as number) + cut
      lost -= cut
      if (isOfFirst) cutFrom[at] = (cutFrom[at] as number) + lost
      else cutTo[at - 1] = (cutTo[at - 1] as number) + lost
    }
    return chain.map((one, at) => {
      const site = this.#site[one] as number
      const run = this.#run[one] as number
      const { first, last } = this.#runs[run] as Run
      const [begin, end] = [cutFrom[at] as number, cutTo[at] as number]
      const minutes = (this.#minutes[site * this.#runs.length + run] as number) - begin - end
      return {
        site,
        first,
        last,
        from: this.#opens(site, first) + begin,
        to: this.#closes(site, last) - end,
        minutes: Math.max(0, minutes),
        setUp: this.#given.sites[site]?.setUp ?? 0,
        pack: this.#given.sites[site]?.pack ?? 0,
      }
    })
  }
}
