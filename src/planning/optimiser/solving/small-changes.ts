import type { Compiled } from './compile.ts'
import type { RouteDraft, RouteDrafts } from './route-drafts.ts'
import type { Schedule } from './schedule.ts'
import type { Crew, TeamDays } from './team-day.ts'

/** Other drafts for one team-day, by chance: other sites, other kits, other officers. */
export class SmallChanges {
  readonly #given: Compiled
  readonly #schedule: Schedule
  readonly #days: TeamDays
  readonly #drafts: RouteDrafts
  readonly #random: () => number

  constructor(schedule: Schedule, days: TeamDays, drafts: RouteDrafts, random: () => number) {
    this.#given = schedule.given
    this.#schedule = schedule
    this.#days = days
    this.#drafts = drafts
    this.#random = random
  }

  #pick(length: number): number {
    return Math.floor(this.#random() * length)
  }

  /** Of a team-day that is empty now; undefined where chance gives nothing that is possible or new. */
  of(draft: RouteDraft): RouteDraft | undefined {
    const { team, day, at } = draft
    const isEmpty = at.every(site => site < 0)
    const kind = this.#random()
    if (isEmpty || kind < 0.6) {
      const shift = this.#someShift(day)
      const site = shift === undefined ? -1 : this.#siteFor(team, day, shift)
      return site < 0 ? undefined : this.to(draft, site, shift)
    }
    if (kind > 0.74) {
      const crew = this.#someCrew(draft)
      // The same once more: people and hours around it may have changed.
      return isSameCrew(crew, draft.crew) && this.#random() < 0.95 ? undefined : { ...draft, crew }
    }
    const shift = this.#someShift(day)
    const other = kind < 0.68 ? undefined : this.#someShift(day)
    if (shift === undefined || at[shift] === (other === undefined ? -1 : at[other])) return undefined
    const changed = [...at]
    changed[shift] = other === undefined ? -1 : (at[other] as number)
    if (other !== undefined) changed[other] = at[shift] as number
    return { ...draft, at: changed }
  }

  #someShift(day: number): number | undefined {
    const shifts = this.#drafts.shiftsOn(day)
    return shifts[this.#pick(shifts.length)]
  }

  /** At a site in a shift, or the whole day, or something between. */
  to(draft: RouteDraft, site: number, shift = this.#someShift(draft.day)): RouteDraft | undefined {
    const { day, at, crew } = draft
    if (shift === undefined || !this.#drafts.isOpen(site, day, shift)) return undefined
    const changed = [...at]
    changed[shift] = site
    const more = this.#random()
    if (more < 0.5)
      for (const other of this.#drafts.shiftsOn(day))
        if (other !== shift && (more < 0.25 || this.#random() < 0.5) && this.#drafts.isOpen(site, day, other))
          changed[other] = site
    if (changed.every((site, of) => site === at[of])) return undefined
    const isOut = at.some(site => site >= 0)
    return { ...draft, crew: isOut && this.#random() < 0.7 ? crew : this.#someCrew(draft), at: changed }
  }

  /** A site where somebody waits still; nearer ones are likelier. */
  #siteFor(team: number, day: number, shift: number): number {
    const sites = this.#drafts.sitesFor(this.#given.teams[team]?.base ?? 0, day, shift)
    for (let turn = 0; turn < 8 && sites.length > 0; turn++) {
      const site = sites[Math.floor(sites.length * this.#random() ** 2.5)] as number
      if (this.#days.leftWorth(site) > 1e-9 || this.#schedule.bonusOf(site, day, shift) > 0) return site
    }
    return -1
  }

  #someCrew(draft: RouteDraft): Crew {
    const { team, day, crew } = draft
    const drafts = this.#drafts
    const kind = this.#random()
    if (kind < 0.2) {
      const left = (officer: number) => this.#schedule.overtimeLeft(officer, day)
      const byRest = [...drafts.present(team, day)].sort((a, b) => left(b) - left(a) || a - b)
      return drafts.crewOf(byRest.slice(0, 1 + this.#pick(byRest.length)), crew.kits, crew.store)
    }
    if (kind < 0.3 && crew.kits.length > 0) {
      const gone = crew.kits[this.#pick(crew.kits.length)]
      const kept = crew.kits.filter(kit => kit !== gone)
      return drafts.crewOf(crew.officers, kept, crew.store)
    }
    if (kind < 0.4) return drafts.crewOf(drafts.present(team, day))
    const base = this.#given.teams[team]?.base ?? 0
    const own = kind < 0.7 ? drafts.storeOf(draft) : undefined
    const store = own ?? this.someStore(base)
    if (store === undefined) return crew
    const of = store === base ? -1 : store
    const free = drafts.freeKits(day, store)
    if (own === undefined)
      return drafts.crewOf(crew.officers, free.slice(0, 1 + this.#pick(Math.min(2, free.length))), of)
    const others = free.filter(kit => !crew.kits.includes(kit))
    const kit = others[this.#pick(others.length)]
    return kit === undefined ? crew : drafts.crewOf(crew.officers, [...crew.kits, kit], of)
  }

  someStore(base: number): number | undefined {
    const stores = this.#days.storesOf(base)
    return stores[this.#pick(Math.min(3, stores.length))]
  }
}

const isAlike = (some: readonly number[], others: readonly number[]): boolean =>
  some.length === others.length && some.every(one => others.includes(one))

const isSameCrew = (one: Crew, other: Crew): boolean =>
  isAlike(one.kits, other.kits) && isAlike(one.officers, other.officers)
