import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { deviceOf, tokenIn } from '../../platform/http/cookie-tokens.ts'
import { formShape, formToken, refuseForeignForm } from '../../platform/http/csrf.ts'
import { Problem } from '../../platform/problem.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { CalledAddresses } from '../clients/address.ts'
import { readSession, workAsEngineer } from './developers.ts'
import { type DeveloperFrame, developerFrame, type FieldFaults, type FormFields } from './page-parts.ts'
import type { EngineerSession } from './store.ts'

/** What the developer pages need of the installation. */
export type DevelopersHouse = {
  /** Engineers sign in by themselves and act in works of their own. */
  readonly openWork: OpenWork
  isDemonstration(): boolean
  calledAddresses(): CalledAddresses
}

/** Keys and purposes are longer than other forms. */
export const longestForm = 60_000

export const getRouteOptions = { schema: { hide: true } }
/** Pasted keys are the longest field. */
const longestField = 20_000

/** A request for a page; `filled` has the fields of a form. */
export type DeveloperRequest = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly filled: FormFields
  readonly at: DeveloperFrame
  readonly session: EngineerSession | undefined
}

/** The same of an engineer who is signed in; `act` opens a work in which they see their own parties. */
export type SignedInRequest = Omit<DeveloperRequest, 'session'> & {
  readonly session: EngineerSession
  act<T>(verb: (work: Work) => Promise<T>): Promise<T>
}

export const developerCookie = 'dinhdanh-developer'

export function developerPageContext(app: FastifyInstance, { openWork, isDemonstration }: DevelopersHouse) {
  const sessionOf = async (request: FastifyRequest) => {
    const token = tokenIn(request, developerCookie)
    return token ? readSession(openWork, token) : undefined
  }
  const askingOf = async (request: FastifyRequest, reply: FastifyReply): Promise<DeveloperRequest> => {
    const session = await sessionOf(request)
    const form = formToken(deviceOf(request, reply))
    return {
      request,
      reply,
      params: request.params as Record<string, string>,
      query: request.query as Record<string, string>,
      filled: (request.body ?? {}) as FormFields,
      at: developerFrame(staff.frameOf(request, isDemonstration()), form, session),
      session,
    }
  }
  /** Redirects an engineer without a session to the sign-in. */
  const whereSignedIn = (behind: (acting: SignedInRequest) => Promise<unknown>) => async (asking: DeveloperRequest) => {
    const { session, request, reply } = asking
    if (!session) return reply.redirect('/developers/', 303)
    return behind({ ...asking, session, act: verb => workAsEngineer(openWork, session.engineerId, request.id, verb) })
  }
  return {
    get: (path: string, behind: (asking: DeveloperRequest) => Promise<unknown>) =>
      app.get(path, getRouteOptions, async (request, reply) => behind(await askingOf(request, reply))),
    /** Takes a form with some fields. */
    post: (path: string, fields: readonly string[], behind: (asking: DeveloperRequest) => Promise<unknown>) =>
      app.post(
        path,
        {
          schema: { hide: true, body: formShape(longestField, ...fields) },
          config: { rateLimit: rateLimitOf('developers-forms') },
        },
        async (request, reply) => {
          const asking = await askingOf(request, reply)
          refuseForeignForm(request, asking.filled['form'])
          return behind(asking)
        },
      ),
    whereSignedIn,
  }
}
export type DeveloperPageContext = ReturnType<typeof developerPageContext>

type FieldFault = { readonly field: string; readonly should: string; readonly should_vi: string }

/** The faults of the fields in the reader's language; undefined for any other error. */
export function fieldFaultsOf(
  { language }: DeveloperFrame,
  error: unknown,
  fieldOf: (field: string) => string = field => field,
): FieldFaults | undefined {
  if (!(error instanceof Problem) || !Array.isArray(error.facts['wrong'])) return undefined
  const wrong = error.facts['wrong'] as readonly FieldFault[]
  // A fault of one address is shown at its list; the first fault of a field is shown.
  const told = new Map<string, string>()
  for (const { field, should, should_vi } of wrong) {
    const name = fieldOf(field)
    if (!told.has(name)) told.set(name, language === 'vi' ? should_vi : should)
  }
  return told
}

export const sendPage = ({ reply }: Pick<DeveloperRequest, 'reply'>, text: string, status = 200) =>
  staff.sendPage(reply, status, text)
export const redirectTo = ({ reply }: Pick<DeveloperRequest, 'reply'>, path: string) => reply.redirect(path, 303)
