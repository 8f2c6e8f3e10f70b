/*
 * Blocking. In: a person, or the coded rows of two files. Decided: with whom each is compared at all, since all with
 * all would be too many. Out: keys by which candidates are looked up, and for two files the rows that share a value
 * (blocks.ts). Nobody is linked here. No deeds: linkage is pure.
 */

import { formatPartialDay, type PartialDay } from '../../platform/day.ts'
import type { LinkName, LinkParent, LinkRecord } from '../person-record.ts'

/**
 * What to look candidates up by; each is an equality on folded columns, and the candidates are the union. Names are
 * without marks (foldMarks). In a province of 1.3 million a birth date has about 55 people, so it needs no other
 * condition; a name is never looked up alone.
 */
export type CandidateKey =
  | { readonly by: 'number'; readonly number: string } //                      one in force, or cancelled
  | { readonly by: 'old-number'; readonly oldNumber: string }
  | { readonly by: 'birth'; readonly birth: string } //                        'YYYY-MM-DD'
  // The whole name; the birth date may be partial in the register.
  | { readonly by: 'name-and-birth'; readonly name: string; readonly birth: string }
  // Day and month; the year may have a wrong digit.
  | { readonly by: 'name-and-day'; readonly name: string; readonly birth: string }
  | { readonly by: 'given-and-birth'; readonly given: string; readonly birth: string } // day and month swapped
  | { readonly by: 'family-given-year'; readonly family: string; readonly given: string; readonly year: number }
  | { readonly by: 'name-and-year'; readonly name: string; readonly year: number } // the years around
  | { readonly by: 'name-and-commune'; readonly name: string; readonly commune: string }
  // All of these words, in any order.
  | { readonly by: 'words-and-year'; readonly words: readonly string[]; readonly year: number }
  | {
      readonly by: 'parent-and-year'
      readonly parent: 'father' | 'mother'
      readonly name: string
      readonly parentYear?: number
      readonly year: number
    }

/** The keys of one record, without doubles. */
export function candidateKeys(record: LinkRecord): CandidateKey[] {
  const { name, birth } = record
  const keys: CandidateKey[] = []
  if (record.number) keys.push({ by: 'number', number: record.number })
  for (const number of record.cancelledNumbers) keys.push({ by: 'number', number })
  if (record.oldNumber) keys.push({ by: 'old-number', oldNumber: record.oldNumber })
  if (birth?.d) keys.push({ by: 'birth', birth: formatPartialDay(birth) })
  if (name) for (const commune of communesOf(record)) keys.push({ by: 'name-and-commune', name: name.plain, commune })
  if (name && birth) keys.push(...ofNameAndBirth(name, birth))
  if (birth) keys.push(...ofParent('father', record.father, birth.y), ...ofParent('mother', record.mother, birth.y))
  return keys
}

/** Where one is looked for by name: a pupil whose residence the roll does not give lives near the school as a rule. */
export const communesOf = ({ communes, schoolCommune }: LinkRecord): readonly string[] =>
  communes.length > 0 || !schoolCommune ? communes : [schoolCommune]

function ofNameAndBirth(name: LinkName, birth: PartialDay): CandidateKey[] {
  const keys: CandidateKey[] = [
    { by: 'name-and-birth', name: name.plain, birth: formatPartialDay(birth) },
    { by: 'family-given-year', family: name.family, given: name.given, year: birth.y },
    { by: 'name-and-year', name: name.plain, year: birth.y - 1 },
    { by: 'name-and-year', name: name.plain, year: birth.y },
    { by: 'name-and-year', name: name.plain, year: birth.y + 1 },
  ]
  if (name.words.length > 1) keys.push({ by: 'words-and-year', words: [...new Set(name.words)].sort(), year: birth.y })
  if (birth.m && birth.d) keys.push({ by: 'name-and-day', name: name.plain, birth: formatPartialDay(birth) })
  if (birth.m && birth.d && birth.d <= 12 && birth.m !== birth.d)
    keys.push({
      by: 'given-and-birth',
      given: name.given,
      birth: formatPartialDay({ y: birth.y, m: birth.d, d: birth.m }),
    })
  return keys
}

function ofParent(parent: 'father' | 'mother', who: LinkParent | undefined, year: number): CandidateKey[] {
  if (!who?.name || who.name.words.length < 2) return []
  return [{ by: 'parent-and-year', parent, name: who.name.plain, parentYear: who.birthYear, year }]
}

/** Who finds candidates, wherever the people are kept. */
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
