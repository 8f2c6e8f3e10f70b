import type { LinkCodes } from './link-record.ts'

const enlarged = <T extends Uint8Array | Uint32Array | Int32Array>(array: T, into: T): T => {
  into.set(array)
  return into
}

/**
 * Gives each distinct run of bytes a code from 1, straight from the piece of a stream in which it lies. No text is made
 * before it is asked for. The bytes lie end to end with an open table of codes beside them, about 15 bytes a value and
 * its own length.
 */
export class ByteCodes implements LinkCodes {
  readonly #asText: (bytes: Buffer, from: number, to: number) => string
  #bytes = Buffer.alloc(1 << 16)
  #ends = new Uint32Array(1 << 12)
  #hashes = new Int32Array(1 << 12)
  #slots = new Uint32Array(1 << 13)
  size = 0

  constructor(asText: (bytes: Buffer, from: number, to: number) => string) {
    this.#asText = asText
  }

  textOf(code: number): string {
    return code < 1 || code > this.size
      ? ''
      : this.#asText(this.#bytes, this.#ends[code - 1] ?? 0, this.#ends[code] ?? 0)
  }

  codeOf(from: Buffer, start: number, end: number): number {
    const hash = hashOf(from, start, end)
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot] as number
      if (code === 0) return this.#add(from, start, end, hash, slot)
      if (this.#hashes[code] === hash && this.#holds(code, from, start, end)) return code
    }
  }

  #holds(code: number, from: Buffer, start: number, end: number): boolean {
    const at = this.#ends[code - 1] as number
    const length = end - start
    if ((this.#ends[code] as number) - at !== length) return false
    const bytes = this.#bytes
    for (let i = 0; i < length; i++) if (bytes[at + i] !== from[start + i]) return false
    return true
  }

  #add(from: Buffer, start: number, end: number, hash: number, slot: number): number {
    const code = ++this.size
    const at = this.#ends[code - 1] as number
    const to = at + end - start
    while (to > this.#bytes.length) this.#bytes = enlarged(this.#bytes, Buffer.alloc(this.#bytes.length * 2))
    if (code === this.#ends.length) {
      this.#ends = enlarged(this.#ends, new Uint32Array(code * 2))
      this.#hashes = enlarged(this.#hashes, new Int32Array(code * 2))
    }
    for (let i = start; i < end; i++) this.#bytes[at + i - start] = from[i] as number
    this.#ends[code] = to
    this.#hashes[code] = hash
    this.#slots[slot] = code
    if (code * 2 > this.#slots.length) this.#widenSlots()
    return code
  }

  #widenSlots(): void {
    const slots = new Uint32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let code = 1; code <= this.size; code++) {
      let slot = (this.#hashes[code] as number) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    this.#slots = slots
  }
}

/** FNV-1a, mixed at the end so that the low bits are good enough for a table. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
