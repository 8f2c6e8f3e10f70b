import { foldMarks } from '../names/name.ts'
import { formatPartialDay, type PartialDay } from '../platform/day.ts'
import type { CandidateKey } from './blocking/blocking.ts'
import { type LinkRecord, type RawRecord, toLinkRecord } from './person-record.ts'

/**
 * A small register with its school rolls, for the tests of linkage alone. It shares nothing with `synth/`: its names,
 * families and damage are its own.
 */

export type Dice = {
  readonly roll: () => number
  readonly below: (n: number) => number
  readonly chance: (p: number) => boolean
}

/** Mulberry32: small, seeded, good enough to throw dice. */
export function toyDice(seed: number): Dice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { roll, below: n => Math.floor(roll() * n), chance: p => roll() < p }
}

// Shares of family names after hoten.org (domain.md 9.2); the tail stands for the names of Quảng Ninh's minorities
// (9.6).
const families =
  'Nguyễn:310 Trần:90 Phạm:80 Lê:75 Vũ:60 Hoàng:55 Đỗ:30 Bùi:28 Đặng:20 Ngô:15 Đinh:14 Dương:12 Lương:10 Đoàn:9 ' +
  'Phan:9 Hà:7 Cao:6 Mai:6 Đào:6 Lưu:5 Trịnh:5 Chìu:5 Lý:5 Tằng:4 Phùn:3 Voòng:2 Lỷ:2 Bế:1 Nông:1 Chíu:1'
const femaleMiddles =
  'Thị:300 Ngọc:60 Thu:50 Thanh:40 Khánh:35 Thùy:35 Phương:35 Minh:30 Hà:20 Hồng:20 Bảo:20 Mai:15 Kim:10 Thị ' +
  'Thu:40 Thị Ngọc:35 Thị Thanh:25 Thị Phương:15 Thị Hồng:15'
const maleMiddles =
  'Văn:120 Đức:90 Minh:80 Quang:50 Tuấn:45 Hoàng:40 Thành:40 Anh:35 Quốc:35 Duy:30 Xuân:20 Gia:20 Mạnh:20 Hữu:15 ' +
  'Trung:15 Việt:15 A:8 Đình:20 Ngọc:20 Công:12 :8'
const femaleGivens =
  'Anh:80 Linh:75 Trang:60 Hương:45 Hà:40 Thảo:40 Huyền:38 Ngọc:35 Phương:35 Nhung:30 Mai:28 Hiền:28 Hằng:25 ' +
  'Chi:25 Lan:25 Thu:22 Yến:22 Vân:20 Quỳnh:20 Nga:18 Hạnh:18 Hoa:18 Thủy:16 Dung:15 Oanh:14 Loan:12 Ly:12 Nhi:12 ' +
  'Giang:11 Trà:8 My:14 Vy:9 Diệp:7 Sủi:2 Múi:2'
const maleGivens =
  'Anh:60 Huy:50 Hùng:45 Nam:42 Đức:40 Long:38 Minh:38 Dũng:36 Sơn:32 Tùng:30 Hiếu:30 Tuấn:30 Cường:28 Quân:28 ' +
  'Hoàng:26 Thắng:25 Duy:25 An:22 Hải:20 Trung:20 Kiên:20 Việt:18 Phong:18 Hưng:22 Khánh:14 Đạt:26 Mạnh:14 ' +
  'Bình:14 Toàn:12 Tú:12 Lâm:10 Phúc:12 Lìn:2 Tài:8 Sáng:3 Dương:14'

function picker(table: string): (d: Dice) => string {
  const rows = table.split(/ (?=[^ ]*(?: [^ :]+)?:\d)/).map(row => row.split(':'))
  const sum = rows.reduce((total, row) => total + Number(row[1]), 0)
  return d => {
    let left = d.roll() * sum
    for (const [value, weight] of rows) {
      left -= Number(weight)
      if (left <= 0) return value ?? ''
    }
    return rows[0]?.[0] ?? ''
  }
}
const pick = {
  family: picker(families),
  F: { middle: picker(femaleMiddles), given: picker(femaleGivens) },
  M: { middle: picker(maleMiddles), given: picker(maleGivens) },
}

