import * as audit from '../../audit/audit.ts'
import { type Comparison, compare } from '../../linkage/comparing/comparing.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { twinLimits } from '../law.ts'
import { linkRecordsOf } from '../link-records/candidate.ts'
import type { PersonId, PersonSummary } from '../person.ts'
import { registerProblem } from '../problems.ts'
import { findSummaries } from '../store.ts'
import { type TwinField, twinFields } from './merge.ts'
import * as store from './store.ts'

/**
 * Probable duplicates: people of one commune whose name and birth date another record has too, wherever that is. The
 * database gives the pairs by the index of names and births; linkage compares what else the records say. Numbers count
 * for nothing: two records always have two.
 */

export type Duplicate = {
  readonly person: PersonSummary
  /** Absent where the other record is of people whom the scope does not see. */
  readonly other?: PersonSummary | undefined
  readonly agrees: readonly TwinField[]
  readonly differs: readonly TwinField[]
}

/** Levels that neither speak for one person nor for two. */
const saysNothing: readonly string[] = ['missing', 'elsewhere', 'school-elsewhere']

function saidBy(comparison: Comparison) {
  const said = twinFields.filter(field => !saysNothing.includes(comparison[field]))
  const differs = said.filter(field => comparison[field] === 'different')
  return { agrees: said.filter(field => !differs.includes(field)), differs }
}

/** Two sexes, or a father and a mother of other names: the same name and day by chance. */
const areTwoPeople = (differs: readonly TwinField[]) =>
  differs.includes('sex') || (differs.includes('father') && differs.includes('mother'))

/**
 * A step through the people of a commune: pairs that may be one person, those first of which most agrees, and where to
 * go on. Throws unit-unknown where the unit is not the reader's.
 */
export async function listDuplicates(
  work: Work,
  unitId: Id<'unit'>,
  { after }: { readonly after?: PersonId | undefined } = {},
): Promise<{ pairs: Duplicate[]; next: PersonId | undefined }> {
  if (!staff.isInScope(work, unitId)) throw registerProblem('merge-person-outside')
  const { twins, next } = await store.findTwins(work, unitId, { after, most: twinLimits.people })
  const once = twins.filter(
    ({ personId, otherId, owned }) => !owned || personId < otherId || !isTwinOf(twins, otherId, personId),
  )
  const ids = [...new Set(once.flatMap(({ personId, otherId }) => [personId, otherId]))]
  const records = new Map((await linkRecordsOf(work, ids)).map(record => [record.id, record]))
  const people = new Map((await findSummaries(work, ids)).map(person => [person.id, person]))
  const pairs = once.flatMap(({ personId, otherId }): Duplicate[] => {
    const person = people.get(personId)
    const other = people.get(otherId)
    const [a, b] = [records.get(personId), records.get(otherId)]
    if (!person) return []
    const said = a && b ? saidBy(compare(a, b)) : { agrees: [], differs: [] }
    return areTwoPeople(said.differs) ? [] : [{ person, other, ...said }]
  })
  const shown = pairs.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, twinLimits.shown)
  await audit.noteReading(
    work,
    shown.flatMap(({ person, other }) => (other ? [person.id, other.id] : [person.id])),
    ['name', 'birth', 'number', 'residence'],
  )
  return { pairs: shown, next }
}

const weightOf = ({ agrees, differs }: Duplicate) => agrees.length - differs.length

const isTwinOf = (twins: readonly store.Twins[], one: PersonId, other: PersonId) =>
  twins.some(({ personId, otherId }) => personId === one && otherId === other)
