import { chipLimits } from '../law.ts'

/**
 * Reads elements in the distinguished encoding rules (ITU-T X.690), and refuses every other encoding of the same: what
 * can be written in two ways could be changed under a signature.
 */

/** The bytes are not what the standard says; the message says where and what. */
export class Malformed extends Error {}

export type Element = {
  /** One byte, or two as in 0x7f61. */
  readonly tag: number
  readonly content: Uint8Array
  /** With tag and length. */
  readonly bytes: Uint8Array
}

/** Where a part of a file lies: bytes counted from nought, `to` behind the last. */
export type PlaceInFile = { readonly from: number; readonly to: number }

/** The place of a part that was read out of a file, not copied from it. */
export const placeIn = (file: Uint8Array, part: Uint8Array): PlaceInFile => {
  const from = part.byteOffset - file.byteOffset
  return { from, to: from + part.length }
}

const hexTag = (tag: number) => tag.toString(16).padStart(2, '0')

function readTag(bytes: Uint8Array, at: number): { readonly tag: number; readonly next: number } {
  const first = bytes[at]
  if (first === undefined) throw new Malformed('it ends where a tag begins')
  if ((first & 0x1f) !== 0x1f) return { tag: first, next: at + 1 }
  const second = bytes[at + 1]
  if (second === undefined) throw new Malformed('it ends within a tag')
  if (second & 0x80) throw new Malformed('a tag has more than two bytes')
  // Tags of data groups such as 5f01 are so by ICAO 9303-10, though one byte could say as much.
  if (second < 0x1f && first !== 0x5f)
    throw new Malformed(`the tag ${hexTag((first << 8) | second)} is not written the shortest way`)
  return { tag: (first << 8) | second, next: at + 2 }
}

function readLength(bytes: Uint8Array, at: number): { readonly length: number; readonly next: number } {
  const first = bytes[at]
  if (first === undefined) throw new Malformed('it ends where a length begins')
  if (first < 0x80) return { length: first, next: at + 1 }
  const count = first & 0x7f
  if (count === 0) throw new Malformed('a length is indefinite')
  if (count > 3) throw new Malformed('a length has more than three bytes')
  if (at + count >= bytes.length) throw new Malformed('it ends within a length')
  let length = 0
  for (let i = 1; i <= count; i++) length = length * 256 + (bytes[at + i] ?? 0)
  if (length < 0x80 || (count > 1 && length < 2 ** (8 * (count - 1))))
    throw new Malformed('a length is not written the shortest way')
  return { length, next: at + 1 + count }
}

/** The element that begins at a place; what follows it is not looked at. Its content is not looked at either. */
export function elementAt(bytes: Uint8Array, at = 0): Element {
  const { tag, next } = readTag(bytes, at)
  const { length, next: from } = readLength(bytes, next)
  const to = from + length
  if (to > bytes.length)
    throw new Malformed(`the element ${hexTag(tag)} has ${length} bytes, and ${bytes.length - from} are there`)
  return { tag, content: bytes.subarray(from, to), bytes: bytes.subarray(at, to) }
}

/** The elements that lie one after another. */
export function elementsIn(bytes: Uint8Array): readonly Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const next = elementAt(bytes, at)
    found.push(next)
    at += next.bytes.length
  }
  return found
}

/** The one element of which the bytes consist. */
export function onlyElement(bytes: Uint8Array, tag: number): Element {
  const found = elementAt(bytes)
  if (found.bytes.length !== bytes.length)
    throw new Malformed(`${bytes.length - found.bytes.length} bytes follow the element ${hexTag(found.tag)}`)
  if (found.tag !== tag) throw new Malformed(`it begins with the tag ${hexTag(found.tag)}, not ${hexTag(tag)}`)
  return found
}

/** Takes the elements of a sequence one after another; `end` refuses what is left. */
export class Cursor {
  readonly #elements: readonly Element[]
  readonly #what: string
  #at = 0

  constructor(content: Uint8Array, what: string) {
    this.#elements = elementsIn(content)
    this.#what = what
  }

  /** The next element has this tag. */
  take(tag: number): Element {
    const found = this.#elements[this.#at]
    if (!found) throw new Malformed(`${this.#what}: the element ${hexTag(tag)} is missing`)
    if (found.tag !== tag) throw new Malformed(`${this.#what}: ${hexTag(found.tag)} stands where ${hexTag(tag)} should`)
    this.#at++
    return found
  }

  /** The next element where it has this tag. */
  maybe(tag: number): Element | undefined {
    return this.#elements[this.#at]?.tag === tag ? this.#elements[this.#at++] : undefined
  }

  /** The next element, whatever it is. */
  any(): Element | undefined {
    const found = this.#elements[this.#at]
    if (found) this.#at++
    return found
  }

  end(): void {
    const rest = this.#elements.length - this.#at
    if (rest > 0) throw new Malformed(`${this.#what}: ${rest} elements more than there should be`)
  }
}

export const inSequence = (bytes: Uint8Array, what: string): Cursor =>
  new Cursor(onlyElement(bytes, 0x30).content, what)

export function readInteger({ content }: Element): bigint {
  const value = BigInt(`0x0${Buffer.from(content).toString('hex')}`)
  return (content[0] ?? 0) & 0x80 ? value - (1n << BigInt(8 * content.length)) : value
}

