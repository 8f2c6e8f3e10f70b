import type { FlightCheck } from '../parties/parties.ts'

/** What failed, in the words that the flight recorder knows (parties): from the standard's error and what the provider says of it. */

/** An error as oidc-provider throws it. */
export type Failure = {
  readonly error?: string
  readonly error_description?: string
  readonly error_detail?: string
  readonly message?: string
}

// biome-ignore format: a table; the first that fits
const rules: readonly (readonly [error: RegExp, said: RegExp, check: FlightCheck])[] = [
  [/./,                                 /DPoP proof htu/i,                                                  'dpop-htu'],
  [/./,                                 /DPoP proof htm/i,                                                  'dpop-htm'],
  [/./,                                 /DPoP proof iat is not/i,                                           'dpop-iat'],
  [/./,                                 /DPoP.*Replay/i,                                                    'dpop-replayed'],
  [/use_dpop_nonce/,                    /./,                                                                'dpop-nonce'],
  [/./,                                 /DPoP.*nonce/i,                                                     'dpop-nonce'],
  [/./,                                 /jkt|DPoP proof key|ath mismatch/i,                                 'dpop-key'],
  [/./,                                 /DPoP proof JWT not provided|missing DPoP|DPoP-bound|must be DPoP|sender-constrained/i, 'dpop-missing'],
  [/invalid_dpop_proof/,                /./,                                                                'dpop-malformed'],
  [/./,                                 /client not found|client is invalid|unrecognized id_token_hint/i,   'client-unknown'],
  [/invalid_client/,                    /only be used once/i,                                               'assertion-replayed'],
  [/invalid_client/,                    /audience|\(aud\)/i,                                                'assertion-audience'],
  [/invalid_client/,                    /jwt expired|"exp"|expiration/i,                                    'assertion-expired'],
  [/invalid_client/,                    /not active yet|issued in the future|"nbf"|"iat"/i,                 'assertion-clock'],
  [/invalid_client/,                    /invalid signature|no applicable key|key.*found|alg mismatch/i,     'assertion-key'],
  [/invalid_client/,                    /./,                                                                'client-authentication'],
  [/./,                                 /client authentication/i,                                           'client-authentication'],
  [/./,                                 /post_logout|id_token_hint|logout/i,                                'logout'],
  [/./,                                 /redirect_uri/i,                                                    'redirect-uri'],
  [/./,                                 /code_challenge_method|not supported value of code_challenge/i,     'pkce-plain'],
  [/./,                                 /code_challenge|policy requires PKCE|PKCE must be used/i,           'pkce-missing'],
  [/./,                                 /PKCE|code_verifier/i,                                              'pkce-wrong'],
  [/./,                                 /Pushed Authorization Request must be used/i,                       'par-required'],
  [/invalid_request_uri/,               /./,                                                                'par-expired'],
  [/invalid_request_object/,            /client_id|iss/i,                                                   'par-of-another-client'],
  [/invalid_request_object|request_(uri_)?not_supported/, /./,                                              'request-object'],
  [/unsupported_response_mode/,         /./,                                                                'response-mode'],
  [/./,                                 /response_mode/i,                                                   'response-mode'],
  [/./,                                 /response_type/i,                                                   'response-type'],
  [/invalid_scope|insufficient_scope/,  /./,                                                                'scope'],
  [/./,                                 /openid scope/i,                                                    'scope'],
  [/./,                                 /claims/i,                                                          'claims'],
  [/./,                                 /login_hint/i,                                                      'login-hint'],
  [/unsupported_grant_type/,            /./,                                                                'grant-type'],
  [/./,                                 /grant type is not allowed/i,                                       'grant-type'],
  [/invalid_grant/,                     /authorization code already consumed/i,                             'code-used'],
  [/invalid_grant/,                     /authorization code is expired/i,                                   'code-expired'],
  [/invalid_grant/,                     /authorization code not found/i,                                    'code-unknown'],
  [/invalid_grant/,                     /client mismatch/i,                                                 'code-of-another-client'],
  [/invalid_grant/,                     /refresh token already used/i,                                      'refresh-used'],
  [/invalid_grant/,                     /refresh token not found/i,                                         'refresh-unknown'],
  [/invalid_grant/,                     /refresh token is expired/i,                                        'token-expired'],
  [/invalid_grant/,                     /grant|account|session/i,                                           'grant-gone'],
  [/invalid_token/,                     /expired/i,                                                         'token-expired'],
  [/invalid_token/,                     /./,                                                                'token-gone'],
  [/unmet_authentication_requirements/, /./,                                                                'acr-unmet'],
  [/access_denied/,                     /./,                                                                'consent-refused'],
  [/consent_required/,                  /./,                                                                'consent-missing'],
  [/interaction_required/,              /scope|claims/i,                                                    'consent-missing'],
  [/login_required|interaction_required/, /./,                                                              'login-required'],
  [/temporarily_unavailable/,           /./,                                                                'quota'],
  [/./,                                 /duplicate|must not be repeated|parameters must not/i,              'parameter-repeated'],
  [/./,                                 /missing required parameter/i,                                      'parameter-missing'],
  [/./,                                 /session not found|has expired|interaction session|could not find logout/i, 'interaction-left'],
]

export const checkOf = ({ error = '', error_description = '', error_detail = '', message = '' }: Failure): FlightCheck => {
  const said = `${error_description} ${error_detail} ${message}`
  return rules.find(([errors, words]) => errors.test(error) && words.test(said))?.[2] ?? 'other'
}
