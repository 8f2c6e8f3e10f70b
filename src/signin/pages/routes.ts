import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import * as accounts from '../../accounts/accounts.ts'
import { readForms, refuseForeignForm } from '../../platform/http/csrf.ts'
import { refuseForeignOrigin } from '../../platform/http/serve.ts'
import { asSystem } from '../../platform/work.ts'
import { dropToken, tokenOf } from '../sessions/cookie.ts'
import * as sessions from '../sessions/sessions.ts'
import { atTheDoor } from '../sign-in-scope.ts'
import { type Asked, Form, type Posted, rpOf, type SignInHouse, show, take } from './pages.ts'

/** Sign-in, step by step; every page works without script. */
export async function signInPages(app: FastifyInstance, house: SignInHouse): Promise<void> {
  await app.register(async scope => {
    readForms(scope, 20_000)
    const config = { rateLimit: { max: 300, timeWindow: '1 minute' } }
    for (const url of ['/account/sign-in', '/account/sign-in/:uid']) {
      scope.get(url, { schema: { hide: true }, config }, (request, reply) => show(house, request as Asked, reply))
      scope.post(url, { schema: { hide: true, body: Form }, config }, (request, reply) =>
        take(house, request as Posted, reply),
      )
    }
    const script = await readFile(new URL('passkey-sign-in.js', import.meta.url), 'utf8')
    scope.get('/assets/passkey-sign-in.js', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=300').send(script),
    )
    scope.post('/account/passkey/options', { schema: { hide: true }, config }, async (request, reply) => {
      refuseForeignOrigin(request, house.origin)
      reply.header('cache-control', 'no-store')
      return house.openWork({ ...asSystem('sign-in'), requestId: request.id }, work =>
        accounts.passkeyOptions(work, undefined, rpOf(house)),
      )
    })
    scope.post('/account/sign-out', { schema: { hide: true, body: Form }, config }, async (request, reply) => {
      refuseForeignForm(request, (request as Posted).body.form)
      const session = await atTheDoor(house.openWork, request.id, work =>
        sessions.find(work, tokenOf(request, 'session')),
      )
      if (session)
        await atTheDoor(house.openWork, request.id, work =>
          sessions.end(work, session.personId, 'signed-out', { only: session.id }),
        )
      dropToken(request, reply, 'session')
      return reply.redirect('/', 303)
    })
  })
}
