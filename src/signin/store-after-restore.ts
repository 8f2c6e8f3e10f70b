import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

export async function endEverySession({ tx, now }: Work): Promise<number> {
  const { numAffectedRows } = await sql`
    update signin.session set ended_at = ${now}, ended_why = 'restored'
    where ended_at is null and ends_at > ${now}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function deleteEveryArtifact({ tx }: Work): Promise<number> {
  const { numAffectedRows } = await sql`delete from signin.artifact`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Whose some consents are. */
export async function findConsentHolders({ tx }: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; personId: string }>`
    select id, person_id as "personId" from signin.consent where id = any (${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, personId }) => [id, personId]))
}
