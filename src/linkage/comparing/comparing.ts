/*
 * Comparing. In: two people as linkage sees them (person-record.ts). Decided: for each field, how far the two agree
 * (a level); how common that agreement is among the people of the register (frequencies.ts); how many bits it speaks
 * for or against one person (weights.ts). Out: levels and bits. No deeds: linkage is pure.
 */

import { editDistanceAtMost } from '../../names/spelling/string-distance.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { LinkName, LinkParent, LinkRecord } from '../person-record.ts'
import { isOneSlip, packBirthDigits } from './packed-digits.ts'

/**
 * What is compared, and how far two values of it may agree, from best to worst. A value that either side lacks is
 * `missing`: it says nothing.
 */
export const levels = {
  name: [
    'exact',
    'marks-missing',
    'marks-differ',
    'one-edit',
    'middle-dropped',
    'words-swapped',
    'near',
    'family-given',
    'given',
    'family',
    'different',
    'missing',
  ],
  birth: [
    'exact',
    'swapped',
    'partial-month',
    'year-off',
    'partial-year',
    'one-digit',
    'default',
    'year-month',
    'year',
    'different',
    'missing',
  ],
  number: ['exact', 'was-cancelled', 'old-number', 'transposed', 'one-digit', 'different', 'missing'],
  sex: ['same', 'different', 'missing'],
  unit: [
    'same-commune',
    'same-district',
    'elsewhere',
    'school-commune',
    'school-district',
    'school-elsewhere',
    'missing',
  ],
  father: ['name-and-year', 'name', 'name-other-year', 'given-and-year', 'different', 'missing'],
  mother: ['name-and-year', 'name', 'name-other-year', 'given-and-year', 'different', 'missing'],
  phone: ['same', 'different', 'missing'],
} as const

export type MatchField = keyof typeof levels
export type FieldLevel<F extends MatchField> = (typeof levels)[F][number]
export type Comparison = { readonly [F in MatchField]: FieldLevel<F> }

export const fields: readonly MatchField[] = ['name', 'birth', 'number', 'sex', 'unit', 'father', 'mother', 'phone']

/** Compares two records field by field; either order gives the same. */
export function compare(a: LinkRecord, b: LinkRecord): Comparison {
  return {
    name: nameLevelOf(a.name, b.name),
    birth: compareBirths(a.birth, b.birth),
    number: compareNumbers(a, b),
    sex: a.sex && b.sex ? (a.sex === b.sex ? 'same' : 'different') : 'missing',
    unit: compareUnits(a, b),
    father: compareParents(a.father, b.father),
    mother: compareParents(a.mother, b.mother),
    phone: a.phone && b.phone ? (a.phone === b.phone ? 'same' : 'different') : 'missing',
  }
}

export function nameLevelOf(a: LinkName | undefined, b: LinkName | undefined): FieldLevel<'name'> {
  if (!a || !b) return 'missing'
  if (a.marked === b.marked || (a.letters === b.letters && a.joined === b.joined)) return 'exact'
  if (a.plain === b.plain) return lacksMarks(a, b) ? 'marks-missing' : 'marks-differ'
  if (isOneEdit(a, b) || isLettered(a, b)) return 'one-edit'

  const sameFamily = a.family === b.family
  const sameGiven = a.given === b.given
  if (sameFamily && sameGiven && a.words.length !== b.words.length && droppedMiddle(a, b)) return 'middle-dropped'
  if (a.sorted === b.sorted) return 'words-swapped'
  if (areNear(a, b)) return 'near'
  if (sameGiven) return sameFamily ? 'family-given' : 'given'
  return sameFamily && a.family !== '' ? 'family' : 'different'
}

/**
 * Where the names differ, one side has no marks at all: it was typed without, and contradicts nothing. Hà and Hạ are
 * two names.
 */
function lacksMarks(a: LinkName, b: LinkName): boolean {
  return bare(a) || bare(b)
}
const bare = (name: LinkName) => name.marked === name.plain

