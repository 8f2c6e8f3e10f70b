import { sql } from 'kysely'
import { type Day, dayAt } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'

/** Envelopes as the installation keeps them: of ours the text too, so that each sending is the same. */

export type EnvelopeRow = {
  readonly id: string
  readonly kind: string
  readonly seq: number
  readonly hash: string
  /** When its sender made it. */
  readonly at: Date
  readonly centreId: string
  readonly re?: string | undefined
}

/** The number and hash of our last envelope, held: the next one names them. */
export async function holdPlace({ tx }: Work): Promise<{ readonly seq: number; readonly hash: string | null }> {
  const { rows } = await sql<{ seq: string; hash: string | null }>`
    select seq, hash from exchange.place where direction = 'out' for update`.execute(tx)
  return { seq: Number(rows[0]?.seq ?? 0), hash: rows[0]?.hash ?? null }
}

export async function insertOutgoing({ tx, now }: Work, row: EnvelopeRow, text: string): Promise<void> {
  const { id, kind, seq, hash, at, centreId, re } = row
  await sql`
    insert into exchange.envelope (id, direction, centre_id, kind, seq, hash, made_at, made_on, came_at, re_id, next_at)
    values (${id}, 'out', ${centreId}, ${kind}, ${seq}, ${hash}, ${at}, ${dayAt(at)}, ${now}, ${re ?? null},
      ${now})`.execute(tx)
  await sql`insert into exchange.envelope_text (envelope_id, text) values (${id}, ${text})`.execute(tx)
  await sql`update exchange.place set seq = ${seq}, hash = ${hash} where direction = 'out'`.execute(tx)
}

