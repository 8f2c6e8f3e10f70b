import { addDays, type Day, daysBetween } from '../../../../src/platform/day.ts'

export type Point = { readonly day: string; readonly total: number }

export type CourseGiven = {
  readonly days: readonly Point[]
  readonly plan: readonly Point[]
  readonly target: number | null
  readonly dueOn: string | null
  readonly high: number | null
}

export type Scale = {
  readonly first: Day
  readonly last: Day
  readonly top: number
  readonly x: (day: string) => number
  readonly y: (total: number) => number
}

/**
 * Where days and totals lie on a drawing: zero at the bottom, a little air above the highest. The due day is its right
 * edge, or the last day where that is later.
 */
export function scaleOf({ days, plan, target, dueOn, high }: CourseGiven, width: number, height: number): Scale {
  const first = days[0]!.day as Day
  const last = [days.at(-1)!.day, dueOn ?? '', ...plan.map(({ day }) => day)].toSorted().at(-1) as Day
  const top = Math.max(1, target ?? 0, high ?? 0, ...days.map(({ total }) => total), ...plan.map(({ total }) => total))
  const span = Math.max(1, daysBetween(first, last))
  return {
    first,
    last,
    top,
    x: day => (Math.max(0, daysBetween(first, day as Day)) / span) * width,
    y: total => height - (total / (top * 1.06)) * height,
  }
}

/** At most three lines of the grid, at 1, 2 or 5 times a power of ten, the highest below the top. */
export function gridOf(top: number): number[] {
  const step =
    [1, 2, 5, 10].map(times => times * 10 ** Math.floor(Math.log10(top / 3.2))).find(size => top / size <= 4) ?? top
  if (step < 1) return top > 1 ? [Math.floor(top)] : []
  return [1, 2, 3].map(times => times * step).filter(value => value < top * 0.9)
}

/** The firsts of months between two days, thinned until no more than so many stand. */
export function monthsOf(first: Day, last: Day, most: number): Day[] {
  const found: Day[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) if (day.endsWith('-01')) found.push(day)
  const step = Math.max(1, Math.ceil(found.length / Math.max(1, most)))
  return found.filter((_, at) => at % step === 0)
}
