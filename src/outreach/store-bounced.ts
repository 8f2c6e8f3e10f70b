import { sql } from 'kysely'
import { deletedAtOnce } from '../platform/jobs/law.ts'
import type { Work } from '../platform/work.ts'

/** Addresses that received nothing, each by a key that does not name it. */

export async function insertBounced({ tx, now }: Work, keys: readonly Buffer[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    insert into outreach.bounced_address (key, since)
    select key, ${now} from (select distinct key from unnest(${[...keys]}::bytea[]) as k (key)) asked order by key
    on conflict (key) do update set since = excluded.since`.execute(tx)
}

export async function deleteBounced({ tx }: Work, keys: readonly Buffer[]): Promise<void> {
  if (keys.length === 0) return
  await sql`delete from outreach.bounced_address where key = any (${[...keys]}::bytea[])`.execute(tx)
}

/** So many at most: the next minute's look takes the rest. */
export async function deleteBouncedBefore({ tx }: Work, before: Date): Promise<void> {
  await sql`
    delete from outreach.bounced_address where ctid = any (array(
      select ctid from outreach.bounced_address where since < ${before} limit ${deletedAtOnce}))`.execute(tx)
}

/** Those of some keys that are marked since a moment, in hexadecimal. */
export async function findBounced({ tx }: Work, keys: readonly Buffer[], since: Date): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const { rows } = await sql<{ key: Buffer }>`
    select key from outreach.bounced_address
    where key = any (${[...keys]}::bytea[]) and since >= ${since}`.execute(tx)
  return new Set(rows.map(({ key }) => key.toString('hex')))
}
