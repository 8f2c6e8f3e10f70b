import loadHighs from 'highs'
import { overtimeWithin } from '../plan-check/hours.ts'
import {
  type Hop,
  notContained,
  type RouteShape,
  type ShapeCrew,
  type ShapeItem,
  shapesOf,
  subsetsOf,
  widestSpan,
} from './exact-routes.fixture.ts'
import type { InstanceDay, InstanceDemand, InstanceKit, InstanceTeam, PlanInstance } from './instance.ts'
import type { Plan, PlanLeg, PlannedRoute, PlannedSession } from './plan.ts'
import { planOfRoutes } from './plan-of-routes.fixture.ts'
import { hourOf } from './ways.fixture.ts'

/**
 * The optimum of a tiny instance, as a mixed integer programme over all shapes of routes: whether a route has the
 * shape, how many minutes each of its sessions takes, how many people of which demand it serves; all in whole numbers.
 *
 * The programme is first solved with divisible routes and people. Whatever uses a shape whose reduced cost is `width`
 * or more costs that much more than this bound, so only the shapes below are solved in whole numbers; where the best
 * plan of those lies within the width, no other can be better.
 */
export type ExactOptimum = {
  readonly plan: Plan
  /** No plan costs less. */
  readonly lower: number
  readonly shapes: number
}

type LoadHighs = typeof import('highs').default
type Highs = Awaited<ReturnType<LoadHighs>>
const highsOnce: { loaded?: Promise<Highs> } = {}
const loadOnce = () => {
  // The package is CommonJS with an ES entry, whose types say neither.
  highsOnce.loaded ??= (loadHighs as unknown as LoadHighs)()
  return highsOnce.loaded
}

export async function exactOptimum(instance: PlanInstance): Promise<ExactOptimum> {
  const highs = await loadOnce()
  const crews = crewsOf(instance)
  const all = crews.flatMap(crew => variantsOf(instance, crew))
  const divisible = solveFor(highs, instance, all, 'divisible')
  const costs = divisible.reducedCosts
  for (let width = Math.max(30, divisible.value * 0.01); ; width *= 3) {
    const chosen = all.filter((_, at) => (costs[at] ?? 0) < width)
    const isAll = chosen.length === all.length
    const byRoutes = solveFor(highs, instance, chosen, 'whole-routes')
    if (!byRoutes.routes) {
      if (isAll) throw new Error(`${instance.name}: no plan keeps what is locked`)
      continue
    }
    const best = bestOf(highs, instance, { chosen, byRoutes })
    const bound = isAll ? best.lower : Math.min(best.lower, divisible.value + width)
    if (isAll || best.plan.objective.total <= divisible.value + width)
      return { ...best, lower: bound, shapes: all.length }
  }
}

/**
 * Whole routes with divisible people are a bound, and their routes with whole people a plan. Where a person more or
 * less lies between, all is solved in whole numbers.
 */
function bestOf(
  highs: Highs,
  instance: PlanInstance,
  { chosen, byRoutes }: { readonly chosen: readonly Variant[]; readonly byRoutes: Solved },
): { readonly plan: Plan; readonly lower: number } {
  const rounded = solveFor(highs, instance, byRoutes.used, 'whole')
  const plan = planOfRoutes(instance, rounded.routes ?? [])
  const isNear = plan.objective.total - byRoutes.lower <= Math.max(1, plan.objective.total * nearEnough)
  if (rounded.routes && isNear) return { plan, lower: byRoutes.lower }
  const whole = solveFor(highs, instance, chosen, 'whole')
  if (!whole.routes) throw new Error(`${instance.name}: not solved in time`)
  return { plan: planOfRoutes(instance, whole.routes), lower: whole.lower }
}

/** A tenth of what a test lets pass. */
const nearEnough = 0.0005

