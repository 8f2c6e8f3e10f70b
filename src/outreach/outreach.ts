import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Language } from '../platform/pages/html.ts'
import type { SealedColumn } from '../platform/sealing/reseal.ts'
import { seal } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'
import { type MessageId, type MessageState, mayRetry, messageStates } from './message.ts'
import { outreachProblem } from './problems.ts'
import { auditSubjectOf, queueDelivery } from './queue.ts'
import { isAddressFault, parseRecipient, type Recipient } from './recipient.ts'
import * as store from './store.ts'
import { renderTemplate, type TemplateMessage } from './templates/every-message.ts'

export type { MessageId } from './message.ts'
export type { Recipient } from './recipient.ts'
export type { DeliveryAttempt, Message, MessageSubject, WholeMessage } from './store.ts'
export type { TemplateMessage } from './templates/every-message.ts'

/** What is sent: a template with its facts, in a language, to someone, about something. */
export type OutgoingMessage = TemplateMessage & {
  readonly language: Language
  readonly to: Recipient
  readonly about: store.MessageSubject
  /**
   * An idempotency key, such as 'returned:<application>:<how often>': a second message with the same key is not sent.
   * Kinds and ids only, nothing personal; at most 200 characters.
   */
  readonly key?: string
  /** Not delivered before; at once where it is left out. */
  readonly notBefore?: Date
}

/** Where what stands for the stars of a message lies sealed, until it is sent. */
export const sealedSecrets: readonly SealedColumn[] = [
  {
    table: 'outreach.message',
    column: 'sealed',
    key: { person_id: 'uuid', id: 'uuid' },
    use: 'message',
    place: ({ id = '' }) => id,
  },
]

function renderMessage(work: Work, sending: OutgoingMessage): store.NewMessage {
  const { language, to, about, template } = sending
  const { kind, address, fault } = parseRecipient(to)
  const { secret, ...rendered } = renderTemplate(sending, { language, kind, day: work.today, lawRows: work.lawRows })
  const id = store.newMessageId(work)
  const { minutes } = sending.facts as { readonly minutes?: number }
  return {
    id,
    about,
    template,
    language,
    kind,
    address,
    ...rendered,
    ...(secret !== undefined && !fault && { sealed: seal('message', id, secret).toString('hex') }),
    ...(minutes && { uselessAt: new Date(work.now.getTime() + minutes * 60_000) }),
    ...(fault && { code: fault }),
    ...(sending.notBefore && { notBefore: sending.notBefore }),
  }
}

/**
 * Queues messages in the work's own transaction, which also queues their delivery: no commit, no message. Gives their
 * ids, in order; under a key that was used before, the earlier message's. An address that can receive nothing is kept
 * as undeliverable at once, and does not stop the deed. One deed and one job a message: some thousand a work at most.
 * Throws `message-unlawful` where what an officer typed may not be said.
 */
export async function sendMessages(work: Work, sendings: readonly OutgoingMessage[]): Promise<MessageId[]> {
  const messages = sendings.map(sending => ({ key: sending.key, message: renderMessage(work, sending) }))
  const keyed = messages.flatMap(({ key, message }) => (key === undefined ? [] : [{ key, id: message.id }]))
  await store.insertKeys(work, keyed)
  const byKey =
    keyed.length > 0
      ? await store.messagesByKey(
          work,
          keyed.map(({ key }) => key),
        )
      : new Map<string, MessageId>()
  const standing = messages.map(({ key, message }) => (key === undefined ? undefined : byKey.get(key)) ?? message.id)

  const fresh = messages.flatMap(({ message }, at) => (standing[at] === message.id ? [message] : []))
  if (fresh.length > 0) await store.insertMessages(work, fresh)
  for (const { id, about, template, language, kind, code, notBefore } of fresh) {
    const subject = {
      kind: 'message',
      id,
      ...(about.personId && { personId: about.personId }),
      ...(about.unitId && { unitId: about.unitId }),
    }
    const facts = { template, language, to: kind, about: { kind: about.kind, id: about.id } }
    await audit.record(work, 'message.queued', subject, facts)
    if (code === undefined) await queueDelivery(work, id, notBefore)
    else await audit.record(work, 'message.undeliverable', subject, { ...facts, code })
  }
  return standing
}