const fullName = (d: Dice, sex: 'M' | 'F', family = pick.family(d)) =>
  [family, pick[sex].middle(d), pick[sex].given(d)].filter(Boolean).join(' ')

type Home = Pick<
  RawRecord,
  'communes' | 'districts' | 'fatherName' | 'fatherYear' | 'motherName' | 'motherYear' | 'household'
> & {
  family: string
}

const communeCount = 60
const districtOf = (commune: number) => `d${commune % 6}`

function home(d: Dice, id: number): Home {
  const commune = Math.floor(communeCount * d.roll() ** 1.5)
  const fatherName = fullName(d, 'M')
  const fatherYear = 1965 + d.below(18)
  return {
    family: fatherName.split(' ')[0] ?? '',
    communes: [`c${commune}`],
    districts: [districtOf(commune)],
    household: `h${id}`,
    fatherName: d.chance(0.85) ? fatherName : undefined,
    fatherYear,
    motherName: d.chance(0.9) ? fullName(d, 'F') : undefined,
    motherYear: fatherYear + d.below(6),
  }
}

function aDay(d: Dice, years: readonly number[]): Required<PartialDay> {
  return { y: years[d.below(years.length)] ?? 2005, m: 1 + d.below(12), d: d.chance(0.01) ? 1 : 1 + d.below(28) }
}

function aNumber(d: Dice, birth: PartialDay, sex: 'M' | 'F'): string {
  const prefix = d.chance(0.85) ? '022' : d.chance(0.5) ? '031' : '030'
  const century = birth.y < 2000 ? 0 : 2
  return (
    `${prefix}${century + (sex === 'F' ? 1 : 0)}${String(birth.y % 100).padStart(2, '0')}` +
    `${String(d.below(1_000_000)).padStart(6, '0')}`
  )
}

function aChild(d: Dice, at: Home, id: string, birth: PartialDay): RawRecord {
  const sex = d.chance(0.51) ? 'M' : 'F'
  const { family, ...rest } = at
  return { ...rest, id, name: fullName(d, sex, family), birth, sex, number: aNumber(d, birth, sex) }
}

/**
 * Children of families of one to three; one birth in eighty is of twins. No two of a family share a whole name, though
 * some share the given one. One in a hundred had another number once.
 */
export function aRegister(d: Dice, size: number, years: readonly number[]): RawRecord[] {
  const people: RawRecord[] = []
  for (let house = 0; people.length < size; house++) {
    const at = home(d, house)
    const named = new Set<string | undefined>()
    const bear = (birth: PartialDay) => {
      let child = aChild(d, at, `p${people.length}`, birth)
      while (named.has(child.name)) child = aChild(d, at, `p${people.length}`, birth)
      named.add(child.name)
      people.push(child)
    }
    const children = 1 + d.below(3)
    for (let i = 0; i < children; i++) {
      const birth = aDay(d, years)
      bear(birth)
      if (d.chance(1 / 80)) bear(birth)
    }
  }
  return people.map(person =>
    d.chance(0.01) && person.birth && person.sex
      ? { ...person, cancelledNumbers: [aNumber(d, person.birth, person.sex)] }
      : person,
  )
}

export type ToyRollRow = {
  readonly row: RawRecord
  readonly truth?: string
  readonly number: 'right' | 'wrong' | 'missing'
  readonly kind: 'plain' | 'namesake' | 'stranger'
}

/** Shares of damage; `heavy` multiplies them all. */
export type Damage = {
  readonly heavy: number
  readonly withoutNumber: number
  readonly withCommune: number
  readonly withParents: number
  readonly strangers: number
}
export const usualDamage: Damage = { heavy: 1, withoutNumber: 0.35, withCommune: 0.7, withParents: 0.4, strangers: 0.1 }

