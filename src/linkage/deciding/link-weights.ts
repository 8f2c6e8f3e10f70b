import type { KindName } from '../file-columns/file-columns.ts'
import type { LinkColumn, LinkTables } from '../file-columns/link-table.ts'
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
  readonly column: LinkColumn
  readonly left: Int32Array
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

/** Weighs pairs of rows. */
export class LinkWeights {
  readonly #columns: readonly ColumnWeights[]
  /** The most that this column and those after it can add. */
  readonly #mostFrom: Float64Array
  /**
   * The right rows one after the other, each with its codes side by side: a pair costs one far reach into memory and
   * not one a column.
   */
  readonly #right: Int32Array
  readonly #ties: readonly (readonly FieldDependence[])[]
  readonly #levels: Uint8Array
  readonly #own: Float64Array

  constructor(tables: LinkTables, model: LinkModel) {
    const inOrder = [...tables.columns.keys()].sort(
      (a, b) => costs[tables.columns[a]?.field.kind ?? 'string'] - costs[tables.columns[b]?.field.kind ?? 'string'],
    )
    this.#columns = inOrder.flatMap(at => {
      const column = tables.columns[at]
      return column ? [weightsOf(column, model.m[at] ?? [], model.u[at] ?? [])] : []
    })
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
    this.#right = new Int32Array(tables.rightRows * width)
    for (const [at, { column }] of this.#columns.entries())
      for (let row = 0; row < tables.rightRows; row++) this.#right[row * width + at] = column.right[row] ?? 0
  }

  /** The bits for the two being one person; -Infinity as soon as they cannot reach `floor`. */
  weigh(left: number, right: number, floor: number): number {
    const width = this.#columns.length
    let weight = 0
    for (let at = 0; at < width; at++) {
      if (weight + (this.#mostFrom[at] ?? 0) < floor) return Number.NEGATIVE_INFINITY
      const column = this.#columns[at]
      if (!column) break
      const a = column.left[left] ?? 0
      const b = this.#right[right * width + at] ?? 0
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

function weightsOf(column: LinkColumn, m: readonly number[], u: readonly number[]): ColumnWeights {
  const { values, left, right } = column
  const byLevel = Float64Array.from(m, (share, level) => Math.log2(share / (u[level] ?? 1)))
  const adjust: (Float32Array | undefined)[] = []
  const known = new Map<Int32Array, GroupSizes>()
  let most = Math.max(...byLevel)
  for (const [level, groups] of values.sharedAs.entries()) {
    if (!groups) continue
    const sharing = known.get(groups) ?? sharingOf(groups, left, right)
    known.set(groups, sharing)
    // That two are the same is as likely by chance as the value is common; of the levels below, u says so for values of
    // middling commonness.
    const base = level === 0 ? Math.log2(m[0] ?? 1) : (byLevel[level] ?? 0) + Math.log2(sharing.mean)
    byLevel[level] = base
    adjust[level] = Float32Array.from(sharing.logs, log => Math.max(base - loudest, Math.min(base + loudest, log)))
    most = Math.max(most, Math.min(loudest, base - sharing.least))
  }
  for (const [level, weight] of byLevel.entries())
    if (!adjust[level]) byLevel[level] = Math.max(-loudest, Math.min(loudest, weight))
  return { column, left, compare: values.compare, byLevel, adjust, most }
}

/**
 * How common what is shared is: log2 of the share of right rows, by code; its mean over random pairs that share; the
 * least log.
 */
type GroupSizes = { readonly logs: Float32Array; readonly mean: number; readonly least: number }

function sharingOf(groups: Int32Array, left: Int32Array, right: Int32Array): GroupSizes {
  const [onLeft, onRight] = [countPerGroup(groups, left), countPerGroup(groups, right)]
  const rows = Math.max(
    1,
    onRight.reduce((sum, count) => sum + count, 0),
  )
  const leftRows = Math.max(
    1,
    onLeft.reduce((sum, count) => sum + count, 0),
  )
  const unseen = rowsBehindOne(onRight)
  const logOf = (count: number) => Math.log2((Math.max(count, 1) - 1 + unseen) / rows)
  const mean = onLeft.reduce((sum, count, group) => sum + (count / leftRows) * ((onRight[group] ?? 0) / rows), 0)
  return {
    logs: Float32Array.from(groups, group => logOf(onRight[group] ?? 0)),
    mean: Math.max(mean, unseen / rows),
    least: logOf(0),
  }
}

function countPerGroup(groups: Int32Array, codes: Int32Array): Uint32Array {
  const counts = new Uint32Array(groups.reduce((most, group) => Math.max(most, group), 0) + 1)
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
