import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
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
  /** Ways that are left out since nothing arrived there of late. */
  readonly passedOver: readonly OtherWay[]
  readonly budgetKind?: string
  readonly budgetId?: string
}

/** A further way of a message, in its own words; tried once the ways before it certainly did not take it. */
export type OtherWay = {
  readonly kind: RecipientKind
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly page?: string
  /** The last day on which it may begin. */
  readonly until?: Day
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
  /** The house's days on which it was queued and tried last: what people read; instants are real. */
  readonly queuedOn: Day
  readonly triedOn: Day | null
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
  /** Its recipient may refuse it. */
  readonly refusable: boolean
}

export const messageColumns =
  sql.raw(`m.id, m.template, m.language, m.recipient as kind, m.state, m.unit_id as "unitId",
      nullif(m.person_id, m.id) as "personId", m.about_kind as "aboutKind",
  m.about_id as "aboutId", m.attempts, m.tries, m.code, m.queued_at as "queuedAt", m.next_at as "nextAt",
    m.ended_at as "endedAt", m.useless_at as "uselessAt",
  m.queued_on as "queuedOn",
  (select a.via from outreach.attempt a
    where a.person_id = m.person_id and a.message_id = m.id and a.number = m.attempts) as via,
  (select a.begun_on from outreach.attempt a
    where a.person_id = m.person_id and a.message_id = m.id and a.number = m.attempts) as "triedOn"`)
const wholeColumns = sql`${messageColumns}, m.address, m.subject, m.body, m.page, m.refusable`

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

