import * as audit from '../../audit/audit.ts'
import { ruleOn } from '../../platform/law.ts'
import { unseal } from '../../platform/sealing/sealing.ts'
import type { Work } from '../../platform/work.ts'
import type { Channel, ChannelMessage, DeliveryReply, Fare } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { quietUntil, receiptHours } from '../law.ts'
import { type MessageId, stateAfter } from '../message.ts'
import { auditSubjectOf } from '../queue.ts'
import { sealingPlaceOf } from '../store.ts'
import * as budgets from '../store-budgets.ts'
import { findUnfollowed } from '../store-followers.ts'
import * as receipts from '../store-receipts.ts'
import * as store from '../store-sending.ts'
import { fullText, withSecret } from '../templates/every-message.ts'
import { afterRefusal, channelsOf, type Ended, endWith, factsOf, nextWayOf, withoutRefused } from './ends.ts'
import { applyReceipts } from './receipts.ts'

/**
 * Tries, many in a work: messages that are due are taken, and what became of tries is written down. Between both the
 * messages are handed to their channels, outside of any work.
 */

/** A message in the hands of who sends it, with the channel that is to take it. */
export type Try = {
  readonly message: store.DueMessage
  /** The number of the attempt. */
  readonly number: number
  readonly channel: Channel
  readonly letter: ChannelMessage
  readonly fare: Fare
  /** What it carries is worth nothing any more. */
  readonly isLate: boolean
}

/** The letter as it goes out: its link and its refusal written, and what was sealed put in the place of its stars. */
function channelMessageOf(message: store.DueMessage, origin: string, { refuseTo }: Channel): ChannelMessage {
  const { id, address, subject, body, page, language, kind, queuedAt, sealed, template, facts, refusable } = message
  const text = fullText({ body, language, kind, refusable, ...(page !== null && { page }) }, origin, refuseTo)
  const letter = { id, to: address, language, subject, text, at: queuedAt, template, facts }
  if (!sealed) return letter
  const secret = unseal('message', id, sealed)
  const whole = (words: string) => withSecret(words, secret, origin)
  return {
    ...letter,
    subject: whole(subject),
    text: whole(text),
    facts: Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, whole(fact)])),
  }
}

/** Channels whose account the owner of a phone has left, by phone. */
type LeftChannels = ReadonlyMap<string, ReadonlySet<string>>

async function leftChannels(work: Work, channels: Channels, due: readonly store.DueMessage[]): Promise<LeftChannels> {
  const phones = due.filter(({ kind }) => kind === 'phone').map(({ address }) => address)
  const left = new Map<string, Set<string>>()
  for (const { name, readFollows } of phones.length > 0 ? channels.phone : []) {
    if (!readFollows) continue
    for (const phone of await findUnfollowed(work, name, phones))
      left.set(phone, (left.get(phone) ?? new Set()).add(name))
  }
  return left
}

/** The gateways of a message, those first that whoever pays for it named. */
function waysOf(message: store.DueMessage, channels: Channels, terms: budgets.BudgetTerms | undefined): Channel[] {
  const first = terms?.channels ?? []
  const placeOf = ({ name }: Channel) => (first.includes(name) ? first.indexOf(name) : first.length)
  return [...channelsOf(channels, message.kind)].sort((one, other) => placeOf(one) - placeOf(other))
}

type TryContext = { readonly channels: Channels; readonly left: LeftChannels; readonly now: Date }

function tryOf(
  message: store.DueMessage,
  terms: budgets.BudgetTerms | undefined,
  { channels, left, now }: TryContext,
): Try | undefined {
  const ways = waysOf(message, channels, terms)
  const open = ways.filter(({ name }) => !message.refusedBy.includes(name))
  // Whoever left the account is reached there only where nothing else is left; a channel that refused it before may be
  // the only one that is left in the settings.
  const channel = open.find(({ name }) => !left.get(message.address)?.has(name)) ?? open[0] ?? ways[0]
  if (!channel) return undefined
  const letter = channelMessageOf(message, channels.origin, channel)
  return {
    message,
    number: message.attempts + 1,
    channel,
    letter,
    fare: channel.fareOf?.(letter) ?? { parts: 1, price: 0 },
    isLate: message.uselessAt !== null && message.uselessAt <= now,
  }
}

