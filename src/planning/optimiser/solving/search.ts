import type { Compiled } from './compile.ts'
import { LargeSteps } from './large-steps.ts'
import { randomOf } from './random.ts'
import { type Route, Schedule } from './schedule.ts'
import { SmallSteps } from './small-steps.ts'
import { TeamDays } from './team-day.ts'
import { leastTravel } from './travel.ts'

/**
 * Simulated annealing: after the first filling small steps (a few team-days) and large ones take turns; what became
 * worse is taken back unless chance, which cools down, lets it stand. The best plan that was met is given.
 */

export type SearchOptions = {
  /** 0 to 1: how much of the time or work is used up; asked before each step. At 1 it ends. */
  readonly progress: (steps: number) => number
  readonly onBetter?: (routes: readonly Route[], value: number, steps: number) => void
}

/** Small steps take less time than a large one. */
const smallOfStep = 100

/** Heat at the end, of that at the start. */
const coldest = 1 / 150

/** The start is no hotter than the price of so many people late. */
const mostHeat = 16

/** One step out of so many is a large one. */
const largeOutOf = 8

const routesOf = (schedule: Schedule): Route[] => schedule.routes.filter(one => one !== undefined)

export class Search {
  readonly schedule: Schedule
  readonly #given: Compiled
  readonly #large: LargeSteps
  readonly #small: SmallSteps
  readonly #random: () => number
  best: readonly Route[] = []
  bestValue = Number.NEGATIVE_INFINITY
  /** Each is a large one, or so many small ones. */
  steps = 0

  constructor(given: Compiled, seed: number) {
    this.#given = given
    this.schedule = new Schedule(given)
    this.#random = randomOf(seed)
    const least = leastTravel(given)
    const { teams, places } = given
    const reach = (from: number, to: number) => least[from * places + (teams[to]?.base ?? 0)] ?? 0
    const nearTeams = teams.map(({ base }) =>
      [...teams.keys()].sort((a, b) => reach(base, a) - reach(base, b) || a - b),
    )
    const days = new TeamDays(this.schedule, least)
    const around = { least, nearTeams, random: this.#random }
    this.#large = new LargeSteps(this.schedule, days, around)
    this.#small = new SmallSteps(this.schedule, days, around)
  }

  /** Puts the routes of a plan in as far as they go together. */
  startFrom(routes: readonly Route[]): void {
    for (const route of routes) if (!this.schedule.routeOf(route.team, route.day)) this.schedule.put(route)
    this.#keep()
  }

  /**
   * Fills every empty team-day, the days in order; teams in an order that changes from day to day. First in ordinary
   * hours, which cost less; then overtime is for whoever waits still.
   */
  fill(progress: () => number): void {
    const { days, teams, announced } = this.#given
    const { schedule } = this
    const empty = days.map((_, day) => [...teams.keys()].filter(team => !schedule.routeOf(team, day)))
    for (const isOrdinary of [true, false])
      for (const [day, order] of empty.entries()) {
        const { order: overtime, ordinary } = days[day] ?? {}
        if (isOrdinary ? !ordinary : ordinary && !overtime) continue
        this.#shuffle(order)
        // Who was announced somewhere is asked first.
        const asked = new Set(announced.flatMap(one => (one.day === day ? [one.team] : [])))
        order.sort((a, b) => Number(asked.has(b)) - Number(asked.has(a)))
        for (const team of order) this.#fillBetter(team, day, isOrdinary)
        if (progress() >= 1) break
      }
    this.#keep()
  }

  #fillBetter(team: number, day: number, isOrdinary: boolean): void {
    const { schedule } = this
    const before = schedule.value
    schedule.mark()
    const former = schedule.routeOf(team, day)
    if (former) schedule.take(former)
    this.#large.fillOne(team, day, 0, isOrdinary)
    if (schedule.value < before) schedule.undo()
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

  /** What a team-day costs in the plan as it stands, with the people who are late: about as much a step may lose. */
  #heatAtStart(): number {
    const { prices, demands, teams, days } = this.#given
    const person = prices.latePerson + prices.unservedPerson
    const all = demands.reduce((sum, { people }) => sum + people * person, 0)
    const { value, bonus } = this.schedule
    const teamDays = teams.length * days.filter(({ ordinary, order }) => ordinary ?? order).length
    return Math.max(0.1, Math.min(mostHeat * person, (all - (value - bonus)) / Math.max(1, teamDays)))
  }

  /** Until the progress is 1. */
  run({ progress, onBetter }: SearchOptions): void {
    const start = this.#heatAtStart()
    for (;;) {
      const used = progress(this.steps)
      if (used >= 1) break
      const heat = start * coldest ** used
      const before = this.bestValue
      if (this.steps % largeOutOf === largeOutOf - 1) {
        this.#large.step(heat)
        this.#keep()
      } else for (let small = 0; small < smallOfStep; small++) if (this.#small.step(heat)) this.#keep()
      this.steps += 1
      if (this.bestValue > before) onBetter?.(this.best, this.bestValue, this.steps)
    }
  }
}
