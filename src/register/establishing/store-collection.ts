import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day, PartialDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { FoldedName } from '../folded-name.ts'
import type { PersonId } from '../person.ts'
import type { CollectedPerson, Collection, CollectionId, CollectionState } from './collection.ts'

type CollectionRow = {
  readonly id: CollectionId
  readonly person_id: PersonId
  readonly kind: Collection['kind']
  readonly state: CollectionState
  readonly form_code: string
  readonly form_version: string
  readonly given: CollectedPerson | Record<string, never>
  readonly papers: string
  readonly unit_id: Collection['unitId']
  readonly collected_by: string
  readonly collected_on: Day
  readonly decided_by: string | null
  readonly decided_on: Day | null
  readonly reason: string | null
  readonly handed_up_at: Date | null
  readonly handed_up_by: string | null
  readonly returned_on: Day | null
  readonly returned_code: string | null
  readonly returned_note: string | null
}

const collectionOf = (row: CollectionRow): Collection => ({
  id: row.id,
  personId: row.person_id,
  kind: row.kind,
  state: row.state,
  form: { code: row.form_code, version: row.form_version },
  ...('fullName' in row.given && { given: row.given as CollectedPerson }),
  papers: row.papers,
  unitId: row.unit_id,
  collectedBy: row.collected_by,
  collectedOn: row.collected_on,
  ...withoutNulls({ decidedBy: row.decided_by, decidedOn: row.decided_on, reason: row.reason }),
  ...withoutNulls({ handedUpAt: row.handed_up_at, handedUpBy: row.handed_up_by }),
  ...(row.returned_on && {
    returned: { on: row.returned_on, code: row.returned_code ?? '', note: row.returned_note ?? '' },
  }),
})

const collectionColumns = sql.raw(
  'id, person_id, kind, state, form_code, form_version, given, papers, unit_id, collected_by, collected_on, ' +
    'decided_by, decided_on, reason, handed_up_at, handed_up_by, returned_on, returned_code, returned_note',
)

export async function insertCollection({ tx, now }: Work, collection: Collection): Promise<void> {
  await tx
    .insertInto('register.collection')
    .values({
      person_id: collection.personId,
      id: collection.id,
      state: collection.state,
      kind: collection.kind,
      form_code: collection.form.code,
      form_version: collection.form.version,
      given: JSON.stringify(collection.given ?? {}),
      papers: collection.papers,
      unit_id: collection.unitId,
      collected_by: collection.collectedBy,
      collected_at: now,
      collected_on: collection.collectedOn,
      reason: collection.reason ?? null,
    })
    .execute()
}

export async function holdCollection({ tx }: Work, id: CollectionId): Promise<Collection | undefined> {
  const { rows } =
    await sql<CollectionRow>`select ${collectionColumns} from register.collection where id = ${id} for update`.execute(
      tx,
    )
  return rows[0] && collectionOf(rows[0])
}

/** Those that wait, the oldest first; with the closed ones, the latest first. */
export async function findCollections(
  { tx }: Work,
  { open = true }: { open?: boolean | undefined } = {},
): Promise<Collection[]> {
  const { rows } = await sql<CollectionRow>`
    select ${collectionColumns} from register.collection where ${open ? sql`state = 'collected'` : sql`true`}
    order by state <> 'collected', case when state = 'collected' then collected_at end, collected_at desc
    limit 200`.execute(tx)
  return rows.map(collectionOf)
}

