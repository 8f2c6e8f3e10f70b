import { addDays, type Day, dayBefore } from '../platform/day.ts'
import { comparison, daysIn, lastOfDays } from './law.ts'

/**
 * What moved in the places of an activity, and in others. Pure: people are counted before. An effect is never proved
 * so; the numbers stand beside each other, with what else happened there.
 */

/** Some people of one place who became members on one day and have the thing since another, or lack it. */
export type PlaceCount = {
  readonly place: string
  readonly inOn: Day
  readonly hasOn: Day | null
  readonly people: number
}

/** Who lacked a thing on the eve of some days, and who of them got it in these days. */
export type PlaceMovement = { readonly lacking: number; readonly gained: number }
export type Change = { readonly before: PlaceMovement; readonly after: PlaceMovement }

export type EffectWindow = {
  /** The first of the days after, which is the activity's own. */
  readonly from: Day
  /** The last of them that is looked at; the business day where the window is not over. */
  readonly to: Day
  readonly days: number
}

const noMovement: PlaceMovement = { lacking: 0, gained: 0 }
const add = (a: PlaceMovement, b: PlaceMovement): PlaceMovement => ({
  lacking: a.lacking + b.lacking,
  gained: a.gained + b.gained,
})

/** The days looked at after an activity, up to `today`, and as many before it. */
export function windowOf(heldOn: Day, days: number, today: Day): EffectWindow {
  const last = lastOfDays(heldOn, days)
  const to = last < today ? last : today
  return { from: heldOn, to, days }
}

/** How many days of a window have been. */
export const daysSeen = ({ from, to }: EffectWindow): number => daysIn(from, to)

function movement(counts: readonly PlaceCount[], from: Day, to: Day): PlaceMovement {
  let [lacking, gained] = [0, 0]
  for (const { inOn, hasOn, people } of counts) {
    if (inOn >= from || (hasOn !== null && hasOn < from)) continue
    lacking += people
    if (hasOn !== null && hasOn <= to) gained += people
  }
  return { lacking, gained }
}

/** The same stretch of days before and after: as many before as have been seen. */
export function changeIn(counts: readonly PlaceCount[], window: EffectWindow): Change {
  const seen = daysSeen(window)
  return {
    before: movement(counts, addDays(window.from, -seen), dayBefore(window.from)),
    after: movement(counts, window.from, window.to),
  }
}

const rate = ({ lacking, gained }: PlaceMovement) => (lacking === 0 ? 0 : gained / lacking)

/** By how much the share of those who got it grew, from the days before to the days after. */
export const growth = ({ before, after }: Change): number => rate(after) - rate(before)

export const sumOfChanges = (changes: readonly Change[]): Change =>
  changes.reduce<Change>((sum, one) => ({ before: add(sum.before, one.before), after: add(sum.after, one.after) }), {
    before: noMovement,
    after: noMovement,
  })

const isLarge = ({ before, after }: Change) => Math.min(before.lacking, after.lacking) >= comparison.fewestPeople

export type Effect = {
  readonly here: Change
  /** Other places of the same kind without an activity in these days; absent where there are too few. */
  readonly elsewhere?: {
    readonly places: number
    readonly change: Change
    /** In how many of them the share grew by less than here. */
    readonly slower: number
  }
}

/**
 * Compares the places of an activity with places of the same kind that had none. Each of the others stands for what may
 * happen without one: that the share grew by less in 17 of 19 says more than an average does.
 */
export function compareEffect(
  counts: readonly PlaceCount[],
  window: EffectWindow,
  { held, others }: { readonly held: ReadonlySet<string>; readonly others: ReadonlySet<string> },
): Effect {
  const byPlace = Map.groupBy(counts, ({ place }) => place)
  const changeAt = (place: string) => changeIn(byPlace.get(place) ?? [], window)
  const here = sumOfChanges([...held].map(changeAt))
  const changes = [...others].map(changeAt).filter(isLarge)
  if (changes.length < comparison.fewestPlaces || !isLarge(here)) return { here }
  const slower = changes.filter(one => growth(one) < growth(here)).length
  return { here, elsewhere: { places: changes.length, change: sumOfChanges(changes), slower } }
}
