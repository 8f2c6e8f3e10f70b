import type { Doors } from '../platform/http/serve-endpoint.ts'
import { serve } from '../platform/http/serve-endpoint.ts'
import { languageOf } from '../platform/pages/html.ts'
import * as staff from '../staff/staff.ts'
import { outOfSchoolExport, outOfSchoolFigures, outOfSchoolList, outOfSchoolPrint } from './contract.ts'
import { countOutOfSchool, listOutOfSchool } from './figures-and-lists.ts'
import { householdRoutes } from './households/routes.ts'
import { exportOutOfSchool, printOutOfSchool } from './out-of-school.ts'
import { universalRoutes } from './universal/routes.ts'

export function routes(doors: Doors): void {
  universalRoutes(doors)
  householdRoutes(doors)
  serve(doors, outOfSchoolFigures, (work, { query }) => countOutOfSchool(work, query))

  serve(doors, outOfSchoolList, (work, { query: { offset, limit, ...filter } }) =>
    listOutOfSchool(work, filter, { offset, limit }),
  )

  serve(doors, outOfSchoolPrint, (work, { body }) => printOutOfSchool(work, body))

  serve(doors, outOfSchoolExport, async (work, { query }, { request }) => {
    const author = (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''
    return exportOutOfSchool(work, query, author, languageOf(request.headers))
  })
}
