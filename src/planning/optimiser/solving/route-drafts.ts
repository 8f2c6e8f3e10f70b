import type { Compiled } from './compile.ts'
import { type Stop, shortestSession } from './route.ts'
import type { Schedule } from './schedule.ts'
import { type Crew, hoursOfRoutes, type TeamDays } from './team-day.ts'

/** What a team is to do on a day, without hours: who goes with which kits, and where it is in each shift. */
export type RouteDraft = {
  readonly team: number
  readonly day: number
  readonly crew: Crew
  /** By shift: the site, or -1. */
  readonly at: readonly number[]
}

/** Drafts of the routes as they stand, and what another draft may be made of. */
export class RouteDrafts {
  readonly #given: Compiled
  readonly #schedule: Schedule
  readonly #days: TeamDays
  /** By base × day × shift: sites that are open, the nearest first. */
  readonly #openAt: (Int32Array | undefined)[]
  /** By team × day: who is not away. */
  readonly #there: readonly (readonly number[])[]
  /** By day: shifts in which a session may lie. */
  readonly #shiftsOn: readonly (readonly number[])[]
  /** Those on which somebody may go out. */
  readonly teamDays: readonly (readonly [team: number, day: number])[]

  constructor(schedule: Schedule, days: TeamDays) {
    this.#given = schedule.given
    this.#schedule = schedule
    this.#days = days
    const { teams, days: all, officers, shifts, places } = this.#given
    this.#openAt = new Array(places * all.length * shifts.length)
    this.#shiftsOn = all.map(day => {
      const hours = hoursOfRoutes(day)
      return [...shifts.keys()].filter(shift => {
        const { from = 0, to = 0 } = shifts[shift] ?? {}
        return hours && Math.min(to, hours.to) - Math.max(from, hours.from) >= shortestSession
      })
    })
    this.#there = teams.flatMap(team =>
      all.map((_, day) => team.officers.filter(officer => officers[officer]?.away[day] === 0)),
    )
    this.teamDays = teams.flatMap((_, team) =>
      all.flatMap((_, day) =>
        this.shiftsOn(day).length > 0 && (this.#there[team * all.length + day] ?? []).length > 0
          ? [[team, day] as const]
          : [],
      ),
    )
  }

  shiftsOn(day: number): readonly number[] {
    return this.#shiftsOn[day] ?? []
  }

  /** Of the route as it stands; else of everybody who is there, who goes nowhere. */
  of(team: number, day: number): RouteDraft {
    const route = this.#schedule.routeOf(team, day)
    const at = new Array<number>(this.#given.shifts.length).fill(-1)
    if (!route) return { team, day, crew: this.crewOf(this.present(team, day)), at }
    for (const { site, shift } of route.sessions) at[shift] = site
    return { team, day, crew: this.crewOf(route.officers, route.kits, route.store), at }
  }

  crewOf(officers: readonly number[], kits: readonly number[] = [], store = -1): Crew {
    let [speed, busy] = [0, 0]
    for (const kit of kits) {
      speed += this.#given.kits[kit]?.speed ?? 0
      busy += this.#given.kits[kit]?.officers ?? 0
    }
    return { officers, kits, store: kits.length > 0 ? store : -1, speed, busy }
  }

  /** Officers who are not away, and whose rest days of the month are not used up. */
  present(team: number, day: number): readonly number[] {
    const { days } = this.#given
    const there = this.#there[team * days.length + day] ?? []
    return days[day]?.isRest ? there.filter(one => this.#schedule.restDaysLeft(one, day) > 0) : there
  }

  isOpen(site: number, day: number, shift: number): boolean {
    const one = this.#given.sites[site]
    const at = day * this.#given.shifts.length + shift
    return one !== undefined && (one.openTo[at] as number) - (one.openFrom[at] as number) >= shortestSession
  }

  /** Sites that are open in a shift, the nearest to a base first. */
  sitesFor(base: number, day: number, shift: number): Int32Array {
    const { days, shifts } = this.#given
    const key = (base * days.length + day) * shifts.length + shift
    const known = this.#openAt[key]
    if (known) return known
    const open = this.#days.openTo(base, day).filter(({ site }) => this.isOpen(site, day, shift))
    const found = Int32Array.from(open, ({ site }) => site)
    this.#openAt[key] = found
    return found
  }

  /** Where a crew gets its kits: the place where those are kept that it has. */
  storeOf({ team, crew }: RouteDraft): number | undefined {
    if (crew.kits.length === 0) return undefined
    return crew.store < 0 ? this.#given.teams[team]?.base : crew.store
  }

  /** Kits of a store that nobody has on a day. */
  freeKits(day: number, store: number): number[] {
    const { kits } = this.#given
    const free: number[] = []
    for (let kit = 0; kit < kits.length; kit++)
      if (kits[kit]?.store === store && this.#schedule.isKitFree(day, kit)) free.push(kit)
    return free
  }

  /** The crew without kits that would serve nobody; undefined where its kits take more officers than it has. */
  crewFor({ day, crew }: RouteDraft, stops: readonly Stop[]): Crew | undefined {
    if (crew.kits.length > 0 && !this.#days.isDueByKit(day, stops)) return this.crewOf(crew.officers)
    return crew.busy <= crew.officers.length ? crew : undefined
  }
}

export function stopsOf({ at }: RouteDraft): Stop[] {
  const stops: Stop[] = []
  for (let shift = 0; shift < at.length; shift++) {
    const site = at[shift] as number
    if (site >= 0) stops.push({ site, shift })
  }
  return stops
}
