import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'

/** The columns of the stream, in the order in which link-row.ts reads them. */
export const streamedColumns = [
  'person_id',
  'birth_y',
  'birth_m',
  'birth_d',
  'father_y',
  'mother_y',
  'sex',
  'life_status',
  'household_id',
  'permanent_unit_id',
  'unit_ids',
  'number',
  'cancelled',
  'old_number',
  'phone',
  'full_name',
  'father_name',
  'mother_name',
] as const

/** The statement of COPY; years are whole numbers of ours, so that they may stand in its text. */
export function copyStatement({
  bornFrom,
  bornTo,
}: {
  readonly bornFrom?: number | undefined
  readonly bornTo?: number | undefined
}): string {
  const year = (value: number | undefined, otherwise: number) => Math.trunc(value ?? otherwise)
  const born =
    bornFrom === undefined && bornTo === undefined
      ? ''
      : ` where birth_y between ${year(bornFrom, 0)} and ${year(bornTo, 9999)}`
  return `select ${streamedColumns.join(', ')} from register.link_record${born}`
}

/**
 * This server, and the oldest transaction that is still open: whatever changed in an earlier one is seen or was given
 * up.
 */
export async function oldestOpenTransaction({ tx }: Work): Promise<{ server: string; settled: string }> {
  const { rows } = await sql<{ server: string; settled: string }>`
    select system_identifier::text as server, pg_snapshot_xmin(pg_current_snapshot())::text as settled
    from pg_control_system()`.execute(tx)
  return rows[0] ?? { server: '', settled: '0' }
}

export type ChangedRow = { readonly person_id: PersonId; readonly changed_in: string; readonly settled: boolean }

/** Persons who changed after a place in the order of changes; `settled` where no open work can still come before. */
export async function findChangedAfter(
  { tx }: Work,
  { changedIn, personId }: { readonly changedIn: string; readonly personId: PersonId },
  limit: number,
): Promise<ChangedRow[]> {
  const { rows } = await sql<ChangedRow>`
    select person_id, changed_in::text, changed_in < pg_snapshot_xmin(pg_current_snapshot()) as settled
    from register.link_record
    where (changed_in, person_id) > (${changedIn}::xid8, ${personId}::uuid) order by changed_in, person_id
    limit ${limit}`.execute(tx)
  return rows
}