/** Who may go out together on a day, with which kits. */
function crewsOf(instance: PlanInstance): ShapeCrew[] {
  return instance.days.flatMap(day =>
    instance.teams.flatMap(team => {
      const kits = instance.kits.filter(({ away }) => !away.includes(day.day))
      return officersTogether(instance, { team, day }).flatMap(officers =>
        subsetsOf(kits.filter(kit => kit.officers <= officers.length)).map(some => ({
          team,
          day,
          officers,
          kits: some,
        })),
      )
    }),
  )
}

/** Which officers matters only where a cap may bind: else so many of them are as good as any. */
function officersTogether(
  instance: PlanInstance,
  { team, day }: { readonly team: InstanceTeam; readonly day: InstanceDay },
) {
  const there = team.officers.filter(({ away }) => !away.includes(day.day))
  if (!day.overtime || !mayBind(instance, team)) return there.map((_, at) => there.slice(0, at + 1))
  return subsetsOf(there).filter(officers => officers.length > 0)
}

function mayBind({ days, caps }: PlanInstance, { officers }: InstanceTeam): boolean {
  const ordered = days.reduce((sum, { overtime }) => sum + (overtime?.minutes ?? 0), 0)
  const restDays = days.filter(({ ordinary, overtime }) => ordinary.length === 0 && overtime).length
  return officers.some(({ overtimeBefore, restDaysBefore }) => {
    const before = Math.max(0, ...Object.values(overtimeBefore))
    return (
      before + ordered > caps.monthMinutes ||
      before + ordered > caps.yearMinutes ||
      Math.max(0, ...Object.values(restDaysBefore)) + restDays > caps.restDaysAMonth
    )
  })
}

/** Minutes of overtime are `slope × minute + base` within a stretch of the day. */
type OvertimePiece = { readonly from: number; readonly to: number; readonly slope: number; readonly base: number }

/** A shape, and the pieces of the day in which it departs and returns; none where there is no overtime to count. */
type Variant = {
  readonly crew: ShapeCrew
  readonly shape: RouteShape
  readonly pieces?: { readonly departs: OvertimePiece; readonly returns: OvertimePiece } | undefined
}

function piecesOf(day: InstanceDay): OvertimePiece[] {
  const span = widestSpan(day)
  if (!span) return []
  const pieces: OvertimePiece[] = []
  const before = (minute: number) => overtimeWithin({ from: span.from, to: minute }, day)
  for (let minute = span.from; minute < span.to; minute++) {
    const slope = before(minute + 1) - before(minute)
    const last = pieces.at(-1)
    if (last?.slope === slope) pieces[pieces.length - 1] = { ...last, to: minute + 1 }
    else pieces.push({ from: minute, to: minute + 1, slope, base: before(minute) - slope * minute })
  }
  return pieces
}

function variantsOf(instance: PlanInstance, crew: ShapeCrew): Variant[] {
  const shapes = shapesOf(instance, crew)
  if (!crew.day.overtime) return notContained(shapes).map(shape => ({ crew, shape }))
  const pieces = piecesOf(crew.day)
  return shapes.flatMap(shape => {
    const latestDeparture = departsBy(shape)
    const earliestReturn = returnsFrom(shape)
    return pieces
      .filter(({ from }) => from <= latestDeparture)
      .flatMap(departs =>
        pieces
          .filter(({ from, to }) => to >= earliestReturn && from >= departs.from)
          .map(returns => ({ crew, shape, pieces: { departs, returns } })),
      )
  })
}

const departsBy = ({ items, head, hops }: RouteShape) =>
  head === undefined ? ((hops[0] as Hop).boat?.leaveBy ?? 0) : (items[0] as ShapeItem).deadline - head

const returnsFrom = ({ items, tail, hops }: RouteShape) =>
  tail === undefined ? ((hops.at(-1) as Hop).boat?.arriveAt ?? 0) : (items.at(-1) as ShapeItem).release + tail

type Entry = readonly [column: number, value: number]