export function aRoll(
  d: Dice,
  register: readonly RawRecord[],
  size: number,
  damage: Damage = usualDamage,
): ToyRollRow[] {
  const households = Map.groupBy(register, person => person.household)
  const drawn = new Set<RawRecord>()
  const rows: ToyRollRow[] = []
  while (rows.length < size) {
    const someone = register[d.below(register.length)]
    if (!someone || drawn.has(someone)) continue
    drawn.add(someone)
    if (d.chance(damage.strangers)) {
      rows.push(aStranger(d, someone, `r${rows.length}`, damage))
      continue
    }
    const kin = households.get(someone.household)?.filter(other => other !== someone) ?? []
    const row = written(d, someone, `r${rows.length}`, damage)
    const number = wrongNumber(d, someone, kin, register, damage)
    const right = number !== undefined && (number === someone.number || someone.cancelledNumbers?.includes(number))
    rows.push({
      row: { ...row, number },
      truth: someone.id,
      number: number === undefined ? 'missing' : right ? 'right' : 'wrong',
      kind: 'plain',
    })
  }
  return rows
}

/** Not in the register. Half share the name of a registered person of the same year, and live in the same commune. */
function aStranger(d: Dice, like: RawRecord, id: string, damage: Damage): ToyRollRow {
  const namesake = d.chance(0.5)
  const birth = aDay(d, [like.birth?.y ?? 2005])
  const child = aChild(d, home(d, 1e9), id, birth)
  const alike = namesake
    ? { ...child, name: like.name, sex: like.sex, communes: like.communes, districts: like.districts }
    : child
  const number = d.chance(damage.withoutNumber) ? undefined : child.number
  return {
    row: { ...written(d, alike, id, damage), number },
    number: number ? 'wrong' : 'missing',
    kind: namesake ? 'namesake' : 'stranger',
  }
}

function wrongNumber(
  d: Dice,
  of: RawRecord,
  kin: readonly RawRecord[],
  register: readonly RawRecord[],
  damage: Damage,
): string | undefined {
  const number = of.number ?? ''
  if (d.chance(damage.withoutNumber)) return undefined
  const at = d.below(12)
  const heavy = damage.heavy
  if (d.chance(0.06 * heavy))
    return number.slice(0, at) + ((Number(number[at]) + 1 + d.below(9)) % 10) + number.slice(at + 1)
  if (d.chance(0.01 * heavy)) return number.slice(0, 7) + number[8] + number[7] + number.slice(9)
  if (d.chance(0.03 * heavy) && kin.length > 0) return kin[d.below(kin.length)]?.number
  if (d.chance(0.01 * heavy)) return register[d.below(register.length)]?.number
  if (d.chance(0.01 * heavy)) return number.slice(0, 6) + String(d.below(1_000_000)).padStart(6, '0')
  return of.cancelledNumbers?.[0] ?? number
}

/** As a school writes it. */
function written(d: Dice, person: RawRecord, id: string, damage: Damage): RawRecord {
  const commune = d.chance(0.15 * damage.heavy) ? `c${d.below(communeCount)}` : (person.communes?.[0] ?? 'c0')
  const school = { schoolCommune: commune, schoolDistrict: districtOf(Number(commune.slice(1))) }
  const where = d.chance(damage.withCommune)
    ? { communes: [commune], districts: [districtOf(Number(commune.slice(1)))] }
    : { communes: [], districts: [] }
  const sex = d.chance(0.015 * damage.heavy) ? (person.sex === 'M' ? 'F' : 'M') : person.sex
  const row = {
    id,
    name: writtenName(d, person.name ?? '', damage.heavy),
    birth: writtenBirth(d, person.birth, damage.heavy),
    sex,
    ...school,
    ...where,
  }
  if (!d.chance(damage.withParents)) return row
  const { fatherName, fatherYear, motherName, motherYear } = person
  return {
    ...row,
    fatherName: fatherName && writtenName(d, fatherName, damage.heavy),
    fatherYear,
    motherName,
    motherYear: d.chance(0.05) ? undefined : motherYear,
  }
}

