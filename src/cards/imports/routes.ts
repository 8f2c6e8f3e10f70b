import { readFile } from 'node:fs/promises'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Work } from '../../platform/work.ts'
import * as contract from '../production/contract.ts'
import * as results from './production-results.ts'

/** Runs within the work of the request; the reply has the rejected rows. */
async function importUploadedResults(work: Work, path: string) {
  const rejectedTo = `${path}.rejected.csv`
  const { rows, changed, unchanged, rejected, reasons } = await results.importProductionResults(
    async (_standing, verb) => verb(work),
    work,
    path,
    {
      rejectedTo,
    },
  )
  return {
    rows,
    changed,
    unchanged,
    rejected,
    reasons: { ...reasons },
    ...(rejected > 0 && { rejectedCsv: await readFile(rejectedTo, 'utf8') }),
  }
}

export function importRoutes(doors: Doors): void {
  serve(doors, contract.importProductionResults, async (work, _asked, { upload }) => {
    if (!upload) throw requestProblem('file-missing')
    return importUploadedResults(work, upload.path)
  })
}
