import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { closed, undeclaredMember } from '../closed-shape.ts'
import { wrongFieldLimits } from './law.ts'
import { requestProblem } from './problems.ts'

/** One finding of the input check, as Ajv gives it. */
export type InputFinding = {
  readonly instancePath?: string
  readonly message?: string | undefined
  readonly params?: unknown
}

const cut = (text: string) => text.slice(0, wrongFieldLimits.characters)

/**
 * What the input check found, without the values that were sent. Names of members may be the sender's own words, so
 * number and length are limited.
 */
export const wrongFields = (findings: readonly InputFinding[]): { readonly field: string; readonly should: string }[] =>
  findings.slice(0, wrongFieldLimits.most).map(({ instancePath = '', message, params }) => ({
    field: cut(
      instancePath.slice(1).replaceAll('/', '.') ||
        String((params as { missingProperty?: string } | undefined)?.missingProperty ?? ''),
    ),
    should: cut(message ?? ''),
  }))

/** The body of a door that declares none: it takes no member. */
const nothing = { properties: {} }

/** Refuses a body with a member that its door does not declare. Throws member-undeclared. */
export function refuseUndeclared(shape: unknown, body: unknown): void {
  const member = undeclaredMember(shape ?? nothing, body)
  // The name is the sender's own word: it is cut, and what was sent under it is told to nobody.
  if (member !== undefined) throw requestProblem('member-undeclared', { member: cut(member) })
}

const readsBody = (method: string) => method !== 'GET' && method !== 'HEAD'

/** Closes the body of each route that is added from now on. */
export function refuseUndeclaredMembers(app: FastifyInstance): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (![route.method].flat().some(readsBody)) return
    const body = route.schema?.body
    if (body) route.schema = { ...route.schema, body: closed(body) }
    // After the names of before were taken (former.ts).
    route.preValidation = [
      ...[route.preValidation ?? []].flat(),
      async (request: FastifyRequest) => refuseUndeclared(body, request.body),
    ]
  })
}
