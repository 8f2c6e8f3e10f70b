import type { Compiled } from '../solving/compile.ts'
import type { BoundWeights } from './route-columns.ts'
import type { DayClass, KitClass } from './team-day-classes.ts'

/**
 * What so many visits of a site can save at most. A visit is whole, though shares of routes are used in the relaxation:
 * one and a half visits save no more than halfway between what one and two save.
 */

/** A visit by the largest team with the most kits in the longest shift. */
type LargestVisit = {
  readonly officerMinutes: number
  readonly kitMinutes: number
  readonly officersAKitMinute: number
}

type Piece = { readonly minutes: number; readonly worth: number }

/** By site: what the first visit saves at most, what the second one adds, and so on until everybody is served. */
export function visitLevels(
  given: Compiled,
  { dayClasses, kits, weights }: { dayClasses: readonly DayClass[]; kits: readonly KitClass[]; weights: BoundWeights },
): readonly (readonly number[])[] {
  const officers = Math.max(...given.teams.map(one => one.officers.length))
  const { speed, busy } = mostKits(kits, officers)
  return given.sites.map((_, site) => {
    const long = longestShift(given, dayClasses, site)
    const visit = {
      officerMinutes: officers * long,
      kitMinutes: speed * long,
      officersAKitMinute: speed > 0 ? busy / speed : 0,
    }
    const [byKit, byOfficer] = [true, false].map(isByKit => piecesOf(given, site, { isByKit, weights })) as [
      Piece[],
      Piece[],
    ]
    const all = [...byKit, ...byOfficer].reduce((sum, { minutes, worth }) => sum + minutes * worth, 0)
    const levels: number[] = []
    for (let [visits, before] = [1, 0]; long > 0 && before < all * (1 - 1e-9) && visits <= 1000; visits++) {
      const most = savedBy(visits, visit, byKit, byOfficer)
      levels.push(most - before)
      before = most
    }
    return levels
  })
}

/** The most that kits of one store do in a minute beside so many officers, and the fewest officers that takes. */
function mostKits(kits: readonly KitClass[], officers: number): { readonly speed: number; readonly busy: number } {
  let speed = 0
  for (const of of Map.groupBy(kits, one => one.store).values()) {
    const single = of.flatMap(one => Array.from({ length: one.most }, () => one)).sort((a, b) => b.speed - a.speed)
    let [here, left] = [0, officers]
    for (const one of single) {
      if (one.officers > left) continue
      left -= one.officers
      here += one.speed
    }
    speed = Math.max(speed, here)
  }
  const fewest = Math.min(...kits.map(one => one.officers / one.speed), Number.POSITIVE_INFINITY)
  return { speed, busy: speed > 0 ? fewest * speed : 0 }
}

function longestShift({ shifts }: Compiled, dayClasses: readonly DayClass[], site: number): number {
  let longest = 0
  for (const { openFrom, openTo } of dayClasses)
    for (let at = site * shifts.length; at < (site + 1) * shifts.length; at++)
      longest = Math.max(longest, (openTo[at] as number) - (openFrom[at] as number))
  return longest
}

/** Minutes of the people of a site and what one is worth, the dearest first. */
function piecesOf(
  { sites, demands }: Compiled,
  site: number,
  { isByKit, weights }: { readonly isByKit: boolean; readonly weights: BoundWeights },
): Piece[] {
  const pieces = (sites[site]?.demands ?? []).flatMap((at): Piece[] => {
    const one = demands[at]
    if (!one || one.byKit !== isByKit || one.people === 0) return []
    const saved = weights.unservedPerson + (one.lastDay >= 0 ? weights.latePerson : 0)
    return saved > 0 ? [{ minutes: one.people * one.minutesEach, worth: saved / one.minutesEach }] : []
  })
  return pieces.sort((a, b) => b.worth - a.worth)
}

/** The most worth in so many minutes. */
function worthOf(pieces: readonly Piece[], minutes: number): number {
  let [left, worth] = [Math.max(0, minutes), 0]
  for (const piece of pieces) {
    const taken = Math.min(left, piece.minutes)
    worth += taken * piece.worth
    left -= taken
  }
  return worth
}

/** Minutes of kits and of the other officers are shared out as is best: it turns where either has served a piece. */
function savedBy(
  visits: number,
  { officerMinutes, kitMinutes, officersAKitMinute }: LargestVisit,
  byKit: readonly Piece[],
  byOfficer: readonly Piece[],
): number {
  const [officers, kits] = [visits * officerMinutes, visits * kitMinutes]
  const turns = [0, kits]
  for (const sum of runningSums(byKit)) turns.push(sum)
  if (officersAKitMinute > 0)
    for (const sum of [0, ...runningSums(byOfficer)]) turns.push((officers - sum) / officersAKitMinute)
  let most = 0
  for (const turn of turns) {
    const byKits = Math.max(0, Math.min(turn, kits))
    most = Math.max(most, worthOf(byKit, byKits) + worthOf(byOfficer, officers - byKits * officersAKitMinute))
  }
  return most
}

/** Minutes of the first piece, of the first two, and so on. */
function runningSums(pieces: readonly Piece[]): number[] {
  let sum = 0
  return pieces.map(({ minutes }) => {
    sum += minutes
    return sum
  })
}
