/**
 * The pages of all links. In: a request at the address of a link. Decided: whether its browser has a session, and
 * what it is told: the page, the form of the PIN, or the state of a link it keeps a copy of. Out: pages that a context
 * draws, and those that all kinds have alike. Deeds: those of an opening.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerOnce } from '../../platform/http/answered-once.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { deviceOf } from '../../platform/http/cookie-tokens.ts'
import { formShape, formToken, readForms } from '../../platform/http/csrf.ts'
import { hideSecretAddresses } from '../../platform/http/security-headers.ts'
import { inForceToday } from '../../platform/law-of-texts.ts'
import { type Html, html, languageOf } from '../../platform/pages/html.ts'
import { serveAssets } from '../../platform/pages/page-assets.ts'
import { Problem } from '../../platform/problem.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { offlineDays } from '../law.ts'
import { type LinkKind, type LinkSession, linkAuthority } from '../link.ts'
import type { LinkOpening } from '../opening.ts'
import { openFromForm, sessionOfRequest } from './door.ts'
import { lostLine, offlineBody, pinPageBody, pinPageTitle, statusOfAnswer } from './pin-page.ts'

/** What a context says of the pages behind its links. */
export type LinkPages = {
  readonly kind: LinkKind
  readonly openWork: OpenWork
  /** A whole page of the house around a part; `here` is where its other language is. */
  readonly framed: (request: FastifyRequest, page: { title: string; body: Html; here: string }) => string
  /** The page that a session opens; it changes nothing. */
  readonly drawPage: (visit: LinkVisit) => Promise<string>
}

type LinkRequest = FastifyRequest<{ Params: { token: string } }>

/** A request behind a link whose session is open. */
export type LinkVisit = {
  readonly request: LinkRequest
  readonly reply: FastifyReply
  readonly session: LinkSession
  /** The address of the link, without the host. */
  readonly path: string
  /** What the page’s forms carry. */
  readonly form: string
  /** For how many days a phone keeps a sealed copy. */
  readonly keptDays: number
}

export const pathOf = (kind: LinkKind, token: string): string => `/${kind}/${encodeURIComponent(token)}`

const sendLinkPage = (reply: FastifyReply, status: number, text: string) =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)

const keptDays = () => inForceToday(offlineDays)

const scriptOf = (kind: LinkKind, days: number) =>
  html`<script src="/assets/link-pages.js" defer data-kind="${kind}" data-days="${days}"></script>`

function pinPage(pages: LinkPages, request: LinkRequest, reply: FastifyReply, answer?: ClosedAnswer): FastifyReply {
  const language = languageOf(request.headers)
  const { kind } = pages
  const path = pathOf(kind, request.params.token)
  const body = html`${lostLine(language, keptDays())}${pinPageBody(language, {
    kind,
    action: `${path}/pin`,
    form: formToken(deviceOf(request, reply)),
    answer,
  })}${scriptOf(kind, keptDays())}`
  if (answer?.outcome === 'slowed') void reply.header('retry-after', String(answer.seconds))
  return sendLinkPage(
    reply,
    answer ? statusOfAnswer(answer) : 200,
    pages.framed(request, { title: pinPageTitle(language, kind), body, here: path }),
  )
}

function offlinePage({ kind, framed }: LinkPages, request: FastifyRequest): string {
  const language = languageOf(request.headers)
  const body = html`${lostLine(language, keptDays())}${offlineBody(language)}${scriptOf(kind, keptDays())}`
  return framed(request, { title: pinPageTitle(language, kind), body, here: request.url })
}

type ClosedAnswer = Exclude<LinkOpening, { readonly outcome: 'opened' }>

/** The visit of a request whose session is open. */
async function findVisit(pages: LinkPages, request: LinkRequest, reply: FastifyReply): Promise<LinkVisit | undefined> {
  const found = await sessionOfRequest(pages, request)
  if (found.state !== 'open') return undefined
  return {
    ...{ request, reply, session: found.session },
    path: pathOf(pages.kind, request.params.token),
    form: formToken(deviceOf(request, reply)),
    keptDays: keptDays(),
  }
}

