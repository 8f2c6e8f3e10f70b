import { addDays, type Day, dayOf, daysBetween, daysInMonth } from '../src/platform/day.ts'
import { household, type Member } from './household.ts'
import { type FullName, familyName, nameFor, type Sex, tables, withNewTones, written } from './name.ts'
import { contradicts, countryPrefixes, type Numbers, provincePrefixes } from './number.ts'
import { mobile } from './phone.ts'
import { addressIn, type Commune } from './place.ts'
import { type Random, sharesOf, stream } from './random.ts'

/** Someone in the register. Where the register itself errs, `school` keeps what is true and the school knows. */
export type Person = {
  number: string
  name: string
  sex: Sex
  bornOn: Day
  /** What the register knows of the day: 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY'. */
  birthDate: string
  prefix: string
  people: string
  religion: string
  hometown: string
  commune: Commune
  address: string
  residenceKind: 'permanent' | 'temporary' | 'current'
  residenceFrom: string
  householdNumber: string
  relation: string
  father: Person | undefined
  fatherName: string
  mother: Person | undefined
  motherName: string
  siblings: Person[]
  oldNumber: string
  cancelled: string[]
  phone: string
  status: 'alive' | 'dead' | 'missing'
  school: { name?: string; bornOn?: Day }
  oddities: string[]
}

export const personColumns = [
  'person_number',
  'full_name',
  'birth_date',
  'sex',
  'birth_registration_code',
  'ethnicity',
  'religion',
  'nationality',
  'hometown',
  'residence_unit',
  'residence_address',
  'residence_kind',
  'residence_from',
  'household_number',
  'household_relation',
  'father_number',
  'father_name',
  'mother_number',
  'mother_name',
  'old_number',
  'cancelled_numbers',
  'phone',
  'life_status',
] as const

export const personRow = (person: Person): string[] => [
  person.number,
  person.name,
  person.birthDate,
  person.sex,
  person.prefix,
  tables.peoples[person.people]!,
  person.religion,
  'Việt Nam',
  person.hometown,
  person.commune.code,
  person.address,
  person.residenceKind,
  person.residenceFrom,
  person.householdNumber,
  person.relation,
  person.father?.number ?? '',
  person.fatherName,
  person.mother?.number ?? '',
  person.motherName,
  person.oldNumber,
  person.cancelled.join(';'),
  person.phone,
  person.status,
]

/** How often things are so; shares of people unless said otherwise. */
const rates = {
  movedIn: 0.13,
  newTonePlacement: 0.3,
  numberContradictsSex: 0.001,
  numberContradictsYear: 0.001,
  numberOfOtherProvince: 0.0008,
  cancelledNumber: 0.003,
  bornAbroad: 0.0008,
  parentNumberUnknown: 0.03,
  registerNameWrong: 0.003,
  registerBirthSwapped: 0.0015,
  missing: 0.0002,
} as const

const householdKinds = sharesOf('permanent:90.5 temporary:7.5 current:2')
/** Where those who moved in were registered at birth: mostly the delta next door. */
const origins = sharesOf(
  '031:20 030:16 034:16 036:14 033:6 001:6 038:6 024:7 020:5 027:3 037:3 040:3 025:2 019:2 008:1 042:1 079:1 096:0.2',
)
const provinceName = new Map(provincePrefixes.map(({ prefix, name }) => [prefix, name.replace(/^(Tỉnh|Thành phố) /, '')]))
const religions = sharesOf(tables.religions)
const streets = tables.streets.split(',')
const villages = tables.villages.split(',')

type Streams = Record<'household' | 'name' | 'birth' | 'number' | 'residence' | 'phone' | 'register' | 'life', Random>

/** The people of a commune, a household at a time, exactly `count` of them. */
export function* peopleOf(commune: Commune, count: number, world: { seed: number; day: Day; numbers: Numbers }): Generator<Person[]> {
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
    const home = homeOf(commune, streams.residence, world.day, ++households)
    const people = settle(members, home, streams, world)
    made += people.length
    yield people
  }
}

type Home = {
  commune: Commune
  address: string
  kind: Person['residenceKind']
  movedOn: Day | undefined
  origin: string
  number: string
  hometown: string
}

