import { foldMarks } from '../../names/name.ts'
import { editDistanceAtMost } from '../../names/spelling/string-distance.ts'
import type { LinkName, LinkRecord } from '../person-record.ts'
import { isNewYear } from './comparing.ts'

/**
 * How often values occur, so that Nguyễn says little and Voòng much. Keys of families, middles and givens are folded as
 * in LinkName.marked (a middle is all the words between, '' where there is none); communes and districts are unit ids,
 * years of birth are years. Counted over the register (a `group by` each) or over a fair sample of it; `total` is
 * always the size of the whole register.
 */
export type NameCounts = {
  readonly total: number
  readonly families: Readonly<Record<string, number>>
  readonly middles: Readonly<Record<string, number>>
  readonly givens: Readonly<Record<string, number>>
  readonly years: Readonly<Record<string, number>>
  readonly communes?: Readonly<Record<string, number>>
  readonly districts?: Readonly<Record<string, number>>
  /** Of those with a whole birth date, the share born, or said to be, on 1 January. */
  readonly newYearShare?: number
}

type Shares = { readonly of: ReadonlyMap<string, number>; readonly unseen: number }
type NamePart = 'family' | 'middle' | 'given'

/** The chance of meeting a value in a random person of the register. */
export type Frequencies = {
  readonly total: number
  readonly marked: Readonly<Record<NamePart, Shares>>
  readonly plain: Readonly<Record<NamePart, Shares>>
  readonly years: Shares
  readonly communes: Shares
  readonly districts: Shares
  readonly newYear: number
  readonly slips: Map<string, number>
}

/** A value that was not seen is as rare as one person; where there were no counts at all, as rare as `otherwise`. */
function nameShares(counts: Readonly<Record<string, number>> | undefined, otherwise: number): Shares {
  const entries = Object.entries(counts ?? {})
  const sum = entries.reduce((total, [, count]) => total + count, 0)
  if (sum === 0) return { of: new Map(), unseen: otherwise }
  return { of: new Map(entries.map(([value, count]) => [value, count / sum])), unseen: Math.min(otherwise, 1 / sum) }
}

function withoutMarks({ of, unseen }: Shares): Shares {
  const plain = new Map<string, number>()
  for (const [value, share] of of) plain.set(foldMarks(value), (plain.get(foldMarks(value)) ?? 0) + share)
  return { of: plain, unseen }
}

/** A register of a few people is part of a larger place, where others bear the same names. */
const fewest = 1000

export function frequenciesOf(counts: NameCounts): Frequencies {
  const marked = {
    family: nameShares(counts.families, 0.001),
    middle: nameShares(counts.middles, 0.001),
    given: nameShares(counts.givens, 0.001),
  }
  const plain = {
    family: withoutMarks(marked.family),
    middle: withoutMarks(marked.middle),
    given: withoutMarks(marked.given),
  }
  return {
    total: Math.max(counts.total, fewest),
    marked,
    plain,
    years: nameShares(counts.years, 1 / 65),
    communes: nameShares(counts.communes, 1 / 177),
    districts: nameShares(counts.districts, 1 / 13),
    newYear: counts.newYearShare ?? 0.01,
    slips: new Map(),
  }
}

/** Counts the values of the records themselves; `total` is the register's size where they are a sample of it. */
export function nameCountsOf(records: Iterable<LinkRecord>, total?: number): NameCounts {
  const seen = {
    families: newTally(),
    middles: newTally(),
    givens: newTally(),
    years: newTally(),
    communes: newTally(),
    districts: newTally(),
  }
  let people = 0
  let whole = 0
  let newYears = 0
  for (const { name, birth, communes, districts } of records) {
    people++
    if (name) {
      seen.families.add(name.markedFamily)
      seen.middles.add(name.markedMiddle)
      seen.givens.add(name.markedGiven)
    }
    if (birth) seen.years.add(String(birth.y))
    if (birth?.d) whole++
    if (birth && isNewYear(birth)) newYears++
    if (communes[0]) seen.communes.add(communes[0])
    if (districts[0]) seen.districts.add(districts[0])
  }
  return {
    total: total ?? people,
    families: seen.families.counts(),
    middles: seen.middles.counts(),
    givens: seen.givens.counts(),
    years: seen.years.counts(),
    communes: seen.communes.counts(),
    districts: seen.districts.counts(),
    newYearShare: Math.max(newYears / Math.max(whole, 1), 1 / 365),
  }
}

