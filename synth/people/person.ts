import type { Day } from '../../src/platform/day.ts'
import type { ResidenceKind } from './home.ts'
import { type Sex, tables } from './name.ts'
import type { Commune } from './place.ts'

/** Someone in the register. Where the register itself errs, `school` keeps what is true and the school knows. */
export type Person = {
  number: string
  name: string
  sex: Sex
  bornOn: Day
  /** What the register knows of the day: 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY'. */
  birthDate: string
  prefix: string
  people: string
  religion: string
  hometown: string
  commune: Commune
  address: string
  residenceKind: ResidenceKind
  residenceFrom: string
  householdNumber: string
  relation: string
  father: Person | undefined
  fatherName: string
  mother: Person | undefined
  motherName: string
  siblings: Person[]
  oldNumber: string
  cancelled: string[]
  phone: string
  status: 'alive' | 'dead' | 'missing'
  school: { name?: string; bornOn?: Day }
  oddities: string[]
}

export const personColumns = [
  'person_number',
  'full_name',
  'birth_date',
  'sex',
  'birth_registration_code',
  'ethnicity',
  'religion',
  'nationality',
  'hometown',
  'residence_unit',
  'residence_address',
  'residence_kind',
  'residence_from',
  'household_number',
  'household_relation',
  'father_number',
  'father_name',
  'mother_number',
  'mother_name',
  'old_number',
  'cancelled_numbers',
  'phone',
  'life_status',
] as const

export const personRow = (person: Person): string[] => [
  person.number,
  person.name,
  person.birthDate,
  person.sex,
  person.prefix,
  tables.peoples[person.people]!,
  person.religion,
  'Việt Nam',
  person.hometown,
  person.commune.code,
  person.address,
  person.residenceKind,
  person.residenceFrom,
  person.householdNumber,
  person.relation,
  person.father?.number ?? '',
  person.fatherName,
  person.mother?.number ?? '',
  person.motherName,
  person.oldNumber,
  person.cancelled.join(';'),
  person.phone,
  person.status,
]
