import type { LifeStatus } from '../person.ts'

/** Distinct values that a stream met, each with a code from 1 in the order of their first coming; code 0 is none. */
export type LinkCodes = {
  /** Codes run from 1 to this. */
  readonly size: number
  /** The text of a code; made anew on each call, '' for 0. */
  textOf(code: number): string
}

/**
 * A person as linkage reads them, in the least space: numbers throughout, 0 where there is none. The object and its
 * arrays are the same for every row of a stream, and the next row overwrites them: copy what you need at once. Names
 * are as written; units are those of every residence in force, as they were entered. The reader maps them to the units
 * of a day.
 */
export type LinkRow = {
  /** The person's id, 16 bytes. */
  readonly id: Uint8Array
  /** A code of `names`. */
  readonly name: number
  readonly birthYear: number
  /** 0 where it is not known. */
  readonly birthMonth: number
  readonly birthDay: number
  readonly sex: 'M' | 'F'
  readonly lifeStatus: LifeStatus
  /**
   * The number in force as an integer of up to twelve digits: zeros before it are lost, `twelveDigits` puts them back.
   */
  readonly number: number
  /** The cancelled ones, likewise; the first `cancelledCount` places hold. */
  readonly cancelled: Float64Array
  readonly cancelledCount: number
  /** Nine digits, likewise. */
  readonly oldNumber: number
  /** Codes of `units`; the first `unitCount` places hold. */
  readonly units: Uint32Array
  readonly unitCount: number
  /** A code of `units`. */
  readonly permanentUnit: number
  /** E.164 without its plus. */
  readonly phone: number
  /** A code of `households`: who lives together has the same. */
  readonly household: number
  /** Codes of `names`. */
  readonly fatherName: number
  readonly motherName: number
  readonly fatherYear: number
  readonly motherYear: number
}

/** What the codes of a row stand for; they grow while rows come, and hold after the last. */
export type LinkDictionaries = { readonly names: LinkCodes; readonly units: LinkCodes; readonly households: LinkCodes }

export const twelveDigits = (number: number): string => String(number).padStart(12, '0')
export const nineDigits = (number: number): string => String(number).padStart(9, '0')

/** The text of an id of 16 bytes. */
export function idText(bytes: Uint8Array, at = 0): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export type LinkStreamOptions = {
  /** Only those born in these years, both included. */
  readonly bornFrom?: number | undefined
  readonly bornTo?: number | undefined
  /** Called once in a while with the rows that have come. */
  readonly onProgress?: ((rows: number) => void) | undefined
  /** Ends the stream with the signal's reason; the work is then to be rolled back. */
  readonly signal?: AbortSignal | undefined
}

/**
 * How far a reader has read the changes: opaque, kept as text. A mark of another server's life (a restored backup)
 * means "nothing yet".
 */
export type LinkMark = string & { readonly __kind: 'LinkMark' }

export type LinkStreamResult = LinkDictionaries & {
  readonly rows: number
  /** The stream has all changes before it; `findChangedSince` continues from it. */
  readonly mark: LinkMark
}
