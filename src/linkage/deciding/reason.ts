import { titleCase } from '../../names/name.ts'
import type { PartialDay } from '../../platform/day.ts'
import {
  fields as comparedFields,
  compareParents,
  type FieldLevel,
  isBacked,
  levels,
  type MatchField,
  parentAgrees,
  unitsInCommon,
} from '../comparing/comparing.ts'
import type { LinkRecord } from '../person-record.ts'
import type { MatchDecision, Ranked } from './decide.ts'
import { type ReasonCode, words } from './words.ts'

/**
 * Why a row is, or is not, this person, as it is kept: `weight` in bits, a tenth exact, above 0 for and below 0
 * against; `values` fill the places of the words that name what differs.
 */
export type MatchFinding = {
  readonly field: MatchField
  readonly code: ReasonCode
  readonly weight: number
  readonly values?: FindingValues
}

/** The same with its words. */
export type MatchReason = {
  readonly field: MatchField
  readonly code: ReasonCode
  readonly weight: number
  readonly vi: string
  readonly en: string
}

/** Says a finding. What was kept with its words keeps them. */
export function toMatchReason(found: MatchFinding | MatchReason): MatchReason {
  if ('vi' in found) return found
  const { field, code, weight, values = {} } = found
  return { field, code, weight, vi: fillReason(words[code].vi, values), en: fillReason(words[code].en, values) }
}

/**
 * The reasons for the best candidate, strongest first; a number that is somebody else's is named as such. None where
 * there is no candidate.
 */
export function reasonsOf(row: LinkRecord, decision: MatchDecision): MatchFinding[] {
  const { best, holder } = decision
  return best ? reasonsFor(row, best, holder) : []
}

/** The same for any candidate, such as one shown beside the best. */
export function reasonsFor(
  row: LinkRecord,
  { candidate, comparison, weights }: Ranked,
  holder?: Ranked,
): MatchFinding[] {
  const findings: MatchFinding[] = []
  for (let at = 0; at < comparedFields.length; at++) {
    const field = comparedFields[at] as MatchField
    const level = comparison[field]
    if (level !== 'missing')
      insertInOrder(findings, findingFor(row, candidate, { field, level, weight: weights[at] ?? 0 }, holder?.candidate))
  }
  return findings
}

/** Whether anything stands beside name, date and home (see isBacked), by what was found of a pair. */
export function isBackedByFindings(reasons: readonly MatchFinding[]): boolean {
  const level = <F extends MatchField>(field: F) =>
    (reasons.find(one => one.field === field)?.code.slice(field.length + 1) ?? 'missing') as FieldLevel<F>
  return isBacked({ number: level('number'), father: level('father'), mother: level('mother'), phone: level('phone') })
}

/** The strongest first; of equal ones whichever came first. */
function insertInOrder(findings: MatchFinding[], one: MatchFinding): void {
  let at = findings.push(one) - 1
  for (; at > 0; at--) {
    const before = findings[at - 1] as MatchFinding
    if (Math.abs(before.weight) >= Math.abs(one.weight)) break
    findings[at] = before
  }
  findings[at] = one
}

type LevelWeight = { readonly field: MatchField; readonly level: FieldLevel<MatchField>; readonly weight: number }

function findingFor(
  row: LinkRecord,
  candidate: LinkRecord,
  { field, level, weight }: LevelWeight,
  holder: LinkRecord | undefined,
): MatchFinding {
  const isOthers = field === 'number' && holder !== undefined && holder !== candidate
  const code = isOthers ? whoseNumber(candidate, holder) : codeOf(field, level)
  const tenths = Math.round(weight * 10)
  if (hasPlaces.has(code)) return { field, code, weight: tenths / 10, values: findingValues(field, row, candidate) }
  return plainFinding(field, code, tenths)
}

/** Most findings say no more than that a field agrees, and how much: they are made once, and shared by all rows. */
function plainFinding(field: MatchField, code: ReasonCode, tenths: number): MatchFinding {
  const known = plainFindings.get(code)?.get(tenths)
  if (known) return known
  const finding = { field, code, weight: tenths / 10 }
  const byWeight = plainFindings.get(code) ?? new Map<number, MatchFinding>()
  plainFindings.set(code, byWeight.set(tenths, finding))
  return finding
}
const plainFindings = new Map<ReasonCode, Map<number, MatchFinding>>()

