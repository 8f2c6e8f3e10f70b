import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { BirthYears, SchoolAge, Stage } from '../rolls/rolls.ts'
import type { School, UnitRecord } from '../units/units.ts'
import type { HomeComparison, HomeKind, MoveKind, OutOfSchoolCase } from './cases.ts'

/** Whose children, as of when, and whose rolls the answer rests on. */
export type ChildrenQuery = {
  readonly unit: UnitRecord
  readonly day: Day
  /** Whether it is the house's day, on which residences are in force that have no end. */
  readonly isNow: boolean
  readonly schoolYear: string
  readonly age: SchoolAge
  readonly home: HomeKind
  /** Each unit whose people are meant, with the one that stands for it on the day. */
  readonly units: readonly (readonly [unitId: Id<'unit'>, onDay: string])[]
  /** Each school that stands there on the day, with its unit. */
  readonly schools: readonly (readonly [schoolId: Id<'school'>, onDay: string])[]
  readonly gaps: readonly UnreportedYears[]
  readonly coverage: RollCoverage
}

/** A commune and years of birth for which a school that may teach them, near it, has sent no roll. */
export type UnreportedYears = BirthYears & { readonly unitId: Id<'unit'>; readonly stage: Stage }

export type RollCoverage = { readonly schools: readonly School[]; readonly reported: ReadonlySet<string> }

/** To which of them the answer is narrowed; empty lists and what is left out do not narrow. */
export type ChildrenNarrowing = {
  readonly cases: readonly OutOfSchoolCase[]
  readonly commune?: string | undefined
  readonly born: readonly number[]
  readonly sex?: 'M' | 'F' | undefined
  /** Born in these years, or (`without`) in none of them. */
  readonly group?: (BirthYears & { readonly without: boolean }) | undefined
  readonly said?: HomeComparison | undefined
  readonly moved?: MoveKind | undefined
  readonly unreported?: boolean | undefined
}
