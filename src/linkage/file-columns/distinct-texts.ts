import type { ByteRows } from '../../platform/csv/byte-rows.ts'

/** An array grows by half again, so that a column of unknown length costs no second copy for long. */
const grownLength = (length: number, needed: number) => Math.max(needed, Math.ceil(length * 1.5))

function growArray<T extends Uint32Array | Int32Array>(array: T, make: new (length: number) => T, needed: number): T {
  const larger = new make(grownLength(array.length, needed))
  larger.set(array)
  return larger
}

function growBytes(bytes: Buffer, needed: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(grownLength(bytes.length, needed))
  larger.set(bytes)
  return larger
}

/** What the text that is looked up was written to. */
let written: Buffer = Buffer.allocUnsafeSlow(256)

/** Writes a text as UTF-8; gives its length in bytes. */
function writeUtf8(text: string): number {
  if (text.length * 3 > written.length) written = growBytes(written, text.length * 3)
  let end = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xd800 && unit < 0xe000) return written.write(text)
    if (unit < 0x80) written[end++] = unit
    else {
      if (unit < 0x800) written[end++] = 0xc0 | (unit >> 6)
      else {
        written[end++] = 0xe0 | (unit >> 12)
        written[end++] = 0x80 | ((unit >> 6) & 0x3f)
      }
      written[end++] = 0x80 | (unit & 0x3f)
    }
  }
  return end
}

/** FNV-1a, mixed at the end so that the low bits are good enough for a table. */
function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

/** Distinct texts as arrays in shared memory. */
export type SharedTexts = { readonly bytes: Uint8Array; readonly ends: Uint32Array; readonly size: number }

/** A copy, cut to its length, that other threads read too. */
export function toShared<T extends Uint8Array | Uint32Array | Int32Array | Float32Array>(
  array: T,
  length = array.length,
): T {
  const make = array.constructor as new (memory: SharedArrayBuffer) => T
  const shared = new make(new SharedArrayBuffer(length * array.BYTES_PER_ELEMENT))
  shared.set(array.subarray(0, length))
  return shared
}

/**
 * The distinct texts of a column by code, from 1; code 0 is no text. They lie end to end as UTF-8, which has no half
 * surrogates: those become U+FFFD.
 */
export class TextList {
  protected bytes: Buffer
  protected ends: Uint32Array
  /** How many texts there are; codes run from 1 to this. */
  size: number

  constructor({ bytes, ends, size }: SharedTexts) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.ends = ends
    this.size = size
  }

  toShared(): SharedTexts {
    return {
      bytes: toShared(new Uint8Array(this.bytes.buffer, this.bytes.byteOffset, this.ends[this.size] ?? 0)),
      ends: toShared(this.ends, this.size + 1),
      size: this.size,
    }
  }

  textOf(code: number): string {
    return this.bytes.toString('utf8', this.ends[code - 1] ?? 0, this.ends[code] ?? 0)
  }

  /** In bytes. */
  lengthOf(code: number): number {
    return (this.ends[code] ?? 0) - (this.ends[code - 1] ?? 0)
  }

  /** The byte at a place of a text. */
  byteAt(code: number, at: number): number {
    return this.bytes[(this.ends[code - 1] ?? 0) + at] ?? 0
  }

  *texts(): Generator<string> {
    for (let code = 1; code <= this.size; code++) yield this.textOf(code)
  }
}

/**
 * Distinct texts that grow, each with a code in the order of arrival: an open table of hashes and codes side by side,
 * where a Map of strings takes 90 bytes a text and more and makes the collector walk through all.
 */
export class Dictionary extends TextList {
  /** By slot the hash of a text, and its code. */
  #slots: Int32Array = new Int32Array(1024)
  /** Of what is asked for ahead, so that no compiler leaves the asking out. */
  #reached = 0

  constructor() {
    super({ bytes: new Uint8Array(4096), ends: new Uint32Array(256), size: 0 })
  }

  /** The code of a text, which is taken in if it is new. */
  codeOf(text: string): number {
    return this.codeOfBytes(written, 0, writeUtf8(text))
  }

  /** The same of a text as UTF-8. */
  codeOfBytes(bytes: Uint8Array, from: number, to: number): number {
    return from >= to ? 0 : this.#codeOf(bytes, from, to, hashBytes(bytes, from, to))
  }

