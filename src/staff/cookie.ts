import type { FastifyReply, FastifyRequest } from 'fastify'
import { dropToken, keepToken, tokenIn } from '../platform/http/cookie-tokens.ts'

const name = 'dinhdanh-session'

/** The session's cookie goes with the browser. */
export const sessionTokenIn = (request: FastifyRequest): string | undefined => tokenIn(request, name)
export const setSessionCookie = (request: FastifyRequest, reply: FastifyReply, token: string) =>
  keepToken(request, reply, name, token)
const signInName = 'dinhdanh-sign-in'

/** The cookie of a sign-in whose password was right, until its second factor was given; for `seconds` at most. */
export const signInTokenIn = (request: FastifyRequest): string | undefined => tokenIn(request, signInName)
export const setSignInCookie = (request: FastifyRequest, reply: FastifyReply, token: string, seconds: number) =>
  keepToken(request, reply, signInName, token, { seconds })
export const clearSignInCookie = (request: FastifyRequest, reply: FastifyReply) => dropToken(request, reply, signInName)

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply) => dropToken(request, reply, name)
