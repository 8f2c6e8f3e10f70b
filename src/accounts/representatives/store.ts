import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'

/** Father, mother or guardian of a child in the register, with what decides whether they can act. */
export type KinRow = {
  readonly personId: Id<'person'> | null
  readonly relation: 'father' | 'mother' | 'guardian'
  readonly name: string | null
  readonly birthY: number | null
  readonly birthM: number | null
  readonly birthD: number | null
  readonly lifeStatus: string | null
  readonly hasAccount: boolean
  readonly phone: string | null
}

export async function findKin({ tx }: Work, childId: Id<'person'>): Promise<KinRow[]> {
  const { rows } = await sql<KinRow>`
    select k.related_person_id as "personId", k.relation, k.name, b.birth_y as "birthY", b.birth_m as "birthM",
      b.birth_d as "birthD", b.life_status as "lifeStatus",
           a.id is not null as "hasAccount", a.phone
    from register.published_kin k
    left join register.published_birth b on b.person_id = k.related_person_id
    left join accounts.account a on a.person_id = k.related_person_id and a.state = 'activated' and a.level = 2
    where k.person_id = ${childId} and k.relation in ('father', 'mother', 'guardian')
    order by array_position(array['mother', 'father', 'guardian'], k.relation::text), k.related_person_id`.execute(tx)
  return rows
}

/** The guardian of a grown person, as one of the kin. */
export async function findGuardian({ tx }: Work, guardianId: Id<'person'>): Promise<KinRow[]> {
  const { rows } = await sql<KinRow>`
    select p.person_id as "personId", 'guardian' as relation, p.full_name as name, p.birth_y as "birthY",
      p.birth_m as "birthM", p.birth_d as "birthD", p.life_status as "lifeStatus", a.id is not null as "hasAccount",
      a.phone
    from register.published_person p
    left join accounts.account a on a.person_id = p.person_id and a.state = 'activated' and a.level = 2
    where p.person_id = ${guardianId}`.execute(tx)
  return rows
}

/** The living accounts of the children whom a person represents, as far as the work sees them. */
export async function findRepresented(
  { tx }: Work,
  representativeId: Id<'person'>,
): Promise<{ readonly id: Id<'account'>; readonly phone: string | null }[]> {
  const { rows } = await sql<{ id: Id<'account'>; phone: string | null }>`
    select id, phone from accounts.account where representative_id = ${representativeId} and state <> 'cancelled'
    order by id`.execute(tx)
  return rows
}

export async function setRepresentative(
  { tx }: Work,
  { id, personId }: Account,
  representativeId: Id<'person'> | undefined,
): Promise<void> {
  await sql`update accounts.account set representative_id = ${representativeId ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}