/** Columns and rows as they are written down. */
function programme() {
  const columns: { cost: number; lower: number; upper: number; isRoute: boolean }[] = []
  const rows: { lower: number; upper: number; entries: readonly Entry[] }[] = []
  return {
    columns,
    rows,
    column: (cost: number, upper: number, { lower = 0, isRoute = false } = {}) =>
      columns.push({ cost, lower, upper, isRoute }) - 1,
    row: (entries: readonly Entry[], lower: number, upper: number) => rows.push({ lower, upper, entries }),
  }
}
type Programme = ReturnType<typeof programme>

const none = Number.NEGATIVE_INFINITY
const any = Number.POSITIVE_INFINITY

type HeldMode = {
  readonly item: number
  readonly kits: readonly InstanceKit[]
  readonly minutes: number
  readonly people: readonly { readonly demand: InstanceDemand; readonly column: number }[]
}

type VariantColumns = {
  readonly variant: Variant
  readonly used: number
  readonly departs: number | undefined
  readonly returns: number | undefined
  readonly modes: readonly HeldMode[]
  /** For items at which something was announced: whether it is kept there. */
  readonly keeps: readonly { readonly id: string; readonly column: number }[]
}

const sumBy = <T>(list: readonly T[], amountOf: (one: T) => number) => list.reduce((sum, one) => sum + amountOf(one), 0)

/** The columns of one variant and the rows that bind only these. All are 0 where it is not used. */
function addVariant(to: Programme, instance: PlanInstance, variant: Variant): VariantColumns {
  const { crew, shape, pieces } = variant
  const { officers, kits, day } = crew
  const count = officers.length
  const used = to.column(count * shape.travel, 1, { isRoute: true })
  const setUps = subsetsOf(kits).filter(some => sumBy(some, one => one.officers) <= count)
  const modes = shape.items.flatMap((item, at) =>
    setUps.map(some => addMode(to, instance, { crew, item, at, kits: some })),
  )
  const minutesOf = (first: number, last: number): Entry[] =>
    modes.filter(({ item }) => item >= first && item <= last).map(({ minutes }) => [minutes, 1])

  // Whoever is served is served by a route: without it the divisible programme would be far below.
  for (const [demand, some] of Map.groupBy(
    modes.flatMap(({ people }) => people),
    one => one.demand,
  ))
    to.row([...some.map(({ column }): Entry => [column, 1]), [used, -demand.people]], none, 0)
  // From the release of each item to the deadline of each later one there is room for all between.
  for (const [first, { release }] of shape.items.entries()) {
    let gaps = 0
    for (let last = first; last < shape.items.length; last++) {
      const { deadline, gap } = shape.items[last] as ShapeItem
      to.row([...minutesOf(first, last), [used, gaps + release - deadline]], none, 0)
      if (gap === undefined) break
      gaps += gap
    }
  }
  const keeps = instance.announced
    .filter(one => one.day === day.day)
    .flatMap(one => {
      const at = shape.items.findIndex(({ site, window }) => site.id === one.site && window.shift === one.shift)
      if (at < 0) return []
      const column = to.column(0, 1)
      to.row(
        [
          [column, 1],
          [used, -1],
        ],
        none,
        0,
      )
      to.row([[column, -1], ...minutesOf(at, at)], 0, any)
      return [{ id: one.id, column }]
    })
  if (!pieces) return { variant, used, departs: undefined, returns: undefined, modes, keeps }

  const { departs: piece, returns: back } = pieces
  const departs = to.column(-count * piece.slope, any)
  const returns = to.column(count * back.slope, any)
  const column = to.columns[used]
  if (column) column.cost += count * (back.base - piece.base)
  to.row(
    [
      [departs, 1],
      [used, -piece.from],
    ],
    0,
    any,
  )
  to.row(
    [
      [departs, 1],
      [used, -piece.to],
    ],
    none,
    0,
  )
  to.row(
    [
      [returns, 1],
      [used, -back.from],
    ],
    0,
    any,
  )
  to.row(
    [
      [returns, 1],
      [used, -back.to],
    ],
    none,
    0,
  )
  to.row(
    [
      [returns, back.slope],
      [departs, -piece.slope],
      [used, back.base - piece.base - (day.overtime?.minutes ?? 0)],
    ],
    none,
    0,
  )
  addEnds(to, shape, { used, departs, returns, minutesOf })
  return { variant, used, departs, returns, modes, keeps }
}

