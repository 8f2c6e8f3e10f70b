import { formatPartialDay, parseDay } from '../platform/day.ts'
import { asId, type Id, isId } from '../platform/ids.ts'
import { languageOf } from '../platform/pages.ts'
import type { Doors } from '../platform/serve.ts'
import { requestProblem, serve } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import * as contract from './contract.ts'
import { inOrder } from './defect.ts'
import { type Review, whyOf } from './review.ts'
import type { RollId } from './roll.ts'
import * as rolls from './rolls.ts'
import { errandRoutes } from './routes-errand.ts'
import type { RollRow } from './row.ts'
import type { KeptRoll } from './store.ts'

const rollId = (text: string): RollId => asId<'roll'>(text)

async function shownRoll(work: Work, { schoolId, sentUnitId, sentAt, reconciledAt, counts, ...roll }: KeptRoll) {
  const { id, code, name, kind, unitId } = await units.getSchool(work, schoolId)
  return {
    ...roll,
    school: { id, code, name, kind, unitId },
    counts: { ...counts },
    ...(sentUnitId && { sentUnit: { id: sentUnitId, name: await units.nameOf(work, sentUnitId as Id<'unit'>) } }),
    sentAt: sentAt.toISOString(),
    ...(reconciledAt && { reconciledAt: reconciledAt.toISOString() }),
  }
}

const shownDraft = async (work: Work, { roll, preview }: rolls.Draft) => ({ roll: await shownRoll(work, roll), preview })

const shownRow = (row: RollRow) => ({
  place: row.place,
  sheet: row.sheet,
  row: row.sheetRow,
  ...(row.class && { class: row.class }),
  ...(row.grade && { grade: row.grade }),
  name: row.name,
  ...(row.birth && { birthDate: formatPartialDay(row.birth) }),
  ...(row.sex && { sex: row.sex }),
  ...(row.given.number && { givenNumber: row.given.number }),
  ...(row.outcome && { outcome: row.outcome }),
  ...(row.personId && { personId: row.personId }),
  ...(row.probability !== undefined && { probability: row.probability }),
  defects: inOrder(row.defects),
  ...(row.decision && { decision: row.decision }),
})

const pair = ([from, to]: readonly [number, number]): [number, number] => [from, to]

const shownReview = ({ row, position, total, candidates, hints, next, previous }: Review) => ({
  row: shownRow(row),
  position,
  total,
  candidates: candidates.map(({ personId, probability, isHolder, fields, reasons, defects }) => ({
    personId,
    probability,
    isHolder,
    fields: fields.map(one => ({ ...one, rollMarks: one.rollMarks.map(pair), registerMarks: one.registerMarks.map(pair) })),
    reasons: [...reasons],
    defects: [...defects],
  })),
  hints: hints.map(({ personId, ...hint }) => ({ ...hint, ...(personId && { personId }) })),
  next: next.map(one => ({
    place: one.place,
    row: one.sheetRow,
    name: one.name,
    ...(one.class && { class: one.class }),
    probability: one.probability ?? 0,
    why: whyOf(one),
  })),
  ...(previous !== undefined && { previous }),
})

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function routes(doors: Doors): void {
  errandRoutes(doors)
  serve(doors, contract.sendRoll, async (work, { body }, { upload }) => {
    if (!upload) throw requestProblem('file-missing')
    const { schoolId = '', schoolYear = '', asOf } = body
    // Fields beside a file are not validated by the platform.
    const day = asOf ? parseDay(asOf) : work.today
    if (!isId(schoolId) || !day) throw requestProblem('input-invalid', { wrong: [{ field: day ? 'schoolId' : 'asOf' }] })
    const of = { schoolId: asId<'school'>(schoolId), schoolYear, asOf: day }
    return shownDraft(work, await rolls.sendRoll(work, { name: upload.name, content: upload.path }, of))
  })
  serve(doors, contract.previewRoll, async (work, { params }) => shownDraft(work, await rolls.previewRoll(work, rollId(params.id))))
  serve(doors, contract.changeMapping, async (work, { params, body }) =>
    shownDraft(work, await rolls.changeMapping(work, rollId(params.id), body.mapping)),
  )
  serve(doors, contract.importRoll, async (work, { params }) => shownRoll(work, await rolls.importDraft(work, rollId(params.id))))
  serve(doors, contract.reconcileRoll, async (work, { params }) => shownRoll(work, await rolls.reconcileAgain(work, rollId(params.id))))
  serve(doors, contract.deleteDraft, async (work, { params }) => {
    await rolls.deleteDraft(work, rollId(params.id))
    return {}
  })

  serve(doors, contract.listRolls, async (work, { query }) => {
    const found = await rolls.listRolls(work, query)
    return { rolls: await Promise.all(found.map(roll => shownRoll(work, roll))) }
  })
  serve(doors, contract.showRoll, async (work, { params }) => shownRoll(work, await rolls.getRoll(work, rollId(params.id))))
  serve(doors, contract.listRows, async (work, { params, query }) => {
    const { rows, total } = await rolls.rowsOf(work, rollId(params.id), query)
    return { rows: rows.map(shownRow), total }
  })
  serve(doors, contract.countDefects, async (work, { params, query }) => rolls.defectCounts(work, rollId(params.id), query.class))

  serve(doors, contract.reviewRow, async (work, { params }) => shownReview(await rolls.rowForReview(work, rollId(params.id), params.place)))
  serve(doors, contract.nextReview, async (work, { params, query }) => {
    await rolls.getRoll(work, rollId(params.id))
    const review = await rolls.nextForReview(work, rollId(params.id), query.after)
    return review ? { review: shownReview(review) } : {}
  })
  serve(doors, contract.decideRow, async (work, { params, body }) => {
    const { row, counts } = await rolls.decide(work, rollId(params.id), params.place, body)
    return { row: shownRow(row), counts: { ...counts } }
  })
  serve(doors, contract.undoDecision, async (work, { params }) => {
    const { row, counts } = await rolls.undo(work, rollId(params.id), params.place)
    return { row: shownRow(row), counts: { ...counts } }
  })

  serve(doors, contract.downloadReview, async (work, { params }, { request }) => {
    const content = await rolls.feedbackWorkbook(work, rollId(params.id), { language: languageOf(request.headers) })
    return { name: 'ra-soat.xlsx', type: xlsx, content }
  })

  // A page to look at and print, so it is sent as one and not as a file to keep.
  doors.app.get<{ Params: { id: string }; Querystring: { class?: string } }>(
    `/api${contract.printReview.path}`,
    { schema: { summary: contract.printReview.summary, params: contract.printReview.params, querystring: contract.printReview.query } },
    async (request, reply) => {
      const { params, query } = request
      const content = await doors.openWork(request, contract.printReview, work =>
        rolls.feedbackPage(work, rollId(params.id), languageOf(request.headers), query.class),
      )
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(content)
    },
  )
}
