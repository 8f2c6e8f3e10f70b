import { parseDay } from '../../platform/day.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { requestProblem, serve } from '../../platform/http/serve.ts'
import { asId } from '../../platform/ids.ts'
import { languageOf } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import { findRoll } from '../store.ts'
import { sayDefect } from '../words.ts'
import { printClassList } from './class-list.ts'
import * as contract from './contract.ts'
import { followUpDueOf } from './due.ts'
import { type FollowUpId, mayInsist } from './errand.ts'
import * as errands from './errands.ts'
import { followUpTask } from './feedback.ts'
import { sayEvidence } from './words.ts'

const asFollowUpId = (text: string): FollowUpId => asId<'errand'>(text)
const asPrintedRollId = (text: string): RollId => asId<'roll'>(text)

const bilingual = (say: (language: 'vi' | 'en') => string) => ({ vi: say('vi'), en: say('en') })

async function followUpReply(work: Work, { row, person, sides, schoolName, ...errand }: errands.FollowUpDetails) {
  const {
    id,
    owner,
    ownerUnitId,
    defect,
    evidence,
    dueOn,
    schoolId,
    schoolYear,
    correctionId,
    papers,
    saidOn,
    correctedOn,
  } = errand
  return {
    id,
    owner,
    defect,
    what: bilingual(language => sayDefect(language)(defect)),
    evidence,
    why: bilingual(language => sayEvidence(language)(evidence)),
    task: bilingual(language => followUpTask(errand, row, person, language)),
    dueOn,
    due: followUpDueOf(errand, work.today),
    school: { id: schoolId, name: schoolName },
    schoolYear,
    ...(ownerUnitId && { ownerUnit: { id: ownerUnitId, name: await units.unitName(work, ownerUnitId) } }),
    rollId: errand.rollId,
    place: errand.place,
    name: row?.name || person?.fullName || '',
    ...(row?.class && { class: row.class }),
    ...(row && { sheet: row.sheet, row: row.sheetRow }),
    ...(person && { personId: person.personId }),
    ...(sides &&
      sides.field !== 'none' && { field: sides.field, rollValue: sides.roll, registerValue: sides.register }),
    ...(correctionId && { correctionId }),
    ...(papers && { papers }),
    ...(saidOn && { saidOn }),
    ...(correctedOn && { correctedOn }),
    papersDecide: mayInsist(defect),
  }
}

async function getRollWithSchool(work: Work, id: string) {
  const roll = await findRoll(work, asPrintedRollId(id))
  if (!roll) throw rollProblem('roll-unknown')
  return roll
}

export function followUpRoutes(doors: Doors): void {
  serve(doors, contract.listFollowUps, async (work, { query }) => {
    const dueBy = query.dueBy === undefined ? undefined : parseDay(query.dueBy)
    if (query.dueBy !== undefined && !dueBy) throw requestProblem('input-invalid', { wrong: [{ field: 'dueBy' }] })
    const found = await errands.listFollowUps(work, { ...query, dueBy })
    return { errands: await Promise.all(found.errands.map(one => followUpReply(work, one))), total: found.total }
  })
  serve(doors, contract.countFollowUps, async (work, { query }) => ({
    counts: await errands.countFollowUps(work, query),
  }))

  serve(doors, contract.confirmByPapers, async (work, { params, body }) => {
    await errands.confirmByPapers(work, asFollowUpId(params.id), body)
    return {}
  })
  serve(doors, contract.announceCorrection, async (work, { params }) => {
    await errands.announceCorrection(work, asFollowUpId(params.id))
    return {}
  })
  serve(doors, contract.confirmRegister, async (work, { params }) => {
    await errands.confirmRegister(work, asFollowUpId(params.id))
    return {}
  })

  serve(doors, contract.showVisit, async (work, { params }) => {
    const { schoolId, schoolYear } = await getRollWithSchool(work, params.id)
    const onDay = await errands.visitDayOf(work, schoolId, schoolYear)
    return onDay ? { onDay } : {}
  })
  serve(doors, contract.changeVisit, async (work, { params, body }) => {
    const { schoolId, schoolYear } = await getRollWithSchool(work, params.id)
    const onDay = body.onDay === undefined ? undefined : parseDay(body.onDay)
    if (body.onDay !== undefined && !onDay) throw requestProblem('input-invalid', { wrong: [{ field: 'onDay' }] })
    await errands.setVisitDay(work, schoolId, schoolYear, onDay)
    return onDay ? { onDay } : {}
  })

  // A page to look at and print, so it is sent as one and not as a file to keep.
  const { printClasses } = contract
  doors.app.get<{ Params: { id: string }; Querystring: { class?: string; lang?: 'vi' | 'en' } }>(
    `/api${printClasses.path}`,
    { schema: { summary: printClasses.summary, params: printClasses.params, querystring: printClasses.query } },
    async (request, reply) => {
      const { params, query } = request
      const language = query.lang ?? languageOf(request.headers)
      const content = await doors.openWork(request, printClasses, work =>
        printClassList(work, asPrintedRollId(params.id), language, query.class),
      )
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(content)
    },
  )
}
