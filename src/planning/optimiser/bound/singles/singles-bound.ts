import type { Compiled } from '../../solving/compile.ts'
import type { BoundWeights } from '../route-columns.ts'
import { climbPrices, copyOf, takePrices } from './climb-prices.ts'
import type { SinglePrices, SinglesDual } from './singles-dual.ts'

/**
 * The bound in which each officer and each kit goes by itself: a small problem even for a province, since a day of one
 * is chosen without knowing the others, and strong where teams can be had and kits or hours are short.
 */

/** Of what a minute is worth if a person is served in it: levels of prices that are tried first. */
const levels: readonly number[] = [0.3, 0.03, 0.003]
const stepsOfTrial = 15

export type SinglesOptions = {
  readonly weights: BoundWeights
  /** 0 to 1 of the time or the work; at 1 it ends. Asked before each step. */
  readonly progress: (steps: number) => number
  readonly onStep?: (best: number) => void
}

/** Leaves the prices that prove most in the dual, for the next question. */
export function singlesBound(given: Compiled, dual: SinglesDual, options: SinglesOptions): number {
  const { weights, progress, onStep } = options
  dual.takeWeights(weights)
  let [people, minutes] = [0, 0]
  for (const one of given.demands) {
    people += one.people
    minutes += one.people * one.minutesEach
  }
  if (people === 0) return 0
  const worthOfMinute = ((weights.latePerson + weights.unservedPerson) * people) / Math.max(1, minutes)
  // Prices of 0 prove that nothing costs less than nothing.
  let [best, steps] = [0, 0]
  const told = (bound: number) => {
    best = Math.max(best, bound)
    onStep?.(best)
  }
  let chosen: { readonly level: number; readonly bound: number; readonly prices: SinglePrices } | undefined
  for (const share of levels) {
    const level = share * worthOfMinute
    for (const list of Object.values(dual.prices)) list.fill(0)
    dual.prices.byKit.fill(level)
    const isOver = () => progress(steps++) >= 1
    const bound = climbPrices(dual, { level, progress: at => (isOver() ? 1 : at / stepsOfTrial), onStep: told })
    if (!chosen || bound > chosen.bound) chosen = { level, bound, prices: copyOf(dual.prices) }
  }
  if (!chosen) return best
  takePrices(dual, chosen.prices)
  const begun = progress(steps)
  const sinceBegun = () => {
    const now = progress(steps++)
    return now >= 1 ? 1 : (now - begun) / Math.max(1e-9, 1 - begun)
  }
  climbPrices(dual, { level: chosen.level, progress: sinceBegun, onStep: told })
  return best
}
