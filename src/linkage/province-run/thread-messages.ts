import type { Id } from '../../platform/ids.ts'
import type { LinkedCandidate, LinkResult } from '../deciding/linked.ts'
import type { MatchFinding } from '../deciding/reason.ts'
import type { RawRecord } from '../person-record.ts'

/**
 * Rows and what was found of them, as one text between threads: lists without the names of their places. To copy a
 * roll's many small values costs more than to link most of its rows.
 */

type Maybe<T> = T | 0

const rowOf = (row: RawRecord) => [
  row.id,
  row.name ?? 0,
  row.birth?.y ?? 0,
  row.birth?.m ?? 0,
  row.birth?.d ?? 0,
  row.sex ?? 0,
  row.number ?? 0,
  row.cancelledNumbers ?? 0,
  row.oldNumber ?? 0,
  row.communes ?? 0,
  row.districts ?? 0,
  row.schoolCommune ?? 0,
  row.schoolDistrict ?? 0,
  row.fatherName ?? 0,
  row.fatherYear ?? 0,
  row.motherName ?? 0,
  row.motherYear ?? 0,
  row.phone ?? 0,
  row.household ?? 0,
]

export const packRows = (rows: readonly RawRecord[]): string => JSON.stringify(rows.map(rowOf))

type SentRow = readonly [
  id: string,
  name: Maybe<string>,
  y: number,
  m: number,
  d: number,
  sex: Maybe<'M' | 'F'>,
  number: Maybe<string>,
  cancelled: Maybe<string[]>,
  oldNumber: Maybe<string>,
  communes: Maybe<string[]>,
  districts: Maybe<string[]>,
  schoolCommune: Maybe<string>,
  schoolDistrict: Maybe<string>,
  fatherName: Maybe<string>,
  fatherYear: number,
  motherName: Maybe<string>,
  motherYear: number,
  phone: Maybe<string>,
  household: Maybe<string>,
]

export const unpackRows = (text: string): RawRecord[] =>
  (JSON.parse(text) as SentRow[]).map(
    ([
      id,
      name,
      y,
      m,
      d,
      sex,
      number,
      cancelled,
      old,
      communes,
      districts,
      school,
      district,
      father,
      fatherYear,
      mother,
      motherYear,
      phone,
      household,
    ]) => ({
      id,
      name: name || undefined,
      birth: y ? { y, ...(m && { m }), ...(m && d && { d }) } : undefined,
      sex: sex || undefined,
      number: number || undefined,
      cancelledNumbers: cancelled || undefined,
      oldNumber: old || undefined,
      communes: communes || undefined,
      districts: districts || undefined,
      schoolCommune: school || undefined,
      schoolDistrict: district || undefined,
      fatherName: father || undefined,
      fatherYear: fatherYear || undefined,
      motherName: mother || undefined,
      motherYear: motherYear || undefined,
      phone: phone || undefined,
      household: household || undefined,
    }),
  )

type SentFinding = readonly [code: MatchFinding['code'], weight: number, values?: MatchFinding['values']]
/** 0 instead of the findings: those of the row. */
type SentCandidate = readonly [
  personId: Id<'person'>,
  probability: number,
  weight: number,
  findings: Maybe<SentFinding[]>,
]
/** 1: the first candidate; 0: nobody. */
type SentPerson = Id<'person'> | 0 | 1
type SentLinked = readonly [
  outcome: LinkResult['outcome'],
  personId: SentPerson,
  holder: Maybe<Id<'person'>>,
  probability: number,
  margin: number,
  findings: SentFinding[],
  candidates: SentCandidate[],
]

const findingOf = ({ code, weight, values }: MatchFinding): SentFinding =>
  values ? [code, weight, values] : [code, weight]
const findingFrom = ([code, weight, values]: SentFinding): MatchFinding =>
  ({ field: code.slice(0, code.indexOf('-')), code, weight, ...(values && { values }) }) as MatchFinding

const candidateOf = (
  { personId, probability, weight, reasons }: LinkedCandidate,
  ofRow: readonly MatchFinding[],
): SentCandidate => [personId, probability, weight, reasons === ofRow ? 0 : reasons.map(findingOf)]

const linkedPersonOf = ({ personId, candidates }: LinkResult): SentPerson =>
  personId === undefined ? 0 : personId === candidates[0]?.personId ? 1 : personId

const linkedOf = (one: LinkResult): SentLinked => [
  one.outcome,
  linkedPersonOf(one),
  one.holderId ?? 0,
  one.probability,
  one.margin,
  one.reasons.map(findingOf),
  one.candidates.map(candidate => candidateOf(candidate, one.reasons)),
]

export const packLinked = (linked: readonly LinkResult[]): string => JSON.stringify(linked.map(linkedOf))

function linkedFrom([outcome, person, holderId, probability, margin, findings, candidates]: SentLinked): LinkResult {
  const reasons = findings.map(findingFrom)
  const personId = person === 1 ? candidates[0]?.[0] : person || undefined
  return {
    outcome,
    personId,
    holderId: holderId || undefined,
    probability,
    margin,
    reasons,
    candidates: candidates.map(([id, likely, weight, theirs]) => ({
      personId: id,
      probability: likely,
      weight,
      reasons: theirs === 0 ? reasons : theirs.map(findingFrom),
    })),
  }
}

export const unpackLinked = (text: string): LinkResult[] => (JSON.parse(text) as SentLinked[]).map(linkedFrom)
