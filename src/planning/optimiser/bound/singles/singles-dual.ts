import type { Compiled, CompiledDay } from '../../solving/compile.ts'
import type { BoundWeights } from '../route-columns.ts'
import { type DayClass, lastDaysOf } from '../team-day-classes.ts'
import { identicalDays, type SingleDays, singleDays } from './single-days.ts'
import { handoversOf, type StayKind, stayKinds } from './stay-kinds.ts'
import { type StayOptions, stayOptions } from './stay-options.ts'

/**
 * For prices of minutes at sites and of overtime: what no plan is below, and in which direction the prices prove more.
 * The direction is that of a smooth stand-in, in which each day takes its good chains in shares instead of the best
 * one alone; what is proved is always reckoned with the best one.
 */

/** Prices, all 0 or more, one list after another. */
export type SinglePrices = {
  /** By period × site: of a minute of people by kit, and of a minute of an officer there. */
  readonly byKit: Float64Array
  readonly byOfficer: Float64Array
  /** By single days: of a minute of overtime, where a day has no more than is ordered. */
  readonly orders: Float64Array
  /** By base × month, and by base × year: of a minute of overtime; by base × month: of a rest day of one officer. */
  readonly months: Float64Array
  readonly years: Float64Array
  readonly rests: Float64Array
}

const names = ['byKit', 'byOfficer', 'orders', 'months', 'years', 'rests'] as const

/** Single days × kinds × sites: a province has 6 million, all communes of one over 60 days 21 million. */
const mostOptions = 60e6

/** Logarithms and sums of nothing. */
const never = Number.NEGATIVE_INFINITY
/** Shares smaller than e to this power are left out of the direction. */
const leastPower = 14

const addSmoothly = (one: number, other: number, heat: number): number => {
  const [most, less] = one > other ? [one, other] : [other, one]
  return less === never ? most : most + heat * Math.log1p(Math.exp((less - most) / heat))
}

export class SinglesDual {
  readonly #given: Compiled
  #weights: BoundWeights = { minute: 1, latePerson: 0, unservedPerson: 0 }
  readonly #lastDays: readonly number[]
  readonly #dayClasses: readonly DayClass[]
  readonly #singles: readonly SingleDays[]
  readonly #kinds: readonly StayKind[]
  readonly #options: StayOptions
  /** What there is of everything that has a price of its own: overtime and rest days; 0 for minutes at sites. */
  readonly #capacity: SinglePrices
  readonly prices: SinglePrices
  /** By how much each price is too low: people’s use less what is supplied. */
  readonly rise: SinglePrices
  /** What it costs to serve nobody. */
  #everybody = 0

  // Of the single days that are reckoned.
  readonly #worth: Float64Array
  readonly #values: Float64Array
  readonly #best: Float64Array
  readonly #smooth: Float64Array
  readonly #sums: Float64Array
  readonly #arrivedAt: Float64Array
  readonly #arrived: { readonly best: Float64Array; readonly smooth: Float64Array; readonly after: Float64Array }

  /** Undefined where there are so many sites, teams and days that their options take more memory than they prove. */
  static of(given: Compiled): SinglesDual | undefined {
    const dayClasses = identicalDays(given)
    const kinds = stayKinds(given, handoversOf(given, dayClasses))
    const options = singleDays(given, dayClasses).length * kinds.length * given.sites.length
    return options <= mostOptions ? new SinglesDual(given) : undefined
  }

