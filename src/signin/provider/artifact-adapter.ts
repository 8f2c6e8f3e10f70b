import { now } from '../../platform/clock.ts'
import { type ArtifactTies, artifactOf, hashText, lineOfCode, type Payload, withId } from '../artifact.ts'
import { coalescedReads } from '../exchange/coalesced-reads.ts'
import { type Exchange, getCurrentExchange, readInExchange } from '../exchange/exchange.ts'
import { lostAnswerSeconds } from '../law.ts'
import * as store from '../store.ts'

/** oidc-provider's `Adapter` on the tables of sign-in. It works within an exchange, whose work does everything. */

/** Kinds granted within a session of the provider; artifact, session and grant are read at once. */
const grantedKinds = new Set(['AuthorizationCode', 'RefreshToken', 'AccessToken'])

/** Kinds that report their own expiry, so that the party learns which; any other expired artifact is not found. */
const kindsWithEnd = new Set(['AuthorizationCode', 'RefreshToken', 'PushedAuthorizationRequest', 'Grant'])

/** By the payload; the row may stay longer. */
const isExpired = ({ payload }: store.FoundArtifact): boolean =>
  (payload as { exp: number }).exp * 1000 <= now().getTime()

const keyOf = (kind: string, id: string) => `${kind} ${id}`

/** Reads an artifact with its session and grant, which the provider asks for next. */
async function readGranted(exchange: Exchange, kind: string, id: string): Promise<store.FoundArtifact | undefined> {
  const { beside, openWork } = exchange
  const { found, grant, session, until } = await coalescedReads(openWork).given({ kind, idHash: hashText(id) })
  if (!found) return undefined
  const { ours, line } = found.payload as ArtifactTies
  if (found.grantId) {
    exchange.shown = { grantId: found.grantId, ...(ours && { ours }), ...(line && { line }) }
    beside.set(keyOf('Grant', found.grantId), grant)
    if (grant && kind !== 'AccessToken') exchange.grants.add(found.grantId)
  }
  const { sessionUid } = found.payload as { sessionUid?: string }
  if (sessionUid) beside.set(`uid ${sessionUid}`, session)
  return until ? cappedBy(found, until) : found
}

/** What was granted in a citizen session ends with it, whatever its own expiry. */
function cappedBy(found: store.FoundArtifact, until: Date): store.FoundArtifact {
  const { exp } = found.payload as { exp: number }
  return { ...found, payload: { ...found.payload, exp: Math.min(exp, Math.floor(until.getTime() / 1000)) } }
}

async function readArtifact(exchange: Exchange, kind: string, id: string): Promise<store.FoundArtifact | undefined> {
  const key = keyOf(kind, id)
  const { beside, openWork } = exchange
  if (beside.has(key)) return beside.get(key)
  const found = grantedKinds.has(kind)
    ? await readGranted(exchange, kind, id)
    : await coalescedReads(openWork).artifact({ kind, idHash: hashText(id) })
  if (found && kind === 'Grant') exchange.grants.add(id)
  return found && (!isExpired(found) || kindsWithEnd.has(kind)) ? found : undefined
}

/** Is a refresh token good only with a key, of its client or its own (RFC 9700, section 2.2.2)? */
async function isBoundToKey({
  jkt,
  clientId,
}: {
  readonly jkt?: string
  readonly clientId?: string
}): Promise<boolean> {
  if (jkt) return true
  const client = await coalescedReads(getCurrentExchange().openWork).client(clientId ?? '')
  return client !== undefined && client.metadata['token_endpoint_auth_method'] !== 'none'
}

/**
 * Whether a used refresh token works this once more (RFC 9700, section 4.14.2, leaves it to us): not one that whoever
 * stole it could use without a key.
 */
async function isRepeated(id: string, { consumedAt, payload }: store.FoundArtifact): Promise<boolean> {
  if (!consumedAt || (payload as { again?: boolean }).again) return false
  if (now().getTime() - consumedAt.getTime() >= lostAnswerSeconds * 1000) return false
  if (!(await isBoundToKey(payload as { jkt?: string; clientId?: string }))) return false
  return !(await readInExchange(work => store.isSuccessorUsed(work, hashText(id))))
}

