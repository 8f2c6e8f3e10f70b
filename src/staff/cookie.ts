import type { FastifyReply, FastifyRequest } from 'fastify'
import { dropToken, keepToken, tokenIn } from '../platform/http/cookie-tokens.ts'

const name = 'dinhdanh-session'

/** The session's cookie goes with the browser. */
export const sessionTokenIn = (request: FastifyRequest): string | undefined => tokenIn(request, name)
export const setSessionCookie = (request: FastifyRequest, reply: FastifyReply, token: string) =>
  keepToken(request, reply, name, token)
export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply) => dropToken(request, reply, name)
