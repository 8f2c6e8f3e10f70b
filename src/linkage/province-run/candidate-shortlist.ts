import { communesOf, type Selector } from '../blocking/blocking.ts'
import { birthContradicts, compareBirths, nameLevelOf } from '../comparing/comparing.ts'
import { scorePair } from '../deciding/decide.ts'
import type { Linker } from '../deciding/deciding.ts'
import type { LinkRecord } from '../person-record.ts'
import { hashOfText, mixHashes, packNameKeys } from './name-keys.ts'
import { birthCode, birthOf, type PackedPeople, type UnitParents } from './packed.ts'
import { at, glanceBits, wordsOf } from './packed-row.ts'
import { dayOf, type PeopleIndex, placesWithOldNumber, placeWithNumber, unitYear, wordBit } from './people-index.ts'
import { makePrefilter } from './prefilter.ts'
import { makeUnpacker } from './unpack.ts'

/**
 * Whom a row may be, of a million people: blocking finds some hundred, each is glanced at, and the likeliest few are
 * given back as records for exact scoring.
 */

/**
 * How many are scored exactly. The decision needs the best, its rivals and the number's holder; below, each is a
 * thousandth as likely.
 */
const mostKept = 8
const bitsBehind = 26
/** The years before and after the row's year in which a person with a wrong date may be born. */
const yearsAbout = 2

