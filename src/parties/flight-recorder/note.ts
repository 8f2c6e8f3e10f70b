import type { Id } from '../../platform/ids.ts'
import type { FlightCheck } from './check.ts'

/**
 * What became of a request, for the engineer who asks by its correlation id: which check it failed, and nothing that
 * anybody sent.
 */
export type FlightNote = {
  /** The correlation id: `x-request-id` of the answer. */
  readonly requestId: string
  /** Kept where it is a registered client's, else left out: it is what a browser sent. */
  readonly clientId?: string | undefined
  /** At which door: the provider's route, as 'authorization' or 'token'. */
  readonly endpoint: string
  readonly outcome: 'passed' | 'failed'
  readonly check?: FlightCheck | undefined
  /** The standard's error that was answered, as 'invalid_grant'. */
  readonly error?: string | undefined
  /** Names of parameters, a blank between: 'redirect_uri state'. */
  readonly detail?: string | undefined
  /** By how much the party's clock is ahead of ours, where the check was about time. */
  readonly seconds?: number | undefined
}

/** The same as it is kept. */
export type NewFlight = {
  readonly requestId: string
  readonly id: Id<'flight'>
  readonly clientId: string | undefined
  readonly endpoint: string
  readonly outcome: 'passed' | 'failed'
  readonly check: string | undefined
  readonly error: string | undefined
  readonly detail: string | undefined
  readonly seconds: number | undefined
}

/** As it is read. */
export type Flight = {
  readonly at: Date
  readonly clientId: string | null
  readonly endpoint: string
  readonly outcome: 'passed' | 'failed'
  readonly check: string | null
  readonly error: string | null
  readonly detail: string | null
  readonly seconds: number | null
}

export type RecentFlight = Flight & { readonly requestId: string }

export type HourOfCheck = { readonly hour: Date; readonly check: string | null; readonly count: number }
