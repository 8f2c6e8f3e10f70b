import { hash } from 'node:crypto'
import { foldMarks } from '../../names/name.ts'
import { type Day, formatPartialDay } from '../../platform/day.ts'
import { pepper } from '../../platform/sealing/sealing.ts'
import type { Work } from '../../platform/work.ts'
import type { ProbingRule } from '../law.ts'
import type { CheckRequest } from '../person-data.ts'
import type { NewTriedName } from './guess-counts.ts'
import * as store from './store.ts'

/**
 * Against finding a person's number from their name and birth date by trying one number after another. Counted by party
 * and day: under how many numbers of nobody, or of an altogether different person, a name with a birth date was tried,
 * and either alone. What was tried is kept as a hash that only the key outside the database makes, another each day and
 * for each party.
 */

/**
 * The hashes of a person who is looked for. Marks and blanks of the name are folded away, and a name in a legacy
 * encoding has one hash for each reading.
 */
export type SoughtPerson = {
  readonly named: readonly string[]
  readonly names: readonly string[]
  readonly birth: string
  readonly number: number
}

/** SHA-256 over a secret of 32 bytes and the text, cut: what is cut cannot be lengthened. */
const hashWithSecret = (secret: string, text: string) => hash('sha256', `${secret}\n${text}`, 'hex')
const uuidOf = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`

export const secretOf = (guesser: string, day: Day): string => pepper('guess', `${guesser} ${day}`, '')

export function hashesOf(secret: string, { number, names, birth }: CheckRequest): SoughtPerson {
  const day = formatPartialDay(birth)
  const folded = [...new Set(names.map(name => foldMarks(name).replaceAll(' ', '')))]
  const keyOf = (text: string) => uuidOf(hashWithSecret(secret, text))
  return {
    named: folded.map(name => keyOf(`named ${name} ${day}`)),
    names: folded.map(name => keyOf(`name ${name}`)),
    birth: keyOf(`birth ${day}`),
    get number() {
      return Number.parseInt(hashWithSecret(secret, `number ${number}`).slice(0, 8), 16) | 0
    },
  }
}

/** Under how many numbers, and of a name with its birth date under which. */
type TriedNumbers = { numbers: number; readonly seen: Set<number> }

/** What was tried before a work, and what it adds. */
export type TriedNames = {
  readonly known: Map<string, TriedNumbers>
  readonly added: NewTriedName[]
  /** Names with a birth date that are answered no more from this work on. */
  stopped: number
}

/** Looks up what was tried before; in a statement after what holds the names. */
export async function readTriedNames(
  work: Work,
  sought: readonly SoughtPerson[],
  guesser: string,
  day: Day,
): Promise<TriedNames> {
  const keys = [...new Set(sought.flatMap(({ named, names, birth }) => [...named, ...names, birth]))]
  const found = keys.length === 0 ? [] : await store.findTriedRows(work, keys, guesser, day)
  const known = new Map(
    found.map(({ place, numbers, seen }): [string, TriedNumbers] => [
      keys[place - 1] ?? '',
      { numbers, seen: new Set(seen) },
    ]),
  )
  return { known, added: [], stopped: 0 }
}

export function isTriedOut(
  { tries }: ProbingRule,
  { known }: TriedNames,
  { named, names, birth }: SoughtPerson,
): boolean {
  if (known.size === 0) return false
  const reached = (most: number) => (key: string) => (known.get(key)?.numbers ?? 0) >= most
  return named.some(reached(tries.nameWithBirth)) || names.some(reached(tries.name)) || reached(tries.birth)(birth)
}

function addTry(tried: TriedNames, told: string, under: number | null): TriedNumbers {
  const tries = tried.known.get(told) ?? { numbers: 0, seen: new Set<number>() }
  tries.numbers += 1
  if (under !== null) tries.seen.add(under)
  tried.known.set(told, tries)
  tried.added.push({ told, under })
  return tries
}

/** Counts that something was tried under a number; the same again teaches nothing, and counts once. */
export function countTry(
  { tries }: ProbingRule,
  tried: TriedNames,
  { named, names, birth, number }: SoughtPerson,
): void {
  const fresh = named.filter(key => !tried.known.get(key)?.seen.has(number))
  for (const key of fresh) if (addTry(tried, key, number).numbers === tries.nameWithBirth) tried.stopped += 1
  if (fresh.length > 0) for (const key of [...names, birth]) addTry(tried, key, null)
}
