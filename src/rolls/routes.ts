import { parseDay } from '../platform/day.ts'
import { requestProblem } from '../platform/http/problems.ts'
import type { Doors } from '../platform/http/serve-endpoint.ts'
import { routeOptions, serve, serveWithoutWork } from '../platform/http/serve-endpoint.ts'
import { asId, type Id, isId } from '../platform/ids.ts'
import { languageOf } from '../platform/pages/html.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import * as acceptingContract from './accepting/contract.ts'
import * as contract from './contract.ts'
import { followUpRoutes } from './follow-ups/routes.ts'
import * as leavingContract from './leaving/contract.ts'
import { listLeavers } from './leaving/leaving.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import * as releasingContract from './releasing/contract.ts'
import { listReleasedNumbers, releaseNumbers } from './releasing/releasing.ts'
import * as replacingContract from './replacing/contract.ts'
import { reviewRoutes } from './review/routes.ts'
import { type RollId, rollKinds } from './roll.ts'
import * as rolls from './rolls.ts'
import { rowReply } from './row-reply.ts'
import type { CountedRoll } from './store.ts'

const asRollId = (text: string): RollId => asId<'roll'>(text)

async function rollReply(work: Work, { schoolId, sentUnitId, sentAt, reconciledAt, counts, ...roll }: CountedRoll) {
  const { id, code, name, kind, unitId } = await units.getSchool(work, schoolId)
  return {
    ...roll,
    school: { id, code, name, kind, unitId },
    counts: { ...counts },
    ...(sentUnitId && { sentUnit: { id: sentUnitId, name: await units.unitName(work, sentUnitId as Id<'unit'>) } }),
    sentAt: sentAt.toISOString(),
    ...(reconciledAt && { reconciledAt: reconciledAt.toISOString() }),
  }
}

const draftReply = async (work: Work, { roll, preview, replacement }: rolls.RollDraft) => ({
  roll: await rollReply(work, roll),
  preview,
  ...(replacement && { replacement }),
})

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * Files are read with no work open: a reading takes seconds, the wait for a thread more, and each work holds a
 * connection of the officers' lane. A mapping that somebody changed meanwhile is read again within the work.
 */
function readingRoutes(doors: Doors): void {
  serveWithoutWork(doors, contract.sendRoll, async ({ body }, { request, upload }) => {
    if (!upload) throw requestProblem('file-missing')
    const { schoolId = '', schoolYear = '', kind = 'pupils', asOf } = body
    // Fields beside a file are not validated by the platform.
    const day = asOf ? parseDay(asOf) : undefined
    if (!isId(schoolId) || (asOf && !day))
      throw requestProblem('input-invalid', { wrong: [{ field: isId(schoolId) ? 'asOf' : 'schoolId' }] })
    if (!rollKinds.includes(kind)) throw requestProblem('input-invalid', { wrong: [{ field: 'kind' }] })
    const of = { schoolId: asId<'school'>(schoolId), schoolYear, kind, ...(day && { asOf: day }) }
    const file = { name: upload.name, content: upload.path }
    await doors.openWork(request, contract.sendRoll, work => rolls.refuseSender(work, of.schoolId))
    const reading = await rolls.readSentFile({ ...file, schoolYear })
    return doors.openWork(request, contract.sendRoll, async work =>
      draftReply(work, await rolls.sendRoll(work, file, of, reading)),
    )
  })

  const readBefore = async (task: Awaited<ReturnType<typeof rolls.taskOfRoll>>): Promise<rolls.ReadBefore> => ({
    mapping: task.mapping,
    reading: await rolls.readSentFile(task),
  })
  serveWithoutWork(doors, contract.previewRoll, async ({ params }, { request }) => {
    const id = asRollId(params.id)
    const read = await readBefore(
      await doors.openWork(request, contract.previewRoll, work => rolls.taskOfRoll(work, id)),
    )
    return doors.openWork(request, contract.previewRoll, async work =>
      draftReply(work, await rolls.previewRoll(work, id, read)),
    )
  })
  serveWithoutWork(doors, contract.changeMapping, async ({ params, body: { mapping } }, { request }) => {
    const id = asRollId(params.id)
    const read = await readBefore(
      await doors.openWork(request, contract.changeMapping, work => rolls.taskOfDraft(work, id, mapping)),
    )
    return doors.openWork(request, contract.changeMapping, async work =>
      draftReply(work, await rolls.changeMapping(work, id, mapping, read)),
    )
  })
  serveWithoutWork(doors, contract.importRoll, async ({ params }, { request }) => {
    const id = asRollId(params.id)
    const read = await readBefore(
      await doors.openWork(request, contract.importRoll, work => rolls.taskOfDraft(work, id)),
    )
    return doors.openWork(request, contract.importRoll, async work =>
      rollReply(work, await rolls.importDraft(work, id, read)),
    )
  })
  serveWithoutWork(doors, replacingContract.restoreRoll, async ({ params }, { request }) => {
    const id = asRollId(params.id)
    const read = await readBefore(
      await doors.openWork(request, replacingContract.restoreRoll, work => rolls.taskOfFormerRoll(work, id)),
    )
    return doors.openWork(request, replacingContract.restoreRoll, async work =>
      rollReply(work, await rolls.restoreRoll(work, id, read)),
    )
  })
}

