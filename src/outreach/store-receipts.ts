import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { MessageId } from './message.ts'

/** A part of an attempt by the name that its gateway gave it. */
export type NamedPart = {
  readonly channel: string
  readonly gatewayId: string
  readonly messageId: MessageId
  readonly number: number
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
    on conflict (channel, gateway_id) do update
      set message_id = excluded.message_id, number = excluded.number, address = null,
        receipt = case when outreach.part.message_id is null then outreach.part.receipt end,
        code = case when outreach.part.message_id is null then outreach.part.code end,
        receipt_at = case when outreach.part.message_id is null then outreach.part.receipt_at end
    returning message_id as id, receipt`.execute(tx)
  return [...new Set(rows.filter(({ receipt }) => receipt !== null).map(({ id }) => id))]
}

export type KeptReceipt = {
  readonly channel: string
  readonly gatewayId: string
  readonly receipt: 'delivered' | 'failed'
  readonly code?: string | undefined
  readonly address?: string | undefined
}

/** Writes receipts; gives the messages of those whose part is known. The first final word of a gateway stands. */
export async function keepReceipts({ tx, now }: Work, receipts: readonly KeptReceipt[]): Promise<MessageId[]> {
  const known = new Map(receipts.map(one => [`${one.channel} ${one.gatewayId}`, one]))
  if (known.size === 0) return []
  const { rows } = await sql<{ id: MessageId | null }>`
    insert into outreach.part (channel, gateway_id, receipt, code, address, receipt_at, noted_at)
    select r.channel, r."gatewayId", r.receipt, r.code, r.address, ${now}, ${now}
    from json_to_recordset(${JSON.stringify([...known.values()])}::json)
      as r (channel text, "gatewayId" text, receipt text, code text, address text)
    order by r.channel, r."gatewayId"
    on conflict (channel, gateway_id) do update
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
  readonly address: string | null
}

/** Receipts whose message is not known, since before a moment; held. */
export async function holdStrays({ tx }: Work, before: Date): Promise<StrayReceipt[]> {
  const { rows } = await sql<StrayReceipt>`
    select channel, gateway_id as "gatewayId", receipt, code, address from outreach.part
    where message_id is null and address is not null and noted_at < ${before} order by noted_at desc limit 1000
    for update skip locked`.execute(tx)
  return rows
}

/**
 * The names under which some parts went to a phone and have no receipt: for a gateway that writes numbers otherwise.
 */
export async function partsWithoutReceipt(
  { tx }: Work,
  channel: string,
  sought: readonly { readonly gatewayId: string; readonly address: string }[],
): Promise<{ gatewayId: string; address: string }[]> {
  const { rows } = await sql<{ gatewayId: string; address: string }>`
    select p.gateway_id as "gatewayId", m.address
    from json_to_recordset(${JSON.stringify(sought)}::json) as s ("gatewayId" text, address text)
    join outreach.part p on p.channel = ${channel} and p.gateway_id = s."gatewayId" and p.receipt is null
    join outreach.message m on m.id = p.message_id and m.address = s.address`.execute(tx)
  return rows
}

export async function dropStrays({ tx }: Work, channel: string, gatewayIds: readonly string[]): Promise<void> {
  await sql`
    delete from outreach.part where channel = ${channel} and gateway_id = any (${[...gatewayIds]}::text[])
      and message_id is null`.execute(tx)
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
