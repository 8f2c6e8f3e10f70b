import { AsyncLocalStorage } from 'node:async_hooks'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import { type Artifact, artifactOf, hashOf, type Payload, withId } from './artifact.ts'
import * as store from './store-artifact.ts'

/**
 * One request of the provider (ADR 11.4): what it reads is read at once, what it writes is gathered, and written in one transaction that is committed before
 * the answer leaves. Of two requests that use one code, or one proof, at the same time, the second finds it used when it commits.
 */
export type Exchange = {
  readonly requestId: string
  readonly writes: Map<string, Write>
  /** Once only: proofs and assertions that must be nobody's yet. */
  readonly firsts: Artifact[]
  readonly consumed: Map<string, { readonly kind: string; readonly idHash: Buffer; readonly before: Date | null }>
  readonly revoked: { readonly kind: string; readonly grantId: string }[]
  /** Since when what was read is used; null: not yet. */
  readonly seen: Map<string, Date | null>
  /** Grants that what is given rests on: they must still stand at commit. */
  readonly grants: Set<string>
  /** Done in the same work, last. */
  readonly also: ((work: Work) => Promise<void>)[]
}

type Write = { readonly id: string; readonly artifact: Artifact } | { readonly gone: { readonly kind: string; readonly idHash: Buffer } }

const current = new AsyncLocalStorage<Exchange>()

export const newExchange = (requestId: string): Exchange => ({
  requestId,
  writes: new Map(),
  firsts: [],
  consumed: new Map(),
  seen: new Map(),
  revoked: [],
  grants: new Set(),
  also: [],
})

export const within = <T>(exchange: Exchange, step: () => Promise<T>): Promise<T> => current.run(exchange, step)

export function theExchange(): Exchange {
  const exchange = current.getStore()
  if (!exchange) throw new Error('the provider was asked outside a request')
  return exchange
}

/** Why an exchange could not be committed: the standard's answer is the caller's. */
export type Lost = 'used-already' | 'replayed' | 'grant-gone'

const doorOf = (requestId: string) => ({ ...asSystem('sign-in', 'none'), requestId })

/** A work at the door, that reads or writes what sign-in keeps. */
export const atTheDoor = <T>(openWork: OpenWork, requestId: string, step: (work: Work) => Promise<T>): Promise<T> =>
  openWork(doorOf(requestId), async work => {
    await store.openDoor(work)
    return step(work)
  })

class Conflict extends Error {
  readonly lost: Lost
  constructor(lost: Lost) {
    super(lost)
    this.lost = lost
  }
}

async function write(work: Work, { writes, firsts, consumed, revoked, grants, also }: Exchange): Promise<void> {
  for (const grantId of grants)
    if (!writes.has(`Grant ${grantId}`) && !(await store.holdGrant(work, grantId))) throw new Conflict('grant-gone')
  if (firsts.length > 0 && (await store.addArtifacts(work, firsts)) < firsts.length) throw new Conflict('replayed')
  for (const { kind, idHash, before } of consumed.values()) {
    if (!(await store.consumeArtifact(work, kind, idHash, before))) throw new Conflict('used-already')
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
export async function commit(openWork: OpenWork, exchange: Exchange): Promise<Lost | undefined> {
  if (isEmpty(exchange)) return undefined
  try {
    await atTheDoor(openWork, exchange.requestId, work => write(work, exchange))
    return undefined
  } catch (error) {
    if (error instanceof Conflict) return error.lost
    throw error
  }
}

/** How long a refresh token may be used once more, where nobody has used what it was changed for: its answer was lost. */
const lostAnswerSeconds = 60

/** oidc-provider's adapter (its `Adapter` interface) for one kind of what it keeps. */
export const adapterFor = (openWork: OpenWork) => (kind: string) => {
  const keyOf = (id: string) => `${kind} ${id}`

  async function read(id: string): Promise<Payload | undefined> {
    const exchange = theExchange()
    const pending = exchange.writes.get(keyOf(id))
    if (pending) return 'gone' in pending ? undefined : withId(id, pending.artifact.payload)
    return atTheDoor(openWork, exchange.requestId, async work => {
      const found = await store.findArtifact(work, kind, hashOf(id))
      if (!found) return undefined
      if (found.grantId && kind !== 'Grant') exchange.grants.add(found.grantId)
      const { consumedAt, grantId, payload } = found
      const isAgain =
        kind === 'RefreshToken' &&
        consumedAt !== null &&
        grantId !== null &&
        work.now.getTime() - consumedAt.getTime() < lostAnswerSeconds * 1000 &&
        !(await store.isSuccessorUsed(work, grantId, Number((payload as { rotations?: number }).rotations ?? 0)))
      exchange.seen.set(keyOf(id), consumedAt)
      const consumed = consumedAt && !isAgain ? { consumed: Math.floor(consumedAt.getTime() / 1000) } : {}
      return { ...withId(id, payload), ...consumed }
    })
  }

  return {
    find: read,
    async findByUid(uid: string): Promise<Payload | undefined> {
      const exchange = theExchange()
      for (const one of exchange.writes.values())
        if ('artifact' in one && one.artifact.uid === uid) return withId(one.id, one.artifact.payload)
      const found = await atTheDoor(openWork, exchange.requestId, work => store.findSessionByUid(work, uid))
      return found?.payload
    },
    async findByUserCode(): Promise<undefined> {
      return undefined
    },
    async upsert(id: string, payload: Payload): Promise<void> {
      const exchange = theExchange()
      const artifact = artifactOf(kind, id, payload)
      if (kind === 'ReplayDetection') exchange.firsts.push(artifact)
      else exchange.writes.set(keyOf(id), { id, artifact })
    },
    async consume(id: string): Promise<void> {
      const { consumed, seen } = theExchange()
      consumed.set(keyOf(id), { kind, idHash: hashOf(id), before: seen.get(keyOf(id)) ?? null })
    },
    async destroy(id: string): Promise<void> {
      theExchange().writes.set(keyOf(id), { gone: { kind, idHash: hashOf(id) } })
    },
    async revokeByGrantId(grantId: string): Promise<void> {
      const exchange = theExchange()
      exchange.revoked.push({ kind, grantId })
      exchange.grants.delete(grantId)
    },
  }
}
