import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Language } from '../platform/pages/html.ts'
import type { Work } from '../platform/work.ts'
import type { AttemptOutcome, MessageId, MessageState } from './message.ts'
import type { RecipientKind } from './recipient.ts'
import { type Message, messageColumns, type WholeMessage } from './store.ts'

/** A message in the hands of who delivers it. */
export type DueMessage = WholeMessage & {
  readonly sealed: Buffer | null
  readonly facts: Readonly<Record<string, string>>
  readonly refusedBy: readonly string[]
  readonly budgetKind: string | null
  readonly budgetId: string | null
  /** Somebody waits for it. */
  readonly urgent: boolean
  /** Its further ways, in order, without their words. */
  readonly otherWays: readonly { readonly kind: RecipientKind; readonly address: string; readonly until?: Day }[]
  /** The addresses by which it was tried before. */
  readonly formerAddresses: readonly string[]
}

const dueColumns = sql`${messageColumns}, m.address, m.subject, m.body, m.page, m.sealed, m.facts,
  m.refused_by as "refusedBy", m.budget_kind as "budgetKind", m.budget_id as "budgetId", m.urgent,
  m.refusable,
  (select coalesce(jsonb_agg(w - 'subject' - 'body' - 'page' order by at), '[]')
    from jsonb_array_elements(m.other_ways) with ordinality o (w, at)) as "otherWays",
  array(select w ->> 'address' from jsonb_array_elements(m.former_ways) f (w)) as "formerAddresses"`

/** Messages that are due, held; others that look for them pass these by. What somebody waits for comes first. */
export async function holdDue(
  { tx, now }: Work,
  { kind, limit, id }: { kind?: RecipientKind; limit: number; id?: MessageId | undefined },
): Promise<DueMessage[]> {
  const { rows } = await sql<DueMessage>`
    /* kept plan */
    select ${dueColumns} from outreach.message m
    where m.state in ('queued', 'failed') and m.next_at <= ${now}
      and ${id === undefined ? sql`m.recipient = ${kind ?? 'email'}` : sql`m.id = ${id}`}
    order by m.urgent desc, m.next_at limit ${limit} for update of m skip locked`.execute(tx)
  return rows
}

/** What is due and rings waits until a moment, but for what somebody waits for. */
export async function putOff({ tx, now }: Work, kind: RecipientKind, until: Date): Promise<void> {
  await sql`
    update outreach.message m set next_at = ${until}
    where m.state in ('queued', 'failed') and m.recipient = ${kind} and not m.urgent and m.next_at <= ${now}`.execute(
    tx,
  )
}

/** Some messages wait until moments of their own. */
export async function putOffSome(
  { tx }: Work,
  waits: readonly { readonly personId: string; readonly id: MessageId; readonly until: Date }[],
): Promise<void> {
  if (waits.length === 0) return
  await sql`
    update outreach.message m set next_at = w.until
    from json_to_recordset(${JSON.stringify(waits)}::json) as w ("personId" uuid, id uuid, until timestamptz)
    where m.person_id = w."personId" and m.id = w.id`.execute(tx)
}

export type BegunAttempt = {
  readonly personId: string
  readonly id: MessageId
  readonly number: number
  readonly via: string
  readonly parts: number
  readonly price: number
}

/** Takes messages that are held into one's hands, each with a new attempt. */
export async function beginAttempts({ tx, now, today }: Work, begun: readonly BegunAttempt[]): Promise<void> {
  if (begun.length === 0) return
  const rows = JSON.stringify(begun)
  await sql`
    update outreach.message m
    set state = 'sending', attempts = m.attempts + 1, tries = m.tries + 1, begun_at = ${now}, next_at = null
    from json_to_recordset(${rows}::json) as b ("personId" uuid, id uuid)
    where m.person_id = b."personId" and m.id = b.id`.execute(tx)
  await sql`
    insert into outreach.attempt (person_id, message_id, number, via, begun_at, begun_on, parts, price)
    select b."personId", b.id, b.number, b.via, ${now}, ${today}::date, b.parts, b.price
    from json_to_recordset(${rows}::json)
      as b ("personId" uuid, id uuid, number integer, via text, parts smallint, price integer)`.execute(tx)
}

