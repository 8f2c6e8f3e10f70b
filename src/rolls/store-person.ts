import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { inBatches } from './store-row.ts'

export type PersonFacts = {
  readonly person_id: Id<'person'>
  readonly full_name: string
  readonly birth_y: number
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: string
  readonly number: string | null
  readonly cancelled: string[] | null
  readonly life_status: string
  readonly permanent_unit_id: Id<'unit'> | null
  readonly units: string[] | null
}

/** The register's data of some persons in scope, of the values that a roll can have wrong. */
export async function findPersonFacts({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<PersonFacts[]> {
  const found: PersonFacts[] = []
  for (const some of inBatches(personIds, 20_000)) {
    const { rows } = await sql<PersonFacts>`
      select p.person_id, p.full_name, p.birth_y, p.birth_m, p.birth_d, p.sex, p.number, p.cancelled, p.life_status,
        p.permanent_unit_id,
             p.unit_ids::text[] as units
      from register.published_link_record p where p.person_id = any (${some}::uuid[])`.execute(tx)
    found.push(...rows)
  }
  return found
}

/** The numbers in force of some persons. */
export async function findNumbers({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ person_id: Id<'person'>; number: string }>`
    select n.person_id, n.number from register.published_number n
    where n.person_id = any (${personIds}::uuid[]) and n.state = 'in-force'`.execute(tx)
  return new Map(rows.map(({ person_id, number }) => [person_id, number]))
}
