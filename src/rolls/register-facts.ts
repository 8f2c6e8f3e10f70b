import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as register from '../register/register.ts'
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

/** What a case opens to be compared of those whom the work does not see whole, in the same form. */
async function comparedFactsOf(work: Work, personIds: readonly Id<'person'>[], day: Day): Promise<RegisterFacts[]> {
  const communesOf = communeFinder(work, day)
  const compared = await register.listCompared(work, personIds)
  return Promise.all(
    compared.map(async ({ id, fullName, birthDate, sex, lifeStatus, unitId, numberEnd }) => {
      const communes = unitId ? await communesOf(unitId) : []
      return {
        personId: id,
        fullName,
        birth: birthDate,
        sex,
        cancelled: [],
        isDead: lifeStatus === 'dead',
        permanentCommunes: communes,
        communes,
        compared: { numberEnd },
      }
    }),
  )
}

/** What the work may show of some persons: those whom it sees whole, and those whom it may compare. */
export async function shownFactsOf(
  work: Work,
  personIds: readonly Id<'person'>[],
  day: Day,
): Promise<Map<string, RegisterFacts>> {
  const whole = await registerFactsOf(work, personIds, day)
  const others = personIds.filter(id => !whole.has(id))
  const compared = others.length > 0 ? await comparedFactsOf(work, others, day) : []
  return new Map([...whole, ...compared.map(facts => [facts.personId, facts] as const)])
}

/**
 * The data by which rows are judged, whoever's work it is: what is written of a row must not depend on whom its officer
 * sees. Nothing of it is shown.
 */
export const judgingFactsOf = (
  work: Work,
  personIds: readonly Id<'person'>[],
  day: Day,
): Promise<Map<string, RegisterFacts>> => withHouseScope(work, house => registerFactsOf(house, personIds, day))

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
