import { sql } from 'kysely'
import { type Id, newId } from '../platform/ids.ts'
import type { Language } from '../platform/pages/html.ts'
import type { Work } from '../platform/work.ts'
import type { AttemptOutcome, MessageId, MessageState } from './message.ts'
import type { RecipientKind } from './recipient.ts'

export type MessageSubject = {
  /** A noun: application, card, account. */
  readonly kind: string
  readonly id: string
  readonly personId?: Id<'person'>
  /** The unit whose matter it is; without one, only the house sees the message. */
  readonly unitId?: Id<'unit'>
}

/** A message as it is queued; `code` where its address can receive nothing, so that it is not. */
export type NewMessage = {
  readonly id: MessageId
  readonly about: MessageSubject
  readonly template: string
  readonly language: Language
  readonly kind: RecipientKind
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly page?: string
  readonly code?: string
  /** What stands for the stars, sealed; hexadecimal. */
  readonly sealed?: string
  readonly uselessAt?: Date
  readonly notBefore?: Date
  readonly state: MessageState
  readonly urgent: boolean
  readonly refusable: boolean
  readonly facts: Readonly<Record<string, string>>
  readonly otherWays: readonly OtherWay[]
  readonly budgetKind?: string
  readonly budgetId?: string
}

/** A further way of a message, in its own words; tried once the ways before it refused it. */
export type OtherWay = {
  readonly kind: RecipientKind
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly page?: string
}

/** A message without its recipient and its text. */
export type Message = {
  readonly id: MessageId
  readonly template: string
  readonly language: Language
  readonly kind: RecipientKind
  readonly state: MessageState
  /** By which channel it was tried last. */
  readonly via: string | null
  readonly unitId: Id<'unit'> | null
  readonly personId: Id<'person'> | null
  readonly aboutKind: string
  readonly aboutId: string
  readonly attempts: number
  readonly tries: number
  readonly code: string | null
  readonly queuedAt: Date
  readonly nextAt: Date | null
  readonly endedAt: Date | null
  /** From when it is worth nothing: what carries a number for one use. */
  readonly uselessAt: Date | null
}

/** The same with address and words. */
export type WholeMessage = Message & {
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly page: string | null
}

export const messageColumns =
  sql.raw(`m.id, m.template, m.language, m.recipient as kind, m.state, m.unit_id as "unitId",
      nullif(m.person_id, m.id) as "personId", m.about_kind as "aboutKind",
  m.about_id as "aboutId", m.attempts, m.tries, m.code, m.queued_at as "queuedAt", m.next_at as "nextAt",
    m.ended_at as "endedAt", m.useless_at as "uselessAt",
  (select a.via from outreach.attempt a
    where a.person_id = m.person_id and a.message_id = m.id and a.number = m.attempts) as via`)
const wholeColumns = sql`${messageColumns}, m.address, m.subject, m.body, m.page`

/**
 * Writes down under which keys messages go out; those that were written before stay as they are. Sorted, so that two
 * works do not wait for each other.
 */
export async function insertKeys(
  { tx }: Work,
  keyed: readonly { readonly key: string; readonly id: MessageId }[],
): Promise<void> {
  if (keyed.length === 0) return
  await sql`
    insert into outreach.message_lookup (key, message_id)
    select k.key, k.id from json_to_recordset(${JSON.stringify(keyed)}::json) as k (key text, id uuid)
    order by k.key, k.id
    on conflict (key) do nothing`.execute(tx)
}

/** The message that stands under each key. */
export async function messagesByKey({ tx }: Work, keys: readonly string[]): Promise<Map<string, MessageId>> {
  const { rows } = await sql<{ key: string; id: MessageId }>`
    select key, message_id as id from outreach.message_lookup where key = any (${[...keys]}::text[])`.execute(tx)
  return new Map(rows.map(({ key, id }) => [key, id]))
}

export async function insertMessages({ tx, now }: Work, messages: readonly NewMessage[]): Promise<void> {
  const rows = messages.map(({ about, ...message }) => ({
    ...message,
    aboutKind: about.kind,
    aboutId: about.id,
    unitId: about.unitId ?? null,
    personId: about.personId ?? message.id,
  }))
  await sql`
    insert into outreach.message
      (person_id, id, unit_id, template, language, about_kind, about_id, recipient, address, subject, body, page, state,
        code, queued_at, next_at, ended_at, sealed, useless_at, urgent, refusable, facts, other_ways, budget_kind,
        budget_id)
    select m."personId", m.id, m."unitId", m.template, m.language, m."aboutKind", m."aboutId", m.kind, m.address,
      m.subject, m.body, m.page, m.state, m.code, ${now}::timestamptz,
      case when m.state = 'queued' then coalesce(m."notBefore", ${now}::timestamptz) end,
      case when m.state = 'undeliverable' then ${now}::timestamptz end,
      decode(m.sealed, 'hex'), m."uselessAt", m.urgent, m.refusable, m.facts, m."otherWays", m."budgetKind",
      m."budgetId"
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as m ("personId" uuid, id uuid, "unitId" uuid, template text, language text, "aboutKind" text, "aboutId" uuid,
        kind text, address text, subject text, body text, page text, state text, code text, sealed text,
        "uselessAt" timestamptz, "notBefore" timestamptz, urgent boolean, refusable boolean, facts jsonb,
        "otherWays" jsonb, "budgetKind" text, "budgetId" uuid)`.execute(tx)
}