/** A form that comes twice lands once; another button of the same page is another change. A key of `answerOnce`. */
function keyOfForm({ session }: LinkVisit, parts: readonly (string | undefined)[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([session.linkId, ...parts]))
    .digest('hex')
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-')
}

/** A verb as the link of a visit does it. */
export const inLink = <T>(
  { openWork }: Pick<LinkPages, 'openWork'>,
  { session }: LinkVisit,
  verb: (work: Work) => Promise<T>,
): Promise<T> => openWork(linkAuthority(session, 'campaign'), verb)

/**
 * Does what a form of a page asks, once however often it comes, and leads back to where on the page `verb` says; a
 * refusal is said on the page itself.
 */
export async function changeOnce(
  pages: Pick<LinkPages, 'openWork'>,
  visit: LinkVisit,
  {
    door,
    parts,
    verb,
    refusedPage,
  }: {
    readonly door: `/${string}`
    readonly parts: readonly (string | undefined)[]
    readonly verb: (work: Work) => Promise<string>
    readonly refusedPage: (refused: string) => Promise<string>
  },
): Promise<FastifyReply> {
  const once = {
    door: { method: 'POST', path: door },
    request: { headers: { 'idempotency-key': keyOfForm(visit, parts) } },
    input: parts,
  } as const
  try {
    const place = await inLink(pages, visit, work => answerOnce(work, once, () => verb(work)))
    return visit.reply.redirect(`${visit.path}${place}`, 303)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { vi, title, status } = error.kind
    const refused = languageOf(visit.request.headers) === 'vi' ? vi : title
    return sendLinkPage(visit.reply, status, await refusedPage(refused))
  }
}

/** Where a change is asked for without a session, the page that asks for the PIN comes. */
export async function inVisit(
  pages: LinkPages,
  request: LinkRequest,
  reply: FastifyReply,
  step: (visit: LinkVisit) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const visit = await findVisit(pages, request, reply)
  return visit ? step(visit) : reply.redirect(pathOf(pages.kind, request.params.token), 303)
}

/**
 * The doors that all links have: the page with its PIN, and what a browser asks of a link it keeps a sealed copy of.
 * `own` adds the changes of a kind. GET changes nothing.
 */
export async function linkRoutes(
  app: FastifyInstance,
  pages: LinkPages,
  own: (forms: FastifyInstance) => void = () => {},
): Promise<void> {
  const { kind } = pages
  const slow = { rateLimit: rateLimitOf('access-links') }
  const hide = { hide: true }
  await app.register(async forms => {
    readForms(forms, 4000)
    hideSecretAddresses(forms)
    forms.get<{ Params: { token: string } }>(
      `/${kind}/:token`,
      { schema: hide, config: slow },
      async (request, reply) => {
        const visit = await findVisit(pages, request, reply)
        return visit ? sendLinkPage(reply, 200, await pages.drawPage(visit)) : pinPage(pages, request, reply)
      },
    )
    forms.post<{ Params: { token: string }; Body: { form?: string; pin?: string } }>(
      `/${kind}/:token/pin`,
      { schema: { ...hide, body: formShape(40, 'pin') }, config: slow },
      async (request, reply) => {
        const opened = await openFromForm({ ...pages, cookieDays: keptDays() }, request, reply)
        if (opened.outcome !== 'opened') return pinPage(pages, request, reply, opened)
        return reply.redirect(pathOf(kind, request.params.token), 303)
      },
    )
    forms.get<{ Params: { token: string } }>(
      `/${kind}/:token/state`,
      { schema: hide, config: slow },
      async (request, reply) => {
        const { state } = await sessionOfRequest(pages, request)
        return reply.send({ state })
      },
    )
    forms.get(`/${kind}/offline`, { schema: hide }, async (request, reply) =>
      sendLinkPage(reply, 200, offlinePage(pages, request)),
    )
    own(forms)
  })
  const worker = await readFile(new URL('link-worker.js', import.meta.url))
  app.get(`/${kind}/link-worker.js`, { schema: hide }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(worker),
  )
}

/** Style and script of all pages behind links. */
export const serveLinkAssets = (app: FastifyInstance): void =>
  serveAssets(app, import.meta.url, ['link-pages.css', 'link-pages.js'])
