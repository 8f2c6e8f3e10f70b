import type { Compiled } from './compile.ts'
import type { TimedRoute } from './route.ts'
import { type Capacity, SiteServices } from './site-service.ts'
import { type LeftPeople, UnservedPeople } from './unserved-people.ts'

/**
 * A plan that is being made: which route each team has on each day, what is left of kits, officers' overtime and rest
 * days, and what the sessions at each site are worth. Routes are put in and taken out; the sums follow.
 */

export type Route = TimedRoute & {
  readonly team: number
  readonly day: number
  readonly officers: readonly number[]
  readonly kits: readonly number[]
  /** Where its kits are kept, if that is not the base; else -1. */
  readonly store: number
  /** Of each session: whether the kits are set up. */
  readonly withKits: readonly boolean[]
}

type HeldSession = Capacity & { readonly route: Route; readonly at: number }

/** Sessions at a site in the order of their days; of one shift always in the same order, whoever was put in first. */
const isBefore = (one: HeldSession, other: HeldSession): boolean =>
  (one.day - other.day || one.order - other.order || one.route.team - other.route.team || one.at - other.at) < 0

type Change = { readonly route: Route; readonly by: 1 | -1 }

type FormerSite = {
  readonly site: number
  readonly version: number
  readonly byKit: number
  readonly byOfficer: number
}

/** Officer-minutes of travel and overtime. */
export const costOf = ({ officers, travel, overtime }: Route): number => officers.length * (travel + overtime)

/** Worth more than anything else: a locked session is kept. */
const priceOfLocked = 1e7

export class Schedule {
  readonly given: Compiled
  readonly services: SiteServices
  /** By team × day. */
  readonly routes: (Route | undefined)[]
  readonly #sessions: HeldSession[][]
  readonly #unserved: UnservedPeople
  /** By site: another number whenever its sessions are others. */
  readonly #versions: Float64Array
  #lastVersion = 1
  /** By site: what its sessions are worth, by kits and by officers. */
  readonly #worths: readonly [Float64Array, Float64Array]
  /** By day × kit. */
  readonly #kitTaken: Uint8Array
  readonly #monthLeft: Float64Array[]
  readonly #yearLeft: Float64Array[]
  readonly #restLeft: Int32Array[]
  /** By site × day × shift: sessions there; only where one is announced. */
  readonly #announcedAt: ReadonlyMap<number, { readonly price: number; held: number }>
  /** Sites whose sessions changed and are not reckoned yet. */
  readonly #unreckoned: number[] = []
  readonly #isUnreckoned: Uint8Array
  /** What changed since the mark. */
  readonly #changes: Change[] = []
  readonly #formerSites: FormerSite[] = []
  /** By site: the mark since which its former state is known. */
  readonly #markOf: Int32Array
  #marks = 0
  #former = { minutes: 0, worth: 0, bonus: 0 }
  #worth = 0
  minutes = 0
  bonus = 0

  constructor(given: Compiled) {
    this.given = given
    this.services = new SiteServices(given)
    this.routes = new Array(given.teams.length * given.days.length).fill(undefined)
    this.#sessions = given.sites.map(() => [])
    this.#unserved = new UnservedPeople(given, this.services)
    this.#versions = new Float64Array(given.sites.length).fill(1)
    this.#isUnreckoned = new Uint8Array(given.sites.length)
    this.#markOf = new Int32Array(given.sites.length)
    this.#worths = [new Float64Array(given.sites.length), new Float64Array(given.sites.length)]
    this.#kitTaken = new Uint8Array(given.days.length * given.kits.length)
    this.#monthLeft = given.officers.map(({ monthLeft }) => Float64Array.from(monthLeft))
    this.#yearLeft = given.officers.map(({ yearLeft }) => Float64Array.from(yearLeft))
    this.#restLeft = given.officers.map(({ restLeft }) => Int32Array.from(restLeft))
    const announced = new Map<number, { price: number; held: number }>()
    for (const { site, day, shift, locked } of given.announced) {
      if (day < 0) continue
      const key = this.#key(site, day, shift)
      const known = announced.get(key)
      announced.set(key, {
        price: (known?.price ?? 0) + (locked ? priceOfLocked : given.prices.movedSession),
        held: 0,
      })
    }
    this.#announcedAt = announced
  }

