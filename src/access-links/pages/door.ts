import type { FastifyReply, FastifyRequest } from 'fastify'
import { rememberCaller } from '../../platform/http/callers.ts'
import { deviceOf } from '../../platform/http/cookie-tokens.ts'
import { refuseForeignForm } from '../../platform/http/csrf.ts'
import type { OpenWork } from '../../platform/work.ts'
import type { LinkKind } from '../link.ts'
import { type LinkOpening, type LinkSessionState, openWithPin, sessionStateOf } from '../opening.ts'
import { sessionCookieIn, setSessionCookie } from './cookie.ts'

/** A page behind links of a kind. */
export type LinkDoor = { readonly kind: LinkKind; readonly openWork: OpenWork; readonly cookieDays: number }

/**
 * What the form of the PIN asks: opens the link and keeps the session in the browser, or says why not. Throws
 * foreign-origin, form-stale.
 */
export async function openFromForm(
  { kind, openWork, cookieDays }: LinkDoor,
  request: FastifyRequest<{ Params: { token: string }; Body: { form?: string; pin?: string } }>,
  reply: FastifyReply,
): Promise<LinkOpening> {
  const { form, pin = '' } = request.body ?? {}
  refuseForeignForm(request, form)
  const { token } = request.params
  const opening = await openWithPin(openWork, { kind, token, pin, caller: { device: deviceOf(request, reply) } })
  if (opening.outcome === 'opened')
    setSessionCookie(request, reply, { kind, token, session: opening.session, days: cookieDays })
  return opening
}

/** The session that a request brings to the address of a link; from then on the request is counted as the link’s. */
export async function sessionOfRequest(
  { kind, openWork }: Pick<LinkDoor, 'kind' | 'openWork'>,
  request: FastifyRequest<{ Params: { token: string } }>,
): Promise<LinkSessionState> {
  const cookie = sessionCookieIn(request, kind)
  const found = await sessionStateOf(openWork, kind, request.params.token, cookie)
  if (cookie !== undefined && found.state === 'open')
    // A family that gave the birth date is as good as signed in, and books among citizens.
    rememberCaller(request, {
      secret: cookie,
      as: { lane: kind === 'family' ? 'citizens' : 'open', key: `link ${found.session.linkId}` },
    })
  return found
}
