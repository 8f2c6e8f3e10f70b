import { asDay, weekday } from '../../platform/day.ts'
import type { HourSpan, InstanceDay, InstanceSite } from '../optimiser/instance.ts'

/** Hours of a day as whole minutes since midnight; the end of a stretch is not in it. */
export type CheckedStretch = { readonly from: number; readonly to: number }

/** Reads HH:MM, 00:00 to 24:00; the shape of the file has made sure of it. */
export const readMinute = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))

/** As a file writes it. */
export const writeMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export const readStretch = ([from, to]: HourSpan): CheckedStretch => ({ from: readMinute(from), to: readMinute(to) })

/** In order; stretches that touch or overlap become one. */
export function mergeStretches(stretches: readonly CheckedStretch[]): CheckedStretch[] {
  const merged: CheckedStretch[] = []
  for (const next of stretches.filter(({ from, to }) => from < to).sort((one, other) => one.from - other.from)) {
    const last = merged.at(-1)
    if (last && next.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) }
    else merged.push(next)
  }
  return merged
}

/** What of the stretches lies in none of the holes. */
export function cutOut(stretches: readonly CheckedStretch[], holes: readonly CheckedStretch[]): CheckedStretch[] {
  return mergeStretches(holes).reduce<CheckedStretch[]>(
    (left, hole) =>
      left.flatMap(({ from, to }) =>
        [
          { from, to: Math.min(to, hole.from) },
          { from: Math.max(from, hole.to), to },
        ].filter(part => part.from < part.to),
      ),
    [...stretches],
  )
}

export const totalMinutes = (stretches: readonly CheckedStretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0)

export const liesWithin = (inner: CheckedStretch, outer: CheckedStretch): boolean =>
  outer.from <= inner.from && inner.to <= outer.to

export const meets = (one: CheckedStretch, other: CheckedStretch): boolean => one.from < other.to && other.from < one.to

/** Rule 5: the minutes of one officer that lie neither in ordinary hours nor in a break. */
export const overtimeWithin = (away: CheckedStretch, { ordinary, breaks }: InstanceDay): number =>
  totalMinutes(cutOut([away], [...ordinary, ...breaks].map(readStretch)))

/** The stretches in which a site is open on a day: its open hours, without what is closed after all. */
export function openStretches(site: InstanceSite, day: string): CheckedStretch[] {
  const onDay = weekday(asDay(day))
  const open = site.open
    .filter(({ from, to, weekdays }) => from <= day && day <= to && (weekdays?.includes(onDay) ?? true))
    .flatMap(({ hours }) => hours.map(readStretch))
  const closed = site.closed
    .filter(({ from, to }) => from <= day && day <= to)
    .map(({ hours }) => readStretch(hours ?? ['00:00', '24:00']))
  return cutOut(mergeStretches(open), closed)
}
