import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'

/** Why a sign-in came to nothing; words-exam.ts has what is told of each. */
export type FailureCode =
  | 'cancelled'
  | 'level-too-low'
  | 'claims-missing'
  | 'provider-away'
  | 'provider-refused'
  | 'answer-wrong'
  | 'sign-in-lost'

/** `error` is a code of the standard's or of ours, `requestId` the provider's correlation id; nothing of a person. */
export class SignInFailure extends Error {
  readonly code: FailureCode
  readonly error: string | undefined
  readonly requestId: string | undefined

  constructor(
    code: FailureCode,
    { error, requestId, cause }: { error?: string; requestId?: string | null; cause?: unknown } = {},
  ) {
    super(`sign-in: ${code}${error ? ` (${error})` : ''}`, { cause })
    this.code = code
    this.error = error
    this.requestId = requestId ?? undefined
  }
}

const codes: Readonly<Record<string, FailureCode>> = {
  access_denied: 'cancelled',
  unmet_authentication_requirements: 'level-too-low',
  temporarily_unavailable: 'provider-away',
  server_error: 'provider-away',
}

const plainCode = (text: string) => (/^[\w.-]{1,60}$/.test(text) ? text : 'unreadable')

/** What the standard's library threw, as a failure. */
export function standardError(error: unknown, requestId: string | null): SignInFailure {
  if (error instanceof AuthorizationResponseError) {
    const told = error.cause.get('request_id') ?? error.cause.get('x_request_id')
    return new SignInFailure(codes[error.error] ?? 'provider-refused', {
      error: plainCode(error.error),
      requestId: told && /^[\w-]{1,64}$/.test(told) ? told : requestId,
      cause: error,
    })
  }
  if (error instanceof ResponseBodyError)
    return new SignInFailure(error.status >= 500 ? 'provider-away' : 'provider-refused', {
      error: plainCode(error.error),
      requestId: error.response.headers.get('x-request-id') ?? requestId,
      cause: error,
    })
  if (error instanceof ClientError && error.code === 'OAUTH_TIMEOUT')
    return new SignInFailure('provider-away', { error: 'timeout', requestId, cause: error })
  if (error instanceof ClientError) {
    const status = error.cause instanceof Response ? error.cause.status : 0
    return new SignInFailure(status >= 500 ? 'provider-away' : 'answer-wrong', {
      error: plainCode(error.code ?? 'unknown'),
      requestId,
      cause: error,
    })
  }
  // Node's fetch says so of a provider that cannot be reached.
  if (error instanceof TypeError && error.message === 'fetch failed')
    return new SignInFailure('provider-away', { error: 'unreachable', requestId, cause: error })
  return new SignInFailure('answer-wrong', { requestId, cause: error })
}
