import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { rateLimitOf } from '../platform/http/callers.ts'
import { dropToken, keepToken, tokenIn } from '../platform/http/cookie-tokens.ts'
import { refuseForeignForm } from '../platform/http/csrf.ts'
import { seal, unseal } from '../platform/sealing/sealing.ts'
import type { OpenWork } from '../platform/work.ts'
import { keptForm } from './law.ts'
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
  take(path: string, form: TSchema, deed: (here: PageContext, body: FormBody) => Promise<FastifyReply>): void
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

export type FormBody = Readonly<Record<string, string>>

const keptCookie = 'dinhdanh-kept-form'
const placeOfKept = ({ personId, accountId }: Self) => `${personId}/${accountId}`

/**
 * Sends a person to prove who they are, and afterwards to `goOn`, where the form that they sent waits: in their own
 * browser alone, sealed for their account and for some minutes, since it may hold a new passcode. One that is too long
 * for a cookie is typed again.
 */
export function proveFirst(
  { self, request, reply }: PageContext,
  { form: _token, ...fields }: FormBody,
  { strength, goOn, otherwise }: { readonly strength: 1 | 2; readonly goOn: string; readonly otherwise: string },
): FastifyReply {
  const text = JSON.stringify({ until: self.now.getTime() + keptForm.minutes * 60_000, fields })
  const sealed = seal('kept-form', placeOfKept(self), text).toString('base64url')
  const isKept = sealed.length <= keptForm.characters
  if (isKept) keepToken(request, reply, keptCookie, sealed, { seconds: keptForm.minutes * 60 })
  const asked = new URLSearchParams({
    ...(strength === 2 && { strength: '2' }),
    fresh: 'yes',
    return: isKept ? goOn : otherwise,
  })
  return reply.redirect(`/account/sign-in?${asked}`, 303)
}

/** The form that waits in this browser for this account. */
export function keptFormIn({ self, request }: PageContext): FormBody | undefined {
  const sealed = tokenIn(request, keptCookie, /^[\w-]{40,4000}$/)
  if (!sealed) return undefined
  try {
    const text = unseal('kept-form', placeOfKept(self), Buffer.from(sealed, 'base64url'))
    const { until, fields } = JSON.parse(text) as { readonly until: number; readonly fields: FormBody }
    return until > self.now.getTime() ? fields : undefined
  } catch {
    // Another account's, or sealed under a former key.
    return undefined
  }
}

export const forgetKeptForm = ({ request, reply }: PageContext) => dropToken(request, reply, keptCookie)

const doneTexts = [
  'sent',
  'withdrawn',
  'passcode-changed',
  'child-asked',
  'child-card-asked',
  'slip-stopped',
  'mailbox-sent',
  'mailbox-confirmed',
] as const
export const doneTextOf = ({ frame }: PageContext, { query }: CitizenPageRequest): string | undefined => {
  const done = doneTexts.find(one => one === query.done)
  return done && frame.tell(done)
}
