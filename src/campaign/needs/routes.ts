import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import { languageOf } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import {
  dropFilter,
  needChoice,
  needExport,
  needExportChosen,
  needFigures,
  needList,
  needPrint,
  needSearch,
  personNeeds,
  savedFilters,
  saveFilter,
} from '../contract.ts'
import { exportChosen, exportPeopleInNeed, printPeopleInNeed } from './list-workbook.ts'
import * as needs from './needs.ts'
import { forgetFilter, keepFilter, listFilters } from './saved-filter.ts'

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

  serve(doors, needPrint, (work, { body }) => printPeopleInNeed(work, body))

  serve(doors, needSearch, (work, { body: { after, limit, ...search } }) =>
    needs.searchPeopleInNeed(work, search, { after, limit }),
  )

  serve(doors, needChoice, async (work, { body }) => ({ people: await needs.chooseEverybody(work, body) }))

  serve(doors, needExportChosen, async (work, { body }, { request }) =>
    exportChosen(work, body.people, await authorOf(work), languageOf(request.headers)),
  )

  serve(doors, savedFilters, async work => ({ filters: await listFilters(work) }))

  serve(doors, saveFilter, async (work, { body }) => {
    await keepFilter(work, body)
    return {}
  })

  serve(doors, dropFilter, async (work, { params }) => {
    await forgetFilter(work, params.id)
    return {}
  })

  serve(doors, personNeeds, (work, { params }) => needs.needsOfPerson(work, asId<'person'>(params.id)))
}
