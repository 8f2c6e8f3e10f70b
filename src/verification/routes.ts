import { type Doors, serveWithoutWork } from '../platform/http/serve-endpoint.ts'
import type { Problem } from '../platform/problem.ts'
import type { OpenWork } from '../platform/work.ts'
import { approvedPurpose } from './approved-purpose.ts'
import { batchRoutes } from './batches/routes.ts'
import { type CheckQueue, openCheckQueue } from './checks/queue.ts'
import { clientOf } from './client.ts'
import * as contract from './contract.ts'
import { readCheckRequest } from './person-data.ts'
import type { WithheldAnswer } from './probing/withheld-answer.ts'
import { verificationProblem } from './problems.ts'
import { openSandboxPlaces } from './sandbox-places.ts'
import { wrongFieldsBody } from './words.ts'

const codes = {
  'person-slowed': 'verification-slowed',
  'person-stopped': 'verification-stopped',
  'client-slowed': 'verification-client-slowed',
  'client-stopped': 'verification-client-stopped',
  'numbers-stopped': 'verification-numbers-stopped',
} as const

const secondsBetween = (instant: Date, from: Date) =>
  Math.max(1, Math.ceil((instant.getTime() - from.getTime()) / 1000))

const refusalOf = ({ withheld, seconds }: WithheldAnswer): Problem =>
  verificationProblem(codes[withheld], seconds ? { seconds } : {}, seconds ? { 'retry-after': String(seconds) } : {})

function singleCheckRoute(doors: Doors, desk: CheckQueue): void {
  serveWithoutWork(doors, contract.verify, async ({ body }, { request, who }) => {
    const client = clientOf(who)
    approvedPurpose(client, body.purpose)
    const asked = readCheckRequest(body)
    if ('wrong' in asked) throw verificationProblem('verification-input-wrong', { wrong: wrongFieldsBody(asked.wrong) })
    const outcome = await desk(client, { asked, requestId: request.id })
    if (!('withheld' in outcome)) return { ...outcome, differs: [...outcome.differs] }
    if (outcome.withheld !== 'quota-over') throw refusalOf(outcome)
    const { resetsAt, at } = outcome
    throw verificationProblem(
      'verification-quota-over',
      { resetsAt: resetsAt.toISOString() },
      { 'retry-after': String(secondsBetween(resetsAt, at)) },
    )
  })
}

export type VerificationHouse = { readonly openWork: OpenWork }

/** Checks by relying parties: one by one, and in batches. */
export async function routes(doors: Doors, { openWork }: VerificationHouse): Promise<void> {
  const places = openSandboxPlaces()
  singleCheckRoute(doors, openCheckQueue(openWork, places))
  await batchRoutes(doors, openWork, places)
}
