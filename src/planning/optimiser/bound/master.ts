import loadHighs from 'highs'
import type { Compiled } from '../solving/compile.ts'
import type { BoundWeights, Prices, RouteColumn } from './route-columns.ts'
import type { DayClass, KitClass, TeamDayClass } from './team-day-classes.ts'

/**
 * The linear programme that sets prices: shares of routes, so that nobody is served twice and no team-day, kit, officer
 * is used beyond what there is. Solved by HiGHS, each time from where it stood.
 */

/** The package is CommonJS with an ES entry, whose types say neither. */
type LoadHighs = typeof import('highs').default
type Highs = Awaited<ReturnType<LoadHighs>>
type Model = ReturnType<Highs['createModel']>

export const loadSolver = (): Promise<Highs> => (loadHighs as unknown as LoadHighs)()

/** Where HiGHS does not come to an end; a province's programmes take some thousand iterations. */
const [mostSecondsARun, mostIterations] = [20, 500_000]

/** How the rows follow one another. */
export type MasterRows = {
  readonly people: number
  /** By period × pool × site: minutes that people take there are given by routes. */
  readonly minutes: number
  readonly teamDays: number
  readonly kits: number
  readonly months: number
  readonly years: number
  readonly rests: number
  readonly visits: number
  readonly shares: number
  readonly count: number
}

export type Limits = { readonly rows: MasterRows; readonly upper: Float64Array }

/** What there is of everything: people, team-days, kit-days, minutes of overtime, rest days. */
export function limitsOf(
  given: Compiled,
  {
    dayClasses,
    teamDays,
    kits,
    periods,
  }: {
    readonly dayClasses: readonly DayClass[]
    readonly teamDays: readonly TeamDayClass[]
    readonly kits: readonly KitClass[]
    readonly periods: number
  },
): Limits {
  const bases = given.places
  const { months, years } = given
  let next = 0
  const place = (count: number) => {
    const at = next
    next += count
    return at
  }
  const rows = {
    people: place(given.demands.length),
    minutes: place(periods * 2 * given.sites.length),
    teamDays: place(teamDays.length),
    kits: place(kits.length * dayClasses.length),
    months: place(bases * months.length),
    years: place(bases * years.length),
    rests: place(bases * months.length),
    visits: place(given.sites.length),
    shares: place(given.sites.length),
    count: next,
  }
  rows.count = next
  const upper = new Float64Array(rows.count)
  given.demands.forEach((one, at) => {
    upper[rows.people + at] = one.people
  })
  teamDays.forEach(({ count }, at) => {
    upper[rows.teamDays + at] = count
  })
  kits.forEach(({ counts }, kit) => {
    counts.forEach((count, dayClass) => {
      upper[rows.kits + kit * dayClasses.length + dayClass] = count
    })
  })
  const add = (row: number, amount: number) => {
    upper[row] = (upper[row] ?? 0) + Math.max(0, amount)
  }
  for (const { team, monthLeft, yearLeft, restLeft } of given.officers) {
    const base = given.teams[team]?.base ?? 0
    months.forEach((_, month) => {
      add(rows.months + base * months.length + month, monthLeft[month] ?? 0)
      add(rows.rests + base * months.length + month, restLeft[month] ?? 0)
    })
    years.forEach((_, year) => {
      add(rows.years + base * years.length + year, yearLeft[year] ?? 0)
    })
  }
  return { rows, upper }
}

export class Master {
  readonly #model: Model
  readonly #given: Compiled
  readonly #dayClasses: readonly DayClass[]
  readonly #limits: Limits
  readonly #weights: BoundWeights
  readonly #seen = new Set<string>()

