import type { FastifyInstance } from 'fastify'
import { now } from '../../platform/clock.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { formShape, refuseForeignForm } from '../../platform/http/csrf.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import { asDoing, asOneOf } from '../actor.ts'
import { type FamilyHouse, familyFrame } from '../family-frame.ts'
import { disownPhone } from '../phones.ts'
import { check } from './check.ts'
import { checkAnswerPage, checkFormPage, phoneStoppedPage } from './check-page.ts'
import { readProof, sealProof } from './proof.ts'

const config = { rateLimit: rateLimitOf('receipts') }
const here = '/citizen/check'

/** What do I need, without an account: a form, and its answer. No address has a number, and nothing is kept. */
export function checkRoutes(app: FastifyInstance, house: FamilyHouse): void {
  app.get(here, { schema: { hide: true }, config }, async (request, reply) =>
    staff.sendPage(reply, 200, checkFormPage(familyFrame(request, reply, house))),
  )

  app.post<{ Body: { form?: string; number?: string; born?: string; code?: string } }>(
    here,
    { schema: { hide: true, body: formShape(40, 'number', 'born', 'code') }, config },
    async (request, reply) => {
      const { form, number = '', born = '', code = '' } = request.body ?? {}
      refuseForeignForm(request, form)
      const frame = familyFrame(request, reply, house, { here })
      const outcome = await check(
        house.openWork,
        { number, born, code },
        { address: request.ip, requestId: request.id },
      )
      if (outcome.is === 'wrong') return staff.sendPage(reply, 403, checkFormPage(frame, { wrong: 'wrong' }))
      if (outcome.is === 'slowed')
        return staff.sendPage(
          reply.header('retry-after', outcome.seconds),
          statusOf('tries without an account of one number'),
          checkFormPage(frame, { wrong: { seconds: outcome.seconds } }),
        )
      const { answer, visitor } = outcome
      const proof = sealProof({ personId: answer.personId, by: visitor.by }, now())
      return staff.sendPage(reply, 200, checkAnswerPage(frame, answer, proof))
    },
  )

  app.post<{ Body: { form?: string; proof?: string } }>(
    `${here}/phone`,
    { schema: { hide: true, body: formShape(2000, 'proof') }, config },
    async (request, reply) => {
      const { form, proof = '' } = request.body ?? {}
      refuseForeignForm(request, form)
      const proven = readProof(proof, now())
      if (!proven) return reply.redirect(here, 303)
      const visitor = { by: proven.by, requestId: request.id }
      await house.openWork(asDoing(visitor), work => disownPhone(work, proven.personId))
      const { fullName } = await house.openWork(asOneOf(visitor, proven.personId), work =>
        register.getSummary(work, proven.personId),
      )
      return staff.sendPage(reply, 200, phoneStoppedPage(familyFrame(request, reply, house, { here }), fullName))
    },
  )
}
