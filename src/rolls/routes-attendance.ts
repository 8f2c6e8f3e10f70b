import { languageOf } from '../platform/pages.ts'
import type { Doors } from '../platform/serve.ts'
import { serve } from '../platform/serve.ts'
import * as staff from '../staff/staff.ts'
import { countAttendance, listAttendance } from './attendance.ts'
import { exportAttendance } from './attendance-export.ts'
import { attendanceExport, attendanceFigures, attendanceList } from './contract-attendance.ts'

export function attendanceRoutes(doors: Doors): void {
  serve(doors, attendanceFigures, (work, { query }) => countAttendance(work, query))

  serve(doors, attendanceList, (work, { query: { offset, limit, ...filter } }) => listAttendance(work, filter, { offset, limit }))

  serve(doors, attendanceExport, async (work, { query }, { request }) => {
    const author = (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''
    return exportAttendance(work, query, author, languageOf(request.headers))
  })
}