export async function insertMessages({ tx, now, today }: Work, messages: readonly NewMessage[]): Promise<void> {
  const rows = messages.map(({ about, passedOver, ...message }) => ({
    ...message,
    formerWays: passedOver.map(({ kind, address, subject, body }) => ({
      ...{ kind, address, subject, body },
      lastAttempt: 0,
    })),
    aboutKind: about.kind,
    aboutId: about.id,
    unitId: about.unitId ?? null,
    personId: about.personId ?? message.id,
  }))
  await sql`
    insert into outreach.message
      (person_id, id, unit_id, template, language, about_kind, about_id, recipient, address, subject, body, page, state,
        code, queued_at, next_at, ended_at, sealed, useless_at, urgent, refusable, facts, other_ways, former_ways,
        budget_kind, budget_id, queued_on)
    select m."personId", m.id, m."unitId", m.template, m.language, m."aboutKind", m."aboutId", m.kind, m.address,
      m.subject, m.body, m.page, m.state, m.code, ${now}::timestamptz,
      case when m.state = 'queued' then coalesce(m."notBefore", ${now}::timestamptz) end,
      case when m.state = 'undeliverable' then ${now}::timestamptz end,
      decode(m.sealed, 'hex'), m."uselessAt", m.urgent, m.refusable, m.facts, m."otherWays", m."formerWays",
      m."budgetKind", m."budgetId", ${today}::date
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as m ("personId" uuid, id uuid, "unitId" uuid, template text, language text, "aboutKind" text, "aboutId" uuid,
        kind text, address text, subject text, body text, page text, state text, code text, sealed text,
        "uselessAt" timestamptz, "notBefore" timestamptz, urgent boolean, refusable boolean, facts jsonb,
        "otherWays" jsonb, "formerWays" jsonb, "budgetKind" text, "budgetId" uuid)`.execute(tx)
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
  readonly begunOn: Day
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
    select number, via, begun_at as "begunAt", begun_on as "begunOn", ended_at as "endedAt", outcome, code, parts,
      price, receipt,
      receipt_at as "receiptAt" from outreach.attempt
    where person_id = ${sealingPlaceOf(message)} and message_id = ${message.id} order by number`.execute(tx)
  return rows
}

/** A message as its recipient may read it. */
export type PersonMessage = Pick<
  WholeMessage,
  'id' | 'template' | 'kind' | 'address' | 'subject' | 'body' | 'state' | 'queuedAt' | 'queuedOn' | 'endedAt'
>

/** The messages about a person, the latest first. */
export async function messagesOfPerson({ tx }: Work, personId: Id<'person'>): Promise<PersonMessage[]> {
  const { rows } = await sql<PersonMessage>`
    select id, template, recipient as kind, address, subject, body, state, queued_at as "queuedAt",
      queued_on as "queuedOn", ended_at as "endedAt" from outreach.message
    where person_id = ${personId} and id <> person_id order by id desc`.execute(tx)
  return rows
}

/** How many messages in sight are in which state. */
export async function countByState({ tx }: Work): Promise<Map<MessageState, number>> {
  const { rows } = await sql<{ state: MessageState; n: number }>`
    select state, count(*)::integer as n from outreach.message group by state`.execute(tx)
  return new Map(rows.map(({ state, n }) => [state, n]))
}

/** How many wait to be sent, and for how many seconds the oldest has been due. */
export async function countWaitingMessages({
  tx,
  now,
}: Work): Promise<{ readonly waiting: number; readonly overdueSeconds: number }> {
  const { rows } = await sql<{ waiting: number; since: Date | null }>`
    select count(*)::integer as waiting, min(next_at) as since from outreach.message
    where state in ('queued', 'failed')`.execute(tx)
  const { waiting, since } = rows[0] ?? { waiting: 0, since: null }
  return { waiting, overdueSeconds: since ? Math.max(0, (now.getTime() - since.getTime()) / 1000) : 0 }
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

/** Who prints a letter sees it from then on. */
export async function setSeenAsLetter({ tx }: Work, id: MessageId, unitId: Id<'unit'>): Promise<void> {
  await sql`
    update outreach.message set followed_by_id = ${unitId}
    where id = ${id} and recipient = 'letter' and unit_id is distinct from ${unitId}`.execute(tx)
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

/** Which of some codes of a person and a phone are marked: nothing more about the person goes there. */
export async function findDisowned(
  { tx }: Work,
  codes: readonly { readonly personId: Id<'person'>; readonly code: Buffer }[],
): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set()
  const { rows } = await sql<{ key: Buffer }>`
    select key from outreach.disowned_among(${codes.map(({ personId }) => personId)}::uuid[],
      ${codes.map(({ code }) => code)}::bytea[]) as key`.execute(tx)
  return new Set(rows.map(({ key }) => key.toString('hex')))
}

/** The database refuses it behind a family's link or a receipt for anybody but their own person. */
export async function insertDisowned(
  { tx, now }: Work,
  personId: Id<'person'>,
  codes: readonly Buffer[],
): Promise<void> {
  await sql`select outreach.disown(${personId}::uuid, ${[...codes]}::bytea[], ${now})`.execute(tx)
}

/**
 * What waits to go to some phones about a person goes its next way, or ends as what could not arrive; and nothing goes
 * there as its next way.
 */
export async function turnWaitingFrom(
  { tx, now, today }: Work,
  personId: Id<'person'>,
  addresses: readonly string[],
): Promise<void> {
  await sql`
    update outreach.message m
    set other_ways = (
      select coalesce(jsonb_agg(w order by at), '[]') from jsonb_array_elements(m.other_ways) with ordinality o (w, at)
      where not (w ->> 'kind' = 'phone' and w ->> 'address' = any (${[...addresses]}::text[])))
    where m.person_id = ${personId} and m.other_ways <> '[]'
      and m.state in ('queued', 'held', 'failed', 'sending', 'accepted')`.execute(tx)
  await sql`
    update outreach.message m
    set state = case when n.way is null then 'undeliverable' when n.way ->> 'kind' = 'letter' then 'to-print'
        else 'queued' end,
      code = 'phone-disowned', sealed = null, tries = 0, refused_by = '{}',
      next_at = case when n.way ->> 'kind' <> 'letter' then ${now}::timestamptz end,
      ended_at = case when n.way is null then ${now}::timestamptz end,
      former_ways = case when n.way is null then m.former_ways else m.former_ways || jsonb_build_object(
        'kind', m.recipient, 'address', m.address, 'subject', m.subject, 'body', m.body,
        'lastAttempt', m.attempts) end,
      recipient = coalesce(n.way ->> 'kind', m.recipient), address = coalesce(n.way ->> 'address', m.address),
      subject = coalesce(n.way ->> 'subject', m.subject), body = coalesce(n.way ->> 'body', m.body),
      page = case when n.way is null then m.page else n.way ->> 'page' end,
      other_ways = coalesce((
        select jsonb_agg(w order by at) from jsonb_array_elements(m.other_ways) with ordinality o (w, at)
        where at > n.at), '[]')
    from outreach.message s
    left join lateral (
      select w as way, at from jsonb_array_elements(s.other_ways) with ordinality o (w, at)
      where coalesce(w ->> 'until', '9999') >= ${today} order by at limit 1) n on true
    where m.person_id = s.person_id and m.id = s.id and s.person_id = ${personId} and s.recipient = 'phone'
      and s.address = any (${[...addresses]}::text[]) and s.state in ('queued', 'held', 'failed')`.execute(tx)
}

export type FormerWay = Pick<OtherWay, 'kind' | 'address'>

/** The ways that did not take a message, in order. */
export async function formerWaysOf({ tx }: Work, message: Message): Promise<FormerWay[]> {
  const { rows } = await sql<FormerWay>`
    select w ->> 'kind' as kind, w ->> 'address' as address
    from outreach.message m, jsonb_array_elements(m.former_ways) with ordinality as f (w, at)
    where m.person_id = ${sealingPlaceOf(message)} and m.id = ${message.id} order by at`.execute(tx)
  return rows
}

/** Also a mark of before, which was the code itself. */
export async function deleteDisowned({ tx }: Work, personId: Id<'person'>, codes: readonly Buffer[]): Promise<void> {
  await sql`
    delete from outreach.disowned_phone d using unnest(${[...codes]}::bytea[]) as c (code)
    where d.key in (c.code, outreach.mark_of(${personId}::uuid, c.code))`.execute(tx)
}
