import type { Counted } from '../platform/limits/caller.ts'
import type { PartyId, PartyState, PersonReference } from './party.ts'
import type { PartyScope } from './scope-claims.ts'

/** A client of a party: a piece of its software, as OAuth knows it. Pure. */

export const authMethods = ['private_key_jwt', 'none'] as const
export type AuthMethod = (typeof authMethods)[number]

export const signingAlgorithms = ['ES256', 'PS256'] as const
export type SigningAlgorithm = (typeof signingAlgorithms)[number]

export const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const
export type GrantType = (typeof grantTypes)[number]

export const versionStates = ['draft', 'submitted', 'in-force', 'former', 'refused', 'withdrawn'] as const
export type VersionState = (typeof versionStates)[number]

/** Why a client requests a scope, in the sentence that people read before they consent. */
export type Purpose = {
  readonly scope: PartyScope
  readonly vi: string
  readonly en: string
  readonly optional: boolean
}

/** A public key (RFC 7517), checked by keys.ts. */
export type PublicKey = Readonly<Record<string, string>>

/** All settings of a client, which are reviewed as a whole. */
export type ClientSettings = {
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri?: string
  readonly authMethod: AuthMethod
  /** The algorithm with which the client signs its assertions; absent for a public client. */
  readonly signingAlgorithm?: SigningAlgorithm
  readonly jwksUri?: string
  readonly jwks?: { readonly keys: readonly PublicKey[] }
  readonly grants: readonly GrantType[]
  readonly purposes: readonly Purpose[]
  /** FAPI 2.0 Security Profile: the server enforces it for the client. */
  readonly fapi: boolean
  /** The account level that a request without one stands for. */
  readonly level?: 1 | 2
}

/** Members of RFC 7591 and of OpenID Connect Dynamic Client Registration 1.0. */
export type ClientMetadata = Record<string, unknown> & { client_id: string }

/** The client as RFC 7591 and OpenID registration name its members, ready for oidc-provider, plus our own. */
export type Client = {
  readonly clientId: string
  readonly partyId: PartyId
  readonly partyName: { readonly vi: string; readonly en: string }
  readonly sandbox: boolean
  /** Whether the party has a legal basis: `person_number` and `residence` go to no other party. */
  readonly legalBasis: boolean
  readonly fapi: boolean
  readonly metadata: ClientMetadata
  readonly purposes: Purpose[]
  readonly state: 'active' | 'suspended'
}

/** As whom a client's requests are counted: sandbox ones, which anybody makes, in a lane of their own. */
export const countedOf = ({ clientId, sandbox }: Pick<Client, 'clientId' | 'sandbox'>): Counted => ({
  lane: sandbox ? 'sandbox' : 'parties',
  key: `client ${clientId}`,
})

export const acrOf = (level: 1 | 2): string => `urn:dinhdanh:acr:level${level}`

/**
 * The metadata of a client for oidc-provider 9 (its consts/client_attributes.js). `subject_type` is always pairwise,
 * and the party is the sector.
 */
export function metadataOf(clientId: string, name: string, settings: ClientSettings): ClientMetadata {
  const usesCode = settings.grants.includes('authorization_code')
  const scope = [
    'openid',
    ...settings.purposes.map(({ scope }) => scope),
    ...(settings.grants.includes('refresh_token') ? ['offline_access'] : []),
  ]
  return {
    client_id: clientId,
    client_name: name,
    application_type: 'web',
    subject_type: 'pairwise',
    redirect_uris: [...settings.redirectUris],
    response_types: usesCode ? ['code'] : [],
    grant_types: [...settings.grants],
    scope: scope.join(' '),
    id_token_signed_response_alg: 'ES256',
    token_endpoint_auth_method: settings.authMethod,
    ...(settings.authMethod === 'private_key_jwt' && {
      token_endpoint_auth_signing_alg: settings.signingAlgorithm ?? 'ES256',
    }),
    ...(settings.jwksUri !== undefined && { jwks_uri: settings.jwksUri }),
    ...(settings.jwks !== undefined && { jwks: { keys: settings.jwks.keys.map(key => ({ ...key })) } }),
    post_logout_redirect_uris: [...settings.postLogoutRedirectUris],
    ...(settings.backchannelLogoutUri !== undefined && {
      backchannel_logout_uri: settings.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
    require_pushed_authorization_requests: settings.fapi,
    dpop_bound_access_tokens: settings.fapi,
    ...(settings.level !== undefined && { default_acr_values: [acrOf(settings.level)] }),
  }
}

/** What is in force of a client at the time of a request. */
export type ClientInForce = {
  readonly clientId: string
  readonly partyId: PartyId
  readonly partyName: { readonly vi: string; readonly en: string }
  readonly legalBasis: boolean
  readonly partyState: PartyState
  readonly state: 'active' | 'suspended'
  readonly sandbox: boolean
  readonly settings: ClientSettings
}

/**
 * The client as the provider may serve it. A party that is not approved yet has only sandbox clients; a suspended party
 * suspends all its clients.
 */
export function clientServed(client: ClientInForce): Client | undefined {
  if (!client.sandbox && client.partyState !== 'approved' && client.partyState !== 'suspended') return undefined
  return {
    clientId: client.clientId,
    partyId: client.partyId,
    partyName: client.partyName,
    sandbox: client.sandbox,
    legalBasis: client.legalBasis,
    fapi: client.settings.fapi,
    metadata: metadataOf(client.clientId, client.partyName.vi, client.settings),
    purposes: client.settings.purposes.map(purpose => ({ ...purpose })),
    state: client.partyState === 'suspended' ? 'suspended' : client.state,
  }
}

/** A client as its party sees it. */
export type ClientRecord = {
  readonly clientId: string
  readonly partyId: PartyId
  readonly name: string
  readonly sandbox: boolean
  readonly state: 'active' | 'suspended'
  readonly reason?: string
  readonly madeAt: Date
}

export type Version = {
  readonly clientId: string
  readonly number: number
  readonly state: VersionState
  readonly settings: ClientSettings
  readonly madeBy: PersonReference
  readonly madeAt: Date
  readonly submittedBy?: PersonReference
  readonly submittedAt?: Date
  readonly decidedAt?: Date
  readonly reason?: string
}

/**
 * From each state, the states a version may go to. The approval of the next version makes the one in force a former
 * one.
 */
export const versionTransitions: Record<VersionState, readonly VersionState[]> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['in-force', 'refused', 'withdrawn'],
  'in-force': ['former'],
  former: [],
  refused: [],
  withdrawn: [],
}

export const isOpenVersion = ({ state }: Pick<Version, 'state'>): boolean => state === 'draft' || state === 'submitted'
