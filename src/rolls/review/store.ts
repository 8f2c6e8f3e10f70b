import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'
import type { RollRow, RowRef } from '../row.ts'

export type CandidateParent = {
  readonly personId: Id<'person'>
  /** The parent's own record, where the register knows it. */
  readonly relatedId: Id<'person'> | null
  readonly relation: 'father' | 'mother'
  readonly name: string | null
  readonly birthYear: number | null
}

export async function findParents({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<CandidateParent[]> {
  const { rows } = await sql<CandidateParent>`
    select person_id as "personId", related_person_id as "relatedId", relation, name, related_birth_y as "birthYear"
    from register.published_kin
    where person_id = any (${personIds}::uuid[]) and relation in ('father', 'mother') order by relation`.execute(tx)
  return rows
}

export type CandidateSibling = {
  readonly of: string
  readonly personId: Id<'person'>
  readonly fullName: string
  readonly birthYear: number
}

/**
 * Children of a parent in the register, or, where it has none, of two parents by name; those in scope, the eldest
 * first.
 */
export async function findSiblings({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<CandidateSibling[]> {
  const { rows } = await sql<CandidateSibling>`
    with mine as (
      select person_id, relation, related_person_id, name_ascii from register.published_kin
      where person_id = any (${personIds}::uuid[]) and relation in ('father', 'mother')
    ), theirs as (
      select m.person_id as of, k.person_id from mine m
      join register.published_kin k on k.related_person_id = m.related_person_id and k.relation = m.relation
      union
      select f.person_id, a.person_id from mine f join mine m on m.person_id = f.person_id and m.relation = 'mother'
      join register.published_kin a on a.name_ascii = f.name_ascii and a.relation = 'father'
      join register.published_kin b on b.person_id = a.person_id and b.relation = 'mother'
        and b.name_ascii = m.name_ascii
      where f.relation = 'father' and f.related_person_id is null and m.related_person_id is null
    )
    select t.of, p.person_id as "personId", p.full_name as "fullName", p.birth_y as "birthYear"
    from theirs t join register.published_person p on p.person_id = t.person_id
    where t.person_id <> t.of order by p.birth_y, p.birth_m, p.birth_d limit 60`.execute(tx)
  return rows
}

export type RowElsewhere = RowRef & {
  readonly personId: Id<'person'>
  readonly sheetRow: number
  readonly class: string | null
  readonly name: string
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  /** Whether the row is the person, or only may be. */
  readonly found: boolean
}

/** Where else some persons stand, or may stand, on rolls in force that the scope sees; of the row's own roll first. */
export async function findRowsElsewhere(
  { tx }: Work,
  { rollId, place }: RowRef,
  personIds: readonly Id<'person'>[],
): Promise<RowElsewhere[]> {
  const { rows } = await sql<RowElsewhere>`
    select t.person_id as "personId", t.found, w.roll_id as "rollId", w.place, w.sheet_row as "sheetRow", w.class,
      w.name, w.school_id as "schoolId",
      r.school_year as "schoolYear"
    from (
      select w.person_id, w.roll_id, w.place, true as found from rolls.row w
      where w.person_id = any (${personIds}::uuid[])
      union all
      select c.person_id, c.roll_id, c.place, false from rolls.candidate c
      where c.person_id = any (${personIds}::uuid[]) and c.probability >= 0.1 and not c.is_doubt
    ) t
    join rolls.row w on w.roll_id = t.roll_id and w.place = t.place and (t.found or w.outcome = 'review')
    join rolls.roll r on r.id = w.roll_id and r.in_force
    where not (w.roll_id = ${rollId} and w.place = ${place})
    order by w.roll_id <> ${rollId}, r.school_year desc, w.place limit 40`.execute(tx)
  return rows
}

export type Classmate = {
  readonly place: number
  readonly sheetRow: number
  readonly class: string | null
  readonly name: string
  readonly why: 'same-parents' | 'same-mother' | 'same-phone' | 'same-address'
}

/**
 * Rows of the same roll whose school wrote the same parents, phone or home; an address without a house or a group says
 * nothing.
 */
export async function findClassmates({ tx }: Work, rollId: RollId, { place, given }: RollRow): Promise<Classmate[]> {
  const { father, mother, residence, read } = given
  const { rows } = await sql<Classmate>`
    select * from (
      select w.place, w.sheet_row as "sheetRow", w.class, w.name,
        case when ${father} <> '' and ${mother} <> '' and w.given ->> 'father' = ${father}
          and w.given ->> 'mother' = ${mother} then 'same-parents'
             when ${mother} <> '' and w.given ->> 'mother' = ${mother}
               and w.given -> 'read' ->> 'motherYear' = ${String(read.motherYear ?? '')} then 'same-mother'
             when w.given -> 'read' ->> 'phone' = ${read.phone ?? ''} and ${read.phone ?? ''} <> '' then 'same-phone'
             when ${residence} ~ '\\d' and w.given ->> 'residence' = ${residence} then 'same-address' end as why
      from rolls.row w where w.roll_id = ${rollId} and w.place <> ${place}) t
    where why is not null
    order by array_position(array['same-parents', 'same-mother', 'same-phone', 'same-address'], why), place
    limit 12`.execute(tx)
  return rows
}