function homeOf(commune: Commune, random: Random, day: Day, index: number): Home {
  const kind = householdKinds.draw(random) as Person['residenceKind']
  const hasMoved = kind !== 'permanent' || random.chance(rates.movedIn)
  const origin = hasMoved && random.chance(0.7) ? origins.draw(random) : '022'
  const from = kind === 'permanent' ? 6500 : 1500
  return {
    commune,
    address: addressIn(commune, random, { streets, villages }),
    kind,
    movedOn: hasMoved ? addDays(day, -random.between(5, from)) : undefined,
    origin,
    number: `${commune.code}${String(index).padStart(6, '0')}`,
    hometown:
      origin === '022'
        ? `${commune.name.replace(/^\S+( trấn)? /, '')}, ${commune.districtName.replace(/^(Thành phố|Thị xã|Huyện) /, '')}, Quảng Ninh`
        : provinceName.get(origin)!,
  }
}

function settle(members: readonly Member[], home: Home, streams: Streams, world: { day: Day; numbers: Numbers }): Person[] {
  const people = home.commune.peoples.draw(streams.name)
  const names = nameAll(members, people, streams.name)
  const settled: Person[] = []
  // Elders come before their children in no fixed order, so kin is tied when all are there.
  for (const [index, member] of members.entries()) {
    const twin = member.twinOf === undefined ? undefined : settled[member.twinOf]
    settled.push(personFor(member, names[index]!, people, home, streams, world, twin))
  }
  for (const [index, member] of members.entries()) tieKin(settled, index, member, members, names, people, streams)
  for (const person of settled) spoil(person, streams, world)
  return settled
}

/** Children bear the father's family name, where he is known; husband and wife keep their own. */
function nameAll(members: readonly Member[], people: string, random: Random): FullName[] {
  const families: (string | undefined)[] = members.map(() => undefined)
  const familyOf = (index: number): string => {
    const member = members[index]!
    const from =
      member.father !== undefined && members[member.father] ? member.father : member.absentFather === 'unknown' ? member.mother : undefined
    families[index] ??= from !== undefined ? familyOf(from) : familyName(random, people)
    return families[index]
  }
  // Brothers and sisters whose father is away still share his name.
  let absent: string | undefined
  return members.map((member, index) => {
    if (member.absentFather === 'dead' || member.absentFather === 'elsewhere') families[index] = absent ??= familyName(random, people)
    const family = familyOf(index)
    const motherFamily = member.mother !== undefined && members[member.mother] ? familyOf(member.mother) : undefined
    return nameFor(random, { sex: member.sex, year: member.year, people, family, motherFamily })
  })
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
    name: birth.chance(rates.newTonePlacement) ? withNewTones(text) : text,
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
    phone:
      age >= 18 && phone.chance(age < 65 ? 0.88 : 0.45) ? mobile(phone) : age >= 14 && age < 18 && phone.chance(0.45) ? mobile(phone) : '',
    status: 'alive',
    school: {},
    oddities: [],
  }
}

function birthdayIn(year: number, day: Day, random: Random): Day {
  const month = random.between(1, 12)
  const born = dayOf(year, month, random.between(1, daysInMonth(year, month)))
  return born < day ? born : addDays(day, -random.between(1, Math.max(1, Math.min(100, daysBetween(dayOf(year, 1, 1), day)))))
}

/** The old often know only their year; some clerks wrote the first of January for it. */
function knownBirth(bornOn: Day, random: Random): string {
  const year = Number(bornOn.slice(0, 4))
  const unknown = year < 1945 ? 0.3 : year < 1962 ? 0.09 : year < 1975 ? 0.012 : 0
  if (unknown === 0 || !random.chance(unknown)) return bornOn
  return random.chance(0.6) ? String(year) : random.chance(0.5) ? bornOn.slice(0, 7) : `${year}-01-01`
}

function prefixFor(member: Member, bornOn: Day, home: Home, random: Random): string {
  if (random.chance(rates.bornAbroad)) return random.pick(countryPrefixes).prefix
  if (home.movedOn && bornOn < home.movedOn) return random.chance(0.92) ? home.origin : '022'
  const marriedIn = member.relation === 'Vợ' ? 0.08 : 0.012
  return random.chance(marriedIn) ? origins.draw(random) : '022'
}

function livesSince(bornOn: Day, home: Home, random: Random): string {
  if (home.movedOn && bornOn < home.movedOn) return home.movedOn
  return random.chance(0.45) ? bornOn : ''
}

