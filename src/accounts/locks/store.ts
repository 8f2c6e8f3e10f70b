import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'
import type { LockReason } from '../lock.ts'

type AccountKey = Pick<Account, 'id' | 'personId'>

export type Lock = {
  readonly id: string
  readonly reason: LockReason
  readonly note: string | null
  readonly demandId: string | null
  /** The agency of the demand, if one demanded it. */
  readonly agency: string | null
  readonly at: Date
  readonly onDay: Day
  readonly byKind: string
  readonly byId: string
  readonly endedAt: Date | null
  readonly endedBy: string | null
  readonly endedFor: 'asked' | 'new-card' | 'extract' | 'cancelled' | null
}

const lockColumns = sql.raw(`id, reason, note, demand_id as "demandId",
  (select d.agency from accounts.demand d where d.person_id = l.person_id and d.id = l.demand_id) as agency, at,
    on_day as "onDay", by_kind as "byKind", by_id as "byId", ended_at as "endedAt", ended_by as "endedBy",
  ended_for as "endedFor"`)

/** All locks of an account, ended ones too, the latest first. */
export async function findLocks({ tx }: Work, { id, personId }: AccountKey): Promise<Lock[]> {
  const { rows } = await sql<Lock>`
    select ${lockColumns} from accounts.lock l where person_id = ${personId} and account_id = ${id}
    order by id desc`.execute(tx)
  return rows
}

export async function findOpenLocks({ tx }: Work, { id, personId }: AccountKey): Promise<Lock[]> {
  const { rows } = await sql<Lock>`
    select ${lockColumns} from accounts.lock l where person_id = ${personId} and account_id = ${id} and ended_at is null
    order by id`.execute(tx)
  return rows
}

export async function insertLock(
  { tx, now, today, by }: Work,
  { id, personId }: AccountKey,
  {
    reason,
    note,
    demandId,
  }: { readonly reason: LockReason; readonly note?: string | undefined; readonly demandId?: string | undefined },
): Promise<void> {
  await sql`
    insert into accounts.lock (person_id, id, account_id, reason, note, demand_id, at, on_day, by_kind, by_id)
    values (${personId}, ${newId<'lock'>(now)}, ${id}, ${reason}, ${note ?? null}, ${demandId ?? null}, ${now},
        ${today}, ${by.kind}, ${by.id})`.execute(tx)
}

export async function setLocksEnded(
  { tx, now, by }: Work,
  { id, personId }: AccountKey,
  locks: readonly Pick<Lock, 'id'>[],
  endedFor: 'asked' | 'new-card',
): Promise<void> {
  await sql`
    update accounts.lock set ended_at = ${now}, ended_by = ${by.id}, ended_for = ${endedFor}
    where person_id = ${personId} and account_id = ${id} and ended_at is null
      and id = any (${locks.map(lock => lock.id)}::uuid[])`.execute(tx)
}

export async function setLockedFor(
  { tx }: Work,
  { id, personId }: AccountKey,
  reason: LockReason | undefined,
): Promise<void> {
  await sql`update accounts.account set locked_for = ${reason ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export type Demand = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly kind: 'lock' | 'unlock'
  readonly askedBy: 'holder' | 'agency' | 'service'
  readonly agency: string | null
  readonly document: string | null
  readonly reason: string
  readonly unitId: Id<'unit'>
  readonly receivedAt: Date
  readonly receivedOn: Day
  readonly receivedBy: string
  readonly forwardBy: Day | null
  readonly forwardedAt: Date | null
  readonly forwardedBy: string | null
  readonly decideBy: Day
  readonly decidedAt: Date | null
  readonly decidedOn: Day | null
  readonly decidedBy: string | null
  readonly outcome: 'granted' | 'refused' | null
  readonly answer: string | null
}

const demandColumns =
  sql.raw(`id, person_id as "personId", account_id as "accountId", kind, asked_by as "askedBy", agency, document,
      reason, unit_id as "unitId",
  received_at as "receivedAt", received_on as "receivedOn", received_by as "receivedBy", forward_by as "forwardBy",
    forwarded_at as "forwardedAt", forwarded_by as "forwardedBy",
  decide_by as "decideBy", decided_at as "decidedAt", decided_on as "decidedOn", decided_by as "decidedBy", outcome,
    answer`)

export async function holdDemand({ tx }: Work, id: string): Promise<Demand | undefined> {
  const { rows } = await sql<Demand>`select ${demandColumns} from accounts.demand where id = ${id} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function findDemands({ tx }: Work, { id, personId }: AccountKey): Promise<Demand[]> {
  const { rows } = await sql<Demand>`
    select ${demandColumns} from accounts.demand where person_id = ${personId} and account_id = ${id}
    order by id desc`.execute(tx)
  return rows
}

export type NewDemand = Pick<
  Demand,
  'id' | 'personId' | 'accountId' | 'kind' | 'askedBy' | 'reason' | 'unitId' | 'decideBy'
> & {
  readonly agency?: string | undefined
  readonly document?: string | undefined
  readonly forwardBy?: Day | undefined
}

export async function insertDemand({ tx, now, today, by }: Work, demand: NewDemand): Promise<void> {
  const { id, personId, accountId, kind, askedBy, agency, document, reason, unitId, forwardBy, decideBy } = demand
  await sql`
    insert into accounts.demand
      (person_id, id, account_id, kind, asked_by, agency, document, reason, unit_id, received_at, received_on,
        received_by, forward_by, decide_by)
    values (${personId}, ${id}, ${accountId}, ${kind}, ${askedBy}, ${agency ?? null}, ${document ?? null}, ${reason},
        ${unitId}, ${now}, ${today}, ${by.id}, ${forwardBy ?? null},
            ${decideBy})`.execute(tx)
}

export async function setDemandForwarded(
  { tx, now, by }: Work,
  { id, personId }: Demand,
  decideBy: Day,
): Promise<void> {
  await sql`
    update accounts.demand set forwarded_at = ${now}, forwarded_by = ${by.id}, decide_by = ${decideBy}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export async function setDemandDecided(
  { tx, now, today, by }: Work,
  { id, personId }: Demand,
  outcome: 'granted' | 'refused',
  answer: string | undefined,
): Promise<void> {
  await sql`
    update accounts.demand
    set decided_at = ${now}, decided_on = ${today}, decided_by = ${by.id}, outcome = ${outcome},
      answer = ${answer ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** Holders of approved and activated accounts whose card's term is over, a page at a time by person. */
export async function findHoldersOfExpiredCards(
  { tx, today }: Work,
  after: string,
  limit: number,
): Promise<{ readonly personId: Id<'person'>; readonly id: Id<'account'> }[]> {
  const { rows } = await sql<{ personId: Id<'person'>; id: Id<'account'> }>`
    select a.person_id as "personId", a.id from accounts.account a
    where a.state in ('approved', 'activated') and a.person_id > ${after}::uuid
      and exists (select from cards.published_card c
        where c.person_id = a.person_id
          and (c.state = 'expired' or (c.state in ('handed-over', 'blocked') and c.expires_on < ${today})))
      and not exists (select from cards.published_card c
        where c.person_id = a.person_id and c.state = 'handed-over'
          and (c.expires_on is null or c.expires_on >= ${today}))
    order by a.person_id limit ${limit}`.execute(tx)
  return rows
}