export function makeSelector(
  people: PackedPeople,
  index: PeopleIndex,
  linker: Linker,
  placeOf: (unit: string) => UnitParents,
  /** Whoever was born before this year is a candidate of no row. */
  bornFrom = 0,
): Selector {
  const { names, birth, name } = people
  const { glances } = index
  const { model, frequencies } = linker
  const { nameAt, record } = makeUnpacker(people, placeOf)
  const lens = makePrefilter({ people, index, linker, placeOf })
  const { own, estimate } = lens
  const words = plainWordsOf(people)
  const formerHolders = new Map(
    [...people.cancelled].flatMap(([person, numbers]) => numbers.map(each => [each, person] as const)),
  )
  const seen = new Int32Array(people.size)
  const least = Math.log2(frequencies.total) - 20
  const surely = Math.log2(frequencies.total) + 12
  /** Below, a row is nobody's work. */
  const hardly = Math.log2(frequencies.total) - 5
  let stamp = 0
  let looked = 0
  const reached = new Int32Array(256)
  let fitting = new Int32Array(1024)

  const best = new Int32Array(mostKept)
  const bestBits = new Float64Array(mostKept)
  let kept = 0
  let isFound = false

  /** Keeps the person last looked at among the likeliest, which are in descending order. */
  function keep(person: number): void {
    const weight = estimate[0] ?? 0
    let place = kept < mostKept ? kept++ : kept - 1
    while (place > 0 && (bestBits[place - 1] ?? 0) < weight) {
      best[place] = best[place - 1] ?? 0
      bestBits[place] = bestBits[place - 1] ?? 0
      place--
    }
    best[place] = person
    bestBits[place] = weight
  }

  const firstBirth = birthCode({ y: bornFrom })
  const isMeant = (person: number): boolean => birth[person] === 0 || (birth[person] ?? 0) >= firstBirth

  function look(person: number): void {
    if (seen[person] === stamp) return
    seen[person] = stamp
    if (!isMeant(person)) return
    looked++
    // Somebody has name and date, and is so likely by them and the household that those found by rarer ways would
    // change nothing.
    if (lens.look(person) && (estimate[1] ?? 0) > surely) isFound = true
    const weight = estimate[0] ?? 0
    if (weight >= least && (kept < mostKept || weight > (bestBits[kept - 1] ?? 0))) keep(person)
  }

  /**
   * Touches all before the first is looked at: what a processor is asked for in one go it fetches ten times as fast as
   * one by one.
   */
  function reachFor(item: Int32Array, from: number, to: number): void {
    for (let place = from; place < to; place++) {
      const person = item[place] ?? 0
      reached[place & 255] = (glances[person << glanceBits] ?? 0) ^ (seen[person] ?? 0)
    }
  }

  const lookIn = ({ start, item, mask }: PeopleIndex['byNameYear'], key: number): void => {
    const from = start[key & mask] ?? 0
    const to = start[(key & mask) + 1] ?? 0
    reachFor(item, from, to)
    for (let place = from; place < to; place++) look(item[place] ?? 0)
  }

  function lookAtDay(code: number): void {
    const to = index.birthStart[code + 1] ?? 0
    for (let person = index.birthStart[code] ?? 0; person < to; person++) if (lens.isOfInterest(person)) look(person)
  }

  /** Where day and month changed places, only those of the given name are looked at. */
  function lookAtSwappedDay({ y, m = 0, d = 0 }: NonNullable<LinkRecord['birth']>): void {
    if (!m || !d || d > 12 || m === d) return
    const code = birthCode({ y, m: d, d: m })
    const to = index.birthStart[code + 1] ?? 0
    for (let person = index.birthStart[code] ?? 0; person < to; person++)
      if (glances[(person << glanceBits) + at.given] === own.given) look(person)
  }

  function lookByName(row: LinkRecord): void {
    const [year, plain] = [row.birth?.y, own.plain]
    if (year !== undefined) lookIn(index.byNameYear, mixHashes(plain, year))
    if (isFound) return
    for (const commune of communesOf(row))
      for (const unit of lens.unitsOfCommune.get(commune) ?? []) lookIn(index.byNameUnit, mixHashes(plain, unit))
    if (year === undefined) return
    const day = dayOf(own.birth)
    if (day !== 0) lookIn(index.byNameDay, mixHashes(plain, day))
    lookIn(index.byNameYear, mixHashes(plain, year - 1))
    lookIn(index.byNameYear, mixHashes(plain, year + 1))
    lookIn(index.byFamilyGivenYear, mixHashes(own.familyGiven, year))
    if (row.name && row.name.words.length > 1) lookByRarestWord(row.name.words, year)
  }

  /** People of the year whose names have all words of the row's, in any order. */
  function lookByRarestWord(wanted: readonly string[], year: number): void {
    const { start, item, mask } = index.byWordYear
    let from = 0
    let to = 0x7fffffff
    let bits = 0
    for (const word of wanted) {
      if (!words.known.has(word)) return
      const hash = hashOfText(word)
      bits |= wordBit(hash)
      const key = mixHashes(hash, year) & mask
      const a = start[key] ?? 0
      const b = start[key + 1] ?? 0
      if (b - a >= to - from) continue
      from = a
      to = b
    }
    if (fitting.length < to - from) fitting = new Int32Array((to - from) * 2)
    let count = 0
    for (let place = from; place < to; place++) {
      const person = item[place] ?? 0
      if ((bits & ~(index.wordBits[person] ?? 0)) === 0) fitting[count++] = person
    }
    reachFor(fitting, 0, count)
    for (let place = 0; place < count; place++) {
      const person = fitting[place] ?? 0
      if (seen[person] !== stamp && mayHaveAll(wanted, person << glanceBits) && hasAll(wanted, name[person] ?? 0))
        look(person)
    }
  }

  /** Whether one of the first two is somebody's work; the estimate takes a name that is near for nearer than it is. */
  function isAnyLikely(row: LinkRecord): boolean {
    for (let place = 0; place < Math.min(kept, 2); place++)
      if (
        (bestBits[place] ?? 0) >= hardly &&
        scorePair(row, record(best[place] ?? 0, row), model, frequencies).weight >= hardly
      )
        return true
    return false
  }

  /**
   * Two things are wrong at once, such as a slip in the name and another year: of those of the place and about that
   * age, whose name or date is near.
   */
  function lookNearby(row: LinkRecord, year: number): void {
    const { start, item, mask } = index.byUnitYear
    const communes = new Set([...row.communes, ...(row.schoolCommune ? [row.schoolCommune] : [])])
    for (const unit of [...communes].flatMap(commune => lens.unitsOfCommune.get(commune) ?? []))
      for (let born = year - yearsAbout; born <= year + yearsAbout; born++) {
        const key = unitYear(unit, born) & mask
        const from = start[key] ?? 0
        const to = start[key + 1] ?? 0
        reachFor(item, from, to)
        for (let place = from; place < to; place++) if (lens.isNearBy(item[place] ?? 0)) look(item[place] ?? 0)
      }
  }

  /** More words than the row's, or as many of the same letters. */
  function mayHaveAll({ length }: readonly string[], base: number): boolean {
    const count = wordsOf(glances[base + at.who] ?? 0)
    return count > length || (count === length && glances[base + at.letters] === own.letters)
  }

  function hasAll(wanted: readonly string[], id: number): boolean {
    const [from, to] = [names.start[id] ?? 0, names.start[id + 1] ?? 0]
    for (const each of wanted) {
      const word = words.known.get(each)
      let place = from
      while (place < to && words.of[names.word[place] ?? 0] !== word) place++
      if (place === to) return false
    }
    return true
  }

  /**
   * Whoever has the number, the whole name and no other birth date is the one; namesakes with another number are not
   * asked for.
   */
  function isPlain(row: LinkRecord, person: number): boolean {
    return (
      nameLevelOf(row.name, nameAt(name[person] ?? 0, row.name)) === 'exact' &&
      !birthContradicts(compareBirths(row.birth, birth[person] ? birthOf(birth[person] ?? 0) : undefined))
    )
  }

  /** Who has a number, or had it once; -1 for nobody. */
  function ownerOf(given: string): number {
    const now = placeWithNumber(index, people, Number(given))
    return now >= 0 ? now : (formerHolders.get(given) ?? -1)
  }

  function candidatesOf(row: LinkRecord): LinkRecord[] {
    const owner = row.number ? ownerOf(row.number) : -1
    if (owner >= 0 && isPlain(row, owner)) return isMeant(owner) ? [record(owner, row)] : []

    stamp++
    kept = 0
    isFound = false
    lens.set(row)
    if (row.birth?.d && row.birth.m) {
      lookAtDay(own.birth)
      lookAtSwappedDay(row.birth)
    }
    if (row.name) lookByName(row)
    if (row.birth && !isFound) {
      if (row.father?.name && row.father.name.words.length > 1)
        lookIn(index.byFatherYear, mixHashes(own.father, row.birth.y))
      if (row.mother?.name && row.mother.name.words.length > 1)
        lookIn(index.byMotherYear, mixHashes(own.mother, row.birth.y))
    }
    if (row.name && row.birth && owner < 0 && !isFound && !isAnyLikely(row)) lookNearby(row, row.birth.y)
    const sure = owner >= 0 ? [owner] : []
    if (row.oldNumber)
      sure.push(...placesWithOldNumber(index, people, Number(row.oldNumber)).filter(person => person !== owner))
    for (let place = 0; place < kept; place++) {
      const person = best[place] ?? 0
      if ((bestBits[place] ?? 0) >= (bestBits[0] ?? 0) - bitsBehind && !sure.includes(person)) sure.push(person)
    }
    return sure.filter(isMeant).map(person => record(person, row))
  }

  function alike({ name: ownName, birth: born }: LinkRecord): LinkRecord[] {
    if (!ownName || !born?.d) return []
    const [found, code, { plain, joined }] = [[] as LinkRecord[], birthCode(born), packNameKeys(ownName)]
    for (let person = index.birthStart[code] ?? 0; person < (index.birthStart[code + 1] ?? 0); person++) {
      const base = person << glanceBits
      if (glances[base + at.plain] === (plain | 0) && glances[base + at.joined] === (joined | 0))
        found.push(record(person))
    }
    return found
  }

  return {
    candidatesOf,
    ownerOf: row => {
      const owner = row.number ? ownerOf(row.number) : -1
      return owner < 0 ? undefined : record(owner, row)
    },
    alike,
    person: at => record(at),
    looked: () => looked,
  }
}

/** A number for each word without its marks, and that of each word with them. */
function plainWordsOf({ names }: PackedPeople) {
  const known = new Map<string, number>()
  const of = new Uint32Array(names.words.length + 1)
  for (const [i, word] of names.plainWords.entries()) {
    if (!known.has(word)) known.set(word, known.size + 1)
    of[i + 1] = known.get(word) ?? 0
  }
  return { known, of }
}
