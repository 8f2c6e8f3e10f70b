import type { Random } from '../random.ts'
import type { Member } from './household.ts'
import { type FullName, familyName, nameFor, type Sex, written } from './name.ts'
import type { Person } from './person.ts'

/** A parent who is in the register, and whose number a child's record lacks all the same. */
const parentNumberUnknown = 0.03

/**
 * Children bear the father's family name, where he is known; husband and wife keep their own. No two in a house have
 * one name.
 */
export function nameAll(members: readonly Member[], people: string, random: Random): FullName[] {
  const families: (string | undefined)[] = members.map(() => undefined)
  const familyOf = (index: number): string => {
    const { father, mother, absentFather } = members[index]!
    const from = father !== undefined && members[father] ? father : absentFather === 'unknown' ? mother : undefined
    families[index] ??= from !== undefined ? familyOf(from) : familyName(random, people)
    return families[index]
  }
  // Brothers and sisters whose father is away still share his name.
  let absent: string | undefined
  const taken = new Set<string>()
  return members.map(({ sex, year, mother, absentFather }, index) => {
    if (absentFather === 'dead' || absentFather === 'elsewhere') {
      absent ??= familyName(random, people)
      families[index] = absent
    }
    const motherFamily = mother !== undefined && members[mother] ? familyOf(mother) : undefined
    const draw = () => nameFor(random, { sex, year, people, family: familyOf(index), motherFamily })
    let name = draw()
    while (taken.has(written(name))) name = draw()
    taken.add(written(name))
    return name
  })
}

type House = { members: readonly Member[]; names: readonly FullName[]; settled: readonly Person[]; people: string }
type Streams = Record<'name' | 'register' | 'phone', Random>

/**
 * Parents by number where they live here, by name where they are dead or away, brothers and sisters, and the phone that
 * a family shares.
 */
export function tieKin(house: House, streams: Streams) {
  for (const index of house.members.keys()) tieOne(house, index, streams)
}

function tieOne(house: House, index: number, { name, register, phone }: Streams) {
  const { members, names, settled, people } = house
  const [member, person] = [members[index]!, settled[index]!]
  const father = member.father === undefined ? undefined : settled[member.father]
  const mother = member.mother === undefined ? undefined : settled[member.mother]
  if (father && !register.chance(parentNumberUnknown)) person.father = father
  if (mother && !register.chance(parentNumberUnknown)) person.mother = mother

  const born = Number(person.bornOn.slice(0, 4))
  const elder = (sex: Sex, family: string) => written(nameFor(name, { sex, year: born - 28, people, family }))
  const knowsParents = born >= 1995 || name.chance(0.6)
  const eldest = member.absentFather || member.absentMother ? firstOfParents(house, index) : undefined
  const namesFather = knowsParents && member.absentFather !== 'unknown'
  person.fatherName = father?.name ?? eldest?.fatherName ?? (namesFather ? elder('M', names[index]!.family) : '')
  person.motherName = mother?.name ?? eldest?.motherName ?? (knowsParents ? elder('F', familyName(name, people)) : '')

  if (!isChild(member)) return
  person.siblings = settled.filter((_, other) => other !== index && isChild(members[other]!))
  const shared = mother?.phone || father?.phone
  if (!person.phone && shared && phone.chance(born > 2008 ? 0.1 : 0.6)) person.phone = shared
}

const isChild = ({ relation }: Member) => relation === 'Con' || relation === 'Cháu'

/** The elder brother or sister, whose record already names the parents who are away. */
function firstOfParents({ members, settled }: House, index: number): Person | undefined {
  const first = members.findIndex(isChild)
  return first >= 0 && first < index ? settled[first] : undefined
}
