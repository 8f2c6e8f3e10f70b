import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problems } from '../problem.ts'
import { requestProblem } from './serve.ts'

/** Tokens, cookies and forms of pages without script. */

export const formProblem = problems({
  'form-stale': {
    status: 403,
    title: 'This form is too old, or the browser sent no cookie with it',
    vi: 'Biểu mẫu này đã cũ, hoặc trình duyệt không gửi cookie',
    fix: 'Open the page again and fill in the form; cookies of this installation must be allowed.',
    fixVi: 'Mở lại trang rồi điền lại; trình duyệt cần cho phép cookie của hệ thống này.',
  },
})

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

/** What our own forms carry: another site can send a form with our cookies, but cannot read them to compute this. */
export const formToken = (deviceToken: string) =>
  createHash('sha256').update(`form\n${deviceToken}`).digest('base64url')

function isFormTokenValid(request: FastifyRequest, given: string | undefined): boolean {
  const device = tokenIn(request, deviceCookie)
  if (!device || !given) return false
  const [ours, theirs] = [Buffer.from(formToken(device)), Buffer.from(given)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

/**
 * A form is taken only where this house drew it: its token, and what the browser says of its origin. Throws
 * foreign-origin, form-stale.
 */
export function refuseForeignForm(request: FastifyRequest, presented: string | undefined): void {
  const site = request.headers['sec-fetch-site']
  if (site && site !== 'same-origin' && site !== 'none') throw requestProblem('foreign-origin')
  if (!isFormTokenValid(request, presented)) throw formProblem('form-stale')
}

/** Lets a part of the server read what forms send. */
export function readForms(app: FastifyInstance, bodyLimit = 10_000): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
}
