import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import * as contract from './contract.ts'
import type { DirectiveId } from './directive.ts'
import * as directives from './directives.ts'
import { listNotReported } from './not-reported.ts'
import * as reminder from './reminder.ts'
import * as view from './view.ts'

const directiveId = (text: string): DirectiveId => asId<'directive'>(text)

/** A day that the calendar does not have is refused before anything is done with it. */
function refuseUnreal(field: string, day: string | undefined): void {
  if (day !== undefined && !parseDay(day)) throw requestProblem('input-invalid', { wrong: [{ field }] })
}

export function directiveRoutes(doors: Doors): void {
  serve(doors, contract.directiveList, async (work, { query: { box, campaign } }) => ({
    day: work.today,
    directives: await view.listDirectives(work, { box, campaignId: campaign }),
  }))
  serve(doors, contract.directiveDuties, work => reminder.readDuties(work))
  serve(doors, contract.directiveReminders, (work, { query }) =>
    reminder.readReminders(work, { id: query.directive === undefined ? undefined : directiveId(query.directive) }),
  )
  serve(doors, contract.directiveOpen, (work, { params, query }) =>
    view.openDirective(work, directiveId(params.id), query.version),
  )

  serve(doors, contract.directiveIssue, async (work, { body }) => {
    refuseUnreal('dueOn', body.dueOn)
    return view.getDirective(work, await directives.issueDirective(work, body))
  })
  serve(doors, contract.directiveRevise, async (work, { params, body }) => {
    refuseUnreal('dueOn', body.dueOn)
    const id = directiveId(params.id)
    await directives.reviseDirective(work, id, body)
    return view.getDirective(work, id)
  })
  serve(doors, contract.directiveClose, async (work, { params }) => {
    const id = directiveId(params.id)
    await directives.closeDirective(work, id)
    return view.getDirective(work, id)
  })
  serve(doors, contract.directiveAcknowledge, async (work, { params, body }) => {
    const id = directiveId(params.id)
    await directives.acknowledgeDirective(work, id, body)
    return view.getDirective(work, id)
  })
  serve(doors, contract.directiveAnswer, async (work, { params, body }) => {
    const id = directiveId(params.id)
    await directives.answerDirective(work, id, body)
    return view.getDirective(work, id)
  })

  serve(doors, contract.notReportedList, (work, { query }) => {
    refuseUnreal('day', query.day)
    return listNotReported(work, query)
  })
}
