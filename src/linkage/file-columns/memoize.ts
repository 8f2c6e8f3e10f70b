/**
 * Keeps what was made of each code, and forgets everything when there are too many: what is wanted again is soon made
 * again.
 */
export function memoizeByCode<T>(codes: number, most: number, make: (code: number) => T): (code: number) => T {
  let made: (T | undefined)[] = new Array(codes + 1)
  let count = 0
  return code => {
    const known = made[code]
    if (known !== undefined) return known
    if (++count > most) {
      made = new Array(codes + 1)
      count = 1
    }
    const value = make(code)
    made[code] = value
    return value
  }
}

const places = 1 << 19

/**
 * Two values are compared once, however many pairs of rows have them. A fixed table: a pair of values that falls on
 * another's place takes it.
 */
export function memoizePairs(compare: (a: number, b: number) => number): (a: number, b: number) => number {
  const left = new Int32Array(places)
  const right = new Int32Array(places)
  const levels = new Uint8Array(places)
  return (a, b) => {
    const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
    const place = (mixed ^ (mixed >>> 15)) & (places - 1)
    if (left[place] === a && right[place] === b) return levels[place] ?? 0
    const level = compare(a, b)
    left[place] = a
    right[place] = b
    levels[place] = level
    return level
  }
}