function writtenName(d: Dice, name: string, heavy: number): string {
  let words = name.split(' ')
  if (d.chance(0.005 * heavy)) words = [...words.slice(1), words[0] ?? '']
  if (d.chance(0.05 * heavy) && words.length > 2) words.splice(1 + d.below(words.length - 2), 1)
  let text = words.join(' ')
  if (d.chance(0.07 * heavy)) text = slip(d, text)
  if (d.chance(0.03 * heavy)) text = text.replace(/[ươôơếễạùỳ]/, '$&'.normalize('NFD').charAt(0)).replace(/[ễếệ]/, 'ê')
  return d.chance(0.12 * heavy) ? foldMarks(text) : text
}

function slip(d: Dice, text: string): string {
  const at = 1 + d.below(text.length - 1)
  const kind = d.below(4)
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
  if (kind === 1) return text.slice(0, at) + 'nhgtc'[d.below(5)] + text.slice(at)
  if (kind === 2) return text.slice(0, at) + 'nhgtcaeou'[d.below(9)] + text.slice(at + 1)
  return text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2)
}

function writtenBirth(d: Dice, birth: PartialDay | undefined, heavy: number): PartialDay | undefined {
  if (!birth?.m || !birth.d) return birth
  const { y, m, d: day } = { y: birth.y, m: birth.m, d: birth.d }
  if (d.chance(0.025 * heavy) && day <= 12) return { y, m: day, d: m }
  if (d.chance(0.01 * heavy)) return { y, m: 1, d: 1 }
  if (d.chance(0.025 * heavy)) return { y, m, d: 1 + d.below(28) }
  if (d.chance(0.005 * heavy)) return { y, m: 1 + d.below(12), d: 1 + d.below(28) }
  if (d.chance(0.01 * heavy)) return { y: d.chance(0.5) ? y - 1 : y + 1, m, d: day }
  return d.chance(0.01 * heavy) ? { y } : birth
}

/** The register as a database would answer blocking's keys. */
export function anIndex(register: readonly LinkRecord[]): (key: CandidateKey) => readonly LinkRecord[] {
  const index = new Map<string, LinkRecord[]>()
  const put = (key: string, record: LinkRecord) => {
    const under = index.get(key)
    if (under) under.push(record)
    else index.set(key, [record])
  }
  for (const person of register) {
    const birth = person.birth ? formatPartialDay(person.birth) : ''
    const year = person.birth?.y
    for (const number of [person.number, ...person.cancelledNumbers]) put(`number ${number}`, person)
    put(`birth ${birth}`, person)
    put(`fg ${person.name?.family} ${person.name?.given} ${year}`, person)
    put(`name ${person.name?.plain} ${year}`, person)
    put(`words ${[...new Set(person.name?.words)].sort().join(' ')} ${year}`, person)
    for (const commune of person.communes) put(`commune ${person.name?.plain} ${commune}`, person)
    for (const parent of ['father', 'mother'] as const)
      if (person[parent]?.name) put(`${parent} ${person[parent].name.plain} ${year}`, person)
  }
  const get = (key: string) => index.get(key) ?? []
  return key => {
    switch (key.by) {
      case 'number':
        return get(`number ${key.number}`)
      case 'birth':
      case 'given-and-birth':
        return get(`birth ${key.birth}`)
      case 'family-given-year':
        return get(`fg ${key.family} ${key.given} ${key.year}`)
      case 'name-and-year':
        return get(`name ${key.name} ${key.year}`)
      case 'words-and-year':
        return get(`words ${key.words.join(' ')} ${key.year}`)
      case 'name-and-commune':
        return get(`commune ${key.name} ${key.commune}`)
      case 'parent-and-year':
        return get(`${key.parent} ${key.name} ${key.year}`)
      default:
        return []
    }
  }
}

export const asRecords = (raws: readonly RawRecord[]) => raws.map(toLinkRecord)
