import { CodeList, Dictionary } from './distinct-texts.ts'
import { type KindName, valueKinds } from './file-columns.ts'
import type { LinkField } from './link-settings.ts'
import { noLevel, type ValueKind, type Values } from './value-kind.ts'

/** What is wrong with the id of a row. */
export type IdFault = 'empty' | 'twice'

/** One of the two files while it is read: of each row its id and the texts of the fields, as codes. */
export class RawSide {
  /** Row i (from 0) has the id of code i + 1. */
  readonly ids = new Dictionary()
  readonly columns: readonly RawColumn[]

  constructor(fields: number) {
    this.columns = Array.from({ length: fields }, () => new RawColumn())
  }

  /** Takes a row in, or says what is wrong with its id. */
  add(id: string, textOf: (field: number) => string): IdFault | undefined {
    if (id === '') return 'empty'
    if (this.ids.find(id)) return 'twice'
    this.ids.codeOf(id)
    for (let field = 0; field < this.columns.length; field++) this.columns[field]?.add(textOf(field))
    return undefined
  }
}

class RawColumn {
  readonly texts = new Dictionary()
  readonly codes = new CodeList()

  add(text: string): void {
    this.codes.push(this.texts.codeOf(text))
  }
}

/**
 * A field of both sides: codes of folded values, 0 where there is none; the same code on both sides is the same value.
 */
export type LinkColumn = {
  readonly field: LinkField
  readonly kind: ValueKind
  readonly values: Values
  /** How many distinct values there are. */
  readonly size: number
  readonly left: Int32Array
  readonly right: Int32Array
}

export type LinkTables = {
  readonly leftRows: number
  readonly rightRows: number
  readonly columns: readonly LinkColumn[]
}

/**
 * Folds every distinct text once, each side by what its own column is like. The raw texts are let go one column after
 * the other.
 */
export function encodeTables(fields: readonly LinkField[], left: RawSide, right: RawSide): LinkTables {
  const columns = fields.map((field, at) => encodeColumn(field, left.columns[at], right.columns[at]))
  return { leftRows: left.ids.size, rightRows: right.ids.size, columns }
}

function encodeColumn(field: LinkField, left: RawColumn | undefined, right: RawColumn | undefined): LinkColumn {
  const kindName: KindName = field.kind
  const kind: ValueKind = valueKinds[kindName]
  const dictionary = new Dictionary()
  const codesOf = (column: RawColumn | undefined) =>
    column ? foldedCodes(column, kind, dictionary) : new Int32Array(0)
  const [leftCodes, rightCodes] = [codesOf(left), codesOf(right)]
  return { field, kind, values: kind.valuesOf(dictionary), size: dictionary.size, left: leftCodes, right: rightCodes }
}

function foldedCodes({ texts, codes }: RawColumn, kind: ValueKind, into: Dictionary): Int32Array {
  const fold = kind.reader(() => texts.texts())
  const foldedOf = new Int32Array(texts.size + 1)
  for (let code = 1; code <= texts.size; code++) foldedOf[code] = into.codeOf(fold(texts.textOf(code)))
  const taken = codes.take()
  for (let row = 0; row < taken.length; row++) taken[row] = foldedOf[taken[row] ?? 0] ?? 0
  return taken
}

/** Writes the level of each field of a pair into `into`. */
export function compareRows(columns: readonly LinkColumn[], left: number, right: number, into: Uint8Array): void {
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at]
    const [a, b] = [column?.left[left] ?? 0, column?.right[right] ?? 0]
    into[at] = a && b && column ? (a === b ? 0 : column.values.compare(a, b)) : noLevel
  }
}
