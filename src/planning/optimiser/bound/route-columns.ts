import type { Stop } from '../solving/route.ts'

/** What the proof reckons with: prices, what is made small, and routes as the relaxation counts them. */

export type Prices = {
  /** By period × pool × site: what a minute of a kit or an officer is worth to people there. */
  readonly minutes: Float64Array
  /** By kit class × day class. */
  readonly kits: Float64Array
  /** By base × month and base × year: of a minute of overtime of one officer. */
  readonly months: Float64Array
  readonly years: Float64Array
  /** By base × month: of a rest day of one officer. */
  readonly rests: Float64Array
  /** By site: of a visit, which lasts a shift. */
  readonly visits: Float64Array
  /** By site: of what its people save, the share that its visits are paid for (visit-levels.ts). */
  readonly shares: Float64Array
}

/** What is made small: officer-minutes, people late, people not served at all. */
export type BoundWeights = { readonly minute: number; readonly latePerson: number; readonly unservedPerson: number }

/** A route as the relaxation counts it. */
export type RouteColumn = {
  readonly officers: number
  readonly base: number
  readonly dayClass: number
  /** Officer-minutes of travel and overtime. */
  readonly minutes: number
  /** Officer-minutes of overtime. */
  readonly overtime: number
  /** Kit classes and how many. */
  readonly kits: readonly (readonly [number, number])[]
  /** Site, pool (0 by kit, 1 by officer) and minutes that it gives to people there. */
  readonly gives: readonly (readonly [number, 0 | 1, number])[]
  /** Its sessions: site and shift, in order. */
  readonly stops: readonly Stop[]
  /** Where its kits are kept, if that is not the base; else -1. */
  readonly store: number
}

/** A route of a class of team-days, by its place in their list. */
export type TeamDayColumn = { readonly column: RouteColumn; readonly teamDay: number }