async function readPayload(kind: string, id: string): Promise<Payload | undefined> {
  const exchange = getCurrentExchange()
  const key = keyOf(kind, id)
  const pending = exchange.writes.get(key)
  if (pending) return 'gone' in pending ? undefined : withId(id, pending.artifact.payload)
  // The write finds out whether it was used: once, for later and simultaneous uses alike.
  if (kind === 'ReplayDetection') return exchange.firsts.find(({ idHash }) => idHash.equals(hashText(id)))?.payload
  const found = await readArtifact(exchange, kind, id)
  if (!found) return undefined
  const { consumedAt, payload } = found
  if (kind === 'Session') {
    exchange.sessions.set(id, hashText(id))
    exchange.behind = (payload as ArtifactTies).ours
  }
  exchange.seen.set(key, consumedAt)
  const isUsed = consumedAt && !(kind === 'RefreshToken' && (await isRepeated(id, found)))
  return { ...withId(id, payload), ...(isUsed && { consumed: Math.floor(consumedAt.getTime() / 1000) }) }
}

async function readByUid(uid: string): Promise<Payload | undefined> {
  const exchange = getCurrentExchange()
  for (const one of exchange.writes.values())
    if ('artifact' in one && one.artifact.uid === uid) return withId(one.id, one.artifact.payload)
  const key = `uid ${uid}`
  if (!exchange.beside.has(key))
    exchange.beside.set(key, await readInExchange(work => store.findSessionByUid(work, uid)))
  const found = exchange.beside.get(key)
  return found && !isExpired(found) ? found.payload : undefined
}

/** The refresh token that this request replaces. */
const consumedIn = ({ consumed }: Exchange) =>
  [...consumed.values()].find(({ kind }) => kind === 'RefreshToken')?.idHash

/** What a saved artifact depends on. */
function tiesOf({ ours, behind, shown }: Exchange, kind: string, id: string): ArtifactTies {
  const session = kind === 'Session' ? (ours?.id ?? behind) : kind === 'AuthorizationCode' ? ours?.id : shown?.ours
  const line = kind === 'AuthorizationCode' ? lineOfCode(id) : shown?.line
  return { ...(session && { ours: session }), ...(line && kind !== 'Session' && { line }) }
}

export const adapterFor = (kind: string) => ({
  find: (id: string) => readPayload(kind, id),
  findByUid: readByUid,
  async findByUserCode(): Promise<undefined> {
    return undefined
  },
  async upsert(id: string, payload: Payload): Promise<void> {
    const exchange = getCurrentExchange()
    const rests = kind === 'Session' || grantedKinds.has(kind) ? tiesOf(exchange, kind, id) : {}
    const artifact = artifactOf(
      kind,
      id,
      { ...payload, ...rests },
      kind === 'RefreshToken' ? consumedIn(exchange) : undefined,
    )
    if (kind === 'ReplayDetection') exchange.firsts.push(artifact)
    else exchange.writes.set(keyOf(kind, id), { id, artifact })
  },
  async consume(id: string): Promise<void> {
    const { consumed, seen } = getCurrentExchange()
    const key = keyOf(kind, id)
    consumed.set(key, { kind, idHash: hashText(id), before: seen.get(key) ?? null })
  },
  async destroy(id: string): Promise<void> {
    getCurrentExchange().writes.set(keyOf(kind, id), { gone: { kind, idHash: hashText(id) } })
  },
  /**
   * oidc-provider revokes everything of a grant, but ours is one for all browsers of a person. For a code or token its
   * family ends (RFC 6749, section 4.1.2; RFC 7009, section 2.1); a sign-out ends the session and what was granted in
   * it.
   */
  async revokeByGrantId(grantId: string): Promise<void> {
    const { shown, revoked, grants } = getCurrentExchange()
    if (shown?.grantId === grantId && !revoked.includes(shown)) revoked.push(shown)
    grants.delete(grantId)
  },
})
