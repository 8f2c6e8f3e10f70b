import { readCardQr } from '../../../src/names/card-qr.ts'
import { keysOf } from '../../../src/names/names.ts'
import type { Roster, RosterPerson } from '../../../src/planning/rosters/contract-station.ts'
import type { PersonHere, UndeclaredHere } from '../draft/draft.ts'
import type { Known } from '../draft/eligibility.ts'
import type { Entry, WalkIn } from '../keep/session-queue.ts'

/** Finding people on the roster, and who an entry of the queue is. */

/** `line`: the class, empty for who is in none; undefined for who is on no list. */
export type Someone = {
  readonly person: PersonHere
  readonly known?: RosterPerson
  readonly undeclared?: UndeclaredHere
  readonly law: Known
  readonly line: string | undefined
}

const ofWalkIn = ({ undeclared, turnedAway, ...person }: WalkIn): Someone => ({
  person,
  law: { birthDate: person.birthDate, turnedAway },
  line: undefined,
  ...(undeclared && { undeclared }),
})

/**
 * Whoever is on a roster without a number is known by the old one, or by none: an empty text is filled in when the
 * papers are seen.
 */
const personIn = ({ id, number, oldNumber, fullName, birthDate, sex }: RosterPerson): PersonHere => ({
  id,
  number: number ?? oldNumber ?? '',
  fullName,
  birthDate,
  sex,
})

export function someoneOf(
  entry: Pick<Entry, 'person' | 'walkIn'>,
  people: ReadonlyMap<string, RosterPerson>,
): Someone | undefined {
  if (entry.walkIn) return ofWalkIn(entry.walkIn)
  const known = entry.person ? people.get(entry.person) : undefined
  return known && { person: personIn(known), known, law: known, line: known.class ?? '' }
}

export type Findable = { readonly person: RosterPerson; readonly name: string; readonly sort: string }

/** The roster as it is searched: names without marks, sorted by given name. */
export const findableOf = ({ people }: Roster): readonly Findable[] =>
  people
    .map(person => {
      const { marks, sort } = keysOf(person.fullName)
      return { person, name: marks, sort }
    })
    .sort((a, b) => (a.sort < b.sort ? -1 : 1))

const digits = (text: string) => text.replace(/\D/g, '')

/**
 * What was typed or scanned: a card's line finds by its number, digits by the beginning or end of one, words by each of
 * them in the name or the class.
 */
export function find(text: string, all: readonly Findable[]): readonly Findable[] {
  const card = readCardQr(text)
  const number = card.kind === 'card' ? card.number : card.kind === 'garbled' ? card.repaired.number : undefined
  if (number) return all.filter(({ person }) => person.number === number)
  if (/^[\d\s.]{3,}$/.test(text)) {
    const asked = digits(text)
    return all.filter(({ person }) =>
      [person.number, person.oldNumber].some(one => one?.startsWith(asked) || one?.endsWith(asked)),
    )
  }
  const words = keysOf(text).marks.split(' ').filter(Boolean)
  if (words.length === 0) return []
  return all.filter(({ person, name }) => {
    const own = ` ${name} ${(person.class ?? '').toLowerCase()}`
    return words.every(word => own.includes(` ${word}`))
  })
}

/** Who of the session has the same name, marks aside, and birth year: to be compared before a number is asked for. */
export function findAlike(
  { fullName, birthDate }: Pick<PersonHere, 'fullName' | 'birthDate'>,
  { people }: Roster,
  entries: readonly Entry[],
): readonly Pick<PersonHere, 'fullName' | 'birthDate'>[] {
  const { marks } = keysOf(fullName)
  if (!marks || !birthDate) return []
  const others = [...people, ...entries.flatMap(({ walkIn }) => walkIn ?? [])]
  return others.filter(
    other => keysOf(other.fullName).marks === marks && other.birthDate.slice(0, 4) === birthDate.slice(0, 4),
  )
}
