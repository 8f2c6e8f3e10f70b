import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import { languageOf } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { needExport, needFigures, needList, personNeeds } from '../contract.ts'
import { exportPeopleInNeed } from './list-workbook.ts'
import * as needs from './needs.ts'

/** The actor's name, for the head of a paper. */
const authorOf = async (work: Work) => (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''

export function needRoutes(doors: Doors): void {
  serve(doors, needFigures, (work, { query }) => needs.countNeeds(work, query))

  serve(doors, needList, (work, { query: { after, limit, ...filter } }) =>
    needs.listPeopleInNeed(work, filter, { ...(after && { after }), ...(limit && { limit }) }),
  )

  serve(doors, needExport, async (work, { query }, { request }) =>
    exportPeopleInNeed(work, query, await authorOf(work), languageOf(request.headers)),
  )

  serve(doors, personNeeds, (work, { params }) => needs.needsOfPerson(work, asId<'person'>(params.id)))
}
