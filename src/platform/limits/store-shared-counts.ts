import { sql } from 'kysely'
import type { Work } from '../work.ts'
import { sharedCounts } from './law.ts'
import type { CountNews } from './minute-counts.ts'

/** All by the clock of the database, which is one for all processes. */

const isSilent = sql`seen_at < clock_timestamp() - make_interval(secs => ${sharedCounts.silentSeconds})`

/** Says that a process serves, and where; removes those that are silent. Gives how many others serve. */
export async function noteServerProcess({ tx }: Work, id: string, place: string): Promise<number> {
  await sql`insert into platform.server_process (id, place, began_at, seen_at)
    values (${id}, ${place}, clock_timestamp(), clock_timestamp())
    on conflict (id) do update set seen_at = excluded.seen_at`.execute(tx)
  await sql`delete from platform.server_process where ${isSilent}`.execute(tx)
  return (await serverProcesses({ tx })).filter(one => one.id !== id).length
}

export type ServerProcess = { readonly id: string; readonly place: string; readonly beganAt: Date }

/** The processes that serve now, the longest first. */
export async function serverProcesses({ tx }: Pick<Work, 'tx'>): Promise<ServerProcess[]> {
  const { rows } = await sql<ServerProcess>`
    select id, place, began_at as "beganAt" from platform.server_process where not (${isSilent})
    order by began_at, id`.execute(tx)
  return rows
}

/** A process that ends in order is counted no more. */
export const forgetServerProcess = ({ tx }: Work, id: string) =>
  sql`with counts as (delete from platform.minute_count where process_id = ${id})
    delete from platform.server_process where id = ${id}`.execute(tx)

/** Tells the others what a process counted. Gives what the others have counted together. */
export async function exchangeCounts({ tx }: Work, id: string, news: readonly CountNews[]): Promise<CountNews[]> {
  if (news.length > 0)
    await sql`insert into platform.minute_count (name, process_id, count, until)
      select n.name, ${id}, n.count, clock_timestamp() + make_interval(secs => n.milliseconds / 1000)
      from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as n (name text, count integer, milliseconds float8)
      on conflict (name, process_id) do update set count = excluded.count, until = excluded.until`.execute(tx)
  await sql`delete from platform.minute_count where (name, process_id) in (
    select name, process_id from platform.minute_count where until < clock_timestamp() for update skip locked)`.execute(
    tx,
  )
  const { rows } = await sql<CountNews>`
    select name, sum(count)::integer as count,
      (extract(epoch from max(until) - clock_timestamp()) * 1000)::float8 as milliseconds
    from platform.minute_count where process_id <> ${id} and until > clock_timestamp() group by name`.execute(tx)
  return rows
}
