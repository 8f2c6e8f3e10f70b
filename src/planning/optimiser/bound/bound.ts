import type { Compiled } from '../solving/compile.ts'
import { firstColumns } from './first-columns.ts'
import { firstPrices } from './first-prices.ts'
import { limitsOf, loadSolver, Master, pricesOf } from './master.ts'
import { type CrewOffer, Pricer } from './pricing.ts'
import type { BoundWeights, Prices, TeamDayColumn } from './route-columns.ts'
import { classDays, classKits, classTeamDays, lastDaysOf, type TeamDayClass } from './team-day-classes.ts'
import { visitLevels } from './visit-levels.ts'

/**
 * The lower bound (docs/planning.md): prices from a linear programme over routes, each better than the last ones, and
 * for any prices the sum over team-days of their best route is a bound. Prices move from the best ones so far toward
 * those of the linear programme, which makes them swing less.
 */

export type BoundRound = { readonly bound: number; readonly rounds: number; readonly closed: boolean }

export type BoundOptions = {
  readonly weights: BoundWeights
  /** Before each round: whether it is to be made. */
  readonly goOn: (round: number) => boolean
  readonly onRound?: (round: BoundRound) => void
  /** Columns of an earlier run with other weights, to begin with. */
  readonly columns?: readonly TeamDayColumn[]
  /** What ends a run of the linear programme: only iterations are the same again on another machine. */
  readonly endsBy: 'seconds' | 'iterations'
}

export type BoundResult = BoundRound & { readonly columns: readonly TeamDayColumn[] }

/** The linear programme and the bound are this near, as a share: no round would prove more. */
const closeEnough = 1e-4

/** Of the best route by the prices: what another one of the same team-day has to be worth to be added too. */
const nearlyAsGood = 0.995

/** Columns of a team-day class that a round adds. */
const mostColumns = 12

/** Steps toward the best prices so far where the linear programme has nothing new. */
const mostDeadEnds = 4

/** How near the prices stay to the best ones so far: the nearer the bound comes to the linear programme, the less. */
const shareOfCentre = (value: number, bound: number): number =>
  Number.isFinite(value) && Number.isFinite(bound) ? Math.max(0, Math.min(0.9, (value - bound) / Math.abs(value))) : 0

export async function lowerBound(given: Compiled, options: BoundOptions): Promise<BoundResult> {
  const { weights, endsBy } = options
  const people = given.demands.reduce((sum, one) => sum + one.people, 0)
  if (people === 0 || given.teams.length === 0) {
    const bound = people * (weights.latePerson + weights.unservedPerson)
    options.onRound?.({ bound, rounds: 1, closed: true })
    return { bound, rounds: 1, closed: true, columns: [] }
  }
  const highs = await loadSolver()
  const dayClasses = classDays(given)
  const teamDays = classTeamDays(given, dayClasses)
  const kits = classKits(given, dayClasses)
  const lastDays = lastDaysOf(given)
  const limits = limitsOf(given, { dayClasses, teamDays, kits, periods: lastDays.length })
  const pricer = new Pricer(given, dayClasses, kits, { weights, totals: totalsOf(given, lastDays, weights) })
  const levels = visitLevels(given, { dayClasses, kits, weights })
  const master = new Master(highs, given, { dayClasses, limits, weights, lastDays, levels })
  const everybody = given.demands.reduce(
    (sum, { people }) => sum + people * (weights.latePerson + weights.unservedPerson),
    0,
  )
  const columns: TeamDayColumn[] = [
    ...(options.columns ?? firstColumns(given, { dayClasses, teamDays, kits, totals: pricer.totals })),
  ]
  const priced = { teamDays, limits, everybody, lastDays, levels }
  let center: Float64Array = new Float64Array(limits.rows.count)
  let [best, rounds, closed] = [Number.NEGATIVE_INFINITY, 0, false]
  let duals: Float64Array = center
  let value = Number.POSITIVE_INFINITY
  try {
    master.add(columns)
    for (const at of firstPrices(given, { dayClasses, limits, weights })) {
      if (!options.goOn(rounds)) break
      const { bound, found } = priceAll(pricer, { ...priced, duals: at, columns })
      master.add(found)
      columns.push(...found)
      if (bound > best) [best, center] = [bound, at]
      options.onRound?.({ bound: best, rounds, closed })
    }
    const begun = columns.length > 0 ? master.solve(endsBy) : undefined
    if (begun) [duals, value] = [begun.duals, everybody + begun.value]
    let [pull, deadEnds] = [best > 0 ? 1 : 0, 0]
    while (options.goOn(rounds)) {
      rounds += 1
      const share = deadEnds > 0 ? 1 - 0.5 ** deadEnds : pull * shareOfCentre(value, best)
      const at = duals.map((dual, row) => share * (center[row] ?? 0) + (1 - share) * dual)
      const { bound, found } = priceAll(pricer, { ...priced, duals: at, columns })
      const isBetter = bound > best + closeEnough * Math.abs(best)
      if (bound > best) [best, center] = [bound, at]
      const added = master.add(found)
      columns.push(...found)
      const solved = master.solve(endsBy)
      if (solved) [duals, value] = [solved.duals, everybody + solved.value]
      closed = value - best <= closeEnough * Math.abs(best)
      options.onRound?.({ bound: best, rounds, closed })
      pull = added === 0 ? 0 : isBetter ? 1 : pull / 2
      // The linear programme has nothing new to say: nearer to the best prices something may be proved still.
      deadEnds = added === 0 && (share === 0 || deadEnds > 0) && !isBetter ? deadEnds + 1 : 0
      if (closed || deadEnds > mostDeadEnds) break
    }
  } finally {
    master.dispose()
  }
  return { bound: best, rounds, closed, columns }
}