/** What a message became; `refusedBy` names a channel to be passed over, `nextWay` turns to one of its ways. */
export type MessageEnd = {
  readonly personId: string
  readonly id: MessageId
  readonly number: number
  readonly state: MessageState
  readonly nextAt?: Date | undefined
  readonly code?: string | undefined
  readonly receiptBy?: Date | undefined
  readonly refusedBy?: string | undefined
  /** Its place among the further ways. */
  readonly nextWay?: number | undefined
  /** Its pauses begin anew, or this try does not count. */
  readonly tries?: number | undefined
}

/**
 * Writes what became of messages, as far as they stand in one of some states with the attempt that is told of; gives
 * those that did. One that was thought interrupted may still end by its own attempt.
 */
export async function endMessages(
  { tx, now }: Work,
  ends: readonly MessageEnd[],
  { from }: { from: readonly MessageState[] },
): Promise<MessageId[]> {
  if (ends.length === 0) return []
  const { rows } = await sql<{ id: MessageId }>`
    update outreach.message m
    set state = e.state, code = e.code, begun_at = null, receipt_by = e."receiptBy",
      next_at = e."nextAt", tries = coalesce(e.tries, m.tries),
      ended_at = case when e.state in ('sent', 'delivered', 'printed', 'given-up', 'undeliverable', 'unknown')
        then ${now}::timestamptz end,
      sealed = case when e.state in ('queued', 'failed') then m.sealed end,
      refused_by = case when e."nextWay" is not null then '{}' when e."refusedBy" is null then m.refused_by
        else m.refused_by || e."refusedBy" end,
      recipient = case when e."nextWay" is not null then m.other_ways -> e."nextWay" ->> 'kind' else m.recipient end,
      address = case when e."nextWay" is not null then m.other_ways -> e."nextWay" ->> 'address' else m.address end,
      subject = case when e."nextWay" is not null then m.other_ways -> e."nextWay" ->> 'subject' else m.subject end,
      body = case when e."nextWay" is not null then m.other_ways -> e."nextWay" ->> 'body' else m.body end,
      page = case when e."nextWay" is not null then m.other_ways -> e."nextWay" ->> 'page' else m.page end,
      former_ways = case when e."nextWay" is null then m.former_ways else m.former_ways || jsonb_build_object(
        'kind', m.recipient, 'address', m.address, 'subject', m.subject, 'body', m.body,
        'lastAttempt', m.attempts) end,
      other_ways = case when e."nextWay" is null then m.other_ways else (
        select coalesce(jsonb_agg(w order by at), '[]')
        from jsonb_array_elements(m.other_ways) with ordinality o (w, at) where at > e."nextWay" + 1) end
    from json_to_recordset(${JSON.stringify(ends)}::json)
      as e ("personId" uuid, id uuid, number integer, state text, "nextAt" timestamptz, code text,
        "receiptBy" timestamptz, "refusedBy" text, "nextWay" integer, tries smallint)
    where m.person_id = e."personId" and m.id = e.id and m.attempts = e.number
      and (m.state = any (${[...from]}::text[]) or (m.state = 'unknown' and m.code = 'interrupted'))
    returning m.id`.execute(tx)
  return rows.map(({ id }) => id)
}

export type AttemptEnd = {
  readonly personId: string
  readonly id: MessageId
  readonly number: number
  readonly outcome: AttemptOutcome
  readonly code?: string | undefined
  /** It was certainly not taken, so that it costs nothing. */
  readonly isFree: boolean
}

export async function endAttempts({ tx, now }: Work, ends: readonly AttemptEnd[]): Promise<void> {
  if (ends.length === 0) return
  await sql`
    update outreach.attempt a
    set ended_at = ${now}, outcome = e.outcome, code = e.code, price = case when e."isFree" then 0 else a.price end
    from json_to_recordset(${JSON.stringify(ends)}::json)
      as e ("personId" uuid, id uuid, number integer, outcome text, code text, "isFree" boolean)
    where a.person_id = e."personId" and a.message_id = e.id and a.number = e.number`.execute(tx)
}

