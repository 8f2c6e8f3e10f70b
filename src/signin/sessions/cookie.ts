import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The cookies of the session and of a pending sign-in. On https they have the prefix that binds a cookie to this host
 * (RFC 6265bis 4.1.3.2).
 */
const names = { session: 'dinhdanh-citizen', pending: 'dinhdanh-pending' } as const
export type Kind = keyof typeof names

const named = (kind: Kind, isHttps: boolean) => (isHttps ? `__Host-${names[kind]}` : names[kind])

/** Reads one token from a Cookie header. */
export function tokenIn(header: string | undefined, kind: Kind, isHttps: boolean): string | undefined {
  const name = named(kind, isHttps)
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1).trim()
    if (at > 0 && pair.slice(0, at).trim() === name && /^[\w.-]{40,80}$/.test(value)) return value
  }
  return undefined
}

const isHttps = (request: FastifyRequest) => request.protocol === 'https'

export const tokenOf = (request: FastifyRequest, kind: Kind): string | undefined =>
  tokenIn(request.headers.cookie, kind, isHttps(request))

/** The cookie ends with the browser; the session ends before. */
export function keepToken(request: FastifyRequest, reply: FastifyReply, kind: Kind, token: string): void {
  reply.setCookie(named(kind, isHttps(request)), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(request),
  })
}

export function dropToken(request: FastifyRequest, reply: FastifyReply, kind: Kind): void {
  reply.clearCookie(named(kind, isHttps(request)), { path: '/', secure: isHttps(request) })
}
