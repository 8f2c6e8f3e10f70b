import { communesOf } from './blocking.ts'
import { birthContradicts, compareBirths, compareNames, isNewYear } from './comparison.ts'
import * as chance from './frequencies.ts'
import type { Linker } from './linkage.ts'
import { digitsOf, isNearNumber, isOneSlip } from './nibbles.ts'
import { birthCode, birthOf, hashOfText, mixed, nameKeys, type PackedPeople, type UnitPlace } from './packed.ts'
import { bitOf, dayOf, holderOf, holdersOfOld, lettersOf, type PeopleIndex } from './people-index.ts'
import type { LinkName, LinkRecord } from './person-record.ts'
import { unpacker } from './unpack.ts'

/**
 * Whom a row may be, of a million people: blocking finds some hundred, of each a few numbers are looked at, and the likeliest few are given back as records
 * for exact scoring. The estimate orders candidates only; it decides nothing.
 */

/** How many are scored exactly. The decision needs the best, its rivals and the number's holder; below, each is a thousandth as likely. */
const mostKept = 8
const bitsBehind = 26

export type Selector = {
  readonly candidatesOf: (row: LinkRecord) => LinkRecord[]
  /** Who has the row's number, or had it. */
  readonly ownerOf: (row: LinkRecord) => LinkRecord | undefined
  /** Those with the row's name and whole birth date. */
  readonly alike: (row: LinkRecord) => LinkRecord[]
  /** The person at a place of the packed people. */
  readonly person: (at: number) => LinkRecord
  /** How many pairs were looked at so far. */
  readonly looked: () => number
}

