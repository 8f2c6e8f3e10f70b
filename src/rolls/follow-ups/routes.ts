import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import { routeOptions, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import { languageOf } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import { findRoll } from '../store.ts'
import { printClassList } from './class-list.ts'
import * as contract from './contract.ts'
import * as followUps from './follow-ups.ts'

const asPrintedRollId = (text: string): RollId => asId<'roll'>(text)

async function getRollWithSchool(work: Work, id: string) {
  const roll = await findRoll(work, asPrintedRollId(id))
  if (!roll) throw rollProblem('roll-unknown')
  return roll
}

export function followUpRoutes(doors: Doors): void {
  serve(doors, contract.showVisit, async (work, { params }) => {
    const { schoolId, schoolYear } = await getRollWithSchool(work, params.id)
    const onDay = await followUps.visitDayOf(work, schoolId, schoolYear)
    return onDay ? { onDay } : {}
  })
  serve(doors, contract.changeVisit, async (work, { params, body }) => {
    const { schoolId, schoolYear } = await getRollWithSchool(work, params.id)
    const onDay = body.onDay === undefined ? undefined : parseDay(body.onDay)
    if (body.onDay !== undefined && !onDay) throw requestProblem('input-invalid', { wrong: [{ field: 'onDay' }] })
    await followUps.setVisitDay(work, schoolId, schoolYear, onDay)
    return onDay ? { onDay } : {}
  })

  // A page to look at and print, so it is sent as one and not as a file to keep.
  const { printClasses } = contract
  doors.app.get<{ Params: { id: string }; Querystring: { class?: string; lang?: 'vi' | 'en' } }>(
    `/api${printClasses.path}`,
    routeOptions(doors, printClasses),
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
