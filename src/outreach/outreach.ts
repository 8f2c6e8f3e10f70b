import * as audit from '../audit/audit.ts'
import { addDays, type Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Language } from '../platform/pages/html.ts'
import type { SealedColumn } from '../platform/sealing/reseal.ts'
import { seal } from '../platform/sealing/sealing.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import type { BudgetRef } from './budgets.ts'
import { letterDays } from './law.ts'
import {
  isLost,
  type MessageId,
  type MessageState,
  mayRetry,
  messageStates,
  optedOut,
  type ReachedHow,
} from './message.ts'
import { optOut } from './opt-out.ts'
import { outreachProblem } from './problems.ts'
import { auditSubjectOf, queueSending } from './queue.ts'
import { isAddressFault, parseRecipient, type Recipient } from './recipient.ts'
import * as store from './store.ts'
import * as sending from './store-sending.ts'
import { fullText, renderAnew, renderTemplate, type TemplateMessage } from './templates/every-message.ts'
import { type MessageTraits, templates } from './templates/templates.ts'
import { chooseWays, disownedCode, refusedAmong } from './ways.ts'

export { type Budget, type BudgetRef, listBudgets, setBudget } from './budgets.ts'
export { quietUntil } from './law.ts'
export type { MessageId } from './message.ts'
export { isLost, type LostState, lostStates, optedOut } from './message.ts'
export { endOptOut, optOut, optOutOf } from './opt-out.ts'
export { asMailbox, type Recipient } from './recipient.ts'
export type { DeliveryAttempt, LostMessage, Message, MessageSubject, WholeMessage } from './store.ts'
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
  /**
   * Further addresses of the same person, in order: each is tried once the one before certainly did not take it, and
   * never where that is unknown.
   */
  readonly otherwise?: readonly Recipient[]
  /** The last day on which it is of use: it goes no other way later, and as a letter not where that comes too late. */
  readonly usefulUntil?: Day | undefined
  /** What pays for it; nothing is counted where it is left out. */
  readonly budget?: BudgetRef
}

/** Where what stands for the stars of a message lies sealed, until it is sent, and what a gateway knows us by. */
export const sealedSecrets: readonly SealedColumn[] = [
  {
    table: 'outreach.message',
    column: 'sealed',
    key: { person_id: 'uuid', id: 'uuid' },
    use: 'message',
    place: ({ id = '' }) => id,
  },
  {
    table: 'outreach.gateway_token',
    column: 'sealed',
    key: { id: 'uuid' },
    use: 'gateway',
    place: ({ id = '' }) => id,
  },
]

/** What a template is besides its words. */
const traitsOf = ({ template }: TemplateMessage): MessageTraits => templates[template]

/** Until when a way may begin: a letter is on its way for some days, and is of use only where it comes in time. */
const lastDayOf = (work: Work, kind: Recipient['kind'], usefulUntil: Day | undefined): Day | undefined =>
  usefulUntil && kind === 'letter' ? addDays(usefulUntil, -ruleOn(letterDays, work.today, work)) : usefulUntil

function renderMessage(work: Work, sending: OutgoingMessage): store.NewMessage {
  const { language, to, about, template, budget, otherwise = [], usefulUntil } = sending
  const { kind, address, fault } = parseRecipient(to)
  const rendering = { language, day: work.today, lawRows: work.lawRows }
  const { secret, ...rendered } = renderTemplate(sending, { ...rendering, kind })
  const id = store.newMessageId(work)
  const { minutes } = sending.facts as { readonly minutes?: number }
  const traits = traitsOf(sending)
  // What carries a secret goes one way alone: nobody is to find a code in a second place.
  const otherWays = (secret === undefined ? otherwise : []).flatMap((other): store.OtherWay[] => {
    const parsed = parseRecipient(other)
    if (parsed.fault || (parsed.kind === kind && parsed.address === address)) return []
    const { subject, body, page } = renderTemplate(sending, { ...rendering, kind: parsed.kind })
    const until = lastDayOf(work, parsed.kind, usefulUntil)
    return [
      {
        ...{ kind: parsed.kind, address: parsed.address, subject, body },
        ...(page !== undefined && { page }),
        ...(until && { until }),
      },
    ]
  })
  return {
    id,
    about,
    template,
    language,
    kind,
    address,
    ...rendered,
    otherWays,
    passedOver: [],
    state: fault ? 'undeliverable' : kind === 'letter' ? 'to-print' : 'queued',
    urgent: traits.urgent ?? false,
    refusable: traits.refusable ?? false,
    ...(secret !== undefined && !fault && { sealed: seal('message', id, secret).toString('hex') }),
    ...(minutes && { uselessAt: new Date(work.now.getTime() + minutes * 60_000) }),
    ...(fault && { code: fault }),
    ...(sending.notBefore && { notBefore: sending.notBefore }),
    ...(budget && { budgetKind: budget.kind, budgetId: budget.id }),
  }
}