  /**
   * The codes of many, into `codes`. A processor waits for memory that it has not seen for a while as long as it takes
   * to compare some hundred letters; it is asked for all of it first, since what is asked for at once comes at once.
   */
  codesOf({ bytes, count, starts, ends, hashes, codes, folded }: Cells): void {
    for (let i = 0; i < count; i++) hashes[i] = hashBytes(bytes, starts[i] ?? 0, ends[i] ?? 0)
    const [slots, mask] = [this.#slots, this.#slots.length - 2]
    for (let i = 0; i < count; i++) {
      const slot = ((hashes[i] ?? 0) << 1) & mask
      codes[i] = slots[slot] === hashes[i] ? (slots[slot + 1] ?? 0) : 0
    }
    for (let i = 0; i < count; i++) this.#reached ^= this.bytes[this.ends[(codes[i] || 1) - 1] ?? 0] ?? 0
    for (let i = 0; i < count; i++) {
      const text = folded.get(i)
      const [from, to, likely] = [starts[i] ?? 0, ends[i] ?? 0, codes[i] ?? 0]
      if (text !== undefined) codes[i] = this.codeOf(text)
      else if (from === to) codes[i] = 0
      else if (likely === 0 || !this.#holds(likely, bytes, from, to))
        codes[i] = this.#codeOf(bytes, from, to, hashes[i] ?? 0)
    }
  }

  #codeOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 2
    for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
      const code = this.#slots[slot + 1] ?? 0
      if (code === 0) return this.#add(bytes, from, to, hash, slot)
      if (this.#slots[slot] === hash && this.#holds(code, bytes, from, to)) return code
    }
  }

  #holds(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const own = this.ends[code - 1] ?? 0
    if ((this.ends[code] ?? 0) - own !== to - from) return false
    for (let at = from; at < to; at++) if (this.bytes[own + at - from] !== bytes[at]) return false
    return true
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const code = ++this.size
    const own = this.ends[code - 1] ?? 0
    const end = own + to - from
    if (end > this.bytes.length) this.bytes = growBytes(this.bytes, end)
    if (code === this.ends.length) this.ends = growArray(this.ends, Uint32Array, code + 1)
    for (let at = from; at < to; at++) this.bytes[own + at - from] = bytes[at] ?? 0
    this.ends[code] = end
    this.#slots[slot] = hash
    this.#slots[slot + 1] = code
    if (this.size * 3 > this.#slots.length) this.#widen()
    return code
  }

  #widen(): void {
    const old = this.#slots
    const mask = old.length * 2 - 2
    const wider = new Int32Array(old.length * 2)
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue
      const hash = old[from] ?? 0
      let slot = (hash << 1) & mask
      while (wider[slot + 1] !== 0) slot = (slot + 2) & mask
      wider[slot] = hash
      wider[slot + 1] = old[from + 1] ?? 0
    }
    this.#slots = wider
  }
}

/** The cells of a column in some rows, each as UTF-8, and what codes they have. */
export class Cells {
  bytes: Buffer = Buffer.alloc(0)
  count = 0
  starts = new Int32Array(1024)
  ends = new Int32Array(1024)
  hashes = new Int32Array(1024)
  codes = new Int32Array(1024)
  /** By row, texts that stand for what the bytes say. */
  readonly folded = new Map<number, string>()

  /** Those of one field of rows. */
  take({ bytes, count, width, starts, ends }: ByteRows, field: number): void {
    if (count > this.starts.length)
      for (const array of ['starts', 'ends', 'hashes', 'codes'] as const) this[array] = new Int32Array(count * 2)
    this.bytes = bytes
    this.count = count
    this.folded.clear()
    for (let row = 0; row < count; row++) {
      this.starts[row] = starts[row * width + field] ?? 0
      this.ends[row] = ends[row * width + field] ?? 0
    }
  }

  /** Folds each by itself: `keptFrom` says from where on its bytes are kept, or -1, and it is read as text. */
  fold(keptFrom: (bytes: Buffer, start: number, end: number) => number, fold: (text: string) => string): void {
    for (let row = 0; row < this.count; row++) {
      const [start, end] = [this.starts[row] ?? 0, this.ends[row] ?? 0]
      const kept = keptFrom(this.bytes, start, end)
      if (kept >= 0) this.starts[row] = kept
      else this.folded.set(row, fold(this.bytes.toString('utf8', start, end)))
    }
  }
}

/** A list of codes that grows. */
export class CodeList {
  #codes: Int32Array = new Int32Array(1024)
  length = 0

  push(codes: Int32Array): void {
    const length = this.length + codes.length
    if (length > this.#codes.length) this.#codes = growArray(this.#codes, Int32Array, length)
    this.#codes.set(codes, this.length)
    this.length = length
  }

  /** The codes themselves, no longer to grow. */
  take(): Int32Array {
    return this.#codes.slice(0, this.length)
  }
}
