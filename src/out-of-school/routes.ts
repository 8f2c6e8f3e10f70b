import type { Doors } from '../platform/http/serve.ts'
import { serve } from '../platform/http/serve.ts'
import { languageOf } from '../platform/pages/html.ts'
import * as staff from '../staff/staff.ts'
import { countAttendance, listAttendance } from './children.ts'
import { attendanceExport, attendanceFigures, attendanceList } from './contract.ts'
import { exportAttendance } from './out-of-school.ts'

export function routes(doors: Doors): void {
  serve(doors, attendanceFigures, (work, { query }) => countAttendance(work, query))

  serve(doors, attendanceList, (work, { query: { offset, limit, ...filter } }) =>
    listAttendance(work, filter, { offset, limit }),
  )

  serve(doors, attendanceExport, async (work, { query }, { request }) => {
    const author = (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''
    return exportAttendance(work, query, author, languageOf(request.headers))
  })
}
