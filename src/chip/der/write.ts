/**
 * Writes elements in the distinguished encoding rules (ITU-T X.690, section 10): a tag, the shortest length, the
 * content. Tags of data groups such as 0x5f1f have two bytes.
 */

type Content = Uint8Array | readonly Uint8Array[]

export const bytesOf = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => Buffer.concat(parts)

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length]
  if (length < 0x100) return [0x81, length]
  if (length < 0x10000) return [0x82, length >> 8, length & 0xff]
  return [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]
}

const tagBytes = (tag: number): readonly number[] => (tag < 0x100 ? [tag] : [tag >> 8, tag & 0xff])

/** One element. `tag`: one byte, or two as in 0x7f61. */
export function element(tag: number, content: Content): Uint8Array<ArrayBuffer> {
  const parts = content instanceof Uint8Array ? [content] : content
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return bytesOf(Uint8Array.from([...tagBytes(tag), ...lengthBytes(length)]), ...parts)
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => element(0x30, parts)

/** The members in the order of their bytes (X.690, section 11.6). */
export const setOf = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  element(0x31, parts.toSorted(Buffer.compare))

/** An INTEGER that is not negative, from its bytes without sign. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const first = bytes.findIndex(byte => byte !== 0)
  const short = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  return element(0x02, (short[0] ?? 0) & 0x80 ? [Uint8Array.of(0), short] : short)
}

export function integer(value: number | bigint): Uint8Array<ArrayBuffer> {
  const text = value.toString(16)
  return unsignedInteger(Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex'))
}

export const octets = (content: Content): Uint8Array<ArrayBuffer> => element(0x04, content)
export const bits = (bytes: Uint8Array, unused = 0): Uint8Array<ArrayBuffer> =>
  element(0x03, [Uint8Array.of(unused), bytes])
export const trueValue = (): Uint8Array<ArrayBuffer> => element(0x01, Uint8Array.of(0xff))
export const nullValue = (): Uint8Array<ArrayBuffer> => element(0x05, [])
export const utf8Text = (text: string): Uint8Array<ArrayBuffer> => element(0x0c, Buffer.from(text, 'utf8'))
export const printableText = (text: string): Uint8Array<ArrayBuffer> => element(0x13, Buffer.from(text, 'latin1'))

const base128 = (value: bigint): number[] => {
  const digits = [Number(value & 0x7fn)]
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) digits.unshift(Number(rest & 0x7fn) | 0x80)
  return digits
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  return element(0x06, Uint8Array.from([first * 40n + second, ...rest].flatMap(base128)))
}

const twoDigits = (number: number) => String(number).padStart(2, '0')

/** UTCTime to 2049, GeneralizedTime from 2050 (RFC 5280, section 4.1.2.5). */
export function time(at: Date): Uint8Array<ArrayBuffer> {
  const [year, ...rest] = [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ]
  const tail = `${rest.map(twoDigits).join('')}Z`
  const isShort = year !== undefined && year >= 1950 && year < 2050
  const text = isShort ? `${twoDigits(year % 100)}${tail}` : `${String(year).padStart(4, '0')}${tail}`
  return element(isShort ? 0x17 : 0x18, Buffer.from(text, 'latin1'))
}
