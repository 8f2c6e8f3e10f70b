import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type { Factor } from '../assurance.ts'
import { sessionLimits } from '../law.ts'
import type { Session, SessionId } from '../session.ts'

const columns = sql`
  s.id, s.person_id as "personId", s.account_id as "accountId", s.child_id as "childId", s.factors, s.browser,
  s.began_at as "beganAt", s.seen_at as "seenAt", s.ends_at as "endsAt"`

type Raw = Omit<Session, 'factors'> & {
  readonly factors: readonly { readonly kind: Factor['kind']; readonly at: string }[]
}
const read = ({ factors, ...row }: Raw): Session => ({
  ...row,
  factors: factors.map(({ kind, at }) => ({ kind, at: new Date(at) })),
})

export async function insertSession({ tx, now }: Work, row: Session & { readonly tokenHash: Buffer }): Promise<void> {
  await sql`
    insert into signin.session (person_id, id, account_id, child_id, token_hash, factors, browser, began_at, seen_at, ends_at)
    values (${row.personId}, ${row.id}, ${row.accountId}, ${row.childId}, ${row.tokenHash}, ${JSON.stringify(row.factors)}::jsonb, ${row.browser},
            ${now}, ${now}, ${row.endsAt})`.execute(tx)
}

export type Token = { readonly personId: Id<'person'>; readonly tokenHash: Buffer }

/** The sessions of some tokens, in their order, that still live, and were used lately enough. */
export async function sessionsByToken(work: Work, tokens: readonly Token[]): Promise<(Session | undefined)[]> {
  const { tx, now, today } = work
  const { idleMinutes } = ruleOn(sessionLimits, today, work)
  const { rows } = await sql<Raw & Token>`
    /* kept plan */ select ${columns}, s.token_hash as "tokenHash"
    from unnest(${tokens.map(({ personId }) => personId)}::uuid[], ${tokens.map(({ tokenHash }) => tokenHash)}::bytea[]) as shown (person_id, token_hash)
    join signin.session s on s.person_id = shown.person_id and s.token_hash = shown.token_hash
    where s.ended_at is null and s.ends_at > ${now} and s.seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})`.execute(
    tx,
  )
  return tokens.map(({ personId, tokenHash }) => {
    const found = rows.find(row => row.personId === personId && row.tokenHash.equals(tokenHash))
    if (!found) return undefined
    const { tokenHash: _secret, ...row } = found
    return read(row)
  })
}

export async function sessionsOf(work: Work, personId: Id<'person'>): Promise<Session[]> {
  const { tx, now, today } = work
  const { idleMinutes } = ruleOn(sessionLimits, today, work)
  const { rows } = await sql<Raw>`
    select ${columns} from signin.session s
    where s.person_id = ${personId} and s.ended_at is null and s.ends_at > ${now} and s.seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})
    order by s.began_at desc`.execute(tx)
  return rows.map(read)
}

export async function markSeen({ tx, now }: Work, { personId, id }: Pick<Session, 'personId' | 'id'>): Promise<void> {
  await sql`update signin.session set seen_at = ${now} where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** A session that proved more, or turned to a child, goes on under a new token. */
export async function turnSession(
  { tx }: Work,
  { personId, id, factors, childId }: Pick<Session, 'personId' | 'id' | 'factors' | 'childId'>,
  tokenHash: Buffer,
): Promise<void> {
  await sql`
    update signin.session set token_hash = ${tokenHash}, factors = ${JSON.stringify(factors)}::jsonb, child_id = ${childId}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** The child has grown out of it. */
export async function dropChild({ tx }: Work, { personId, id }: Pick<Session, 'personId' | 'id'>): Promise<void> {
  await sql`update signin.session set child_id = null where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** Ends sessions that still live: all of a person, only one, or all but one. */
export async function endSessions(
  { tx, now }: Work,
  personId: Id<'person'>,
  why: string,
  {
    only,
    except,
    childId,
  }: { readonly only?: SessionId; readonly except?: SessionId; readonly childId?: Id<'person'> } = {},
): Promise<SessionId[]> {
  const { rows } = await sql<{ id: SessionId }>`
    update signin.session set ended_at = ${now}, ended_why = ${why}
    where person_id = ${personId} and ended_at is null
      and (${only ?? null}::uuid is null or id = ${only ?? null}) and (${except ?? null}::uuid is null or id <> ${except ?? null})
      and (${childId ?? null}::uuid is null or child_id = ${childId ?? null})
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}
