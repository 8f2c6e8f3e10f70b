import { type RawBuilder, sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { FoldedName } from '../folded-name.ts'
import type { KinRelation, PersonId, ResidenceKind } from '../person.ts'
import type { CorrectionField } from './correction.ts'
import type { ResidenceField, ResidenceValue } from './residence-value.ts'

/** The values of a person that can be corrected, read and written. */

/** The values that can be corrected, as texts. Undefined where the scope does not see the person. */
export async function correctableValues(
  { tx }: Work,
  personId: PersonId,
): Promise<Record<CorrectionField, string | null> | undefined> {
  const { rows } = await sql<Record<CorrectionField, string | null>>`
    select p.full_name,
      concat_ws('-', lpad(p.birth_y::text, 4, '0'), lpad(p.birth_m::text, 2, '0'),
        lpad(p.birth_d::text, 2, '0')) as birth_date,
           p.sex, p.life_status, p.birth_registration_code, p.ethnicity, p.religion, p.nationality, p.hometown,
           f.name as father_name, m.name as mother_name,
           register.residence_text(p.person_id, 'permanent') as residence_permanent,
           register.residence_text(p.person_id, 'temporary') as residence_temporary,
           register.residence_text(p.person_id, 'current') as residence_current
    from register.person p
    left join register.kinship f on f.person_id = p.person_id and f.relation = 'father'
    left join register.kinship m on m.person_id = p.person_id and m.relation = 'mother'
    where p.person_id = ${personId}`.execute(tx)
  return rows[0]
}

export async function setName({ tx, now }: Work, personId: PersonId, name: FoldedName): Promise<void> {
  await sql`
    update register.person
    set full_name = ${name.name}, name_tone = ${name.tone}, name_ascii = ${name.ascii}, family_ascii = ${name.family},
      given_ascii = ${name.given}, sort_key = ${name.sort}, changed_at = ${now}
    where person_id = ${personId}`.execute(tx)
  await sql`update register.person_scope set sort_key = ${name.sort} where person_id = ${personId}`.execute(tx)
}

export async function setBirthDate(
  { tx, now }: Work,
  personId: PersonId,
  { y, m, d }: { y: number; m?: number; d?: number },
): Promise<void> {
  await tx
    .updateTable('register.person')
    .set({ birth_y: y, birth_m: m ?? null, birth_d: d ?? null, changed_at: now })
    .where('person_id', '=', personId)
    .execute()
  await sql`update register.kinship set person_birth_y = ${y} where person_id = ${personId}`.execute(tx)
  await sql`update register.kinship set related_birth_y = ${y} where related_person_id = ${personId}`.execute(tx)
}

/**
 * A residence ends on the day on which the next one of its kind begins, and stays in the history of residences. The
 * units of the person are written anew: first the new one, so that the work goes on seeing the person.
 */
export async function setResidence(
  work: Work,
  personId: PersonId,
  kind: ResidenceKind,
  { from, unitId, address }: ResidenceValue,
): Promise<void> {
  const { tx, today, now } = work
  await sql`
    update register.residence set to_on = greatest(${from ?? today}::date, from_on)
    where person_id = ${personId} and kind = ${kind} and to_on is null`.execute(tx)
  await tx
    .insertInto('register.residence')
    .values({
      person_id: personId,
      id: newId<'residence'>(now),
      kind,
      unit_id: unitId,
      address: address || null,
      from_on: from ?? null,
    })
    .execute()
  await sql`
    insert into register.person_scope (person_id, unit_id, sort_key)
    select p.person_id, ${unitId}, p.sort_key from register.person p where p.person_id = ${personId}
    on conflict do nothing`.execute(tx)
}

/** Units in which the person has no residence in force any more see the person no more: last, when all is written. */
export async function dropFormerScopes({ tx }: Work, personId: PersonId): Promise<void> {
  await sql`
    delete from register.person_scope s where s.person_id = ${personId} and not exists (
      select from register.residence r
      where r.person_id = s.person_id and r.unit_id = s.unit_id and r.to_on is null)`.execute(tx)
}

type PlainField = Exclude<CorrectionField, 'full_name' | 'birth_date' | 'father_name' | 'mother_name' | ResidenceField>

/** Columns whose text is the value. */
export async function setPlain(
  { tx, now }: Work,
  personId: PersonId,
  field: PlainField,
  value: string | undefined,
): Promise<void> {
  await sql`update register.person set ${sql.ref(field)} = ${value ?? null}, changed_at = ${now}
    where person_id = ${personId}`.execute(tx)
}

/** Another name is another person until the register knows better. */
export async function setKinName(
  { tx }: Work,
  personId: PersonId,
  relation: KinRelation,
  name: FoldedName | undefined,
): Promise<void> {
  const given: RawBuilder<unknown> = sql`${name?.name ?? null}, ${name?.ascii ?? null}`
  await sql`
    insert into register.kinship (person_id, relation, name, name_ascii, person_birth_y)
    select p.person_id, ${relation}, ${given}, p.birth_y from register.person p where p.person_id = ${personId}
    on conflict (person_id, relation) do update set name = excluded.name, name_ascii = excluded.name_ascii`.execute(tx)
}

/** The children of a person whom the work may change: their link records have their parents' years of birth. */
export async function childIdsOf({ tx }: Work, personId: PersonId): Promise<PersonId[]> {
  const { rows } = await sql<{ person_id: PersonId }>`
    select person_id from register.kinship where related_person_id = ${personId}`.execute(tx)
  return rows.map(({ person_id }) => person_id)
}
