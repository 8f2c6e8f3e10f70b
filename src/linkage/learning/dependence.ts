import { compareRows, type LinkColumn, type LinkTables } from '../file-columns/link-table.ts'
import { noLevel } from '../file-columns/value-kind.ts'
import { chanceOf, type Shares, smoothShares } from './em.ts'
import type { JoinedRows } from './em-with-one-partner.ts'

/**
 * How often a field shows each level in two people whose `parent` field agrees: brothers have one father, and nearly
 * always one mother too.
 */
export type ConditionalRates = { readonly parent: number; readonly u: readonly number[] }

/** A model's shares of levels, and the dependence as far as it is known. */
type FieldRates = { readonly m: Shares; readonly u: Shares; readonly given: Dependence }

/** For each field what it depends on, if anything; each depends on one other at most, and never in a circle. */
export type Dependence = readonly (ConditionalRates | undefined)[]

/** A candidate likelier than this to be the partner teaches nothing about two people. */
const mayBePartner = 2 ** -12
const fewestPairs = 10
/** How many pairs the independence of fields is worth. */
const strength = 30
/** Below this many bits a dependence is left alone. */
const leastBits = 0.2

/** A level that is more than twice as likely in one person counts as agreement. */
export const agreesAt = (m: readonly number[], u: readonly number[]): readonly boolean[] =>
  m.map((share, level) => share > 2 * (u[level] ?? 1))

type Edge = { readonly parent: number; readonly child: number; readonly bits: number; readonly u: readonly number[] }

/**
 * Which fields agree together in two people, and how often. Each field depends on the one that says most of it, so that
 * they make trees (Chow and Liu 1968): with more, the same surprise would be taken off twice. Learnt from left rows and
 * others than their partners who have the same value in a field.
 */
export function learnDependence(
  tables: LinkTables,
  rows: Int32Array,
  joined: JoinedRows,
  model: FieldRates,
  share: number,
): Dependence {
  const { columns } = tables
  const doubts = rowDoubts(joined, model, share)
  const edges = columns.flatMap((column, parent) => {
    const tallies = talliesGiven(tables, column, rows, doubts, model, share)
    return columns.flatMap((_, child): Edge[] => {
      const own = model.u[child] ?? []
      const others = tallies[child] ?? new Float64Array(0)
      if (!isRarer(model, parent, child) || !isMoreThanChance(others, own)) return []
      const u = smoothShares(others, own, strength)
      return [{ parent, child, u, bits: Math.log2((u[0] ?? 0) / (own[0] ?? 1)) }]
    })
  })
  return columns.map((_, field) =>
    edges
      .filter(({ child, bits }) => child === field && bits >= leastBits)
      .reduce<Edge | undefined>((best, edge) => (best && best.bits >= edge.bits ? best : edge), undefined),
  )
}

/**
 * What agrees less often by chance says more of what else does; taken this way round only, dependences never run in a
 * circle.
 */
function isRarer({ u }: FieldRates, parent: number, child: number): boolean {
  const [above, below] = [u[parent]?.[0] ?? 0, u[child]?.[0] ?? 0]
  return above < below || (above === below && parent < child)
}

/**
 * Ten pairs at least in which the values are the same, and four standard deviations above what independence would give.
 */
function isMoreThanChance(tally: Float64Array, u: readonly number[]): boolean {
  const byChance = tally.reduce((sum, count) => sum + count, 0) * (u[0] ?? 1)
  const same = tally[0] ?? 0
  return same >= fewestPairs && same > byChance + 4 * Math.sqrt(byChance)
}

/** For each row to learn from, how heavy its candidates and nobody are together. */
function rowDoubts(
  { patterns, ends, patternOf, among }: JoinedRows,
  { m, u }: FieldRates,
  share: number,
): Float64Array {
  const ratio = Float64Array.from(
    patterns.counts,
    (_, at) => chanceOf(patterns.levels, at * patterns.fields, m) / chanceOf(patterns.levels, at * patterns.fields, u),
  )
  return Float64Array.from(ends, (end, row) => {
    let all = 0
    for (let pair = ends[row - 1] ?? 0; pair < end; pair++) all += ratio[patternOf[pair] ?? 0] ?? 0
    return 1 - share + (share / among) * all
  })
}

/** The levels of all fields in pairs that have one value in `column` and are hardly of one person; a pair a row. */
function talliesGiven(
  tables: LinkTables,
  column: LinkColumn,
  rows: Int32Array,
  doubts: Float64Array,
  { m, u }: FieldRates,
  share: number,
): Float64Array[] {
  const { columns, rightRows, isOneFile } = tables
  const { starts, order } = rowsByCode(column, rows)
  const tallies = columns.map(({ kind }) => new Float64Array(kind.levels.length))
  const levels = new Uint8Array(columns.length)
  for (const [at, doubt] of doubts.entries()) {
    const left = rows[at] ?? 0
    const code = column.left[left] ?? 0
    const [from, to] = [starts[code] ?? 0, starts[code + 1] ?? 0]
    if (code === 0 || to === from) continue
    const right = order[from + ((Math.imul(left + 1, 0x9e3779b1) >>> 0) % (to - from))] ?? 0
    if (isOneFile && left === right) continue
    compareRows(tables, left, right, levels)
    const chance = (share / rightRows) * (chanceOf(levels, 0, m) / chanceOf(levels, 0, u))
    // In one file a row may have several partners, the likeliest of which is no rival of the others.
    if (chance / (isOneFile ? 1 + chance : Math.max(doubt, chance)) > mayBePartner) continue
    for (const [field, tally] of tallies.entries()) {
      const level = levels[field] ?? noLevel
      if (level !== noLevel) tally[level] = (tally[level] ?? 0) + 1
    }
  }
  return tallies
}

/** The right rows that have the code of one of these left rows, in the order of it, and where each code begins. */
function rowsByCode({ left, right, size }: LinkColumn, leftRows: Int32Array) {
  const isWanted = new Uint8Array(size + 1)
  for (const row of leftRows) isWanted[left[row] ?? 0] = 1
  isWanted[0] = 0
  const wanted = new Int32Array(right.length)
  let count = 0
  for (let row = 0; row < right.length; row++) {
    wanted[count] = row
    count += isWanted[right[row] ?? 0] ?? 0
  }
  const starts = new Uint32Array(size + 2)
  for (let at = 0; at < count; at++) {
    const code = right[wanted[at] ?? 0] ?? 0
    starts[code + 1] = (starts[code + 1] ?? 0) + 1
  }
  for (let code = 0; code <= size; code++) starts[code + 1] = (starts[code + 1] ?? 0) + (starts[code] ?? 0)
  const [next, order] = [starts.slice(), new Int32Array(count)]
  for (let at = 0; at < count; at++) {
    const row = wanted[at] ?? 0
    const code = right[row] ?? 0
    order[next[code] ?? 0] = row
    next[code] = (next[code] ?? 0) + 1
  }
  return { starts, order }
}

/** The chance of a comparison vector in two people, dependences counted. */
export function chanceInTwo(levels: Uint8Array, at: number, { m, u, given }: FieldRates): number {
  let chance = chanceOf(levels, at, u)
  for (const [child, on] of given.entries()) {
    if (!on) continue
    const [level, above] = [levels[at + child] ?? noLevel, levels[at + on.parent] ?? noLevel]
    if (level === noLevel || above === noLevel || !agreesAt(m[on.parent] ?? [], u[on.parent] ?? [])[above]) continue
    chance *= (on.u[level] ?? 1) / (u[child]?.[level] ?? 1)
  }
  return chance
}
