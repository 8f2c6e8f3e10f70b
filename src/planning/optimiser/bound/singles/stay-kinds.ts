import type { Compiled } from '../../solving/compile.ts'
import type { DayClass } from '../team-day-classes.ts'

/**
 * The links of which days are chained: a stay at a site for one shift or several that follow each other, which begins
 * the day or comes after another one, and ends it or is left for another one.
 */

/**
 * When a site is left for another one, packed up: after `from`, not after `to`; and how far from home it is. Both stays
 * of it know no more, so each may take the better end: the shorter the stretches, the less is given away.
 */
export type Handover = {
  readonly afterShift: number
  readonly from: number
  readonly to: number
  /** The way home takes more minutes than `nearer`, and no more than `farther`. */
  readonly nearer: number
  readonly farther: number
}

export type StayKind = {
  readonly firstShift: number
  readonly lastShift: number
  /** The handover by which the stay begins; -1: it begins the day. */
  readonly cameBy: number
  /** The handover by which it ends; -1: it ends the day. */
  readonly leavesBy: number
}

/** A pause in which packing up, the way and setting up have room: then nothing has to be known of the handover. */
const longPause = 90
/** Otherwise: stretches of so many minutes, from so long before a shift ends to so long after the next one begins. */
const [stretch, before, after] = [30, 60, 30]
/** Minutes of the way home at which stretches of it end. */
const waysHome: readonly number[] = [6, 15, 30]

export function handoversOf({ shifts, sites }: Compiled, dayClasses: readonly DayClass[]): Handover[] {
  return shifts.slice(0, -1).flatMap((shift, afterShift): Handover[] => {
    const next = shifts[afterShift + 1] as (typeof shifts)[number]
    let [closes, opens] = [0, Number.POSITIVE_INFINITY]
    for (const { openFrom, openTo } of dayClasses)
      for (let site = 0; site < sites.length; site++) {
        const at = site * shifts.length + afterShift
        if ((openTo[at] as number) > (openFrom[at] as number)) closes = Math.max(closes, openTo[at] as number)
        if ((openTo[at + 1] as number) > (openFrom[at + 1] as number))
          opens = Math.min(opens, openFrom[at + 1] as number)
      }
    const unbounded = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
    if (opens - closes >= longPause)
      return [{ afterShift, ...unbounded, nearer: unbounded.from, farther: unbounded.to }]
    const edges: number[] = []
    for (let at = shift.to - before + stretch; at < next.from + after; at += stretch) edges.push(at)
    const hours = stretchesBetween(edges)
    return stretchesBetween(waysHome).flatMap(([nearer, farther]) =>
      hours.map(([from, to]) => ({ afterShift, from, to, nearer, farther })),
    )
  })
}

const stretchesBetween = (edges: readonly number[]): (readonly [number, number])[] =>
  Array.from({ length: edges.length + 1 }, (_, at) => [
    edges[at - 1] ?? Number.NEGATIVE_INFINITY,
    edges[at] ?? Number.POSITIVE_INFINITY,
  ])

/** Every kind of stay, those of earlier shifts first. */
export function stayKinds({ shifts }: Compiled, handovers: readonly Handover[]): StayKind[] {
  const all = [-1, ...handovers.keys()]
  const afterShift = (handover: number) => handovers[handover]?.afterShift
  const kinds: StayKind[] = []
  for (let firstShift = 0; firstShift < shifts.length; firstShift++)
    for (let lastShift = firstShift; lastShift < shifts.length; lastShift++)
      for (const cameBy of all.filter(at => (afterShift(at) ?? -1) < firstShift))
        for (const leavesBy of all.filter(at => at < 0 || afterShift(at) === lastShift))
          kinds.push({ firstShift, lastShift, cameBy, leavesBy })
  return kinds
}
