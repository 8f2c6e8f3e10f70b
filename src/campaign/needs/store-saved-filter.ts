import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export type KeptFilter = {
  readonly id: string
  readonly list: 'needs' | 'people'
  readonly name: string
  readonly filter: Record<string, string>
}

/** Those of the officer at work, by name. */
export async function savedFilters({ tx, by }: Work): Promise<KeptFilter[]> {
  const { rows } = await sql<Omit<KeptFilter, 'filter'> & { filter: string }>`
    select id, list, name, filter from campaign.saved_filter where officer_id::text = ${by.id}
    order by name, id`.execute(tx)
  return rows.map(row => ({ ...row, filter: JSON.parse(row.filter) as Record<string, string> }))
}

export async function putFilter({ tx, by, now }: Work, { id, list, name, filter }: KeptFilter): Promise<void> {
  await sql`
    insert into campaign.saved_filter (id, officer_id, list, name, filter, saved_at)
    values (${id}, ${by.id}::uuid, ${list}, ${name}, ${JSON.stringify(filter)}, ${now})
    on conflict (officer_id, list, name) do update set filter = excluded.filter, saved_at = excluded.saved_at`.execute(
    tx,
  )
}

/** False where the officer has none of this id. */
export async function deleteFilter({ tx, by }: Work, id: Id<'saved-filter'>): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    delete from campaign.saved_filter where id = ${id} and officer_id::text = ${by.id} returning id`.execute(tx)
  return rows.length > 0
}
