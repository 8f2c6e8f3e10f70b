import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { isId } from '../../platform/ids.ts'
import { dayAndIdIn } from '../../platform/page-mark.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { dataProtectionProblem } from '../problems.ts'
import * as contract from './contract.ts'
import * as requests from './requests.ts'

type Listed = requests.RequestPage['requests'][number]

const namesFor = (work: Work, ids: readonly (string | undefined)[]) =>
  staff.namesOf(work, ids.filter(id => id !== undefined && isId(id)) as string[])

const officerView = (names: ReadonlyMap<string, string>, id: string) => {
  const name = names.get(id)
  return { id, ...(name && { name }) }
}

async function listedView(work: Work, one: Listed, names: ReadonlyMap<string, string>) {
  const { dueAt, assignedTo, outcome, endedOn, name } = one
  return {
    id: one.id,
    personId: one.personId,
    ...(name && { name }),
    unit: await units.unitReference(work, one.unitId),
    kind: one.kind,
    way: one.way,
    state: one.state,
    receivedAt: one.receivedAt.toISOString(),
    receivedOn: one.receivedOn,
    acknowledgeBy: one.acknowledgeBy,
    dueOn: one.dueOn,
    ...(dueAt && { dueAt: dueAt.toISOString() }),
    due: requests.dueStateOf(work, one),
    ...(assignedTo && { assignedTo: officerView(names, assignedTo) }),
    ...(outcome && { outcome }),
    ...(endedOn && { endedOn }),
  }
}

async function wholeView(work: Work, one: Listed) {
  const { extensionReason, ground, answer, answeredBy } = one
  const names = await namesFor(work, [one.assignedTo, answeredBy])
  const colleagues = await requests.colleaguesWhoAnswer(work)
  return {
    ...(await listedView(work, one, names)),
    words: one.words,
    term: requests.termReferenceOf(one.receivedOn, work),
    grounds: [...requests.groundsOf(one, work)],
    extendableDays: requests.extendableDays(work, one),
    ...(extensionReason && { extensionReason }),
    ...(ground && { ground }),
    ...(answer && { answer }),
    ...(answeredBy && { answeredBy: officerView(names, answeredBy) }),
    colleagues: colleagues.map(({ id, fullName }) => ({ id, name: fullName })),
  }
}

export function requestRoutes(doors: Doors): void {
  serve(doors, contract.countDataRequests, work => requests.countRequests(work))
  serve(doors, contract.listDataRequests, async (work, { query: { which = 'open', after } }) => {
    const mark = after === undefined ? undefined : dayAndIdIn(after)
    if (after !== undefined && !mark) throw dataProtectionProblem('data-request-mark-unknown')
    const { requests: found, next } = await requests.listRequests(work, { which, after: mark })
    const names = await namesFor(
      work,
      found.map(({ assignedTo }) => assignedTo),
    )
    return {
      requests: await Promise.all(found.map(one => listedView(work, one, names))),
      counts: await requests.countRequests(work),
      ...(next && { next }),
    }
  })
  serve(doors, contract.showDataRequest, async (work, { params }) =>
    wholeView(work, await requests.readRequest(work, params.id)),
  )
  serve(doors, contract.fileDataRequest, async (work, { body }) => {
    const { id, dueOn } = await requests.fileRequest(work, { ...body, way: 'counter' })
    return { id, dueOn }
  })
  serve(doors, contract.takeUpDataRequest, async (work, { params }) => {
    await requests.takeUpRequest(work, params.id)
    return {}
  })
  serve(doors, contract.assignDataRequest, async (work, { params, body }) => {
    await requests.assignRequest(work, params.id, body.to)
    return {}
  })
  serve(doors, contract.extendDataRequest, async (work, { params, body }) => {
    await requests.extendRequest(work, params.id, body.reason)
    return {}
  })
  serve(doors, contract.answerDataRequest, async (work, { params, body }) => {
    await requests.answerRequest(work, params.id, body)
    return {}
  })
}