/** Departing leaves room for all items before a deadline, returning for all after a release. */
function addEnds(
  to: Programme,
  { items, head, tail, hops }: RouteShape,
  {
    used,
    departs,
    returns,
    minutesOf,
  }: {
    readonly used: number
    readonly departs: number
    readonly returns: number
    readonly minutesOf: (first: number, last: number) => Entry[]
  },
): void {
  const last = items.length - 1
  const gapsOf = (from: number, until: number) => sumBy(items.slice(from, until), ({ gap }) => gap ?? 0)
  const isChain = (from: number, until: number) => items.slice(from, until).every(({ gap }) => gap !== undefined)
  if (head === undefined)
    to.row(
      [
        [departs, 1],
        [used, -(hops[0]?.boat?.leaveBy ?? 0)],
      ],
      none,
      0,
    )
  else
    for (const [at, { deadline }] of items.entries())
      if (isChain(0, at)) to.row([[departs, 1], ...minutesOf(0, at), [used, head + gapsOf(0, at) - deadline]], none, 0)
  if (tail === undefined)
    to.row(
      [
        [returns, 1],
        [used, -(hops.at(-1)?.boat?.arriveAt ?? 0)],
      ],
      0,
      any,
    )
  else
    for (const [at, { release }] of items.entries())
      if (isChain(at, last))
        to.row([[returns, -1], ...minutesOf(at, last), [used, release + gapsOf(at, last) + tail]], none, 0)
  if (head !== undefined && tail !== undefined && isChain(0, last))
    to.row([[returns, -1], [departs, 1], ...minutesOf(0, last), [used, head + gapsOf(0, last) + tail]], none, 0)
}

/** A session of an item with some of the kits: its minutes, and the people that fit into them. */
function addMode(
  to: Programme,
  { demands, prices, leastOfficers }: PlanInstance,
  {
    crew,
    item,
    at,
    kits,
  }: {
    readonly crew: ShapeCrew
    readonly item: ShapeItem
    readonly at: number
    readonly kits: readonly InstanceKit[]
  },
): HeldMode {
  const minutes = to.column(0, Math.max(0, item.deadline - item.release))
  const count = crew.officers.length
  const people = demands
    .filter(({ site, kind }) => site === item.site.id && leastOfficers[kind] <= count)
    .filter(({ kind }) => kind === 'activation' || kits.length > 0)
    .map(demand => {
      const inTime = crew.day.day <= demand.lastDay ? prices.latePerson : 0
      return { demand, column: to.column(-inTime - prices.unservedPerson, demand.people) }
    })
  const fits = (some: typeof people, rate: number) => {
    if (some.length > 0)
      to.row([...some.map(({ demand, column }): Entry => [column, demand.minutesEach]), [minutes, -rate]], none, 0)
  }
  fits(
    people.filter(({ demand }) => demand.kind !== 'activation'),
    sumBy(kits, one => one.speedPercent) / 100,
  )
  fits(
    people.filter(({ demand }) => demand.kind === 'activation'),
    count - sumBy(kits, one => one.officers),
  )
  return { item: at, kits, minutes, people }
}

