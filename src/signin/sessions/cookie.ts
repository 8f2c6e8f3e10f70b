import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The cookies of the session and of a pending sign-in. On https they have the prefix that binds a cookie to this host
 * (RFC 6265bis 4.1.3.2).
 */
const cookieNames = { session: 'dinhdanh-citizen', pending: 'dinhdanh-pending' } as const
export type CookieKind = keyof typeof cookieNames

const cookieName = (kind: CookieKind, isHttps: boolean) => (isHttps ? `__Host-${cookieNames[kind]}` : cookieNames[kind])

/** Reads one token from a Cookie header. */
export function findTokenIn(header: string | undefined, kind: CookieKind, isHttps: boolean): string | undefined {
  const name = cookieName(kind, isHttps)
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1).trim()
    if (at > 0 && pair.slice(0, at).trim() === name && /^[\w.-]{40,80}$/.test(value)) return value
  }
  return undefined
}

const isHttps = (request: FastifyRequest) => request.protocol === 'https'

export const tokenOfRequest = (request: FastifyRequest, kind: CookieKind): string | undefined =>
  findTokenIn(request.headers.cookie, kind, isHttps(request))

/** The cookie ends with the browser; the session ends before. */
export function setTokenCookie(request: FastifyRequest, reply: FastifyReply, kind: CookieKind, token: string): void {
  reply.setCookie(cookieName(kind, isHttps(request)), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(request),
  })
}

export function clearTokenCookie(request: FastifyRequest, reply: FastifyReply, kind: CookieKind): void {
  reply.clearCookie(cookieName(kind, isHttps(request)), { path: '/', secure: isHttps(request) })
}
