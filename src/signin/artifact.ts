import { hash } from 'node:crypto'
import type { Id } from '../platform/ids.ts'
import { sessionEndGrainMinutes } from './law.ts'

/**
 * A stored object of the provider: the name of its model, and the payload that oidc-provider gave (its IN_PAYLOAD
 * members).
 */
export type Payload = Readonly<Record<string, unknown>>

export type Artifact = {
  readonly kind: string
  readonly idHash: Buffer
  readonly payload: Payload
  readonly personId: Id<'person'> | null
  readonly clientId: string | null
  readonly grantId: string | null
  readonly uid: string | null
  readonly expiresAt: Date
  readonly consumedAt: Date | null
}

export const hashText = (text: string): Buffer => hash('sha256', text, 'buffer')

/** The subject of the provider: person and account, and the child for whom they act. */
export type SignInSubject = {
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly childId?: Id<'person'>
}

export const subjectText = ({ personId, accountId, childId }: SignInSubject): string =>
  childId ? `${childId}.${accountId}.${personId}` : `${personId}.${accountId}`

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function readSubject(text: unknown): SignInSubject | undefined {
  if (typeof text !== 'string') return undefined
  const parts = text.split('.')
  if (parts.length < 2 || parts.length > 3 || !parts.every(part => uuid.test(part))) return undefined
  const [first, accountId, parent] = parts as [Id<'person'>, Id<'account'>, Id<'person'> | undefined]
  return parent ? { personId: parent, accountId, childId: first } : { personId: first, accountId }
}

/**
 * What a granted artifact depends on, stored beside the provider's payload: the citizen session, and the token family,
 * which begins with a code. A revocation ends one family; two sign-ins at one client under one grant have one each.
 */
export type ArtifactTies = { readonly ours?: string; readonly line?: string }

export const lineOfCode = (code: string): string => hashText(code).toString('base64url')

const urlNamespace = 'urn:dinhdanh:id'

/** Removes the id from a payload that repeats it, so that a dump of the table opens nothing. */
export function withoutId(id: string, payload: Payload): Payload {
  const {
    jti: _jti,
    session,
    returnTo,
    ...rest
  } = payload as { jti?: string; session?: { cookie?: string }; returnTo?: string }
  const { cookie: _cookie, ...known } = session ?? {}
  return {
    ...rest,
    ...(session && { session: known }),
    ...(typeof returnTo === 'string' && { returnTo: returnTo.replaceAll(id, urlNamespace) }),
  }
}

export function withId(id: string, payload: Payload): Payload {
  const { returnTo } = payload as { returnTo?: string }
  return {
    ...payload,
    jti: id,
    ...(typeof returnTo === 'string' && { returnTo: returnTo.replaceAll(urlNamespace, id) }),
  }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const expiryGrain = sessionEndGrainMinutes * 60_000
const rowEnds = (kind: string, exp: number): Date =>
  new Date(kind === 'Session' ? Math.ceil((exp * 1000) / expiryGrain) * expiryGrain : exp * 1000)

/**
 * The row of an artifact. Grants are found by their id, which tokens contain; sessions by their uid; and a refresh
 * token by the hash of its predecessor: two sign-ins at one client share a grant and have a family of refresh tokens
 * each.
 */
export function artifactOf(kind: string, id: string, payload: Payload, changedFor?: Buffer): Artifact {
  const said = payload as {
    exp?: number
    accountId?: string
    clientId?: string
    grantId?: string
    uid?: string
    session?: { accountId?: string }
  }
  if (typeof said.exp !== 'number') throw new RangeError(`a ${kind} without an end is not kept`)
  return {
    kind,
    idHash: hashText(id),
    payload: withoutId(id, payload),
    personId: readSubject(said.accountId ?? said.session?.accountId)?.personId ?? null,
    clientId: textOrNull(said.clientId),
    grantId: kind === 'Grant' ? id : textOrNull(said.grantId),
    uid: kind === 'Session' ? textOrNull(said.uid) : (changedFor?.toString('hex') ?? null),
    expiresAt: rowEnds(kind, said.exp),
    consumedAt: null,
  }
}
