import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

type Quarantined = {
  readonly hash: string
  readonly reason: string
  readonly via: 'line' | 'file'
  readonly bytes: number
  readonly text: string
  /** The envelope, where it is signed by the centre and meant for us. */
  readonly of?: { readonly id: string; readonly madeOn: Day } | undefined
}

/** The new entry; nothing where the same text lies there already: it is counted. */
export async function keepQuarantined(
  { tx, now }: Work,
  { hash, reason, via, bytes, text, of }: Quarantined,
): Promise<string | undefined> {
  const id = newId<'quarantined-envelope'>(now)
  const { rows } = await sql<{ id: string }>`
    insert into exchange.quarantined as q (id, hash, reason, via, came_at, bytes, envelope_id, made_on, owes)
    values (${id}, ${hash}, ${reason}, ${via}, ${now}, ${bytes}, ${of?.id ?? null}, ${of?.madeOn ?? null},
      ${of !== undefined})
    on conflict (hash) do update set came_again = q.came_again + 1, owes = excluded.owes
    returning id`.execute(tx)
  if (rows[0]?.id !== id) return undefined
  // PostgreSQL keeps no NUL in a text.
  await sql`
    insert into exchange.quarantined_text (quarantined_id, text) values (${id}, ${text.replaceAll('\0', ' ')})`.execute(
    tx,
  )
  return id
}

export async function findAskedAgain({ tx }: Work): Promise<{ readonly id: string; readonly text: string }[]> {
  const { rows } = await sql<{ id: string; text: string }>`
    select q.id, t.text from exchange.quarantined q join exchange.quarantined_text t on t.quarantined_id = q.id
    where q.again_at is not null and q.settled_at is null order by q.came_at limit 200`.execute(tx)
  return rows
}

export async function setTried({ tx, now }: Work, id: string, taken: boolean): Promise<void> {
  await sql`
    update exchange.quarantined set again_at = null, settled_at = ${taken ? now : null},
      settled_as = ${taken ? 'taken' : null}
    where id = ${id} and settled_at is null`.execute(tx)
}
