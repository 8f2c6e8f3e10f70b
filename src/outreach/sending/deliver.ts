import { setTimeout } from 'node:timers/promises'
import * as audit from '../../audit/audit.ts'
import { unseal } from '../../platform/sealing/sealing.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import type { Channel, ChannelMessage, DeliveryReply } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { tryLimits } from '../law.ts'
import { type MessageId, type MessageState, stateAfter } from '../message.ts'
import { auditSubjectOf, queueDelivery } from '../queue.ts'
import * as store from '../store.ts'
import { fullText, withSecret } from '../templates/every-message.ts'

const authority = asSystem('outreach')

async function sendWithin(channel: Channel, letter: ChannelMessage, patience: number): Promise<DeliveryReply> {
  const giveUp = new AbortController()
  const late = setTimeout(patience, { outcome: 'deferred', code: 'timeout' } as const, { signal: giveUp.signal })
  late.catch(() => undefined)
  // A channel that throws is at fault itself; what it throws may name the address.
  const sent = channel.send(letter).catch((): DeliveryReply => ({ outcome: 'deferred', code: 'fault' }))
  try {
    return await Promise.race([sent, late])
  } finally {
    giveUp.abort()
  }
}

/** The deeds that a delivery ends in; a try that is put off is kept as an attempt alone. */
const deeds: Partial<Record<MessageState, string>> = {
  sent: 'message.sent',
  'given-up': 'message.given-up',
  undeliverable: 'message.undeliverable',
}

async function recordOutcome(
  work: Work,
  message: store.Message,
  { state, via, code }: { state: MessageState; via: string; code?: string },
) {
  const deed = deeds[state]
  if (!deed) return
  const { template, kind, aboutKind, aboutId, attempts } = message
  const facts = { template, to: kind, about: { kind: aboutKind, id: aboutId }, via, attempts, ...(code && { code }) }
  await audit.record(work, deed, auditSubjectOf(message), facts)
}

/** The letter as it goes out: its link written, and what was sealed put in the place of its stars. */
function channelMessageOf(
  { id, address, subject, body, page, language, kind, queuedAt, sealed }: store.BegunMessage,
  origin: string,
): ChannelMessage {
  const text = fullText({ body, language, kind, ...(page !== null && { page }) }, origin)
  const letter = { id, to: address, language, subject, text, at: queuedAt }
  if (!sealed) return letter
  const secret = unseal('message', id, sealed)
  return { ...letter, subject: withSecret(subject, secret, origin), text: withSecret(text, secret, origin) }
}

/** What a try came to, with the message that was tried; undefined where it was not due, or another process has it. */
export type DeliveryResult = { readonly state: MessageState; readonly code?: string }

/**
 * Tries to deliver a message: it is taken in one work, handed to its channel outside of any, and what came of that is
 * written in another. Where the process is killed between, `deliverDue` finds it after five minutes.
 */
export async function deliver(
  openWork: OpenWork,
  channels: Channels,
  id: MessageId,
  { patience = tryLimits.longestSeconds * 1000 } = {},
): Promise<DeliveryResult | undefined> {
  const message = await openWork(authority, async work => {
    const begun = await store.beginDelivery(work, id)
    if (begun) await store.insertAttempt(work, begun, channels[begun.kind].name)
    return begun && { ...begun, isLate: begun.uselessAt !== null && begun.uselessAt <= work.now }
  })
  if (!message) return undefined

  const channel = channels[message.kind]
  const { outcome, code }: DeliveryReply = message.isLate
    ? { outcome: 'deferred', code: 'too-late' }
    : await sendWithin(channel, channelMessageOf(message, channels.origin), patience)

  return openWork(authority, async work => {
    const { state, nextAt } = stateAfter(outcome, message.tries, work, message.uselessAt)
    const met = code === undefined ? {} : { code }
    if (!(await store.endDelivery(work, message, { state, ...(nextAt && { nextAt }), ...met }))) return undefined
    await store.endAttempt(work, message, { outcome, ...met })
    await recordOutcome(work, message, { state, via: channel.name, ...met })
    return { state, ...met }
  })
}

/** What a killed process left is to be sent once more, or given up where that happened before. */
async function requeueInterrupted(work: Work): Promise<number> {
  const interrupted = await store.holdInterrupted(
    work,
    new Date(work.now.getTime() - tryLimits.interruptedAfterMinutes * 60_000),
  )
  for (const message of interrupted) {
    const code = 'interrupted'
    const state =
      message.interruptions >= tryLimits.mostInterruptions || (message.uselessAt && message.uselessAt <= work.now)
        ? 'given-up'
        : 'failed'
    await store.endDelivery(work, message, { state, code, ...(state === 'failed' && { nextAt: work.now }) })
    await store.endAttempt(work, message, { outcome: 'interrupted' })
    await recordOutcome(work, message, { state, via: message.via ?? '', code })
  }
  return interrupted.length
}

/** A minute's worth; the rest is the next minute's. */
const mostDue = 1000

/**
 * Queues the delivery of what is due; run each minute. It also finds messages whose own job was lost. Gives how many.
 */
export async function deliverDue(
  openWork: OpenWork,
): Promise<{ readonly interrupted: number; readonly queued: number }> {
  return openWork(authority, async work => {
    const interrupted = await requeueInterrupted(work)
    const due = await store.dueMessages(work, mostDue)
    for (const id of due) await queueDelivery(work, id)
    return { interrupted, queued: due.length }
  })
}