/** The codes whose words name what differs. */
const hasPlaces: ReadonlySet<ReasonCode> = new Set(
  (Object.keys(words) as ReasonCode[]).filter(code => words[code].vi.includes('{')),
)

function codeOf(field: MatchField, level: string): ReasonCode {
  const code = codes.get(field)?.get(level)
  if (!code) throw new RangeError(`no words for ${field} ${level}`)
  return code
}

const isCode = (code: string): code is ReasonCode => Object.hasOwn(words, code)
const codes = new Map(
  comparedFields.map(field => [
    field as MatchField,
    new Map(
      levels[field].flatMap((level: string) =>
        isCode(`${field}-${level}`) ? [[level, `${field}-${level}` as ReasonCode]] : [],
      ),
    ),
  ]),
)

/** Brothers and sisters by household or by their parents; which of them is older says the Vietnamese word. */
function whoseNumber(person: LinkRecord, holder: LinkRecord): ReasonCode {
  if (areSiblings(person, holder)) {
    const older = orderOf(holder.birth, person.birth)
    if (older === 0) return 'number-of-sibling'
    if (older > 0) return 'number-of-younger-sibling'
    return holder.sex === 'M'
      ? 'number-of-elder-brother'
      : holder.sex === 'F'
        ? 'number-of-elder-sister'
        : 'number-of-sibling'
  }
  return person.name && person.name.joined === holder.name?.joined ? 'number-of-namesake' : 'number-of-another'
}

/** Both parents, or the mother and the family name: children of one household may be cousins. */
function areSiblings(a: LinkRecord, b: LinkRecord): boolean {
  const father = parentAgrees(compareParents(a.father, b.father))
  const mother = parentAgrees(compareParents(a.mother, b.mother))
  const near =
    (a.household !== undefined && a.household === b.household) || unitsInCommon(a.communes, b.communes).length > 0
  return (father && mother) || (near && (father || mother))
}

/** Below 0 when a was born first, 0 when the days do not tell. */
function orderOf(a: PartialDay | undefined, b: PartialDay | undefined): number {
  if (!a || !b) return 0
  return a.y - b.y || (a.m && b.m ? a.m - b.m : 0) || (a.d && b.d ? a.d - b.d : 0)
}

type FindingValues = Readonly<Partial<Record<'row' | 'register' | 'at', string>>>

function findingValues(field: MatchField, row: LinkRecord, candidate: LinkRecord): FindingValues {
  if (field === 'name') return differingWords(row.name?.marked ?? '', candidate.name?.marked ?? '')
  if (field === 'birth') return { row: dayForPeople(row.birth), register: dayForPeople(candidate.birth) }
  return { at: firstDifference(row.number ?? '', candidate.number ?? '') }
}

/** Only the words that differ, where the names have as many; else both names whole. */
function differingWords(a: string, b: string): { row: string; register: string } {
  const [left, right] = [a.split(' '), b.split(' ')]
  if (left.length !== right.length) return { row: titleCase(a), register: titleCase(b) }
  const apart = left.flatMap((word, i) => (word === right[i] ? [] : [i]))
  const only = (all: readonly string[]) => titleCase(apart.map(i => all[i]).join(' '))
  return { row: only(left), register: only(right) }
}

const twoDigits = (n: number) => String(n).padStart(2, '0')
const dayForPeople = (day: PartialDay | undefined) =>
  day ? [day.d && twoDigits(day.d), day.m && twoDigits(day.m), day.y].filter(Boolean).join('/') : ''

const firstDifference = (a: string, b: string) => String([...a].findIndex((digit, i) => digit !== b[i]) + 1)

const fillReason = (text: string, values: FindingValues) =>
  text.replace(/\{(row|register|at)\}/g, (_, key: keyof FindingValues) => values[key] ?? '')
