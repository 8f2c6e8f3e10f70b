import type { Id } from '../../platform/ids.ts'
import type { FlightCheck } from './check-texts.ts'

/**
 * The result of a request, for the engineer who looks it up by its correlation id: which check it failed, and no sent
 * value.
 */
export type FlightNote = {
  /** The correlation id: `x-request-id` of the answer. */
  readonly requestId: string
  /** Stored only for a registered client, because a browser sent it. */
  readonly clientId?: string | undefined
  /** The provider's route, such as 'authorization' or 'token'. */
  readonly endpoint: string
  readonly outcome: 'passed' | 'failed'
  readonly check?: FlightCheck | undefined
  /** The standard's error code of the answer, such as 'invalid_grant'. */
  readonly error?: string | undefined
  /** Names of parameters, separated by blanks: 'redirect_uri state'. */
  readonly detail?: string | undefined
  /** How far the party's clock is ahead of ours, if the check was about time. */
  readonly seconds?: number | undefined
}

/** A note as it is stored. */
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

/** A note as it is read. */
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
