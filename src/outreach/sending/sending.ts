import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { aheadSeconds } from '../../platform/jobs/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { forgetOldBounced } from '../bounced.ts'
import type { DeliveryReply } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { tryLimits } from '../law.ts'
import type { MessageId, MessageState } from '../message.ts'
import { sealingPlaceOf } from '../store.ts'
import * as store from '../store-sending.ts'
import { type Ended, endWith } from './ends.ts'
import { askForReceipts, matchStrays } from './receipts.ts'
import { beginTries, endTries, type Try, type TryEnd } from './tries.ts'

/**
 * Messages go out. In: what is due. Decided: by which channel, whether it is paid for, what an answer means. Out: each
 * message in the hands of one channel once. Deeds: message.sent, .accepted, .held, .given-up, .undeliverable, .unknown,
 * .other-way.
 */

export const senderAuthority = asSystem('outreach')

const seconds = 1000

/** Hands a letter to its channel. Who does not answer in time may have taken it. */
async function sendWithin(
  { channel, letter, isLate }: Try,
  patience: number,
  stopped: Promise<DeliveryReply> | undefined = undefined,
): Promise<DeliveryReply> {
  if (isLate) return { outcome: 'deferred', code: 'too-late' }
  const giveUp = new AbortController()
  const late = setTimeout(patience, { outcome: 'unknown', code: 'timeout' } as const, { signal: giveUp.signal })
  late.catch(() => undefined)
  // A channel that throws is at fault itself; what it throws may name the address.
  const sent = channel.send(letter).catch((): DeliveryReply => ({ outcome: 'unknown', code: 'fault' }))
  try {
    return await Promise.race(stopped ? [sent, late, stopped] : [sent, late])
  } finally {
    giveUp.abort()
  }
}

/** Where a message stands after a try. */
export type DeliveryResult = { readonly state: MessageState; readonly code?: string }

const resultOf = ({ state, code }: Ended['end']): DeliveryResult => ({ state, ...(code !== undefined && { code }) })

/** Tries to deliver one message; undefined where it was not due, its budget is spent, or another process has it. */
export async function deliver(
  openWork: OpenWork,
  channels: Channels,
  id: MessageId,
  { patience = tryLimits.longestSeconds * seconds } = {},
): Promise<DeliveryResult | undefined> {
  const [tried] = await openWork(senderAuthority, work => beginTries(work, channels, { id }))
  if (!tried) return undefined
  const reply = await sendWithin(tried, patience)
  const ended = await openWork(senderAuthority, work => endTries(work, channels, [{ tried, reply }]))
  const end = ended.get(id)
  return end && resultOf(end)
}

export type SenderOptions = {
  readonly patience?: number
  /** Once it is aborted no message is taken any more, and what is not answered soon is unknown. */
  readonly stopping?: AbortSignal | undefined
  readonly notDelivered?: (id: MessageId, result: DeliveryResult) => void
}

/** How many are on their way at once where a channel does not say. */
const usualWindow = 10

/** What ended is written at the latest after so many milliseconds, with what ended meanwhile. */
const writeEvery = 20

/**
 * How often it is looked for what came meanwhile, while another kind is still going out or an answer is awaited: a code
 * does not wait for a gateway that is silent about another message.
 */
const lookEvery = 250

/** How long an answer is waited for once the process is to stop, in ms; a server stops within five seconds. */
const stopPatience = 2000

/**
 * What is said of a message whose answer had not come when the process stopped. An answer that comes later is heard by
 * nobody: the message stays unknown, and a ward follows it up.
 */
async function answerUntilStop(stopping: AbortSignal): Promise<DeliveryReply> {
  if (!stopping.aborted) await once(stopping, 'abort')
  await setTimeout(stopPatience)
  return { outcome: 'unknown', code: 'interrupted' }
}

const arrived = new Set<MessageState>(['sent', 'accepted', 'delivered'])

/**
 * Sends what is due of one kind of address until nothing is: as many at once as the channels take, so that a kill
 * leaves no more than two windows unknown. What ended and what begins share a work.
 */
