import type { Compiled } from '../optimiser/solving/compile.ts'
import { type Route, Schedule } from '../optimiser/solving/schedule.ts'
import { TeamDays } from '../optimiser/solving/team-day.ts'
import { leastTravel } from '../optimiser/solving/travel.ts'

/**
 * A short search from a plan as it stands: team-days are filled anew one after another, and what is found stands where
 * the plan becomes better by it. It never becomes worse, and the same plan gives the same result.
 */

export type TeamDay = readonly [team: number, day: number]

/** Sites looked at closely for one team-day. */
const width = 12

export class QuickSearch {
  readonly #schedule: Schedule
  readonly #teamDays: TeamDays
  /** Sites whose sessions became others in the last sweep. */
  #concerned = new Set<number>()

  constructor(given: Compiled, routes: readonly Route[]) {
    this.#schedule = new Schedule(given)
    for (const route of routes) this.#schedule.put(route)
    this.#teamDays = new TeamDays(this.#schedule, leastTravel(given))
  }

  get routes(): Route[] {
    return this.#schedule.routes.filter(route => route !== undefined)
  }

  /** The team-days that go to a site whose sessions became others in the last sweep. */
  get concerned(): TeamDay[] {
    const found = new Map<string, TeamDay>()
    for (const site of this.#concerned)
      for (const { route } of this.#schedule.sessionsAt(site))
        found.set(`${route.team}/${route.day}`, [route.team, route.day])
    return [...found.values()]
  }

  /** How many of the team-days became better. */
  sweep(teamDays: readonly TeamDay[]): number {
    this.#concerned = new Set()
    let better = 0
    for (const [team, day] of teamDays) {
      const schedule = this.#schedule
      const before = schedule.value
      const former = schedule.routeOf(team, day)
      if (former) schedule.take(former)
      const found = this.#teamDays.best(team, day, { width, noise: 0, random: () => 0 })
      if (found) schedule.put(found)
      if (schedule.value > before + 1e-6) {
        better += 1
        for (const { site } of [...(former?.sessions ?? []), ...(found?.sessions ?? [])]) this.#concerned.add(site)
        continue
      }
      if (found) schedule.take(found)
      if (former) schedule.put(former)
    }
    return better
  }
}

export const teamDaysOn = ({ teams }: Compiled, days: Iterable<number>): TeamDay[] =>
  [...days].flatMap(day => [...teams.keys()].map((team): TeamDay => [team, day]))
