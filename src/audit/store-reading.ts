import { sql } from 'kysely'
import { newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'

export type ReadingRow = { readonly personId: string; readonly fields: readonly string[]; readonly requestId?: string }

/** Many readings of one work: what they have in common is sent once. */
export async function insertReadings(work: Work, batchId: string, readings: readonly ReadingRow[]): Promise<void> {
  const { tx, now, by, unitId, purpose, requestId } = work
  const fields = [...new Set(readings.map(reading => reading.fields.join(',')))]
  await sql`
    insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, unit_id, purpose, fields, request_id)
    select r.person_id, r.id, ${batchId}::uuid, ${now}::timestamptz, ${by.kind}, ${by.id}, ${unitId ?? null}::uuid, ${purpose},
           (${fields}::text[])[r.fields], coalesce(r.request_id, ${requestId ?? null})
    from unnest(${readings.map(({ personId }) => personId)}::uuid[], ${readings.map(() => newId<'access'>(now))}::uuid[],
                ${readings.map(reading => fields.indexOf(reading.fields.join(',')) + 1)}::smallint[],
                ${readings.map(reading => reading.requestId ?? null)}::text[]) as r (person_id, id, fields, request_id)`.execute(tx)
}
