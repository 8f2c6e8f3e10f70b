import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { MessageId } from './message.ts'

/** A part of an attempt by the name that its gateway gave it. */
export type NamedPart = {
  readonly channel: string
  readonly gatewayId: string
  readonly messageId: MessageId
  readonly number: number
  /** Where it went. */
  readonly address: string
}

/**
 * Holds names until the work ends: of a receipt and of the answer that gives a part its name, whichever is written
 * second sees the first. Held before any message, in one order for everybody.
 */
export async function holdNames(
  { tx }: Work,
  names: readonly { readonly channel: string; readonly gatewayId: string }[],
): Promise<void> {
  if (names.length === 0) return
  await sql`
    select pg_advisory_xact_lock(n.key) from (
      select distinct hashtextextended('part ' || s.channel || ' ' || s."gatewayId", 0) as key
      from json_to_recordset(${JSON.stringify(names)}::json) as s (channel text, "gatewayId" text) order by key
    ) n`.execute(tx)
}

/**
 * Writes under which names a gateway took parts; gives the messages of those whose receipt came before. A name is the
 * part’s that has it last, also within one call: gateways begin anew with their numbers.
 */
export async function nameParts({ tx, now }: Work, parts: readonly NamedPart[]): Promise<MessageId[]> {
  // A row is written once in a statement, or the database refuses it.
  const named = new Map(parts.map(one => [`${one.channel} ${one.gatewayId}`, one]))
  if (named.size === 0) return []
  const { rows } = await sql<{ id: MessageId; receipt: string | null }>`
    insert into outreach.part (channel, gateway_id, message_id, number, noted_at)
    select p.channel, p."gatewayId", p."messageId", p.number, ${now}
    from json_to_recordset(${JSON.stringify([...named.values()])}::json)
      as p (channel text, "gatewayId" text, "messageId" uuid, number integer)
    order by p.channel, p."gatewayId"
    on conflict (channel, gateway_id, address) do update
      set message_id = excluded.message_id, number = excluded.number,
        receipt = case when outreach.part.message_id is null then outreach.part.receipt end,
        code = case when outreach.part.message_id is null then outreach.part.code end,
        receipt_at = case when outreach.part.message_id is null then outreach.part.receipt_at end
    returning message_id as id, receipt`.execute(tx)
  const { rows: waiting } = await sql<{ id: MessageId }>`
    with stray as (
      delete from outreach.part s
      where s.ctid = any (array(
        select f.ctid from json_to_recordset(${JSON.stringify([...named.values()])}::json)
          as n (channel text, "gatewayId" text, address text)
        cross join lateral (
          select p.ctid from outreach.part p
          where p.channel = n.channel and p.gateway_id = n."gatewayId" and p.address = n.address
            and n.address <> '' limit 1) f))
      returning s.channel, s.gateway_id, s.receipt, s.code, s.receipt_at
    )
    update outreach.part p set receipt = s.receipt, code = s.code, receipt_at = s.receipt_at
    from stray s where p.channel = s.channel and p.gateway_id = s.gateway_id and p.address = ''
    returning p.message_id as id`.execute(tx)
  const met = [...rows.filter(({ receipt }) => receipt !== null), ...waiting]
  return [...new Set(met.map(({ id }) => id))]
}

export type KeptReceipt = {
  readonly channel: string
  readonly gatewayId: string
  readonly receipt: 'delivered' | 'failed'
  readonly code?: string | undefined
  readonly address?: string | undefined
}

/**
 * Writes receipts; gives the messages of those whose part is known. Once a gateway said that a part was delivered, that
 * stands. One with an address waits for a part that went there.
 */
export async function keepReceipts({ tx, now }: Work, receipts: readonly KeptReceipt[]): Promise<MessageId[]> {
  const known = new Map<string, KeptReceipt>()
  for (const one of receipts) {
    const key = `${one.channel} ${one.gatewayId} ${one.address ?? ''}`
    if (known.get(key)?.receipt !== 'delivered') known.set(key, one)
  }
  if (known.size === 0) return []
  const { rows } = await sql<{ id: MessageId | null }>`
    insert into outreach.part (channel, gateway_id, receipt, code, address, receipt_at, noted_at)
    select r.channel, r."gatewayId", r.receipt, r.code, coalesce(r.address, ''), ${now}, ${now}
    from json_to_recordset(${JSON.stringify([...known.values()])}::json)
      as r (channel text, "gatewayId" text, receipt text, code text, address text)
    order by r.channel, r."gatewayId", r.address
    on conflict (channel, gateway_id, address) do update
      set receipt = case when outreach.part.receipt = 'delivered' then outreach.part.receipt else excluded.receipt end,
        code = case when outreach.part.receipt = 'delivered' then outreach.part.code else excluded.code end,
        receipt_at = coalesce(outreach.part.receipt_at, excluded.receipt_at)
    returning message_id as id`.execute(tx)
  return [...new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])))]
}

/**
 * Parts of which nothing was said yet and it is time to ask a channel, the longest unasked first; each is asked by one
 * process. Written as asked before it is, so that a kill does not ask again at once.
 */
