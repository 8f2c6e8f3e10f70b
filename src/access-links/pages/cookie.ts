import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LinkKind } from '../link.ts'

/*
 * The cookie of a session behind a link: of the path of that link alone, so that a teacher of two classes has two. It
 * cannot bear the prefix __Host-, which asks for the path /.
 */

const nameOf = (request: FastifyRequest, kind: LinkKind) =>
  `${request.protocol === 'https' ? '__Secure-' : ''}dinhdanh-${kind}`

const shape = /^[\w-]{43}$/

export function sessionCookieIn(request: FastifyRequest, kind: LinkKind): string | undefined {
  const value = request.cookies[nameOf(request, kind)]
  return value !== undefined && shape.test(value) ? value : undefined
}

const settingsAt = (request: FastifyRequest, path: string) => ({
  path,
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: request.protocol === 'https',
})

/**
 * The session itself ends after hours (law.ts); its cookie stays for `days`, so that a browser which keeps a sealed
 * copy can be told that the link has ended.
 */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { kind, token, session, days }: { kind: LinkKind; token: string; session: string; days: number },
): void {
  const path = `/${kind}/${encodeURIComponent(token)}`
  reply.setCookie(nameOf(request, kind), session, { ...settingsAt(request, path), maxAge: days * 86_400 })
}
