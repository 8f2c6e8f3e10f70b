import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { PersonId } from '../person.ts'
import { registerProblem } from '../problems.ts'
import * as store from '../store.ts'

/**
 * The police of permanent residence, or of another residence in force; where none is known, the unit that received the
 * request.
 */
export async function decidingUnit(work: Work, personId: PersonId): Promise<Id<'unit'>> {
  const [person] = await store.findSummaries(work, [personId])
  const [compared] = person ? [] : await store.findCompared(work, [personId])
  const unitId = person?.permanentUnitId ?? compared?.unitId ?? work.unitId
  if (!unitId) throw registerProblem('unit-needed')
  return unitId
}

/** The unit of permanent residence itself decides, under the name it bears today. */
export async function decidesHere(work: Work, decidesUnitId: Id<'unit'>): Promise<boolean> {
  if (!work.unitId) return false
  if (work.unitId === decidesUnitId) return true
  const { units: mine } = await units.scopePartsOf(work, work.unitId, work.today)
  return mine.includes(decidesUnitId)
}