/** Queues one message; see `sendMessages`. */
export async function sendMessage(work: Work, sending: OutgoingMessage): Promise<MessageId> {
  const [id] = await sendMessages(work, [sending])
  if (!id) throw new Error('a message that was sent has an id')
  return id
}

/** The messages about a thing that are in sight, the latest first; without address and words. At most 100. */
export const messagesAbout = (
  work: Work,
  { kind, id }: Pick<store.MessageSubject, 'kind' | 'id'>,
): Promise<store.Message[]> => store.selectMessages(work, { aboutKind: kind, aboutId: id, limit: 100 })

/** A text for phones as it would be sent, without its link; nothing is queued. */
export const previewForPhone = (work: Work, said: TemplateMessage, language: Language): string =>
  renderTemplate(said, { language, kind: 'phone', day: work.today, lawRows: work.lawRows }).body

/**
 * Those of some people to whom a template was sent since a moment, and did not fail to arrive. By whichever unit: the
 * caller asks in the scope of the house, and shows nobody.
 */
export const peopleSentSince: (
  work: Work,
  template: TemplateMessage['template'],
  personIds: readonly Id<'person'>[],
  since: Date,
) => Promise<Id<'person'>[]> = store.peopleSentSince

const pageSize = 50

/** A page of the messages in sight, the latest first; without address and words. */
export async function listMessages(
  work: Work,
  sought: Omit<store.MessageFilter, 'limit'>,
): Promise<{ readonly messages: readonly store.Message[]; readonly next?: MessageId }> {
  if (sought.after && !(await store.findWholeMessage(work, sought.after))) throw outreachProblem('message-page-gone')
  const found = await store.selectMessages(work, { ...sought, limit: pageSize + 1 })
  const messages = found.slice(0, pageSize)
  const last = messages.at(-1)
  return { messages, ...(found.length > pageSize && last && { next: last.id }) }
}

/** A message with its address and words, and every try; that it was read is noted. */
export async function getMessage(
  work: Work,
  id: MessageId,
): Promise<{ readonly message: store.WholeMessage; readonly tries: readonly store.DeliveryAttempt[] }> {
  const message = await store.findWholeMessage(work, id)
  if (!message) throw outreachProblem('message-unknown')
  if (message.personId) await audit.noteReading(work, [message.personId], ['message'], { kind: 'message', id })
  return { message, tries: await store.attemptsOf(work, message) }
}

/** The latest messages about a person, with address and words, for that person. */
export const lettersOf: (work: Work, personId: Id<'person'>) => Promise<store.PersonMessage[]> = store.messagesOfPerson

/** Queues a message that failed, or was given up, for another try at once; its pauses begin anew. */
export async function retryMessage(work: Work, id: MessageId): Promise<void> {
  const message = await store.holdMessage(work, id)
  if (!message) throw outreachProblem('message-unknown')
  if (!mayRetry(message.state)) throw outreachProblem('message-retry-refused', { state: message.state })
  if (message.uselessAt) throw outreachProblem('message-over')
  if (isAddressFault(message.code)) throw outreachProblem('message-address-unusable', { code: message.code })

  await store.requeueMessage(work, message)
  await audit.record(work, 'message.retried', auditSubjectOf(message), {
    template: message.template,
    state: message.state,
  })
  await queueDelivery(work, id)
}

/** How many messages in sight are in which state. */
export async function countMessages(work: Work): Promise<Readonly<Record<MessageState, number>>> {
  const counts = await store.countByState(work)
  const of = (state: MessageState) => counts.get(state) ?? 0
  return Object.fromEntries(messageStates.map(state => [state, of(state)])) as Record<MessageState, number>
}

/**
 * Who asked, by a request about their own data, not to be reminded; and who may be again. Messages about what a person
 * began themselves go on: these are owed to them. Asked by the house.
 */
export const stopReminders: (work: Work, personId: Id<'person'>, requestId: string) => Promise<void> =
  store.insertNoReminder
export const allowReminders: (work: Work, requestId: string) => Promise<void> = store.deleteNoReminder
export const peopleWithoutReminders: (work: Work, personIds: readonly Id<'person'>[]) => Promise<Id<'person'>[]> =
  store.peopleWithoutReminders