/** A number that is small by its meaning, such as a version. */
export function readSmallInteger(found: Element, what: string): number {
  const value = readInteger(found)
  if (value < 0n || value > 0xffffn) throw new Malformed(`${what}: the number ${value} is out of its range`)
  return Number(value)
}

/** The bytes of a BIT STRING that has whole bytes. */
export function readBits({ content }: Element, what: string): Uint8Array {
  if (content[0] !== 0) throw new Malformed(`${what}: a string of bits has bits that no byte fills`)
  return content.subarray(1)
}

const objectIdentifiers = new Map<string, string>()
const rememberedIdentifiers = 1000

export function readObjectIdentifier({ content }: Element): string {
  if (content.length > chipLimits.objectIdentifier)
    throw new Malformed(`an object identifier has ${content.length} bytes`)
  const key = Buffer.from(content).toString('latin1')
  const known = objectIdentifiers.get(key)
  if (known !== undefined) return known
  const arcs: bigint[] = []
  let arc = 0n
  for (const byte of content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    if (byte & 0x80) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first = 0n, ...rest] = arcs
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  const dotted = [top, first - 40n * top, ...rest].join('.')
  if (objectIdentifiers.size < rememberedIdentifiers) objectIdentifiers.set(key, dotted)
  return dotted
}

const timePattern = /^(\d\d|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/

/** UTCTime or GeneralizedTime, to the second, in UTC (RFC 5280, section 4.1.2.5). */
export function readTime({ tag, content }: Element): Date {
  const text = Buffer.from(content).toString('latin1')
  const [, yearText = '', ...rest] = timePattern.exec(text) ?? []
  const isRight = tag === 0x17 ? yearText.length === 2 : tag === 0x18 && yearText.length === 4
  if (!isRight) throw new Malformed('a time is not written as the standard says')
  const short = Number(yearText)
  const year = tag === 0x18 ? short : short < 50 ? 2000 + short : 1900 + short
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number)
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  if (at.getUTCDate() !== day || at.getUTCHours() !== hour || at.getUTCMinutes() !== minute)
    throw new Malformed(`there is no time ${text}`)
  return at
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

export function readText({ content }: Pick<Element, 'content'>): string {
  try {
    return utf8.decode(content)
  } catch {
    throw new Malformed('a text is not UTF-8')
  }
}

const isConstructed = (tag: number) => ((tag < 0x100 ? tag : tag >> 8) & 0x20) !== 0

/** The rules for the content of each universal type (X.690, sections 8.1 to 8.19, 10, 11). */
const contentRules: Readonly<Record<number, (content: Uint8Array) => string | undefined>> = {
  1: content => (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff) ? 'a truth value' : undefined),
  2: integerFault,
  10: integerFault,
  3: content => {
    const unused = content[0]
    if (unused === undefined || unused > 7 || (unused > 0 && content.length === 1)) return 'a string of bits'
    return ((content.at(-1) ?? 0) & (2 ** unused - 1)) !== 0 ? 'a string of bits whose unused bits are set' : undefined
  },
  5: content => (content.length > 0 ? 'a null' : undefined),
  6: content => {
    const startsArc = (at: number) => at === 0 || ((content[at - 1] ?? 0) & 0x80) === 0
    const isPadded = content.some((byte, at) => byte === 0x80 && startsArc(at))
    return content.length === 0 || isPadded || ((content.at(-1) ?? 0) & 0x80) !== 0 ? 'an object identifier' : undefined
  },
}

function integerFault(content: Uint8Array): string | undefined {
  const [first, second = 0] = content
  if (first === undefined) return 'an integer'
  const isPadded = content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  return isPadded ? 'an integer' : undefined
}

function refuseContent({ tag, content }: Element): void {
  if (tag >= 0x40) return
  const kind = tag & 0x1f
  const shouldBeConstructed = kind === 16 || kind === 17
  if (isConstructed(tag) !== shouldBeConstructed) throw new Malformed(`the element ${hexTag(tag)} is of no such form`)
  const fault = contentRules[kind]?.(content)
  if (fault) throw new Malformed(`${fault} is not written the one way`)
}

/** Members of a SET in the order of their bytes; equal ones are none (X.690, sections 10.3 and 11.6). */
export function refuseDisorder(members: readonly Element[]): void {
  for (let at = 1; at < members.length; at++)
    if (Buffer.compare(members[at - 1]?.bytes ?? new Uint8Array(), members[at]?.bytes ?? new Uint8Array()) >= 0)
      throw new Malformed('the members of a set are not in their order')
}

/**
 * Refuses bytes that are not one element in the distinguished encoding, to the last of its parts: lengths, integers,
 * truth values, bits, sets. Tags of applications and contexts are taken as they are. Throws Malformed.
 */
export function refuseNonCanonical(bytes: Uint8Array): void {
  let left: number = chipLimits.elements
  const look = (found: Element, depth: number): void => {
    if (depth > chipLimits.depth) throw new Malformed('too many elements lie inside one another')
    if (--left < 0) throw new Malformed('it has too many elements')
    refuseContent(found)
    if (!isConstructed(found.tag)) return
    const members = elementsIn(found.content)
    if (found.tag === 0x31) refuseDisorder(members)
    for (const member of members) look(member, depth + 1)
  }
  const whole = elementAt(bytes)
  if (whole.bytes.length !== bytes.length)
    throw new Malformed(`${bytes.length - whole.bytes.length} bytes follow the element ${hexTag(whole.tag)}`)
  look(whole, 0)
}