const payerOf = ({ budgetKind, budgetId }: store.DueMessage): budgets.BudgetRef | undefined =>
  budgetKind === null || budgetId === null ? undefined : { kind: budgetKind, id: budgetId }
const budgetOf = ({ message }: Try): budgets.BudgetRef | undefined => payerOf(message)

/** The terms of those who pay for some messages. */
async function termsOf(work: Work, due: readonly store.DueMessage[]) {
  const refs = new Map(due.flatMap(payerOf).flatMap(ref => (ref ? [[budgets.keyOfBudget(ref), ref] as const] : [])))
  const found = await budgets.findTerms(work, [...refs.values()])
  return (message: store.DueMessage) => {
    const ref = payerOf(message)
    return ref && found.get(budgets.keyOfBudget(ref))
  }
}

/** Sets aside what tries cost; gives those that their budget does not pay, which wait for it. */
async function payFor(work: Work, tries: readonly Try[]): Promise<ReadonlySet<Try>> {
  const unpaid = new Set<Try>()
  const paying = tries.filter(one => one.fare.price > 0 && budgetOf(one))
  const byBudget = Map.groupBy(paying, one => `${budgetOf(one)?.kind} ${budgetOf(one)?.id}`)
  // In one order, so that two senders do not wait for each other.
  for (const key of [...byBudget.keys()].sort()) {
    const theirs = byBudget.get(key) ?? []
    const ref = theirs[0] && budgetOf(theirs[0])
    const budget = ref && (await budgets.holdBudget(work, ref))
    if (!ref || !budget) continue
    const cap = budget.cap ?? Number.POSITIVE_INFINITY
    let left = cap - budget.spent
    let paid = 0
    for (const one of theirs) {
      if (one.fare.price > left) unpaid.add(one)
      else {
        left -= one.fare.price
        paid += one.fare.price
      }
    }
    await budgets.addSpent(work, ref, paid)
  }
  return unpaid
}

/**
 * Takes messages that are due: what somebody waits for first. What rings waits in quiet hours, and what its budget does
 * not pay is held. From here on a kill leaves a message under way, and it is never sent again by itself.
 */
export async function beginTries(
  work: Work,
  channels: Channels,
  sought: { readonly kind: 'email' | 'phone'; readonly limit: number } | { readonly id: MessageId },
): Promise<Try[]> {
  const quiet = quietUntil(work)
  for (const kind of ['email', 'phone'] as const)
    if (quiet && (!('kind' in sought) || sought.kind === kind) && channels[kind].some(({ rings }) => rings))
      await store.putOff(work, kind, quiet)
  const due = await store.holdDue(work, 'id' in sought ? { id: sought.id, limit: 1 } : sought)
  const left = await leftChannels(work, channels, due)
  const terms = await termsOf(work, due)
  const found = due.flatMap(message => tryOf(message, terms(message), { channels, left, now: work.now }) ?? [])
  const waits = found.flatMap(({ message, channel }) => {
    const hours = terms(message)?.hours
    const until = hours && channel.rings && !message.urgent ? quietUntil(work, hours) : undefined
    return until ? [{ personId: sealingPlaceOf(message), id: message.id, until }] : []
  })
  await store.putOffSome(work, waits)
  const waiting = new Set(waits.map(({ id }) => id))
  const tries = found.filter(({ message }) => !waiting.has(message.id))
  const unpaid = await payFor(work, tries)
  if (unpaid.size > 0) {
    const held = [...unpaid].map(({ message }) => message)
    await budgets.holdForBudget(
      work,
      held.map(({ id }) => id),
    )
    for (const message of held) await audit.record(work, 'message.held', auditSubjectOf(message), factsOf(message))
  }
  const begun = tries.filter(one => !unpaid.has(one))
  await store.beginAttempts(
    work,
    begun.map(({ message, number, channel, fare }) => ({
      personId: sealingPlaceOf(message),
      id: message.id,
      number,
      via: channel.name,
      ...fare,
    })),
  )
  return begun
}

