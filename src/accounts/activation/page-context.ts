import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { deviceOf, dropToken, keepToken, tokenIn } from '../../platform/http/cookie-tokens.ts'
import { formShape, formToken, refuseForeignForm } from '../../platform/http/csrf.ts'
import { passkeySiteName } from '../../platform/second-factor/passkey.ts'
import type { OpenWork } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { RelyingParty } from '../factors/passkey.ts'
import { type ActivationBrowser, findForeignBrowser } from './activation.ts'
import { activationStoppedPage } from './page-activation.ts'
import { type ActivationSheet, activationSheet } from './page-parts.ts'

/** What the activation pages need of the installation. */
export type ActivationHouse = { readonly openWork: OpenWork; readonly isDemonstration: () => boolean }

/** What all activation pages need to answer a request. */
export type ActivationPageContext = {
  readonly openWork: OpenWork
  readonly rp: RelyingParty
  sheet(request: FastifyRequest, reply: FastifyReply): ActivationSheet
  browser(request: FastifyRequest, reply: FastifyReply): ActivationBrowser
  /** Answers with the reason if this is an officer's or a helper's browser; undefined otherwise. */
  refusedHere(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
}

export function activationPageContext(
  { openWork, isDemonstration }: ActivationHouse,
  origin: string,
): ActivationPageContext {
  const sheet = (request: FastifyRequest, reply: FastifyReply) =>
    activationSheet(staff.frameOf(request, isDemonstration()), formToken(deviceOf(request, reply)))
  const browser = (request: FastifyRequest, reply: FastifyReply): ActivationBrowser => ({
    device: deviceOf(request, reply),
    officerSession: staff.sessionTokenIn(request),
    address: request.ip,
    name: request.headers['user-agent'] ?? '',
  })
  return {
    openWork,
    rp: { id: new URL(origin).hostname, origin, name: passkeySiteName },
    sheet,
    browser,
    async refusedHere(request, reply) {
      const foreign = await findForeignBrowser(openWork, browser(request, reply))
      return foreign && staff.sendPage(reply, 403, activationStoppedPage(sheet(request, reply), foreign))
    },
  }
}

const longestField = 300

/** Reads a form of ours by the names of its fields; a missing field is empty. Throws foreign-origin, form-stale. */
export function formReader(request: FastifyRequest): (name: string) => string {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const field = (name: string) => (typeof body[name] === 'string' ? body[name].trim().slice(0, longestField) : '')
  refuseForeignForm(request, field('form'))
  return field
}

/** What is typed is cut to `longestField`; a passkey's answer comes as JSON beside the form's token. */
const longestSent = 10_000

/**
 * Route options of these pages. A page that receives a form names its fields, and is limited by address, with room for
 * a class that activates together.
 */
export const getRouteOptions = { schema: { hide: true } }
export const limitedRouteOptions = { ...getRouteOptions, config: { rateLimit: rateLimitOf('activation') } }
export const postRouteOptions = (...fields: readonly string[]) => ({
  ...limitedRouteOptions,
  schema: { hide: true, body: formShape(longestSent, ...fields) },
})
/** A browser's answer by a passkey: browsers add members to it, so it is open. */
export const passkeyRouteOptions = {
  ...limitedRouteOptions,
  schema: {
    hide: true,
    body: Type.Object({
      form: Type.Optional(Type.String({ maxLength: 100 })),
      response: Type.Optional(Type.Unknown()),
    }),
  },
}

const attemptCookie = 'dinhdanh-activation'
export const attemptTokenIn = (request: FastifyRequest) => tokenIn(request, attemptCookie)
export const setAttemptCookie = (request: FastifyRequest, reply: FastifyReply, token: string) =>
  keepToken(request, reply, attemptCookie, token, { seconds: 3600 })
export const clearAttemptCookie = (request: FastifyRequest, reply: FastifyReply) =>
  dropToken(request, reply, attemptCookie)

const challengeCookie = 'dinhdanh-challenge'
export const challengeIn = (request: FastifyRequest) => tokenIn(request, challengeCookie)
export const setChallengeCookie = (request: FastifyRequest, reply: FastifyReply, challenge: string) =>
  keepToken(request, reply, challengeCookie, challenge, { seconds: 300 })
