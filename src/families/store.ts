import { sql } from 'kysely'
import type { PartialDay } from '../platform/day.ts'
import { partialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { slowdownIn } from '../platform/throttling/slowdown.ts'
import type { Work } from '../platform/work.ts'

export const tryCounters = slowdownIn('families.slowdown')

type WhoseNumber = { readonly personId: Id<'person'>; readonly birthDate: PartialDay }

/**
 * The living person whose number in force it is, or was until that one replaced it, as after a merge of records; with
 * what proves them. Asked by the house, and shown to nobody.
 */
export async function findWhoseNumber({ tx }: Work, number: string): Promise<WhoseNumber | undefined> {
  const { rows } = await sql<{ personId: Id<'person'>; y: number; m: number | null; d: number | null }>`
    select p.person_id as "personId", p.birth_y as y, p.birth_m as m, p.birth_d as d
    from register.published_number_lookup n join register.published_person p on p.person_id = n.person_id
    where n.number = ${number} and p.life_status <> 'dead' and (p.number = ${number} or exists (
      select from register.published_number o
      where o.person_id = p.person_id and o.number = ${number} and o.superseded_by = p.number))`.execute(tx)
  const [row] = rows
  return row && { personId: row.personId, birthDate: partialDay(row.y, row.m, row.d) }
}

type PupilOfClass = { readonly personId: Id<'person'> | null; readonly name: string; readonly class: string }

/** The pupils of a class on the roll in force that the work sees, by name. */
export async function findClass(
  { tx }: Work,
  of: { readonly schoolId: Id<'school'>; readonly schoolYear: string; readonly class: string },
): Promise<PupilOfClass[]> {
  const { rows } = await sql<PupilOfClass>`
    select case when r.outcome = 'matched' then r.person_id end as "personId", r.name, r.class
    from rolls.published_row r
    where r.school_id = ${of.schoolId} and r.school_year = ${of.schoolYear} and r.kind = 'pupils' and r.in_force
      and r.class = ${of.class} and r.state is distinct from 'left-school' and r.outcome is distinct from 'duplicate'
    order by r.sort_key, r.place`.execute(tx)
  return rows
}

/** The classes of some people on rolls in force that the work sees. */
export async function findClassesOf(
  { tx }: Work,
  personIds: readonly Id<'person'>[],
): Promise<{ personId: Id<'person'>; class: string }[]> {
  const { rows } = await sql<{ personId: Id<'person'>; class: string }>`
    select distinct on (r.person_id) r.person_id as "personId", r.class from rolls.published_row r
    where r.person_id = any (${personIds}::uuid[]) and r.kind = 'pupils' and r.in_force and r.outcome = 'matched'
      and r.class is not null
    order by r.person_id, r.school_year desc, r.place`.execute(tx)
  return rows
}

export async function insertLinkChild({ tx, today }: Work, linkId: string, personId: Id<'person'>): Promise<void> {
  await sql`
    insert into families.link_child (person_id, link_id, added_on)
    values (${personId}::uuid, ${linkId}::uuid, ${today}::date)`.execute(tx)
}

/** The children whom the link behind which the work acts shows today, the one of whom it was issued first. */
export async function findChildrenOfLink({ tx, today }: Work): Promise<Id<'person'>[]> {
  const { rows } = await sql<{ id: Id<'person'> }>`
    select c.person_id as id from families.children_of_link(${today}::date) c
    order by c.main desc, c.person_id`.execute(tx)
  return rows.map(({ id }) => id)
}
