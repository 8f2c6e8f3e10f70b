import { compareBirthDates } from '../../names/dates/dates.ts'
import { formatNumber } from '../../names/numbers/numbers.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { compareNames, differingLetters, type LetterRange } from '../../names/spelling/spelling.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { isNumberOf, type RegisterFacts } from '../find-defects.ts'
import type { RollRow } from '../row.ts'
import * as rows from '../store-row.ts'
import { sayAgreement } from './words.ts'

export type ValueAgreement =
  | 'agrees'
  | 'marks-differ'
  | 'differs'
  | 'swapped'
  | 'partial'
  | 'of-another'
  | 'cancelled'
  | 'lost-zero'
  | 'malformed'
  | 'missing'
  | 'unknown'
export type ComparedField = 'name' | 'birth' | 'number' | 'sex' | 'residence' | 'father' | 'mother' | 'phone'

/** One value of the row beside the register's, with the letters that differ. */
export type ComparedValue = {
  readonly field: ComparedField
  readonly roll: string
  readonly register: string
  readonly agreement: ValueAgreement
  readonly vi: string
  readonly en: string
  readonly rollMarks: readonly LetterRange[]
  readonly registerMarks: readonly LetterRange[]
}

/** Data of a candidate that is shown and not compared elsewhere. */
export type CandidateDetail = {
  readonly residence: string
  readonly father: string
  readonly mother: string
  readonly phones: readonly string[]
}

/** Of a person whom a case opens to be compared, the ward alone. */
export async function candidateDetailsOf(
  work: Work,
  ids: readonly Id<'person'>[],
  facts: ReadonlyMap<string, RegisterFacts>,
): Promise<Map<string, CandidateDetail>> {
  const details = new Map<string, CandidateDetail>()
  for (const { personId, compared, communes } of facts.values())
    if (compared) {
      const ward = communes[0] ? await units.unitName(work, communes[0] as Id<'unit'>) : ''
      details.set(personId, { residence: ward, father: '', mother: '', phones: [] })
    }
  for (const one of await rows.findPersonDetails(work, ids)) {
    const commune = one.unit_id ? await units.unitName(work, one.unit_id as Id<'unit'>) : ''
    details.set(one.person_id, {
      residence: [one.address, commune].filter(Boolean).join(', '),
      father: parentText(one.father_name, one.father_y),
      mother: parentText(one.mother_name, one.mother_y),
      phones: one.phones ?? [],
    })
  }
  return details
}

const parentText = (name: string | null, year: number | null) => [name, year].filter(Boolean).join(', ')

export const partialDayText = ({ y, m, d }: PartialDay) =>
  [d && String(d).padStart(2, '0'), m && String(m).padStart(2, '0'), y].filter(Boolean).join('/')
const sexText = { M: 'Nam', F: 'Nữ' } as const

type PlainComparison = Pick<ComparedValue, 'field' | 'roll' | 'register' | 'agreement'> & {
  readonly marks?: { readonly a: readonly LetterRange[]; readonly b: readonly LetterRange[] }
}

const comparedValue = ({ marks, ...one }: PlainComparison): ComparedValue => ({
  ...one,
  vi: sayAgreement('vi')(one.agreement),
  en: sayAgreement('en')(one.agreement),
  rollMarks: marks?.a ?? [],
  registerMarks: marks?.b ?? [],
})

/** Field by field, those that the roll gives and those that every pupil has. */
export function compareFields(row: RollRow, person: RegisterFacts, detail: CandidateDetail): ComparedValue[] {
  const { given } = row
  const father = [given.father, given.fatherYear].filter(Boolean).join(', ')
  const mother = [given.mother, given.motherYear].filter(Boolean).join(', ')
  const all: PlainComparison[] = [
    nameField('name', row.name, person.fullName),
    birthField(row, person),
    numberField(row, person),
    {
      field: 'sex',
      roll: row.sex ? sexText[row.sex] : given.sex,
      register: sexText[person.sex],
      agreement: !row.sex ? 'missing' : row.sex === person.sex ? 'agrees' : 'differs',
    },
    residenceField(row, person, detail),
    nameField('father', father, detail.father, given.father, detail.father.replace(/, \d{4}$/, '')),
    nameField('mother', mother, detail.mother, given.mother, detail.mother.replace(/, \d{4}$/, '')),
    phoneField(row, detail),
  ]
  const always: readonly ComparedField[] = ['name', 'birth', 'number', 'sex']
  const withheld: readonly ComparedField[] = person.compared ? ['father', 'mother', 'phone'] : []
  return all
    .filter(({ field, roll }) => always.includes(field) || (roll !== '' && !withheld.includes(field)))
    .map(comparedValue)
}

