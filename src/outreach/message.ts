import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import { retryPauses } from './law.ts'

/** A message to someone, and where its delivery stands. Pure. */

export type MessageId = Id<'message'>

/**
 * `queued` → `sending` → `sent`, or, where a gateway says later what became of it, `accepted` → `delivered`. `failed`
 * was certainly not taken and is tried again, until it is `given-up`; `undeliverable` was refused for good; `held`
 * waits for its budget; `to-print` → `printed` is a letter on paper. `unknown` was handed over and not answered: it may
 * have arrived, so it is never sent again by itself.
 */
export const messageStates = [
  'queued',
  'held',
  'to-print',
  'sending',
  'accepted',
  'delivered',
  'sent',
  'printed',
  'failed',
  'given-up',
  'undeliverable',
  'unknown',
] as const
export type MessageState = (typeof messageStates)[number]

/**
 * What an attempt came to. `deferred`: certainly not taken. `unknown`: handed over without an answer. `interrupted`:
 * the process that sent it was stopped before it knew.
 */
export const attemptOutcomes = ['accepted', 'deferred', 'refused', 'unknown', 'interrupted'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

const minute = 60_000

type AfterTry = {
  readonly outcome: Exclude<AttemptOutcome, 'interrupted'>
  /** Its tries since it was queued, this one too. */
  readonly tries: number
  readonly uselessAt: Date | null
  /** Whether the gateway says later what became of it. */
  readonly awaitsReceipt?: boolean | undefined
  /** The gateway asked for a pause: the try does not count. */
  readonly pauseSeconds?: number | undefined
}

/** Where a message stands after a try. One that will be useless by its next try is not tried again. */
export function stateAfter(
  { outcome, tries, uselessAt, awaitsReceipt, pauseSeconds }: AfterTry,
  { now: at, today, lawRows }: { readonly now: Date; readonly today: Day } & Asking,
): { readonly state: MessageState; readonly nextAt?: Date } {
  if (outcome === 'accepted') return { state: awaitsReceipt ? 'accepted' : 'sent' }
  if (outcome === 'refused') return { state: 'undeliverable' }
  if (outcome === 'unknown') return { state: 'unknown' }
  const pause =
    pauseSeconds === undefined ? ruleOn(retryPauses, today, { lawRows })[tries - 1] : Math.max(1, pauseSeconds) / 60
  const nextAt = new Date(at.getTime() + (pause ?? 0) * minute)
  return pause === undefined || (uselessAt && uselessAt <= nextAt) ? { state: 'given-up' } : { state: 'failed', nextAt }
}

/** Whether an officer may ask for another try: what is under way, has arrived or may have is left alone. */
export const mayRetry = (state: MessageState) => state === 'failed' || state === 'given-up' || state === 'undeliverable'

/** States in which nobody knows, or it is known, that a message did not reach its recipient: somebody follows it up. */
export const lostStates = ['given-up', 'undeliverable', 'unknown'] as const
export type LostState = (typeof lostStates)[number]
export const isLost = (state: MessageState): state is LostState => lostStates.some(one => one === state)

/** Why a message went nowhere whose recipient refuses its kind. */
export const optedOut = 'opted-out'

/** How a family is reached without a message. */
export const reachedHows = ['visit', 'call', 'school', 'other'] as const
export type ReachedHow = (typeof reachedHows)[number]
