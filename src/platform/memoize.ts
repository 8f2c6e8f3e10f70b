/**
 * Caches the result of `make` by text, and clears the whole cache when it has `most` entries: a result that is needed
 * again is cheap to make again.
 */
export function memoize<T>(most: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>()
  return text => {
    const known = kept.get(text)
    if (known !== undefined) return known
    if (kept.size >= most) kept.clear()
    const made = make(text)
    kept.set(text, made)
    return made
  }
}