/** What the open requests for people of a birth date say of their names. */
export async function openNamesBornOn({ tx }: Work, birthDate: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select given ->> 'fullName' as name from register.collection
    where state = 'collected' and given ->> 'birthDate' = ${birthDate}`.execute(tx)
  return rows.map(({ name }) => name)
}

export async function countOpenCollections({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from register.collection where state = 'collected'`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function findOpenRenewal({ tx }: Work, personId: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('register.collection')
    .select('id')
    .where('person_id', '=', personId)
    .where('state', '=', 'collected')
    .executeTakeFirst()
  return row !== undefined
}

export async function setCollectionDecided(
  { tx, now, today, by }: Work,
  { id, personId }: Collection,
  state: CollectionState,
  reason?: string,
): Promise<void> {
  await tx
    .updateTable('register.collection')
    .set({ state, decided_by: by.id, decided_at: now, decided_on: today, ...(reason && { reason }) })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()
}

export async function setHandedUp({ tx, now, by }: Work, { id, personId }: Collection): Promise<void> {
  await tx
    .updateTable('register.collection')
    .set({ handed_up_at: now, handed_up_by: by.id })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()
}

/** The centre gave it back: it is with whoever collected it. */
export async function setReturned(
  { tx, today }: Work,
  { id, personId }: Collection,
  { code, note }: { readonly code: string; readonly note: string },
): Promise<void> {
  await tx
    .updateTable('register.collection')
    .set({
      handed_up_at: null,
      handed_up_by: null,
      returned_on: today,
      returned_code: code,
      returned_note: note,
    })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()
}

/** What was given back is mended, and goes to a second officer again. */
export async function setMended({ tx }: Work, { id, personId, given, papers, reason }: Collection): Promise<void> {
  await tx
    .updateTable('register.collection')
    .set({
      given: JSON.stringify(given ?? {}),
      papers,
      reason: reason ?? null,
      returned_on: null,
      returned_code: null,
      returned_note: null,
    })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()
}

/** The ids of persons of any unit who have this name, marks aside, and this birth date. */
export async function findNamesakes({ tx }: Work, ascii: string, { y, m, d }: PartialDay): Promise<string[]> {
  const { rows } = await sql<{ person_id: PersonId }>`
    select person_id
    from register.alike(${ascii}, ${y}::smallint, ${m ?? null}::smallint, ${d ?? null}::smallint) as person_id`.execute(
    tx,
  )
  return rows.map(({ person_id }) => person_id)
}

/** The unit is written first: row security lets a work write only persons whose unit it sees. */
export async function insertPerson(
  work: Work,
  id: PersonId,
  given: CollectedPerson,
  name: FoldedName,
  { y, m, d }: PartialDay,
): Promise<void> {
  const { tx, now } = work
  await tx
    .insertInto('register.person_scope')
    .values({ person_id: id, unit_id: given.residenceUnitId, sort_key: name.sort })
    .execute()
  await tx
    .insertInto('register.person')
    .values({
      person_id: id,
      full_name: name.name,
      name_tone: name.tone,
      name_ascii: name.ascii,
      family_ascii: name.family,
      given_ascii: name.given,
      sort_key: name.sort,
      birth_y: y,
      birth_m: m ?? null,
      birth_d: d ?? null,
      sex: given.sex,
      birth_registration_code: given.birthRegistrationCode,
      ethnicity: given.ethnicity ?? null,
      religion: given.religion ?? null,
      nationality: given.nationality ?? null,
      hometown: given.hometown ?? null,
      life_status: 'alive',
      origin: 'established',
      entered_at: now,
      changed_at: now,
    })
    .execute()
  await tx
    .insertInto('register.residence')
    .values({
      person_id: id,
      id: newId<'residence'>(now),
      kind: given.residenceKind,
      unit_id: given.residenceUnitId,
      address: given.residenceAddress ?? null,
      from_on: work.today,
    })
    .execute()
}

export type CollectedParent = {
  readonly relation: 'father' | 'mother'
  readonly name: FoldedName | undefined
  readonly number: string | undefined
}

/** The parent is looked up by number among the persons of all units. */
export async function insertParent(
  { tx }: Work,
  id: PersonId,
  { relation, name, number }: CollectedParent,
  birthYear: number,
): Promise<void> {
  await sql`
    insert into register.kinship
      (person_id, relation, related_person_id, name, name_ascii, number, related_birth_y, person_birth_y)
    select ${id}, ${relation}, l.person_id, coalesce(${name?.name ?? null}, l.full_name), ${name?.ascii ?? null},
      ${number ?? null}, l.birth_y, ${birthYear}
    from (select) as one left join register.look_up(${number ?? ''}) l on true`.execute(tx)
}

/** What a new number is made from. */
export async function numberParts({ tx }: Work, id: PersonId) {
  return tx
    .selectFrom('register.person')
    .select(['birth_registration_code', 'birth_y', 'sex'])
    .where('person_id', '=', id)
    .executeTakeFirst()
}
