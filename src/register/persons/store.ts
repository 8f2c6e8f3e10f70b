import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import { asDay, partialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Household, Kin, Person, PersonChange, PersonId, Residence } from '../person.ts'
import { type PersonRow, summaryOf } from '../store.ts'

/** What the register has of one person. */

/** A person as the work's scope sees one; undefined where it does not. */
export async function findPersonRow({ tx }: Work, id: PersonId) {
  const found = await tx
    .selectFrom('register.published_person')
    .selectAll()
    .where('person_id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  const row = found as typeof found & PersonRow
  return {
    ...summaryOf(row),
    ...withoutNulls({
      birthRegistrationCode: row.birth_registration_code,
      ethnicity: row.ethnicity,
      religion: row.religion,
      nationality: row.nationality,
      hometown: row.hometown,
    }),
    origin: (row.origin ?? 'imported') as Person['origin'],
    changedAt: new Date(String(row.changed_at)),
  }
}

export async function findPersonIdsBornSince(
  { tx }: Work,
  year: number,
  ids: readonly PersonId[],
): Promise<PersonId[]> {
  const { rows } = await sql<{ person_id: PersonId }>`
    select p.person_id from unnest(${ids}::uuid[]) as asked (person_id)
    join register.person p on p.person_id = asked.person_id where p.birth_y >= ${year}`.execute(tx)
  return rows.map(({ person_id }) => person_id)
}

/** The person who has or had the number, beyond the work's scope (see register.look_up). */
export async function findPersonByNumber({ tx }: Work, number: string) {
  const { rows } = await sql<
    PersonRow & { state: string; in_force: string | null }
  >`select * from register.look_up(${number})`.execute(tx)
  const row = rows[0]
  return row && { ...summaryOf({ ...row, number: row.in_force }), cancelled: row.state === 'cancelled' }
}

export async function findOldNumbers({ tx }: Work, id: PersonId): Promise<string[]> {
  const rows = await tx
    .selectFrom('register.old_number')
    .select('number')
    .where('person_id', '=', id)
    .orderBy('number')
    .execute()
  return rows.map(({ number }) => number)
}

export async function findPhones({ tx }: Work, id: PersonId): Promise<string[]> {
  const rows = await tx
    .selectFrom('register.phone')
    .select('phone')
    .where('person_id', '=', id)
    .orderBy('phone')
    .execute()
  return rows.map(({ phone }) => phone)
}

/** The phones of many people, those of each in one order. */
export async function findPhonesOfMany(
  { tx }: Work,
  ids: readonly PersonId[],
): Promise<{ personId: PersonId; phone: string }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ personId: PersonId; phone: string }>`
    select person_id as "personId", phone from register.phone where person_id = any (${[...ids]}::uuid[])
    order by person_id, phone`.execute(tx)
  return rows
}

/** Those in force first, permanent before temporary before current. */
export async function findResidences({ tx }: Work, id: PersonId): Promise<Residence[]> {
  const { rows } = await sql<Residence>`
    select id, kind, unit_id as "unitId", address, from_on as from, to_on as to from register.residence
    where person_id = ${id}
    order by to_on is not null, array_position(array['permanent', 'temporary', 'current'], kind),
      from_on desc nulls last`.execute(tx)
  return rows.map(withoutNulls)
}

export async function findKin({ tx }: Work, id: PersonId): Promise<Kin[]> {
  const { rows } = await sql<Kin>`
    select relation, related_person_id as "personId", name, number, related_birth_y as "birthYear" from register.kinship
    where person_id = ${id} order by array_position(array['father', 'mother', 'guardian', 'spouse'], relation)`.execute(
    tx,
  )
  return rows.map(withoutNulls)
}

/** The children whom the work's scope sees, the eldest first. */
export async function findChildren({ tx }: Work, id: PersonId) {
  const { rows } = await sql<{
    person_id: PersonId
    full_name: string
    birth_y: number
    birth_m: number | null
    birth_d: number | null
  }>`
    select p.person_id, p.full_name, p.birth_y, p.birth_m, p.birth_d
    from register.kinship k join register.person p on p.person_id = k.person_id
    where k.related_person_id = ${id} and k.relation in ('father', 'mother') order by p.birth_y, p.birth_m, p.birth_d
    limit 50`.execute(tx)
  return rows.map(row => ({
    personId: row.person_id,
    fullName: row.full_name,
    birthDate: partialDay(row.birth_y, row.birth_m, row.birth_d),
  }))
}

/** The household in force, with the members whom the work's scope sees. */
export async function findHousehold({ tx }: Work, id: PersonId): Promise<Household | undefined> {
  const { rows } = await sql<{
    id: Id<'household'>
    number: string
    own: string | null
    person_id: PersonId
    full_name: string
    relation: string | null
  }>`
    select h.id, h.number, own.relation as own, m.person_id, p.full_name, m.relation
    from register.household_member own
    join register.household h        on h.id = own.household_id
    join register.household_member m on m.household_id = h.id and m.to_on is null
    join register.person p           on p.person_id = m.person_id
    where own.person_id = ${id} and own.to_on is null
    order by p.birth_y, p.birth_m, p.birth_d limit 50`.execute(tx)
  const first = rows[0]
  if (!first) return undefined
  const members = rows.map(row =>
    withoutNulls({ personId: row.person_id, fullName: row.full_name, relation: row.relation }),
  )
  return { ...withoutNulls({ id: first.id, number: first.number, relation: first.own }), members }
}

export async function findHistory({ tx }: Work, id: PersonId): Promise<PersonChange[]> {
  const rows = await tx
    .selectFrom('register.history')
    .selectAll()
    .where('person_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows.map(row => ({
    ...withoutNulls({ field: row.field, old: row.old, new: row.new, why: row.why, deed: row.deed }),
    at: new Date(String(row.at)),
    day: asDay(row.on_day),
    by: { kind: row.by_kind, id: row.by_id },
  }))
}
