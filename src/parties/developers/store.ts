import { sql } from 'kysely'
import { runSimpleQuery } from '../../platform/db.ts'
import { type Id, isId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { developerIdleMinutes, linksAsked } from '../law.ts'

export type EngineerId = Id<'engineer'>

/**
 * Shows the tables of the sign-in to some steps of a work; row-level security hides them otherwise. A literal, as in
 * platform/work.ts.
 */
export async function inDeveloperSignIn<T>({ tx }: Work, step: () => Promise<T>): Promise<T> {
  await sql`set local dinhdanh.engineer_signing_in = 'yes'`.execute(tx)
  const result = await step()
  await sql`set local dinhdanh.engineer_signing_in = ''`.execute(tx)
  return result
}

/** From here on the work only sees this engineer's parties. */
export async function setActingEngineer({ tx }: Work, engineerId: EngineerId): Promise<void> {
  if (!isId(engineerId)) throw new RangeError('an engineer is named by a UUID')
  await runSimpleQuery(tx, `set local dinhdanh.engineer = '${engineerId}'`)
}

export type NewLink = {
  readonly tokenHash: Buffer
  readonly email: string
  readonly deviceHash: Buffer
  readonly addressHash: Buffer
  readonly endsAt: Date
}

/** Two simultaneous requests for one email or network address wait for each other, so that both are counted. */
export async function holdLinks({ tx }: Work, email: string, addressHash: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('parties link ' || key, 0))
    from unnest(${[addressHash.toString('hex'), email]}::text[]) as key`.execute(tx)
}

/** How many links were requested lately, to an email address and from a network address. */
export async function countLinks(
  { tx, now }: Work,
  email: string,
  addressHash: Buffer,
  minutes: number,
): Promise<{ to: number; from: number }> {
  const { rows } = await sql<{ to: number; from: number }>`
    select count(*) filter (where email = ${email}) as "to",
      count(*) filter (where address_hash = ${addressHash}) as "from"
    from parties.sign_in_link
    where made_at > ${now}::timestamptz - make_interval(mins => ${minutes})
      and (email = ${email} or address_hash = ${addressHash})`.execute(tx)
  return rows[0] ?? { to: 0, from: 0 }
}

export async function insertLink(
  { tx, now }: Work,
  { tokenHash, email, deviceHash, addressHash, endsAt }: NewLink,
): Promise<void> {
  await sql`
    insert into parties.sign_in_link (token_hash, email, device_hash, address_hash, made_at, ends_at)
    values (${tokenHash}, ${email}, ${deviceHash}, ${addressHash}, ${now}, ${endsAt})`.execute(tx)
}

/** Spends a link. Gives its email address, or undefined if it was used, has expired, or belongs to another browser. */
export async function spendLink({ tx, now }: Work, tokenHash: Buffer, deviceHash: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ email: string }>`
    update parties.sign_in_link set used_at = ${now}
    where token_hash = ${tokenHash} and device_hash = ${deviceHash} and used_at is null and ends_at > ${now}
    returning email`.execute(tx)
  return rows[0]?.email
}

export async function findOpenLink({ tx, now }: Work, tokenHash: Buffer, deviceHash: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select from parties.sign_in_link
    where token_hash = ${tokenHash} and device_hash = ${deviceHash} and used_at is null and ends_at > ${now}`.execute(
    tx,
  )
  return rows.length > 0
}

/** The engineer with an email address, added if unknown. */
export async function findOrAddEngineer({ tx, now }: Work, email: string, newId: EngineerId): Promise<EngineerId> {
  await sql`insert into parties.engineer (id, email, added_at) values (${newId}, ${email}, ${now})
    on conflict (email) do nothing`.execute(tx)
  const { rows } = await sql<{ id: EngineerId }>`select id from parties.engineer where email = ${email}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('an engineer who was entered is there')
  return row.id
}

/** An engineer who reads a party's contact address becomes its member. */
export async function addMemberByContact({ tx, now }: Work, engineerId: EngineerId, email: string): Promise<void> {
  await sql`
    insert into parties.member (party_id, engineer_id, added_at)
    select id, ${engineerId}, ${now} from parties.party where contact_email = ${email} on conflict do nothing`.execute(
    tx,
  )
}

export async function insertSession(
  { tx, now }: Work,
  id: Id<'engineer-session'>,
  tokenHash: Buffer,
  engineerId: EngineerId,
  endsAt: Date,
): Promise<void> {
  await sql`
    insert into parties.engineer_session (id, token_hash, engineer_id, began_at, seen_at, ends_at)
    values (${id}, ${tokenHash}, ${engineerId}, ${now}, ${now}, ${endsAt})`.execute(tx)
}

export type EngineerSession = {
  readonly id: Id<'engineer-session'>
  readonly engineerId: EngineerId
  readonly email: string
}

export type LiveEngineerSession = EngineerSession & { readonly seenAt: Date }

/** The session of a token that has not ended and was used lately enough. */
export async function findSessionByToken(work: Work, tokenHash: Buffer): Promise<LiveEngineerSession | undefined> {
  const { tx, now, today } = work
  const idleMinutes = ruleOn(developerIdleMinutes, today, work)
  const { rows } = await sql<LiveEngineerSession>`
    select s.id, s.engineer_id as "engineerId", e.email, s.seen_at as "seenAt"
    from parties.engineer_session s join parties.engineer e on e.id = s.engineer_id
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.ends_at > ${now}
      and s.seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})`.execute(tx)
  return rows[0]
}

export async function updateSeenAt({ tx, now }: Work, id: Id<'engineer-session'>): Promise<void> {
  await sql`update parties.engineer_session set seen_at = ${now} where id = ${id}`.execute(tx)
}

export async function endSession({ tx, now }: Work, id: Id<'engineer-session'>): Promise<void> {
  await sql`update parties.engineer_session set ended_at = ${now} where id = ${id} and ended_at is null`.execute(tx)
}

/** Deletes expired links that the hourly counts do not need, so many at most. Gives how many. */
export async function forgetLinks(work: Work, most: number): Promise<number> {
  const { tx, now, today } = work
  const { keptHours } = ruleOn(linksAsked, today, work)
  const { numAffectedRows } = await sql`
    delete from parties.sign_in_link where ctid = any (array(
      select ctid from parties.sign_in_link
      where made_at < ${now}::timestamptz - make_interval(hours => ${keptHours}) limit ${most}))`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

const endedBefore = (before: Date) => sql`least(coalesce(ended_at, ends_at), ends_at) < ${before}`

export async function countSessionsEnded({ tx }: Work, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from parties.engineer_session where ${endedBefore(before)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Removes sessions that ended before a moment, so many at most. Gives how many. */
export async function deleteSessionsEnded({ tx }: Work, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from parties.engineer_session where (id) in (
      select id from parties.engineer_session where ${endedBefore(before)}
      limit ${limit} for update skip locked)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