const addressOf = (number: string) => parseRecipient({ kind: 'phone', number }).address

/**
 * Sends nothing more about a person to some phones, since they were said not to be theirs; what waits to go there ends.
 * Asked by the house.
 */
export async function disownPhones(work: Work, personId: Id<'person'>, phones: readonly string[]): Promise<void> {
  const addresses = phones.map(addressOf)
  await store.insertDisowned(
    work,
    personId,
    addresses.map(address => disownedCode(personId, address).code),
  )
  await store.turnWaitingFrom(work, personId, addresses)
  await queueSending(work)
}

/** Those of some phones that were said not to be a person’s; none of them is shown to anybody. */
export async function disownedAmong(
  work: Work,
  personId: Id<'person'>,
  phones: readonly string[],
): Promise<ReadonlySet<string>> {
  const keyOf = (phone: string) => disownedCode(personId, addressOf(phone))
  const keys = await store.findDisowned(work, phones.map(keyOf))
  return new Set(keys.size > 0 ? phones.filter(phone => keys.has(keyOf(phone).code.toString('hex'))) : [])
}

/**
 * Two records are one person: a phone that was disowned for either is so for the one that stands, and what waits to go
 * there about either ends. Asked by the house, with the phones known of both, since a key tells neither.
 */
export async function disownMerged(
  house: Work,
  { survivor, merged }: { readonly survivor: Id<'person'>; readonly merged: Id<'person'> },
  phones: readonly string[],
): Promise<void> {
  const ofBoth = [...(await disownedAmong(house, survivor, phones)), ...(await disownedAmong(house, merged, phones))]
  if (ofBoth.length === 0) return
  await disownPhones(house, survivor, [...new Set(ofBoth)])
  await store.turnWaitingFrom(house, merged, ofBoth.map(addressOf))
}

/** An officer found that the phones are theirs after all. */
export const ownPhonesAgain = (work: Work, personId: Id<'person'>, phones: readonly string[]): Promise<void> =>
  store.deleteDisowned(
    work,
    personId,
    phones.map(number => disownedCode(personId, addressOf(number)).code),
  )

/**
 * Queues messages in the work's own transaction, which also queues their delivery: no commit, no message. Gives their
 * ids, in order; under a key that was used before, the earlier message's. An address that can receive nothing is kept
 * as undeliverable at once, and does not stop the deed. One deed a message: some thousand a work at most. Throws
 * `message-unlawful` where what an officer typed may not be said.
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

  const fresh = await chooseWays(
    work,
    messages.flatMap(({ message }, at) => (standing[at] === message.id ? [message] : [])),
  )
  if (fresh.length > 0) await store.insertMessages(work, fresh)
  const starts = new Set<number>()
  for (const { id, about, template, language, kind, code, state, notBefore } of fresh) {
    const subject = {
      kind: 'message',
      id,
      ...(about.personId && { personId: about.personId }),
      ...(about.unitId && { unitId: about.unitId }),
    }
    const facts = { template, language, to: kind, about: { kind: about.kind, id: about.id } }
    await audit.record(work, 'message.queued', subject, facts)
    if (code !== undefined) await audit.record(work, 'message.undeliverable', subject, { ...facts, code })
    else if (state === 'queued') starts.add(Math.max(notBefore?.getTime() ?? 0, work.now.getTime()))
  }
  for (const at of starts) await queueSending(work, new Date(at))
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
  fullText(
    {
      body: renderTemplate(said, { language, kind: 'phone', day: work.today, lawRows: work.lawRows }).body,
      ...{ language, kind: 'phone', refusable: traitsOf(said).refusable ?? false },
    },
    '',
  )

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
): Promise<{
  readonly message: store.WholeMessage
  readonly tries: readonly store.DeliveryAttempt[]
  /** The ways that did not take it. */
  readonly formerWays: readonly store.FormerWay[]
}> {
  const message = await store.findWholeMessage(work, id)
  if (!message) throw outreachProblem('message-unknown')
  if (message.personId) await audit.noteReading(work, [message.personId], ['message'], { kind: 'message', id })
  return {
    message,
    tries: await store.attemptsOf(work, message),
    formerWays: await store.formerWaysOf(work, message),
  }
}

