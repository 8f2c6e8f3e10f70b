import { type Day, dayAfter } from '../../platform/day.ts'

/**
 * Numbers of working days. An event on a day off counts as on the next working day; a query on a day off is as of the
 * last one, so that no wait is longer than it was.
 */
export type WorkingTime = {
  /** The number of the working day on which what happened on `day` counts. */
  happened(day: Day): number
  /** The number of the last working day up to and with `day`. */
  passed(day: Day): number
  /** The working day of a number. */
  dayOf(number: number): Day
}

/** Counts from `from`, which must not lie after any day that is queried; days before it have its number. */
export function openWorkingTime(isWorkingDay: (day: Day) => boolean, from: Day, to: Day): WorkingTime {
  const passed = new Map<Day, number>()
  const working: Day[] = []
  const add = (day: Day) => {
    if (isWorkingDay(day)) working.push(day)
    passed.set(day, working.length - 1)
  }
  let next = from
  const reach = (day: Day) => {
    for (; next <= day; next = dayAfter(next)) add(next)
  }
  reach(to)
  const passedOn = (day: Day) => {
    if (day >= next) reach(day)
    return passed.get(day) ?? -1
  }
  return {
    passed: passedOn,
    happened: day => {
      const number = passedOn(day)
      return number >= 0 && working[number] === day ? number : day < from ? 0 : number + 1
    },
    dayOf: number => {
      while (working.length <= number) reach(next)
      return working[Math.max(0, number)] ?? from
    },
  }
}
