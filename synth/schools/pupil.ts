import type { Day } from '../../src/platform/day.ts'
import { contradicts } from '../people/number.ts'
import type { Person } from '../people/person.ts'
import type { Commune } from '../people/place.ts'
import type { Random } from '../random.ts'

/**
 * Who goes to school, kept until the rolls are written: what the register says, and beside it what the school knows.
 */
export type Pupil = {
  /** Empty: not in the register. */
  number: string
  /** What the school has as the number where the register has none. */
  numberAtSchool: string
  name: string
  nameAtSchool: string
  birthDate: string
  bornOnAtSchool: Day
  sex: 'M' | 'F'
  people: string
  commune: Commune
  address: string
  fatherName: string
  fatherYear: string
  motherName: string
  motherYear: string
  phone: string
  siblingNumbers: readonly string[]
  parentNumbers: readonly string[]
  oldNumbers: readonly string[]
  cancelled: readonly string[]
  isDead: boolean
  contradictsRecord: boolean
  needs: readonly string[]
  grade: number
}

const yearOfBirth = (text: string | undefined) => text?.slice(0, 4) ?? ''

export function pupilFrom(person: Person, needs: readonly string[], grade: number): Pupil {
  const { father, mother, siblings } = person
  return {
    number: person.number,
    numberAtSchool: person.number,
    name: person.name,
    nameAtSchool: person.school.name ?? person.name,
    birthDate: person.birthDate,
    bornOnAtSchool: person.school.bornOn ?? person.bornOn,
    sex: person.sex,
    people: person.people,
    commune: person.commune,
    address: person.address,
    fatherName: person.fatherName,
    fatherYear: yearOfBirth(father?.bornOn),
    motherName: person.motherName,
    motherYear: yearOfBirth(mother?.bornOn),
    phone: mother?.phone || father?.phone || person.phone,
    siblingNumbers: siblings.map(({ number }) => number),
    parentNumbers: [father, mother].flatMap(parent => (parent ? [parent.number] : [])),
    oldNumbers: [father, mother].flatMap(parent => (parent?.oldNumber ? [parent.oldNumber] : [])),
    cancelled: person.cancelled,
    isDead: person.status === 'dead',
    contradictsRecord: contradicts(person.number, person.sex, Number(person.birthDate.slice(0, 4))),
    needs,
    grade,
  }
}

/**
 * The grade of one born in `year` in the school year that begins in `start`: six years old in grade 1. A few repeat,
 * fewer are ahead.
 */
export function gradeOf(year: number, start: number, random: Random): number | undefined {
  const draw = random.next()
  const grade = start - 5 - year - (draw < 0.018 ? 1 : draw < 0.02 ? 2 : draw > 0.998 ? -1 : 0)
  if (grade >= 1 && grade <= 9) return random.chance(grade <= 5 ? 0.995 : 0.975) ? grade : undefined
  if (grade >= 10 && grade <= 12) return random.chance(0.88) ? grade : undefined
  // Grown-ups who catch up at the continuing-education centre.
  return grade > 12 && grade <= 24 && random.chance(0.002) ? random.between(10, 12) : undefined
}
