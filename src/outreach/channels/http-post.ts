/** How a gateway is asked over HTTP: whether a request was certainly not taken, was answered, or nobody knows. */

export type HttpRequest = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** It took nothing, and wants a pause (RFC 6585, 4). */
  | { readonly kind: 'busy' }
  /** No connection was made: nothing was handed over. */
  | { readonly kind: 'unsent'; readonly code: string }
  | { readonly kind: 'no-answer' }

const answerSeconds = 30
const longestAnswer = 64 * 1024

/** Failures before a request was written. */
const unsent: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  EHOSTUNREACH: 'connection',
  ENETUNREACH: 'connection',
  UND_ERR_CONNECT_TIMEOUT: 'connection',
  CERT_HAS_EXPIRED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
}

async function answerText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > longestAnswer) break
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Asks once; follows no redirection, and never throws. */
export async function askGateway(
  { method, url, headers, body }: HttpRequest,
  { answerMilliseconds = answerSeconds * 1000 } = {},
): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      ...(body !== undefined && { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(answerMilliseconds),
    })
    if (response.status === 429) {
      await response.body?.cancel()
      return { kind: 'busy' }
    }
    return { kind: 'answered', status: response.status, text: await answerText(response) }
  } catch (error) {
    const code = unsent[String((error as { cause?: { code?: unknown } }).cause?.code)]
    return code === undefined ? { kind: 'no-answer' } : { kind: 'unsent', code }
  }
}
