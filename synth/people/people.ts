import { addDays, type Day, dayOf, daysBetween, daysInMonth } from '../../src/platform/day.ts'
import { type Random, sharesOf, stream } from '../random.ts'
import { type Home, homeOf, livesSince, prefixFor } from './home.ts'
import { household, type Member } from './household.ts'
import { nameAll, tieKin } from './kin.ts'
import { type FullName, tables, withNewTones, written } from './name.ts'
import type { Numbers } from './number.ts'
import type { Person } from './person.ts'
import { hasPhone, mobile } from './phone.ts'
import type { Commune, Emphasis } from './place.ts'
import { errInRegister, giveNumber } from './register-error.ts'

/** Shares of people. */
const [newTones, missingShare] = [0.3, 0.0002]

const religions = sharesOf(tables.religions)
type Streams = Record<'household' | 'name' | 'birth' | 'number' | 'residence' | 'phone' | 'register' | 'life', Random>

/** The people of a commune, a household at a time, exactly `count` of them. */
export function* peopleOf(
  commune: Commune,
  count: number,
  world: { seed: number; day: Day; numbers: Numbers; emphasis: Emphasis },
): Generator<Person[]> {
  const draw = (name: string) => stream(world.seed, name, commune.code)
  const streams: Streams = {
    household: draw('household'),
    name: draw('name'),
    birth: draw('birth'),
    number: draw('number'),
    residence: draw('residence'),
    phone: draw('phone'),
    register: draw('register'),
    life: draw('life'),
  }
  let [made, households] = [0, 0]
  while (made < count) {
    const members = household(streams.household, Number(world.day.slice(0, 4))).slice(0, count - made)
    households += 1
    const { day, emphasis } = world
    const home = homeOf(commune, { random: streams.residence, day, index: households, emphasis })
    const people = settle(members, home, streams, world)
    made += people.length
    yield people
  }
}

function settle(
  members: readonly Member[],
  home: Home,
  streams: Streams,
  world: { day: Day; numbers: Numbers },
): Person[] {
  const people = home.commune.peoples.draw(streams.name)
  const names = nameAll(members, people, streams.name)
  const settled: Person[] = []
  for (const [index, member] of members.entries()) {
    const twin = member.twinOf === undefined ? undefined : settled[member.twinOf]
    settled.push(personFor(member, names[index]!, people, home, streams, world, twin))
  }
  tieKin({ members, names, settled, people }, streams)
  for (const person of settled) {
    giveNumber(person, streams.number, world.numbers)
    errInRegister(person, streams.register, world.day)
    endLife(person, streams.life, world.day)
  }
  return settled
}

function personFor(
  member: Member,
  name: FullName,
  people: string,
  home: Home,
  streams: Streams,
  world: { day: Day; numbers: Numbers },
  twin?: Person,
): Person {
  const { birth, residence, number: numbering, phone } = streams
  const bornOn = twin?.bornOn ?? birthdayIn(member.year, world.day, birth)
  const age = Number(world.day.slice(0, 4)) - member.year
  const prefix = twin?.prefix ?? prefixFor(member, bornOn, home, numbering)
  const text = written(name)
  return {
    number: '',
    name: birth.chance(newTones) ? withNewTones(text) : text,
    sex: member.sex,
    bornOn,
    birthDate: knownBirth(bornOn, birth),
    prefix,
    people,
    religion: residence.chance(0.2) ? '' : religions.draw(residence),
    hometown: home.hometown,
    commune: home.commune,
    address: home.address,
    residenceKind: member.relation === 'Ở nhờ' && residence.chance(0.7) ? 'temporary' : home.kind,
    residenceFrom: livesSince(bornOn, home, residence),
    householdNumber: home.number,
    relation: member.relation,
    father: undefined,
    fatherName: '',
    mother: undefined,
    motherName: '',
    siblings: [],
    oldNumber: age >= 24 && numbering.chance(0.72) ? world.numbers.giveOldNumber() : '',
    cancelled: [],
    phone: hasPhone(age, phone) ? mobile(phone) : '',
    status: 'alive',
    school: {},
    oddities: [],
  }
}

function birthdayIn(year: number, day: Day, random: Random): Day {
  const month = random.between(1, 12)
  const born = dayOf(year, month, random.between(1, daysInMonth(year, month)))
  return born < day
    ? born
    : addDays(day, -random.between(1, Math.max(1, Math.min(100, daysBetween(dayOf(year, 1, 1), day)))))
}

/** The old often know only their year; some clerks wrote the first of January for it. */
function knownBirth(bornOn: Day, random: Random): string {
  const year = Number(bornOn.slice(0, 4))
  const unknown = year < 1945 ? 0.3 : year < 1962 ? 0.09 : year < 1975 ? 0.012 : 0
  if (unknown === 0 || !random.chance(unknown)) return bornOn
  return random.chance(0.6) ? String(year) : random.chance(0.5) ? bornOn.slice(0, 7) : `${year}-01-01`
}

/** The register keeps the dead for a while; among pupils they are very few. */
function endLife(person: Person, random: Random, day: Day) {
  const age = Number(day.slice(0, 4)) - Number(person.bornOn.slice(0, 4))
  const dies = age < 20 ? 0.0005 : age < 60 ? 0.0015 : age < 75 ? 0.008 : 0.03
  const draw = random.next()
  if (draw < dies) person.status = 'dead'
  else if (draw < dies + missingShare) person.status = 'missing'
}
