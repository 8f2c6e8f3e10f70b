import * as audit from '../audit/audit.ts'
import type { TimesByName } from '../platform/activity.ts'
import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import type { RequestRecord } from '../platform/observation/observation.ts'
import { currentProblemCode, knownProblems } from '../platform/problem.ts'
import { lookUpRequest, readGrowth } from './contract.ts'
import { findGrowth } from './growth.ts'
import { operationsProblem } from './problems.ts'

type Given = {
  /** Finds what is kept of a request. */
  readonly findRequest: (id: string) => Promise<RequestRecord | undefined>
}

const named = (counts: TimesByName = {}) => Object.entries(counts).map(([name, times]) => ({ name, times }))

function refusalOf(code: string) {
  const kind = knownProblems().get(currentProblemCode(code))
  return { code, title: { vi: kind?.vi ?? code, en: kind?.title ?? code } }
}

const viewOf = ({ id, waited = 0, slow, code, fault, deeds, jobs, ...record }: RequestRecord) => ({
  ...record,
  id: asId<'request'>(id),
  waited,
  slow: slow === true,
  ...(code && { refusal: refusalOf(code) }),
  ...(fault && { fault: { ...fault, frames: [...fault.frames], causes: [...(fault.causes ?? [])] } }),
  deeds: named(deeds),
  jobs: named(jobs),
})

/**
 * The doors by which an administrator finds out what a request met (deed `request.looked-up`), and how fast the
 * installation grows.
 */
export function routes(doors: Doors, { findRequest }: Given): void {
  serve(doors, lookUpRequest, async (work, { body: { id } }) => {
    const record = await findRequest(id)
    if (!record) throw operationsProblem('request-record-unknown')
    const subject = { kind: 'request', id, ...(work.unitId && { unitId: work.unitId }) }
    await audit.record(work, 'request.looked-up', subject, {})
    return viewOf(record)
  })
  serve(doors, readGrowth, async work => {
    const found = await findGrowth(work)
    return { growth: found ? { ...found, tables: [...found.tables] } : null }
  })
}