/** What binds several variants: a team and a kit once a day, people once, caps, what was announced. */
function addCoupling(to: Programme, instance: PlanInstance, all: readonly VariantColumns[]): void {
  const once = (groups: Iterable<readonly VariantColumns[]>) => {
    for (const group of groups)
      to.row(
        group.map(({ used }): Entry => [used, 1]),
        none,
        1,
      )
  }
  once(Map.groupBy(all, ({ variant: { crew } }) => `${crew.team.id} ${crew.day.day}`).values())
  for (const kit of instance.kits)
    once(
      Map.groupBy(
        all.filter(({ variant: { crew } }) => crew.kits.includes(kit)),
        one => one.variant.crew.day.day,
      ).values(),
    )
  for (const demand of instance.demands)
    to.row(
      all.flatMap(({ modes }) =>
        modes.flatMap(({ people }) =>
          people.filter(one => one.demand === demand).map(({ column }): Entry => [column, 1]),
        ),
      ),
      none,
      demand.people,
    )
  for (const { id, locked } of instance.announced) {
    const kept = to.column(-instance.prices.movedSession, 1, { lower: locked ? 1 : 0 })
    const entries = all.flatMap(({ keeps }) =>
      keeps.filter(one => one.id === id).map(({ column }): Entry => [column, -1]),
    )
    to.row([[kept, 1], ...entries], none, 0)
  }
  for (const officer of instance.teams.flatMap(({ officers }) => officers)) {
    const his = all.filter(({ variant }) => variant.crew.officers.includes(officer) && variant.pieces)
    const lengths = [
      [7, officer.overtimeBefore, instance.caps.monthMinutes],
      [4, officer.overtimeBefore, instance.caps.yearMinutes],
    ] as const
    for (const [length, before, cap] of lengths)
      for (const [period, some] of Map.groupBy(his, one => one.variant.crew.day.day.slice(0, length)))
        to.row(some.flatMap(overtimeEntries), none, Math.max(0, cap - (before[period] ?? 0)))
    const resting = his.filter(({ variant }) => variant.crew.day.ordinary.length === 0)
    for (const [month, some] of Map.groupBy(resting, one => one.variant.crew.day.day.slice(0, 7)))
      to.row(
        some.map(({ used }): Entry => [used, 1]),
        none,
        Math.max(0, instance.caps.restDaysAMonth - (officer.restDaysBefore[month] ?? 0)),
      )
  }
}

const overtimeEntries = ({ variant: { pieces }, used, departs, returns }: VariantColumns): Entry[] =>
  pieces && departs !== undefined && returns !== undefined
    ? [
        [returns, pieces.returns.slope],
        [departs, -pieces.departs.slope],
        [used, pieces.returns.base - pieces.departs.base],
      ]
    : []

type Solved = {
  readonly value: number
  readonly lower: number
  /** Of the variants, in their order; of the divisible programme. */
  readonly reducedCosts: readonly number[]
  /** Undefined where no plan is among those variants. */
  readonly routes: PlannedRoute[] | undefined
  /** The variants that it uses. */
  readonly used: readonly Variant[]
}

function solveFor(
  highs: Highs,
  instance: PlanInstance,
  variants: readonly Variant[],
  how: 'divisible' | 'whole-routes' | 'whole',
): Solved {
  const to = programme()
  const all = variants.map(variant => addVariant(to, instance, variant))
  addCoupling(to, instance, all)
  const { prices, demands, announced } = instance
  const offset =
    (prices.latePerson + prices.unservedPerson) * sumBy(demands, ({ people }) => people) +
    prices.movedSession * announced.length
  const { columns, rows } = to
  const starts = [0]
  for (const { entries } of rows) starts.push((starts.at(-1) ?? 0) + entries.length)
  const { integer, continuous } = highs.constants.variableType
  const model = highs.createModel({
    numCols: columns.length,
    numRows: rows.length,
    offset,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: rows.flatMap(({ entries }) => entries.map(([column]) => column)),
      values: rows.flatMap(({ entries }) => entries.map(([, value]) => value)),
    },
    ...(how !== 'divisible' && {
      integrality: columns.map(({ isRoute }) => (isRoute || how === 'whole' ? integer : continuous)),
    }),
  })
  try {
    model.options.set({ output_flag: false, mip_rel_gap: nearEnough, mip_abs_gap: 0.5, time_limit: 200 })
    model.run()
    const value = model.getObjectiveValue()
    const { colValue, colDual } = model.getSolution()
    const used = variants.filter((_, at) => (colValue[all[at]?.used ?? 0] ?? 0) > 0.5)
    const isSolved = model.getModelStatus() === highs.constants.modelStatus.optimal
    if (how === 'divisible') {
      if (!isSolved) throw new Error(`${instance.name}: the divisible programme is not solved`)
      return {
        value,
        lower: value,
        reducedCosts: all.map(({ used }) => colDual[used] ?? 0),
        routes: undefined,
        used: [],
      }
    }
    const lower = Number(model.info.get('mip_dual_bound'))
    return { value, lower, reducedCosts: [], used, routes: isSolved ? routesOf(all, colValue) : undefined }
  } finally {
    model.dispose()
  }
}