/** The latest messages about a person, with address and words, for that person. */
export const lettersOf: (work: Work, personId: Id<'person'>) => Promise<store.PersonMessage[]> = store.messagesOfPerson

/** Queues a message that failed, or was given up, for another try at once; its pauses begin anew. */
export async function retryMessage(work: Work, id: MessageId): Promise<void> {
  const message = await store.holdMessage(work, id)
  if (!message) throw outreachProblem('message-unknown')
  if (!mayRetry(message.state)) throw outreachProblem('message-retry-refused', { state: message.state })
  if (message.uselessAt) throw outreachProblem('message-over')
  if (isAddressFault(message.code) || message.code === optedOut)
    throw outreachProblem('message-address-unusable', { code: message.code })

  await store.requeueMessage(work, message)
  await audit.record(work, 'message.retried', auditSubjectOf(message), {
    template: message.template,
    state: message.state,
  })
  await queueSending(work)
}

/**
 * Sends a message again of which nobody knows whether it arrived. An officer says that it may arrive twice; nothing
 * does so by itself. Throws message-not-unknown.
 */
export async function sendAgain(work: Work, id: MessageId): Promise<void> {
  const message = await store.holdMessage(work, id)
  if (!message) throw outreachProblem('message-unknown')
  if (message.state !== 'unknown') throw outreachProblem('message-not-unknown', { state: message.state })
  if (message.uselessAt) throw outreachProblem('message-over')
  await store.requeueMessage(work, message)
  await audit.record(work, 'message.sent-again', auditSubjectOf(message), {
    template: message.template,
    code: message.code,
  })
  await queueSending(work)
}

/**
 * Sends a message that did not arrive to another address: a phone that an officer learnt, or a letter. The former way
 * is kept as it was tried. Throws message-not-lost, message-may-have-arrived where nobody knows and the officer did not
 * accept that it may arrive twice, message-over, message-address-unusable.
 */
export async function sendElsewhere(
  work: Work,
  id: MessageId,
  { to, mayArriveTwice = false }: { readonly to: Recipient; readonly mayArriveTwice?: boolean | undefined },
): Promise<void> {
  const held = await store.holdMessage(work, id)
  const message = held && (await store.findWholeMessage(work, id))
  if (!message) throw outreachProblem('message-unknown')
  if (!isLost(message.state)) throw outreachProblem('message-not-lost', { state: message.state })
  if (message.state === 'unknown' && !mayArriveTwice) throw outreachProblem('message-may-have-arrived')
  if (message.uselessAt) throw outreachProblem('message-over')
  const { kind, address, fault } = parseRecipient(to)
  const { facts, refusable } = await store.factsOfMessage(work, message)
  const code = fault ?? (await refusalOf(work, { ...message, refusable }, { kind, address }))
  if (code) throw outreachProblem('message-address-unusable', { code })

  const { subject, body, language, template } = message
  const anew = renderAnew(template, facts, { language, kind, day: work.today, lawRows: work.lawRows })
  await store.readdressMessage(work, message, {
    kind,
    address,
    ...(kind === message.kind ? { subject, body } : (anew ?? { subject, body })),
  })
  await audit.record(work, 'message.readdressed', auditSubjectOf(message), {
    template,
    state: message.state,
    from: message.kind,
    to: kind,
  })
  if (kind !== 'letter') await queueSending(work)
}

