/** Grows a typed array by half again, so that a column of unknown length costs no second copy for long. */
const growArray = <T extends Uint16Array | Uint32Array | Int32Array>(
  array: T,
  make: new (length: number) => T,
  needed: number,
): T => {
  if (needed <= array.length) return array
  const larger = new make(Math.max(needed, Math.ceil(array.length * 1.5)))
  larger.set(array)
  return larger
}

/** FNV-1a over UTF-16 units, mixed at the end so that the low bits are good enough for a table. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

/**
 * The distinct texts of a column, each with a code from 1; code 0 is no text. They lie end to end in one array of
 * UTF-16 units with an open table of codes beside it: about 12 bytes a text and 2 a letter, where a Map of strings
 * takes 90 and more and makes the collector walk through all.
 */
export class Dictionary {
  #units = new Uint16Array(4096)
  #ends = new Uint32Array(256)
  #hashes = new Int32Array(256)
  #slots = new Int32Array(512)
  /** How many texts there are; codes run from 1 to this. */
  size = 0

  /** The code of a text, which is taken in if it is new. */
  codeOf(text: string): number {
    if (text === '') return 0
    const hash = hashText(text)
    const slot = this.#slotOf(text, hash)
    return this.#slots[slot] || this.#add(text, hash, slot)
  }

  /** The code of a text that is there, or 0. */
  find(text: string): number {
    return text === '' ? 0 : (this.#slots[this.#slotOf(text, hashText(text))] ?? 0)
  }

  textOf(code: number): string {
    const from = this.#ends[code - 1] ?? 0
    const to = this.#ends[code] ?? from
    // Short texts are quickest letter by letter; apply would overflow the stack on very long ones.
    let text = ''
    for (let i = from; i < to; i++) text += String.fromCharCode(this.#units[i] ?? 0)
    return text
  }

  *texts(): Generator<string> {
    for (let code = 1; code <= this.size; code++) yield this.textOf(code)
  }

  #slotOf(text: string, hash: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot] ?? 0
      if (code === 0 || (this.#hashes[code] === hash && this.#holds(code, text))) return slot
    }
  }

  #holds(code: number, text: string): boolean {
    const from = this.#ends[code - 1] ?? 0
    if ((this.#ends[code] ?? 0) - from !== text.length) return false
    for (let i = 0; i < text.length; i++) if (this.#units[from + i] !== text.charCodeAt(i)) return false
    return true
  }

  #add(text: string, hash: number, slot: number): number {
    const code = ++this.size
    const from = this.#ends[code - 1] ?? 0
    this.#units = growArray(this.#units, Uint16Array, from + text.length)
    this.#ends = growArray(this.#ends, Uint32Array, code + 1)
    this.#hashes = growArray(this.#hashes, Int32Array, code + 1)
    for (let i = 0; i < text.length; i++) this.#units[from + i] = text.charCodeAt(i)
    this.#ends[code] = from + text.length
    this.#hashes[code] = hash
    this.#slots[slot] = code
    if (this.size * 2 > this.#slots.length) this.#widen()
    return code
  }

  #widen(): void {
    const mask = this.#slots.length * 2 - 1
    this.#slots = new Int32Array(mask + 1)
    for (let code = 1; code <= this.size; code++) {
      let slot = (this.#hashes[code] ?? 0) & mask
      while (this.#slots[slot]) slot = (slot + 1) & mask
      this.#slots[slot] = code
    }
  }
}

/** A list of codes that grows. */
export class CodeList {
  #codes = new Int32Array(1024)
  length = 0

  push(code: number): void {
    this.#codes = growArray(this.#codes, Int32Array, this.length + 1)
    this.#codes[this.length++] = code
  }

  /** The codes themselves, no longer to grow. */
  take(): Int32Array {
    return this.#codes.slice(0, this.length)
  }
}
