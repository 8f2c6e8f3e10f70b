import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type {
  DataRequestId,
  DataRequestState,
  RefusalGround,
  RequestKind,
  RequestOutcome,
  RequestWay,
} from '../request.ts'

export type DataRequest = {
  readonly personId: Id<'person'>
  readonly id: DataRequestId
  readonly unitId: Id<'unit'>
  readonly kind: RequestKind
  readonly way: RequestWay
  readonly words: string
  readonly filedBy: string
  readonly receivedAt: Date
  readonly receivedOn: Day
  readonly acknowledgeBy: Day
  readonly dueOn: Day
  readonly dueAt?: Date | undefined
  readonly state: DataRequestState
  readonly acknowledgedAt?: Date | undefined
  readonly assignedTo?: Id<'officer'> | undefined
  readonly extendedAt?: Date | undefined
  readonly extensionReason?: string | undefined
  readonly outcome?: RequestOutcome | undefined
  readonly ground?: RefusalGround | undefined
  readonly answer?: string | undefined
  readonly answeredBy?: string | undefined
  readonly endedAt?: Date | undefined
  readonly endedOn?: Day | undefined
}

const columns = sql.raw(`person_id as "personId", id, unit_id as "unitId", kind, way, words, filed_by as "filedBy",
  received_at as "receivedAt", received_on as "receivedOn", acknowledge_by as "acknowledgeBy", due_on as "dueOn",
  due_at as "dueAt", state, acknowledged_at as "acknowledgedAt", assigned_to as "assignedTo",
  extended_at as "extendedAt", extension_reason as "extensionReason", outcome, ground, answer,
  answered_by as "answeredBy", ended_at as "endedAt", ended_on as "endedOn"`)

const open = sql.raw(`state in ('received', 'under-way')`)

const asRequests = (rows: readonly DataRequest[]): DataRequest[] => rows.map(withoutNulls) as DataRequest[]

export async function insertRequest(
  { tx }: Work,
  one: Pick<
    DataRequest,
    | 'personId'
    | 'id'
    | 'unitId'
    | 'kind'
    | 'way'
    | 'words'
    | 'filedBy'
    | 'receivedAt'
    | 'receivedOn'
    | 'acknowledgeBy'
    | 'dueOn'
    | 'dueAt'
  >,
): Promise<void> {
  await sql`
    insert into data_protection.request (person_id, id, unit_id, kind, way, words, filed_by, received_at, received_on,
      acknowledge_by, due_on, due_at, state)
    values (${one.personId}, ${one.id}, ${one.unitId}, ${one.kind}, ${one.way}, ${one.words}, ${one.filedBy},
      ${one.receivedAt}, ${one.receivedOn}, ${one.acknowledgeBy}, ${one.dueOn}, ${one.dueAt ?? null},
      'received')`.execute(tx)
}

export async function holdRequest({ tx }: Work, id: DataRequestId): Promise<DataRequest | undefined> {
  const { rows } = await sql<DataRequest>`
    select ${columns} from data_protection.request where id = ${id} for update`.execute(tx)
  return asRequests(rows)[0]
}

export async function findRequest({ tx }: Work, id: DataRequestId): Promise<DataRequest | undefined> {
  const { rows } = await sql<DataRequest>`
    select ${columns} from data_protection.request where id = ${id}`.execute(tx)
  return asRequests(rows)[0]
}

/** All requests about a person, the latest first. */
export async function requestsOfPerson({ tx }: Work, personId: Id<'person'>, limit: number): Promise<DataRequest[]> {
  const { rows } = await sql<DataRequest>`
    select ${columns} from data_protection.request where person_id = ${personId}
    order by received_at desc, id desc limit ${limit}`.execute(tx)
  return asRequests(rows)
}