function tieKin(
  settled: readonly Person[],
  index: number,
  member: Member,
  members: readonly Member[],
  names: readonly FullName[],
  people: string,
  { name, register, phone }: Streams,
) {
  const person = settled[index]!
  const father = member.father === undefined ? undefined : settled[member.father]
  const mother = member.mother === undefined ? undefined : settled[member.mother]
  if (father && !register.chance(rates.parentNumberUnknown)) person.father = father
  if (mother && !register.chance(rates.parentNumberUnknown)) person.mother = mother

  const born = Number(person.bornOn.slice(0, 4))
  const elder = (sex: Sex, family: string) => written(nameFor(name, { sex, year: born - 28, people, family }))
  const eldestSibling = members.findIndex(
    other =>
      other !== member &&
      other.absentFather === member.absentFather &&
      other.mother === member.mother &&
      other.relation === member.relation,
  )
  const sameAbsent = eldestSibling >= 0 && eldestSibling < index && member.absentFather ? settled[eldestSibling] : undefined
  const knowsParents = born >= 1995 || name.chance(0.6)
  person.fatherName =
    father?.name ?? sameAbsent?.fatherName ?? (member.absentFather === 'unknown' || !knowsParents ? '' : elder('M', names[index]!.family))
  person.motherName =
    mother?.name ?? (member.absentMother && sameAbsent ? sameAbsent.motherName : knowsParents ? elder('F', familyName(name, people)) : '')

  if (member.relation !== 'Con' && member.relation !== 'Cháu') return
  person.siblings = settled.filter((_, other) => other !== index && members[other]!.relation === member.relation)
  const parentPhone = mother?.phone || father?.phone
  if (!person.phone && parentPhone && phone.chance(born > 2008 ? 0.1 : 0.6)) person.phone = parentPhone
}

/** Gives the number last, and with it what is odd about it and what the register has wrong. */
function spoil(person: Person, { number: numbering, register, life }: Streams, { numbers }: { numbers: Numbers }) {
  const year = Number(person.bornOn.slice(0, 4))
  const other = person.sex === 'M' ? 'F' : 'M'
  const draw = numbering.next()
  const wrongYear = draw >= rates.numberContradictsSex && draw < rates.numberContradictsSex + rates.numberContradictsYear
  if (draw < rates.numberContradictsSex) person.number = numbers.give(person.prefix, other, year)
  else if (wrongYear) person.number = numbers.give(person.prefix, person.sex, year + (numbering.chance(0.5) ? 1 : -1))
  else if (numbering.chance(rates.numberOfOtherProvince)) {
    person.number = numbers.give(person.prefix === '022' ? '001' : '022', person.sex, year)
    person.oddities.push('number-of-other-province')
  } else person.number = numbers.give(person.prefix, person.sex, year)

  if (numbering.chance(rates.cancelledNumber)) {
    const wrongBefore = numbering.chance(0.4)
    person.cancelled.push(numbers.giveOutside(numbering.chance(0.3) ? '001' : person.prefix, wrongBefore ? other : person.sex, year))
    person.oddities.push('number-cancelled')
  }

  errInRegister(person, register)
  if (contradicts(person.number, person.sex, Number(person.birthDate.slice(0, 4)))) person.oddities.push('number-contradicts-record')

  const age = 2023 - year
  const dies = age < 20 ? 0.0005 : age < 60 ? 0.0015 : age < 75 ? 0.008 : 0.03
  if (life.chance(dies)) person.status = 'dead'
  else if (life.chance(rates.missing)) person.status = 'missing'
}

function errInRegister(person: Person, random: Random) {
  const draw = random.next()
  if (draw < rates.registerNameWrong) {
    const wrong = withWrongMark(person.name, random)
    if (wrong === person.name) return
    person.school.name = person.name
    person.name = wrong
    person.oddities.push('register-name-wrong')
  } else if (draw < rates.registerNameWrong + rates.registerBirthSwapped) {
    const [y, m, d] = person.birthDate.split('-')
    if (!d || Number(d) > 12 || d === m) return
    person.school.bornOn = person.bornOn
    person.bornOn = `${y}-${d}-${m}` as Day
    person.birthDate = person.bornOn
    person.oddities.push('register-birth-date-swapped')
  }
}

const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'] as const

/** Another tone on one of the words, as a tired hand sets it. */
export function withWrongMark(name: string, random: Random): string {
  const words = name.split(' ')
  const at = random.below(words.length)
  const apart = words[at]!.normalize('NFD')
  const tone = tones.find(mark => mark && apart.includes(mark))
  const other = random.pick(tones.filter(mark => mark !== (tone ?? '') && (mark !== '' || tone)))
  const bare = tone ? apart.replace(tone, other) : apart.replace(/([aeiouy][\u0302\u0306\u031b]?)/i, `$1${other}`)
  words[at] = bare.normalize('NFC')
  return words.join(' ')
}
