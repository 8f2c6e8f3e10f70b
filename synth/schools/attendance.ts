import { type CsvWriter, openCsv } from '../csv.ts'
import type { Person } from '../people/person.ts'
import type { Random } from '../random.ts'
import { hasRoll, type School } from './school.ts'

/** Where a child of school age learns: `outside` is a school of another province, whose rolls do not come here. */
type Attendance = 'school' | 'outside' | 'nowhere'

/** A child of school age, whoever teaches it, kept until the schools are known. */
export type Child = { number: string; commune: string; attendance: Attendance }

/** Born in these years one is of school age in the school year that begins in `start`: six to seventeen. */
const isOfSchoolAge = (year: number, start: number) => year >= start - 17 && year <= start - 6

/**
 * Besides those who never came to class: those at a school outside, and those who left; more among the older, and where
 * the peoples of the highlands live.
 */
const rates = {
  outside: { young: 0.004, older: 0.018 },
  left: { young: 0.003, older: 0.012, youngHighland: 0.02, olderHighland: 0.12 },
} as const

/** Whether one who would go to school in a grade does so here. */
export function attends({ people, commune }: Person, grade: number, random: Random): Attendance {
  const [outside, left] = [random.next(), random.next()]
  if (outside < (grade <= 9 ? rates.outside.young : rates.outside.older)) return 'outside'
  const isHighland = people !== 'kinh' || commune.isRemote
  const share =
    grade <= 9
      ? isHighland
        ? rates.left.youngHighland
        : rates.left.young
      : isHighland
        ? rates.left.olderHighland
        : rates.left.older
  return left < share ? 'nowhere' : 'school'
}

/** The child behind a living person of school age, by the year that the register has. */
export const childOf = (
  { number, birthDate, commune, status }: Person,
  attendance: Attendance,
  start: number,
): Child | undefined =>
  status === 'alive' && isOfSchoolAge(Number(birthDate.slice(0, 4)), start)
    ? { number, commune: commune.code, attendance }
    : undefined

const columns = ['person_number', 'unit', 'state', 'school', 'roll'] as const

/**
 * Where each child of school age is, and whether a roll says so. Pupils are listed at their own school alone; a second
 * roll is a roll's error.
 */
export async function writeAttendance(path: string, children: readonly Child[], schools: readonly School[]) {
  const schoolOf = new Map(
    schools.flatMap(school =>
      school.classes.flatMap(({ entries }) => entries.map(({ pupil }) => [pupil.number, school] as const)),
    ),
  )
  const truth: CsvWriter = openCsv(path, columns)
  for (const { number, commune, attendance } of children) {
    const school = schoolOf.get(number)
    const state = school
      ? school.commune.code === commune
        ? 'enrolled-here'
        : 'enrolled-elsewhere'
      : attendance === 'outside'
        ? 'enrolled-elsewhere'
        : 'absent'
    truth.write([
      number,
      commune,
      state,
      school?.code ?? (attendance === 'outside' ? 'outside' : ''),
      school && hasRoll(school) ? 'yes' : 'no',
    ])
    await truth.drained()
  }
  return truth.close()
}
