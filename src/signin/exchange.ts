import { AsyncLocalStorage } from 'node:async_hooks'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import type { Artifact } from './artifact.ts'
import * as store from './store-artifact.ts'

/**
 * One request of the provider (ADR 11.4). It has one work: what it reads is read in it as it comes, what it writes is gathered, and written in it all at once
 * before the answer leaves. Of two requests that use one code, or one proof, at the same time, the second finds it used when it writes.
 */
export type Exchange = {
  readonly openWork: OpenWork
  readonly requestId: string
  /** Its work, where one is open: a connection is held from the first look at the database to the end, or to a call to somebody else's address. */
  held: Promise<Held> | undefined
  readonly writes: Map<string, Write>
  /** Once only: proofs and assertions that must be nobody's yet, in the order in which they were shown. */
  readonly firsts: Artifact[]
  readonly consumed: Map<string, { readonly kind: string; readonly idHash: Buffer; readonly before: Date | null }>
  readonly revoked: { readonly kind: string; readonly grantId: string }[]
  /** What was read: since when it is used (null: not yet). */
  readonly seen: Map<string, Date | null>
  /** What was read beside something else, to be asked for next. */
  readonly beside: Map<string, store.Found | undefined>
  /** Grants and sessions of the provider that what is given rests on: they must still stand when it is written. */
  readonly grants: Set<string>
  readonly sessions: Map<string, Buffer>
  /** Must still be so when it is written; first of all, so that rows are locked in one order everywhere. */
  readonly holds: Map<string, (work: Work) => Promise<boolean>>
  /** Done in the same work, last. */
  readonly also: ((work: Work) => Promise<void>)[]
}

type Write = { readonly id: string; readonly artifact: Artifact } | { readonly gone: { readonly kind: string; readonly idHash: Buffer } }

const current = new AsyncLocalStorage<Exchange>()

export const newExchange = (openWork: OpenWork, requestId: string): Exchange => ({
  openWork,
  requestId,
  held: undefined,
  writes: new Map(),
  firsts: [],
  consumed: new Map(),
  revoked: [],
  seen: new Map(),
  beside: new Map(),
  grants: new Set(),
  sessions: new Map(),
  holds: new Map(),
  also: [],
})

/** Does a step of an exchange; whatever happens, its connection is given back. */
export const within = <T>(exchange: Exchange, step: () => Promise<T>): Promise<T> =>
  current.run(exchange, () => step().finally(() => leave(exchange, 'undone')))

export const currentExchange = (): Exchange | undefined => current.getStore()

export function theExchange(): Exchange {
  const exchange = current.getStore()
  if (!exchange) throw new Error('the provider was asked outside a request')
  return exchange
}

/** A work at the door, that reads or writes what sign-in keeps. */
export const atTheDoor = <T>(openWork: OpenWork, requestId: string, step: (work: Work) => Promise<T>): Promise<T> =>
  openWork({ ...asSystem('sign-in', 'none'), requestId }, async work => {
    await store.openDoor(work)
    return step(work)
  })

class Undone extends Error {}

type Held = { readonly work: Work; end(how: 'done' | 'undone'): Promise<void> }

/** Opens a work and keeps it open. It sees the house: how an account stands is asked for at each use of what was given. */
function hold({ openWork, requestId }: Exchange): Promise<Held> {
  return new Promise((opened, failed) => {
    const over: Promise<void> = openWork({ ...asSystem('sign-in'), requestId }, work => {
      const finished = new Promise<void>((done, undone) => {
        // Sent before anything else on this connection, and not waited for: where it fails, so does what follows.
        store.openDoor(work).catch(() => undefined)
        opened({
          work,
          end: how => {
            if (how === 'done') done()
            else undone(new Undone())
            return over.catch(error => {
              if (!(error instanceof Undone)) throw error
            })
          },
        })
      })
      return finished
    })
    over.catch(failed)
  })
}

