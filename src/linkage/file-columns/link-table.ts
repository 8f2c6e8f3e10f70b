import type { ByteRows } from '../../platform/csv/byte-rows.ts'
import { Cells, CodeList, Dictionary, type SharedTexts, TextList, toShared } from './distinct-texts.ts'
import { valueKinds } from './file-columns.ts'
import type { LinkField } from './link-settings.ts'
import { noLevel, type ValueKind, type Values, type ValueTraits } from './value-kind.ts'

/** What is wrong with the id of a row. */
export type IdFault = 'empty' | 'twice'

/** Where in the rows of a file the id stands, and each of the fields that are read. */
export type RowPlaces = { readonly id: number; readonly fields: readonly number[] }

/** One of the two files while it is read: of each row its id and the texts of the fields, as codes. */
export class RawSide {
  /** Row i (from 0) has the id of code i + 1. */
  readonly ids = new Dictionary()
  readonly columns: readonly RawColumn[]
  readonly #cells = new Cells()
  rows = 0

  /** `beside` is the other file, read before: a column whose texts are folded as they come has one list for both. */
  constructor(fields: readonly Pick<LinkField, 'kind'>[], beside?: RawSide) {
    this.columns = fields.map(({ kind }, at) => new RawColumn(valueKinds[kind], beside?.columns[at]))
  }