export function routes(doors: Doors): void {
  followUpRoutes(doors)
  readingRoutes(doors)
  serve(doors, contract.reconcileRoll, async (work, { params }) =>
    rollReply(work, await rolls.queueReconcileAgain(work, asRollId(params.id))),
  )
  serve(doors, acceptingContract.acceptRoll, async (work, { params }) =>
    rollReply(work, await rolls.acceptRoll(work, asRollId(params.id))),
  )
  serve(doors, replacingContract.confirmRoll, async (work, { params }) =>
    rollReply(work, await rolls.confirmRoll(work, asRollId(params.id))),
  )
  serve(doors, releasingContract.releaseNumbers, async (work, { params, body }) => ({
    released: await releaseNumbers(work, asRollId(params.id), body),
  }))
  serve(doors, releasingContract.listReleasedNumbers, async (work, { params }) => ({
    numbers: (await listReleasedNumbers(work, asRollId(params.id))).map(({ class: of, ...one }) => ({
      ...one,
      ...(of && { class: of }),
    })),
  }))
  serve(doors, contract.deleteDraft, async (work, { params }) => {
    await rolls.deleteDraft(work, asRollId(params.id))
    return {}
  })

  serve(doors, contract.listRolls, async (work, { query }) => {
    const found = await rolls.listRolls(work, query)
    return { rolls: await Promise.all(found.map(roll => rollReply(work, roll))) }
  })
  serve(doors, contract.showRoll, async (work, { params }) =>
    rollReply(work, await rolls.getRoll(work, asRollId(params.id))),
  )
  serve(doors, contract.listRows, async (work, { params, query }) => {
    const { rows, total } = await rolls.listRows(work, asRollId(params.id), query)
    return { rows: rows.map(row => rowReply(work, row)), total }
  })
  serve(doors, contract.countDefects, async (work, { params, query }) =>
    rolls.listDefectCounts(work, asRollId(params.id), query.class),
  )

  serve(doors, leavingContract.listLeavers, async (work, { params }) => listLeavers(work, asRollId(params.id)))

  reviewRoutes(doors)
  ledgerRoutes(doors)

  serve(doors, contract.downloadReview, async (work, { params }, { request }) => {
    const content = await rolls.feedbackWorkbook(work, asRollId(params.id), { language: languageOf(request.headers) })
    return { name: 'ra-soat.xlsx', type: xlsx, content }
  })

  // A page to look at and print, so it is sent as one and not as a file to keep.
  doors.app.get<{ Params: { id: string }; Querystring: { class?: string } }>(
    `/api${contract.printReview.path}`,
    routeOptions(doors, contract.printReview),
    async (request, reply) => {
      const { params, query } = request
      const content = await doors.openWork(request, contract.printReview, work =>
        rolls.feedbackPage(work, asRollId(params.id), languageOf(request.headers), query.class),
      )
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(content)
    },
  )
}
