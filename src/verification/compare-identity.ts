import { compareBirthDates } from '../names/dates/dates.ts'
import type { Sex } from '../names/numbers/sex.ts'
import { compareNames } from '../names/spelling/spelling.ts'
import type { PartialDay } from '../platform/day.ts'
import type { CheckField, CheckRequest } from './person-data.ts'

/** The register's data of a person that a check compares. */
export type Identity = { readonly fullName: string; readonly birth: PartialDay; readonly sex: Sex }

/**
 * The fields in which the request differs from the number's holder. A name differs in its letters or marks, after case,
 * Unicode form, tone placement, blanks and legacy encodings. A birth date differs in anything, also where one side
 * knows less of it or has day and month swapped. Sex is compared where it was given.
 */
export function differingFields(request: CheckRequest, { fullName, birth, sex }: Identity): CheckField[] {
  const found: CheckField[] = []
  if (!request.names.some(name => compareNames(name, fullName) === 'same')) found.push('full_name')
  if (compareBirthDates(request.birth, birth) !== 'same') found.push('birth_date')
  if (request.sex && request.sex !== sex) found.push('sex')
  return found
}
