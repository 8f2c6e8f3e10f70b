import type { Compiled, Crossing } from '../solving/compile.ts'

/**
 * Team-days and kit-days that the relaxation takes as alike (docs/planning.md, "The bound"): of a class with as many
 * members, one best route is reckoned for all of them.
 */

/** Days that are alike: of one week, month and year, with the same hours, order, boats and people in time. */
export type DayClass = {
  readonly days: readonly number[]
  /** Of its hours, order and boats any day of the class may be asked. */
  readonly day: number
  /** Which last days have passed: the first ones of `lastDaysOf`. */
  readonly period: number
  /** By site × shift: from the first open minute of any of its days to the last one. */
  readonly openFrom: Int16Array
  readonly openTo: Int16Array
}

export type TeamDayClass = {
  readonly base: number
  /** Officers of a team who are there. */
  readonly officers: number
  readonly dayClass: number
  readonly count: number
}

export type KitClass = {
  readonly store: number
  readonly speed: number
  readonly officers: number
  /** By day class: kits × days. */
  readonly counts: readonly number[]
  /** Most of them on one day. */
  readonly most: number
}

const crossingKey = (crossings: readonly Crossing[]) =>
  crossings.map(one => `${one.from}>${one.to}@${one.departs}+${one.minutes}`).join()

/** The last days of people, in order; a period ends with each of them, and the last one with the plan. */
export const lastDaysOf = (given: Compiled): number[] =>
  [...new Set([...given.demands.map(({ lastDay }) => lastDay), given.days.length - 1])]
    .filter(day => day >= 0)
    .sort((a, b) => a - b)

export function classDays(given: Compiled): DayClass[] {
  const lastDays = lastDaysOf(given)
  const keyOf = (day: number): string => {
    const one = given.days[day]
    return JSON.stringify([
      Math.floor((day + (given.days[0]?.weekday ?? 1) - 1) / 7),
      one?.free,
      one?.ordinary,
      one?.order,
      one?.month,
      one?.year,
      lastDays.findIndex(last => last >= day),
      crossingKey(given.crossings[day] ?? []),
    ])
  }
  const shifts = given.shifts.length
  return [...Map.groupBy(given.days.keys(), keyOf).values()].map(days => {
    const openFrom = new Int16Array(given.sites.length * shifts)
    const openTo = new Int16Array(given.sites.length * shifts)
    given.sites.forEach((site, at) => {
      for (let shift = 0; shift < shifts; shift++) {
        let [from, to] = [0, 0]
        for (const day of days) {
          const [opens, closes] = [site.spanFrom[day * shifts + shift] ?? 0, site.spanTo[day * shifts + shift] ?? 0]
          if (closes <= opens) continue
          ;[from, to] = to > from ? [Math.min(from, opens), Math.max(to, closes)] : [opens, closes]
        }
        openFrom[at * shifts + shift] = from
        openTo[at * shifts + shift] = to
      }
    })
    const period = lastDays.findIndex(last => last >= (days[0] ?? 0))
    return { days, day: days[0] ?? 0, period, openFrom, openTo }
  })
}

export function classTeamDays(given: Compiled, dayClasses: readonly DayClass[]): TeamDayClass[] {
  const classes: TeamDayClass[] = []
  dayClasses.forEach(({ days, day }, dayClass) => {
    if (!given.days[day]?.ordinary && !given.days[day]?.order) return
    const counts = new Map<string, { base: number; officers: number; count: number }>()
    for (const { base, officers } of given.teams)
      for (const on of days) {
        const there = officers.filter(one => given.officers[one]?.away[on] === 0).length
        if (there === 0) continue
        const known = counts.get(`${base}/${there}`)
        if (known) known.count += 1
        else counts.set(`${base}/${there}`, { base, officers: there, count: 1 })
      }
    for (const one of counts.values()) classes.push({ ...one, dayClass })
  })
  return classes
}

export function classKits(given: Compiled, dayClasses: readonly DayClass[]): KitClass[] {
  const alike = Map.groupBy(given.kits, ({ store, speed, officers }) => `${store}/${speed}/${officers}`)
  return [...alike.values()].flatMap(kits => {
    const [first] = kits
    if (!first) return []
    const there = (day: number) => kits.filter(({ away }) => away[day] === 0).length
    return {
      store: first.store,
      speed: first.speed,
      officers: first.officers,
      counts: dayClasses.map(({ days }) => days.reduce((sum, day) => sum + there(day), 0)),
      most: kits.length,
    }
  })
}
