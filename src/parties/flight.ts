import { newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { FlightCheck } from './flight-check.ts'
import * as serving from './store-serving.ts'

/** What became of a request, for the engineer who asks by its correlation id: which check it failed, and nothing that anybody sent. */
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

const mostSeconds = 2_000_000_000

/** The recorder never fails a sign-in, and never keeps what a person sent: what is not of the shape of a code, or of names of parameters, is left out. */
const ofShape = (shape: RegExp, text: string | undefined) => (text !== undefined && shape.test(text) ? text : undefined)

const whole = (seconds: number | undefined) =>
  seconds === undefined || !Number.isFinite(seconds) ? undefined : Math.max(-mostSeconds, Math.min(mostSeconds, Math.round(seconds)))

/** Notes a check that failed, or a flow that was finished. One statement; it waits for nobody. */
export async function noteFlight(
  work: Work,
  { requestId, clientId, endpoint, outcome, check, error, detail, seconds }: FlightNote,
): Promise<void> {
  await serving.noteFlight(work, {
    requestId,
    id: newId<'flight'>(work.now),
    clientId,
    endpoint: ofShape(/^[a-z][a-z_-]{0,39}$/, endpoint) ?? 'other',
    outcome,
    check: outcome === 'failed' ? (check ?? 'other') : undefined,
    error: ofShape(/^[a-z][a-z_]{0,59}$/, error),
    detail: ofShape(/^[a-z][a-z_ ]{0,99}$/, detail),
    seconds: whole(seconds),
  })
}