/** A message to no person is stored under its own id. */
export const sealingPlaceOf = ({ id, personId }: Pick<Message, 'id' | 'personId'>) => personId ?? id

export async function holdMessage({ tx }: Work, id: MessageId): Promise<Message | undefined> {
  const { rows } =
    await sql<Message>`select ${messageColumns} from outreach.message m where m.id = ${id} for update of m`.execute(tx)
  return rows[0]
}

export async function findWholeMessage({ tx }: Work, id: MessageId): Promise<WholeMessage | undefined> {
  const { rows } = await sql<WholeMessage>`select ${wholeColumns} from outreach.message m where m.id = ${id}`.execute(
    tx,
  )
  return rows[0]
}

/** Queued anew: its tries are counted from here. */
export async function requeueMessage({ tx, now }: Work, message: Message): Promise<void> {
  await sql`
    update outreach.message set state = 'queued', tries = 0, refused_by = '{}', next_at = ${now}, begun_at = null,
      ended_at = null, receipt_by = null
    where person_id = ${sealingPlaceOf(message)} and id = ${message.id}`.execute(tx)
}

/** The facts of a message as they are written in its words, and whether its recipient may refuse it. */
export async function factsOfMessage(
  { tx }: Work,
  message: Message,
): Promise<{ facts: Readonly<Record<string, string>>; refusable: boolean }> {
  const { rows } = await sql<{ facts: Readonly<Record<string, string>>; refusable: boolean }>`
    select facts, refusable from outreach.message
    where person_id = ${sealingPlaceOf(message)} and id = ${message.id}`.execute(tx)
  return rows[0] ?? { facts: {}, refusable: false }
}

/** The words of a message at an address, as it goes out there. */
export type NewWay = {
  readonly kind: RecipientKind
  readonly address: string
  readonly subject: string
  readonly body: string
}

/** Turns a message to another address; the former one is kept as it was tried. A letter waits for paper. */
export async function readdressMessage(
  { tx, now }: Work,
  message: Message,
  { kind, address, subject, body }: NewWay,
): Promise<void> {
  const isLetter = kind === 'letter'
  await sql`
    update outreach.message m set state = ${isLetter ? 'to-print' : 'queued'}, tries = 0, refused_by = '{}',
      next_at = ${isLetter ? null : now}, begun_at = null, ended_at = null, receipt_by = null, code = null,
      former_ways = m.former_ways || jsonb_build_object('kind', m.recipient, 'address', m.address,
        'subject', m.subject, 'body', m.body, 'lastAttempt', m.attempts),
      other_ways = '[]', recipient = ${kind}, address = ${address}, subject = ${subject}, body = ${body}
    where m.person_id = ${sealingPlaceOf(message)} and m.id = ${message.id}`.execute(tx)
}

export type MessageFilter = {
  readonly state?: MessageState | undefined
  readonly aboutKind?: string | undefined
  readonly aboutId?: string | undefined
  /** The last message of the page before. */
  readonly after?: MessageId | undefined
  readonly limit: number
}