export async function countOpenOf({ tx }: Work, personId: Id<'person'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from data_protection.request where person_id = ${personId} and ${open}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Open requests of a person of some kinds, held. */
export async function holdOpenOf(
  { tx }: Work,
  personId: Id<'person'>,
  kinds: readonly RequestKind[],
): Promise<DataRequest[]> {
  const { rows } = await sql<DataRequest>`
    select ${columns} from data_protection.request
    where person_id = ${personId} and kind = any (${kinds}::text[]) and ${open} for update`.execute(tx)
  return asRequests(rows)
}

export type RequestFilter = {
  readonly which: 'open' | 'mine' | 'ended'
  readonly after?: { readonly day: Day; readonly id: string } | undefined
  readonly limit: number
}

/** Those of the scope: open ones by their last day, ended ones the latest first. */
export async function findRequests({ tx, by }: Work, { which, after, limit }: RequestFilter): Promise<DataRequest[]> {
  const { rows } =
    which === 'ended'
      ? await sql<DataRequest>`
          select ${columns} from data_protection.request
          where not ${open} and ${after ? sql`(ended_on, id) < (${after.day}::date, ${after.id}::uuid)` : sql`true`}
          order by ended_on desc, id desc limit ${limit}`.execute(tx)
      : await sql<DataRequest>`
          select ${columns} from data_protection.request
          where ${open} and ${which === 'mine' ? sql`assigned_to::text = ${by.id}` : sql`true`}
            and ${after ? sql`(due_on, id) > (${after.day}::date, ${after.id}::uuid)` : sql`true`}
          order by due_on, id limit ${limit}`.execute(tx)
  return asRequests(rows)
}

export type RequestCounts = {
  readonly open: number
  readonly overdue: number
  readonly soon: number
  readonly toAcknowledge: number
  readonly nextOn?: Day | undefined
}

/** Of the scope; `soon` are those whose last day is no later than `until`. */
export async function countOpenRequests({ tx, today, now }: Work, until: Day): Promise<RequestCounts> {
  const late = sql`coalesce(due_at < ${now}, due_on < ${today}::date)`
  const { rows } = await sql<RequestCounts>`
    select count(*)::integer as open, count(*) filter (where ${late})::integer as overdue,
      count(*) filter (where not ${late} and due_on <= ${until}::date)::integer as soon,
      count(*) filter (where state = 'received' and acknowledge_by <= ${today}::date)::integer as "toAcknowledge",
      min(due_on) as "nextOn"
    from data_protection.request where ${open}`.execute(tx)
  const [counts] = rows
  return counts ? (withoutNulls(counts) as RequestCounts) : { open: 0, overdue: 0, soon: 0, toAcknowledge: 0 }
}

export async function setTakenUp({ tx, now }: Work, id: DataRequestId, officerId: string): Promise<void> {
  await sql`
    update data_protection.request set state = 'under-way', acknowledged_at = ${now}, assigned_to = ${officerId}
    where id = ${id}`.execute(tx)
}

export async function setAssigned({ tx }: Work, id: DataRequestId, officerId: string): Promise<void> {
  await sql`update data_protection.request set assigned_to = ${officerId} where id = ${id}`.execute(tx)
}

export async function setExtended(
  { tx, now, by }: Work,
  id: DataRequestId,
  { dueOn, reason }: { readonly dueOn: Day; readonly reason: string },
): Promise<void> {
  await sql`
    update data_protection.request set due_on = ${dueOn}, due_at = null, extended_at = ${now}, extended_by = ${by.id},
      extension_reason = ${reason} where id = ${id}`.execute(tx)
}

type WrittenAnswer = {
  readonly outcome: RequestOutcome
  readonly ground?: RefusalGround | undefined
  readonly answer: string
  readonly answeredBy: string
}

export async function setRequestAnswer(
  { tx, now, today }: Work,
  id: DataRequestId,
  { outcome, ground, answer, answeredBy }: WrittenAnswer,
): Promise<void> {
  await sql`
    update data_protection.request set state = 'answered', outcome = ${outcome}, ground = ${ground ?? null},
      answer = ${answer}, answered_by = ${answeredBy}, ended_at = ${now}, ended_on = ${today} where id = ${id}`.execute(
    tx,
  )
}

export async function setWithdrawn({ tx, now, today }: Work, id: DataRequestId): Promise<void> {
  await sql`
    update data_protection.request set state = 'withdrawn', ended_at = ${now}, ended_on = ${today}
    where id = ${id}`.execute(tx)
}
