import type { Day } from '../platform/day.ts'
import type { BirthYears, SchoolAge, Stage } from '../rolls/rolls.ts'
import type { School, UnitRecord } from '../units/units.ts'
import type { AttendanceCase, Home, HomeWord, Move } from './cases.ts'

/** Whose children, as of when, and whose rolls the answer rests on. */
export type Asked = {
  readonly unit: UnitRecord
  readonly day: Day
  /** Whether it is the house's day, on which residences are in force that have no end. */
  readonly isNow: boolean
  readonly schoolYear: string
  readonly age: SchoolAge
  readonly home: Home
  /** Each unit whose people are meant, with the one that stands for it on the day. */
  readonly units: readonly (readonly [unitId: string, onDay: string])[]
  /** Each school that stands there on the day, with its unit. */
  readonly schools: readonly (readonly [schoolId: string, onDay: string])[]
  readonly gaps: readonly Gap[]
  readonly coverage: Coverage
}

/** A commune and years of birth for which a school that may teach them, near it, has sent no roll. */
export type Gap = BirthYears & { readonly unitId: string; readonly stage: Stage }

export type Coverage = { readonly schools: readonly School[]; readonly reported: ReadonlySet<string> }

/** To which of them the answer is narrowed; empty lists and what is left out do not narrow. */
export type Narrowing = {
  readonly cases: readonly AttendanceCase[]
  readonly commune?: string | undefined
  readonly born: readonly number[]
  readonly sex?: 'M' | 'F' | undefined
  /** Born in these years, or (`without`) in none of them. */
  readonly group?: (BirthYears & { readonly without: boolean }) | undefined
  readonly said?: HomeWord | undefined
  readonly moved?: Move | undefined
  readonly unreported?: boolean | undefined
}
