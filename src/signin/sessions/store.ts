import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type { Factor } from '../assurance.ts'
import { sessionLimits } from '../law.ts'
import type { CitizenSession, CitizenSessionId } from '../session.ts'

const sessionColumns = sql`
  s.id, s.person_id as "personId", s.account_id as "accountId", s.child_id as "childId", s.factors, s.browser,
  s.began_at as "beganAt", s.seen_at as "seenAt", s.ends_at as "endsAt"`

type SessionRow = Omit<CitizenSession, 'factors'> & {
  readonly factors: readonly { readonly kind: Factor['kind']; readonly at: string }[]
}
const sessionOfRow = ({ factors, ...row }: SessionRow): CitizenSession => ({
  ...row,
  factors: factors.map(({ kind, at }) => ({ kind, at: new Date(at) })),
})

/** As factors are kept: whether they count is asked at each use. */
const keptFactors = (factors: readonly Factor[]) => JSON.stringify(factors.map(({ kind, at }) => ({ kind, at })))

/** Gives when the account's last session began; null where this is its first. */
export async function insertSession(
  { tx, now }: Work,
  row: CitizenSession & { readonly tokenHash: Buffer },
): Promise<Date | null> {
  const { rows } = await sql<{ lastBeganAt: Date | null }>`
    insert into signin.session
      (person_id, id, account_id, child_id, token_hash, factors, browser, began_at, seen_at, ends_at)
    values (${row.personId}, ${row.id}, ${row.accountId}, ${row.childId}, ${row.tokenHash},
        ${keptFactors(row.factors)}::jsonb, ${row.browser},
            ${now}, ${now}, ${row.endsAt})
    returning (
      select began_at from signin.session
      where person_id = ${row.personId} and account_id = ${row.accountId} order by id desc limit 1
    ) as "lastBeganAt"`.execute(tx)
  return rows[0]?.lastBeganAt ?? null
}

export type SessionToken = { readonly personId: Id<'person'>; readonly tokenHash: Buffer }

/** The sessions of some tokens, in their order, that still live, and were used lately enough. */
export async function findSessionsByToken(
  work: Work,
  tokens: readonly SessionToken[],
): Promise<(CitizenSession | undefined)[]> {
  const { tx, now, today } = work
  const { idleMinutes } = ruleOn(sessionLimits, today, work)
  const { rows } = await sql<SessionRow & SessionToken>`
    /* kept plan */ select ${sessionColumns}, s.token_hash as "tokenHash"
    from unnest(${tokens.map(({ personId }) => personId)}::uuid[],
        ${tokens.map(({ tokenHash }) => tokenHash)}::bytea[]) as shown (person_id, token_hash)
    join signin.session s on s.person_id = shown.person_id and s.token_hash = shown.token_hash
    where s.ended_at is null and s.ends_at > ${now}
      and s.seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})`.execute(tx)
  return tokens.map(({ personId, tokenHash }) => {
    const found = rows.find(row => row.personId === personId && row.tokenHash.equals(tokenHash))
    if (!found) return undefined
    const { tokenHash: _secret, ...row } = found
    return sessionOfRow(row)
  })
}

export async function findSessionsOf(work: Work, personId: Id<'person'>): Promise<CitizenSession[]> {
  const { tx, now, today } = work
  const { idleMinutes } = ruleOn(sessionLimits, today, work)
  const { rows } = await sql<SessionRow>`
    select ${sessionColumns} from signin.session s
    where s.person_id = ${personId} and s.ended_at is null and s.ends_at > ${now}
      and s.seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})
    order by s.began_at desc`.execute(tx)
  return rows.map(sessionOfRow)
}

export async function updateSeenAt(
  { tx, now }: Work,
  { personId, id }: Pick<CitizenSession, 'personId' | 'id'>,
): Promise<void> {
  await sql`update signin.session set seen_at = ${now} where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** A session that proved more, or turned to a child, goes on under a new token. */
export async function updateSubject(
  { tx }: Work,
  { personId, id, factors, childId }: Pick<CitizenSession, 'personId' | 'id' | 'factors' | 'childId'>,
  tokenHash: Buffer,
): Promise<void> {
  await sql`
    update signin.session
    set token_hash = ${tokenHash}, factors = ${keptFactors(factors)}::jsonb, child_id = ${childId}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** The child has grown out of it. */
export async function setNoChild(
  { tx }: Work,
  { personId, id }: Pick<CitizenSession, 'personId' | 'id'>,
): Promise<void> {
  await sql`update signin.session set child_id = null where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** Ends sessions that still live: all of a person, only one, or all but one. */
export async function setSessionsEnded(
  { tx, now }: Work,
  personId: Id<'person'>,
  why: string,
  {
    only,
    except,
    childId,
    since,
  }: {
    readonly only?: CitizenSessionId
    readonly except?: CitizenSessionId
    readonly childId?: Id<'person'>
    readonly since?: Date
  } = {},
): Promise<CitizenSessionId[]> {
  const { rows } = await sql<{ id: CitizenSessionId }>`
    update signin.session set ended_at = ${now}, ended_why = ${why}
    where person_id = ${personId} and ended_at is null
      and (${only ?? null}::uuid is null or id = ${only ?? null})
        and (${except ?? null}::uuid is null or id <> ${except ?? null})
      and (${childId ?? null}::uuid is null or child_id = ${childId ?? null})
      and (${since ?? null}::timestamptz is null or began_at >= ${since ?? null})
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

const endedBefore = (before: Date) => sql`least(coalesce(ended_at, ends_at), ends_at) < ${before}`

export async function countSessionsEnded({ tx }: Work, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from signin.session where ${endedBefore(before)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Removes sessions that ended before a moment, so many at most. Gives how many. */
export async function deleteSessionsEnded({ tx }: Work, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from signin.session where (person_id, id) in (
      select person_id, id from signin.session where ${endedBefore(before)}
      limit ${limit} for update skip locked)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
