import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve, serveWithoutWork } from '../../platform/http/serve-endpoint.ts'
import { asId, isId } from '../../platform/ids.ts'
import { languageOf } from '../../platform/pages/html.ts'
import { namedRows } from '../../platform/workbook/named-rows.ts'
import * as staff from '../../staff/staff.ts'
import { surveyLimits } from '../law.ts'
import * as contract from './contract.ts'
import { optionalSurveyColumns, surveyColumns, takeSurvey } from './survey.ts'
import { assignChild, concludeChild, countUniversal, listChildren } from './universal.ts'
import { exportUniversal } from './universal-workbook.ts'

/** What a survey may take while it is read. */
const tableLimits = { inflated: 3 * surveyLimits.bytes, rows: 2 * surveyLimits.rows, columns: 100 }

export function universalRoutes(doors: Doors): void {
  serve(doors, contract.universalFigures, (work, { query }) => countUniversal(work, query))
  serve(doors, contract.universalChildren, (work, { params, query: { offset, limit, ...filter } }) =>
    listChildren(work, params.list, filter, { offset, limit }),
  )
  serve(doors, contract.universalExport, async (work, { params, query }, { request }) => {
    const author = (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''
    return exportUniversal(work, params.list, query, { author, language: languageOf(request.headers) })
  })
  serve(doors, contract.assignPursuit, async (work, { params, body }) => {
    await assignChild(work, params.id, body)
    return {}
  })
  serve(doors, contract.concludePursuit, async (work, { params, body }) => {
    await concludeChild(work, params.id, body)
    return {}
  })
  serveWithoutWork(
    doors,
    contract.sendLiteracySurvey,
    async ({ body: { unit = '', year = '' } }, { request, upload }) => {
      if (!upload) throw requestProblem('file-missing')
      // Fields beside a file are not validated by the platform.
      if (!isId(unit)) throw requestProblem('input-invalid', { wrong: [{ field: 'unit' }] })
      const rows = namedRows(upload.path, upload.name, {
        columns: surveyColumns,
        optional: optionalSurveyColumns,
        limits: tableLimits,
      })
      return doors.openWork(request, contract.sendLiteracySurvey, work =>
        takeSurvey(work, { unitId: asId<'unit'>(unit), year: Number(year) }, rows),
      )
    },
  )
}
