import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The session's token, and that of a sign-in under way. On https they bear the prefix by which a browser binds a cookie
 * to this very host (RFC 6265bis 4.1.3.2).
 */
const names = { session: 'dinhdanh-citizen', pending: 'dinhdanh-pending' } as const
export type Kind = keyof typeof names

const named = (kind: Kind, isHttps: boolean) => (isHttps ? `__Host-${names[kind]}` : names[kind])

/** Reads a token from a Cookie header; nothing else that stands there. */
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

/** It goes with the browser; the session ends by itself before that. */
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
