import type { Compiled } from '../../solving/compile.ts'
import { type DayClass, lastDaysOf } from '../team-day-classes.ts'

/**
 * Days of one officer, or of one kit, that are alike: of a base or a store, on days with the same hours at every site.
 * The relaxation lets each officer and each kit go by itself (docs/planning.md, "The bound").
 */

export type SingleDays = {
  /** The place of the base, or of the store. */
  readonly from: number
  readonly dayClass: number
  /** Officers or kits × days. */
  readonly count: number
  /** Of a kit: people’s minutes in a minute, and the officers whom it takes; undefined: an officer. */
  readonly kit: { readonly speed: number; readonly officers: number } | undefined
}

/** Days with the same hours, order, boats and open sites, in one month, year and period between last days. */
export function identicalDays(given: Compiled): DayClass[] {
  const { sites, shifts, days } = given
  const lastDays = lastDaysOf(given)
  const periodOf = (day: number) => lastDays.findIndex(last => last >= day)
  const slots = sites.length * shifts.length
  const hoursOf = (of: 'spanFrom' | 'spanTo', day: number) =>
    Int16Array.from({ length: slots }, (_, at) => {
      const hours = sites[Math.floor(at / shifts.length)]?.[of]
      return hours?.[day * shifts.length + (at % shifts.length)] ?? 0
    })
  const keyOf = (day: number): string => {
    const { free, ordinary, order, month, year } = days[day] as Compiled['days'][number]
    const hours = [hoursOf('spanFrom', day).join(), hoursOf('spanTo', day).join()]
    return JSON.stringify([free, ordinary, order, month, year, periodOf(day), given.crossings[day], hours])
  }
  return [...Map.groupBy(days.keys(), keyOf).values()].map(those => {
    const [day = 0] = those
    return {
      ...{ days: those, day, period: periodOf(day) },
      ...{ openFrom: hoursOf('spanFrom', day), openTo: hoursOf('spanTo', day) },
    }
  })
}

export function singleDays(given: Compiled, dayClasses: readonly DayClass[]): SingleDays[] {
  return dayClasses.flatMap(({ days, day }, dayClass) => {
    if (!given.days[day]?.ordinary && !given.days[day]?.order) return []
    const alike = new Map<string, SingleDays>()
    const add = (key: string, one: Omit<SingleDays, 'dayClass' | 'count'>, count: number) => {
      const before = alike.get(key)?.count ?? 0
      if (count > 0) alike.set(key, { ...one, dayClass, count: before + count })
    }
    for (const { team, away } of given.officers) {
      const from = given.teams[team]?.base ?? 0
      add(`${from}`, { from, kit: undefined }, days.filter(on => away[on] === 0).length)
    }
    for (const { store, speed, officers, away } of given.kits)
      add(
        `${store}/${speed}/${officers}`,
        { from: store, kit: { speed, officers } },
        days.filter(on => away[on] === 0).length,
      )
    return [...alike.values()]
  })
}
