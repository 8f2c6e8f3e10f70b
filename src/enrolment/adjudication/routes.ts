import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Id } from '../../platform/ids.ts'
import { dayAndIdIn } from '../../platform/page-mark.ts'
import * as units from '../../units/units.ts'
import type { StationKeys } from '../stations/keys.ts'
import type { Application } from '../store-application.ts'
import type { ApplicationFinding } from '../store-finding.ts'
import * as adjudicate from './adjudication.ts'
import {
  applicationRowView,
  findByReceipt,
  getApplicationView,
  getPicture,
  noteApplicationsRead,
} from './application-view.ts'
import * as contract from './contract.ts'
import { getComparedFace } from './faces-view.ts'
import { agreeToProposal, decideApplication, decideReturn } from './held-decisions.ts'
import * as list from './store-queue.ts'

type StationKeysReader = () => Promise<StationKeys>

const pageSize = 50

/** Where a page ended: the day and the id of its last row. Throws input-invalid. */
function positionIn(text: string | undefined) {
  if (text === undefined) return undefined
  const found = dayAndIdIn(text)
  if (!found) throw requestProblem('input-invalid', { wrong: [{ field: 'after' }] })
  return { urgent: found.day, id: found.id }
}

function applicationReadRoutes(doors: Doors, keys: StationKeysReader): void {
  serve(doors, contract.listApplications, async (work, { query }) => {
    const within = query.unit ? (await units.scopePartsOf(work, query.unit as Id<'unit'>, work.today)).units : undefined
    const asked = { units: within, sessionId: query.session }
    const rows = await list.findApplicationPage(
      work,
      { ...asked, queue: query.queue, after: positionIn(query.after) },
      pageSize + 1,
    )
    const shown = rows.slice(0, pageSize)
    const last = shown.at(-1)
    await noteApplicationsRead(work, shown)
    return {
      applications: await Promise.all(shown.map(row => applicationRowView(work, row))),
      ...(rows.length > pageSize && last && { next: `${last.urgent}_${last.id}` }),
      counts: await list.countApplicationQueues(work, asked),
    }
  })
  serve(doors, contract.countApplications, async work => {
    const counted = await list.countWaitingApplications(work)
    const of = ({ count, overdue, nextOn }: list.ApplicationQueueCount) => ({
      count,
      overdue,
      ...(nextOn && { nextOn }),
    })
    return {
      queues: Object.fromEntries(contract.applicationQueues.map(queue => [queue, of(counted[queue])])) as Record<
        contract.ApplicationQueue,
        ReturnType<typeof of>
      >,
    }
  })
  serve(doors, contract.findApplication, (work, { body }) => findByReceipt(work, body.code))
  serve(doors, contract.showApplication, async (work, { params }) => getApplicationView(work, await keys(), params.id))
  serve(doors, contract.showPicture, async (work, { params }) => {
    const { type, bytes } = await getPicture(work, await keys(), params.id, params.part)
    return { name: `${params.part}.${type === 'image/png' ? 'png' : 'jpg'}`, type, content: bytes }
  })
  serve(doors, contract.showFace, async (work, { params }) => {
    const { type, bytes } = await getComparedFace(work, await keys(), params.id, params.face)
    return { name: `face.${type === 'image/png' ? 'png' : 'jpg'}`, type, content: bytes }
  })
}

const applicationStateReply = ({ id, state }: Application) => ({ id, state })

function applicationDecisionRoutes(doors: Doors, keys: StationKeysReader): void {
  serve(doors, contract.completeData, async (work, { params }) =>
    applicationStateReply(await adjudicate.completeData(work, params.id)),
  )
  serve(doors, contract.sendOn, async (work, { params }) =>
    applicationStateReply(await adjudicate.sendToCentre(work, params.id)),
  )
  serve(doors, contract.approve, (work, { params }) => decideApplication(work, keys, params.id))
  serve(doors, contract.sendBack, async (work, { params, body }, { who }) => {
    const isChecker = who?.authority('enrolment.check', contract.sendBack.purpose) !== undefined
    return decideReturn(work, params.id, { ...body, by: isChecker ? 'checker' : 'centre' })
  })
  serve(doors, contract.takeUp, async (work, { params, body }) =>
    applicationStateReply(await adjudicate.takeUpReturned(work, params.id, body.what)),
  )
  serve(doors, contract.withdraw, async (work, { params, body }) =>
    applicationStateReply(await adjudicate.withdrawApplication(work, params.id, body)),
  )
  serve(doors, contract.settleFinding, async (work, { params, body }) => {
    await adjudicate.resolveFinding(work, params.id, params.kind as ApplicationFinding['kind'], body.note)
    return {}
  })
  serve(doors, contract.propose, async (work, { params, body }) => {
    const { id } =
      body.kind === 'merge'
        ? await adjudicate.proposeMerge(work, params.id, body.otherId ?? '', body.note)
        : await adjudicate.proposeRefusal(work, params.id, { reason: body.reason ?? 'other', note: body.note })
    return { id }
  })
  serve(doors, contract.decideProposal, async (work, { params, body }) =>
    body.answer === 'agreed'
      ? agreeToProposal(work, params.id)
      : applicationStateReply(await adjudicate.decideProposal(work, params.id, body.answer)),
  )
}

export function applicationRoutes(doors: Doors, keys: StationKeysReader): void {
  applicationReadRoutes(doors, keys)
  applicationDecisionRoutes(doors, keys)
}
