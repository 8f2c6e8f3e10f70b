import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import { retryPauses } from './law.ts'

/** A message to someone, and where its delivery stands. Pure. */

export type MessageId = Id<'message'>

/**
 * `queued` → `sending` → `sent`; or `failed`, which is tried again, until it is `given-up`; `undeliverable`: the
 * address, or the receiving server, refused it for good.
 */
export const messageStates = ['queued', 'sending', 'sent', 'failed', 'given-up', 'undeliverable'] as const
export type MessageState = (typeof messageStates)[number]

/** What an attempt came to. `interrupted`: the process that sent it was stopped before it knew. */
export const attemptOutcomes = ['accepted', 'deferred', 'refused', 'interrupted'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

const minute = 60_000

/** Where a message stands after its `tries`-th try. One that will be useless by then is not tried again. */
export function stateAfter(
  outcome: Exclude<AttemptOutcome, 'interrupted'>,
  tries: number,
  { now: at, today, lawRows }: { readonly now: Date; readonly today: Day } & Asking,
  uselessAt: Date | null = null,
): { readonly state: MessageState; readonly nextAt?: Date } {
  if (outcome === 'accepted') return { state: 'sent' }
  if (outcome === 'refused') return { state: 'undeliverable' }
  const pause = ruleOn(retryPauses, today, { lawRows })[tries - 1]
  const nextAt = new Date(at.getTime() + (pause ?? 0) * minute)
  return pause === undefined || (uselessAt && uselessAt <= nextAt) ? { state: 'given-up' } : { state: 'failed', nextAt }
}

/** Whether an officer may ask for another try: what is under way or has arrived is left alone. */
export const mayRetry = (state: MessageState) => state === 'failed' || state === 'given-up' || state === 'undeliverable'