/** Why nothing of this kind goes to an address: its owner refuses it, or said that the phone is not the person's. */
const refusalOf = (
  work: Work,
  message: store.WholeMessage & { readonly refusable: boolean },
  { kind, address }: Pick<store.NewMessage, 'kind' | 'address'>,
): Promise<string | undefined> =>
  withHouseScope(work, async house => {
    const former = await store.formerWaysOf(house, message)
    const others = [message.address, ...former.map(one => one.address)]
    const isRefused = message.code === optedOut || (await refusedAmong(house, [{ address, others }])).size > 0
    if (message.refusable && isRefused) return optedOut
    if (kind !== 'phone' || !message.personId) return undefined
    const disowned = await store.findDisowned(house, [disownedCode(message.personId as Id<'person'>, address)])
    return disowned.size > 0 ? 'phone-disowned' : undefined
  })

/**
 * An officer says how a family was reached whose message was lost, or whose phone took nothing before it went another
 * way. Throws message-not-lost.
 */
export async function noteReached(work: Work, id: MessageId, how: ReachedHow): Promise<void> {
  const message = await store.holdMessage(work, id)
  if (!message) throw outreachProblem('message-unknown')
  const wasTurned = (await store.formerWaysOf(work, message)).length > 0
  if (!isLost(message.state) && !wasTurned) throw outreachProblem('message-not-lost', { state: message.state })
  await audit.record(work, 'message.reached', auditSubjectOf(message), { template: message.template, how })
}

/** The owner of the address of a message refuses reminders, as they told an officer. */
export async function refuseByOfficer(work: Work, id: MessageId): Promise<void> {
  const message = await store.findWholeMessage(work, id)
  if (!message) throw outreachProblem('message-unknown')
  await withHouseScope(work, house => optOut(house, message, 'officer'))
}

/** Letters that wait for paper, in sight; that they were read is noted. At most 500. */
export async function lettersToPrint(work: Work): Promise<sending.Letter[]> {
  const letters = await sending.selectLetters(work, 500)
  await audit.noteReading(
    work,
    letters.flatMap(({ personId }) => personId ?? []),
    ['message', 'residence'],
  )
  return letters
}

/** Letters that were printed; those that another printed meanwhile are left as they are. Gives how many. */
export async function markPrinted(work: Work, ids: readonly MessageId[]): Promise<number> {
  const printed = await sending.setPrinted(work, ids)
  if (printed.length > 0)
    await audit.record(
      work,
      'letters.printed',
      { kind: 'list', id: work.id, ...(work.unitId && { unitId: work.unitId }) },
      { letters: printed.length },
    )
  return printed.length
}

/** Of lost messages what a follow-up tells of them; the unit that follows one up sees it from then on. */
export const lostMessages: (work: Work, ids: readonly string[]) => Promise<store.LostMessage[]> = store.lostMessages
/** A letter is seen by the ward that prints it. */
export const letWardSee: (work: Work, id: MessageId, unitId: Id<'unit'>) => Promise<void> = store.setSeenAsLetter
export const setFollowedBy: (work: Work, id: MessageId, unitId: Id<'unit'>) => Promise<void> = store.setFollowedBy

/** How many messages in sight are in which state. */
export async function countMessages(work: Work): Promise<Readonly<Record<MessageState, number>>> {
  const counts = await store.countByState(work)
  const of = (state: MessageState) => counts.get(state) ?? 0
  return Object.fromEntries(messageStates.map(state => [state, of(state)])) as Record<MessageState, number>
}

export const countWaiting = store.countWaitingMessages

/**
 * Who asked, by a request about their own data, not to be reminded; and who may be again. Messages about what a person
 * began themselves go on: these are owed to them. Asked by the house.
 */
export const stopReminders: (work: Work, personId: Id<'person'>, requestId: string) => Promise<void> =
  store.insertNoReminder
export const allowReminders: (work: Work, requestId: string) => Promise<void> = store.deleteNoReminder
export const peopleWithoutReminders: (work: Work, personIds: readonly Id<'person'>[]) => Promise<Id<'person'>[]> =
  store.peopleWithoutReminders