export function selector(
  people: PackedPeople,
  index: PeopleIndex,
  { model, frequencies: f }: Linker,
  placeOf: (unit: string) => UnitPlace,
): Selector {
  const { names, birth, number, name, sex } = people
  const { nameAt, record } = unpacker(people, placeOf)
  const formerHolders = new Map([...people.cancelled].flatMap(([person, numbers]) => numbers.map(each => [each, person] as const)))
  const unitsOfCommune = unitsBy(people.units, unit => placeOf(unit).communes)
  const unitsOfDistrict = unitsBy(people.units, unit => placeOf(unit).districts)
  const givens = givenIds(people)
  const plainWords = new Map<string, number>()
  const plainWordOf = new Uint32Array(names.words.length + 1)
  for (const [i, word] of names.plainWords.entries()) {
    if (!plainWords.has(word)) plainWords.set(word, plainWords.size + 1)
    plainWordOf[i + 1] = plainWords.get(word) ?? 0
  }
  const seen = new Int32Array(people.size)
  const [communeMark, districtMark] = [new Int32Array(people.units.length + 1), new Int32Array(people.units.length + 1)]
  const least = Math.log2(f.total) - 20
  const surely = Math.log2(f.total) + 12
  const bits = (m: number, u: number) => Math.log2(m / Math.min(1, u))
  const rates = model.rates
  let stamp = 0
  let looked = 0

  const best = new Int32Array(mostKept)
  const bestBits = new Float64Array(mostKept)
  let kept = 0
  let foundBits = 0

  /** Keeps the likeliest, in descending order. */
  function keep(person: number, weight: number): void {
    if (weight < least || (kept === mostKept && weight <= (bestBits[kept - 1] ?? 0))) return
    let at = kept < mostKept ? kept++ : kept - 1
    while (at > 0 && (bestBits[at - 1] ?? 0) < weight) {
      best[at] = best[at - 1] ?? 0
      bestBits[at] = bestBits[at - 1] ?? 0
      at--
    }
    best[at] = person
    bestBits[at] = weight
  }

  /** The parts of the estimate that depend on the row alone. */
  function lensOf(row: LinkRecord) {
    const rowBirth = row.birth
    const yearShare = rowBirth ? chance.chanceOfYear(rowBirth.y, rowBirth.y, f) : 1
    const ofName = row.name ? nameBits(row.name) : undefined
    const communes = row.communes.length > 0 ? row.communes : row.schoolCommune ? [row.schoolCommune] : []
    const isSchool = row.communes.length === 0
    for (const unit of communes.flatMap(commune => unitsOfCommune.get(commune) ?? [])) communeMark[unit] = stamp
    const districts = row.communes.length > 0 ? row.districts : row.schoolDistrict ? [row.schoolDistrict] : []
    for (const unit of districts.flatMap(district => unitsOfDistrict.get(district) ?? [])) districtMark[unit] = stamp
    const nearest = isSchool ? rates.unit['school-commune'] : rates.unit['same-commune']
    const near = isSchool ? rates.unit['school-district'] : rates.unit['same-district']
    const far = isSchool ? rates.unit['school-elsewhere'] : rates.unit.elsewhere
    const share = Math.max(0, ...communes.map(commune => chance.chanceOfCommune(commune, f)))
    return {
      code: rowBirth ? birthCode(rowBirth) : 0,
      digits: rowBirth?.d && rowBirth.m ? digitsOf(rowBirth.y, rowBirth.m, rowBirth.d) : undefined,
      birthExact: bits(rates.birth.exact.m, yearShare * (rowBirth && isNewYear(rowBirth) ? f.newYear : 1 / 365)),
      birthSwapped: bits(rates.birth.swapped.m, rates.birth.swapped.u * yearShare),
      birthPartialMonth: bits(rates.birth['partial-month'].m, rates.birth['partial-month'].u * yearShare),
      birthPartialYear: bits(rates.birth['partial-year'].m, rates.birth['partial-year'].u * yearShare),
      birthYearOff: bits(rates.birth['year-off'].m, rates.birth['year-off'].u * yearShare),
      birthOneDigit: bits(rates.birth['one-digit'].m, rates.birth['one-digit'].u * yearShare),
      birthDefault: bits(rates.birth.default.m, rates.birth.default.u * yearShare),
      birthYearMonth: bits(rates.birth['year-month'].m, rates.birth['year-month'].u * yearShare),
      birthYear: bits(rates.birth.year.m, rates.birth.year.u * yearShare),
      birthDifferent: bits(rates.birth.different.m, rates.birth.different.u),
      ofName,
      sex: row.sex === 'M' ? 1 : row.sex === 'F' ? 2 : 0,
      sexSame: bits(rates.sex.same.m, rates.sex.same.u),
      sexDifferent: bits(rates.sex.different.m, rates.sex.different.u),
      number: row.number ? Number(row.number) : 0,
      hasUnits: communes.length > 0,
      unitSame: bits(nearest.m, nearest.u * Math.max(share, 1 / f.total)),
      unitNear: bits(near.m, near.u * Math.max(...districts.map(district => chance.chanceOfDistrict(district, f)), 0.01)),
      unitFar: bits(far.m, far.u),
      father: row.father?.name ? hashOfText(row.father.name.plain) : 0,
      mother: row.mother?.name ? hashOfText(row.mother.name.plain) : 0,
      fatherBits: parentBits(row.father?.name, rates.father['name-and-year']),
      motherBits: parentBits(row.mother?.name, rates.mother['name-and-year']),
      phone: Number(row.phone?.replace('+', '') ?? 0),
    }
  }
  type Lens = ReturnType<typeof lensOf>

  const parentBits = (parent: LinkName | undefined, { m, u }: { m: number; u: number }) =>
    parent ? bits(m, u * chance.chanceOfPlain(parent, f)) : 0
  const parentApart = bits(rates.father.different.m, rates.father.different.u)

  function nameBits(own: LinkName) {
    const keys = nameKeys(own)
    const plainShare = chance.chanceOfPlain(own, f)
    const familyGiven = chance.chanceOfFamilyAndGiven(own, f)
    return {
      ...keys,
      letters: lettersOf(own.plain),
      words: own.words.length,
      given: givens.get(own.given) ?? 0,
      exactBits: bits(rates.name.exact.m, rates.name.exact.u * chance.chanceOfMarked(own, f)),
      plainBits: bits(rates.name['marks-missing'].m, rates.name['marks-missing'].u * plainShare),
      swappedBits: bits(rates.name['words-swapped'].m, rates.name['words-swapped'].u * plainShare),
      slipBits: bits(rates.name['one-edit'].m, Math.min(1, 4 * plainShare)),
      nearBits: bits(rates.name.near.m, Math.min(1, 30 * plainShare)),
      droppedBits: bits(rates.name['middle-dropped'].m, rates.name['middle-dropped'].u * familyGiven),
      familyGivenBits: bits(rates.name['family-given'].m, rates.name['family-given'].u * familyGiven),
      givenBits: bits(rates.name.given.m, rates.name.given.u * chance.chanceOfGiven(own, f)),
      differentBits: bits(rates.name.different.m, rates.name.different.u),
    }
  }

  function nameEstimate(own: NonNullable<Lens['ofName']>, person: number): number {
    if (index.plain[person] === own.plain) return names.joined[name[person] ?? 0] === own.joined ? own.exactBits : own.plainBits
    if (index.sorted[person] === own.sorted) return own.swappedBits
    const apart = ones((index.letters[person] ?? 0) ^ own.letters)
    if (apart <= 2) return own.slipBits
    const id = name[person] ?? 0
    const words = (names.start[id + 1] ?? 0) - (names.start[id] ?? 0)
    if (index.familyGiven[person] === own.familyGiven)
      return words === own.words ? Math.max(own.familyGivenBits, apart <= 4 ? own.nearBits : -99) : own.droppedBits
    if (apart <= 4) return own.nearBits
    return index.given[person] === own.given ? own.givenBits : own.differentBits
  }

  function birthEstimate(lens: Lens, code: number): number {
    if (lens.code === 0 || code === 0) return 0
    if (code === lens.code) return (code & 31) > 0 ? lens.birthExact : (code & 511) > 0 ? lens.birthPartialMonth : lens.birthPartialYear
    const [y, m, d] = [code >> 9, (code >> 5) & 15, code & 31]
    const [ry, rm, rd] = [lens.code >> 9, (lens.code >> 5) & 15, lens.code & 31]
    if (!m || !rm || !d || !rd)
      return y !== ry ? lens.birthDifferent : !m || !rm ? lens.birthPartialYear : m === rm ? lens.birthPartialMonth : lens.birthYear
    if (y === ry && m === rd && d === rm) return lens.birthSwapped
    if (m === rm && d === rd && Math.abs(y - ry) === 1) return lens.birthYearOff
    if (lens.digits && isOneSlip(lens.digits, digitsOf(y, m, d))) return lens.birthOneDigit
    if (y !== ry) return lens.birthDifferent
    if ((m === 1 && d === 1) !== (rm === 1 && rd === 1)) return lens.birthDefault
    return m === rm ? lens.birthYearMonth : lens.birthYear
  }

  function numberEstimate(lens: Lens, theirs: number): number {
    if (lens.number === 0 || theirs === 0) return 0
    if (lens.number === theirs) return 20
    return isNearNumber(lens.number, theirs) ? 12 : -4
  }

  function household(lens: Lens, person: number): number {
    let sum = 0
    if (lens.hasUnits && people.unit[person]) {
      const unit = people.unit[person] ?? 0
      const more = people.moreUnits.get(person)
      const here = communeMark[unit] === stamp || (more?.some(each => communeMark[each] === stamp) ?? false)
      sum += here ? lens.unitSame : districtMark[unit] === stamp ? lens.unitNear : lens.unitFar
    }
    if (lens.father && index.father[person]) sum += index.father[person] === lens.father ? lens.fatherBits : parentApart
    if (lens.mother && index.mother[person]) sum += index.mother[person] === lens.mother ? lens.motherBits : parentApart
    if (lens.phone && people.phone[person] === lens.phone) sum += 10
    return Math.min(sum, Math.log2(f.total / 2))
  }

  function look(lens: Lens, person: number): void {
    if (seen[person] === stamp) return
    seen[person] = stamp
    looked++
    const ofSex = lens.sex === 0 ? 0 : sex[person] === lens.sex ? lens.sexSame : lens.sexDifferent
    const ofName = lens.ofName ? nameEstimate(lens.ofName, person) : 0
    const born = birth[person] ?? 0
    const bitsOf = ofName + birthEstimate(lens, born) + ofSex + household(lens, person)
    if (bitsOf > foundBits && born === lens.code && lens.digits !== undefined && index.plain[person] === lens.ofName?.plain)
      foundBits = bitsOf
    keep(person, bitsOf + numberEstimate(lens, number[person] ?? 0))
  }

  const lookIn = ({ start, item, mask }: PeopleIndex['byNameYear'], key: number, lens: Lens): void => {
    const to = start[(key & mask) + 1] ?? 0
    for (let at = start[key & mask] ?? 0; at < to; at++) look(lens, item[at] ?? 0)
  }

  /** Of one date: those whose name or parents are near, or whose number is. Nobody else of the day has a say. */
  function lookAtDay(code: number, lens: Lens, onlyGiven: boolean): void {
    const own = lens.ofName
    const to = index.birthStart[code + 1] ?? 0
    for (let person = index.birthStart[code] ?? 0; person < to; person++) {
      if (onlyGiven ? index.given[person] === own?.given : isOfInterest(own, lens, person)) look(lens, person)
    }
  }

  const isOfInterest = (own: Lens['ofName'], lens: Lens, person: number) =>
    own === undefined ||
    index.plain[person] === own.plain ||
    index.given[person] === own.given ||
    ones((index.letters[person] ?? 0) ^ own.letters) <= 4 ||
    index.sorted[person] === own.sorted ||
    (lens.father !== 0 && index.father[person] === lens.father) ||
    (lens.mother !== 0 && index.mother[person] === lens.mother) ||
    (lens.number !== 0 && isNearNumber(lens.number, number[person] ?? 0))

  function lookByName(own: NonNullable<Lens['ofName']>, row: LinkRecord, lens: Lens): void {
    const year = row.birth?.y
    if (year !== undefined) lookIn(index.byNameYear, mixed(own.plain, year), lens)
    if (isFound()) return
    for (const commune of communesOf(row))
      for (const unit of unitsOfCommune.get(commune) ?? []) lookIn(index.byNameUnit, mixed(own.plain, unit), lens)
    if (year === undefined) return
    const day = dayOf(lens.code)
    if (day !== 0) lookIn(index.byNameDay, mixed(own.plain, day), lens)
    lookIn(index.byNameYear, mixed(own.plain, year - 1), lens)
    lookIn(index.byNameYear, mixed(own.plain, year + 1), lens)
    lookIn(index.byFamilyGivenYear, mixed(own.familyGiven, year), lens)
    if (row.name && row.name.words.length > 1) lookByRarestWord(row.name.words, year, lens)
  }

  /**
   * Somebody has name and date, and is so likely by them and the household that those found by rarer ways would change nothing. A number counts for nothing
   * here: it may be a brother's.
   */
  const isFound = () => foundBits > surely

  /** People of the year whose names have all words of the row's, in any order. */
  function lookByRarestWord(words: readonly string[], year: number, lens: Lens): void {
    const { start, item, mask } = index.byWordYear
    let [from, to] = [0, 0x7fffffff]
    const wanted: number[] = []
    let bits = 0
    for (const word of words) {
      const known = plainWords.get(word)
      if (known === undefined) return
      wanted.push(known)
      const hash = hashOfText(word)
      bits |= bitOf(hash)
      const key = mixed(hash, year) & mask
      const [a, b] = [start[key] ?? 0, start[key + 1] ?? 0]
      if (b - a < to - from) [from, to] = [a, b]
    }
    const all = lens.ofName?.letters ?? 0
    for (let at = from; at < to; at++) {
      const person = item[at] ?? 0
      if ((bits & ~(index.wordBits[person] ?? 0)) !== 0 || seen[person] === stamp) continue
      const id = name[person] ?? 0
      const count = (names.start[id + 1] ?? 0) - (names.start[id] ?? 0)
      if (count < words.length || (count === words.length && index.letters[person] !== all)) continue
      if (hasAll(wanted, id)) look(lens, person)
    }
  }

  function hasAll(words: readonly number[], id: number): boolean {
    const [from, to] = [names.start[id] ?? 0, names.start[id + 1] ?? 0]
    for (const word of words) {
      let at = from
      while (at < to && plainWordOf[names.word[at] ?? 0] !== word) at++
      if (at === to) return false
    }
    return true
  }

  /** Whoever has the number, the whole name and no other birth date is the one; namesakes with another number are not asked for. */
  function isPlain(row: LinkRecord, person: number): boolean {
    return (
      compareNames(row.name, nameAt(name[person] ?? 0)) === 'exact' &&
      !birthContradicts(compareBirths(row.birth, birth[person] ? birthOf(birth[person] ?? 0) : undefined))
    )
  }

  /** Who has a number, or had it once; -1 for nobody. */
  function ownerOf(given: string): number {
    const now = holderOf(index, people, Number(given))
    return now >= 0 ? now : (formerHolders.get(given) ?? -1)
  }

  function candidatesOf(row: LinkRecord): LinkRecord[] {
    stamp++
    const owner = row.number ? ownerOf(row.number) : -1
    if (owner >= 0 && isPlain(row, owner)) return [record(owner)]

    kept = 0
    foundBits = 0
    const lens = lensOf(row)
    const sure = new Set<number>()
    if (owner >= 0) sure.add(owner)
    if (row.oldNumber) for (const person of holdersOfOld(index, people, Number(row.oldNumber))) sure.add(person)
    if (row.birth?.d && row.birth.m) {
      lookAtDay(lens.code, lens, false)
      if (row.birth.d <= 12 && row.birth.m !== row.birth.d)
        lookAtDay(birthCode({ y: row.birth.y, m: row.birth.d, d: row.birth.m }), lens, true)
    }
    if (lens.ofName) lookByName(lens.ofName, row, lens)
    if (row.birth && !isFound()) {
      if (row.father?.name && row.father.name.words.length > 1) lookIn(index.byFatherYear, mixed(lens.father, row.birth.y), lens)
      if (row.mother?.name && row.mother.name.words.length > 1) lookIn(index.byMotherYear, mixed(lens.mother, row.birth.y), lens)
    }
    for (let i = 0; i < kept; i++) if ((bestBits[i] ?? 0) >= (bestBits[0] ?? 0) - bitsBehind) sure.add(best[i] ?? 0)
    return [...sure].map(record)
  }
  function alike({ name: own, birth: born }: LinkRecord): LinkRecord[] {
    if (!own || !born?.d) return []
    const [found, code, { plain, joined }] = [[] as LinkRecord[], birthCode(born), nameKeys(own)]
    for (let at = index.birthStart[code] ?? 0; at < (index.birthStart[code + 1] ?? 0); at++)
      if (index.plain[at] === plain && names.joined[name[at] ?? 0] === joined) found.push(record(at))
    return found
  }

  return {
    candidatesOf,
    ownerOf: row => {
      const owner = row.number ? ownerOf(row.number) : -1
      return owner < 0 ? undefined : record(owner)
    },
    alike,
    person: record,
    looked: () => looked,
  }
}

function unitsBy(units: readonly string[], of: (unit: string) => readonly string[]): Map<string, number[]> {
  const by = new Map<string, number[]>()
  for (const [i, unit] of units.entries()) for (const key of of(unit)) by.set(key, [...(by.get(key) ?? []), i + 1])
  return by
}

/** The number that packing gave each given name. */
function givenIds({ names }: PackedPeople): Map<string, number> {
  const ids = new Map<string, number>()
  for (let id = 1; id < names.size; id++) {
    const last = (names.start[id + 1] ?? 0) - 1
    const odd = names.odd.get(id)
    const word = odd === undefined ? names.plainWords[(names.word[last] ?? 1) - 1] : odd.split(' ').at(-1)
    if (word !== undefined) ids.set(word, names.given[id] ?? 0)
  }
  return ids
}

/** How many bits are set. */
function ones(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
