import type { Compiled } from '../solving/compile.ts'
import { randomOf } from '../solving/random.ts'
import { type Route, Schedule } from '../solving/schedule.ts'
import { TeamDays } from '../solving/team-day.ts'
import { leastTravel } from '../solving/travel.ts'
import { keepToldHours } from './told-hours.ts'

/**
 * The search after an event: only team-days that have to do with it are emptied and filled anew, and no step may lose
 * so many announced sessions that in all more than a share of them are moved. What becomes worse is taken back.
 */

export type RepairTask = {
  readonly given: Compiled
  /** What is left of the plan in force. */
  readonly routes: readonly Route[]
  /** Team-days that changed, sites whose people wait again: where the search begins. */
  readonly teamDays: readonly (readonly [team: number, day: number])[]
  readonly sites: readonly number[]
  readonly firstDay: number
  /** Announced sessions whose move the event itself is to blame for, as indexes. */
  readonly impossible: ReadonlySet<number>
  readonly seed: number
}

/** Strictly less than this share of the announced sessions is moved without need. */
const mostMoved = 0.05

/** Of the officer-minutes of the plan: how much worse it may become in a step at the beginning. */
const heatAtStart = 0.0003

/** How many announced sessions are held, each counted once however many routes are there. */
class AnnouncedCount {
  readonly #given: Compiled
  readonly #at = new Map<number, { readonly announced: number; held: number }>()
  readonly all: number
  moved: number

  constructor(given: Compiled, impossible: ReadonlySet<number>) {
    this.#given = given
    const counted = new Map<number, number>()
    for (const [at, { site, day, shift }] of given.announced.entries()) {
      if (impossible.has(at)) continue
      const key = this.#key(site, day, shift)
      counted.set(key, (counted.get(key) ?? 0) + 1)
    }
    for (const [key, announced] of counted) this.#at.set(key, { announced, held: 0 })
    this.all = given.announced.length
    this.moved = given.announced.length - impossible.size
  }

  #key(site: number, day: number, shift: number): number {
    return (site * this.#given.days.length + day) * this.#given.shifts.length + shift
  }

  count({ day, sessions }: Route, by: 1 | -1): void {
    for (const { site, shift } of sessions) {
      const here = this.#at.get(this.#key(site, day, shift))
      if (!here) continue
      const wasHeld = here.held > 0
      here.held += by
      if (wasHeld !== here.held > 0) this.moved += here.held > 0 ? -here.announced : here.announced
    }
  }
}

export class Repair {
  readonly #task: RepairTask
  readonly #schedule: Schedule
  readonly #days: TeamDays
  readonly #announced: AnnouncedCount
  readonly #random: () => number
  readonly #least: Float64Array
  readonly #most: number
  readonly #nearSites = new Map<number, readonly number[]>()
  readonly #nearTeams = new Map<number, readonly number[]>()
  best: readonly Route[] = []
  #bestValue = Number.NEGATIVE_INFINITY
  steps = 0

  constructor(task: RepairTask) {
    const { given, routes, impossible, seed } = task
    this.#task = task
    this.#schedule = new Schedule(given)
    this.#least = leastTravel(given)
    this.#days = new TeamDays(this.#schedule, this.#least)
    this.#announced = new AnnouncedCount(given, impossible)
    this.#random = randomOf(seed)
    for (const route of routes) this.#put(route)
    // What the plan in force does not keep is moved already.
    this.#most = Math.max(this.#announced.moved, Math.ceil(mostMoved * this.#announced.all) - 1)
    this.#keepBest()
  }