function priceAll(
  pricer: Pricer,
  {
    teamDays,
    limits,
    duals,
    everybody,
    columns,
    lastDays,
    levels,
  }: {
    teamDays: readonly TeamDayClass[]
    limits: ReturnType<typeof limitsOf>
    duals: Float64Array
    everybody: number
    columns: readonly TeamDayColumn[]
    lastDays: readonly number[]
    levels: readonly (readonly number[])[]
  },
): { bound: number; found: TeamDayColumn[] } {
  const prices = pricesOf(limits, duals)
  const { rows, upper } = limits
  let bound = everybody - peopleValue(pricer, prices, lastDays)
  for (let row = rows.kits; row < rows.visits; row++) bound -= (duals[row] ?? 0) * (upper[row] ?? 0)
  levels.forEach((ofSite, site) => {
    const [share, visit] = [prices.shares[site] as number, prices.visits[site] as number]
    for (const most of ofSite) bound -= Math.max(0, share * most - visit)
  })
  const found: TeamDayColumn[] = []
  // What is known already: only what is better is looked for.
  const knownBest = new Map<string, number>()
  const keyOf = (base: number, dayClass: number, officers: number) => `${base}/${dayClass}/${officers}`
  for (const { column } of columns) {
    const key = keyOf(column.base, column.dayClass, column.officers)
    knownBest.set(key, Math.max(knownBest.get(key) ?? 0, pricer.valueOf(column, prices)))
  }
  const byClass = Map.groupBy(teamDays.keys(), at => teamDays[at]?.dayClass ?? 0)
  for (const [dayClass, members] of byClass) {
    pricer.takeDayClass(dayClass, prices)
    for (const teamDay of members) {
      const { base, officers: most, count } = teamDays[teamDay] as TeamDayClass
      let best = 0
      for (let officers = 1; officers <= most; officers++)
        best = Math.max(best, knownBest.get(keyOf(base, dayClass, officers)) ?? 0)
      const offers: CrewOffer['columns'][number][] = []
      // The largest crews first: what others are worth at most is then mostly known to be less.
      for (const crew of pricer.crewsOf(base, most)) {
        const offer = pricer.best(base, dayClass, crew, prices, best * nearlyAsGood)
        offers.push(...offer.columns)
        best = Math.max(best, offer.value)
      }
      bound -= count * best
      const price = duals[rows.teamDays + teamDay] ?? 0
      offers.sort((one, other) => other.value - one.value)
      for (const { column, value } of offers.slice(0, mostColumns))
        if (value > price * nearlyAsGood) found.push({ column, teamDay })
    }
  }
  return { bound, found }
}

/** Of each person the most that is saved in any period, less what the minutes there are worth. */
function peopleValue({ given, weights }: Pricer, { minutes, shares }: Prices, lastDays: readonly number[]): number {
  const sites = given.sites.length
  let value = 0
  for (const { people, site, byKit, minutesEach, lastDay } of given.demands) {
    let best = 0
    for (let period = 0; period < lastDays.length; period++) {
      const saved = weights.unservedPerson + ((lastDays[period] ?? 0) <= lastDay ? weights.latePerson : 0)
      const price = minutes[(period * 2 + (byKit ? 0 : 1)) * sites + site] ?? 0
      best = Math.max(best, saved * (1 - (shares[site] as number)) - price * minutesEach)
    }
    value += people * best
  }
  return value
}

/** By period × pool × site: minutes that its people take in all, of whoever saves anything there. */
function totalsOf(given: Compiled, lastDays: readonly number[], weights: BoundWeights): Float64Array {
  const sites = given.sites.length
  const totals = new Float64Array(lastDays.length * 2 * sites)
  for (const { people, site, byKit, minutesEach, lastDay } of given.demands)
    for (let period = 0; period < lastDays.length; period++) {
      if (weights.unservedPerson <= 0 && (lastDays[period] ?? 0) > lastDay) continue
      const at = (period * 2 + (byKit ? 0 : 1)) * sites + site
      totals[at] = (totals[at] ?? 0) + people * minutesEach
    }
  return totals
}