/** False where an envelope of this id is here already. */
export async function insertIncoming({ tx, now }: Work, row: EnvelopeRow): Promise<boolean> {
  const { id, kind, seq, hash, at, centreId, re } = row
  const { rows } = await sql`
    insert into exchange.envelope (id, direction, centre_id, kind, seq, hash, made_at, made_on, came_at, re_id, owes)
    values (${id}, 'in', ${centreId}, ${kind}, ${seq}, ${hash}, ${at}, ${dayAt(at)}, ${now}, ${re ?? null}, true)
    on conflict (id) do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function findEnvelope(
  { tx }: Work,
  id: string,
): Promise<{ readonly direction: 'out' | 'in'; readonly hash: string; readonly kind: string } | undefined> {
  const { rows } = await sql<{ direction: 'out' | 'in'; hash: string; kind: string }>`
    select direction, hash, kind from exchange.envelope where id = ${id}`.execute(tx)
  return rows[0]
}

/** An envelope that came again: its sender was not told, or did not hear, that it is here. */
export async function oweAgain({ tx }: Work, id: string): Promise<void> {
  await sql`update exchange.envelope set owes = true where id = ${id} and direction = 'in'`.execute(tx)
}

type Owed = { readonly id: string; readonly hash: string }

/** Envelopes that came, be it into quarantine, and of which the centre is still to be told. */
export async function findOwed({ tx }: Work, limit: number): Promise<Owed[]> {
  const { rows } = await sql<Owed>`
    select id, hash from exchange.envelope where owes
    union all select envelope_id, hash from exchange.quarantined where owes
    order by id limit ${limit}`.execute(tx)
  return rows
}

export async function setToldOf({ tx }: Work, ids: readonly string[]): Promise<void> {
  await sql`update exchange.envelope set owes = false where id = any (${[...ids]}::uuid[]) and owes`.execute(tx)
  await sql`
    update exchange.quarantined set owes = false where envelope_id = any (${[...ids]}::uuid[]) and owes`.execute(tx)
}

type OutgoingText = { readonly id: string; readonly text: string; readonly tries: number }

/**
 * Our envelopes that nobody acknowledged, of so many bytes together at most, and one at least: those that are due; or
 * for a file all of them, those first that left least often, so that one file after another bears what the last had no
 * room for.
 */
export async function findUnacknowledged(
  { tx, now }: Work,
  { due, limit, bytes }: { readonly due: boolean; readonly limit: number; readonly bytes: number },
): Promise<OutgoingText[]> {
  const { rows } = await sql<OutgoingText>`
    with leaving as (
      select e.id, e.tries, e.seq, octet_length(t.text) as bytes
      from exchange.envelope e join exchange.envelope_text t on t.envelope_id = e.id
      where e.direction = 'out' and e.acknowledged_at is null ${due ? sql`and e.next_at <= ${now}` : sql``}
      order by ${due ? sql`e.seq` : sql`e.tries, e.seq`} limit ${limit}
    ), counted as (
      select id, tries, seq, sum(bytes) over (order by ${due ? sql`seq` : sql`tries, seq`}) - bytes as before
      from leaving
    )
    select c.id, t.text, c.tries from counted c join exchange.envelope_text t on t.envelope_id = c.id
    where c.before = 0 or c.before + octet_length(t.text) <= ${bytes} order by c.seq`.execute(tx)
  return rows
}

/** The envelopes that bear the pieces of a question, in their order. */
export async function findPieceEnvelopes({ tx }: Work, questionId: string): Promise<Owed[]> {
  const { rows } = await sql<Owed>`
    select id, hash from exchange.envelope where direction = 'out' and re_id = ${questionId} order by seq`.execute(tx)
  return rows
}

/** What the pieces of a question said goes, once it is answered: hashes stay, to compare days by. */
export async function deletePieceTexts({ tx }: Work, questionId: string): Promise<void> {
  await sql`
    delete from exchange.envelope_text t using exchange.envelope e
    where e.id = t.envelope_id and e.direction = 'out' and e.re_id = ${questionId}`.execute(tx)
}

/** Our last envelope to a centre that announced a key. */
export async function findLastAnnouncement(
  { tx }: Work,
  centreId: string,
): Promise<{ readonly text: string; readonly acknowledgedAt: Date | null } | undefined> {
  const { rows } = await sql<{ text: string; acknowledgedAt: Date | null }>`
    select t.text, e.acknowledged_at as "acknowledgedAt"
    from exchange.envelope e join exchange.envelope_text t on t.envelope_id = e.id
    where e.direction = 'out' and e.kind = 'key.rotation' and e.centre_id = ${centreId}
    order by e.seq desc limit 1`.execute(tx)
  return rows[0]
}

/** They left now, and leave again after a while that doubles each time. */
export async function setLeft(
  { tx, now }: Work,
  ids: readonly string[],
  { first, most }: { readonly first: number; readonly most: number },
): Promise<void> {
  await sql`
    update exchange.envelope set sent_at = ${now}, tries = tries + 1,
      next_at = ${now}::timestamptz
        + make_interval(mins => least(${first} * power(2, least(tries, 20))::integer, ${most}))
    where id = any (${[...ids]}::uuid[]) and acknowledged_at is null`.execute(tx)
}

/**
 * Envelopes that were written or sent at a moment at which the clock was ahead by more than so many seconds leave at
 * once; the centre takes each in once. Gives how many they are.
 */
export async function bringBackEnvelopes({ tx, now }: Work, aheadSeconds: number): Promise<number> {
  const { rows } = await sql`
    update exchange.envelope set next_at = ${now}
    where direction = 'out' and acknowledged_at is null and next_at > ${now}
      and coalesce(sent_at, came_at) > ${now}::timestamptz + make_interval(secs => ${aheadSeconds})
    returning id`.execute(tx)
  return rows.length
}

/** Those of ours that the centre has; another hash than ours acknowledges nothing. Gives which they are. */
export async function setAcknowledged({ tx, now }: Work, told: readonly Owed[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update exchange.envelope e set acknowledged_at = ${now}, next_at = null
    from unnest(${told.map(({ id }) => id)}::uuid[], ${told.map(({ hash }) => hash)}::text[]) as told (id, hash)
    where e.id = told.id and e.hash = told.hash and e.direction = 'out' and e.acknowledged_at is null
    returning e.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Those of ours that the centre has not after all: they leave again at once. */
export async function sendAgain({ tx, now }: Work, ids: readonly string[]): Promise<number> {
  const { rows } = await sql`
    update exchange.envelope set acknowledged_at = null, next_at = ${now}, tries = 0
    where id = any (${[...ids]}::uuid[]) and direction = 'out' returning id`.execute(tx)
  return rows.length
}

/** The envelopes of a day, but for the lists of days themselves. */
export async function envelopesOfDay({ tx }: Work, direction: 'out' | 'in', day: Day): Promise<Owed[]> {
  const { rows } = await sql<Owed>`
    select id, hash from exchange.envelope
    where direction = ${direction} and made_on = ${day} and kind not in ('day', 'day.answer')
    ${direction === 'in' ? sql`union select envelope_id, hash from exchange.quarantined where made_on = ${day}` : sql``}
    order by id`.execute(tx)
  return rows
}

/** Numbers of the centre's envelopes below the highest that are not here: lost, or still on their way. */
export async function countHoles({ tx }: Work, centreId: string): Promise<number> {
  const { rows } = await sql<{ holes: number }>`
    select (coalesce(max(seq), 0) - count(distinct seq))::integer as holes
    from exchange.envelope where direction = 'in' and centre_id = ${centreId}`.execute(tx)
  return rows[0]?.holes ?? 0
}
