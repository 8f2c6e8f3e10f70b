import type { Compiled } from './compile.ts'

/**
 * How many people the sessions at one site serve: a site's people are served at it alone, so each site is reckoned by
 * itself. People who take fewest minutes come first, each in the last session that is in time for them, which leaves
 * the earlier ones to whoever has to come earlier; who is too late comes last.
 */

/** A session as far as people are concerned: minutes of kits (by their speed) and of officers who are free. */
export type Capacity = {
  readonly day: number
  readonly order: number
  readonly byKit: number
  readonly byOfficer: number
}

export type SiteService = {
  /** Officer-minutes that it saves, by the prices of late and unserved people. */
  readonly worth: number
  /** By session and demand of the site: people. */
  readonly served: readonly (readonly number[])[]
}

/** People of one demand of a site. */
export type SitePeople = {
  readonly demand: number
  readonly people: number
  readonly minutesEach: number
  readonly lastDay: number
}

export class SiteServices {
  readonly #inTime: number
  readonly #late: number
  /** By site and pool (0 by kit, 1 by officer): demands, fewest minutes first. */
  readonly #entries: readonly (readonly [readonly SitePeople[], readonly SitePeople[]])[]
  readonly #left: Float64Array
  /** Of the same demands: who is not served late either. */
  readonly #missed: Float64Array
  readonly #caps = new Float64Array(16_384)
  readonly #days = new Int32Array(16_384)

  constructor(given: Compiled) {
    const { latePerson, unservedPerson } = given.prices
    this.#inTime = latePerson + unservedPerson
    this.#late = unservedPerson
    const most = Math.max(...given.sites.map(({ demands }) => demands.length), 1)
    this.#left = new Float64Array(most)
    this.#missed = new Float64Array(most)
    this.#entries = given.sites.map(({ demands }) => {
      const pool = (byKit: boolean) =>
        demands
          .flatMap((at, demand) => {
            const one = given.demands[at]
            return one && one.byKit === byKit && one.people > 0
              ? [{ demand, people: one.people, minutesEach: one.minutesEach, lastDay: one.lastDay }]
              : []
          })
          .sort((a, b) => a.minutesEach - b.minutesEach || b.lastDay - a.lastDay)
      return [pool(true), pool(false)] as const
    })
  }

  /** What the sessions are worth by kits (0) or by officers (1), in the order of their days. */
  worthOf(pool: 0 | 1, site: number, sessions: readonly Capacity[]): number {
    return this.#pool(site, pool, sessions)
  }

  /** Whom the sessions leave, by demand: who is not served in time, and who not at all. Good until the next call. */
  leftBy(
    pool: 0 | 1,
    site: number,
    sessions: readonly Capacity[],
  ): { readonly entries: readonly SitePeople[]; readonly notInTime: Float64Array; readonly notAtAll: Float64Array } {
    this.#pool(site, pool, sessions)
    return { entries: this.#entries[site]?.[pool] ?? [], notInTime: this.#left, notAtAll: this.#missed }
  }

  /** Who is served in which session: by session, by demand of the site. */
  serve(site: number, sessions: readonly Capacity[], demands: number): number[][] {
    const served = sessions.map(() => new Array<number>(demands).fill(0))
    this.#pool(site, 0, sessions, served)
    this.#pool(site, 1, sessions, served)
    return served
  }

  #pool(site: number, pool: 0 | 1, sessions: readonly Capacity[], served?: number[][]): number {
    const entries = this.#entries[site]?.[pool] ?? []
    if (entries.length === 0) return 0
    const [caps, days, left] = [this.#caps, this.#days, this.#left]
    let count = 0
    for (const one of sessions) {
      caps[count] = pool === 0 ? one.byKit : one.byOfficer
      days[count++] = one.day
    }
    let worth = 0
    for (let at = 0; at < entries.length; at++) {
      const { people, minutesEach, lastDay, demand } = entries[at] as SitePeople
      let rest = people
      for (let of = count - 1; of >= 0 && rest > 0; of--) {
        if ((days[of] as number) > lastDay) continue
        const cap = caps[of] as number
        const take = Math.min(rest, Math.floor(cap / minutesEach + 1e-9))
        if (take <= 0) continue
        caps[of] = cap - take * minutesEach
        rest -= take
        if (served) (served[of] as number[])[demand] = ((served[of] as number[])[demand] as number) + take
      }
      worth += (people - rest) * this.#inTime
      left[at] = rest
      this.#missed[at] = rest
    }
    if (this.#late <= 0) return worth
    for (let at = 0; at < entries.length; at++) {
      const { minutesEach, demand } = entries[at] as SitePeople
      let rest = left[at] as number
      if (rest <= 0) continue
      for (let of = 0; of < count && rest > 0; of++) {
        const cap = caps[of] as number
        const take = Math.min(rest, Math.floor(cap / minutesEach + 1e-9))
        if (take <= 0) continue
        caps[of] = cap - take * minutesEach
        rest -= take
        worth += take * this.#late
        if (served) (served[of] as number[])[demand] = ((served[of] as number[])[demand] as number) + take
      }
      this.#missed[at] = rest
    }
    return worth
  }
}
