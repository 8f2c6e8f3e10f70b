/**
 * Keeps what was made of each text, which comes again and again, and forgets everything when there are `most`: what is
 * wanted again is soon made again.
 */
export function remembering<T>(most: number, make: (text: string) => T): (text: string) => T {
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