/** Messages that have been under way since before a moment, held. */
export async function holdInterrupted({ tx }: Work, before: Date): Promise<DueMessage[]> {
  const { rows } = await sql<DueMessage>`
    select ${dueColumns} from outreach.message m
    where m.state = 'sending' and m.begun_at < ${before} order by m.begun_at limit 1000
    for update of m skip locked`.execute(tx)
  return rows
}

/**
 * Messages that were queued or tried at a moment at which the clock was ahead by more than so many seconds: each waits
 * from now on for as long as it was to wait then. Gives how many they are.
 */
export async function shiftBackToNow({ tx, now }: Work, aheadSeconds: number): Promise<number> {
  const later = sql`${now}::timestamptz + make_interval(secs => ${aheadSeconds})`
  const ahead = sql`(w.written_at - ${now}::timestamptz)`
  // One that was queued anew does not say when; what rings waits for the hour of day all the same.
  const { rows } = await sql`
    with waiting as (
      select m.person_id, m.id, case when m.state = 'queued' and m.tries = 0 and m.attempts > 0 then m.next_at
        else coalesce(a.ended_at, a.begun_at, m.queued_at) end as written_at
      from outreach.message m left join outreach.attempt a
        on a.person_id = m.person_id and a.message_id = m.id and a.number = m.attempts
      where m.state in ('queued', 'failed', 'sending', 'accepted')
        and greatest(m.next_at, m.begun_at, m.receipt_by) > ${later})
    update outreach.message m set next_at = m.next_at - ${ahead}, receipt_by = m.receipt_by - ${ahead},
      begun_at = m.begun_at - ${ahead}
    from waiting w where m.person_id = w.person_id and m.id = w.id and w.written_at > ${later}
    returning m.id`.execute(tx)
  return rows.length
}

/** Messages of which a gateway should have said by now what became of them, held. */
export async function holdWithoutReceipt({ tx, now }: Work): Promise<DueMessage[]> {
  const { rows } = await sql<DueMessage>`
    select ${dueColumns} from outreach.message m
    where m.state = 'accepted' and m.receipt_by <= ${now} order by m.receipt_by limit 1000
    for update of m skip locked`.execute(tx)
  return rows
}

/** How many are due, by whether they are of a kind that the caller sends. */
export async function hasDue({ tx, now }: Work): Promise<boolean> {
  const { rows } = await sql<{ isDue: boolean }>`
    select exists (select from outreach.message where state in ('queued', 'failed') and next_at <= ${now}
      and recipient in ('email', 'phone')) as "isDue"`.execute(tx)
  return rows[0]?.isDue ?? false
}

export async function dueMessagesOf({ tx }: Work, ids: readonly MessageId[]): Promise<DueMessage[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<DueMessage>`
    select ${dueColumns} from outreach.message m where m.id = any (${[...ids]}::uuid[])
    order by m.id for update of m`.execute(tx)
  return rows
}

export type Letter = Pick<Message, 'id' | 'personId' | 'unitId' | 'queuedAt'> & {
  readonly language: Language
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly refusable: boolean
}

/** Letters that wait for paper, in sight, the longest first. */
export async function selectLetters({ tx }: Work, limit: number): Promise<Letter[]> {
  const { rows } = await sql<Letter>`
    select m.id, nullif(m.person_id, m.id) as "personId", m.unit_id as "unitId", m.queued_at as "queuedAt", m.language,
      m.address, m.subject, m.body, m.refusable
    from outreach.message m where m.state = 'to-print' order by m.id limit ${limit}`.execute(tx)
  return rows
}

/** Marks letters as printed; gives those that were waiting. */
export async function setPrinted({ tx, now }: Work, ids: readonly MessageId[]): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    update outreach.message m set state = 'printed', ended_at = ${now}
    where m.id = any (${[...ids]}::uuid[]) and m.state = 'to-print' returning m.id`.execute(tx)
  return rows.map(({ id }) => id)
}
