/** How many of the eight digits differ, of two numbers with four bits a digit. */
export function nibblesApart(a: number, b: number): number {
  return Math.imul(nibblesSet(a ^ b), 0x11111111) >>> 28
}

/** ddmmyyyy, a digit every four bits. */
export const packBirthDigits = (y: number, m: number, d: number) =>
  (Math.floor(d / 10) << 28) |
  ((d % 10) << 24) |
  (Math.floor(m / 10) << 20) |
  ((m % 10) << 16) |
  (Math.floor(y / 1000) << 12) |
  ((Math.floor(y / 100) % 10) << 8) |
  ((Math.floor(y / 10) % 10) << 4) |
  (y % 10)

/** One digit is another, or two neighbours changed places; digits packed four bits each. */
export function isOneSlip(a: number, b: number): boolean {
  const apart = nibblesSet(a ^ b)
  const count = nibblesApart(a, b)
  if (count <= 1) return true
  if (count > 2) return false
  const low = Math.clz32(apart & -apart) // the lower of the two
  const shift = 31 - low
  if (((apart >>> shift) & 0x11) !== 0x11) return false
  const [x, y] = [(a >>> shift) & 0xff, (b >>> shift) & 0xff]
  return (x & 15) === y >> 4 && x >> 4 === (y & 15)
}

/** A bit for each group of four that is not 0. */
function nibblesSet(x: number): number {
  const folded = x | (x >>> 1) | (x >>> 2) | (x >>> 3)
  return folded & 0x11111111
}

/** The six digits of a number below a million, four bits each. */
export const packSix = (six: number) =>
  (Math.floor(six / 100_000) << 20) |
  ((Math.floor(six / 10_000) % 10) << 16) |
  ((Math.floor(six / 1000) % 10) << 12) |
  ((Math.floor(six / 100) % 10) << 8) |
  ((Math.floor(six / 10) % 10) << 4) |
  (six % 10)

/**
 * Two numbers of twelve digits one slip apart, as halves of six. A swap across the middle is rare enough to be left to
 * the other ways of finding.
 */
export const areNearHalves = (highA: number, lowA: number, highB: number, lowB: number): boolean =>
  highA === highB ? isOneSlip(lowA, lowB) : lowA === lowB && isOneSlip(highA, highB)

/** How many bits are set. */
export function countOnes(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