/** With marks on both sides, Tùng and Dũng are two edits apart, though without them one. */
const isOneEdit = (a: LinkName, b: LinkName) =>
  editDistanceAtMost(a.plain, b.plain, 1) <= 1 && (bare(a) || bare(b) || editDistanceAtMost(a.marked, b.marked, 1) <= 1)

/** Schools tell the namesakes of a class apart by a letter after the name: Nguyễn Văn An A, Nguyễn Văn An B. */
const isLettered = (a: LinkName, b: LinkName) =>
  a.words.length === b.words.length + 1
    ? hasLetterAfter(a, b)
    : b.words.length === a.words.length + 1 && hasLetterAfter(b, a)

const hasLetterAfter = (long: LinkName, short: LinkName) =>
  short.words.length >= 2 && /^[a-e]$/.test(long.given) && long.plain.slice(0, -2) === short.plain

const droppedMiddle = (a: LinkName, b: LinkName) =>
  a.words.length < b.words.length ? isWithin(a.words, b.words) : isWithin(b.words, a.words)

/** Whether the longer list has the shorter one's words in their order. */
function isWithin(shorter: readonly string[], longer: readonly string[]): boolean {
  let at = 0
  for (const word of longer) if (word === shorter[at]) at++
  return at === shorter.length
}

/** Two slips of the pen, at most one of them in the given name; or a middle name dropped and one slip besides. */
function areNear(a: LinkName, b: LinkName): boolean {
  const givenApart = editDistanceAtMost(a.given, b.given, 1)
  if (givenApart > 1) return false
  if (a.plain.length >= 8 && b.plain.length >= 8 && editDistanceAtMost(a.plain, b.plain, 2) <= 2) return true
  if (a.words.length === b.words.length) return false
  const [short, long] = a.words.length < b.words.length ? [a, b] : [b, a]
  const familyApart = editDistanceAtMost(a.family, b.family, 1)
  return givenApart + familyApart === 1 && isWithin(short.words.slice(1, -1), long.words.slice(1, -1))
}

export function compareBirths(a: PartialDay | undefined, b: PartialDay | undefined): FieldLevel<'birth'> {
  if (!a || !b) return 'missing'
  if (a.m === undefined || a.d === undefined || b.m === undefined || b.d === undefined) return comparePartial(a, b)
  if (a.y === b.y && a.m === b.m && a.d === b.d) return 'exact'
  if (a.y === b.y && a.m === b.d && a.d === b.m) return 'swapped'
  if (a.m === b.m && a.d === b.d && Math.abs(a.y - b.y) === 1) return 'year-off'
  if (isOneSlip(packBirthDigits(a.y, a.m, a.d), packBirthDigits(b.y, b.m, b.d))) return 'one-digit'
  if (a.y !== b.y) return 'different'
  if (isNewYear(a) !== isNewYear(b)) return 'default'
  return a.m === b.m ? 'year-month' : 'year'
}

function comparePartial(a: PartialDay, b: PartialDay): FieldLevel<'birth'> {
  if (a.y !== b.y) return 'different'
  if (a.m === undefined || b.m === undefined) return 'partial-year'
  return a.m === b.m ? 'partial-month' : 'year'
}

/** 1 January is what clerks write when the day is not known (domain.md 9.7). */
export const isNewYear = (day: PartialDay) => day.m === 1 && day.d === 1

/** How many digits differ; more than two are not counted. */
function differing(a: string, b: string): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let count = 0
  for (let i = 0; i < a.length && count < 3; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) count++
  return count
}

/** Of two numbers that differ in two digits: neighbours changed places. */
function isTransposed(a: string, b: string): boolean {
  let at = 0
  while (a.charCodeAt(at) === b.charCodeAt(at)) at++
  return a.charCodeAt(at) === b.charCodeAt(at + 1) && a.charCodeAt(at + 1) === b.charCodeAt(at)
}

