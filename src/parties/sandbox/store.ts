import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

/** Marks people of the register as invented: some, or everyone. */
export async function insertSandboxPeople(
  { tx, now }: Work,
  personIds: readonly Id<'person'>[] | 'everyone',
): Promise<number> {
  const whose =
    personIds === 'everyone'
      ? sql`select person_id from register.published_birth`
      : sql`select unnest(${personIds}::uuid[])`
  const { numAffectedRows = 0n } = await sql`
    insert into parties.sandbox_person (person_id, added_at) select distinct p, ${now}::timestamptz
    from (${whose}) as s (p) on conflict do nothing`.execute(tx)
  return Number(numAffectedRows)
}

/** Which of some people are invented. */
export async function findSandboxPeople(
  { tx }: Work,
  personIds: readonly Id<'person'>[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    /* kept plan */ select id from unnest(${personIds}::uuid[]) as p (id) where parties.is_sandbox_person(id)`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

export async function findSandboxPerson({ tx }: Work, personId: Id<'person'>): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select parties.is_sandbox_person(${personId}) as known`.execute(tx)
  return rows[0]?.known ?? false
}
