import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import type { Guardianship, GuardianshipEnd, GuardianshipId } from './guardianship.ts'

const columns = sql.raw(`id, person_id as "personId", guardian_id as "guardianId", ground, relation,
  paper_kind as "paperKind", paper, paper_on as "paperOn", from_on as "from", to_on as "to",
  recorded_by as "recordedBy", recorded_at as "recordedAt", accepted_by as "acceptedBy", ended_on as "endedOn",
  ended_reason as "endedReason"`)

export async function insertGuardianship({ tx, by, now }: Work, one: Guardianship): Promise<void> {
  await sql`
    insert into register.guardianship (person_id, id, guardian_id, ground, relation, paper_kind, paper, paper_on,
      from_on, to_on, recorded_by, recorded_at)
    values (${one.personId}, ${one.id}, ${one.guardianId}, ${one.ground}, ${one.relation}, ${one.paperKind},
      ${one.paper}, ${one.paperOn}, ${one.from}, ${one.to ?? null}, ${by.id}, ${now})`.execute(tx)
}

export async function findGuardianships({ tx }: Work, personId: PersonId): Promise<Guardianship[]> {
  const { rows } = await sql<Guardianship>`
    select ${columns} from register.guardianship where person_id = ${personId} order by from_on desc, id`.execute(tx)
  return rows.map(withoutNulls) as Guardianship[]
}

export async function holdGuardianship({ tx }: Work, id: GuardianshipId): Promise<Guardianship | undefined> {
  const { rows } = await sql<Guardianship>`
    select ${columns} from register.guardianship where id = ${id} for update`.execute(tx)
  return rows.map(withoutNulls)[0] as Guardianship | undefined
}

/** Who acts for somebody on a day. */
export async function findGuardianId({ tx }: Work, personId: PersonId, day: Day): Promise<PersonId | undefined> {
  const { rows } = await sql<{ guardian_id: PersonId }>`
    select guardian_id from register.published_guardianship
    where person_id = ${personId} and from_on <= ${day} and (to_on is null or to_on >= ${day})`.execute(tx)
  return rows[0]?.guardian_id
}

export async function setAccepted({ tx, by, now }: Work, { personId, id }: Guardianship): Promise<void> {
  await sql`update register.guardianship set accepted_by = ${by.id}, accepted_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export async function setGuardianshipEnd(
  { tx }: Work,
  { personId, id }: Guardianship,
  on: Day,
  reason: GuardianshipEnd,
): Promise<void> {
  await sql`update register.guardianship set ended_on = ${on}, ended_reason = ${reason}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** Those in which somebody is ward or guardian and that did not end. */
export async function findOpenOf({ tx }: Work, personId: PersonId): Promise<GuardianshipId[]> {
  const { rows } = await sql<{ id: GuardianshipId }>`
    select id from register.guardianship
    where ended_on is null and (person_id = ${personId} or guardian_id = ${personId}) order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function findOver({ tx, today }: Work): Promise<GuardianshipId[]> {
  const { rows } = await sql<{ id: GuardianshipId }>`
    select id from register.guardianship where ended_on is null and to_on < ${today} order by id`.execute(tx)
  return rows.map(({ id }) => id)
}
