import { asId, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { RegisterFacts } from '../find-defects.ts'
import type { KeptRoll } from '../store.ts'

/** The district in which a unit lies, or the province where there are no districts. */
async function areaOf(work: Work, unitId: units.UnitId, day: KeptRoll['asOf']): Promise<string | undefined> {
  const path = await units.unitPath(work, unitId, day)
  return (path.find(({ level }) => level === 'district') ?? path.find(({ level }) => level === 'province'))?.id
}

/** How many of the people found on a roll live in no unit of the school's area. */
export async function countStrangers(
  work: Work,
  roll: KeptRoll,
  people: readonly Id<'person'>[],
  factsOf: FactsOf,
): Promise<number> {
  const school = await units.getSchool(work, roll.schoolId)
  const here = await areaOf(work, school.unitId, roll.asOf)
  const facts = await factsOf(work, [...new Set(people)], roll.asOf)
  const areas = new Map<string, string | undefined>()
  let strangers = 0
  for (const id of people) {
    const communes = facts.get(id)?.communes ?? []
    for (const commune of communes)
      if (!areas.has(commune)) areas.set(commune, await areaOf(work, asId<'unit'>(commune), roll.asOf))
    if (communes.length > 0 && !communes.some(commune => areas.get(commune) === here)) strangers += 1
  }
  return strangers
}

export type FactsOf = (
  work: Work,
  ids: readonly Id<'person'>[],
  day: KeptRoll['asOf'],
) => Promise<ReadonlyMap<string, RegisterFacts>>
