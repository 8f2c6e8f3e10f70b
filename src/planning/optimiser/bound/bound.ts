import type { Compiled } from '../solving/compile.ts'
import { firstColumns } from './first-columns.ts'
import { limitsOf, loadSolver, Master, pricesOf } from './master.ts'
import { type BoundWeights, Pricer, type Prices, type RouteColumn, type TeamDayColumn } from './pricing.ts'
import { classDays, classKits, classTeamDays, lastDaysOf, type TeamDayClass } from './team-day-classes.ts'

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
  /** Whether a quick round is the last one. */
  readonly isLastQuick?: (round: number) => boolean
  /** Columns of an earlier run with other weights, to begin with. */
  readonly columns?: readonly TeamDayColumn[]
  /** What ends a run of the linear programme: only iterations are the same again on another machine. */
  readonly endsBy: 'seconds' | 'iterations'
}

export type BoundResult = BoundRound & { readonly columns: readonly TeamDayColumn[] }

/** The linear programme and the bound are this near, as a share: no round would prove more. */
const closeEnough = 1e-4

/** Of the best route by the prices: what another one of the same team-day has to be worth to be added too. */
const nearlyAsGood = 0.9

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
  const master = new Master(highs, given, { dayClasses, limits, weights, lastDays })
  const everybody = given.demands.reduce(
    (sum, { people }) => sum + people * (weights.latePerson + weights.unservedPerson),
    0,
  )
  const columns: TeamDayColumn[] = [
    ...(options.columns ?? firstColumns(given, { dayClasses, teamDays, kits, totals: pricer.totals })),
  ]
  let center: Float64Array = new Float64Array(limits.rows.count)
  let [best, rounds, closed] = [Number.NEGATIVE_INFINITY, 0, false]
  let duals: Float64Array = center
  let value = Number.POSITIVE_INFINITY
  try {
    if (columns.length > 0) {
      master.add(columns)
      const solved = master.solve(endsBy)
      if (solved) [duals, value, center] = [solved.duals, everybody + solved.value, solved.duals]
    }
    let stillness = 0
    let isQuick = true
    let quickBest = Number.NEGATIVE_INFINITY
    let before = value
    while (options.goOn(rounds)) {
      rounds += 1
      const share = rounds < 3 ? 0 : Math.max(0, 0.6 - 0.3 * stillness)
      const at = duals.map((dual, row) => share * (center[row] ?? 0) + (1 - share) * dual)
      pricer.width = isQuick ? 8 : Number.POSITIVE_INFINITY
      const { bound, found } = priceAll(pricer, {
        teamDays,
        limits,
        duals: at,
        everybody,
        columns,
        lastDays,
        isExact: !isQuick,
      })
      if (isQuick && bound > quickBest) {
        quickBest = bound
        center = at
        stillness = 0
      } else if (!isQuick && bound > best) {
        best = bound
        center = at
        stillness = 0
      } else stillness += 1
      const added = master.add(found)
      columns.push(...found)
      const solved = master.solve(endsBy)
      if (solved) {
        duals = solved.duals
        value = everybody + solved.value
      }
      closed = value - best <= closeEnough * Math.abs(best)
      if (isQuick) {
        const isStill = added === 0 || (rounds > 6 && before - value < 0.0005 * Math.abs(value))
        if (isStill || options.isLastQuick?.(rounds)) isQuick = false
      } else {
        options.onRound?.({ bound: best, rounds, closed })
        if (closed || (added === 0 && share === 0)) break
      }
      before = value
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
    isExact,
  }: {
    teamDays: readonly TeamDayClass[]
    limits: ReturnType<typeof limitsOf>
    duals: Float64Array
    everybody: number
    columns: readonly TeamDayColumn[]
    lastDays: readonly number[]
    isExact: boolean
  },
): { bound: number; found: TeamDayColumn[] } {
  const prices = pricesOf(limits, duals)
  const { rows, upper } = limits
  let bound = everybody - peopleValue(pricer, prices, lastDays)
  for (let row = rows.kits; row < rows.count; row++) bound -= (duals[row] ?? 0) * (upper[row] ?? 0)
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
    for (const [base, alike] of Map.groupBy(members, at => teamDays[at]?.base ?? 0)) {
      const most = Math.max(...alike.map(at => teamDays[at]?.officers ?? 0))
      const offers: { readonly officers: number; readonly value: number; readonly column?: RouteColumn | undefined }[] =
        []
      // A crew that is worth less than one of no more officers does not count; nearly as much makes a column.
      let [best, officers] = [0, 0]
      for (const crew of pricer.crewsOf(base, most)) {
        if (!isExact && !crew.isUsual) continue
        while (officers < crew.officers) {
          officers += 1
          const known = knownBest.get(keyOf(base, dayClass, officers)) ?? 0
          if (known > 0) offers.push({ officers, value: known })
          best = Math.max(best, known)
        }
        const offer = pricer.best(base, dayClass, crew, prices, isExact ? best : best * nearlyAsGood)
        if (offer.value <= (isExact ? best : best * nearlyAsGood) + 1e-9) continue
        offers.push({ officers: crew.officers, ...offer })
        best = Math.max(best, offer.value)
      }
      for (const teamDay of alike) {
        const { officers, count } = teamDays[teamDay] as TeamDayClass
        const possible = offers.filter(one => one.officers <= officers).sort((a, b) => b.value - a.value)
        bound -= count * (possible[0]?.value ?? 0)
        const price = duals[rows.teamDays + teamDay] ?? 0
        for (const { column, value } of possible.slice(0, 8))
          if (column && value > price * nearlyAsGood) found.push({ column, teamDay })
      }
    }
  }
  return { bound, found }
}

/** Of each person the most that is saved in any period, less what the minutes there are worth. */
function peopleValue({ given, weights }: Pricer, { minutes }: Prices, lastDays: readonly number[]): number {
  const sites = given.sites.length
  let value = 0
  for (const { people, site, byKit, minutesEach, lastDay } of given.demands) {
    let best = 0
    for (let period = 0; period < lastDays.length; period++) {
      const saved = weights.unservedPerson + ((lastDays[period] ?? 0) <= lastDay ? weights.latePerson : 0)
      const price = minutes[(period * 2 + (byKit ? 0 : 1)) * sites + site] ?? 0
      best = Math.max(best, saved - price * minutesEach)
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
