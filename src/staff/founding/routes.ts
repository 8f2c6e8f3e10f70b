import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { deviceOf } from '../../platform/http/cookie-tokens.ts'
import { formShape, formToken, readForms, refuseForeignForm } from '../../platform/http/csrf.ts'
import { asId, isId } from '../../platform/ids.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import { Problem } from '../../platform/problem.ts'
import type { OpenWork } from '../../platform/work.ts'
import { frameOf, sendPage } from '../page-frame.ts'
import { type Founding, found, foundingProvinces, isFoundingOpen } from './founding.ts'
import {
  type FoundingFields,
  foundedPage,
  foundingFields,
  foundingGonePage,
  foundingPage,
  secondDeliveries,
  secondRoles,
} from './page-founding.ts'
import { foundingText } from './words.ts'

type FormRequest = FastifyRequest<{ Body: FoundingFields & { readonly form?: string } }>

const longestField = 300

/** An id that no unit has, for a choice that is none. */
const noUnit = '00000000-0000-7000-8000-000000000000'

/** What a form says, as the verb takes it. A choice that the page does not offer is the first that it does. */
const foundingOf = (typed: FoundingFields): Founding => ({
  secret: typed.secret ?? '',
  unitId: asId<'unit'>(isId(typed.unit ?? '') ? (typed.unit ?? noUnit) : noUnit),
  first: {
    fullName: typed.name ?? '',
    login: typed.login ?? '',
    contact: { phone: typed.phone, email: typed.email },
  },
  second: {
    fullName: typed['second-name'] ?? '',
    login: typed['second-login'] ?? '',
    contact: { phone: typed['second-phone'], email: typed['second-email'] },
    role: secondRoles.find(role => role === typed['second-role']) ?? secondRoles[0],
    delivery: secondDeliveries.find(one => one === typed['second-delivery']) ?? secondDeliveries[0],
  },
})

/** The page on which whoever started an empty installation enters its first two officers. It works without script. */
export function foundingPages(
  app: FastifyInstance,
  { openWork, origin }: { readonly openWork: OpenWork; readonly origin: string },
): void {
  readForms(app)
  const frame = (request: FastifyRequest) => frameOf(request, false)
  const limited = { rateLimit: rateLimitOf('officers-sign-in') }

  const sendForm = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { status, typed, wrong }: { readonly status: number; readonly typed: FoundingFields; readonly wrong?: string },
  ) => {
    const { own, provinces } = await foundingProvinces(openWork)
    const form = formToken(deviceOf(request, reply))
    return sendPage(
      reply,
      status,
      foundingPage(frame(request), { form, provinces, typed: { unit: own, ...typed }, wrong }),
    )
  }

  app.get('/begin', { schema: { hide: true }, config: limited }, async (request, reply) =>
    (await isFoundingOpen(openWork))
      ? sendForm(request, reply, { status: 200, typed: {} })
      : sendPage(reply, 410, foundingGonePage(frame(request))),
  )

  app.post(
    '/begin',
    { schema: { hide: true, body: formShape(longestField, ...foundingFields) }, config: limited },
    async (request: FormRequest, reply) => {
      const { form, ...typed } = request.body
      refuseForeignForm(request, form)
      const { language } = frame(request)
      try {
        const done = await found(openWork, foundingOf(typed), { address: request.ip, origin })
        if (done.outcome === 'founded') return sendPage(reply, 200, foundedPage(frame(request), done))
        if (done.outcome === 'gone') return sendPage(reply, 410, foundingGonePage(frame(request)))
        reply.header('retry-after', done.seconds)
        const wrong = foundingText(language)('slowed').replace('{n}', String(done.seconds))
        return sendForm(request, reply, { status: statusOf('tries of a password'), typed, wrong })
      } catch (error) {
        // What is wrong with what was typed is said on the page, and nothing of it is lost.
        if (!(error instanceof Problem) || error.kind.status >= 500) throw error
        const { title, vi, fix, fixVi } = error.kind
        const wrong = language === 'vi' ? `${vi}. ${fixVi ?? ''}` : `${title}. ${fix ?? ''}`
        return sendForm(request, reply, { status: error.kind.status, typed, wrong })
      }
    },
  )
}
