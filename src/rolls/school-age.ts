import type { Static } from 'typebox'
import { dayOf } from '../platform/day.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import type { SchoolShape } from '../units/contract.ts'
import { type Ages, type Stage, schoolAges } from './law.ts'
import { firstYearOf } from './roll.ts'

/**
 * Those of the ages of primary and lower secondary school, and those who are counted beside them until they finish.
 * `other`: younger or older pupils.
 */
export const ageGroups = ['compulsory', 'older', 'other'] as const
export type AgeGroup = (typeof ageGroups)[number]

export { type Stage, stages } from './law.ts'

/** Years of birth, both included. */
export type BirthYears = { readonly from: number; readonly to: number }

export type SchoolAge = {
  readonly schoolYear: string
  readonly groups: Readonly<Record<Exclude<AgeGroup, 'other'>, BirthYears>>
  readonly stages: Readonly<Record<Stage, BirthYears>>
  /** Both groups together. */
  readonly all: BirthYears
}

/** The ages of a school year; undefined for a text that is no school year. */
export function schoolAgeIn(schoolYear: string, work: Asking): SchoolAge | undefined {
  const first = firstYearOf(schoolYear)
  if (first === undefined) return undefined
  const rule = ruleOn(schoolAges, dayOf(first, 9, 1), work)
  const born = ([from, to]: Ages): BirthYears => ({ from: first - to, to: first - from })
  return {
    schoolYear,
    groups: { compulsory: born(rule.compulsory), older: born(rule.older) },
    stages: {
      primary: born(rule.stages.primary),
      'lower-secondary': born(rule.stages['lower-secondary']),
      'upper-secondary': born(rule.stages['upper-secondary']),
    },
    all: { from: born(rule.older).from, to: born(rule.compulsory).to },
  }
}

export const isBornIn = ({ from, to }: BirthYears, year: number) => year >= from && year <= to

export const ageGroupOf = ({ groups }: SchoolAge, birthYear: number): AgeGroup =>
  isBornIn(groups.compulsory, birthYear) ? 'compulsory' : isBornIn(groups.older, birthYear) ? 'older' : 'other'

type SchoolKind = Static<typeof SchoolShape>['kind']

/** The stages that a kind of school may teach. For a school of several stages no source says which. */
export const stagesOf: Readonly<Record<SchoolKind, readonly Stage[]>> = {
  preschool: [],
  primary: ['primary'],
  'lower-secondary': ['lower-secondary'],
  'upper-secondary': ['upper-secondary'],
  'multi-level': ['primary', 'lower-secondary', 'upper-secondary'],
  boarding: ['lower-secondary', 'upper-secondary'],
  'continuing-education': ['upper-secondary'],
  vocational: ['upper-secondary'],
}
