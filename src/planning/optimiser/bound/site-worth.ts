import type { CrewShape } from './crew-shapes.ts'

/**
 * What minutes of a crew at a site are worth to the people there, by prices: no more than all of them take. It never
 * falls with more minutes, and rises less and less.
 */
export class SiteWorth {
  /** By site: minutes that its people take in all, and what one of them is worth; by kit, and by officer. */
  readonly #kitMinutes: Float64Array
  readonly #kitRates: Float64Array
  readonly #officerMinutes: Float64Array
  readonly #officerRates: Float64Array
  readonly #turns = new Float64Array(4)

  constructor(
    byKit: { readonly minutes: Float64Array; readonly rates: Float64Array },
    byOfficer: { readonly minutes: Float64Array; readonly rates: Float64Array },
  ) {
    this.#kitMinutes = byKit.minutes
    this.#kitRates = byKit.rates
    this.#officerMinutes = byOfficer.minutes
    this.#officerRates = byOfficer.rates
  }

  /** Whether any minute at the site is worth anything. */
  isWorth(site: number): boolean {
    const kits = (this.#kitRates[site] as number) * (this.#kitMinutes[site] as number)
    return kits > 1e-9 || (this.#officerRates[site] as number) * (this.#officerMinutes[site] as number) > 1e-9
  }

  #withKits(site: number, kits: number, all: number, { speed, busy }: CrewShape): number {
    return (
      Math.min(kits * speed, this.#kitMinutes[site] as number) * (this.#kitRates[site] as number) +
      Math.min(Math.max(0, all - kits * busy), this.#officerMinutes[site] as number) *
        (this.#officerRates[site] as number)
    )
  }

  /** Of so many minutes those in which the kits are best set up. */
  bestKitMinutes(site: number, minutes: number, crew: CrewShape): number {
    if (crew.speed <= 0) return 0
    const all = minutes * crew.officers
    const whole = Math.min(minutes, (this.#kitMinutes[site] as number) / crew.speed)
    const spare = (all - (this.#officerMinutes[site] as number)) / crew.busy
    let [best, worth] = [whole, this.#withKits(site, whole, all, crew)]
    for (const kits of crew.busy > 0 && spare > 0 && spare < whole ? [spare, 0] : [0]) {
      const here = this.#withKits(site, kits, all, crew)
      if (here > worth + 1e-9) [best, worth] = [kits, here]
    }
    return best
  }

  of(site: number, minutes: number, crew: CrewShape): number {
    const all = minutes * crew.officers
    if (crew.speed <= 0)
      return Math.min(all, this.#officerMinutes[site] as number) * (this.#officerRates[site] as number)
    // The worth rises and then falls with the minutes of the kits: it turns where either has nobody left.
    const whole = Math.min(minutes, (this.#kitMinutes[site] as number) / crew.speed)
    let best = this.#withKits(site, whole, all, crew)
    if (crew.busy > 0) {
      const spare = (all - (this.#officerMinutes[site] as number)) / crew.busy
      if (spare > 0 && spare < whole) best = Math.max(best, this.#withKits(site, spare, all, crew))
      best = Math.max(best, this.#withKits(site, 0, all, crew))
    }
    return best
  }

  /** The same where each minute costs something: as many minutes as pay. */
  paid(site: number, minutes: number, crew: CrewShape, price: number): number {
    let best = Math.max(0, this.of(site, minutes, crew) - price * minutes)
    const turns = this.turnsInto(site, crew, this.#turns)
    for (let turn = 0; turn < turns; turn++) {
      const long = Math.min(this.#turns[turn] as number, minutes)
      best = Math.max(best, this.of(site, long, crew) - price * long)
    }
    return best
  }

  /** Minutes at which the worth of more of them changes: kits, or officers, have nobody left. Gives how many. */
  turnsInto(site: number, { speed, busy, officers }: CrewShape, into: Float64Array): number {
    const byOfficer = this.#officerMinutes[site] as number
    into[0] = byOfficer / officers
    if (speed <= 0) return 1
    const whole = (this.#kitMinutes[site] as number) / speed
    into[1] = whole
    into[2] = (byOfficer + whole * busy) / officers
    into[3] = officers > busy ? byOfficer / (officers - busy) : whole
    return 4
  }

  /** What such minutes give to people there: by kit, and by officer. */
  given(site: number, minutes: number, crew: CrewShape): readonly [number, number] {
    const kits = this.bestKitMinutes(site, minutes, crew)
    const byKit = Math.min(kits * crew.speed, this.#kitMinutes[site] as number)
    const left = Math.max(0, minutes * crew.officers - kits * crew.busy)
    return [byKit, Math.min(left, this.#officerMinutes[site] as number)]
  }
}