  #put(route: Route): void {
    this.#schedule.put(route)
    this.#announced.count(route, 1)
  }

  #take(route: Route): void {
    this.#schedule.take(route)
    this.#announced.count(route, -1)
  }

  #keepBest(): void {
    if (this.#schedule.value <= this.#bestValue + 1e-6) return
    this.#bestValue = this.#schedule.value
    this.best = this.#schedule.routes.filter(one => one !== undefined)
  }

  #fillOne(team: number, day: number, noise: number): void {
    if (this.#schedule.routeOf(team, day)) return
    const route = this.#days.best(team, day, { width: 12, noise, random: this.#random })
    if (route) this.#put(route)
  }

  /** Fills the team-days of the event that are empty, until the progress is 1. */
  fill(isOver: () => boolean): void {
    for (const [team, day] of this.#task.teamDays) {
      if (isOver()) break
      if (day >= this.#task.firstDay) this.#fillOne(team, day, 0)
    }
    this.#keepBest()
  }

  #pick(length: number): number {
    return Math.floor(this.#random() * length)
  }

  #distance(place: number, other: number): number {
    return this.#least[place * this.#task.given.places + other] ?? Number.POSITIVE_INFINITY
  }

  #sitesNear(site: number): readonly number[] {
    const known = this.#nearSites.get(site)
    if (known) return known
    const { sites } = this.#task.given
    const place = sites[site]?.place ?? 0
    const reach = sites.map(one => this.#distance(place, one.place))
    const near = [...sites.keys()].sort((a, b) => (reach[a] ?? 0) - (reach[b] ?? 0) || a - b).slice(0, 6)
    this.#nearSites.set(site, near)
    return near
  }

  /** Teams by how near their base is to a place. */
  #teamsNear(place: number): readonly number[] {
    const known = this.#nearTeams.get(place)
    if (known) return known
    const { teams } = this.#task.given
    const reach = teams.map(({ base }) => this.#distance(base, place))
    const near = [...teams.keys()].sort((a, b) => (reach[a] ?? 0) - (reach[b] ?? 0) || a - b).slice(0, 8)
    this.#nearTeams.set(place, near)
    return near
  }

  /** Whether an event touched nothing of the plan and made no room in it. */
  get hasNothingToDo(): boolean {
    return this.#task.teamDays.length === 0 && this.#task.sites.length === 0
  }

  /** Some team-days around what the event changed. */
  #some(): [number, number][] {
    const { given, teamDays, sites, firstDay } = this.#task
    const days = given.days.length - firstDay
    const chosen = new Map<number, [number, number]>()
    const add = (team: number | undefined, day: number) => {
      if (team !== undefined && day >= firstDay && day < given.days.length)
        chosen.set(team * given.days.length + day, [team, day])
    }
    const aroundTeamDay = teamDays.length > 0 && (sites.length === 0 || this.#random() < 0.5)
    if (aroundTeamDay) {
      const [team, day] = teamDays[this.#pick(teamDays.length)] ?? [0, firstDay]
      const near = this.#teamsNear(given.teams[team]?.base ?? 0)
      add(team, day)
      // Who has which kits on that day, or when else the same teams go there.
      const [wide, long] = this.#random() < 0.5 ? [2 + this.#pick(5), 1] : [1 + this.#pick(3), 2 + this.#pick(4)]
      const begin = day - this.#pick(long)
      for (const one of [team, ...near.slice(0, wide)]) for (let at = 0; at < long; at++) add(one, begin + at)
    } else if (sites.length > 0) {
      const site = sites[this.#pick(sites.length)] ?? 0
      for (const at of this.#sitesNear(site).slice(0, 1 + this.#pick(4)))
        for (const { route } of this.#schedule.sessionsAt(at)) if (chosen.size < 8) add(route.team, route.day)
      const near = this.#teamsNear(given.sites[site]?.place ?? 0)
      for (let more = 1 + this.#pick(3); more > 0; more--)
        add(near[this.#pick(near.length)], firstDay + this.#pick(days))
    }
    return [...chosen.values()]
  }

  #shuffle(list: unknown[]): void {
    for (let at = list.length - 1; at > 0; at--) {
      const other = this.#pick(at + 1)
      ;[list[at], list[other]] = [list[other], list[at]]
    }
  }

  /** One step; `used` is 0 to 1 of the time or the work. */
  step(used: number): void {
    this.steps += 1
    const heat = Math.max(1, this.#schedule.minutes * heatAtStart) * (1 - used) ** 2
    const before = this.#schedule.value
    const emptied = this.#some()
    const former = emptied.flatMap(([team, day]) => this.#schedule.routeOf(team, day) ?? [])
    for (const route of former) this.#take(route)
    this.#shuffle(emptied)
    const noise = this.#random() < 0.5 ? 0 : 0.8
    for (const [team, day] of emptied) this.#fillOne(team, day, noise)
    const worst = before + heat * Math.log(this.#random() + 1e-12)
    if (this.#schedule.value >= worst && this.#announced.moved <= this.#most) {
      this.#keepBest()
      return
    }
    for (const [team, day] of emptied) {
      const route = this.#schedule.routeOf(team, day)
      if (route) this.#take(route)
    }
    for (const route of former) this.#put(route)
  }

  /** The best routes, with announced hours where they cost nothing. */
  settled(): readonly Route[] {
    const schedule = new Schedule(this.#task.given)
    for (const route of this.best) schedule.put(route)
    const former = new Set(this.#task.routes)
    keepToldHours(
      schedule,
      this.best.filter(route => !former.has(route)),
    )
    return schedule.routes.filter(one => one !== undefined)
  }
}
