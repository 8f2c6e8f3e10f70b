import type { Compiled } from './compile.ts'
import type { Stop } from './route.ts'
import { type RouteDraft, RouteDrafts, stopsOf } from './route-drafts.ts'
import type { Route, Schedule } from './schedule.ts'
import { SmallChanges } from './small-changes.ts'
import type { Crew, TeamDays } from './team-day.ts'

/**
 * Small changes of one team-day or a few: other sites, another crew, an exchange, another team for the same people.
 * What became worse is taken back unless chance lets it stand. Dice fall before the work, so that what cannot stand by
 * an estimate is not timed.
 */

type Kind = {
  readonly step: (heat: number) => boolean
  weight: number
  /** Of late: how often the plan became better by it, and what that took. */
  better: number
  effort: number
}

/** Changes of one team-day that are tried while it is empty. */
const triesOfOne = 6

/** What timing a route takes, where an estimate of its gain takes 1. */
const effortOfTiming = 3

/** After so many steps the kinds are weighed anew; none is left out altogether. */
const [weighedAfter, leastWeight] = [1000, 0.05]

const costs = (route: Route): boolean => route.travel + route.overtime > 0

export class SmallSteps {
  readonly #given: Compiled
  readonly #schedule: Schedule
  readonly #days: TeamDays
  readonly #drafts: RouteDrafts
  readonly #changes: SmallChanges
  readonly #random: () => number
  readonly #least: Float64Array
  /** By place: teams, those of the nearest bases first. */
  readonly #nearTeams = new Map<number, readonly number[]>()
  readonly #kinds: readonly Kind[]
  #weights = 0
  #effort = 0
  #steps = 0

  constructor(
    schedule: Schedule,
    days: TeamDays,
    { least, random }: { readonly least: Float64Array; readonly random: () => number },
  ) {
    this.#given = schedule.given
    this.#schedule = schedule
    this.#days = days
    this.#drafts = new RouteDrafts(schedule, days)
    this.#changes = new SmallChanges(schedule, days, this.#drafts, random)
    this.#random = random
    this.#least = least
    const kinds: readonly Kind['step'][] = [
      heat => this.#change(heat),
      heat => this.#serve(heat),
      heat => this.#exchange(heat),
      heat => this.#handKit(heat),
      heat => this.#relieve(heat),
    ]
    this.#kinds = kinds.map(step => ({ step, weight: 1, better: 0, effort: 0 }))
    this.#weigh()
  }

  #pick(length: number): number {
    return Math.floor(this.#random() * length)
  }

  /** One by chance, oftener of the kinds that lately made the plan better for less effort; gives whether it stands. */
  step(heat: number): boolean {
    if (this.#drafts.teamDays.length === 0) return false
    let dice = this.#random() * this.#weights
    const chosen = this.#kinds.find(({ weight }) => {
      dice -= weight
      return dice < 0
    })
    if (!chosen) return false
    const before = this.#schedule.value
    this.#effort = 1
    const stands = chosen.step(heat)
    chosen.effort += this.#effort
    if (stands && this.#schedule.value > before + 1e-6) chosen.better += 1
    this.#steps += 1
    if (this.#steps % weighedAfter === 0) this.#weigh()
    return stands
  }

  #weigh(): void {
    const success = this.#kinds.map(({ better, effort }) => (better + 1) / (effort + 100))
    const sum = success.reduce((all, one) => all + one, 0)
    this.#weights = 0
    for (const [at, kind] of this.#kinds.entries()) {
      kind.weight = leastWeight + (success[at] ?? 0) / sum
      this.#weights += kind.weight
      kind.better /= 2
      kind.effort /= 2
    }
  }

  /** How much worse a step may make the plan: a number below 0. */
  #luck(heat: number): number {
    return heat > 0 ? heat * Math.log(this.#random() + 1e-12) : 0
  }

  /** A team-day that costs something; seldom another one, which has less to gain. */
  #teamDay(): readonly [team: number, day: number] {
    const { teamDays } = this.#drafts
    let found = teamDays[0] as readonly [number, number]
    for (let turn = 0; turn < 20; turn++) {
      found = teamDays[this.#pick(teamDays.length)] as readonly [number, number]
      const route = this.#schedule.routeOf(...found)
      if ((route && costs(route)) || this.#random() < 0.1) break
    }
    return found
  }

  #teamsNear(place: number): readonly number[] {
    const known = this.#nearTeams.get(place)
    if (known) return known
    const { teams, places } = this.#given
    const reach = (team: number) => this.#least[(teams[team]?.base ?? 0) * places + place] ?? 0
    const near = [...teams.keys()].sort((a, b) => reach(a) - reach(b) || a - b)
    this.#nearTeams.set(place, near)
    return near
  }