  constructor(
    highs: Highs,
    given: Compiled,
    {
      dayClasses,
      limits,
      weights,
      lastDays,
      levels,
    }: {
      readonly dayClasses: readonly DayClass[]
      readonly limits: Limits
      readonly weights: BoundWeights
      readonly lastDays: readonly number[]
      readonly levels: readonly (readonly number[])[]
    },
  ) {
    this.#given = given
    this.#dayClasses = dayClasses
    this.#limits = limits
    this.#weights = weights
    this.#model = highs.createModel()
    this.#model.options.set({ output_flag: false, presolve: 'off', simplex_strategy: 4 })
    for (const most of limits.upper) this.#model.addRow(Number.NEGATIVE_INFINITY, most, { indices: [], values: [] })
    this.#addPeople(lastDays)
    levels.forEach((ofSite, site) => {
      for (const most of ofSite)
        this.#model.addCol(0, 0, 1, {
          indices: [limits.rows.visits + site, limits.rows.shares + site],
          values: [1, -most],
        })
    })
  }

  /** Shares of people in each period, by what they save there and the minutes that they take. */
  #addPeople(lastDays: readonly number[]): void {
    const { demands, sites } = this.#given
    const { rows } = this.#limits
    const { latePerson, unservedPerson } = this.#weights
    demands.forEach(({ people, site, byKit, minutesEach, lastDay }, demand) => {
      for (let period = 0; period < lastDays.length && people > 0; period++) {
        const saved = unservedPerson + ((lastDays[period] ?? 0) <= lastDay ? latePerson : 0)
        if (saved <= 0) continue
        const row = rows.minutes + (period * 2 + (byKit ? 0 : 1)) * sites.length + site
        this.#model.addCol(-saved, 0, people, {
          indices: [rows.people + demand, row, rows.shares + site],
          values: [1, minutesEach, saved],
        })
      }
    })
  }

  /** Adds the columns that are new; gives how many. */
  add(columns: readonly { readonly column: RouteColumn; readonly teamDay: number }[]): number {
    const [costs, starts, indices, values]: [number[], number[], number[], number[]] = [[], [], [], []]
    for (const { column, teamDay } of columns) {
      const { officers, minutes, kits, gives } = column
      const key = JSON.stringify([
        teamDay,
        officers,
        minutes.toFixed(1),
        kits,
        gives.map(([at, of, long]) => [at, of, long.toFixed(1)]),
      ])
      if (this.#seen.has(key)) continue
      this.#seen.add(key)
      starts.push(indices.length)
      costs.push(this.#weights.minute * column.minutes)
      // A route that comes to a site again has it once.
      const entries = new Map<number, number>()
      for (const [row, amount] of this.#entriesOf(column, teamDay)) entries.set(row, (entries.get(row) ?? 0) + amount)
      indices.push(...entries.keys())
      values.push(...entries.values())
    }
    if (costs.length === 0) return 0
    starts.push(indices.length)
    this.#model.addCols({
      cost: Float64Array.from(costs),
      lower: new Float64Array(costs.length),
      upper: new Float64Array(costs.length).fill(Number.POSITIVE_INFINITY),
      matrix: {
        format: 'csc',
        numRows: this.#limits.rows.count,
        numCols: costs.length,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    })
    return costs.length
  }

  #entriesOf(
    { base, dayClass, officers, kits, gives, stops, overtime }: RouteColumn,
    teamDay: number,
  ): [number, number][] {
    const { rows } = this.#limits
    const { months, years, days } = this.#given
    const today = days[this.#dayClasses[dayClass]?.day ?? 0]
    const { period } = this.#dayClasses[dayClass] as DayClass
    const sites = this.#given.sites.length
    const entries: [number, number][] = gives.map(([site, pool, minutes]) => [
      rows.minutes + (period * 2 + pool) * sites + site,
      -minutes,
    ])
    for (const { site } of stops) entries.push([rows.visits + site, -1])
    entries.push([rows.teamDays + teamDay, 1])
    for (const [kit, many] of kits) entries.push([rows.kits + kit * this.#dayClasses.length + dayClass, many])
    if (!today) return entries
    if (overtime > 0) {
      entries.push([rows.months + base * months.length + today.month, overtime])
      entries.push([rows.years + base * years.length + today.year, overtime])
    }
    if (today.isRest) entries.push([rows.rests + base * months.length + today.month, officers])
    return entries
  }

  /**
   * Prices of the rows, each 0 or more; undefined where HiGHS found none. By iterations it ends at the same point on
   * every machine; any prices prove something.
   */
  solve(by: 'seconds' | 'iterations'): { readonly value: number; readonly duals: Float64Array } | undefined {
    this.#model.options.set(
      by === 'seconds'
        ? { time_limit: this.#model.getRunTime() + mostSecondsARun }
        : { simplex_iteration_limit: mostIterations },
    )
    this.#model.run()
    const { rowDual } = this.#model.getSolution() as unknown as { rowDual: Float64Array }
    if (!rowDual || rowDual.length === 0) return undefined
    return {
      value: this.#model.getObjectiveValue(),
      duals: Float64Array.from(rowDual, dual => Math.max(0, -dual)),
    }
  }

  dispose(): void {
    this.#model.dispose()
  }
}

export const pricesOf = ({ rows }: Limits, duals: Float64Array): Prices => ({
  minutes: duals.subarray(rows.minutes, rows.teamDays),
  kits: duals.subarray(rows.kits, rows.months),
  months: duals.subarray(rows.months, rows.years),
  years: duals.subarray(rows.years, rows.rests),
  rests: duals.subarray(rows.rests, rows.visits),
  visits: duals.subarray(rows.visits, rows.shares),
  shares: duals.subarray(rows.shares, rows.count),
})
