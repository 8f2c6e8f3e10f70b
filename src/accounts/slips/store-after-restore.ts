import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

type Slip = { readonly id: string; readonly personId: Id<'person'> }

/** Ends slips that are still out. Gives those, and which are known at all. */
export async function endSlips(
  { tx, now }: Work,
  ids: readonly string[],
): Promise<{ readonly ended: readonly Slip[]; readonly known: ReadonlySet<string> }> {
  const { rows: known } = await sql<{ id: string }>`
    select id from accounts.slip where id = any (${ids}::uuid[])`.execute(tx)
  const { rows: ended } = await sql<Slip>`
    update accounts.slip set ended_at = ${now}, why = 'printed-anew'
    where id = any (${ids}::uuid[]) and used_at is null and ended_at is null
    returning id, person_id as "personId"`.execute(tx)
  return { ended, known: new Set(known.map(({ id }) => id)) }
}
