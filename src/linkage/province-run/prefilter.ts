import { type FieldLevel, isNewYear } from '../comparing/comparing.ts'
import * as chance from '../comparing/frequencies.ts'
import { areNearHalves, countOnes, isOneSlip, packBirthDigits, packSix } from '../comparing/packed-digits.ts'
import type { Linker } from '../deciding/deciding.ts'
import type { LinkName, LinkRecord } from '../person-record.ts'
import { hashOfText, packNameKeys } from './name-keys.ts'
import { birthCode, type PackedPeople, type UnitParents } from './packed.ts'
import { at, glanceBits, hasMoreUnits, letterParities, phoneHash, sexOf, unitOf, wordsOf } from './packed-row.ts'
import type { PeopleIndex } from './people-index.ts'

/**
 * How likely a candidate is, by what a glance shows: the bits of each thing that may be found. Each is written once a
 * row; 0 stands for what is missing.
 */
const bit = {
  missing: 0,
  nameExact: 1,
  namePlain: 2,
  nameSwapped: 3,
  nameSlip: 4,
  nameNear: 5,
  nameDropped: 6,
  familyGiven: 7,
  familyGivenNear: 8,
  given: 9,
  nameDifferent: 10,
  birthExact: 11,
  birthSwapped: 12,
  partialMonth: 13,
  partialYear: 14,
  yearOff: 15,
  oneDigit: 16,
  newYear: 17,
  yearMonth: 18,
  year: 19,
  birthDifferent: 20,
  sexSame: 21,
  sexDifferent: 22,
  unitSame: 23,
  unitNear: 24,
  unitFar: 25,
  father: 26,
  fatherDifferent: 27,
  mother: 28,
  motherDifferent: 29,
  phone: 30,
  numberSame: 31,
  numberNear: 32,
  numberDifferent: 33,
} as const
const bitCount = 34

export type Prefilter = ReturnType<typeof makePrefilter>

type PrefilterInput = {
  readonly people: PackedPeople
  readonly index: PeopleIndex
  readonly linker: Linker
  readonly placeOf: (unit: string) => UnitParents
}

/**
 * A row as people are looked at through it: set for one row, then asked of many people. The estimate orders candidates
 * only; it decides nothing. One lens serves all rows, and what it keeps are plain numbers, so that looking makes
 * nothing that has to be collected.
 */
