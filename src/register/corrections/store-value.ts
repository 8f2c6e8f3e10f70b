import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { FoldedName } from '../folded-name.ts'
import type { KinRelation, PersonId } from '../person.ts'
import type { CorrectionField } from './correction.ts'

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
           f.name as father_name, m.name as mother_name
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

type PlainField = Exclude<CorrectionField, 'full_name' | 'birth_date' | 'father_name' | 'mother_name'>

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
