import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { Application } from './store-application.ts'

export type ApplicationFinding = {
  readonly kind:
    | 'data'
    | 'duplicate'
    | 'portrait'
    | 'fingerprints'
    | 'iris'
    | 'signature'
    | 'clock'
    | 'face-match'
    | 'face-duplicate'
    | 'biometric-duplicate'
  readonly verdict: 'good' | 'doubtful' | 'bad' | 'not-done'
  readonly facts: Readonly<Record<string, unknown>>
  readonly decidedBy?: string | null | undefined
  readonly note?: string | null | undefined
}

/** Replaces findings of the same kind, and an officer's note on them. */
export async function writeFindings(
  { tx, now }: Work,
  { personId, id }: Application,
  findings: readonly ApplicationFinding[],
): Promise<void> {
  await sql`
    insert into enrolment.finding (person_id, application_id, kind, verdict, facts, at)
    select ${personId}::uuid, ${id}::uuid, kind, verdict, facts::jsonb, ${now}::timestamptz
    from unnest(${findings.map(({ kind }) => kind)}::text[], ${findings.map(({ verdict }) => verdict)}::text[],
        ${findings.map(({ facts }) => JSON.stringify(facts))}::text[])
         as f (kind, verdict, facts)
    on conflict (person_id, application_id, kind) do update
      set verdict = excluded.verdict, facts = excluded.facts, at = excluded.at, decided_by = null, decided_at = null,
        note = null`.execute(tx)
}

/** In the order in which officers see them. */
export async function findFindings(
  { tx }: Work,
  { personId, id }: Pick<Application, 'personId' | 'id'>,
): Promise<ApplicationFinding[]> {
  const { rows } = await sql<ApplicationFinding>`
    select kind, verdict, facts, decided_by as "decidedBy", note from enrolment.finding
    where person_id = ${personId} and application_id = ${id}
    order by array_position(array['data', 'duplicate', 'portrait', 'fingerprints', 'iris', 'signature', 'clock',
      'face-match', 'face-duplicate', 'biometric-duplicate'],
        kind)`.execute(tx)
  return rows
}

export async function setFindingResolved(
  { tx, now, by }: Work,
  { personId, id }: Application,
  kind: string,
  note: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update enrolment.finding set decided_by = ${by.id}, decided_at = ${now}, note = ${note}
    where person_id = ${personId} and application_id = ${id} and kind = ${kind}`.execute(tx)
  return numAffectedRows === 1n
}