export function makePrefilter({ people, index, linker: { model, frequencies: f }, placeOf }: PrefilterInput) {
  const { glances } = index
  const { rates } = model
  const unitsOfCommune = unitsBy(people.units, unit => placeOf(unit).communes)
  const unitsOfDistrict = unitsBy(people.units, unit => placeOf(unit).districts)
  const [communeMark, districtMark] = [new Int32Array(people.units.length + 1), new Int32Array(people.units.length + 1)]
  let stamp = 0

  const bits = new Float64Array(bitCount)
  bits.set([20, 12, -4], bit.numberSame)
  bits[bit.phone] = 10
  /** The household counts no more than what tells it from all others (see totalWeight). */
  const mostOfHousehold = Math.log2(f.total / 2)

  const ratio = ({ m, u }: { m: number; u: number }) => Math.log2(m / u)
  const ofName = (level: Exclude<FieldLevel<'name'>, 'missing'>) => ratio(rates.name[level])
  const ofBirth = (level: Exclude<FieldLevel<'birth'>, 'missing'>) => ratio(rates.birth[level])
  const usual = {
    nameExact: ofName('exact'),
    namePlain: ofName('marks-missing'),
    nameSwapped: ofName('words-swapped'),
    nameDropped: ofName('middle-dropped'),
    familyGiven: ofName('family-given'),
    given: ofName('given'),
    nameDifferent: ofName('different'),
    slip: Math.log2(rates.name['one-edit'].m),
    near: Math.log2(rates.name.near.m),
    /** In the order of their places. */
    birth: Float64Array.from(
      (
        [
          'exact',
          'swapped',
          'partial-month',
          'partial-year',
          'year-off',
          'one-digit',
          'default',
          'year-month',
          'year',
        ] as const
      ).map(ofBirth),
    ),
    father: ratio(rates.father['name-and-year']),
    mother: ratio(rates.mother['name-and-year']),
    commune: ratio(rates.unit['same-commune']),
    district: ratio(rates.unit['same-district']),
    elsewhere: ratio(rates.unit.elsewhere),
    schoolCommune: ratio(rates.unit['school-commune']),
    schoolDistrict: ratio(rates.unit['school-district']),
    schoolElsewhere: ratio(rates.unit['school-elsewhere']),
  }
  bits[bit.birthDifferent] = ofBirth('different')
  bits[bit.sexSame] = ratio(rates.sex.same)
  bits[bit.sexDifferent] = ratio(rates.sex.different)
  bits[bit.fatherDifferent] = ratio(rates.father.different)
  bits[bit.motherDifferent] = ratio(rates.mother.different)

  /** What is asked of each person, of the row at hand. */
  const own = {
    hasName: false,
    plain: 0,
    joined: 0,
    sorted: 0,
    familyGiven: 0,
    letters: 0,
    words: 0,
    given: 0,
    birth: 0,
    isWholeBirth: false,
    birthDigits: 0,
    sex: 0,
    hasUnits: false,
    father: 0,
    mother: 0,
    phone: 0,
    hasNumber: false,
    numberHigh: 0,
    numberLow: 0,
  }

  function setName(name: LinkName | undefined): void {
    own.hasName = name !== undefined
    if (!name) return
    const { plain, joined, sorted, familyGiven, given } = packNameKeys(name)
    own.plain = plain | 0
    own.joined = joined | 0
    own.sorted = sorted | 0
    own.familyGiven = familyGiven | 0
    own.letters = letterParities(name.plain)
    own.words = name.words.length
    own.given = given | 0
    const plainShare = chance.chanceOfPlain(name, f)
    const ofPlain = Math.log2(plainShare)
    const ofFamilyGiven = Math.log2(chance.chanceOfFamilyAndGiven(name, f))
    bits[bit.nameExact] = usual.nameExact - Math.log2(chance.chanceOfMarked(name, f))
    bits[bit.namePlain] = usual.namePlain - ofPlain
    bits[bit.nameSwapped] = usual.nameSwapped - ofPlain
    bits[bit.nameSlip] = usual.slip - Math.log2(Math.min(1, 4 * plainShare))
    bits[bit.nameNear] = usual.near - Math.log2(Math.min(1, 30 * plainShare))
    bits[bit.nameDropped] = usual.nameDropped - ofFamilyGiven
    bits[bit.familyGiven] = usual.familyGiven - ofFamilyGiven
    bits[bit.familyGivenNear] = Math.max(bits[bit.familyGiven] ?? 0, bits[bit.nameNear] ?? 0)
    bits[bit.given] = usual.given - Math.log2(chance.chanceOfGiven(name, f))
    bits[bit.nameDifferent] = usual.nameDifferent
  }

  function setBirth(birth: LinkRecord['birth']): void {
    own.birth = birth ? birthCode(birth) : 0
    own.isWholeBirth = !!birth?.m && !!birth.d
    own.birthDigits = birth?.m && birth.d ? packBirthDigits(birth.y, birth.m, birth.d) : 0
    if (!birth) return
    const ofYear = Math.log2(chance.chanceOfYear(birth.y, birth.y, f))
    for (let level = 0; level < usual.birth.length; level++)
      bits[bit.birthExact + level] = (usual.birth[level] ?? 0) - ofYear
    bits[bit.birthExact] = (bits[bit.birthExact] ?? 0) - Math.log2(isNewYear(birth) ? f.newYear : 1 / 365)
  }

  function setPlaces({ communes, districts, schoolCommune, schoolDistrict }: LinkRecord): void {
    const isSchool = communes.length === 0
    own.hasUnits = !isSchool || schoolCommune !== undefined
    if (!own.hasUnits) return
    let share = 1 / f.total
    let districtShare = 0.01
    for (const commune of isSchool ? [schoolCommune ?? ''] : communes) {
      share = Math.max(share, chance.chanceOfCommune(commune, f))
      for (const unit of unitsOfCommune.get(commune) ?? []) communeMark[unit] = stamp
    }
    for (const district of isSchool ? (schoolDistrict ? [schoolDistrict] : []) : districts) {
      districtShare = Math.max(districtShare, chance.chanceOfDistrict(district, f))
      for (const unit of unitsOfDistrict.get(district) ?? []) districtMark[unit] = stamp
    }
    bits[bit.unitSame] = (isSchool ? usual.schoolCommune : usual.commune) - Math.log2(share)
    bits[bit.unitNear] = (isSchool ? usual.schoolDistrict : usual.district) - Math.log2(districtShare)
    bits[bit.unitFar] = isSchool ? usual.schoolElsewhere : usual.elsewhere
  }

  const parentShare = (parent: LinkName) => Math.log2(chance.chanceOfPlain(parent, f))

  function set(row: LinkRecord): void {
    stamp++
    setName(row.name)
    setBirth(row.birth)
    setPlaces(row)
    own.sex = row.sex === 'M' ? 1 : row.sex === 'F' ? 2 : 0
    own.phone = row.phone ? phoneHash(Number(row.phone.replace('+', ''))) : 0
    own.father = row.father?.name ? hashOfText(row.father.name.plain) | 0 : 0
    own.mother = row.mother?.name ? hashOfText(row.mother.name.plain) | 0 : 0
    if (row.father?.name) bits[bit.father] = usual.father - parentShare(row.father.name)
    if (row.mother?.name) bits[bit.mother] = usual.mother - parentShare(row.mother.name)
    const number = row.number ? Number(row.number) : 0
    const high = Math.floor(number / 1_000_000)
    own.hasNumber = number !== 0
    own.numberHigh = packSix(high)
    own.numberLow = packSix(number - high * 1_000_000)
  }

  function nameSlot(base: number): number {
    if (!own.hasName) return bit.missing
    if (glances[base + at.plain] === own.plain)
      return glances[base + at.joined] === own.joined ? bit.nameExact : bit.namePlain
    if (glances[base + at.sorted] === own.sorted) return bit.nameSwapped
    const apart = countOnes((glances[base + at.letters] ?? 0) ^ own.letters)
    if (apart <= 2) return bit.nameSlip
    if (glances[base + at.familyGiven] === own.familyGiven) {
      if (wordsOf(glances[base + at.who] ?? 0) !== own.words) return bit.nameDropped
      return apart <= 4 ? bit.familyGivenNear : bit.familyGiven
    }
    if (apart <= 4) return bit.nameNear
    return glances[base + at.given] === own.given ? bit.given : bit.nameDifferent
  }

  function birthSlot(base: number): number {
    const code = glances[base + at.birth] ?? 0
    const mine = own.birth
    if (mine === 0 || code === 0) return bit.missing
    if (code === mine) return (code & 31) > 0 ? bit.birthExact : (code & 511) > 0 ? bit.partialMonth : bit.partialYear
    const m = (code >> 5) & 15
    const d = code & 31
    const rm = (mine >> 5) & 15
    const rd = mine & 31
    const sameYear = code >> 9 === mine >> 9
    if (!m || !rm || !d || !rd) {
      if (!sameYear) return bit.birthDifferent
      return !m || !rm ? bit.partialYear : m === rm ? bit.partialMonth : bit.year
    }
    if (sameYear && m === rd && d === rm) return bit.birthSwapped
    if (m === rm && d === rd && Math.abs((code >> 9) - (mine >> 9)) === 1) return bit.yearOff
    if (isOneSlip(own.birthDigits, glances[base + at.birthDigits] ?? 0)) return bit.oneDigit
    if (!sameYear) return bit.birthDifferent
    if ((m === 1 && d === 1) !== (rm === 1 && rd === 1)) return bit.newYear
    return m === rm ? bit.yearMonth : bit.year
  }

  function unitSlot(base: number, person: number): number {
    const who = glances[base + at.who] ?? 0
    const unit = unitOf(who)
    if (!own.hasUnits || unit === 0) return bit.missing
    if (communeMark[unit] === stamp) return bit.unitSame
    if (hasMoreUnits(who) && people.moreUnits.get(person)?.some(each => communeMark[each] === stamp))
      return bit.unitSame
    return districtMark[unit] === stamp ? bit.unitNear : bit.unitFar
  }

  function numberSlot(base: number): number {
    const high = glances[base + at.numberHigh] ?? 0
    const low = glances[base + at.numberLow] ?? 0
    if (!own.hasNumber || (high === 0 && low === 0)) return bit.missing
    if (high === own.numberHigh && low === own.numberLow) return bit.numberSame
    return areNearHalves(own.numberHigh, own.numberLow, high, low) ? bit.numberNear : bit.numberDifferent
  }

  /**
   * `[0]`: the bits for the person last looked at being the row's; `[1]`: without the number, which may be a brother's.
   */
  const estimate = new Float64Array(2)

  /** Writes the estimate; true where the person has the row's name, but for marks, and its whole date. */
  function look(person: number): boolean {
    const base = person << glanceBits
    const sex =
      own.sex === 0 ? bit.missing : sexOf(glances[base + at.who] ?? 0) === own.sex ? bit.sexSame : bit.sexDifferent
    const father = glances[base + at.father] ?? 0
    const mother = glances[base + at.mother] ?? 0
    const phone = glances[base + at.phone] ?? 0
    let household = bits[unitSlot(base, person)] ?? 0
    if (own.father !== 0 && father !== 0)
      household += bits[father === own.father ? bit.father : bit.fatherDifferent] ?? 0
    if (own.mother !== 0 && mother !== 0)
      household += bits[mother === own.mother ? bit.mother : bit.motherDifferent] ?? 0
    if (own.phone !== 0 && phone === own.phone) household += bits[bit.phone] ?? 0
    const without =
      (bits[nameSlot(base)] ?? 0) +
      (bits[birthSlot(base)] ?? 0) +
      (bits[sex] ?? 0) +
      Math.min(household, mostOfHousehold)
    estimate[0] = without + (bits[numberSlot(base)] ?? 0)
    estimate[1] = without
    return (
      own.isWholeBirth &&
      glances[base + at.birth] === own.birth &&
      own.hasName &&
      glances[base + at.plain] === own.plain
    )
  }

  /**
   * Of the people of one commune: those of the whole date, or whose name may be meant, though it is written in no way
   * that is looked up.
   */
  function isNearBy(person: number): boolean {
    const base = person << glanceBits
    return (
      glances[base + at.birth] === own.birth ||
      glances[base + at.familyGiven] === own.familyGiven ||
      countOnes((glances[base + at.letters] ?? 0) ^ own.letters) <= 4
    )
  }

  /**
   * Of the people of one date: those whose name or parents are near, or whose number is. Nobody else of the day has a
   * say.
   */
  function isOfInterest(person: number): boolean {
    const base = person << glanceBits
    return (
      !own.hasName ||
      glances[base + at.given] === own.given ||
      glances[base + at.plain] === own.plain ||
      countOnes((glances[base + at.letters] ?? 0) ^ own.letters) <= 4 ||
      glances[base + at.sorted] === own.sorted ||
      (own.father !== 0 && glances[base + at.father] === own.father) ||
      (own.mother !== 0 && glances[base + at.mother] === own.mother) ||
      (own.hasNumber &&
        areNearHalves(
          own.numberHigh,
          own.numberLow,
          glances[base + at.numberHigh] ?? 0,
          glances[base + at.numberLow] ?? 0,
        ))
    )
  }

  return { set, own: own as Readonly<typeof own>, look, estimate, isOfInterest, isNearBy, unitsOfCommune }
}

function unitsBy(units: readonly string[], of: (unit: string) => readonly string[]): Map<string, number[]> {
  const by = new Map<string, number[]>()
  for (const [i, unit] of units.entries()) for (const key of of(unit)) by.set(key, [...(by.get(key) ?? []), i + 1])
  return by
}
