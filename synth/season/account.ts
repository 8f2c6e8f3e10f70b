import { tries, wait } from './chance.ts'
import { firstDay, type SeasonWorld, type Slow, workingAfter } from './world.ts'

/**
 * An account asked for with the card is looked at by itself; where the file came back it often waits for the second
 * capture too.
 */
export function accountApprovedFrom(captured: number, isReturned: boolean, world: SeasonWorld, slow: Slow): number {
  const { random, parameters } = world
  const { median, spread, returned, longer } = parameters.accountApproval
  const first = wait(random, median * slow.approval, spread)
  const comesBack = random.chance(returned) || (isReturned && random.chance(0.5))
  return workingAfter(captured, first + (comesBack ? wait(random, longer.median, longer.spread) : 0), world)
}

/**
 * When each of a school's pupils activates: some at once, some late, most at a desk that comes to the school (Infinity:
 * none does), many never.
 */
export function activations(
  approved: readonly (number | undefined)[],
  desk: number,
  world: SeasonWorld,
  slow: Slow,
): (number | undefined)[] {
  const { random, parameters } = world
  const { ready, readyWithin } = parameters.activation
  return approved.map(at => {
    if (at === undefined) return undefined
    if (random.chance(ready)) return at + tries(random, 1 / (readyWithin * slow.activation))
    return lateActivation(at, desk, world, slow)
  })
}

/** When someone activates who did not at once: on a day of their own, or at the desk, or not within the season. */
export function lateActivation(from: number, desk: number, world: SeasonWorld, slow: Slow): number | undefined {
  const { later, deskSuccess } = world.parameters.activation
  const own = firstDay(from, later / slow.activation, world, 'account', desk)
  if (own !== undefined || desk === Infinity) return own
  if (desk > from && world.random.chance(deskSuccess)) return desk
  return firstDay(Math.max(from, desk), later / slow.activation, world, 'account')
}