/** What a try came to. */
export type TryEnd = { readonly tried: Try; readonly reply: DeliveryReply }

function endOf(work: Work, channels: Channels, { tried, reply }: TryEnd): Ended['end'] {
  const { message, channel } = tried
  const { outcome, code, gatewayIds, pauseSeconds } = reply
  if (outcome === 'refused') return afterRefusal(work, channels, { message, via: channel.name, code })
  const awaitsReceipt = gatewayIds !== undefined && gatewayIds.length > 0
  const tries = message.tries + 1
  const { state, nextAt } = stateAfter(
    { outcome, tries, uselessAt: message.uselessAt, awaitsReceipt, pauseSeconds },
    work,
  )
  // It was certainly taken by nobody.
  const next = state === 'given-up' && !message.uselessAt ? nextWayOf(work, message) : undefined
  if (next) return { ...next, code: code ?? 'deferred' }
  const hours = ruleOn(receiptHours, work.today, work)
  return {
    state,
    ...(nextAt && { nextAt }),
    ...(code !== undefined && { code }),
    ...(state === 'unknown' && code === undefined && { code: 'no-answer' }),
    ...(state === 'failed' && code === undefined && { code: 'deferred' }),
    ...(state === 'failed' && pauseSeconds !== undefined && { tries: message.tries }),
    ...(state === 'accepted' && { receiptBy: new Date(work.now.getTime() + hours * 3_600_000) }),
  }
}

/** Gives back to budgets what tries did not cost, since they were certainly not taken. */
async function giveBack(work: Work, ends: readonly TryEnd[]): Promise<void> {
  const free = ends.filter(({ tried, reply }) => isFree(reply) && tried.fare.price > 0 && budgetOf(tried))
  const byBudget = Map.groupBy(free, ({ tried }) => `${budgetOf(tried)?.kind} ${budgetOf(tried)?.id}`)
  for (const key of [...byBudget.keys()].sort()) {
    const theirs = byBudget.get(key) ?? []
    const ref = theirs[0] && budgetOf(theirs[0].tried)
    if (ref) await budgets.addSpent(work, ref, -theirs.reduce((sum, { tried }) => sum + tried.fare.price, 0))
  }
}

const isFree = ({ outcome }: DeliveryReply) => outcome === 'refused' || outcome === 'deferred'

/** Writes what tries came to; gives where their messages stand, of those that had not gone on meanwhile. */
export async function endTries(
  work: Work,
  channels: Channels,
  ends: readonly TryEnd[],
): Promise<ReadonlyMap<MessageId, Ended['end']>> {
  if (ends.length === 0) return new Map()
  await receipts.holdNames(
    work,
    ends.flatMap(({ tried: { channel }, reply }) =>
      (reply.gatewayIds ?? []).map(gatewayId => ({ channel: channel.name, gatewayId })),
    ),
  )
  await giveBack(work, ends)
  const ended = await withoutRefused(
    work,
    ends.map(one => {
      const end = endOf(work, channels, one)
      const { message, number, channel } = one.tried
      return {
        ...{ message, number, via: channel.name, end },
        isRefused: one.reply.outcome === 'refused',
        hasArrivedThere: end.state === 'sent',
      }
    }),
  )
  const written = await endWith(work, ended, ['sending'])
  await store.endAttempts(
    work,
    ends.map(({ tried: { message, number }, reply }) => ({
      personId: sealingPlaceOf(message),
      id: message.id,
      number,
      outcome: reply.outcome,
      ...(reply.code !== undefined && { code: reply.code }),
      isFree: isFree(reply),
    })),
  )
  const named = await receipts.nameParts(
    work,
    ends.flatMap(({ tried: { message, number, channel }, reply }) =>
      [...new Set(reply.gatewayIds ?? [])].map(gatewayId => ({
        channel: channel.name,
        gatewayId,
        messageId: message.id,
        number,
        address: message.address,
      })),
    ),
  )
  await applyReceipts(work, channels, named)
  return new Map(ended.filter(({ message }) => written.has(message.id)).map(({ message, end }) => [message.id, end]))
}