  /** Takes rows in, or says of which of them the id is wrong, and what. */
  add(rows: ByteRows, places: RowPlaces): { readonly row: number; readonly fault: IdFault } | undefined {
    const before = this.ids.size
    this.#cells.take(rows, places.id)
    this.ids.codesOf(this.#cells)
    const { codes } = this.#cells
    for (let row = 0; row < rows.count; row++)
      if (codes[row] !== before + row + 1) return { row, fault: codes[row] === 0 ? 'empty' : 'twice' }
    this.addFields(rows, places)
    return undefined
  }

  /** Takes rows in whose ids another keeps. */
  addFields(rows: ByteRows, { fields }: Pick<RowPlaces, 'fields'>): void {
    for (const [at, column] of this.columns.entries()) {
      this.#cells.take(rows, fields[at] ?? 0)
      column.add(this.#cells)
    }
    this.rows += rows.count
  }
}

/** The texts of a column and the code of each row: as they stand in the file, or folded already. */
class RawColumn {
  readonly texts: Dictionary
  readonly codes = new CodeList()
  readonly isFolded: boolean
  readonly #kind: ValueKind

  constructor(kind: ValueKind, beside: RawColumn | undefined) {
    this.isFolded = kind.keptFrom !== undefined
    this.#kind = kind
    this.texts = (this.isFolded && beside?.texts) || new Dictionary()
  }

  add(cells: Cells): void {
    const { keptFrom, reader } = this.#kind
    if (keptFrom)
      cells.fold(
        keptFrom,
        reader(() => []),
      )
    this.texts.codesOf(cells)
    this.codes.push(cells.codes.subarray(0, cells.count))
  }
}

/**
 * A field of both sides: codes of folded values, 0 where there is none; the same code on both sides is the same value.
 */
export type LinkColumn = {
  readonly field: LinkField
  readonly kind: ValueKind
  readonly texts: TextList
  readonly traits: ValueTraits
  readonly values: Values
  /** How many distinct values there are. */
  readonly size: number
  readonly left: Int32Array
  readonly right: Int32Array
}

export type TableSizes = {
  readonly leftRows: number
  readonly rightRows: number
  /** Both sides are one file, whose rows are compared with each other and never with themselves. */
  readonly isOneFile: boolean
}

export type LinkTables = TableSizes & {
  readonly columns: readonly LinkColumn[]
  readonly left: RowCodes
  readonly right: RowCodes
}

/** The rows of a side one after the other, the codes of each side by side: a pair costs two far reaches into memory. */
export type RowCodes = Int32Array

/** Some rows or pairs, from the first on. */
export type Range = { readonly from: number; readonly to: number }

/** What each of two threads does of so many rows or pairs. */
export function halvesOf(count: number): readonly [first: Range, second: Range] {
  const middle = Math.ceil(count / 2)
  return [
    { from: 0, to: middle },
    { from: middle, to: count },
  ]
}

/** Rows without codes yet, in shared memory; both sides of one file are the same. */
export function emptyRows({ leftRows, rightRows, isOneFile }: TableSizes, columns: number) {
  const make = (rows: number): RowCodes =>
    new Int32Array(new SharedArrayBuffer(rows * columns * Int32Array.BYTES_PER_ELEMENT))
  const left = make(leftRows)
  return { left, right: isOneFile ? left : make(rightRows) }
}

/** Puts the codes of some rows of a side side by side. */
export function fillRows(into: RowCodes, columns: readonly LinkColumn[], side: 'left' | 'right', rows: Range): void {
  for (const [at, { [side]: codes }] of columns.entries())
    for (let row = rows.from; row < rows.to; row++) into[row * columns.length + at] = codes[row] ?? 0
}

/** Tables of columns that are there. */
export function tablesOf(columns: readonly LinkColumn[], sizes: TableSizes): LinkTables {
  const rows = emptyRows(sizes, columns.length)
  fillRows(rows.left, columns, 'left', { from: 0, to: sizes.leftRows })
  if (!sizes.isOneFile) fillRows(rows.right, columns, 'right', { from: 0, to: sizes.rightRows })
  return { ...sizes, columns, ...rows }
}

export const sizesOf = (left: RawSide, right: RawSide | undefined): TableSizes => ({
  leftRows: left.rows,
  rightRows: (right ?? left).rows,
  isOneFile: right === undefined,
})

/**
 * Folds every distinct text once, each side by what its own column is like. Without a right side both are the rows of
 * one file.
 */
export const encodeTables = (fields: readonly LinkField[], left: RawSide, right?: RawSide): LinkTables =>
  tablesOf(encodeColumns(fields, left, right), sizesOf(left, right))

/** The raw texts are let go one column after the other. */
export const encodeColumns = (fields: readonly LinkField[], left: RawSide, right?: RawSide): LinkColumn[] =>
  fields.flatMap((field, at) => {
    const [one, other] = [left.columns[at], right?.columns[at]]
    if (!one) return []
    const kind: ValueKind = valueKinds[field.kind]
    const texts = one.isFolded ? one.texts : new Dictionary()
    const leftCodes = foldedCodes(one, kind, texts)
    const rightCodes = other ? foldedCodes(other, kind, texts) : leftCodes
    return columnOf(field, { texts, traits: kind.traitsOf(texts), left: leftCodes, right: rightCodes })
  })

type ColumnParts = Pick<LinkColumn, 'texts' | 'traits' | 'left' | 'right'>

function columnOf(field: LinkField, parts: ColumnParts): LinkColumn {
  const kind: ValueKind = valueKinds[field.kind]
  return { field, kind, ...parts, size: parts.texts.size, values: kind.valuesOf(parts.texts, parts.traits) }
}

function foldedCodes({ texts, codes }: RawColumn, kind: ValueKind, into: Dictionary): Int32Array {
  const taken = codes.take()
  if (texts === into) return taken
  const fold = kind.reader(() => texts.texts())
  const foldedOf = new Int32Array(texts.size + 1)
  for (let code = 1; code <= texts.size; code++) foldedOf[code] = into.codeOf(fold(texts.textOf(code)))
  for (let row = 0; row < taken.length; row++) taken[row] = foldedOf[taken[row] ?? 0] ?? 0
  return taken
}

/** A column in shared memory, as threads hand it to each other. */
export type SharedColumn = {
  readonly texts: SharedTexts
  readonly traits: ValueTraits
  readonly left: Int32Array
  readonly right: Int32Array
}

export function toSharedColumn({ texts, traits, left, right }: LinkColumn): SharedColumn {
  const shared = toShared(left)
  return {
    texts: texts.toShared(),
    traits: Object.fromEntries(Object.entries(traits).map(([name, trait]) => [name, toShared(trait)])),
    left: shared,
    right: right === left ? shared : toShared(right),
  }
}

export const columnFromShared = (field: LinkField, { texts, ...parts }: SharedColumn): LinkColumn =>
  columnOf(field, { ...parts, texts: new TextList(texts) })

/** Writes the level of each field of a pair into `into`. */
export function compareRows({ columns, left, right }: LinkTables, one: number, other: number, into: Uint8Array): void {
  const width = columns.length
  for (let at = 0; at < width; at++) {
    const [a, b] = [left[one * width + at] ?? 0, right[other * width + at] ?? 0]
    into[at] = a && b ? (a === b ? 0 : (columns[at]?.values.compare(a, b) ?? noLevel)) : noLevel
  }
}
