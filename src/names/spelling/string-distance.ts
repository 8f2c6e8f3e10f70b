/**
 * How near two folded strings are, for record linkage. Strings are compared by UTF-16 unit, so fold them first (NFC).
 */

let matchedA = new Uint8Array(64)
let matchedB = new Uint8Array(64)

/** Jaro's similarity, 0 to 1 (Jaro 1989). The buffers are shared: linkage calls this millions of times. */
export function jaro(a: string, b: string): number {
  if (a === b) return 1
  if (a.length === 0 || b.length === 0) return 0
  if (matchedA.length < a.length) matchedA = new Uint8Array(a.length * 2)
  if (matchedB.length < b.length) matchedB = new Uint8Array(b.length * 2)
  matchedA.fill(0, 0, a.length)
  matchedB.fill(0, 0, b.length)

  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  let matches = 0
  for (let i = 0; i < a.length; i += 1) {
    const to = Math.min(b.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= to; j += 1) {
      if (matchedB[j] || a.charCodeAt(i) !== b.charCodeAt(j)) continue
      matchedA[i] = 1
      matchedB[j] = 1
      matches += 1
      break
    }
  }
  if (matches === 0) return 0

  let outOfPlace = 0
  for (let i = 0, j = 0; i < a.length; i += 1) {
    if (!matchedA[i]) continue
    while (!matchedB[j]) j += 1
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfPlace += 1
    j += 1
  }
  return (matches / a.length + matches / b.length + (matches - outOfPlace / 2) / matches) / 3
}

/** Jaro's similarity, raised by a common beginning of up to four letters (Winkler 1990). 0 to 1. */
export function jaroWinkler(a: string, b: string): number {
  const similarity = jaro(a, b)
  let common = 0
  while (common < 4 && common < a.length && a.charCodeAt(common) === b.charCodeAt(common)) common += 1
  return similarity + common * 0.1 * (1 - similarity)
}

/**
 * The number of letters to insert, delete, change or swap with a neighbour (optimal string alignment); `max + 1` for
 * any distance above `max`, as soon as that is known.
 */
export function editDistanceAtMost(a: string, b: string, max: number): number {
  if (a === b) return 0
  const far = max + 1
  if (Math.abs(a.length - b.length) > max) return far
  if (max === 1) return isOneEditApart(a, b) ? 1 : far
  if (a.length === 0 || b.length === 0) return Math.max(a.length, b.length)

  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = Math.min((last[j] ?? far) + 1, (row[j - 1] ?? far) + 1, (last[j - 1] ?? far) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        cost = Math.min(cost, (before[j - 2] ?? far) + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    if (least > max) return far
    before = last
    last = row
  }
  return Math.min(last[b.length] ?? far, far)
}

/**
 * Of two strings that differ and whose lengths differ by one at most: what is between their common beginning and their
 * common end tells.
 */
function isOneEditApart(a: string, b: string): boolean {
  let from = 0
  while (from < a.length && from < b.length && a.charCodeAt(from) === b.charCodeAt(from)) from += 1
  let endA = a.length
  let endB = b.length
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1
    endB -= 1
  }
  const [inA, inB] = [endA - from, endB - from]
  if (inA <= 1 && inB <= 1) return true
  return (
    inA === 2 &&
    inB === 2 &&
    a.charCodeAt(from) === b.charCodeAt(from + 1) &&
    a.charCodeAt(from + 1) === b.charCodeAt(from)
  )
}
