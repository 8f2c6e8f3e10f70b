import type { Static } from 'typebox'
import { asDay, type Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as units from '../../units/units.ts'
import type { NeedFilter } from '../contract.ts'
import type { Need } from '../need-codes.ts'
import { needLawOn } from '../need-law.ts'
import { campaignProblem } from '../problems.ts'
import type { NeedCohort } from '../store-who-lacks-what.ts'

export type CohortFilter = Static<typeof NeedFilter>

export type CohortQuery = {
  readonly cohort: NeedCohort
  readonly unit: units.UnitRecord
  readonly needs: readonly Need[]
}

/** Reads a filter: the people of the given unit or the actor's own, as of the given day or the house's. */
export async function readCohortQuery(work: Work, filter: CohortFilter): Promise<CohortQuery> {
  const day = filter.day ? asDay(filter.day) : work.today
  const unit = await getListUnit(work, filter.unit, day)
  const basis = filter.basis ?? 'school'
  const homes = await units.homesOn(work, unit.id, day)
  const cohort: NeedCohort = {
    basis,
    day,
    law: needLawOn(day, work),
    schoolYear: filter.schoolYear ?? rolls.schoolYearOn(day, work),
    units: [...homes],
    schools: (await units.schoolsIn(work, [...homes.keys()], day)).map(school => [
      school.id,
      homes.get(school.unitId) ?? school.unitId,
    ]),
    schoolsAsked: filter.schools ?? [],
    grades: filter.grades ?? [],
    classes: filter.classes ?? [],
    bornIn: filter.born ?? [],
  }
  return { cohort, unit, needs: filter.needs ?? [] }
}

/** The unit that is asked for, the actor's own, or the house's province. Refuses a unit outside the actor's own. */
export async function getListUnit(work: Work, asked: units.UnitId | undefined, day: Day): Promise<units.UnitRecord> {
  const unitId = asked ?? work.unitId ?? (await units.findHomeProvince(work, day))
  if (!unitId) throw campaignProblem('list-unit-needed')
  const unit = await units.getUnit(work, unitId)
  await refuseUnitOutside(work, unitId)
  return unit
}

/**
 * A unit outside the actor's own is refused: a list of nobody would read as a statement that nobody there lacks
 * anything.
 */
async function refuseUnitOutside(work: Work, unitId: units.UnitId): Promise<void> {
  if (work.scope === 'house' || !work.unitId || unitId === work.unitId) return
  const { units: own } = await units.scopePartsOf(work, work.unitId, work.today)
  if (!own.includes(unitId)) throw campaignProblem('list-unit-outside')
}
