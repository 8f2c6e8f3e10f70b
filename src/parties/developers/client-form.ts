import type { AuthMethod, ClientSettings, GrantType, Purpose, SigningAlgorithm } from '../client.ts'
import { readPastedKeys } from '../clients/keys.ts'
import { scopeNames } from '../scope-claims.ts'
import type { Fault } from '../words-fault.ts'
import type { FormFields } from './page-parts.ts'

/** A client's settings in a form without script. */

const linesOf = (text: string | undefined) =>
  (text ?? '')
    .split(/\s+/)
    .map(one => one.trim())
    .filter(Boolean)

const grantFields: readonly (readonly [field: string, grant: GrantType])[] = [
  ['grant-code', 'authorization_code'],
  ['grant-refresh', 'refresh_token'],
  ['grant-machine', 'client_credentials'],
]

/** The fields of the form of a version, and those of a new client beside them. */
export const clientFormFields: readonly string[] = [
  'redirectUris',
  'postLogoutRedirectUris',
  'backchannelLogoutUri',
  'authMethod',
  'signingAlgorithm',
  'jwksUri',
  'jwks',
  'fapi',
  'level',
  ...grantFields.map(([field]) => field),
  ...scopeNames.flatMap(scope => [`ask-${scope}`, `vi-${scope}`, `en-${scope}`]),
]
export const newClientFormFields: readonly string[] = ['kind', 'name', ...clientFormFields]

export function clientFieldsOf(settings: ClientSettings): FormFields {
  const filled: Record<string, string> = {
    redirectUris: settings.redirectUris.join('\n'),
    postLogoutRedirectUris: settings.postLogoutRedirectUris.join('\n'),
    backchannelLogoutUri: settings.backchannelLogoutUri ?? '',
    authMethod: settings.authMethod,
    signingAlgorithm: settings.signingAlgorithm ?? 'ES256',
    jwksUri: settings.jwksUri ?? '',
    jwks: settings.jwks ? JSON.stringify(settings.jwks, undefined, 2) : '',
    fapi: settings.fapi ? 'yes' : '',
    level: String(settings.level ?? ''),
  }
  for (const [field, grant] of grantFields) filled[field] = settings.grants.includes(grant) ? 'yes' : ''
  for (const { scope, vi, en, optional } of settings.purposes) {
    filled[`ask-${scope}`] = optional ? 'optional' : 'required'
    filled[`vi-${scope}`] = vi
    filled[`en-${scope}`] = en
  }
  return filled
}

/** Reads a form. Unreadable keys are a fault at once; settings-check.ts checks the rest. */
export function settingsOf(filled: FormFields): {
  readonly settings: ClientSettings
  readonly faults: readonly Fault[]
} {
  const text = (name: string) => filled[name]?.trim() ?? ''
  const authMethod = text('authMethod') as AuthMethod
  const signingAlgorithm = text('signingAlgorithm') as SigningAlgorithm
  const pasted = text('jwks') && readPastedKeys(text('jwks'), signingAlgorithm)
  const purposes = scopeNames.flatMap((scope): Purpose[] => {
    const asked = text(`ask-${scope}`)
    return asked === 'required' || asked === 'optional'
      ? [{ scope, vi: text(`vi-${scope}`), en: text(`en-${scope}`), optional: asked === 'optional' }]
      : []
  })
  const settings: ClientSettings = {
    redirectUris: linesOf(filled['redirectUris']),
    postLogoutRedirectUris: linesOf(filled['postLogoutRedirectUris']),
    ...(text('backchannelLogoutUri') && { backchannelLogoutUri: text('backchannelLogoutUri') }),
    authMethod,
    ...(authMethod !== 'none' && { signingAlgorithm }),
    ...(text('jwksUri') && { jwksUri: text('jwksUri') }),
    ...(pasted && 'keys' in pasted && { jwks: { keys: pasted.keys } }),
    grants: grantFields.filter(([field]) => filled[field] === 'yes').map(([, grant]) => grant),
    purposes,
    fapi: filled['fapi'] === 'yes',
    ...((text('level') === '1' || text('level') === '2') && {
      level: text('level') === '1' ? (1 as const) : (2 as const),
    }),
  }
  return { settings, faults: pasted && 'fault' in pasted ? [{ field: 'jwks', code: pasted.fault }] : [] }
}

/** The field of the form for a fault of the settings: the second requested purpose is that of its scope. */
export function formField(field: string, { purposes }: ClientSettings): string {
  const [name = '', at] = field.split('.')
  if (name === 'purposes') return `ask-${purposes[Number(at)]?.scope ?? ''}`
  return name === 'grants' ? 'grant-code' : name
}
