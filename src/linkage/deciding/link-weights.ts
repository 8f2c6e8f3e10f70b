import type { KindName } from '../file-columns/file-columns.ts'
import type { LinkColumn, LinkTables, RowCodes } from '../file-columns/link-table.ts'
import { noLevel } from '../file-columns/value-kind.ts'
import { agreesAt } from '../learning/dependence.ts'
import type { LinkModel } from '../learning/link-model.ts'

/** No value speaks louder than this, in bits, either way. */
const loudest = 30

/**
 * What a column weighs: by level, and for levels in which values are shared, what to take off by the left value's code,
 * the more the commoner it is.
 */
type ColumnWeights = {
  /** Its place among the fields. */
  readonly at: number
  readonly compare: (a: number, b: number) => number
  readonly byLevel: Float64Array
  readonly adjust: readonly (Float32Array | undefined)[]
  readonly most: number
}

/**
 * What to take off a child column where its parent agrees, by the child's level; at the place of whichever is compared
 * last.
 */
type FieldDependence = {
  readonly parent: number
  readonly child: number
  readonly parentAgrees: readonly boolean[]
  /** The weight of the child's level in two who agree in the parent, and how that differs from its own. */
  readonly weight: Float64Array
  readonly change: Float64Array
}

/** Comparisons by what they cost: a bound on the rest often makes the costly ones needless. */
const costs: Readonly<Record<KindName, number>> = { exact: 0, date: 1, number: 2, 'given-name': 3, name: 4, string: 5 }

/** The places of the columns, the cheapest to compare first. */
const cheapestFirst = (columns: readonly LinkColumn[]): number[] =>
  [...columns.keys()].sort(
    (a, b) => costs[columns[a]?.field.kind ?? 'string'] - costs[columns[b]?.field.kind ?? 'string'],
  )

/**
 * What the weights need of the columns alone, whatever is learnt: for each column and level how common each value is;
 * in shared memory.
 */
export type SharedValues = readonly (readonly (GroupSizes | undefined)[])[]

export const sharedValues = ({ columns }: LinkTables): SharedValues => columns.map(sharingByLevel)

/** Weighs pairs of rows. */
export class LinkWeights {
  readonly #columns: readonly ColumnWeights[]
  /** The most that this column and those after it can add. */
  readonly #mostFrom: Float64Array
  readonly #left: RowCodes
  readonly #right: RowCodes
  readonly #ties: readonly (readonly FieldDependence[])[]
  readonly #levels: Uint8Array
  readonly #own: Float64Array
  /** By column, what a level weighs more or less where the two only resemble each other. */
  readonly #alike: readonly Float64Array[]

