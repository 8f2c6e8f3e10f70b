import { sql } from 'kysely'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'

export type ReadingRow = {
  readonly personId: Id<'person'>
  readonly fields: readonly string[]
  readonly requestId?: string
}

/** Many readings of one work: what they have in common is sent once. */
export async function insertReadings(work: Work, batchId: string, readings: readonly ReadingRow[]): Promise<void> {
  const { tx, now, by, unitId, purpose, requestId } = work
  const fields = [...new Set(readings.map(reading => reading.fields.join(',')))]
  await sql`
    /* kept plan */
    select audit.note_readings(${batchId}::uuid, ${now}, ${by.kind}, ${by.id}, ${unitId ?? null}::uuid, ${purpose},
                               ${readings.map(({ personId }) => personId)}::uuid[],
                                 ${readings.map(() => newId<'access'>(now))}::uuid[], ${fields}::text[],
                               ${readings.map(reading => fields.indexOf(reading.fields.join(',')) + 1)}::smallint[],
                               ${readings.map(reading => reading.requestId ?? requestId ?? null)}::text[])`.execute(tx)
}