  /** A team whose base is likelier near than far. */
  #teamNear(place: number): number {
    const near = this.#teamsNear(place)
    return near[Math.floor(near.length * this.#random() ** 3)] ?? 0
  }

  #change(heat: number): boolean {
    const [team, day] = this.#teamDay()
    return this.#tryDrafts(team, day, heat, draft => this.#changes.of(draft))
  }

  /** A team goes where people wait whom nobody serves in time. */
  #serve(heat: number): boolean {
    const { days, sites } = this.#given
    let [site, most] = [-1, 1e-9]
    for (let turn = 0; turn < 8; turn++) {
      const one = this.#pick(sites.length)
      const left = this.#days.leftWorth(one)
      if (left > most) [site, most] = [one, left]
    }
    if (site < 0) return false
    const team = this.#teamNear(sites[site]?.place ?? 0)
    return this.#tryDrafts(team, this.#pick(days.length), heat, draft => this.#changes.to(draft, site))
  }

  /** Some drafts for one team-day, one after another until one of them stands. */
  #tryDrafts(team: number, day: number, heat: number, changed: (draft: RouteDraft) => RouteDraft | undefined): boolean {
    const schedule = this.#schedule
    const draft = this.#drafts.of(team, day)
    if (draft.crew.officers.length === 0) return false
    const before = schedule.value
    schedule.mark()
    const route = schedule.routeOf(team, day)
    if (route) schedule.take(route)
    const without = schedule.value
    for (let turn = 0; turn < triesOfOne; turn++) {
      const least = before + this.#luck(heat)
      const other = changed(draft)
      if (!other) continue
      const stops = stopsOf(other)
      if (stops.length === 0) {
        if (route && without >= least) return true
        continue
      }
      const crew = this.#drafts.crewFor(other, stops)
      if (!crew || this.#mostAt(other, crew, stops) <= Math.max(0, least - without)) continue
      const found = this.#routeAt(other, crew, stops)
      if (!found) continue
      schedule.put(found)
      if (schedule.value >= least) return true
      schedule.take(found)
    }
    schedule.undo()
    return false
  }

  #mostAt(draft: RouteDraft, crew: Crew, stops: readonly Stop[]): number {
    this.#effort += 1
    return this.#days.mostAt(draft, crew, stops)
  }

  #routeAt({ team, day }: RouteDraft, crew: Crew, stops: readonly Stop[]): Route | undefined {
    this.#effort += effortOfTiming
    return this.#days.routeAt(team, day, crew, stops)
  }

  /** Two team-days exchange a stop, or all of them. */
  #exchange(heat: number): boolean {
    const [team, day] = this.#teamDay()
    const { days, teams } = this.#given
    const other = this.#random() < 0.4 ? team : this.#teamNear(teams[team]?.base ?? 0)
    const on = this.#pick(days.length)
    const [mine, theirs] = [this.#drafts.shiftsOn(day), this.#drafts.shiftsOn(on)]
    const [one, two] = [this.#drafts.of(team, day), this.#drafts.of(other, on)]
    if ((other === team && on === day) || two.crew.officers.length === 0) return false
    const wholeDays = this.#random() < 0.4
    if (wholeDays)
      return this.#refill(
        [
          { ...one, at: two.at },
          { ...two, at: one.at },
        ],
        heat,
      )
    const first = mine[this.#pick(mine.length)]
    const isSameShift = first !== undefined && this.#random() < 0.6 && theirs.includes(first)
    const second = isSameShift ? first : theirs[this.#pick(theirs.length)]
    if (first === undefined || second === undefined || one.at[first] === two.at[second]) return false
    const [ours, others] = [[...one.at], [...two.at]]
    ours[first] = two.at[second] as number
    others[second] = one.at[first] as number
    return this.#refill(
      [
        { ...one, at: ours },
        { ...two, at: others },
      ],
      heat,
    )
  }

  /** A kit that another team has on that day is handed over, alone or with the sites of that team. */
  #handKit(heat: number): boolean {
    const [team, day] = this.#teamDay()
    const { kits, teams } = this.#given
    const drafts = this.#drafts
    const one = drafts.of(team, day)
    const base = teams[team]?.base ?? 0
    const store = drafts.storeOf(one) ?? this.#changes.someStore(base)
    const taken = [...kits.keys()].filter(
      kit => kits[kit]?.store === store && kits[kit]?.away[day] === 0 && !one.crew.kits.includes(kit),
    )
    const kit = taken[this.#pick(taken.length)]
    if (kit === undefined || store === undefined || this.#schedule.isKitFree(day, kit)) return false
    const other = [...teams.keys()].find(at => this.#schedule.routeOf(at, day)?.kits.includes(kit))
    if (other === undefined) return false
    const two = drafts.of(other, day)
    const left = two.crew.kits.filter(at => at !== kit)
    const mine = {
      ...one,
      crew: drafts.crewOf(one.crew.officers, [...one.crew.kits, kit], store === base ? -1 : store),
    }
    const theirs = { ...two, crew: drafts.crewOf(two.crew.officers, left, two.crew.store) }
    const withSites = this.#random() < 0.8
    return this.#refill(
      withSites
        ? [
            { ...mine, at: two.at },
            { ...theirs, at: one.at },
          ]
        : [mine, theirs],
      heat,
    )
  }

  /** Another team goes where a team goes at some cost, for the whole day; then fewer minutes may be needed there. */
  #relieve(heat: number): boolean {
    const [team, day] = this.#teamDay()
    const route = this.#schedule.routeOf(team, day)
    if (!route || !costs(route)) return false
    const site = route.sessions[this.#pick(route.sessions.length)]?.site ?? 0
    const other = this.#teamNear(this.#given.teams[team]?.base ?? 0)
    const on = this.#helpingDay(other, site, route)
    if (on === undefined) return false
    const helper = this.#drafts.of(other, on)
    const at = helper.at.map((now, shift) =>
      this.#drafts.shiftsOn(on).includes(shift) && this.#drafts.isOpen(site, on, shift) ? site : now,
    )
    const relieved = [route]
    const count = 1 + this.#pick(3)
    const there = this.#schedule.sessionsAt(site)
    for (let turn = 0; turn < 6 && relieved.length < count; turn++) {
      const more = there[this.#pick(there.length)]?.route
      if (!more || !costs(more) || relieved.includes(more) || (more.team === other && more.day === on)) continue
      relieved.push(more)
    }
    return this.#refill([{ ...helper, at }, ...relieved.map(one => this.#drafts.of(one.team, one.day))], heat)
  }

  /** A day on which a team may hold sessions at a site; one on which it does nothing else, if there is one at hand. */
  #helpingDay(team: number, site: number, route: Route): number | undefined {
    const drafts = this.#drafts
    let found: number | undefined
    for (let turn = 0; turn < 6; turn++) {
      const day = this.#pick(this.#given.days.length)
      if (team === route.team && day === route.day) continue
      if (drafts.present(team, day).length === 0) continue
      if (!drafts.shiftsOn(day).some(shift => drafts.isOpen(site, day, shift))) continue
      found = day
      if (!this.#schedule.routeOf(team, day)) break
    }
    return found
  }

  /** Empties some team-days and fills them by drafts, in this order. */
  #refill(drafts: readonly RouteDraft[], heat: number): boolean {
    const schedule = this.#schedule
    const least = schedule.value + this.#luck(heat)
    schedule.mark()
    for (const { team, day } of drafts) {
      const route = schedule.routeOf(team, day)
      if (route) schedule.take(route)
    }
    let most = schedule.value
    const possible = drafts.flatMap(draft => {
      const stops = stopsOf(draft)
      const crew = stops.length > 0 ? this.#drafts.crewFor(draft, stops) : undefined
      if (!crew) return []
      most += Math.max(0, this.#mostAt(draft, crew, stops))
      return [{ draft, crew, stops }]
    })
    if (most >= least) {
      for (const { draft, crew, stops } of possible) {
        const route = this.#routeAt(draft, crew, stops)
        if (route) schedule.put(route)
      }
      if (schedule.value >= least) return true
    }
    schedule.undo()
    return false
  }
}
