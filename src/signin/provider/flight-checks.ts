import type { FlightCheck } from '../../parties/parties.ts'

/** Maps the provider's errors to the checks of the flight recorder (parties). */

/** An error of oidc-provider, and at which endpoint. */
export type ProviderFailure = {
  readonly endpoint?: string
  readonly error?: string
  readonly error_description?: string
  readonly error_detail?: string
  readonly message?: string
}

const checkRules: readonly (readonly [error: RegExp, said: RegExp, check: FlightCheck, endpoint?: RegExp])[] = [
  [/./, /must not be provided twice/i, 'parameter-repeated'],
  [/./, /content-type bodies/i, 'method'],
  [/./, /DPoP proof htu/i, 'dpop-htu'],
  [/./, /DPoP proof htm/i, 'dpop-htm'],
  [/./, /DPoP proof iat is not/i, 'dpop-iat'],
  [/./, /DPoP(?:(?!DPoP).)*Replay/i, 'dpop-replayed'],
  [/use_dpop_nonce/, /./, 'dpop-nonce'],
  [/./, /DPoP(?:(?!DPoP).)*nonce/i, 'dpop-nonce'],
  [/./, /DPoP proof JWT not provided|missing DPoP|`DPoP` header not provided/i, 'dpop-missing'],
  [/./, /scheme must be `DPoP`|`DPoP` tokens must/i, 'dpop-missing'],
  [/./, /jkt|ath mismatch|sender-constrained/i, 'dpop-key'],
  [/invalid_dpop_proof/, /./, 'dpop-malformed'],
  [/./, /client not found|client is invalid|unrecognized id_token_hint/i, 'client-unknown'],
  [/invalid_client/, /only be used once/i, 'assertion-replayed'],
  [/invalid_client/, /audience|\(aud\)/i, 'assertion-audience'],
  [/invalid_client/, /jwt expired/i, 'assertion-expired'],
  [/invalid_client/, /not active yet|in the future/i, 'assertion-clock'],
  [/invalid_client/, /invalid_client_metadata/, 'keys-unreached'],
  [/invalid_client/, /signature verification failed|no applicable key|alg mismatch/i, 'assertion-key'],
  [/invalid_client/, /./, 'client-authentication'],
  [/unauthorized_client/, /grant type/i, 'grant-type'],
  [
    /./,
    /client authentication|client_assertion|client_id mismatch|authorization header value/i,
    'client-authentication',
    /^(token|pushed_authorization_request|revocation)$/,
  ],
  [/./, /missing required parameter/i, 'parameter-missing'],
  [/./, /post_logout|id_token_hint|logout|xsrf/i, 'logout', /^end_session/],
  [/./, /redirect_uri/i, 'redirect-uri'],
  [/./, /code_challenge_method/i, 'pkce-plain'],
  [/./, /code_challenge|policy requires PKCE/i, 'pkce-missing', /^(authorization|pushed_authorization_request)$/],
  [/./, /PKCE|code_verifier/i, 'pkce-wrong'],
  [/./, /Pushed Authorization Request must be used/i, 'par-required'],
  [/invalid_request_uri/, /./, 'par-expired'],
  [/invalid_request_object/, /client_id|claims are invalid/i, 'par-of-another-client'],
  [/invalid_request_object|request_(uri_)?not_supported/, /./, 'request-object'],
  [/unsupported_response_mode/, /./, 'response-mode'],
  [/./, /response_mode/i, 'response-mode'],
  [/unsupported_response_type/, /./, 'response-type'],
  [/./, /requested response_type/i, 'response-type'],
  [/invalid_scope|insufficient_scope/, /./, 'scope'],
  [/./, /openid scope/i, 'scope'],
  [/./, /login_hint/i, 'login-hint'],
  [/unsupported_grant_type/, /./, 'grant-type'],
  [/./, /grant type is not allowed/i, 'grant-type'],
  [/invalid_grant/, /authorization code already consumed/i, 'code-used'],
  [/invalid_grant/, /authorization code is expired/i, 'code-expired'],
  [/invalid_grant/, /authorization code not found/i, 'code-unknown'],
  [/invalid_grant/, /refresh token already used/i, 'refresh-used'],
  [/invalid_grant/, /refresh token not found/i, 'refresh-unknown'],
  [/invalid_grant/, /refresh token is expired/i, 'token-expired'],
  [/invalid_grant/, /grant (not found|is expired)|account not found|accountId mismatch/i, 'grant-gone'],
  [/invalid_token/, /(grant|account|client) not found|grant is expired/i, 'grant-gone'],
  [/invalid_token/, /./, 'token-gone'],
  [/./, /access token/i, 'token-gone', /^userinfo$/],
  [/unmet_authentication_requirements/, /./, 'acr-unmet'],
  [/access_denied/, /sandbox/, 'sandbox-person'],
  [/access_denied/, /./, 'consent-refused'],
  [/consent_required/, /./, 'consent-missing'],
  [/interaction_required/, /requested scopes|requested claims/i, 'consent-missing'],
  [/login_required|interaction_required/, /./, 'login-required'],
  [/./, /claims/i, 'claims'],
  [/./, /session not found|has expired|session and|interaction session|could not find logout/i, 'interaction-left'],
  [/invalid_request|invalid_target|registration_not_supported/, /./, 'parameter-wrong'],
]

/** One error stands for two checks: a code of another client, or its refresh token. */
const checkOfParameter = (said: string, parameter: string | undefined): FlightCheck | undefined => {
  if (!/client mismatch/i.test(said)) return undefined
  return parameter === 'refresh_token' ? 'refresh-of-another-client' : 'code-of-another-client'
}

/** `grantType` of a token request. */
export function flightCheckOf(
  { endpoint = '', error = '', error_description = '', error_detail = '', message = '' }: ProviderFailure,
  grantType?: string,
): FlightCheck {
  const said = `${error_description} ${error_detail} ${message}`
  const found = error === 'invalid_grant' ? checkOfParameter(said, grantType) : undefined
  return (
    found ??
    checkRules.find(
      ([errors, words, , doors]) => errors.test(error) && words.test(said) && (doors?.test(endpoint) ?? true),
    )?.[2] ??
    'other'
  )
}

const parameters = new Set(
  (
    'client_id redirect_uri response_type response_mode scope state nonce code code_verifier code_challenge ' +
    'code_challenge_method prompt max_age ' +
    'ui_locales id_token_hint login_hint acr_values claims resource registration request request_uri dpop_jkt ' +
    'grant_type refresh_token token ' +
    'client_assertion client_assertion_type post_logout_redirect_uri access_token'
  ).split(' '),
)

/** Checks that need the parameter's name. */
const checksWithParameter: ReadonlySet<FlightCheck> = new Set([
  'parameter-missing',
  'parameter-repeated',
  'parameter-wrong',
])

/** Names of parameters in the provider's error, and no sent value. */
export function flightDetailOf(
  check: FlightCheck,
  { error, error_description = '' }: ProviderFailure,
): string | undefined {
  if (!checksWithParameter.has(check)) return undefined
  if (error === 'invalid_target') return 'resource'
  if (error === 'registration_not_supported') return 'registration'
  const found = [...new Set(error_description.match(/[a-z_]+/g))].filter(word => parameters.has(word))
  return found.length > 0 ? found.join(' ') : undefined
}
