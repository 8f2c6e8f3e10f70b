import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

/** Somebody began or ended to follow the account of a channel, or their phone is known now. */
type Follow = {
  /** SHA-256 of what the channel calls them. */
  readonly follower: Buffer
  readonly phone?: string | undefined
  readonly follows?: boolean | undefined
  readonly at: Date
}

/** Keeps who follows the account of a channel. An event that comes late, or twice, changes nothing that is newer. */
export async function keepFollowers({ tx }: Work, channel: string, changes: readonly Follow[]): Promise<void> {
  for (const { follower, phone, follows, at } of changes)
    await sql`
      insert into outreach.follower as known (channel, follower, phone, follows, changed_at)
      values (${channel}, ${follower}, ${phone ?? null}, ${follows ?? null}, ${at})
      on conflict (channel, follower) do update set
        phone = coalesce(excluded.phone, known.phone),
        follows = case when excluded.follows is not null
                        and (known.follows is null or excluded.changed_at >= known.changed_at)
                  then excluded.follows else known.follows end,
        changed_at = case when excluded.follows is null then known.changed_at
                     else greatest(known.changed_at, excluded.changed_at) end`.execute(tx)
}

/** Phones, of some, whose owners have left the account of a channel, and nobody else of that phone follows it. */
export async function findUnfollowed({ tx }: Work, channel: string, phones: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ phone: string }>`
    select phone from outreach.follower
    where channel = ${channel} and phone = any (${[...phones]}::text[])
    group by phone having bool_or(follows) is false`.execute(tx)
  return new Set(rows.map(({ phone }) => phone))
}
