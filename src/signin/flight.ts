/** What failed, in the words that the flight recorder knows (parties): from the standard's error and what the provider says of it. */

/** An error as oidc-provider throws it. */
export type Failure = { readonly error?: string; readonly error_description?: string; readonly error_detail?: string; readonly message?: string }

// biome-ignore format: a table; the first that fits
const rules: readonly (readonly [error: RegExp, said: RegExp, check: string])[] = [
  [/./,                                  /DPoP proof htu/i,                                       'dpop-htu'],
  [/./,                                  /DPoP proof htm/i,                                       'dpop-htm'],
  [/./,                                  /DPoP proof iat/i,                                       'dpop-iat'],
  [/./,                                  /DPoP.*Replay/i,                                         'dpop-replayed'],
  [/use_dpop_nonce/,                     /./,                                                     'dpop-nonce'],
  [/./,                                  /jkt|DPoP proof key|ath mismatch/i,                      'dpop-key'],
  [/./,                                  /missing DPoP|DPoP proof JWT not provided|DPoP-bound|sender.constrained/i, 'dpop-missing'],
  [/invalid_dpop_proof/,                 /./,                                                     'dpop-key'],
  [/./,                                  /client not found|client is invalid/i,                   'client-unknown'],
  [/invalid_client/,                     /only be used once/i,                                    'client-replayed'],
  [/invalid_client/,                     /aud/i,                                                  'client-audience'],
  [/invalid_client/,                     /expired|exp|iat|nbf|timestamp/i,                        'clock'],
  [/invalid_client/,                     /./,                                                     'client-authentication'],
  [/./,                                  /redirect_uri/i,                                         'redirect-uri'],
  [/./,                                  /code_challenge_method|plain/i,                          'pkce-plain'],
  [/./,                                  /code_challenge|policy requires PKCE|PKCE must be used/i,'pkce-missing'],
  [/./,                                  /PKCE|code_verifier/i,                                   'pkce-wrong'],
  [/./,                                  /Pushed Authorization Request must be used/i,            'par-required'],
  [/invalid_request_uri/,                /./,                                                     'par-expired'],
  [/invalid_request_object/,             /./,                                                     'request-object'],
  [/./,                                  /response_type|response_mode/i,                          'response-type'],
  [/invalid_scope|insufficient_scope/,   /./,                                                     'scope'],
  [/invalid_grant/,                      /authorization code already consumed|code.*used/i,       'code-used'],
  [/invalid_grant/,                      /authorization code is expired/i,                        'code-expired'],
  [/invalid_grant/,                      /client mismatch/i,                                      'code-of-another-client'],
  [/invalid_grant/,                      /refresh token already used/i,                           'refresh-used'],
  [/invalid_grant/,                      /refresh token (is expired|not found)/i,                 'token-expired'],
  [/invalid_grant/,                      /grant|account/i,                                        'grant-gone'],
  [/invalid_grant/,                      /authorization code not found/i,                         'code-used'],
  [/invalid_token/,                      /expired/i,                                              'token-expired'],
  [/invalid_token/,                      /./,                                                     'token-gone'],
  [/unmet_authentication_requirements/,  /./,                                                     'acr-unmet'],
  [/access_denied/,                      /./,                                                     'consent-refused'],
  [/consent_required/,                   /./,                                                     'consent-missing'],
  [/login_required/,                     /./,                                                     'login-required'],
  [/temporarily_unavailable/,            /./,                                                     'quota'],
  [/./,                                  /session (not found|has expired)|authorization request has expired|interaction session/i, 'interaction-left'],
]

export const checkOf = ({ error = '', error_description = '', error_detail = '', message = '' }: Failure): string => {
  const said = `${error_description} ${error_detail} ${message}`
  return rules.find(([errors, words]) => errors.test(error) && words.test(said))?.[2] ?? 'other'
}
