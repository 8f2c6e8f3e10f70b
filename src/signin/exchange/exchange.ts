/**
 * Exchange: one request of the provider.
 * In comes what oidc-provider reads and writes while it answers (adapter.ts).
 * Decided is whether all that the request rests on still stands, and whether what it uses up was nobody's yet
 * (writer.ts).
 * Out goes one transaction, committed before the answer leaves; reads are shared by requests that come at once
 * (asked.ts).
 * Deeds: citizen.signed-in; readings of persons by parties and entries of the flight recorder are noted beside it.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import type * as audit from '../../audit/audit.ts'
import type * as parties from '../../parties/parties.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import type { Artifact, Rests } from '../artifact.ts'
import type { Session } from '../session.ts'
import { atTheDoor } from '../sign-in-scope.ts'
import type * as store from '../store.ts'
import { read } from './reader.ts'
import * as writing from './store.ts'

/**
 * One request of the provider (ADR 11.4): what it reads is read at once, what it writes is gathered, and written in one
 * transaction that is committed before the answer leaves (writer.ts). Of two requests that use one code, or one proof,
 * at the same time, the second finds it used when it writes.
 */
export type Exchange = {
  readonly openWork: OpenWork
  readonly requestId: string
  readonly writes: Map<string, Write>
  /** Once only: proofs and assertions that must be nobody's yet, in the order in which they were shown. */
  readonly firsts: Artifact[]
  readonly consumed: Map<string, store.Used>
  readonly revoked: store.Line[]
  /** What was shown, a code or a token: its line, on which what is given for it goes on. */
  shown: (store.Line & Rests) | undefined
  /** What was read: since when it is used (null: not yet). */
  readonly seen: Map<string, Date | null>
  /** What was read beside something else, to be asked for next. */
  readonly beside: Map<string, store.Found | undefined>
  /**
   * Grants and sessions of the provider that what is given rests on, and the person's session of this house: they must
   * still stand when it is written.
   */
  readonly grants: Set<string>
  readonly sessions: Map<string, Buffer>
  ours: Session | undefined
  /** The session of this house behind the provider's, as it was read. */
  behind: string | undefined
  readonly visits: writing.Visit[]
  /** What parties read of people, as who they are. */
  readonly readings: (audit.OneReading & { readonly partyId: string })[]
  readonly flights: parties.FlightNote[]
  /** Done in the same work, last. */
  readonly also: ((work: Work) => Promise<void>)[]
}

export type Write =
  | { readonly id: string; readonly artifact: Artifact }
  | { readonly gone: { readonly kind: string; readonly idHash: Buffer } }

const current = new AsyncLocalStorage<Exchange>()

export const newExchange = (openWork: OpenWork, requestId: string): Exchange => ({
  openWork,
  requestId,
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

export const within = <T>(exchange: Exchange, step: () => Promise<T>): Promise<T> => current.run(exchange, step)

export const currentExchange = (): Exchange | undefined => current.getStore()

export function theExchange(): Exchange {
  const exchange = current.getStore()
  if (!exchange) throw new Error('the provider was asked outside a request')
  return exchange
}

/** Reads something for the exchange. */
export function asking<T>(step: (work: Work) => Promise<T>): Promise<T> {
  const { openWork, requestId } = theExchange()
  return read(openWork, requestId, step)
}

/** Why an exchange could not be kept: the standard's answer is the caller's. */
export type Lost =
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

/**
 * What was shown once is used up, whatever came of the request: by a work of its own, after the one that could not be
 * kept.
 */
export const spendFirsts = (openWork: OpenWork, { requestId, firsts }: Exchange): Promise<unknown> =>
  firsts.length === 0
    ? Promise.resolve()
    : atTheDoor(openWork, requestId, work => writing.write(work, { ...writing.nothing, firsts }))

/** Where a person signed in, as exchanges wrote it: the latest first, all or the latest so many. */
export const visitsOf = writing.visitsOf