  constructor(given: Compiled) {
    this.#given = given
    this.#lastDays = lastDaysOf(given)
    this.#dayClasses = identicalDays(given)
    this.#singles = singleDays(given, this.#dayClasses)
    const handovers = handoversOf(given, this.#dayClasses)
    this.#kinds = stayKinds(given, handovers)
    const [singles, dayClasses, kinds] = [this.#singles, this.#dayClasses, this.#kinds]
    this.#options = stayOptions(given, { singles, dayClasses, kinds, handovers })
    this.prices = this.#empty()
    this.rise = this.#empty()
    this.#capacity = this.#empty()
    this.#takeCapacity()
    const { starts } = this.#options
    let most = 0
    for (let one = 0; one < (starts.length - 1) / kinds.length; one++)
      most = Math.max(most, (starts[(one + 1) * kinds.length] as number) - (starts[one * kinds.length] as number))
    this.#worth = new Float64Array(given.sites.length)
    this.#values = new Float64Array(most)
    this.#best = new Float64Array(kinds.length)
    this.#smooth = new Float64Array(kinds.length)
    this.#sums = new Float64Array(kinds.length)
    this.#arrivedAt = new Float64Array(kinds.length)
    const byHandover = () => new Float64Array(handovers.length)
    this.#arrived = { best: byHandover(), smooth: byHandover(), after: byHandover() }
  }

  #empty(): SinglePrices {
    const { sites, places, months, years } = this.#given
    const minutes = () => new Float64Array(this.#lastDays.length * sites.length)
    return {
      byKit: minutes(),
      byOfficer: minutes(),
      orders: new Float64Array(this.#singles.length),
      months: new Float64Array(places * months.length),
      years: new Float64Array(places * years.length),
      rests: new Float64Array(places * months.length),
    }
  }

  #takeCapacity(): void {
    const { officers, teams, months, years } = this.#given
    this.#singles.forEach(({ dayClass, count }, at) => {
      this.#capacity.orders[at] = count * (this.#today(dayClass).order?.minutes ?? 0)
    })
    const add = (to: Float64Array, at: number, amount: number) => {
      to[at] = (to[at] as number) + Math.max(0, amount)
    }
    for (const { team, monthLeft, yearLeft, restLeft } of officers) {
      const base = teams[team]?.base ?? 0
      for (const [month, left] of monthLeft.entries()) add(this.#capacity.months, base * months.length + month, left)
      for (const [month, left] of restLeft.entries()) add(this.#capacity.rests, base * months.length + month, left)
      for (const [year, left] of yearLeft.entries()) add(this.#capacity.years, base * years.length + year, left)
    }
  }

  #today(dayClass: number): CompiledDay {
    return this.#given.days[(this.#dayClasses[dayClass] as DayClass).day] as CompiledDay
  }

  /** What is made small from now on. */
  takeWeights(weights: BoundWeights): void {
    this.#weights = weights
    const each = weights.latePerson + weights.unservedPerson
    this.#everybody = this.#given.demands.reduce((sum, { people }) => sum + people * each, 0)
  }

  /** What no plan is below by the prices as they are; fills `rise`. `heat` is in officer-minutes. */
  reckon(heat: number): number {
    let bound = this.#everybody
    for (const name of names) {
      const [rise, capacity, prices] = [this.rise[name], this.#capacity[name], this.prices[name]]
      for (let at = 0; at < rise.length; at++) {
        rise[at] = -(capacity[at] as number)
        bound -= (capacity[at] as number) * (prices[at] as number)
      }
    }
    bound -= this.#reckonPeople(heat)
    for (let single = 0; single < this.#singles.length; single++) bound -= this.#reckonDays(single, heat)
    return bound
  }

  /** Each person is served in the period in which that saves most, or not at all. Gives what is saved. */
  #reckonPeople(heat: number): number {
    const { demands, sites } = this.#given
    const { latePerson, unservedPerson } = this.#weights
    const periods = this.#lastDays.length
    const saved = new Float64Array(periods)
    const each = heat / 100
    let all = 0
    for (const { people, site, byKit, minutesEach, lastDay } of demands) {
      const prices = byKit ? this.prices.byKit : this.prices.byOfficer
      const rise = byKit ? this.rise.byKit : this.rise.byOfficer
      let most = 0
      for (let period = 0; period < periods; period++) {
        const inTime = (this.#lastDays[period] as number) <= lastDay ? latePerson : 0
        const here = unservedPerson + inTime - (prices[period * sites.length + site] as number) * minutesEach
        saved[period] = here
        most = Math.max(most, here)
      }
      all += people * most
      let sum = Math.exp(-most / each)
      for (let period = 0; period < periods; period++)
        sum += saved[period] = Math.exp(((saved[period] as number) - most) / each)
      for (let period = 0; period < periods; period++) {
        const at = period * sites.length + site
        rise[at] = (rise[at] as number) + (people * minutesEach * (saved[period] as number)) / sum
      }
    }
    return all
  }

  /** The best chain of stays on a day, for all that are alike. Gives what they are worth. */
  #reckonDays(single: number, heat: number): number {
    const { from, dayClass, count, kit } = this.#singles[single] as SingleDays
    const today = this.#today(dayClass)
    const { months, years } = this.#given
    const [month, year] = [from * months.length + today.month, from * years.length + today.year]
    const { prices, rise } = this
    const ofOfficer = kit ? 0 : (prices.months[month] as number) + (prices.years[year] as number) + this.#weights.minute
    const ofOvertime = ofOfficer + (prices.orders[single] as number)
    const atHome = kit || !today.isRest ? 0 : -(prices.rests[month] as number)
    this.#takeWorth(this.#singles[single] as SingleDays)
    this.#takeValues(single, { ofOvertime, ofTravel: kit ? 0 : this.#weights.minute, heat })
    const [best, smooth] = this.#chain(atHome, heat)
    if (best === never || smooth === never) return 0
    const out = this.#share(single, smooth, heat)
    const overtime = out.overtime * count
    rise.orders[single] = (rise.orders[single] as number) + overtime
    if (!kit) {
      rise.months[month] = (rise.months[month] as number) + overtime
      rise.years[year] = (rise.years[year] as number) + overtime
      if (today.isRest) rise.rests[month] = (rise.rests[month] as number) + out.days * count
    }
    return count * best
  }

  /** What a minute of the officer or the kit is worth at each site; the kit takes officers away from others there. */
  #takeWorth({ dayClass, kit }: SingleDays): void {
    const sites = this.#given.sites.length
    const at = (this.#dayClasses[dayClass] as DayClass).period * sites
    const { byKit, byOfficer } = this.prices
    for (let site = 0; site < sites; site++) {
      const officer = byOfficer[at + site] as number
      this.#worth[site] = kit ? (byKit[at + site] as number) * kit.speed - officer * kit.officers : officer
    }
  }

  /** By kind of stay: the best option, and the smooth stand-in; the options’ shares of it before division. */
  #takeValues(
    single: number,
    { ofOvertime, ofTravel, heat }: { readonly ofOvertime: number; readonly ofTravel: number; readonly heat: number },
  ): void {
    const { setOf, starts, site, minutes, travel, overtime } = this.#options
    const [kinds, worth, values] = [this.#kinds.length, this.#worth, this.#values]
    const begin = (setOf[single] as number) * kinds
    const first = starts[begin] as number
    for (let kind = 0; kind < kinds; kind++) {
      const [from, to] = [starts[begin + kind] as number, starts[begin + kind + 1] as number]
      let best = never
      for (let at = from; at < to; at++) {
        const value =
          (worth[site[at] as number] as number) * (minutes[at] as number) -
          ofTravel * (travel[at] as number) -
          ofOvertime * (overtime[at] as number)
        values[at - first] = value
        if (value > best) best = value
      }
      let sum = 0
      const least = best - leastPower * heat
      for (let at = from; at < to; at++) {
        const value = values[at - first] as number
        if (value < least) values[at - first] = 0
        else sum += values[at - first] = Math.exp((value - best) / heat)
      }
      this.#best[kind] = best
      this.#sums[kind] = sum
      this.#smooth[kind] = best === never ? never : best + heat * Math.log(sum)
    }
  }

  /** What the best chain is worth, and the smooth stand-in of all; 0 is to stay at home. */
  #chain(atHome: number, heat: number): readonly [number, number] {
    const arrived = this.#arrived
    arrived.best.fill(never)
    arrived.smooth.fill(never)
    let [best, smooth] = [0, 0]
    for (let at = 0; at < this.#kinds.length; at++) {
      const { cameBy, leavesBy } = this.#kinds[at] as StayKind
      const came = cameBy < 0 ? atHome : (arrived.smooth[cameBy] as number)
      this.#arrivedAt[at] = came
      if (this.#best[at] === never || came === never) continue
      const value = (cameBy < 0 ? atHome : (arrived.best[cameBy] as number)) + (this.#best[at] as number)
      const stand = came + (this.#smooth[at] as number)
      if (leavesBy < 0) {
        best = Math.max(best, value)
        smooth = addSmoothly(smooth, stand, heat)
      } else {
        arrived.best[leavesBy] = Math.max(arrived.best[leavesBy] as number, value)
        arrived.smooth[leavesBy] = addSmoothly(arrived.smooth[leavesBy] as number, stand, heat)
      }
    }
    return [best, smooth]
  }

  /** Supplies what the chains give in their shares. Gives overtime and days out, of one officer or kit. */
  #share(single: number, whole: number, heat: number): { readonly overtime: number; readonly days: number } {
    const { setOf, starts, site, minutes, overtime } = this.#options
    const { dayClass, count, kit } = this.#singles[single] as SingleDays
    const period = (this.#dayClasses[dayClass] as DayClass).period * this.#given.sites.length
    const { byKit, byOfficer } = this.rise
    const [kinds, after, values] = [this.#kinds.length, this.#arrived.after, this.#values]
    const begin = (setOf[single] as number) * kinds
    const first = starts[begin] as number
    after.fill(never)
    let [overtimeOut, days] = [0, 0]
    for (let kind = kinds - 1; kind >= 0; kind--) {
      const { cameBy, leavesBy } = this.#kinds[kind] as StayKind
      const later = leavesBy < 0 ? 0 : (after[leavesBy] as number)
      const [own, came] = [this.#smooth[kind] as number, this.#arrivedAt[kind] as number]
      if (own === never || later === never) continue
      if (cameBy >= 0) after[cameBy] = addSmoothly(after[cameBy] as number, own + later, heat)
      const weight = came === never ? 0 : Math.exp((came + own + later - whole) / heat)
      if (weight < 1e-7) continue
      if (cameBy < 0) days += weight
      const scale = weight / (this.#sums[kind] as number)
      const to = starts[begin + kind + 1] as number
      for (let at = starts[begin + kind] as number; at < to; at++) {
        const share = (values[at - first] as number) * scale
        if (share < 1e-9) continue
        overtimeOut += (overtime[at] as number) * share
        const there = period + (site[at] as number)
        const given = (minutes[at] as number) * share * count
        byOfficer[there] = (byOfficer[there] as number) + (kit ? given * kit.officers : -given)
        if (kit) byKit[there] = (byKit[there] as number) - given * kit.speed
      }
    }
    return { overtime: overtimeOut, days }
  }
}
