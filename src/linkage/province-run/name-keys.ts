import type { LinkName } from '../person-record.ts'

/** FNV-1a over UTF-16 units, 32 bits, never 0. */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0 || 1
}

/** Two numbers as one hash: blocking keys of a name and a year. */
export function mixHashes(a: number, b: number): number {
  let hash = Math.imul(a ^ (b + 0x9e3779b9), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The keys by which names are looked up and told apart fast. */
export const packNameKeys = (name: LinkName) => ({
  plain: hashOfText(name.plain),
  joined: hashOfText(name.joined),
  sorted: hashOfText(name.sorted),
  familyGiven: hashOfText(`${name.family} ${name.given}`),
  given: hashOfText(name.given),
})

/**
 * Hashes of each distinct name, by which people are indexed; nobody needs them afterwards. A rare mistake costs a
 * comparison only.
 */
export type PackedNameKeys = {
  readonly given: Uint32Array
  readonly plain: Uint32Array
  readonly joined: Uint32Array
  readonly sorted: Uint32Array
  readonly familyGiven: Uint32Array
}
