/**
 * Exchange: one request of the provider.
 * Input: what oidc-provider reads and writes while it answers (artifact-adapter.ts).
 * Decided: whether everything that the request depends on is still valid, and whether what it spends was unused
 * (shared-writes.ts).
 * Output: one transaction, committed before the answer leaves; simultaneous requests share reads (coalesced-reads.ts).
 * Deeds: citizen.signed-in; readings of persons by parties and notes of the flight recorder are stored beside it.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import type * as audit from '../../audit/audit.ts'
import type * as parties from '../../parties/parties.ts'
import type { Id } from '../../platform/ids.ts'
import type { Counted } from '../../platform/limits/caller.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import type { Artifact, ArtifactTies } from '../artifact.ts'
import type { CitizenSession } from '../session.ts'
import { inSignInScope } from '../sign-in-scope.ts'
import type * as store from '../store.ts'
import { readInLane, togetherAtProvider } from './shared-reads.ts'
import * as writing from './store.ts'

/**
 * One request of the provider (ADR 11.4). It reads at once; its writes are collected and committed in one transaction
 * before the answer leaves (shared-writes.ts). Of two requests that use one code or proof at the same time, the
 * second finds it used when it writes.
 */
export type Exchange = {
  readonly openWork: OpenWork
  readonly requestId: string
  /** In whose lane it reads and writes: together with all others, until it is known to be of a sandbox client. */
  counted: Counted
  readonly writes: Map<string, ArtifactWrite>
  /** Proofs and assertions that must be unused, in the order in which they came. */
  readonly firsts: Artifact[]
  readonly consumed: Map<string, store.ArtifactUse>
  readonly revoked: store.GrantLine[]
  /** The code or token of the request with its token family, which its successors continue. */
  shown: (store.GrantLine & ArtifactTies) | undefined
  /** When each read artifact was used (null: not yet). */
  readonly seen: Map<string, Date | null>
  /** Artifacts read in advance, which the provider will ask for next. */
  readonly beside: Map<string, store.FoundArtifact | undefined>
  /** Grants and sessions of the provider, and the citizen session, that must still be valid at the commit. */
  readonly grants: Set<string>
  readonly sessions: Map<string, Buffer>
  ours: CitizenSession | undefined
  /** The citizen session behind the provider's, as it was read. */
  behind: string | undefined
  readonly visits: writing.SignInVisit[]
  /** The parties' readings of personal data. */
  readonly readings: (audit.PersonReading & { readonly partyId: Id<'party'> })[]
  readonly flights: parties.FlightNote[]
  /** Steps done last in the same work. */
  readonly also: ((work: Work) => Promise<void>)[]
}

export type ArtifactWrite =
  | { readonly id: string; readonly artifact: Artifact }
  | { readonly gone: { readonly kind: string; readonly idHash: Buffer } }

const current = new AsyncLocalStorage<Exchange>()

export const newExchange = (openWork: OpenWork, requestId: string): Exchange => ({
  openWork,
  requestId,
  counted: togetherAtProvider,
  writes: new Map(),
  firsts: [],
  consumed: new Map(),
  revoked: [],
  shown: undefined,
  seen: new Map(),
  beside: new Map(),
  grants: new Set(),
  sessions: new Map(),
  ours: undefined,
  behind: undefined,
  visits: [],
  readings: [],
  flights: [],
  also: [],
})

export const withinExchange = <T>(exchange: Exchange, step: () => Promise<T>): Promise<T> => current.run(exchange, step)

export const findCurrentExchange = (): Exchange | undefined => current.getStore()

export function getCurrentExchange(): Exchange {
  const exchange = current.getStore()
  if (!exchange) throw new Error('the provider was asked outside a request')
  return exchange
}

/** Reads something for the exchange. */
export function readInExchange<T>(step: (work: Work) => Promise<T>): Promise<T> {
  const { openWork, requestId, counted } = getCurrentExchange()
  return readInLane(openWork, requestId, step, counted)
}

/** Why an exchange could not be committed. The caller makes the standard's answer. */
export type LostConflict =
  | { readonly why: 'used-already'; readonly kind: string }
  | { readonly why: 'replayed'; readonly which: number }
  | { readonly why: 'grant-gone' | 'session-gone' | 'quota' }

export const isEmpty = ({ writes, firsts, consumed, revoked, visits, readings, flights, also }: Exchange): boolean =>
  writes.size +
    firsts.length +
    consumed.size +
    revoked.length +
    visits.length +
    readings.length +
    flights.length +
    also.length ===
  0

/** Spends proofs and assertions even if the request failed: in a work of its own, after the one that failed. */
export const recordFirsts = (openWork: OpenWork, { requestId, firsts }: Exchange): Promise<unknown> =>
  firsts.length === 0
    ? Promise.resolve()
    : inSignInScope(openWork, requestId, work => writing.writeRowsInOne(work, { ...writing.noRows, firsts }))

/** The sign-ins of a person at parties, the latest first, all or a limited number. */
export const listVisits = writing.findVisits

export const countVisitsBefore = writing.countVisitsBefore
export const deleteVisitsBefore = writing.deleteVisitsBefore