function newTally() {
  const counts = new Map<string, number>()
  return {
    add: (value: string) => void counts.set(value, (counts.get(value) ?? 0) + 1),
    counts: () => Object.fromEntries(counts),
  }
}

const eitherShare = (shares: Shares, a: string, b: string) => Math.max(shareIn(shares, a), shareIn(shares, b))
const shareIn = ({ of, unseen }: Shares, value: string) => of.get(value) ?? unseen

/** No name is rarer than one person in the register: the parts are not independent, and the person at hand has it. */
const atLeastOne = (chance: number, { total }: Frequencies) => Math.max(chance, 1 / total)

/** Girls' middle names go with girls' given names, so parts meet about twice as often as chance has it. */
const partsGoTogether = 2

/** That a random person has this name, with its marks. */
export const chanceOfMarked = (name: LinkName, f: Frequencies) =>
  atLeastOne(
    partsGoTogether *
      shareIn(f.marked.family, name.markedFamily) *
      shareIn(f.marked.middle, name.markedMiddle) *
      shareIn(f.marked.given, name.markedGiven),
    f,
  )

/** The same, whatever the marks. */
export const chanceOfPlain = (name: LinkName, f: Frequencies) =>
  atLeastOne(
    partsGoTogether *
      shareIn(f.plain.family, name.family) *
      shareIn(f.plain.middle, name.middle) *
      shareIn(f.plain.given, name.given),
    f,
  )

export const chanceOfFamilyAndGiven = (name: LinkName, f: Frequencies) =>
  atLeastOne(shareIn(f.plain.family, name.family) * shareIn(f.plain.given, name.given), f)

export const chanceOfGiven = (name: LinkName, f: Frequencies) => shareIn(f.plain.given, name.given)

/**
 * Whether the two given names are two names, each borne by some, rather than one and its slip: Hùng and Hưng, An and
 * Anh.
 */
export function areTwoGivenNames(a: LinkName, b: LinkName, f: Frequencies): boolean {
  const isBare = a.marked === a.plain || b.marked === b.plain
  const shares = isBare ? f.plain.given : f.marked.given
  const [left, right] = isBare ? [a.given, b.given] : [a.markedGiven, b.markedGiven]
  return left !== right && Math.min(shareIn(shares, left), shareIn(shares, right)) >= 0.0005
}

/** That a random person's name has what these two have in common, and is as near to them where they differ. */
export function chanceOfNear(a: LinkName, b: LinkName, f: Frequencies): number {
  const family = Math.max(eitherShare(f.plain.family, a.family, b.family), a.family === b.family ? 0 : 0.02)
  const middle = Math.max(eitherShare(f.plain.middle, a.middle, b.middle), a.middle === b.middle ? 0 : 0.05)
  const given =
    a.given === b.given ? shareIn(f.plain.given, a.given) : Math.max(slipsOf(a.given, f), slipsOf(b.given, f))
  return atLeastOne(partsGoTogether * family * middle * given, f)
}

/** That a random given name is one slip away: great for An (Anh, Ân, Lan …), small for Khuyên. */
function slipsOf(given: string, f: Frequencies): number {
  const known = f.slips.get(given)
  if (known !== undefined) return known
  let chance = 1 / f.total
  for (const [other, share] of f.plain.given.of)
    if (other !== given && editDistanceAtMost(given, other, 1) <= 1) chance += share
  f.slips.set(given, chance)
  return chance
}

/** That a random name has these words of a name, in whichever place but the family's. */
export function chanceOfWords({ family }: LinkName, words: readonly string[], f: Frequencies): number {
  const chanceOf = (word: string) =>
    word === family
      ? shareIn(f.plain.family, word)
      : Math.min(1, 2 * Math.max(shareIn(f.plain.middle, word), shareIn(f.plain.given, word)))
  return atLeastOne(
    words.reduce((chance, word) => chance * chanceOf(word), 1),
    f,
  )
}

export const chanceOfYear = (a: number, b: number, f: Frequencies) =>
  Math.max(shareIn(f.years, String(a)), shareIn(f.years, String(b)), 1 / f.total)

export const chanceOfCommune = (commune: string, f: Frequencies) => shareIn(f.communes, commune)
export const chanceOfDistrict = (district: string, f: Frequencies) => shareIn(f.districts, district)
