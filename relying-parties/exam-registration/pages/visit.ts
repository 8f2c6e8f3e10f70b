import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exam } from '../exam.ts'
import type { Language } from '../html.ts'
import type { Ticket } from '../queue/ticket.ts'
import { type Candidate, getCandidate } from '../registering/candidate.ts'
import { findStaff, type Staff } from '../registering/school.ts'
import { isSame, macOf } from '../secret.ts'
import { findSession, type Session } from '../sign-in/session.ts'
import type { Site } from './site.ts'
import { say } from './words-exam.ts'

/** Who asks, in which language, and when: read once a request. */
export type Visit = {
  readonly language: Language
  readonly text: ReturnType<typeof say>
  readonly now: number
  readonly path: string
  readonly requestId: string
  readonly session: Session | undefined
  readonly candidate: Candidate | undefined
  readonly staff: Staff | undefined
}

const isSecure = (site: Site) => site.origin.startsWith('https:')
/** `__Host-` holds a cookie to this very host (RFC 6265bis, 4.1.3.2); a browser takes it by TLS alone. */
const cookieName = (site: Site, name: string) => (isSecure(site) ? `__Host-${name}` : name)

export const readCookie = (site: Site, request: FastifyRequest, name: string) => request.cookies[cookieName(site, name)]

/** The cookies whose names begin so, with the rest of each name. */
export function cookiesNamed(
  site: Site,
  request: FastifyRequest,
  prefix: string,
): { readonly rest: string; readonly value: string }[] {
  const begins = cookieName(site, prefix)
  return Object.entries(request.cookies).flatMap(([name, value]) =>
    name.startsWith(begins) && value ? [{ rest: name.slice(begins.length), value }] : [],
  )
}

export function setCookie(site: Site, reply: FastifyReply, name: string, value: string, seconds?: number): void {
  reply.setCookie(cookieName(site, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(site),
    ...(seconds !== undefined && { maxAge: seconds }),
  })
}

export const dropCookie = (site: Site, reply: FastifyReply, name: string) =>
  reply.clearCookie(cookieName(site, name), { path: '/', secure: isSecure(site), httpOnly: true, sameSite: 'lax' })

function languageOf(site: Site, request: FastifyRequest): Language {
  const chosen = readCookie(site, request, 'language')
  if (chosen === 'vi' || chosen === 'en') return chosen
  return request.headers['accept-language']?.trim().toLowerCase().startsWith('en') ? 'en' : 'vi'
}

export function visitOf(site: Site, request: FastifyRequest): Visit {
  const now = site.now()
  const language = languageOf(site, request)
  const session = findSession(site.db, readCookie(site, request, 'session'), now)
  return {
    language,
    text: say(language),
    now,
    path: request.url,
    requestId: request.id,
    session,
    candidate: session?.candidateId ? getCandidate(site.db, session.candidateId) : undefined,
    staff: session?.staffLogin ? findStaff(site.db, session.staffLogin) : undefined,
  }
}

/** The ticket that the browser holds for the exam, where it is one of ours and of this window. */
export function ticketOf(site: Site, request: FastifyRequest, exam: Exam): Ticket | undefined {
  const ticket = site.tickets.read(readCookie(site, request, `ticket-${exam.id}`), exam.id)
  return ticket && ticket.issuedAt >= exam.opensAt ? ticket : undefined
}

/** Proves that a form was given out by this site to this session. */
export const formToken = (site: Site, session: Session, ...what: readonly string[]) =>
  macOf(site.formKey, session.idHash, ...what)
export const isFormToken = (site: Site, session: Session, token: string | undefined, ...what: readonly string[]) =>
  token !== undefined && isSame(token, formToken(site, session, ...what))

/** A form's own key, signed: what was sent with it counts once, however often it is sent. */
export function newFormKey(site: Site, session: Session, ...what: readonly string[]): string {
  const id = randomUUID()
  return `${id}.${formToken(site, session, ...what, id)}`
}
/** The key without its signature, where it is of this session's form. */
export function readFormKey(
  site: Site,
  session: Session,
  key: string | null,
  ...what: readonly string[]
): string | undefined {
  const [id = '', signature] = (key ?? '').split('.')
  return isFormToken(site, session, signature, ...what, id) ? id : undefined
}

/** A sent form's fields; each may be there several times. */
export type Form = URLSearchParams
export const formOf = (request: FastifyRequest): Form =>
  request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