function routesOf(all: readonly VariantColumns[], values: ArrayLike<number>): PlannedRoute[] {
  const whole = (column: number) => Math.round(values[column] ?? 0)
  return all.filter(({ used }) => whole(used) === 1).map(one => writtenShape(one, whole))
}

/** Lays out a route as early as it can be, from the minute at which it departs. */
function writtenShape(
  { variant: { crew, shape }, departs, returns, modes }: VariantColumns,
  whole: (column: number) => number,
): PlannedRoute {
  const { day, officers, kits, team } = crew
  const span = widestSpan(day) ?? { from: 0, to: 0 }
  const legs: PlanLeg[] = []
  const sessions: PlannedSession[] = []
  let free = departs === undefined ? span.from : whole(departs)
  const travel = ({ legs: on }: Hop) => {
    for (const { departs: boatAt, minutes, ...leg } of on) {
      const at = boatAt ?? free
      legs.push({ ...leg, departs: hourOf(at), arrives: hourOf(at + minutes) })
      free = at + minutes
    }
  }
  for (const [at, hop] of shape.hops.entries()) {
    travel(hop)
    const items = shape.items.map((item, place) => ({ item, place })).filter(({ item }) => item.stay === at)
    const site = items[0]?.item.site
    if (!site) continue
    const held = modes.filter(({ item, minutes }) => items.some(({ place }) => place === item) && whole(minutes) > 0)
    free += site.setUpMinutes
    for (const mode of held) {
      const { window } = shape.items[mode.item] as ShapeItem
      free = Math.max(free, window.from)
      const to = free + whole(mode.minutes)
      sessions.push({
        id: `${team.id}/${day.day}/${sessions.length + 1}`,
        site: site.id,
        shift: window.shift,
        from: hourOf(free),
        to: hourOf(to),
        kits: mode.kits.map(({ id }) => id),
        ...servedBy(mode, whole, day),
      })
      free = to
    }
    free += site.packMinutes
  }
  return {
    team: team.id,
    day: day.day,
    officers: officers.map(({ id }) => id),
    kits: kits.map(({ id }) => id),
    departs: hourOf(departs === undefined ? span.from : whole(departs)),
    returns: hourOf(returns === undefined ? free : Math.max(free, whole(returns))),
    travelMinutes: shape.travel,
    overtimeMinutes:
      departs === undefined || returns === undefined
        ? 0
        : overtimeWithin({ from: whole(departs), to: Math.max(free, whole(returns)) }, day),
    legs,
    sessions,
  }
}

function servedBy({ people }: HeldMode, whole: (column: number) => number, { day }: InstanceDay) {
  const serves = people
    .filter(({ column }) => whole(column) > 0)
    .map(({ demand: { id, kind, lastDay }, column }) => ({
      demand: id,
      kind,
      people: whole(column),
      lastDay,
      inTime: day <= lastDay,
    }))
  return { serves, kinds: [...new Set(serves.map(({ kind }) => kind))] }
}
