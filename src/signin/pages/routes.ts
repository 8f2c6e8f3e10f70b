import type { FastifyInstance } from 'fastify'
import * as accounts from '../../accounts/accounts.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { forgetPages } from '../../platform/http/cookie-tokens.ts'
import { readForms, refuseForeignForm } from '../../platform/http/csrf.ts'
import { refuseForeignOrigin } from '../../platform/http/serve-endpoint.ts'
import { serveAssets } from '../../platform/pages/page-assets.ts'
import { asSystem } from '../../platform/work.ts'
import { clearTokenCookie, tokenOfRequest } from '../sessions/cookie.ts'
import * as sessions from '../sessions/sessions.ts'
import { inSignInScope } from '../sign-in-scope.ts'
import {
  relyingPartyOf,
  SignInForm,
  type SignInFormRequest,
  type SignInHouse,
  type SignInPageRequest,
  SignOutForm,
  showInteraction,
  submitInteraction,
} from './pages.ts'

/** Sign-in, step by step; every page works without script. */
export async function signInPages(app: FastifyInstance, house: SignInHouse): Promise<void> {
  await app.register(async scope => {
    readForms(scope, 20_000)
    const config = { rateLimit: rateLimitOf('citizens-sign-in') }
    for (const url of ['/account/sign-in', '/account/sign-in/:uid']) {
      scope.get(url, { schema: { hide: true }, config }, (request, reply) =>
        showInteraction(house, request as SignInPageRequest, reply),
      )
      scope.post(url, { schema: { hide: true, body: SignInForm }, config }, (request, reply) =>
        submitInteraction(house, request as SignInFormRequest, reply),
      )
    }
    serveAssets(scope, import.meta.url, ['passkey-sign-in.js'])
    scope.post('/account/passkey/options', { schema: { hide: true }, config }, async (request, reply) => {
      refuseForeignOrigin(request, house.origin)
      reply.header('cache-control', 'no-store')
      return house.openWork({ ...asSystem('sign-in'), requestId: request.id }, work =>
        accounts.passkeySignInOptions(work, undefined, relyingPartyOf(house)),
      )
    })
    scope.post('/account/sign-out', { schema: { hide: true, body: SignOutForm }, config }, async (request, reply) => {
      refuseForeignForm(request, (request as SignInFormRequest).body['form'])
      const session = await inSignInScope(house.openWork, request.id, work =>
        sessions.findSession(work, tokenOfRequest(request, 'session')),
      )
      if (session)
        await inSignInScope(house.openWork, request.id, work =>
          sessions.endSessions(work, session.personId, 'signed-out', { only: session.id }),
        )
      clearTokenCookie(request, reply, 'session')
      forgetPages(reply)
      return reply.redirect('/', 303)
    })
  })
}
