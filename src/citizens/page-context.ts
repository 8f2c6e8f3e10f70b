import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { rateLimitOf } from '../platform/http/callers.ts'
import { refuseForeignForm } from '../platform/http/csrf.ts'
import type { OpenWork } from '../platform/work.ts'
import { type CitizenFrame, frameOf } from './page-frame.ts'
import { findSelf, type Self } from './self.ts'

/** What every own page passes first: the visitor is signed in, and the form is from this browser. */

export type CitizenHouse = { readonly openWork: OpenWork; readonly origin: string; isDemonstration(): boolean }

type PageQuery = { readonly before?: string; readonly own?: string; readonly done?: string }
export type CitizenPageRequest = FastifyRequest<{ Querystring: PageQuery }>
type FormRequest = FastifyRequest<{ Querystring: PageQuery; Body: Record<string, string> & { form: string } }>

/** A request whose visitor is known. */
export type PageContext = {
  readonly house: CitizenHouse
  readonly self: Self
  readonly frame: CitizenFrame
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

const signInFirst = (reply: FastifyReply, returnTo: string) =>
  reply.redirect(`/account/sign-in?return=${encodeURIComponent(returnTo)}`, 303)

async function findPageContext(
  house: CitizenHouse,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<PageContext | undefined> {
  const self = await findSelf(house.openWork, request)
  return self && { house, self, frame: frameOf(request, reply, self, house.isDemonstration()), request, reply }
}

/** A browser's answer by a passkey is the longest of what forms send. */
export const longestField = 20_000
const config = { rateLimit: rateLimitOf('own-pages') }

export type PageRoutes = {
  /** Serves an own page; a visitor who is not signed in is sent to sign in, and back. */
  show(path: string, page: (here: PageContext, pageRequest: CitizenPageRequest) => Promise<FastifyReply>): void
  /** Handles a form of a page, which names its fields. The form must be one that this house drew for this browser. */
  take(
    path: string,
    form: TSchema,
    deed: (here: PageContext, body: Readonly<Record<string, string>>) => Promise<FastifyReply>,
  ): void
}

export function openPageRoutes(app: FastifyInstance, house: CitizenHouse): PageRoutes {
  return {
    show(path, page) {
      app.get(path, { schema: { hide: true }, config }, async (request, reply) => {
        const here = await findPageContext(house, request, reply)
        return here ? page(here, request as CitizenPageRequest) : signInFirst(reply, request.url)
      })
    },
    take(path, form, deed) {
      app.post(path, { schema: { hide: true, body: form }, config }, async (request, reply) => {
        refuseForeignForm(request, (request as FormRequest).body['form'])
        const here = await findPageContext(house, request, reply)
        return here ? deed(here, (request as FormRequest).body) : signInFirst(reply, '/citizen/')
      })
    },
  }
}

/** Account pages are the holder's own: a person who acts for a child must first choose for whom they go on. */
export const redirectFromChild = ({ self, reply }: PageContext, returnTo: string): FastifyReply | undefined =>
  self.child && reply.redirect(`/account/sign-in?child=yes&return=${encodeURIComponent(returnTo)}`, 303)

const doneTexts = ['sent', 'withdrawn', 'passcode-changed', 'child-asked', 'slip-stopped'] as const
export const doneTextOf = ({ frame }: PageContext, { query }: CitizenPageRequest): string | undefined => {
  const done = doneTexts.find(one => one === query.done)
  return done && frame.tell(done)
}
