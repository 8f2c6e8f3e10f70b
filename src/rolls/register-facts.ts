import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { RegisterFacts } from './find-defects.ts'
import * as store from './store-person.ts'

/** The communes that a unit is, or became, on a day. */
function communeFinder(work: Work, day: Day) {
  const known = new Map<string, Promise<string[]>>()
  const one = async (id: string): Promise<string[]> => {
    const unit = await units.findUnit(work, id as Id<'unit'>)
    if (!unit?.validTo || unit.validTo > day) return [id]
    return (await units.successorsOf(work, id as Id<'unit'>)).map(({ newId }) => newId)
  }
  return (id: string) => {
    const answer = known.get(id) ?? one(id)
    known.set(id, answer)
    return answer
  }
}

/** The register's data of some persons, by person, with units as on a day. */
export async function registerFactsOf(
  work: Work,
  personIds: readonly Id<'person'>[],
  day: Day,
): Promise<Map<string, RegisterFacts>> {
  const communesOf = communeFinder(work, day)
  const facts = new Map<string, RegisterFacts>()
  for (const row of await store.findPersonFacts(work, personIds)) {
    const communes: string[] = []
    for (const unit of row.units ?? []) communes.push(...(await communesOf(unit)))
    facts.set(row.person_id, {
      personId: row.person_id,
      fullName: row.full_name,
      birth: {
        y: row.birth_y,
        ...(row.birth_m && { m: row.birth_m }),
        ...(row.birth_m && row.birth_d && { d: row.birth_d }),
      },
      sex: row.sex === 'F' ? 'F' : 'M',
      ...(row.number && { number: row.number }),
      cancelled: row.cancelled ?? [],
      isDead: row.life_status === 'dead',
      permanentCommunes: row.permanent_unit_id ? await communesOf(row.permanent_unit_id) : [],
      communes,
    })
  }
  return facts
}