async function leave(exchange: Exchange, how: 'done' | 'undone'): Promise<void> {
  const held = exchange.held
  exchange.held = undefined
  const { end } = (await held?.catch(() => undefined)) ?? {}
  await end?.(how)
}

/** Does a step in the exchange's work. */
export async function asking<T>(step: (work: Work) => Promise<T>): Promise<T> {
  const exchange = theExchange()
  exchange.held ??= hold(exchange)
  return step((await exchange.held).work)
}

/** Gives the connection back before something that may take long; what is asked next is asked in another work. */
export const pause = (exchange: Exchange): Promise<void> => leave(exchange, 'done')

/** Why an exchange could not be kept: the standard's answer is the caller's. */
export type Lost =
  | { readonly why: 'used-already'; readonly kind: string }
  | { readonly why: 'replayed'; readonly which: number }
  | { readonly why: 'grant-gone' | 'session-gone' | 'quota' }

export class Conflict extends Error {
  readonly lost: Lost
  constructor(lost: Lost) {
    super(lost.why)
    this.lost = lost
  }
}

async function mustStand(work: Work, { holds, sessions, grants, writes }: Exchange): Promise<void> {
  for (const stands of holds.values()) if (!(await stands(work))) throw new Conflict({ why: 'session-gone' })
  const isKept = [...writes.values()].some(one => 'artifact' in one && one.artifact.kind === 'Session')
  if (isKept && sessions.size > 0 && !(await store.holdSessions(work, [...sessions.values()]))) throw new Conflict({ why: 'session-gone' })
  const resting = [...grants].filter(grantId => !writes.has(`Grant ${grantId}`))
  if (resting.length > 0 && !(await store.holdGrants(work, resting))) throw new Conflict({ why: 'grant-gone' })
}

async function addFirsts(work: Work, firsts: readonly Artifact[]): Promise<void> {
  if (firsts.length === 0) return
  const added = await store.addArtifacts(work, firsts)
  const which = firsts.findIndex(({ idHash }) => !added.some(hash => hash.equals(idHash)))
  if (which >= 0) throw new Conflict({ why: 'replayed', which })
}

async function write(work: Work, exchange: Exchange): Promise<void> {
  const { writes, firsts, consumed, revoked, also } = exchange
  await mustStand(work, exchange)
  await addFirsts(work, firsts)
  for (const { kind, idHash, before } of consumed.values()) {
    if (!(await store.consumeArtifact(work, kind, idHash, before))) throw new Conflict({ why: 'used-already', kind })
    if (kind === 'RefreshToken') await store.deleteSiblings(work, idHash)
  }
  for (const { kind, grantId } of revoked) await store.deleteByGrant(work, [kind], grantId)
  const saved: Artifact[] = []
  for (const one of writes.values())
    if ('gone' in one) await store.deleteArtifact(work, one.gone.kind, one.gone.idHash)
    else saved.push(one.artifact)
  if (saved.length > 0) await store.saveArtifacts(work, saved)
  for (const step of also) await step(work)
}

const isEmpty = ({ writes, firsts, consumed, revoked, also }: Exchange) =>
  writes.size + firsts.length + consumed.size + revoked.length + also.length === 0

/** Writes what the exchange gathered, all or nothing. Gives why it could not, where somebody else was first. */
export async function commit(exchange: Exchange): Promise<Lost | undefined> {
  if (isEmpty(exchange)) {
    await leave(exchange, 'done')
    return undefined
  }
  try {
    await asking(work => write(work, exchange))
    await leave(exchange, 'done')
    return undefined
  } catch (error) {
    await leave(exchange, 'undone').catch(() => undefined)
    if (error instanceof Conflict) return error.lost
    throw error
  }
}

/** What was shown once is used up, whatever came of the request: by a work of its own, after the one that could not be kept. */
export const consumeAll = (openWork: OpenWork, { requestId, firsts }: Exchange): Promise<unknown> =>
  firsts.length === 0 ? Promise.resolve() : atTheDoor(openWork, requestId, work => store.addArtifacts(work, firsts))
