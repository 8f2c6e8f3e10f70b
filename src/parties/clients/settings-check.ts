import {
  authMethods,
  type ClientSettings,
  grantTypes,
  type Purpose,
  type SigningAlgorithm,
  signingAlgorithms,
} from '../client.ts'
import { addressesOfClient } from '../law.ts'
import { isOpenTo, isPartyScope, scopeRules } from '../scope-claims.ts'
import type { Fault, FaultCode } from '../words-fault.ts'
import { browserAddressFault, type CalledAddresses, calledAddressFault } from './address.ts'
import { readKeys } from './keys.ts'

/**
 * What may be registered of a client (RFC 7591, RFC 9700, FAPI 2.0 Security Profile 5.3): all faults at once, by field.
 */

export type SettingsContext = CalledAddresses & {
  readonly sandbox: boolean
  /** Whether the party states a legal basis. */
  readonly basis: boolean
}

type FaultReporter = (field: string, code: FaultCode | undefined | false) => void

function checkAddresses(settings: ClientSettings, context: SettingsContext, report: FaultReporter): void {
  const loopback = context.sandbox || context.demonstration
  const usesCode = settings.grants.includes('authorization_code')
  report('redirectUris', usesCode && settings.redirectUris.length === 0 && 'redirect-missing')
  report('redirectUris', !usesCode && settings.redirectUris.length > 0 && 'redirect-needless')
  for (const field of ['redirectUris', 'postLogoutRedirectUris'] as const) {
    report(field, settings[field].length > addressesOfClient && 'too-many')
    settings[field].forEach((text, at) => {
      report(`${field}.${at}`, browserAddressFault(text, { loopback }))
      report(`${field}.${at}`, settings[field].indexOf(text) < at && 'twice')
    })
  }
  // The provider derives a pairwise client's sector from its one host (OpenID Connect Core 1.0, 8.1).
  const hosts = new Set(settings.redirectUris.filter(text => URL.canParse(text)).map(text => new URL(text).host))
  report('redirectUris', hosts.size > 1 && 'hosts-differ')
  if (settings.backchannelLogoutUri !== undefined)
    report('backchannelLogoutUri', calledAddressFault(settings.backchannelLogoutUri, context))
}

function keyFault(settings: ClientSettings, context: SettingsContext): Fault | undefined {
  const { authMethod, signingAlgorithm, jwks, jwksUri } = settings
  const hasKeys = jwks !== undefined || jwksUri !== undefined
  if (!authMethods.includes(authMethod)) return { field: 'authMethod', code: 'auth-method-unknown' }
  if (authMethod === 'none') return hasKeys ? { field: 'jwks', code: 'keys-needless' } : undefined
  if (signingAlgorithm !== undefined && !signingAlgorithms.includes(signingAlgorithm))
    return { field: 'signingAlgorithm', code: 'algorithm-unknown' }
  if (!hasKeys) return { field: 'jwks', code: 'keys-missing' }
  if (jwks !== undefined && jwksUri !== undefined) return { field: 'jwks', code: 'keys-doubled' }
  const code =
    jwksUri === undefined ? pastedFault(jwks, signingAlgorithm ?? 'ES256') : calledAddressFault(jwksUri, context)
  return code && { field: jwksUri === undefined ? 'jwks' : 'jwksUri', code }
}

function pastedFault(jwks: unknown, algorithm: SigningAlgorithm): FaultCode | undefined {
  const read = readKeys(jwks, algorithm)
  return 'fault' in read ? read.fault : undefined
}

function checkGrantTypes({ grants: asked, authMethod, fapi, level }: ClientSettings, report: FaultReporter): void {
  const known = asked.every(grant => grantTypes.includes(grant)) && new Set(asked).size === asked.length
  const begins = asked.includes('authorization_code') || asked.includes('client_credentials')
  report('grants', !(known && begins) && 'grants-wrong')
  report('grants', asked.includes('refresh_token') && !asked.includes('authorization_code') && 'grant-refresh-alone')
  report('grants', authMethod === 'none' && asked.includes('client_credentials') && 'grant-public')
  report('fapi', fapi && authMethod === 'none' && 'fapi-auth')
  report('level', level !== undefined && level !== 1 && level !== 2 && 'level-unknown')
}

const isSentence = (text: string) => text.trim().length >= 10 && text.length <= 300 && !/\p{C}/u.test(text)

function checkPurpose(
  { scope, vi, en, optional }: Purpose,
  settings: ClientSettings,
  { basis }: SettingsContext,
): FaultCode | undefined {
  if (!isPartyScope(scope)) return 'scope-unknown'
  const { by } = scopeRules[scope]
  if (!isOpenTo(scope, Boolean(basis))) return 'scope-needs-basis'
  if (by === 'person' && !settings.grants.includes('authorization_code')) return 'scope-needs-code'
  if (by === 'party' && !settings.grants.includes('client_credentials')) return 'scope-needs-credentials'
  if (by === 'party' && optional) return 'scope-not-optional'
  return isSentence(vi) && isSentence(en) ? undefined : 'purpose-short'
}

/** All faults of settings; empty if they are allowed. */
export function findSettingsFaults(settings: ClientSettings, context: SettingsContext): Fault[] {
  const faults: Fault[] = []
  const found: FaultReporter = (field, code) => {
    if (code) faults.push({ field, code })
  }
  checkAddresses(settings, context, found)
  const key = keyFault(settings, context)
  found(key?.field ?? '', key?.code)
  checkGrantTypes(settings, found)
  settings.purposes.forEach((purpose, at) => {
    found(`purposes.${at}`, checkPurpose(purpose, settings, context))
    found(`purposes.${at}`, settings.purposes.findIndex(({ scope }) => scope === purpose.scope) < at && 'twice')
  })
  return faults
}

/**
 * Settings as they are stored: only the public members of keys, and texts without surrounding blanks. Call it on
 * settings without faults.
 */
export function normalizedSettings(settings: ClientSettings): ClientSettings {
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
