import type { Client, ClientMetadata } from 'oidc-provider'
import * as parties from '../../parties/parties.ts'
import { holdsNul } from '../../platform/http/nul-characters.ts'
import type { Id } from '../../platform/ids.ts'
import type { OpenWork } from '../../platform/work.ts'
import { claimsOf, isOpenTo, isScope, openedBy, personClaims, scopes } from '../consents/claim-values.ts'
import { coalescedReads } from '../exchange/coalesced-reads.ts'
import { findCurrentExchange } from '../exchange/exchange.ts'

/** Clients for oidc-provider: the party's registration, and what this installation requires of every client. */

/** Our own metadata beside RFC 7591. */
export const ownMetadata = ['party_id', 'fapi', 'sandbox', 'legal_basis', 'purposes'] as const
type OwnMetadata = {
  readonly party_id?: Id<'party'>
  readonly fapi?: boolean
  readonly sandbox?: boolean
  readonly legal_basis?: boolean
  readonly purposes?: readonly parties.Purpose[]
}
const ownMetadataOf = (client: Client | undefined): OwnMetadata => (client ?? {}) as OwnMetadata

export const isFapi = (client: Client | undefined): boolean => ownMetadataOf(client).fapi === true
export const isSandbox = (client: Client | undefined): boolean => ownMetadataOf(client).sandbox === true
export const partyIdOf = (client: Client | undefined): Id<'party'> =>
  ownMetadataOf(client).party_id ?? ('' as Id<'party'>)

/** The claims that a client may get: those of its approved scopes, with a legal basis if required. */
export function allowedClaims(client: Client): ReadonlySet<string> {
  const approved = (client.scope ?? '').split(' ')
  const hasBasis = ownMetadataOf(client).legal_basis === true
  return openedBy(scopes.filter(scope => approved.includes(scope) && isOpenTo(scope, hasBasis)))
}

/** The purposes of the scopes and claims of a request, without what the client may not get. */
export function purposesOf(
  client: Client,
  wanted: ReadonlySet<string>,
  claims: ReadonlySet<string>,
): parties.Purpose[] {
  const { legal_basis: hasBasis = false, purposes = [] } = ownMetadataOf(client)
  return purposes.filter(
    ({ scope }) =>
      isScope(scope) &&
      (wanted.has(scope) || claimsOf(scope).some(claim => claims.has(claim))) &&
      isOpenTo(scope, hasBasis),
  )
}

/** The requested claims about a person that no approved scope opens. */
export const refusedClaims = (client: Client, claims: readonly string[]): string[] =>
  claims.filter(claim => personClaims.some(one => one === claim) && !allowedClaims(client).has(claim))

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** Over http a code could be read in transit, except on the machine itself. */
const isSafeAddress = (address: string) => {
  const url = URL.parse(address)
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname))
}

/** FAPI 2.0 Security Profile, 5.3.2 and 5.4, for a client that is held to it. */
const fapi2 = {
  require_pushed_authorization_requests: true,
  dpop_bound_access_tokens: true,
  token_endpoint_auth_method: 'private_key_jwt',
} as const

/**
 * Without the addresses of a sandbox client that the house does not call; a client without keys proves nothing, and no
 * logout is told to one without an address.
 */
function withoutClosedAddresses(
  { sandbox, metadata }: parties.Client,
  called: parties.CalledAddresses,
): parties.ClientMetadata {
  if (!sandbox) return metadata
  const { jwks_uri: keysAt, backchannel_logout_uri: logoutAt, ...rest } = metadata
  const isOpen = (address: unknown): address is string =>
    typeof address === 'string' && parties.isOpenToSandbox(new URL(address), called)
  return {
    ...rest,
    ...(keysAt !== undefined && (isOpen(keysAt) ? { jwks_uri: keysAt } : { jwks: { keys: [] } })),
    ...(isOpen(logoutAt) && { backchannel_logout_uri: logoutAt }),
  }
}

export function clientMetadataOf(client: parties.Client, called: parties.CalledAddresses): ClientMetadata {
  const metadata = withoutClosedAddresses(client, called)
  const usesCode = ((metadata['grant_types'] as string[] | undefined) ?? []).includes('authorization_code')
  return {
    ...metadata,
    client_id: client.clientId,
    client_name: client.partyName.vi,
    subject_type: 'pairwise',
    id_token_signed_response_alg: 'ES256',
    response_types: usesCode ? ['code'] : [],
    redirect_uris: ((metadata['redirect_uris'] as string[] | undefined) ?? []).filter(isSafeAddress),
    party_id: client.partyId,
    fapi: client.fapi,
    sandbox: client.sandbox,
    legal_basis: client.legalBasis,
    purposes: client.purposes,
    ...(client.fapi && fapi2),
  } as ClientMetadata
}

/** Suspended clients by request; only the party's engineer learns it. */
const suspended = new WeakMap<object, string>()
export const suspendedClientIn = (exchange: object): string | undefined => suspended.get(exchange)

async function findClientMetadata(
  openWork: OpenWork,
  called: parties.CalledAddresses,
  id: string,
): Promise<ClientMetadata | undefined> {
  const client = await coalescedReads(openWork).client(id)
  const exchange = findCurrentExchange()
  // Before anything else of it is read: whoever claims a sandbox client waits in its lane from here on.
  if (client?.sandbox && exchange) exchange.counted = parties.countedOf(client)
  if (client?.state === 'suspended' && exchange) suspended.set(exchange, id)
  return client?.state === 'active' ? clientMetadataOf(client, called) : undefined
}

const noOperation = async () => undefined

/** oidc-provider's `Adapter` for clients: read for each request, so that a suspension counts at once. */
export const clientAdapter = (openWork: OpenWork, called: () => parties.CalledAddresses) => ({
  // An assertion may name any text, and one NUL would fail the read that many requests share.
  find: async (id: string) => (holdsNul(id) ? undefined : findClientMetadata(openWork, called(), id)),
  upsert: noOperation,
  consume: noOperation,
  destroy: noOperation,
  findByUid: noOperation,
  findByUserCode: noOperation,
  revokeByGrantId: noOperation,
})
