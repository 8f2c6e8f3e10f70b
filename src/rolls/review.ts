import * as audit from '../audit/audit.ts'
import { type Reason, sayReason } from '../linkage/reason.ts'
import { compareBirthDates } from '../names/birth-date.ts'
import { compareNames, differingLetters, type Stretch } from '../names/name.ts'
import { formatNumber } from '../names/number.ts'
import { parsePhone } from '../names/phone.ts'
import type { PartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { defectsAgainst, type Facts } from './defect.ts'
import { factsOf } from './facts.ts'
import { rollProblem } from './problems.ts'
import type { Defect, RollId } from './roll.ts'
import type { RollRow } from './row.ts'
import * as store from './store.ts'
import * as rows from './store-row.ts'
import { sayKin, sayVerdict } from './words.ts'

export type Verdict =
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
export type Compared = {
  readonly field: ComparedField
  readonly roll: string
  readonly register: string
  readonly verdict: Verdict
  readonly vi: string
  readonly en: string
  readonly rollMarks: readonly Stretch[]
  readonly registerMarks: readonly Stretch[]
}

export type ShownCandidate = {
  readonly personId: string
  readonly probability: number
  readonly isHolder: boolean
  readonly fields: readonly Compared[]
  readonly reasons: readonly Reason[]
  readonly defects: readonly Defect[]
}

export type Hint = { readonly code: string; readonly vi: string; readonly en: string; readonly personId?: string | undefined }

export type Review = {
  readonly row: RollRow
  readonly position: number
  readonly total: number
  readonly candidates: readonly ShownCandidate[]
  readonly hints: readonly Hint[]
  readonly next: readonly RollRow[]
  readonly previous?: number | undefined
}

/** The order in which rows are looked at: as on the roll, those that were put off last. */
const rowsAhead = 5

/** A row beside whom it may be; the persons shown leave a trace. */
export async function rowForReview(work: Work, rollId: RollId, place: number): Promise<Review> {
  const roll = await store.findRoll(work, rollId)
  if (!roll) throw rollProblem('roll-unknown')
  if (roll.state !== 'reconciled') throw rollProblem('roll-not-reconciled')
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')

  const found = await rows.candidatesOf(work, rollId, place)
  const stored =
    found.length > 0 || !row.personId
      ? found
      : [
          {
            personId: row.personId,
            place,
            rank: 1,
            probability: row.probability ?? 1,
            reasons: row.reasons,
            isHolder: row.holderId === row.personId,
          },
        ]
  const ids = stored.map(({ personId }) => personId)
  const [facts, details] = [await factsOf(work, ids, roll.asOf), await detailsOf(work, ids)]
  await audit.noteReading(work, [...facts.keys()], ['identity', 'number', 'residence', 'kin', 'phone'])

  const order = await rows.reviewOrder(work, rollId)
  const at = order.findIndex(one => one.place === place)
  return {
    row,
    position: at + 1,
    total: order.length,
    candidates: stored.flatMap(one => {
      const [person, detail] = [facts.get(one.personId), details.get(one.personId)]
      return person && detail
        ? [
            {
              ...one,
              reasons: one.reasons.map(sayReason),
              fields: compareFields(row, person, detail),
              defects: defectsAgainst(row, person),
            },
          ]
        : []
    }),
    hints: hintsOf(row, stored, facts),
    next: at < 0 ? order.slice(0, rowsAhead) : order.slice(at, at + rowsAhead),
    ...(at > 0 && { previous: order[at - 1]?.place }),
  }
}

/** The first row to look at after a place; undefined where none is left. */
export async function nextForReview(work: Work, rollId: RollId, after = 0): Promise<Review | undefined> {
  const order = await rows.reviewOrder(work, rollId)
  const fresh = order.filter(({ decision }) => !decision)
  const next = fresh.find(({ place }) => place > after) ?? fresh[0] ?? order.find(({ place }) => place > after) ?? order[0]
  return next && rowForReview(work, rollId, next.place)
}

type Detail = { readonly residence: string; readonly father: string; readonly mother: string; readonly phones: readonly string[] }

async function detailsOf(work: Work, ids: readonly string[]): Promise<Map<string, Detail>> {
  const details = new Map<string, Detail>()
  for (const one of await rows.personDetails(work, ids)) {
    const commune = one.unit_id ? await units.nameOf(work, one.unit_id as Id<'unit'>) : ''
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

const dayText = ({ y, m, d }: PartialDay) => [d && String(d).padStart(2, '0'), m && String(m).padStart(2, '0'), y].filter(Boolean).join('/')
const sexText = { M: 'Nam', F: 'Nữ' } as const

type Plain = Pick<Compared, 'field' | 'roll' | 'register' | 'verdict'> & {
  readonly marks?: { readonly a: readonly Stretch[]; readonly b: readonly Stretch[] }
}

const compared = ({ marks, ...one }: Plain): Compared => ({
  ...one,
  vi: sayVerdict('vi')(one.verdict),
  en: sayVerdict('en')(one.verdict),
  rollMarks: marks?.a ?? [],
  registerMarks: marks?.b ?? [],
})

function compareFields(row: RollRow, person: Facts, detail: Detail): Compared[] {
  const { given } = row
  const father = [given.father, given.fatherYear].filter(Boolean).join(', ')
  const mother = [given.mother, given.motherYear].filter(Boolean).join(', ')
  const all: Plain[] = [
    nameField('name', row.name, person.fullName),
    birthField(row, person),
    numberField(row, person),
    {
      field: 'sex',
      roll: row.sex ? sexText[row.sex] : given.sex,
      register: sexText[person.sex],
      verdict: !row.sex ? 'missing' : row.sex === person.sex ? 'agrees' : 'differs',
    },
    residenceField(row, person, detail),
    nameField('father', father, detail.father, given.father, detail.father.replace(/, \d{4}$/, '')),
    nameField('mother', mother, detail.mother, given.mother, detail.mother.replace(/, \d{4}$/, '')),
    phoneField(row, detail),
  ]
  const always: readonly ComparedField[] = ['name', 'birth', 'number', 'sex']
  return all.filter(({ field, roll }) => always.includes(field) || roll !== '').map(compared)
}

function nameField(field: ComparedField, roll: string, register: string, a = roll, b = register): Plain {
  if (a === '') return { field, roll, register, verdict: 'missing' }
  if (b === '') return { field, roll, register, verdict: 'unknown' }
  const how = compareNames(a, b)
  const verdict = how === 'same' ? 'agrees' : how === 'marks-differ' ? 'marks-differ' : 'differs'
  return { field, roll, register, verdict, ...(verdict !== 'agrees' && { marks: differingLetters(a, b) }) }
}

function birthField({ birth, birthUnreadable, given }: RollRow, person: Facts): Plain {
  const register = dayText(person.birth)
  if (!birth) return { field: 'birth', roll: given.birth, register, verdict: birthUnreadable ? 'differs' : 'missing' }
  const how = compareBirthDates(birth, person.birth)
  const verdict = ({ same: 'agrees', partial: 'partial', 'day-month-swapped': 'swapped', differs: 'differs' } as const)[how]
  return {
    field: 'birth',
    roll: dayText(birth),
    register,
    verdict,
    ...(verdict !== 'agrees' && { marks: differingDigits(dayText(birth), register) }),
  }
}

function numberField(row: RollRow, person: Facts): Plain {
  const register = person.number ? formatNumber(person.number) : ''
  const roll = row.number ? formatNumber(row.number) : row.given.number
  const how = (): Verdict => {
    if (row.numberKind === 'missing') return 'missing'
    if (row.numberKind === 'malformed') return 'malformed'
    if (row.number === person.number) return row.numberKind === 'lost-zero' ? 'lost-zero' : 'agrees'
    if (person.cancelled.includes(row.number ?? '')) return 'cancelled'
    return row.holderId && row.holderId !== person.personId ? 'of-another' : 'differs'
  }
  const verdict = how()
  const isApart = verdict === 'of-another' || verdict === 'differs' || verdict === 'cancelled'
  return { field: 'number', roll, register, verdict, ...(isApart && { marks: differingDigits(roll, register) }) }
}

function residenceField(row: RollRow, person: Facts, { residence }: Detail): Plain {
  const roll = row.given.residence
  const verdict = roll === '' ? 'missing' : !row.communeId ? 'unknown' : person.communes.includes(row.communeId) ? 'agrees' : 'differs'
  return { field: 'residence', roll, register: residence, verdict }
}

function phoneField({ given }: RollRow, { phones }: Detail): Plain {
  const read = parsePhone(given.phone)
  const verdict =
    given.phone === ''
      ? 'missing'
      : phones.length === 0 || !('e164' in read)
        ? 'unknown'
        : phones.includes(read.e164)
          ? 'agrees'
          : 'differs'
  return { field: 'phone', roll: given.phone, register: phones[0]?.replace(/^\+84/, '0') ?? '', verdict }
}

/** Place by place, for digits; where one is longer, its rest differs. */
function differingDigits(a: string, b: string): { a: Stretch[]; b: Stretch[] } {
  const apart: Stretch[] = []
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const last = apart.at(-1)
    if (a[i] === b[i]) continue
    if (last && last[1] === i) apart[apart.length - 1] = [last[0], i + 1]
    else apart.push([i, i + 1])
  }
  const within = (text: string) => apart.flatMap(([from, to]): Stretch[] => (from < text.length ? [[from, Math.min(to, text.length)]] : []))
  return { a: within(a), b: within(b) }
}

/** The likely cause in plain words, before any weight: "Số trường ghi là của Hoàng Gia Huy, sinh 2008, em ruột". */
function hintsOf(row: RollRow, stored: readonly rows.Candidate[], facts: ReadonlyMap<string, Facts>): Hint[] {
  const hints: Hint[] = []
  const holder = stored.find(({ isHolder }) => isHolder)
  const person = holder && facts.get(holder.personId)
  const reason = stored.find(({ isHolder }) => !isHolder)?.reasons.find(({ code }) => code.startsWith('number-of-'))
  if (person && reason) {
    const who = (language: 'vi' | 'en') => sayKin(language)(reason.code as Parameters<ReturnType<typeof sayKin>>[0])
    hints.push({
      code: reason.code,
      vi: `Số trường ghi là của ${person.fullName}, sinh ${person.birth.y}, ${who('vi')}.`,
      en: `The number is that of ${person.fullName}, born ${person.birth.y}, ${who('en')}.`,
      personId: person.personId,
    })
  } else if (row.holderId && !holder)
    hints.push({ code: 'number-of-another', vi: 'Số trường ghi là của người khác.', en: 'The number is that of somebody else.' })
  const near = stored.filter(({ probability }) => probability >= 0.05)
  if (near.length > 1) hints.push({ code: 'several', vi: `Có ${near.length} người gần giống.`, en: `${near.length} people are near.` })
  return hints
}

/** Why a row waits, in a few words, for the list of those that come next. */
export const whyOf = ({ reasons }: RollRow): string =>
  reasons
    .map(sayReason)
    .filter(({ weight, code }) => weight < 0 || /swapped|differ|near|edit|dropped|of-/.test(code))
    .slice(0, 3)
    .map(({ vi }) => vi)
    .join('; ')