export async function takeToAsk(
  { tx, now }: Work,
  { channel, taken, limit }: { readonly channel: string; readonly taken: Date; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ gatewayId: string }>`
    update outreach.part p set asked_at = ${now}
    from (
      select w.channel, w.gateway_id from outreach.part w
      join outreach.message m on m.id = w.message_id and m.state = 'accepted' and m.attempts = w.number
      where w.channel = ${channel} and w.receipt is null and w.noted_at <= ${taken}
        and (w.asked_at is null or w.asked_at <= ${now}::timestamptz - (${now}::timestamptz - w.noted_at) / 4)
      order by w.asked_at nulls first, w.noted_at limit ${limit} for update of w skip locked
    ) due
    where p.channel = due.channel and p.gateway_id = due.gateway_id
    returning p.gateway_id as "gatewayId"`.execute(tx)
  return rows.map(({ gatewayId }) => gatewayId)
}

export type StrayReceipt = {
  readonly channel: string
  readonly gatewayId: string
  readonly receipt: 'delivered' | 'failed'
  readonly code: string | null
  readonly address: string
}

/** Receipts whose message is not known, since before a moment; held. */
export async function holdStrays({ tx }: Work, before: Date): Promise<StrayReceipt[]> {
  const { rows } = await sql<StrayReceipt>`
    select channel, gateway_id as "gatewayId", receipt, code, address from outreach.part
    where message_id is null and address <> '' and noted_at < ${before} order by noted_at desc limit 1000
    for update skip locked`.execute(tx)
  return rows
}

/**
 * Of some names and phones those of parts that went to that phone. Name by name, since a table that grows by the second
 * is always larger than it was when it was last measured.
 */
export async function partsToPhones(
  { tx }: Work,
  channel: string,
  sought: readonly { readonly gatewayId: string; readonly address: string }[],
): Promise<{ gatewayId: string; address: string }[]> {
  if (sought.length === 0) return []
  const { rows } = await sql<{ gatewayId: string; address: string }>`
    select distinct s."gatewayId", s.address
    from json_to_recordset(${JSON.stringify(sought)}::json) as s ("gatewayId" text, address text)
    cross join lateral (
      select p.message_id from outreach.part p
      where p.channel = ${channel} and p.gateway_id = s."gatewayId" and p.address = '' limit 1) p
    cross join lateral (
      select 1 from outreach.message m where m.id = p.message_id
        and (m.address = s.address or m.former_ways @> jsonb_build_array(jsonb_build_object('address', s.address)))
      limit 1) m
  `.execute(tx)
  return rows
}

export async function dropStrays({ tx }: Work, strays: readonly StrayReceipt[]): Promise<void> {
  await sql`
    delete from outreach.part p
    using json_to_recordset(${JSON.stringify(strays)}::json) as s (channel text, "gatewayId" text, address text)
    where p.channel = s.channel and p.gateway_id = s."gatewayId" and p.address = s.address
      and p.message_id is null`.execute(tx)
}

export async function dropOldStrays({ tx }: Work, before: Date): Promise<void> {
  await sql`delete from outreach.part where message_id is null and noted_at < ${before}`.execute(tx)
}

/** A message with the place in which its rows lie: every look begins with it, since each of their keys does. */
export type MessagePlace = { readonly personId: string; readonly id: MessageId }

export type ReceiptSum = MessagePlace & {
  readonly number: number
  readonly via: string
  readonly receipt: 'delivered' | 'failed'
  readonly code: string | null
}

/** What the receipts of all parts of the attempts of some messages come to, where all have come, or one has failed. */
export async function sumReceipts({ tx }: Work, messages: readonly MessagePlace[]): Promise<ReceiptSum[]> {
  if (messages.length === 0) return []
  const { rows } = await sql<ReceiptSum>`
    select m."personId", m.id, p.number, a.via,
      case when bool_or(p.receipt = 'failed') then 'failed' else 'delivered' end as receipt,
      min(p.code) filter (where p.receipt = 'failed') as code
    from json_to_recordset(${JSON.stringify(messages)}::json) as m ("personId" uuid, id uuid)
    join outreach.part p on p.message_id = m.id
    join outreach.attempt a on a.person_id = m."personId" and a.message_id = m.id and a.number = p.number
    group by m."personId", m.id, p.number, a.via
    having bool_and(p.receipt is not null) or bool_or(p.receipt = 'failed')
    order by m.id, p.number`.execute(tx)
  return rows
}

/** Writes into attempts what their receipts came to. */
export async function setReceipts({ tx, now }: Work, sums: readonly ReceiptSum[]): Promise<void> {
  if (sums.length === 0) return
  await sql`
    update outreach.attempt a set receipt = s.receipt, receipt_at = coalesce(a.receipt_at, ${now})
    from json_to_recordset(${JSON.stringify(sums)}::json) as s ("personId" uuid, id uuid, number integer, receipt text)
    where a.person_id = s."personId" and a.message_id = s.id and a.number = s.number`.execute(tx)
}
