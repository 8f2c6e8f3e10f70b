import type { TSchema } from 'typebox'
import type { Endpoint } from '../src/platform/endpoint.ts'
import { requests, withoutPeople } from './door-requests.ts'

/** A person of the register, as an answer may name them. */
export type Known = {
  readonly id: string
  readonly number: string | null
  readonly name: string
  readonly born: string
}

type Ask = <Row>(text: string) => Promise<Row[]>

/** Finds the people of the register in answers. */
export async function openPeopleFinder(rowsOf: Ask) {
  const known = await rowsOf<Known>(
    `select p.person_id as id, n.number, p.full_name as name,
            concat_ws('-', p.birth_y, lpad(p.birth_m::text, 2, '0'), lpad(p.birth_d::text, 2, '0')) as born
     from register.person p left join register.number n on n.person_id = p.person_id`,
  )
  const byId = new Map(known.map(person => [person.id, person]))
  const byNumber = new Map(known.flatMap(person => (person.number ? [[person.number, person] as const] : [])))
  const byName = Map.groupBy(known, ({ name }) => name.normalize('NFC').toLowerCase())
  // What schools wrote of others, or of nobody yet: their row shows that, and by chance somebody else is called so.
  const written = new Set(
    (
      await rowsOf<{ name: string }>(
        `select r.name from rolls.row r left join register.person p on p.person_id = r.person_id
         where lower(r.name) is distinct from lower(p.full_name)`,
      )
    ).map(({ name }) => name.normalize('NFC').toLowerCase()),
  )
  const datesOf = (born: string) => [born, born.split('-').reverse().join('/'), born.split('-').reverse().join('.')]

  /** Those whom it names by id or number, which are nobody else's. */
  function surelyIn(text: string): Known[] {
    const found = new Set<Known>()
    for (const [id] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g)) {
      const person = byId.get(id)
      if (person) found.add(person)
    }
    for (const [digits] of text.matchAll(/(?<!\d)\d{12}(?!\d)/g)) {
      const person = byNumber.get(digits)
      if (person) found.add(person)
    }
    return [...found]
  }

  /**
   * The people in an answer: by id, by number, or by name, which a birth date near it tells from namesakes; where none
   * does, any of them will do.
   */
  function peopleIn(text: string): Known[][] {
    const found = new Map<string, Known[]>()
    const add = (people: Known[]) => found.set(people.map(({ id }) => id).join(), people)
    for (const person of surelyIn(text)) add([person])
    const lower = text.normalize('NFC').toLowerCase()
    for (const [name, people] of byName)
      for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
        // A longer name that has this one in it is another's.
        const isWhole = /(^|[^\p{L}\p{M} ]|[:,·(] )$/u.test(lower.slice(Math.max(0, at - 2), at))
        if (!isWhole || /^ ?[\p{L}\p{M}]/u.test(lower.slice(at + name.length))) continue
        const near = lower.slice(Math.max(0, at - 300), at + name.length + 300)
        const meant = people.filter(({ born }) => datesOf(born).some(date => near.includes(date)))
        if (meant.length > 0 || !written.has(name)) add(meant.length > 0 ? meant : people)
      }
    return [...found.values()]
  }

  return { peopleIn, surelyIn }
}

/** Members of an answer that say who somebody is. */
const personal = /^(personId|personName|fullName|birthDate|givenNumber)$/
function mayShowPeople(schema: TSchema | undefined): boolean {
  const seen = new Set<unknown>()
  const look = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return false
    seen.add(part)
    const { properties = {} } = part as { properties?: Record<string, unknown> }
    return Object.keys(properties).some(name => personal.test(name)) || Object.values(part).some(look)
  }
  return look(schema)
}

/** Whether a door is asked in a demonstration for what it shows of people. */
export const mustBeAsked = (name: string, door: Endpoint) =>
  !(name in withoutPeople) &&
  (door.method === 'GET' || name in requests || (door.method !== 'DELETE' && !door.reply) || mayShowPeople(door.reply))
