import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** 256 random bits, as text for a cookie. */
export const newToken = () => randomBytes(32).toString('base64url')

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text)

/** Cookies of https bear the prefix by which a browser binds them to this very host; plain http (localhost) cannot. */
const named = (request: FastifyRequest, name: string) => (request.protocol === 'https' ? `__Host-${name}` : name)

const cookies = { session: 'dinhdanh-session', device: 'dinhdanh-device', developer: 'dinhdanh-developer' } as const
type Kind = keyof typeof cookies

export function cookieOf(request: FastifyRequest, kind: Kind): string | undefined {
  const value = request.cookies[named(request, cookies[kind])]
  return isToken(value) ? value : undefined
}

const aYear = 365 * 24 * 3600

/** The session's cookie goes with the browser; the device's stays, to know the browser again. */
export function setCookie(request: FastifyRequest, reply: FastifyReply, kind: Kind, token: string): void {
  reply.setCookie(named(request, cookies[kind]), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    ...(kind === 'device' && { maxAge: aYear }),
  })
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, kind: Kind): void {
  reply.clearCookie(named(request, cookies[kind]), { path: '/' })
}

/** The browser's device token, given to it where it has none. */
export function deviceOf(request: FastifyRequest, reply: FastifyReply): string {
  const known = cookieOf(request, 'device')
  if (known) return known
  const token = newToken()
  setCookie(request, reply, 'device', token)
  return token
}

/** What our own forms carry: another site can send a form with our cookies, but cannot read them to compute this. */
export const formToken = (deviceToken: string) => createHash('sha256').update(`form\n${deviceToken}`).digest('base64url')

export function isOurForm(request: FastifyRequest, given: string | undefined): boolean {
  const device = cookieOf(request, 'device')
  if (!device || !given) return false
  const [ours, theirs] = [Buffer.from(formToken(device)), Buffer.from(given)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