export function compareNumbers(a: LinkRecord, b: LinkRecord): FieldLevel<'number'> {
  if (a.number && a.number === b.number) return 'exact'
  if (a.number && b.cancelledNumbers.includes(a.number)) return 'was-cancelled'
  if (b.number && a.cancelledNumbers.includes(b.number)) return 'was-cancelled'
  if (a.oldNumber && a.oldNumber === b.oldNumber) return 'old-number'
  if (!a.number || !b.number) return 'missing'
  const apart = differing(a.number, b.number)
  if (apart === 1) return 'one-digit'
  return apart === 2 && isTransposed(a.number, b.number) ? 'transposed' : 'different'
}

/** The units that both have. */
export const unitsInCommon = (a: readonly string[], b: readonly string[]) => a.filter(unit => b.includes(unit))
const haveUnitInCommon = (a: readonly string[], b: readonly string[]) => a.some(unit => b.includes(unit))

function compareUnits(a: LinkRecord, b: LinkRecord): FieldLevel<'unit'> {
  if (a.communes.length > 0 && b.communes.length > 0) {
    if (haveUnitInCommon(a.communes, b.communes)) return 'same-commune'
    return haveUnitInCommon(a.districts, b.districts) ? 'same-district' : 'elsewhere'
  }
  const [home, away] = a.communes.length > 0 ? [a, b] : [b, a]
  if (home.communes.length === 0 || !away.schoolCommune) return 'missing'
  if (home.communes.includes(away.schoolCommune)) return 'school-commune'
  return away.schoolDistrict && home.districts.includes(away.schoolDistrict) ? 'school-district' : 'school-elsewhere'
}

/** Parents are given by name and year only (domain.md 6.8), and the year is often off by one. */
export function compareParents(a: LinkParent | undefined, b: LinkParent | undefined): FieldLevel<'father'> {
  const name = nameLevelOf(a?.name, b?.name)
  if (name === 'missing') return 'missing'
  const years = a?.birthYear && b?.birthYear ? Math.abs(a.birthYear - b.birthYear) : undefined
  const sameYear = years !== undefined && years <= 1
  if (nameAgrees(name)) return years === undefined ? 'name' : sameYear ? 'name-and-year' : 'name-other-year'
  return a?.name?.given === b?.name?.given && sameYear ? 'given-and-year' : 'different'
}

const agreeingNames: readonly FieldLevel<'name'>[] = [
  'exact',
  'marks-missing',
  'marks-differ',
  'one-edit',
  'middle-dropped',
  'words-swapped',
  'near',
]

/** The two could be one name, written twice. */
export const nameAgrees = (level: FieldLevel<'name'>) => agreeingNames.includes(level)
export const nameContradicts = (level: FieldLevel<'name'>) =>
  level === 'given' || level === 'family' || level === 'different'
/** As good as the day itself: no sibling's date looks so. */
export const birthAgrees = (level: FieldLevel<'birth'>) => level === 'exact' || level === 'swapped'
export const birthContradicts = (level: FieldLevel<'birth'>) =>
  level === 'year-month' || level === 'year' || level === 'different'
/** The number was this person's, now or once. */
export const numberIsTheirs = (level: FieldLevel<'number'>) => level === 'exact' || level === 'was-cancelled'
export const numberIsClose = (level: FieldLevel<'number'>) =>
  level === 'transposed' || level === 'one-digit' || level === 'old-number'
export const parentAgrees = (level: FieldLevel<'father'>) => level === 'name-and-year' || level === 'name'

/**
 * A number, a parent or a phone stands beside name, date and home, which a namesake may share; and no parent speaks
 * against it.
 */
export const isBacked = ({
  number,
  father,
  mother,
  phone,
}: Pick<Comparison, 'number' | 'father' | 'mother' | 'phone'>): boolean =>
  numberIsTheirs(number) ||
  numberIsClose(number) ||
  ((parentAgrees(father) || parentAgrees(mother) || phone === 'same') &&
    father !== 'different' &&
    mother !== 'different')
