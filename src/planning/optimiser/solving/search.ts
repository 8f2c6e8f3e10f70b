import type { Compiled } from './compile.ts'
import { randomOf } from './random.ts'
import { type Route, Schedule } from './schedule.ts'
import { TeamDays } from './team-day.ts'
import { leastTravel } from './travel.ts'

/**
 * Large neighbourhood search: some team-days that have to do with each other are emptied and filled anew, each by its
 * best route as the others stand; what became worse is taken back unless chance, which cools down, lets it stand.
 */

export type SearchOptions = {
  /** 0 to 1: how much of the time or work is used up; asked before each step. At 1 it ends. */
  readonly progress: (steps: number) => number
  readonly onBetter?: (routes: readonly Route[], value: number, steps: number) => void
}

/** Of the officer-minutes of the plan: how much worse it may become in a step at the beginning. */
const heatAtStart = 0.001

const routesOf = (schedule: Schedule): Route[] => schedule.routes.filter(one => one !== undefined)

export class Search {
  readonly schedule: Schedule
  readonly #given: Compiled
  readonly #days: TeamDays
  readonly #random: () => number
  readonly #least: Float64Array
  /** Teams, by team: those of the nearest bases first, itself first. */
  readonly #nearTeams: readonly (readonly number[])[]
  readonly #nearSites = new Map<number, readonly number[]>()
  best: readonly Route[] = []
  bestValue = Number.NEGATIVE_INFINITY
  steps = 0

  constructor(given: Compiled, seed: number) {
    this.#given = given
    this.schedule = new Schedule(given)
    this.#least = leastTravel(given)
    this.#days = new TeamDays(this.schedule, this.#least)
    this.#random = randomOf(seed)
    const { teams, places } = given
    this.#nearTeams = teams.map(({ base }) =>
      [...teams.keys()].sort(
        (a, b) =>
          (this.#least[base * places + (teams[a]?.base ?? 0)] ?? 0) -
            (this.#least[base * places + (teams[b]?.base ?? 0)] ?? 0) || a - b,
      ),
    )
  }

  /** Puts the routes of a plan in as far as they go together. */
  startFrom(routes: readonly Route[]): void {
    for (const route of routes) if (!this.schedule.routeOf(route.team, route.day)) this.schedule.put(route)
    this.#keep()
  }

  /** Fills every empty team-day, the days in order; teams in an order that changes from day to day. */
  fill(progress: () => number): void {
    const { days, teams } = this.#given
    for (let day = 0; day < days.length; day++) {
      const order = [...teams.keys()].filter(team => !this.schedule.routeOf(team, day))
      this.#shuffle(order)
      // Who was announced somewhere is asked first.
      const announced = new Set(this.#given.announced.flatMap(one => (one.day === day ? [one.team] : [])))
      order.sort((a, b) => Number(announced.has(b)) - Number(announced.has(a)))
      for (const team of order) this.#fillOne(team, day, 0)
      if (progress() >= 1) break
    }
    this.#keep()
  }

  #fillOne(team: number, day: number, noise: number): void {
    const route = this.#days.best(team, day, { width: 12, noise, random: this.#random })
    if (route) this.schedule.put(route)
  }

  #shuffle(list: unknown[]): void {
    for (let at = list.length - 1; at > 0; at--) {
      const other = Math.floor(this.#random() * (at + 1))
      ;[list[at], list[other]] = [list[other], list[at]]
    }
  }

  #keep(): boolean {
    if (this.schedule.value <= this.bestValue + 1e-6) return false
    this.bestValue = this.schedule.value
    this.best = routesOf(this.schedule)
    return true
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

  /** Some team-days that compete for sites, kits or overtime. */
  #some(): [number, number][] {
    const { days, teams, sites } = this.#given
    const random = this.#random
    const pick = (length: number) => Math.floor(random() * length)
    const team = pick(teams.length)
    const day = pick(days.length)
    const size = 2 + pick(7)
    const chosen = new Map<number, [number, number]>()
    const add = (one: number, on: number) => {
      if (on >= 0 && on < days.length) chosen.set(one * days.length + on, [one, on])
    }
    const near = this.#nearTeams[team] ?? []
    const kind = random()
    if (kind < 0.35) {
      // Teams of one neighbourhood in some days that follow each other.
      const [wide, long] = [1 + pick(4), 1 + pick(5)]
      for (const one of near.slice(0, wide)) for (let at = 0; at < long; at++) add(one, day + at)
    } else if (kind < 0.55) {
      // One day of many teams: who has which kits.
      for (const one of near.slice(0, size)) add(one, day)
    } else if (kind < 0.85) {
      // Whoever goes to a site and to those beside it.
      const site = pick(sites.length)
      const place = sites[site]?.place ?? 0
      for (const at of this.#sitesBy(place).slice(0, 1 + pick(4)))
        for (const { route } of this.schedule.sessionsAt(at)) if (chosen.size < 10) add(route.team, route.day)
      if (chosen.size < 2) add(near[pick(Math.min(4, near.length))] ?? team, day)
    } else {
      // One team over the weeks: its overtime.
      for (let at = 0; at < size; at++) add(team, pick(days.length))
    }
    return [...chosen.values()]
  }

  /** Until the progress is 1. */
  run({ progress, onBetter }: SearchOptions): void {
    const start = Math.max(1, this.schedule.minutes * heatAtStart)
    for (;;) {
      const used = progress(this.steps)
      if (used >= 1) break
      this.steps += 1
      const heat = start * (1 - used) ** 2
      const before = this.schedule.value
      const emptied = this.#some()
      const former = emptied.flatMap(([team, day]) => this.schedule.routeOf(team, day) ?? [])
      for (const route of former) this.schedule.take(route)
      this.#shuffle(emptied)
      const noise = this.#random() < 0.5 ? 0 : 0.8
      for (const [team, day] of emptied) this.#fillOne(team, day, noise)
      const after = this.schedule.value
      const worst = before + heat * Math.log(this.#random() + 1e-12)
      if (after >= worst) {
        if (this.#keep()) onBetter?.(this.best, this.bestValue, this.steps)
      } else {
        for (const [team, day] of emptied) {
          const route = this.schedule.routeOf(team, day)
          if (route) this.schedule.take(route)
        }
        for (const route of former) this.schedule.put(route)
      }
    }
  }
}