async function sendKind(
  openWork: OpenWork,
  channels: Channels,
  kind: 'email' | 'phone',
  { patience = tryLimits.longestSeconds * seconds, stopping, notDelivered }: SenderOptions,
  working: Set<string>,
): Promise<number> {
  const window = channels[kind].reduce((sum, one) => sum + (one.window ?? usualWindow), 0)
  const underWay = new Set<Promise<void>>()
  const stopped = stopping && answerUntilStop(stopping)
  let ended: TryEnd[] = []
  let wake = () => {}
  let sent = 0

  const begin = (tried: Try) => {
    const sending = sendWithin(tried, patience, stopped).then(reply => {
      ended.push({ tried, reply })
      underWay.delete(sending)
      wake()
    })
    underWay.add(sending)
  }
  /** Until something ended, and a moment more, so that what ends together is written together; or time to look. */
  const somethingEnded = async () => {
    if (ended.length === 0) {
      const look = new AbortController()
      const woken = new Promise<void>(done => (wake = done))
      const time = setTimeout(lookEvery, undefined, { signal: look.signal }).catch(() => undefined)
      await Promise.race([woken, time])
      look.abort()
    }
    if (ended.length > 0 && ended.length < window && underWay.size > 0) await setTimeout(writeEvery)
    wake = () => {}
  }

  for (;;) {
    const mayBegin = !stopping?.aborted
    // Asked before it is looked for what is due: what another hands over meanwhile is found by the next look.
    const mayGetMore = [...working].some(one => one !== kind)
    // Twice the window: the channel has the next ones at hand while the outcomes of the last are written.
    const room = mayBegin ? window * 2 - underWay.size : 0
    const written = ended
    ended = []
    const begun = await openWork(senderAuthority, async work => {
      const results = await endTries(work, channels, written)
      for (const [id, end] of results) if (!arrived.has(end.state)) notDelivered?.(id, resultOf(end))
      return room > 0 ? beginTries(work, channels, { kind, limit: room }) : []
    })
    sent += written.length
    begun.forEach(begin)
    if (underWay.size > 0 || ended.length > 0) {
      working.add(kind)
      await somethingEnded()
      continue
    }
    working.delete(kind)
    if (!mayBegin || !mayGetMore) return sent
    await setTimeout(lookEvery)
  }
}

/** Sends all that is due, by every channel at once; gives how many tries ended, and whether something is left. */
export async function sendDue(
  openWork: OpenWork,
  channels: Channels,
  options: SenderOptions = {},
): Promise<{ readonly tries: number; readonly isMore: boolean }> {
  // One that has nothing left looks on as long as another works: a refusal may hand it the message.
  const working = new Set<string>(['email', 'phone'])
  const counts = await Promise.all(
    (['email', 'phone'] as const).map(async kind => {
      try {
        return await sendKind(openWork, channels, kind, options, working)
      } finally {
        working.delete(kind)
      }
    }),
  )
  const isMore = await openWork(senderAuthority, store.hasDue)
  return { tries: counts.reduce((sum, count) => sum + count, 0), isMore }
}

const minutes = 60_000

/** What was lost sight of, in codes: its sender was killed, or its gateway has not said what became of it. */
async function endLost(work: Work): Promise<{ readonly interrupted: number; readonly withoutReceipt: number }> {
  const interrupted = await store.holdInterrupted(
    work,
    new Date(work.now.getTime() - tryLimits.interruptedAfterMinutes * minutes),
  )
  const silent = await store.holdWithoutReceipt(work)
  const lost = (messages: readonly store.DueMessage[], code: string): Ended[] =>
    messages.map(message => ({
      message,
      number: message.attempts,
      via: message.via ?? '',
      end: { state: 'unknown', code },
    }))
  await endWith(work, lost(interrupted, 'interrupted'), ['sending'])
  await store.endAttempts(
    work,
    interrupted.map(message => ({
      personId: sealingPlaceOf(message),
      id: message.id,
      number: message.attempts,
      outcome: 'interrupted' as const,
      isFree: false,
    })),
  )
  await endWith(work, lost(silent, 'no-receipt'), ['accepted'])
  return { interrupted: interrupted.length, withoutReceipt: silent.length }
}

/**
 * Run each minute: gateways that say nothing by themselves are asked, what was lost sight of becomes unknown, and
 * receipts that nobody knew are looked at again.
 */
export async function lookAfter(openWork: OpenWork, channels: Channels) {
  const polled = await askForReceipts(openWork, senderAuthority, channels)
  return openWork(senderAuthority, async work => {
    await forgetOldBounced(work)
    return {
      ...(await endLost(work)),
      matched: await matchStrays(work, channels),
      polled,
    }
  })
}

/** Messages of a clock that was ahead go out now, or after their own pause. Gives how many they are. */
export const bringBackMessages = (openWork: OpenWork): Promise<number> =>
  openWork(senderAuthority, work => store.shiftBackToNow(work, aheadSeconds))