  constructor({ columns, left, right }: LinkTables, model: LinkModel, shared: SharedValues) {
    const inOrder = cheapestFirst(columns)
    this.#columns = inOrder.flatMap(at => {
      const column = columns[at]
      return column ? [{ at, ...weightsOf(column, model.m[at] ?? [], model.u[at] ?? [], shared[at] ?? []) }] : []
    })
    this.#alike = inOrder.map(at =>
      Float64Array.from(model.m[at] ?? [], (share, level) =>
        Math.log2((model.lookAlikes.levels[at]?.[level] ?? share) / share),
      ),
    )
    const width = this.#columns.length
    const ties = fieldDependences(model, inOrder)
    this.#ties = inOrder.map((_, place) => ties.filter(({ parent, child }) => Math.max(parent, child) === place))
    this.#levels = new Uint8Array(width)
    this.#own = new Float64Array(width)
    this.#mostFrom = new Float64Array(width + 1)
    for (let at = width - 1; at >= 0; at--)
      this.#mostFrom[at] =
        (this.#mostFrom[at + 1] ?? 0) +
        Math.max(0, this.#columns[at]?.most ?? 0) +
        mostGivenBack(this.#ties[at] ?? [], at)
    this.#left = left
    this.#right = right
  }

  /** The bits for the two being one person; -Infinity as soon as they cannot reach `floor`. */
  weigh(left: number, right: number, floor: number): number {
    const width = this.#columns.length
    let weight = 0
    for (let at = 0; at < width; at++) {
      if (weight + (this.#mostFrom[at] ?? 0) < floor) return Number.NEGATIVE_INFINITY
      const column = this.#columns[at]
      if (!column) break
      const a = this.#left[left * width + column.at] ?? 0
      const b = this.#right[right * width + column.at] ?? 0
      if (a === 0 || b === 0) {
        this.#levels[at] = noLevel
        continue
      }
      const level = a === b ? 0 : column.compare(a, b)
      const own = (column.byLevel[level] ?? 0) - (column.adjust[level]?.[a] ?? 0)
      this.#levels[at] = level
      this.#own[at] = own
      weight += own
      for (const tie of this.#ties[at] ?? []) weight += this.#changeBy(tie)
    }
    return weight
  }

  /** The bits by which the pair that was weighed last is likelier to be of two who resemble each other. */
  weighResemblance(): number {
    let more = 0
    for (let at = 0; at < this.#alike.length; at++) {
      const level = this.#levels[at] ?? noLevel
      if (level !== noLevel) more += this.#alike[at]?.[level] ?? 0
    }
    return more
  }

  /**
   * Agreement that the parent's agreement brings with it counts for less; a difference that it makes odd counts for
   * less too, but never in favour.
   */
  #changeBy({ parent, child, parentAgrees, weight, change }: FieldDependence): number {
    const [above, level] = [this.#levels[parent] ?? noLevel, this.#levels[child] ?? noLevel]
    if (level === noLevel || !parentAgrees[above]) return 0
    const [own, by] = [this.#own[child] ?? 0, change[level] ?? 0]
    return by < 0 ? Math.min(0, (weight[level] ?? 0) - own) : Math.min(by, Math.max(0, -own))
  }
}

/** A child that was compared before its parent may have what its difference took away given back. */
const mostGivenBack = (ties: readonly FieldDependence[], at: number) =>
  ties.reduce((sum, { child, change }) => sum + (child < at ? Math.max(0, ...change) : 0), 0)

function fieldDependences({ m, u, given }: LinkModel, inOrder: readonly number[]): FieldDependence[] {
  return given.flatMap((on, field) => {
    if (!on) return []
    const [same, other] = [m[field] ?? [], u[field] ?? []]
    return {
      parent: inOrder.indexOf(on.parent),
      child: inOrder.indexOf(field),
      parentAgrees: agreesAt(m[on.parent] ?? [], u[on.parent] ?? []),
      weight: Float64Array.from(same, (share, level) => Math.log2(share / (on.u[level] ?? 1))),
      change: Float64Array.from(other, (share, level) => Math.log2(share / (on.u[level] ?? 1))),
    }
  })
}

function weightsOf(
  { values }: LinkColumn,
  m: readonly number[],
  u: readonly number[],
  sharingBy: readonly (GroupSizes | undefined)[],
): Omit<ColumnWeights, 'at'> {
  const byLevel = Float64Array.from(m, (share, level) => Math.log2(share / (u[level] ?? 1)))
  const adjust: (Float32Array | undefined)[] = []
  let most = Math.max(...byLevel)
  for (const [level, sharing] of sharingBy.entries()) {
    if (!sharing) continue
    // That two are the same is as likely by chance as the value is common; of the levels below, u says so for values of
    // middling commonness.
    const base = level === 0 ? Math.log2(m[0] ?? 1) : (byLevel[level] ?? 0) + Math.log2(sharing.mean)
    byLevel[level] = base
    adjust[level] = clamped(sharing.logs, base - loudest, base + loudest)
    most = Math.max(most, Math.min(loudest, base - sharing.least))
  }
  for (const [level, weight] of byLevel.entries())
    if (!adjust[level]) byLevel[level] = Math.max(-loudest, Math.min(loudest, weight))
  return { compare: values.compare, byLevel, adjust, most }
}

function clamped(logs: Float32Array, least: number, most: number): Float32Array {
  const within = new Float32Array(logs.length)
  for (let at = 0; at < logs.length; at++) within[at] = Math.max(least, Math.min(most, logs[at] ?? 0))
  return within
}

/**
 * How common what is shared is: log2 of the share of right rows, by code; its mean over random pairs that share; the
 * least log.
 */
type GroupSizes = { readonly logs: Float32Array; readonly mean: number; readonly least: number }

function sharingByLevel({ values, left, right }: LinkColumn): (GroupSizes | undefined)[] {
  const known = new Map<Int32Array, GroupSizes>()
  return values.sharedAs.map(groups => {
    if (!groups) return undefined
    const sharing = known.get(groups) ?? sharingOf(groups, left, right)
    known.set(groups, sharing)
    return sharing
  })
}

function sharingOf(groups: Int32Array, left: Int32Array, right: Int32Array): GroupSizes {
  const [onLeft, onRight] = [countPerGroup(groups, left), countPerGroup(groups, right)]
  const [leftRows, rows] = [Math.max(1, sumOf(onLeft)), Math.max(1, sumOf(onRight))]
  const unseen = rowsBehindOne(onRight)
  const logOf = (count: number) => Math.log2((Math.max(count, 1) - 1 + unseen) / rows)
  const logsOfFew = Float64Array.from({ length: 64 }, (_, count) => logOf(count))
  const logOfCount = (count: number) => logsOfFew[count] ?? logOf(count)
  let mean = 0
  for (let group = 0; group < onLeft.length; group++)
    mean += ((onLeft[group] ?? 0) / leftRows) * ((onRight[group] ?? 0) / rows)
  const logs = new Float32Array(new SharedArrayBuffer(groups.length * Float32Array.BYTES_PER_ELEMENT))
  for (let code = 0; code < groups.length; code++) logs[code] = logOfCount(onRight[groups[code] ?? 0] ?? 0)
  return {
    logs,
    mean: Math.max(mean, unseen / rows),
    least: logOf(0),
  }
}

function sumOf(counts: Uint32Array): number {
  let sum = 0
  for (const count of counts) sum += count
  return sum
}

function countPerGroup(groups: Int32Array, codes: Int32Array): Uint32Array {
  let last = 0
  for (const group of groups) if (group > last) last = group
  const counts = new Uint32Array(last + 1)
  for (const code of codes) {
    const group = groups[code] ?? 0
    if (group) counts[group] = (counts[group] ?? 0) + 1
  }
  return counts
}

/**
 * Among `count` rows with a value one may be the partner itself, so the others are one fewer; where none is left, how
 * many may one expect? As many as twice the values seen twice for one seen once (Good 1953): next to none where values
 * are identifiers, about half where they are names.
 */
function rowsBehindOne(counts: Uint32Array): number {
  let [once, twice] = [0, 0]
  for (const count of counts) {
    if (count === 1) once++
    if (count === 2) twice++
  }
  return Math.min(1, Math.max(0.01, (2 * twice + 0.1) / (once + 1)))
}
