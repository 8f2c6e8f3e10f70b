import { birthOf, type PackedPeople, twelveDigits, type UnitPlace } from './packed.ts'
import { type LinkName, type LinkRecord, nameOfWords } from './person-record.ts'

const nineDigits = (number: number) => String(number + 1e9).slice(1)
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function idOf({ ids }: Pick<PackedPeople, 'ids'>, person: number): string {
  let text = ''
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
    text += hexPairs[ids[person * 16 + i] ?? 0]
  }
  return text
}

const noUnits: readonly string[] = []

/** Gives people back as records, for exact scoring. Names are kept for a while: the same ones come again. */
export function unpacker(people: PackedPeople, placeOf: (unit: string) => UnitPlace) {
  const { names } = people
  const places = people.units.map(placeOf)
  const slots = 1 << 15
  const keptId = new Uint32Array(slots)
  const kept: (LinkName | undefined)[] = new Array(slots)

  const nameAt = (id: number): LinkName | undefined => {
    if (id === 0) return undefined
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
  const parentAt = (name: number, year: number) => {
    const known = nameAt(name)
    return known || year ? { ...(known && { name: known }), ...(year && { birthYear: year }) } : undefined
  }
  const unitsOf = (person: number) => people.moreUnits.get(person) ?? (people.unit[person] ? [people.unit[person] ?? 0] : [])

  return {
    nameAt,
    record(person: number): LinkRecord {
      const own = unitsOf(person)
      const only = own.length === 1 ? places[(own[0] ?? 1) - 1] : undefined
      const many = own.length > 1 ? own.flatMap(unit => places[unit - 1] ?? []) : []
      const name = nameAt(people.name[person] ?? 0)
      const number = people.number[person] ?? 0
      const oldNumber = people.oldNumber[person] ?? 0
      const father = parentAt(people.father[person] ?? 0, people.fatherYear[person] ?? 0)
      const mother = parentAt(people.mother[person] ?? 0, people.motherYear[person] ?? 0)
      const phone = people.phone[person]
      const household = people.household[person]
      return {
        id: idOf(people, person),
        name,
        birth: birthOf(people.birth[person] ?? 0),
        sex: people.sex[person] === 1 ? 'M' : 'F',
        number: number > 0 ? twelveDigits(number) : undefined,
        cancelledNumbers: people.cancelled.get(person) ?? noUnits,
        oldNumber: oldNumber > 0 ? nineDigits(oldNumber) : undefined,
        communes: only ? only.communes : [...new Set(many.flatMap(({ communes }) => communes))],
        districts: only ? only.districts : [...new Set(many.flatMap(({ districts }) => districts))],
        father,
        mother,
        phone: phone ? `+${phone}` : undefined,
        household: household ? String(household) : undefined,
      }
    },
  }
}
