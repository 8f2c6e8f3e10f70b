import type { SinglePrices, SinglesDual } from './singles-dual.ts'

/**
 * Prices climb toward those that prove most: steps of one size for each price whose direction stays, smaller where it
 * changes (Adam, Kingma and Ba 2015), while the stand-in becomes less smooth.
 */

const [keepDirection, keepSize] = [0.9, 0.98]

/** As shares of the level of prices: steps and heat at the beginning and at the end. */
const [firstStep, lastStep] = [0.15, 0.003]
const [firstHeat, lastHeat] = [9, 0.09]

/** A rest day is worth some hundred minutes. */
const minutesOfRestDay = 200

const names = ['byKit', 'byOfficer', 'orders', 'months', 'years', 'rests'] as const

export const copyOf = (prices: SinglePrices): SinglePrices => ({
  byKit: prices.byKit.slice(),
  byOfficer: prices.byOfficer.slice(),
  orders: prices.orders.slice(),
  months: prices.months.slice(),
  years: prices.years.slice(),
  rests: prices.rests.slice(),
})

export function takePrices({ prices }: SinglesDual, from: SinglePrices): void {
  for (const name of names) prices[name].set(from[name])
}

export type Climb = {
  /** The usual price of a minute. */
  readonly level: number
  /** 0 to 1: how far the climb is; at 1 it ends. Asked before each step. */
  readonly progress: (steps: number) => number
  readonly onStep?: (best: number) => void
}

/** From the prices as they are; leaves the best ones there. Gives what they prove. */
export function climbPrices(dual: SinglesDual, { level, progress, onStep }: Climb): number {
  const lists = names.map(name => {
    const [prices, rise] = [dual.prices[name], dual.rise[name]]
    const unit = name === 'rests' ? minutesOfRestDay : 1
    return { prices, rise, unit, direction: new Float64Array(prices.length), size: new Float64Array(prices.length) }
  })
  let [best, bestPrices] = [Number.NEGATIVE_INFINITY, copyOf(dual.prices)]
  for (let step = 1; ; step++) {
    const done = progress(step - 1)
    if (done >= 1) break
    const bound = dual.reckon(level * firstHeat * (lastHeat / firstHeat) ** done)
    if (bound > best) [best, bestPrices] = [bound, copyOf(dual.prices)]
    onStep?.(best)
    const length = level * firstStep * (lastStep / firstStep) ** done
    const [ofDirection, ofSize] = [1 - keepDirection ** step, 1 - keepSize ** step]
    for (const { prices, rise, unit, direction, size } of lists)
      for (let at = 0; at < prices.length; at++) {
        const now = rise[at] as number
        const toward = keepDirection * (direction[at] as number) + (1 - keepDirection) * now
        const square = keepSize * (size[at] as number) + (1 - keepSize) * now * now
        direction[at] = toward
        size[at] = square
        if (square === 0) continue
        const change = (length * unit * (toward / ofDirection)) / Math.sqrt(square / ofSize)
        prices[at] = Math.max(0, (prices[at] as number) + change)
      }
  }
  takePrices(dual, bestPrices)
  return best
}
