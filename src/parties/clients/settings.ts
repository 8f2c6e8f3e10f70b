import {
  authMethods,
  type ClientSettings,
  grants,
  type Purpose,
  type SigningAlgorithm,
  signingAlgorithms,
} from '../client.ts'
import type { Fault, FaultCode } from '../fault.ts'
import { isOpenTo, isScope, scopeKinds } from '../scope.ts'
import { browserAddressFault, calledAddressFault } from './address.ts'
import { readKeys } from './keys.ts'

/**
 * What may be registered of a client (RFC 7591, RFC 9700, FAPI 2.0 Security Profile 5.3): all faults at once, by field.
 */

export type Setting = {
  readonly sandbox: boolean
  /** Whether the party states a legal basis. */
  readonly basis: boolean
  /** A demonstration house, whose parties run on the same machine. */
  readonly demonstration: boolean
}

const mostAddresses = 10

type Found = (field: string, code: FaultCode | undefined | false) => void

function checkAddresses(settings: ClientSettings, { sandbox, demonstration }: Setting, found: Found): void {
  const loopback = sandbox || demonstration
  const usesCode = settings.grants.includes('authorization_code')
  found('redirectUris', usesCode && settings.redirectUris.length === 0 && 'redirect-missing')
  found('redirectUris', !usesCode && settings.redirectUris.length > 0 && 'redirect-needless')
  for (const field of ['redirectUris', 'postLogoutRedirectUris'] as const) {
    found(field, settings[field].length > mostAddresses && 'too-many')
    settings[field].forEach((text, at) => {
      found(`${field}.${at}`, browserAddressFault(text, { loopback }))
      found(`${field}.${at}`, settings[field].indexOf(text) < at && 'twice')
    })
  }
  // The provider derives a pairwise client's sector from its one host (OpenID Connect Core 1.0, 8.1).
  const hosts = new Set(settings.redirectUris.filter(text => URL.canParse(text)).map(text => new URL(text).host))
  found('redirectUris', hosts.size > 1 && 'hosts-differ')
  if (settings.backchannelLogoutUri !== undefined)
    found('backchannelLogoutUri', calledAddressFault(settings.backchannelLogoutUri, { loopback: demonstration }))
}

function keyFault(settings: ClientSettings, { demonstration }: Setting): Fault | undefined {
  const { authMethod, signingAlgorithm, jwks, jwksUri } = settings
  const hasKeys = jwks !== undefined || jwksUri !== undefined
  if (!authMethods.includes(authMethod)) return { field: 'authMethod', code: 'auth-method-unknown' }
  if (authMethod === 'none') return hasKeys ? { field: 'jwks', code: 'keys-needless' } : undefined
  if (signingAlgorithm !== undefined && !signingAlgorithms.includes(signingAlgorithm))
    return { field: 'signingAlgorithm', code: 'algorithm-unknown' }
  if (!hasKeys) return { field: 'jwks', code: 'keys-missing' }
  if (jwks !== undefined && jwksUri !== undefined) return { field: 'jwks', code: 'keys-doubled' }
  const code =
    jwksUri === undefined
      ? pastedFault(jwks, signingAlgorithm ?? 'ES256')
      : calledAddressFault(jwksUri, { loopback: demonstration })
  return code && { field: jwksUri === undefined ? 'jwks' : 'jwksUri', code }
}

function pastedFault(jwks: unknown, algorithm: SigningAlgorithm): FaultCode | undefined {
  const read = readKeys(jwks, algorithm)
  return 'fault' in read ? read.fault : undefined
}

function checkGrants({ grants: asked, authMethod, fapi, level }: ClientSettings, found: Found): void {
  const known = asked.every(grant => grants.includes(grant)) && new Set(asked).size === asked.length
  const begins = asked.includes('authorization_code') || asked.includes('client_credentials')
  found('grants', !(known && begins) && 'grants-wrong')
  found('grants', asked.includes('refresh_token') && !asked.includes('authorization_code') && 'grant-refresh-alone')
  found('grants', authMethod === 'none' && asked.includes('client_credentials') && 'grant-public')
  found('fapi', fapi && authMethod === 'none' && 'fapi-auth')
  found('level', level !== undefined && level !== 1 && level !== 2 && 'level-unknown')
}

const isSentence = (text: string) => text.trim().length >= 10 && text.length <= 300 && !/\p{C}/u.test(text)

function checkPurpose(
  { scope, vi, en, optional }: Purpose,
  settings: ClientSettings,
  { basis }: Setting,
): FaultCode | undefined {
  if (!isScope(scope)) return 'scope-unknown'
  const { by } = scopeKinds[scope]
  if (!isOpenTo(scope, Boolean(basis))) return 'scope-needs-basis'
  if (by === 'person' && !settings.grants.includes('authorization_code')) return 'scope-needs-code'
  if (by === 'party' && !settings.grants.includes('client_credentials')) return 'scope-needs-credentials'
  if (by === 'party' && optional) return 'scope-not-optional'
  return isSentence(vi) && isSentence(en) ? undefined : 'purpose-short'
}

/** All faults of settings; empty if they are allowed. */
export function faultsOf(settings: ClientSettings, setting: Setting): Fault[] {
  const faults: Fault[] = []
  const found: Found = (field, code) => {
    if (code) faults.push({ field, code })
  }
  checkAddresses(settings, setting, found)
  const key = keyFault(settings, setting)
  found(key?.field ?? '', key?.code)
  checkGrants(settings, found)
  settings.purposes.forEach((purpose, at) => {
    found(`purposes.${at}`, checkPurpose(purpose, settings, setting))
    found(`purposes.${at}`, settings.purposes.findIndex(({ scope }) => scope === purpose.scope) < at && 'twice')
  })
  return faults
}

/**
 * Settings as they are stored: only the public members of keys, and texts without surrounding blanks. Call it on
 * settings without faults.
 */
export function asKept(settings: ClientSettings): ClientSettings {
  const read = settings.jwks && readKeys(settings.jwks, settings.signingAlgorithm ?? 'ES256')
  const { jwks: _pasted, ...rest } = settings
  return {
    ...rest,
    ...(settings.authMethod === 'private_key_jwt' && { signingAlgorithm: settings.signingAlgorithm ?? 'ES256' }),
    ...(read && 'keys' in read && { jwks: { keys: read.keys } }),
    purposes: settings.purposes.map(({ scope, vi, en, optional }) => ({
      scope,
      vi: vi.trim(),
      en: en.trim(),
      optional,
    })),
  }
}
