import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { deviceTokenIn } from './cookie-tokens.ts'
import { formProblem, requestProblem } from './problems.ts'

/** Forms of pages without script, which another site must not send. */

/** What our own forms carry: another site can send a form with our cookies, but cannot read them to compute this. */
export const formToken = (deviceToken: string) =>
  createHash('sha256').update(`form\n${deviceToken}`).digest('base64url')

function isFormTokenValid(request: FastifyRequest, given: string | undefined): boolean {
  const device = deviceTokenIn(request)
  if (!device || !given) return false
  const [ours, theirs] = [Buffer.from(formToken(device)), Buffer.from(given)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

/**
 * A form is taken only where this house drew it: its token, and what the browser says of its origin. Throws
 * foreign-origin, form-stale.
 */
export function refuseForeignForm(request: FastifyRequest, presented: string | undefined): void {
  const site = request.headers['sec-fetch-site']
  if (site && site !== 'same-origin' && site !== 'none') throw requestProblem('foreign-origin')
  if (!isFormTokenValid(request, presented)) throw formProblem('form-stale')
}

const textField = (longest: number) => Type.Optional(Type.String({ maxLength: longest }))
const fieldsOf = (longest: number, fields: readonly string[]) => ({
  form: textField(100),
  ...Object.fromEntries(fields.map(name => [name, textField(longest)])),
})

/**
 * The shape of a form of ours: its token, and fields that its page has, each of at most so many characters. Another
 * field is refused (wrong-fields.ts).
 */
export const formShape = <Field extends string>(longest: number, ...fields: readonly Field[]) =>
  Type.Unsafe<{ readonly [Name in Field | 'form']?: string }>(Type.Object(fieldsOf(longest, fields)))

/** The shape of a form whose field `step` says what is done: each step has the fields that it reads. */
export const formShapeBySteps = <Field extends string>(
  longest: number,
  steps: Readonly<Record<string, readonly Field[]>>,
) =>
  Type.Unsafe<{ readonly [Name in Field | 'form' | 'step']?: string }>(
    Type.Union(
      Object.entries(steps).map(([step, fields]) =>
        Type.Object({ ...fieldsOf(longest, fields), step: Type.Literal(step) }),
      ),
    ),
  )

/** Lets a part of the server read what forms send. */
export function readForms(app: FastifyInstance, bodyLimit = 10_000): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
}
