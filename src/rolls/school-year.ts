import type { Asking } from '../platform/law.ts'
import { rollProblem } from './problems.ts'
import { firstYearOf } from './roll.ts'
import { type SchoolAge, schoolAgeIn } from './school-age.ts'

/** The year in which a school year begins; throws school-year-malformed for anything that is none. */
export function getFirstYear(schoolYear: string): number {
  const first = firstYearOf(schoolYear)
  if (first === undefined) throw rollProblem('school-year-malformed')
  return first
}

/** The ages of a school year. Throws school-year-malformed. */
export function getSchoolAge(schoolYear: string, work: Asking): SchoolAge {
  const age = schoolAgeIn(schoolYear, work)
  if (!age) throw rollProblem('school-year-malformed')
  return age
}
