import type { PartialDay } from '../../platform/day.ts'
import { type LinkName, type LinkParent, type LinkRecord, nameOfWords } from '../person-record.ts'
import { birthOf, type PackedPeople, twelveDigits, type UnitParents } from './packed.ts'

const nineDigits = (number: number) => String(number + 1e9).slice(1)

const hexDigits = Buffer.from('0123456789abcdef')
const written = Buffer.alloc(36)

export function idOf({ ids }: Pick<PackedPeople, 'ids'>, person: number): string {
  let to = 0
  for (let byte = 0; byte < 16; byte++) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) written[to++] = 45 // a hyphen
    const value = ids[person * 16 + byte] ?? 0
    written[to++] = hexDigits[value >> 4] ?? 0
    written[to++] = hexDigits[value & 15] ?? 0
  }
  return written.toString('latin1')
}

const none: readonly string[] = []
const nowhere: UnitParents = { communes: [], districts: [] }

/** What is seldom asked for is made when it is asked for. */
class PackedPerson implements LinkRecord {
  readonly name: LinkName | undefined
  readonly birth: PartialDay
  readonly sex: 'M' | 'F'
  readonly cancelledNumbers: readonly string[]
  readonly communes: readonly string[]
  readonly districts: readonly string[]
  readonly father: LinkParent | undefined
  readonly mother: LinkParent | undefined
  readonly #people: PackedPeople
  readonly #at: number
  #id: string | undefined
  #number: string | undefined

  constructor(
    people: PackedPeople,
    at: number,
    { name, father, mother }: Pick<LinkRecord, 'name' | 'father' | 'mother'>,
    place: UnitParents,
  ) {
    this.#people = people
    this.#at = at
    this.name = name
    this.birth = birthOf(people.birth[at] ?? 0)
    this.sex = people.sex[at] === 1 ? 'M' : 'F'
    this.cancelledNumbers = people.cancelled.get(at) ?? none
    this.communes = place.communes
    this.districts = place.districts
    this.father = father
    this.mother = mother
  }

  get id(): string {
    this.#id ??= idOf(this.#people, this.#at)
    return this.#id
  }
  get number(): string | undefined {
    const number = this.#people.number[this.#at]
    if (number) this.#number ??= twelveDigits(number)
    return this.#number
  }
  get oldNumber(): string | undefined {
    const number = this.#people.oldNumber[this.#at]
    return number ? nineDigits(number) : undefined
  }
  get phone(): string | undefined {
    const phone = this.#people.phone[this.#at]
    return phone ? `+${phone}` : undefined
  }
  get household(): string | undefined {
    const household = this.#people.household[this.#at]
    return household ? String(household) : undefined
  }
}

/** Gives people back as records, for exact scoring. Names are kept for a while: the same ones come again. */
export function makeUnpacker(people: PackedPeople, placeOf: (unit: string) => UnitParents) {
  const { names } = people
  const places = people.units.map(placeOf)
  const slots = 1 << 15
  const keptId = new Uint32Array(slots)
  const kept: (LinkName | undefined)[] = new Array(slots)

  const isWrittenAs = (id: number, { markedWords }: LinkName): boolean => {
    const from = names.start[id] ?? 0
    if ((names.start[id + 1] ?? 0) - from !== markedWords.length || names.odd.has(id)) return false
    for (let i = 0; i < markedWords.length; i++)
      if (names.words[(names.word[from + i] ?? 1) - 1] !== markedWords[i]) return false
    return true
  }

  /** `like` itself, where the name is the same. */
  const nameAt = (id: number, like?: LinkName): LinkName | undefined => {
    if (id === 0) return undefined
    if (like && isWrittenAs(id, like)) return like
    const slot = id & (slots - 1)
    if (keptId[slot] === id) return kept[slot]
    const marked: string[] = []
    const plain: string[] = []
    for (let i = names.start[id] ?? 0; i < (names.start[id + 1] ?? 0); i++) {
      const word = (names.word[i] ?? 1) - 1
      marked.push(names.words[word] ?? '')
      plain.push(names.plainWords[word] ?? '')
    }
    const odd = names.odd.get(id)
    const name = nameOfWords(marked, odd === undefined ? plain : odd.split(' '))
    keptId[slot] = id
    kept[slot] = name
    return name
  }
  const parentAt = (name: number, year: number, like?: LinkParent): LinkParent | undefined => {
    const known = nameAt(name, like?.name)
    if (like && known === like.name && year === (like.birthYear ?? 0)) return like
    return known || year ? { name: known, birthYear: year || undefined } : undefined
  }
  const placesAt = (person: number): UnitParents => {
    const own = people.moreUnits.get(person)
    if (!own) return places[(people.unit[person] ?? 0) - 1] ?? nowhere
    const many = own.flatMap(unit => places[unit - 1] ?? [])
    return {
      communes: [...new Set(many.flatMap(({ communes }) => communes))],
      districts: [...new Set(many.flatMap(({ districts }) => districts))],
    }
  }

  return {
    nameAt,
    /** The person at a place; what is the same as in `like`, the row that is compared, is not made again. */
    record: (at: number, like?: LinkRecord): LinkRecord =>
      new PackedPerson(
        people,
        at,
        {
          name: nameAt(people.name[at] ?? 0, like?.name),
          father: parentAt(people.father[at] ?? 0, people.fatherYear[at] ?? 0, like?.father),
          mother: parentAt(people.mother[at] ?? 0, people.motherYear[at] ?? 0, like?.mother),
        },
        placesAt(at),
      ),
  }
}
