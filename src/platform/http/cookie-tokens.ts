import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { macOf } from '../sealing/sealing.ts'

/** Secret tokens that stand in cookies: of sessions, of activations, of the browser itself. */

/** 256 random bits, as text for a cookie. */
export const newToken = () => randomBytes(32).toString('base64url')

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

const tokenShape = /^[\w-]{43}$/

/** Cookies of https bear the prefix by which a browser binds them to this very host; plain http (localhost) cannot. */
const cookieNameFor = (request: FastifyRequest, name: string) =>
  request.protocol === 'https' ? `__Host-${name}` : name

/** The token in a cookie; nothing of another shape that stands there. */
export function tokenIn(request: FastifyRequest, name: string, shape = tokenShape): string | undefined {
  const value = request.cookies[cookieNameFor(request, name)]
  return value !== undefined && shape.test(value) ? value : undefined
}

/** Keeps a token in the browser, out of the reach of scripts: until it is closed, or for some seconds. */
export function keepToken(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  token: string,
  { seconds }: { seconds?: number } = {},
): void {
  reply.setCookie(cookieNameFor(request, name), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    ...(seconds && { maxAge: seconds }),
  })
}

export function dropToken(request: FastifyRequest, reply: FastifyReply, name: string): void {
  reply.clearCookie(cookieNameFor(request, name), { path: '/', secure: request.protocol === 'https' })
}

/**
 * Whoever signs out leaves no page behind in the browser's cache. Not its storage: a station's drafts and packets lie
 * there, and are encrypted.
 */
export const forgetPages = (reply: FastifyReply): FastifyReply => reply.header('clear-site-data', '"cache"')

const deviceCookie = 'dinhdanh-device'

const aYear = 365 * 24 * 3600

/**
 * The browser's device token, which stays to know the browser again; given to it where it has none. One for officers
 * and citizens: whose browser it is, is asked by it.
 */
export function deviceOf(request: FastifyRequest, reply: FastifyReply): string {
  const known = tokenIn(request, deviceCookie)
  if (known) return known
  const token = newToken()
  keepToken(request, reply, deviceCookie, token, { seconds: aYear })
  return token
}

/** The same where the browser has one already. */
export const deviceTokenIn = (request: FastifyRequest): string | undefined => tokenIn(request, deviceCookie)

const countedCookie = 'dinhdanh-counted'

const [nameBytes, proofBytes] = [20, 12]
const proofOf = (name: Buffer) => macOf('browser', `proof ${name.toString('hex')}`).subarray(0, proofBytes)

/**
 * By what the browsers are counted in which somebody has signed in: the same for all of one officer or citizen, so that
 * nobody gets a second one, and with a proof that the installation alone makes, so that nobody invents one. It opens
 * nothing. 43 signs.
 */
export function countedTokenFor(key: string): string {
  const name = macOf('browser', key).subarray(0, nameBytes)
  return Buffer.concat([name, proofOf(name)]).toString('base64url')
}

/**
 * The token that a request brings, where it is one of ours. The last of its signs has two bits that are not read
 * (RFC 4648, 3.5): a token in which they are set is refused, or each would be counted as four.
 */
export function countedTokenIn(request: FastifyRequest): string | undefined {
  const token = tokenIn(request, countedCookie)
  if (!token) return undefined
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.toString('base64url') !== token) return undefined
  return timingSafeEqual(proofOf(bytes.subarray(0, nameBytes)), bytes.subarray(nameBytes)) ? token : undefined
}

export const keepCountedToken = (request: FastifyRequest, reply: FastifyReply, token: string): void =>
  keepToken(request, reply, countedCookie, token, { seconds: aYear })
