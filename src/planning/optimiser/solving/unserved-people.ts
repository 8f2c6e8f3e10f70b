import type { Compiled } from './compile.ts'
import type { Capacity, SitePeople, SiteServices } from './site-service.ts'

/**
 * What one more session at a site would gain: the people whom the others there leave, dearest minutes first. It takes
 * the others as they serve now; that they could change whom they serve is left out, and people are divisible, so it is
 * a quick estimate. What a plan is worth is reckoned exactly (site-service.ts).
 */

/** Minutes of people who are left, and what a minute of them gains; the dearest first. */
export type LeftPeople = {
  count: number
  /** Minutes of all. */
  total: number
  readonly minutes: Float64Array
  readonly rates: Float64Array
}

/** What so many minutes gain. */
export function gainIn({ count, minutes, rates }: LeftPeople, cap: number): number {
  let [left, gain] = [cap, 0]
  for (let at = 0; at < count && left > 0; at++) {
    const taken = Math.min(left, minutes[at] as number)
    gain += taken * (rates[at] as number)
    left -= taken
  }
  return gain
}

type Known = LeftPeople & { version: number }

/** In their place by what a minute of them gains. */
function addPeople(left: LeftPeople, people: number, minutesEach: number, worth: number): void {
  if (worth <= 0) return
  const rate = worth / minutesEach
  let place = left.count++
  for (; place > 0 && (left.rates[place - 1] as number) < rate; place--) {
    left.rates[place] = left.rates[place - 1] as number
    left.minutes[place] = left.minutes[place - 1] as number
  }
  left.rates[place] = rate
  left.minutes[place] = people * minutesEach
  left.total += people * minutesEach
}

export class UnservedPeople {
  readonly #services: SiteServices
  readonly #inTime: number
  readonly #late: number
  /** By day: how many last days have passed; they are alike in who is late. */
  readonly #periodOf: Int32Array
  readonly #periods: number
  /** By site × pool × period. */
  readonly #known: (Known | undefined)[]

  constructor(given: Compiled, services: SiteServices) {
    this.#services = services
    this.#inTime = given.prices.latePerson + given.prices.unservedPerson
    this.#late = given.prices.unservedPerson
    const lastDays = [...new Set(given.demands.map(({ lastDay }) => lastDay))].sort((a, b) => a - b)
    this.#periodOf = Int32Array.from(given.days, (_, day) => lastDays.filter(last => last < day).length)
    this.#periods = lastDays.length + 1
    this.#known = new Array(given.sites.length * 2 * this.#periods).fill(undefined)
  }

  /** By kits (0) or by officers (1), on a day; `version` changes whenever the sessions of the site do. */
  at(pool: 0 | 1, site: number, day: number, sessions: readonly Capacity[], version: number): LeftPeople {
    const at = (site * 2 + pool) * this.#periods + (this.#periodOf[day] as number)
    const known = this.#known[at]
    if (known?.version === version) return known
    const { entries, notInTime, notAtAll } = this.#services.leftBy(pool, site, sessions)
    const most = entries.length * 2
    const left = known ?? {
      version,
      count: 0,
      total: 0,
      minutes: new Float64Array(most),
      rates: new Float64Array(most),
    }
    left.version = version
    left.count = 0
    left.total = 0
    for (let of = 0; of < entries.length; of++) {
      const { minutesEach, lastDay } = entries[of] as SitePeople
      const [late, missed] = [notInTime[of] as number, notAtAll[of] as number]
      if (missed > 0) addPeople(left, missed, minutesEach, day > lastDay ? this.#late : this.#inTime)
      // Others serve them too late.
      if (day <= lastDay && late > missed) addPeople(left, late - missed, minutesEach, this.#inTime - this.#late)
    }
    this.#known[at] = left
    return left
  }
}
