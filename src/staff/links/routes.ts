import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { deviceOf } from '../../platform/http/cookie-tokens.ts'
import { formToken, readForms, refuseForeignForm } from '../../platform/http/csrf.ts'
import type { OpenWork } from '../../platform/work.ts'
import { readSession } from '../authenticate.ts'
import { sessionTokenIn } from '../cookie.ts'
import { frameOf, sendPage } from '../page-frame.ts'
import { choosePassword, isLinkOpen } from './links.ts'
import { choosePasswordPage, linkGonePage, passwordChosenPage } from './page-link.ts'
import { linkText } from './words.ts'

const Form = Type.Object({
  form: Type.String({ maxLength: 100 }),
  secret: Type.String({ maxLength: 60 }),
  login: Type.String({ maxLength: 200 }),
  next: Type.String({ maxLength: 1000 }),
  again: Type.String({ maxLength: 1000 }),
})
type FormRequest = FastifyRequest<{ Body: Static<typeof Form> }>
const Params = Type.Object({ secret: Type.String({ maxLength: 60 }) })

/**
 * The pages on which officers choose a password by their link. Without script its secret is typed. An address with the
 * secret in its path, of links that were sent before, opens the same form.
 */
export function linkPages(
  app: FastifyInstance,
  { openWork, isDemonstration }: { readonly openWork: OpenWork; readonly isDemonstration: () => boolean },
): void {
  readForms(app)
  const limited = { rateLimit: rateLimitOf('officers-sign-in') }
  const frame = (request: FastifyRequest) => frameOf(request, isDemonstration())
  const formOf = (request: FastifyRequest, reply: FastifyReply) => formToken(deviceOf(request, reply))

  app.get('/new-password', { schema: { hide: true } }, async (request, reply) =>
    sendPage(reply, 200, choosePasswordPage(frame(request), { form: formOf(request, reply), secret: '' })),
  )

  app.get<{ Params: Static<typeof Params> }>(
    '/new-password/:secret',
    { schema: { hide: true, params: Params }, config: limited },
    async (request, reply) => {
      const { secret } = request.params
      // Where the page leads on, nobody learns the link.
      reply.header('referrer-policy', 'no-referrer')
      if (!(await isLinkOpen(openWork, secret))) return sendPage(reply, 410, linkGonePage(frame(request)))
      return sendPage(reply, 200, choosePasswordPage(frame(request), { form: formOf(request, reply), secret }))
    },
  )

  app.post(
    '/new-password',
    { schema: { hide: true, body: Form }, config: limited },
    async (request: FormRequest, reply) => {
      refuseForeignForm(request, request.body.form)
      const { secret, login, next, again } = request.body
      const { say, language } = frame(request)
      const refuse = (wrong: string) =>
        sendPage(reply, 400, choosePasswordPage(frame(request), { form: formOf(request, reply), secret, wrong }))
      if (next !== again) return refuse(say('password-differs'))
      const token = sessionTokenIn(request)
      const session = token ? await readSession(openWork, token) : undefined
      const chosen = await choosePassword(openWork, { secret, login, next, signedInAs: session?.officerId })
      if (chosen.outcome === 'chosen') return sendPage(reply, 200, passwordChosenPage(frame(request)))
      if (chosen.outcome === 'gone') return sendPage(reply, 410, linkGonePage(frame(request)))
      const { why } = chosen
      return refuse(why === 'login-of-another' || why === 'signed-in-as-another' ? linkText(language)(why) : say(why))
    },
  )
}