/** The messages in sight, the latest first: ids are in the order of time. */
export async function selectMessages(
  { tx }: Work,
  { state, aboutKind, aboutId, after, limit }: MessageFilter,
): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from outreach.message m
    where ${state ? sql`m.state = ${state}` : sql`true`}
      and ${aboutKind ? sql`m.about_kind = ${aboutKind}` : sql`true`}
      and ${aboutId ? sql`m.about_id = ${aboutId}` : sql`true`}
      and ${after ? sql`m.id < ${after}` : sql`true`}
    order by m.id desc limit ${limit}`.execute(tx)
  return rows
}

export type DeliveryAttempt = {
  readonly number: number
  readonly via: string
  readonly begunAt: Date
  readonly endedAt: Date | null
  readonly outcome: AttemptOutcome | null
  readonly code: string | null
  readonly parts: number
  /** In đồng. */
  readonly price: number
  readonly receipt: 'delivered' | 'failed' | null
  readonly receiptAt: Date | null
}

export async function attemptsOf({ tx }: Work, message: Message): Promise<DeliveryAttempt[]> {
  const { rows } = await sql<DeliveryAttempt>`
    select number, via, begun_at as "begunAt", ended_at as "endedAt", outcome, code, parts, price, receipt,
      receipt_at as "receiptAt" from outreach.attempt
    where person_id = ${sealingPlaceOf(message)} and message_id = ${message.id} order by number`.execute(tx)
  return rows
}

/** A message as its recipient may read it. */
export type PersonMessage = Pick<
  WholeMessage,
  'id' | 'template' | 'kind' | 'address' | 'subject' | 'body' | 'state' | 'queuedAt' | 'endedAt'
>

/** The messages about a person, the latest first. */
export async function messagesOfPerson({ tx }: Work, personId: Id<'person'>): Promise<PersonMessage[]> {
  const { rows } = await sql<PersonMessage>`
    select id, template, recipient as kind, address, subject, body, state, queued_at as "queuedAt",
      ended_at as "endedAt" from outreach.message
    where person_id = ${personId} and id <> person_id order by id desc`.execute(tx)
  return rows
}

/** How many messages in sight are in which state. */
export async function countByState({ tx }: Work): Promise<Map<MessageState, number>> {
  const { rows } = await sql<{ state: MessageState; n: number }>`
    select state, count(*)::integer as n from outreach.message group by state`.execute(tx)
  return new Map(rows.map(({ state, n }) => [state, n]))
}

export const newMessageId = (work: Work): MessageId => newId<'message'>(work.now)

export async function peopleSentSince(
  { tx }: Work,
  template: string,
  personIds: readonly Id<'person'>[],
  since: Date,
): Promise<Id<'person'>[]> {
  const { rows } = await sql<{ id: Id<'person'> }>`
    select distinct m.person_id as id from outreach.message m
    where m.person_id = any (${[...personIds]}::uuid[]) and m.template = ${template} and m.queued_at >= ${since}
      and m.state not in ('given-up', 'undeliverable')`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function insertNoReminder({ tx, now }: Work, personId: Id<'person'>, requestId: string): Promise<void> {
  await sql`
    insert into outreach.no_reminder (person_id, request_id, since) values (${personId}, ${requestId}, ${now})
    on conflict do nothing`.execute(tx)
}

export async function deleteNoReminder({ tx }: Work, requestId: string): Promise<void> {
  await sql`delete from outreach.no_reminder where request_id = ${requestId}`.execute(tx)
}

export async function peopleWithoutReminders(
  { tx }: Work,
  personIds: readonly Id<'person'>[],
): Promise<Id<'person'>[]> {
  const { rows } = await sql<{ id: Id<'person'> }>`
    select distinct person_id as id from outreach.no_reminder
    where person_id = any (${[...personIds]}::uuid[])`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Who follows a message up sees it from then on. */
export async function setFollowedBy({ tx }: Work, id: MessageId, unitId: Id<'unit'>): Promise<void> {
  await sql`update outreach.message set followed_by_id = ${unitId} where id = ${id}`.execute(tx)
}

/** What somebody who follows messages up is told of each: whom it is about, by what it went, and why it was lost. */
export type LostMessage = Pick<Message, 'id' | 'personId' | 'template' | 'kind' | 'state' | 'code'> & {
  /** It carried a number for one use. */
  readonly isForOnce: boolean
}

export async function lostMessages({ tx }: Work, ids: readonly string[]): Promise<LostMessage[]> {
  const { rows } = await sql<LostMessage>`
    select m.id, nullif(m.person_id, m.id) as "personId", m.template, m.recipient as kind, m.state, m.code,
      m.useless_at is not null as "isForOnce"
    from outreach.message m where m.id = any (${[...ids]}::uuid[])`.execute(tx)
  return rows
}

/** Which of some keys of a person and a phone are marked: nothing more about the person goes there. */
export async function findDisowned({ tx }: Work, keys: readonly Buffer[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const { rows } = await sql<{ key: Buffer }>`
    select key from outreach.disowned_among(${[...keys]}::bytea[]) as key`.execute(tx)
  return new Set(rows.map(({ key }) => key.toString('hex')))
}

export async function insertDisowned({ tx, now }: Work, keys: readonly Buffer[]): Promise<void> {
  await sql`
    insert into outreach.disowned_phone (key, since) select key, ${now} from unnest(${[...keys]}::bytea[]) as k (key)
    on conflict (key) do nothing`.execute(tx)
}

/** What waits to go to some phones about a person ends here, as what could not arrive. */
export async function endWaitingTo(
  { tx, now }: Work,
  personId: Id<'person'>,
  addresses: readonly string[],
): Promise<void> {
  await sql`
    update outreach.message
    set state = 'undeliverable', code = 'phone-disowned', next_at = null, ended_at = ${now}, sealed = null
    where person_id = ${personId} and recipient = 'phone' and address = any (${[...addresses]}::text[])
      and state in ('queued', 'held', 'failed')`.execute(tx)
}

export async function deleteDisowned({ tx }: Work, keys: readonly Buffer[]): Promise<void> {
  await sql`delete from outreach.disowned_phone where key = any (${[...keys]}::bytea[])`.execute(tx)
}
