import type { Compiled } from './compile.ts'
import type { Schedule } from './schedule.ts'
import type { TeamDays } from './team-day.ts'

/**
 * Large neighbourhood search: some team-days that have to do with each other are emptied and filled anew, each by its
 * best route as the others stand.
 */
export class LargeSteps {
  readonly #given: Compiled
  readonly #schedule: Schedule
  readonly #days: TeamDays
  readonly #least: Float64Array
  /** Teams, by team: those of the nearest bases first, itself first. */
  readonly #nearTeams: readonly (readonly number[])[]
  readonly #random: () => number
  readonly #nearSites = new Map<number, readonly number[]>()

  constructor(
    schedule: Schedule,
    days: TeamDays,
    {
      least,
      nearTeams,
      random,
    }: {
      readonly least: Float64Array
      readonly nearTeams: readonly (readonly number[])[]
      readonly random: () => number
    },
  ) {
    this.#given = schedule.given
    this.#schedule = schedule
    this.#days = days
    this.#least = least
    this.#nearTeams = nearTeams
    this.#random = random
  }

  /** Fills some team-days anew; what became worse is taken back unless chance lets it stand at this heat. */
  step(heat: number): void {
    const schedule = this.#schedule
    const before = schedule.value
    schedule.mark()
    const emptied = this.#some()
    for (const [team, day] of emptied) {
      const route = schedule.routeOf(team, day)
      if (route) schedule.take(route)
    }
    this.#shuffle(emptied)
    const noise = this.#random() < 0.5 ? 0 : 0.8
    for (const [team, day] of emptied) this.fillOne(team, day, noise)
    if (schedule.value < before + heat * Math.log(this.#random() + 1e-12)) schedule.undo()
  }

  fillOne(team: number, day: number, noise: number, isOrdinary = false): void {
    const route = this.#days.best(team, day, { width: 12, noise, random: this.#random, isOrdinary })
    if (route) this.#schedule.put(route)
  }

  #shuffle(list: unknown[]): void {
    for (let at = list.length - 1; at > 0; at--) {
      const other = this.#pick(at + 1)
      ;[list[at], list[other]] = [list[other], list[at]]
    }
  }

  #pick(length: number): number {
    return Math.floor(this.#random() * length)
  }

  /** The nearest sites of a place. */
  #sitesBy(place: number): readonly number[] {
    const known = this.#nearSites.get(place)
    if (known) return known
    const { sites, places } = this.#given
    const reach = (site: number) => this.#least[place * places + (sites[site]?.place ?? 0)] ?? Number.POSITIVE_INFINITY
    const near = [...sites.keys()].sort((a, b) => reach(a) - reach(b) || a - b).slice(0, 4)
    this.#nearSites.set(place, near)
    return near
  }

  /** A team-day to begin with; of those that cost nothing fewer, since they seldom become better. */
  #oneTeamDay(): readonly [team: number, day: number] {
    const { days, teams } = this.#given
    let [team, day] = [0, 0]
    for (let turn = 0; turn < 20; turn++) {
      ;[team, day] = [this.#pick(teams.length), this.#pick(days.length)]
      const route = this.#schedule.routeOf(team, day)
      if (!route || route.travel + route.overtime > 0) break
    }
    return [team, day]
  }

  /** Some team-days that compete for sites, kits or overtime. */
  #some(): [number, number][] {
    const { days, sites } = this.#given
    const [team, day] = this.#oneTeamDay()
    const size = 2 + this.#pick(7)
    const chosen = new Map<number, [number, number]>()
    const add = (one: number, on: number) => {
      if (on >= 0 && on < days.length) chosen.set(one * days.length + on, [one, on])
    }
    const near = this.#nearTeams[team] ?? []
    const kind = this.#random()
    if (kind < 0.35) {
      // Teams of one neighbourhood in some days that follow each other.
      const [wide, long] = [1 + this.#pick(4), 1 + this.#pick(5)]
      for (const one of near.slice(0, wide)) for (let at = 0; at < long; at++) add(one, day + at)
    } else if (kind < 0.55) {
      // One day of many teams: who has which kits.
      for (const one of near.slice(0, size)) add(one, day)
    } else if (kind < 0.85) {
      // Whoever goes to a site and to those beside it.
      const place = sites[this.#pick(sites.length)]?.place ?? 0
      for (const at of this.#sitesBy(place).slice(0, 1 + this.#pick(4)))
        for (const { route } of this.#schedule.sessionsAt(at)) if (chosen.size < 10) add(route.team, route.day)
      if (chosen.size < 2) add(near[this.#pick(Math.min(4, near.length))] ?? team, day)
    } else {
      // One team over the weeks: its overtime.
      for (let at = 0; at < size; at++) add(team, this.#pick(days.length))
    }
    return [...chosen.values()]
  }
}
