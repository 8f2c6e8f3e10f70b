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

const columns = sql.raw(`m.id, m.template, m.language, m.recipient as kind, m.state, m.unit_id as "unitId",
      nullif(m.person_id, m.id) as "personId", m.about_kind as "aboutKind",
  m.about_id as "aboutId", m.attempts, m.tries, m.code, m.queued_at as "queuedAt", m.next_at as "nextAt",
    m.ended_at as "endedAt", m.useless_at as "uselessAt",
  (select a.via from outreach.attempt a
    where a.person_id = m.person_id and a.message_id = m.id and a.number = m.attempts) as via`)
const wholeColumns = sql`${columns}, m.address, m.subject, m.body, m.page`

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
        code,
                                  queued_at, next_at, ended_at, sealed, useless_at)
    select m."personId", m.id, m."unitId", m.template, m.language, m."aboutKind", m."aboutId", m.kind, m.address,
      m.subject, m.body, m.page,
           case when m.code is null then 'queued' else 'undeliverable' end, m.code, ${now}::timestamptz,
           case when m.code is null then coalesce(m."notBefore", ${now}::timestamptz) end,
             case when m.code is not null then ${now}::timestamptz end,
           decode(m.sealed, 'hex'), m."uselessAt"
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as m ("personId" uuid, id uuid, "unitId" uuid, template text, language text, "aboutKind" text, "aboutId" uuid,
          kind text, address text, subject text,
            body text, page text, code text, sealed text, "uselessAt" timestamptz,
            "notBefore" timestamptz)`.execute(tx)
}

/** The same in the hands of who delivers it. */
export type BegunMessage = WholeMessage & { readonly sealed: Buffer | null }

/** Takes a message that is due into one's hands; undefined where another has it, or it is not due. */
export async function beginDelivery({ tx, now }: Work, id: MessageId): Promise<BegunMessage | undefined> {
  const { rows } = await sql<BegunMessage>`
    update outreach.message m
    set state = 'sending', attempts = attempts + 1, tries = tries + 1, begun_at = ${now}, next_at = null
    where id = ${id} and state in ('queued', 'failed') and next_at <= ${now}
    returning ${wholeColumns}, m.sealed`.execute(tx)
  return rows[0]
}

/** A message to no person is stored under its own id. */
const sealingPlaceOf = ({ id, personId }: Pick<Message, 'id' | 'personId'>) => personId ?? id

export async function insertAttempt({ tx, now }: Work, message: Message, via: string): Promise<void> {
  await sql`
    insert into outreach.attempt (person_id, message_id, number, via, begun_at)
    values (${sealingPlaceOf(message)}, ${message.id}, ${message.attempts}, ${via}, ${now})`.execute(tx)
}

export type DeliveryEnd = { readonly state: MessageState; readonly nextAt?: Date; readonly code?: string }

/**
 * Writes how the attempt that was begun ended; false where the message has meanwhile gone on without it. One that was
 * thought interrupted may still end so.
 */
export async function endDelivery(
  { tx, now }: Work,
  message: Message,
  { state, nextAt, code }: DeliveryEnd,
): Promise<boolean> {
  const { rows } = await sql`
    update outreach.message
    set state = ${state}, next_at = ${nextAt ?? null}, begun_at = null, code = ${code ?? null},
        ended_at = case when ${state} = 'failed' then null else ${now}::timestamptz end,
        sealed = case when ${state} = 'failed' then sealed end
    where person_id = ${sealingPlaceOf(message)} and id = ${message.id} and attempts = ${message.attempts}
      and state in ('sending', 'failed')
    returning id`.execute(tx)
  return rows.length > 0
}

export async function endAttempt(
  { tx, now }: Work,
  message: Message,
  { outcome, code }: { outcome: AttemptOutcome; code?: string },
): Promise<void> {
  await sql`
    update outreach.attempt set ended_at = ${now}, outcome = ${outcome}, code = ${code ?? null}
    where person_id = ${sealingPlaceOf(message)} and message_id = ${message.id}
      and number = ${message.attempts}`.execute(tx)
}

export type InterruptedMessage = Message & {
  /** How often before, since it was queued or asked for anew. */ readonly interruptions: number
}

/** Messages that have been under way since before a moment, held; others that look for them pass these by. */
export async function holdInterrupted({ tx }: Work, before: Date): Promise<InterruptedMessage[]> {
  const { rows } = await sql<InterruptedMessage>`
    select ${columns},
      (select count(*)::integer from outreach.attempt a
       where a.person_id = m.person_id and a.message_id = m.id and a.outcome = 'interrupted'
           and a.number > m.attempts - m.tries) as interruptions
    from outreach.message m where m.state = 'sending' and m.begun_at < ${before} order by m.begun_at limit 500
    for update of m skip locked`.execute(tx)
  return rows
}

/** What is due, the longest first. */
export async function dueMessages({ tx, now }: Work, limit: number): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    select id from outreach.message where state in ('queued', 'failed') and next_at <= ${now} order by next_at
    limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function holdMessage({ tx }: Work, id: MessageId): Promise<Message | undefined> {
  const { rows } =
    await sql<Message>`select ${columns} from outreach.message m where m.id = ${id} for update of m`.execute(tx)
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
    update outreach.message set state = 'queued', tries = 0, next_at = ${now}, begun_at = null, ended_at = null
    where person_id = ${sealingPlaceOf(message)} and id = ${message.id}`.execute(tx)
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
    select ${columns} from outreach.message m
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
}

export async function attemptsOf({ tx }: Work, message: Message): Promise<DeliveryAttempt[]> {
  const { rows } = await sql<DeliveryAttempt>`
    select number, via, begun_at as "begunAt", ended_at as "endedAt", outcome, code from outreach.attempt
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
      and m.state in ('queued', 'sending', 'failed', 'sent')`.execute(tx)
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
