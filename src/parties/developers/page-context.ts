import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { deviceOf, formToken, refuseForeignForm, tokenIn } from '../../platform/http/csrf.ts'
import { Problem } from '../../platform/problem.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { readSession, workAs } from './developers.ts'
import { type DeveloperFrame, developerFrame, type Filled, type Wrongs } from './page-parts.ts'
import type { EngineerSession } from './store.ts'

/** What the developer pages need of the installation. */
export type DevelopersHouse = {
  /** Engineers sign in by themselves and act in works of their own. */
  readonly openWork: OpenWork
  isDemonstration(): boolean
}

/** Keys and purposes are longer than other forms. */
export const longestForm = 60_000

export const asked = { schema: { hide: true } }
export const sent = {
  schema: { hide: true, body: Type.Object({}, { additionalProperties: Type.String({ maxLength: 20_000 }) }) },
}

/** A request for a page; `filled` has the fields of a form. */
export type Asking = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly filled: Filled
  readonly at: DeveloperFrame
  readonly session: EngineerSession | undefined
}

/** The same of an engineer who is signed in; `act` opens a work in which they see their own parties. */
export type Acting = Omit<Asking, 'session'> & {
  readonly session: EngineerSession
  act<T>(verb: (work: Work) => Promise<T>): Promise<T>
}

export const developerCookie = 'dinhdanh-developer'

export function developerDesk(app: FastifyInstance, { openWork, isDemonstration }: DevelopersHouse) {
  const sessionOf = async (request: FastifyRequest) => {
    const token = tokenIn(request, developerCookie)
    return token ? readSession(openWork, token) : undefined
  }
  const askingOf = async (request: FastifyRequest, reply: FastifyReply): Promise<Asking> => {
    const session = await sessionOf(request)
    const form = formToken(deviceOf(request, reply))
    return {
      request,
      reply,
      params: request.params as Record<string, string>,
      query: request.query as Record<string, string>,
      filled: (request.body ?? {}) as Filled,
      at: developerFrame(staff.frameOf(request, isDemonstration()), form, session),
      session,
    }
  }
  /** Redirects an engineer without a session to the sign-in. */
  const whereSignedIn = (behind: (acting: Acting) => Promise<unknown>) => async (asking: Asking) => {
    const { session, request, reply } = asking
    if (!session) return reply.redirect('/developers/', 303)
    return behind({ ...asking, session, act: verb => workAs(openWork, session.engineerId, request.id, verb) })
  }
  return {
    get: (path: string, behind: (asking: Asking) => Promise<unknown>) =>
      app.get(path, asked, async (request, reply) => behind(await askingOf(request, reply))),
    post: (path: string, behind: (asking: Asking) => Promise<unknown>) =>
      app.post(
        path,
        { ...sent, config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
        async (request, reply) => {
          const asking = await askingOf(request, reply)
          refuseForeignForm(request, asking.filled['form'])
          return behind(asking)
        },
      ),
    whereSignedIn,
  }
}
export type DeveloperDesk = ReturnType<typeof developerDesk>

type Wrong = { readonly field: string; readonly should: string; readonly should_vi: string }

/** The faults of the fields in the reader's language; undefined for any other error. */
export function wrongsOf(
  { language }: DeveloperFrame,
  error: unknown,
  fieldOf: (field: string) => string = field => field,
): Wrongs | undefined {
  if (!(error instanceof Problem) || !Array.isArray(error.facts['wrong'])) return undefined
  const wrong = error.facts['wrong'] as readonly Wrong[]
  // A fault of one address is shown at its list; the first fault of a field is shown.
  const told = new Map<string, string>()
  for (const { field, should, should_vi } of wrong) {
    const name = fieldOf(field)
    if (!told.has(name)) told.set(name, language === 'vi' ? should_vi : should)
  }
  return told
}

export const page = ({ reply }: Pick<Asking, 'reply'>, text: string, status = 200) =>
  staff.sendPage(reply, status, text)
export const onward = ({ reply }: Pick<Asking, 'reply'>, place: string) => reply.redirect(place, 303)
