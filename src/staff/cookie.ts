import type { FastifyReply, FastifyRequest } from 'fastify'
import { type CountedBy, rememberCaller } from '../platform/http/callers.ts'
import { dropToken, keepToken, tokenIn } from '../platform/http/cookie-tokens.ts'
import type { OfficerId } from './officer.ts'

const name = 'dinhdanh-session'

/** The session's cookie goes with the browser. */
export const sessionTokenIn = (request: FastifyRequest): string | undefined => tokenIn(request, name)

/** `officerId`: whose session it is, where the request did not bring it: they are counted by themselves from now on. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  officerId?: OfficerId,
): void {
  keepToken(request, reply, name, token)
  if (officerId) rememberCaller(request, countedOfficer(officerId, token))
}

/** As whom the requests of a session are counted. */
export const countedOfficer = (officerId: OfficerId, token: string): CountedBy => ({
  secret: token,
  as: { lane: 'officers', key: `officer ${officerId}` },
})

const signInName = 'dinhdanh-sign-in'

/** The cookie of a sign-in whose password was right, until its second factor was given; for `seconds` at most. */
export const signInTokenIn = (request: FastifyRequest): string | undefined => tokenIn(request, signInName)
export const setSignInCookie = (request: FastifyRequest, reply: FastifyReply, token: string, seconds: number) =>
  keepToken(request, reply, signInName, token, { seconds })
export const clearSignInCookie = (request: FastifyRequest, reply: FastifyReply) => dropToken(request, reply, signInName)

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply) => dropToken(request, reply, name)
