import { asDay, type Day } from '../platform/day.ts'
import type { InputOf } from '../platform/endpoint.ts'
import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { stages } from '../rolls/contract.ts'
import * as rolls from '../rolls/rolls.ts'
import * as units from '../units/units.ts'
import type { ChildrenNarrowing, ChildrenQuery, UnreportedYears } from './children-query.ts'
import type { outOfSchoolFigures } from './contract.ts'
import { outOfSchoolProblem } from './problems.ts'
import { findReportedSchools } from './store.ts'

export type OutOfSchoolFilter = InputOf<typeof outOfSchoolFigures>['query']

/** Whom a filter means: in the asked unit or the actor's own, in the asked school year or that of the day. */
export async function resolveFilter(work: Work, filter: OutOfSchoolFilter): Promise<ChildrenQuery> {
  const day = filter.day ? asDay(filter.day) : work.today
  const schoolYear = filter.schoolYear ?? rolls.schoolYearOn(day, work)
  const age = rolls.getSchoolAge(schoolYear, work)
  const unit = await askedUnit(work, filter.unit, day)
  const homes = await units.homesOn(work, unit.id, day)
  const schools = await units.schoolsIn(work, [...homes.keys()], day)
  const reported = await findReportedSchools(work, schoolYear)
  return {
    unit,
    day,
    isNow: day === work.today,
    schoolYear,
    age,
    home: filter.home ?? 'any',
    units: [...homes],
    schools: schools.map(school => [school.id, homes.get(school.unitId) ?? school.unitId]),
    gaps: await findUnreportedYears(work, unit, day, age, reported),
    coverage: { schools, reported },
  }
}

async function askedUnit(work: Work, asked: string | undefined, day: Day): Promise<units.UnitRecord> {
  const unitId = asked ? asId<'unit'>(asked) : (work.unitId ?? (await units.findHomeProvince(work, day)))
  if (!unitId) throw outOfSchoolProblem('out-of-school-unit-needed')
  const unit = await units.getUnit(work, unitId)
  if (work.scope === 'house' || !work.unitId || unitId === work.unitId) return unit
  const { units: own } = await units.scopePartsOf(work, work.unitId, work.today)
  // A list of nobody would read as a statement that no child there is missing.
  if (!own.includes(unitId)) throw outOfSchoolProblem('out-of-school-unit-outside')
  return unit
}

/** The district around a commune, where children go to school besides; without districts the commune itself. */
async function surroundingUnit(work: Work, unitId: units.UnitId, day: Day): Promise<units.UnitId> {
  const path = await units.unitPath(work, unitId, day)
  return path.find(({ level }) => level === 'district')?.id ?? unitId
}

/**
 * For which children of each commune of the unit a roll may still come: a school that may teach them is known and
 * silent, or none is known.
 */
async function findUnreportedYears(
  work: Work,
  unit: units.UnitRecord,
  day: Day,
  age: rolls.SchoolAge,
  reported: ReadonlySet<string>,
): Promise<UnreportedYears[]> {
  const below = (await units.subtreeOn(work, unit.id, day)).filter(({ level }) => level === 'commune')
  const communes = below.length > 0 ? below.map(({ id }) => id) : [unit.id]
  const silent = new Map<string, Promise<rolls.Stage[]>>()
  const stagesAround = (around: units.UnitId) => {
    const known = silent.get(around) ?? findUnreportedStages(work, around, day, reported)
    silent.set(around, known)
    return known
  }
  const gaps: UnreportedYears[] = []
  for (const unitId of communes) {
    const around = await stagesAround(await surroundingUnit(work, unitId, day))
    gaps.push(...around.map(stage => ({ unitId, stage, ...age.stages[stage] })))
  }
  return gaps
}

async function findUnreportedStages(
  work: Work,
  around: units.UnitId,
  day: Day,
  reported: ReadonlySet<string>,
): Promise<rolls.Stage[]> {
  const schools = await units.schoolsIn(work, [...(await units.homesOn(work, around, day)).keys()], day)
  return stages.filter(stage => {
    const teaching = schools.filter(({ kind }) => rolls.stagesOf[kind].includes(stage))
    return teaching.length === 0 || teaching.some(({ id }) => !reported.has(id))
  })
}

export function narrowingOf(
  { age }: ChildrenQuery,
  { cases = [], commune, group, born = [], sex, said, moved, unreported }: OutOfSchoolFilter,
): ChildrenNarrowing {
  const years =
    group === undefined
      ? undefined
      : group === 'other'
        ? { ...age.all, without: true }
        : { ...age.groups[group], without: false }
  return { cases, commune, born, sex, group: years, said, moved, unreported }
}
