/**
 * API tokens: authentication of relying parties at the installation's own API.
 * Input: a request with a token that the provider issued by client credentials, and a proof (dpop-proof.ts).
 * Decided: whether the token is valid at this moment, is for this API, is bound to the key of the proof and has the
 * scope.
 * Output: the party as the caller, or a standard refusal (RFC 6750, RFC 9449). No deeds; the flight recorder stores
 * failures.
 */

import type { FastifyRequest } from 'fastify'
import * as parties from '../../parties/parties.ts'
import { now } from '../../platform/clock.ts'
import { coalesce } from '../../platform/coalesce.ts'
import type { Authenticate, SignedIn } from '../../platform/http/serve-endpoint.ts'
import { countedAs, findCaller } from '../../platform/limits/caller.ts'
import type { LaneId } from '../../platform/limits/limits.ts'
import type { ProblemFacts } from '../../platform/problem.ts'
import { type Authority, asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { hashText } from '../artifact.ts'
import { apiAddress, proofAlgorithms } from '../provider/resource.ts'
import { inSignInScope } from '../sign-in-scope.ts'
import * as store from '../store.ts'
import type { DpopProof } from './dpop-proof.ts'
import { tokenProblem } from './problems.ts'

/** A token is looked up for each request, so that a revoked one is refused from that moment. */

/** The rights that a party may hold by a token, and the scope of each. */
const scopeOfRight: Readonly<Record<string, parties.PartyScope>> = { verification: 'verification' }

/** The client of a caller with a token. */
const clientOfToken = new WeakMap<SignedIn, parties.Client>()

/** The client of a caller with a token; undefined for everyone else. */
export const findClientOf = (caller: SignedIn | undefined): parties.Client | undefined =>
  caller && clientOfToken.get(caller)

type PresentedToken = { readonly tokenHash: Buffer; readonly proof?: DpopProof }
type TokenFindings = {
  readonly token?: {
    readonly clientId: string
    readonly scope: readonly string[]
    readonly jkt?: string
    readonly isForUs: boolean
  }
  readonly client?: parties.Client | undefined
  /** Whether this proof was not used before. */
  readonly isFirst: boolean
}

type TokenFailure = {
  readonly scheme: 'Bearer' | 'DPoP'
  readonly check: parties.FlightCheck
  readonly problem: 'token-missing' | 'token-malformed' | 'token-invalid' | 'token-proof-wrong' | 'token-scope-missing'
  readonly clientId?: string
  readonly seconds?: number
}

const errorOf = {
  'token-missing': undefined,
  'token-malformed': 'invalid_request',
  'token-invalid': 'invalid_token',
  'token-proof-wrong': 'invalid_dpop_proof',
  'token-scope-missing': 'insufficient_scope',
} as const

const proofAlgorithmsText = `algs="${proofAlgorithms.join(' ')}"`

/**
 * The content of a challenge (RFC 6750, section 3; RFC 9449, section 7.1): both schemes for a request without a token.
 */
function tokenChallenge({ scheme, problem }: TokenFailure, scope: string): string {
  const error = errorOf[problem]
  if (!error)
    return `Bearer realm="dinhdanh", scope="${scope}", DPoP realm="dinhdanh", scope="${scope}", ${proofAlgorithmsText}`
  return (
    `${scheme} realm="dinhdanh", error="${error}"${problem === 'token-scope-missing' ? `, scope="${scope}"` : ''}` +
    `${scheme === 'DPoP' ? `, ${proofAlgorithmsText}` : ''}`
  )
}

function tokenOfRow(found: store.ApiToken, origin: string, at: Date): TokenFindings['token'] {
  const said = found.payload as { clientId?: string; scope?: string; jkt?: string; aud?: string | string[] }
  if (found.expiresAt <= at || !said.clientId) return undefined
  return {
    clientId: said.clientId,
    scope: said.scope?.split(' ') ?? [],
    ...(said.jkt && { jkt: said.jkt }),
    isForUs: [said.aud].flat().includes(apiAddress(origin)),
  }
}

/** Finds the tokens of several requests in one transaction. */
async function findTokens(work: Work, origin: string, presented: readonly PresentedToken[]): Promise<TokenFindings[]> {
  const keyOf = (hash: Buffer) => hash.toString('base64')
  const found = await store.findApiTokens(work, [
    ...new Map(presented.map(({ tokenHash }) => [keyOf(tokenHash), tokenHash])).values(),
  ])
  const tokens = new Map(
    found.map(one => [keyOf(one.idHash), { token: tokenOfRow(one, origin, work.now), client: one.client }]),
  )
  const proofs = presented.flatMap(({ proof }) => (proof ? [proof] : []))
  const first = new Set(
    proofs.length === 0 ? [] : (await store.withSignInScope(work, () => store.insertProofs(work, proofs))).map(keyOf),
  )
  return presented.map(({ tokenHash, proof }) => {
    const { token, client } = tokens.get(keyOf(tokenHash)) ?? {}
    // Of two equal proofs in one transaction one is first.
    const isFirst = !proof || first.delete(keyOf(proof.idHash))
    return { isFirst, ...(token && { token, client }) }
  })
}

type ReadToken = { readonly scheme: 'Bearer' | 'DPoP'; readonly token: string }

/**
 * Reads the Authorization header (RFC 9110, section 11.6.2). A token in the address or the body is refused (RFC 6750,
 * section 2.3; RFC 9700, 4.3.2).
 */
function readAuthorization({ headers }: FastifyRequest): ReadToken | TokenFailure {
  const header = headers.authorization
  if (header === undefined) return { scheme: 'Bearer', check: 'parameter-missing', problem: 'token-missing' }
  const [, scheme = '', token = ''] = /^(\S+) +([A-Za-z0-9._~+/-]+=*) *$/.exec(header) ?? []
  if (/^bearer$/i.test(scheme)) return { scheme: 'Bearer', token }
  if (/^dpop$/i.test(scheme)) return { scheme: 'DPoP', token }
  return { scheme: 'Bearer', check: 'parameter-missing', problem: 'token-malformed' }
}

async function readProofOf(request: FastifyRequest, token: string, origin: string): Promise<DpopProof | TokenFailure> {
  const shown = request.headers['dpop']
  const wrong = { scheme: 'DPoP', problem: 'token-proof-wrong' } as const
  if (shown === undefined) return { ...wrong, check: 'dpop-missing' }
  // Two headers of one name arrive joined by a comma, which no proof contains.
  if (typeof shown !== 'string' || shown.includes(',')) return { ...wrong, check: 'dpop-malformed' }
  const address = new URL(request.url, origin).href
  const { readProof } = await import('./dpop-proof.ts')
  const read = await readProof({ proof: shown, token, method: request.method, address, at: now() })
  return 'failed' in read
    ? { ...wrong, check: read.failed, ...(read.seconds !== undefined && { seconds: read.seconds }) }
    : read
}

/** The first failure of a token and its proof, in the order of reporting; undefined without one. */
function findTokenFailure(
  known: TokenFindings,
  { scheme }: ReadToken,
  proof: DpopProof | undefined,
  scope: parties.PartyScope,
): TokenFailure | undefined {
  const { token, client, isFirst } = known
  const invalid = (check: parties.FlightCheck): TokenFailure => ({
    scheme,
    check,
    problem: 'token-invalid',
    ...(token && { clientId: token.clientId }),
  })
  if (!token) return invalid('token-gone')
  if (!token.isForUs) return invalid('token-gone')
  if (client?.state !== 'active') return invalid('client-suspended')
  // RFC 9449, section 7.2: a key-bound token is refused without its proof.
  if (token.jkt && !proof) return invalid('dpop-missing')
  if (!token.jkt && (proof || client.fapi)) return invalid('dpop-key')
  if (proof && proof.thumbprint !== token.jkt) return invalid('dpop-key')
  if (!isFirst) return { scheme, check: 'dpop-replayed', problem: 'token-proof-wrong', clientId: token.clientId }
  if (!token.scope.includes(scope) || !client.purposes.some(purpose => purpose.scope === scope))
    return { scheme, check: 'scope', problem: 'token-scope-missing', clientId: token.clientId }
  return undefined
}

/** Where no proof is to be kept, a look-up is one message to the database. */
const lookingUp = (shown: readonly PresentedToken[]): Authority => ({
  ...asSystem('sign-in', 'none'),
  inMessages: shown.some(({ proof }) => proof) ? 'first-statement' : 'whole',
})

export type TokenApi = { readonly openWork: OpenWork; readonly origin: string }

/**
 * Authenticates a caller with an access token: the party, for which its client acts. Routes of rights that no party can
 * hold do not ask it. Refuses with token-missing, token-malformed, token-invalid, token-proof-wrong and
 * token-scope-missing, each with its challenge and a note of the flight recorder.
 */
export function authenticateParty({ openWork, origin }: TokenApi): Authenticate {
  /** Tokens are looked up together by lane, so that nobody's wait for those of sandbox clients, or of strangers. */
  const lookUps = new Map<LaneId, (presented: PresentedToken) => Promise<TokenFindings>>()
  function lookUp(lane: LaneId, presented: PresentedToken): Promise<TokenFindings> {
    const together = { lane, key: 'tokens' }
    const known =
      lookUps.get(lane) ??
      coalesce<PresentedToken, TokenFindings>(
        shown => countedAs(together, () => openWork(lookingUp(shown), work => findTokens(work, origin, shown))),
        { most: 256, abreast: 2, who: () => findCaller()?.key ?? '' },
      )
    lookUps.set(lane, known)
    return known(presented)
  }

  async function refuse(request: FastifyRequest, failure: TokenFailure, scope: string): Promise<never> {
    const error = errorOf[failure.problem]
    if (error)
      await inSignInScope(openWork, request.id, work =>
        parties.recordFlight(work, {
          requestId: request.id,
          clientId: failure.clientId,
          endpoint: 'api',
          outcome: 'failed',
          check: failure.check,
          error,
          seconds: failure.seconds,
        }),
      )
    const facts: ProblemFacts = { check: failure.check, ...(error && { error }) }
    throw tokenProblem(failure.problem, error ? facts : {}, { 'www-authenticate': tokenChallenge(failure, scope) })
  }

  /** Requests whose proof was counted. Asked for again, such a request has its token alone looked up. */
  const counted = new WeakMap<FastifyRequest, { readonly proof: DpopProof | undefined }>()

  return async request => {
    const right = (request.routeOptions.config as { door?: { right?: string } } | undefined)?.door?.right
    const scope = right === undefined ? undefined : scopeOfRight[right]
    if (!scope) return undefined
    const read = readAuthorization(request)
    if ('problem' in read) return refuse(request, read, scope)
    const before = counted.get(request)
    const proof = before?.proof ?? (read.scheme === 'DPoP' ? await readProofOf(request, read.token, origin) : undefined)
    if (proof && 'problem' in proof) return refuse(request, proof, scope)
    const found = await lookUp(findCaller()?.lane ?? 'arrivals', {
      tokenHash: hashText(read.token),
      ...(proof && !before && { proof }),
    })
    counted.set(request, { proof })
    const fault = findTokenFailure(found, read, proof, scope)
    if (fault) return refuse(request, fault, scope)
    return signedInParty(found.client as parties.Client, scope, read.token)
  }
}

function signedInParty(client: parties.Client, scope: parties.PartyScope, token: string): SignedIn {
  const by = { kind: 'party', id: client.partyId } as const
  const who: SignedIn = {
    by,
    counted: { secret: token, as: parties.countedOf(client) },
    authority: (right, purpose) => (scopeOfRight[right] === scope ? { by, scope: 'house', purpose } : undefined),
  }
  clientOfToken.set(who, client)
  return who
}
