import type { TextList } from './distinct-texts.ts'

/**
 * How the values of a field are read and compared. A level says how far two values agree, from best to worst; the first
 * is that they are the same.
 */
export type ValueKind = {
  readonly levels: readonly string[]
  /** How often pairs of one person show each level, before anything is learnt. */
  readonly typicalM: readonly number[]
  /**
   * Looks at the distinct texts of a column, and says how each of its texts is folded; '' is a value that is not there.
   */
  reader(texts: () => Iterable<string>): (text: string) => string
  /**
   * Where each text is folded by itself, whatever the column is like, and most differ, it is folded as the file is
   * read. From which byte on it stays as it is; -1 where it must be read as text.
   */
  readonly keptFrom?: (bytes: Buffer, start: number, end: number) => number
  /** What is known of the folded values, once all are there. */
  traitsOf(dictionary: TextList): ValueTraits
  /** How they are compared, by texts and traits; of its own for each thread. */
  valuesOf(dictionary: TextList, traits: ValueTraits): Values
}

/** Traits of folded values, by code: arrays, so that threads can share them. */
export type ValueTraits = Readonly<Record<string, Int32Array | Uint8Array>>

export type Values = {
  /** The level, by its place in `levels`, of two values that differ; both codes are above 0. */
  compare(a: number, b: number): number
  /**
   * For each code, the group in which it is joined with others when records are blocked; 0 where it is no use for that.
   */
  readonly joinedAs: Int32Array
  /**
   * For each level, for each code, the group of values that share what agrees at this level: how common that is adjusts
   * the weight.
   */
  readonly sharedAs: readonly (Int32Array | undefined)[]
}

/** Instead of a level: a value is missing on either side, which says nothing. */
export const noLevel = 255