  #key(site: number, day: number, shift: number): number {
    return (site * this.given.days.length + day) * this.given.shifts.length + shift
  }

  /** What is better where it is more: people in time and announced sessions that stay, without the minutes. */
  get value(): number {
    this.#reckonAll()
    return this.#worth + this.bonus - this.minutes
  }

  routeOf(team: number, day: number): Route | undefined {
    return this.routes[team * this.given.days.length + day]
  }

  sessionsAt(site: number): readonly HeldSession[] {
    return this.#sessions[site] ?? []
  }

  isKitFree(day: number, kit: number): boolean {
    return this.#kitTaken[day * this.given.kits.length + kit] === 0 && this.given.kits[kit]?.away[day] === 0
  }

  /** Minutes of overtime that an officer may still have on a day, by month and year. */
  overtimeLeft(officer: number, day: number): number {
    const { month, year } = this.given.days[day] ?? { month: 0, year: 0 }
    return Math.min(this.#monthLeft[officer]?.[month] ?? 0, this.#yearLeft[officer]?.[year] ?? 0)
  }

  restDaysLeft(officer: number, day: number): number {
    return this.#restLeft[officer]?.[this.given.days[day]?.month ?? 0] ?? 0
  }

  /** What a session there is worth for the sake of families who were told of one. */
  bonusOf(site: number, day: number, shift: number): number {
    if (this.#announcedAt.size === 0) return 0
    const announced = this.#announcedAt.get(this.#key(site, day, shift))
    return announced && announced.held === 0 ? announced.price : 0
  }

  /** Whom one more session there on a day could serve by kits (0), or by officers (1): a quick estimate. */
  leftAt(pool: 0 | 1, site: number, day: number): LeftPeople {
    const sessions = this.#sessions[site] as HeldSession[]
    return this.#unserved.at(pool, site, day, sessions, this.#versions[site] as number)
  }

  worthAt(site: number): number {
    if (this.#isUnreckoned[site]) this.#reckonAll()
    return (this.#worths[0][site] ?? 0) + (this.#worths[1][site] ?? 0)
  }

  /** From here on `undo` takes back whatever is put in and taken out. */
  mark(): void {
    this.#reckonAll()
    this.#marks += 1
    this.#changes.length = 0
    this.#formerSites.length = 0
    this.#former = { minutes: this.minutes, worth: this.#worth, bonus: this.bonus }
  }

  /** As it was at the mark, to the last digit. */
  undo(): void {
    for (let change = this.#changes.pop(); change; change = this.#changes.pop())
      this.#move(change.route, change.by > 0 ? -1 : 1)
    for (const { site, version, byKit, byOfficer } of this.#formerSites) {
      this.#versions[site] = version
      this.#worths[0][site] = byKit
      this.#worths[1][site] = byOfficer
    }
    this.#forgetUnreckoned()
    this.#formerSites.length = 0
    this.#marks += 1
    ;({ minutes: this.minutes, worth: this.#worth, bonus: this.bonus } = this.#former)
  }

  put(route: Route): void {
    this.#change(route, 1)
  }

  take(route: Route): void {
    this.#change(route, -1)
  }

  #change(route: Route, by: 1 | -1): void {
    if (this.#marks > 0) this.#changes.push({ route, by })
    for (const { site } of route.sessions) {
      if (this.#marks > 0 && this.#markOf[site] !== this.#marks) {
        this.#markOf[site] = this.#marks
        const [byKit, byOfficer] = [this.#worths[0][site] as number, this.#worths[1][site] as number]
        this.#formerSites.push({ site, version: this.#versions[site] as number, byKit, byOfficer })
      }
      this.#versions[site] = ++this.#lastVersion
      if (this.#isUnreckoned[site]) continue
      this.#isUnreckoned[site] = 1
      this.#unreckoned.push(site)
    }
    this.#move(route, by)
  }

  /** In or out, without the worth of the sites. */
  #move(route: Route, by: 1 | -1): void {
    this.routes[route.team * this.given.days.length + route.day] = by > 0 ? route : undefined
    this.#count(route, by)
    for (let at = 0; at < route.sessions.length; at++) {
      const session = route.sessions[at] as Route['sessions'][number]
      const held = this.#sessions[session.site] as HeldSession[]
      if (by > 0) this.#hold(held, route, at)
      else {
        let place = held.length - 1
        while (place >= 0 && held[place]?.route !== route) place -= 1
        for (let next = place + 1; next < held.length; next++) held[next - 1] = held[next] as HeldSession
        if (place >= 0) held.length -= 1
      }
      if (this.#announcedAt.size > 0) this.#announce(session.site, route.day, session.shift, by)
    }
  }

  #hold(held: HeldSession[], route: Route, at: number): void {
    const { shift, from, to } = route.sessions[at] as Route['sessions'][number]
    const capacity = this.capacityOf(route, { from, to, withKits: route.withKits[at] ?? false, shift })
    const one: HeldSession = {
      day: capacity.day,
      order: capacity.order,
      byKit: capacity.byKit,
      byOfficer: capacity.byOfficer,
      route,
      at,
    }
    let place = held.length
    for (; place > 0; place--) {
      const before = held[place - 1] as HeldSession
      if (isBefore(before, one)) break
      held[place] = before
    }
    held[place] = one
  }

  capacityOf(
    { day, officers, kits }: Pick<Route, 'day' | 'officers' | 'kits'>,
    { from, to, withKits, shift }: { from: number; to: number; withKits: boolean; shift: number },
  ): Capacity {
    let [speed, busy] = [0, 0]
    if (withKits)
      for (const kit of kits) {
        speed += this.given.kits[kit]?.speed ?? 0
        busy += this.given.kits[kit]?.officers ?? 0
      }
    const minutes = to - from
    return { day, order: shift, byKit: minutes * speed, byOfficer: minutes * Math.max(0, officers.length - busy) }
  }

  #reckonAll(): void {
    for (const site of this.#unreckoned) {
      const sessions = this.#sessions[site] as HeldSession[]
      const [byKit, byOfficer] = [this.services.worthOf(0, site, sessions), this.services.worthOf(1, site, sessions)]
      this.#worth += byKit - (this.#worths[0][site] as number) + byOfficer - (this.#worths[1][site] as number)
      this.#worths[0][site] = byKit
      this.#worths[1][site] = byOfficer
    }
    this.#forgetUnreckoned()
  }

  #forgetUnreckoned(): void {
    for (const site of this.#unreckoned) this.#isUnreckoned[site] = 0
    this.#unreckoned.length = 0
  }

  #announce(site: number, day: number, shift: number, by: 1 | -1): void {
    const announced = this.#announcedAt.get(this.#key(site, day, shift))
    if (!announced) return
    const before = announced.held > 0
    announced.held += by
    const after = announced.held > 0
    if (before !== after) this.bonus += after ? announced.price : -announced.price
  }

  #count(route: Route, by: 1 | -1): void {
    const { day, officers, kits, overtime } = route
    this.minutes += by * costOf(route)
    for (const kit of kits) this.#kitTaken[day * this.given.kits.length + kit] = by > 0 ? 1 : 0
    const { month = 0, year = 0, isRest = false } = this.given.days[day] ?? {}
    for (const officer of officers) {
      const [months, years, rests] = [this.#monthLeft[officer], this.#yearLeft[officer], this.#restLeft[officer]]
      if (months) months[month] = (months[month] ?? 0) - by * overtime
      if (years) years[year] = (years[year] ?? 0) - by * overtime
      if (rests && isRest) rests[month] = (rests[month] ?? 0) - by
    }
  }
}