function nameField(field: ComparedField, roll: string, register: string, a = roll, b = register): PlainComparison {
  if (a === '') return { field, roll, register, agreement: 'missing' }
  if (b === '') return { field, roll, register, agreement: 'unknown' }
  const how = compareNames(a, b)
  const agreement = how === 'same' ? 'agrees' : how === 'marks-differ' ? 'marks-differ' : 'differs'
  return { field, roll, register, agreement, ...(agreement !== 'agrees' && { marks: differingLetters(a, b) }) }
}

function birthField({ birth, birthUnreadable, given }: RollRow, person: RegisterFacts): PlainComparison {
  const register = partialDayText(person.birth)
  if (!birth) return { field: 'birth', roll: given.birth, register, agreement: birthUnreadable ? 'differs' : 'missing' }
  const how = compareBirthDates(birth, person.birth)
  const agreement = (
    { same: 'agrees', partial: 'partial', 'day-month-swapped': 'swapped', differs: 'differs' } as const
  )[how]
  return {
    field: 'birth',
    roll: partialDayText(birth),
    register,
    agreement,
    // A value that only lacks something differs in no digit.
    ...((agreement === 'differs' || agreement === 'swapped') && {
      marks: differingDigits(partialDayText(birth), register),
    }),
  }
}

function numberField(row: RollRow, person: RegisterFacts): PlainComparison {
  const register = person.compared ? maskedNumber(person.compared) : person.number ? formatNumber(person.number) : ''
  const roll = row.number ? formatNumber(row.number) : row.given.number
  const how = (): ValueAgreement => {
    if (row.numberKind === 'missing') return 'missing'
    if (row.numberKind === 'malformed') return 'malformed'
    if (isNumberOf(row, person)) return row.numberKind === 'lost-zero' ? 'lost-zero' : 'agrees'
    if (person.cancelled.includes(row.number ?? '')) return 'cancelled'
    return row.holderId && row.holderId !== person.personId ? 'of-another' : 'differs'
  }
  const agreement = how()
  const isApart =
    !person.compared && (agreement === 'of-another' || agreement === 'differs' || agreement === 'cancelled')
  return { field: 'number', roll, register, agreement, ...(isApart && { marks: differingDigits(roll, register) }) }
}

/** "••• ••• ••• •23": enough to compare with a paper at hand, and too little to be known by. */
const maskedNumber = ({ numberEnd }: { readonly numberEnd?: string | undefined }) =>
  numberEnd ? `••• ••• ••• •${numberEnd}` : ''

function residenceField(row: RollRow, person: RegisterFacts, { residence }: CandidateDetail): PlainComparison {
  const roll = row.given.residence
  const agreement =
    roll === ''
      ? 'missing'
      : !row.communeId
        ? 'unknown'
        : person.communes.includes(row.communeId)
          ? 'agrees'
          : 'differs'
  return { field: 'residence', roll, register: residence, agreement }
}

function phoneField({ given }: RollRow, { phones }: CandidateDetail): PlainComparison {
  const read = parsePhone(given.phone)
  const agreement =
    given.phone === ''
      ? 'missing'
      : phones.length === 0 || !('e164' in read)
        ? 'unknown'
        : phones.includes(read.e164)
          ? 'agrees'
          : 'differs'
  return { field: 'phone', roll: given.phone, register: phones[0]?.replace(/^\+84/, '0') ?? '', agreement }
}

/** Place by place, for digits; where one is longer, its rest differs. */
function differingDigits(a: string, b: string): { a: LetterRange[]; b: LetterRange[] } {
  const apart: LetterRange[] = []
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const last = apart.at(-1)
    if (a[i] === b[i]) continue
    if (last && last[1] === i) apart[apart.length - 1] = [last[0], i + 1]
    else apart.push([i, i + 1])
  }
  const within = (text: string) =>
    apart.flatMap(([from, to]): LetterRange[] => (from < text.length ? [[from, Math.min(to, text.length)]] : []))
  return { a: within(a), b: within(b) }
}
