import { readFile } from 'node:fs/promises'
import { type Doors, requestProblem, serve } from '../../platform/http/serve.ts'
import type { Work } from '../../platform/work.ts'
import * as contract from '../production/contract.ts'
import * as returns from './returns.ts'

/** Runs within the work of the request; the reply has the rejected rows. */
async function importUploadedReturns(work: Work, path: string) {
  const rejectedTo = `${path}.rejected.csv`
  const { rows, changed, unchanged, rejected, reasons } = await returns.importReturns(
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
  serve(doors, contract.importReturns, async (work, _asked, { upload }) => {
    if (!upload) throw requestProblem('file-missing')
    return importUploadedReturns(work, upload.path)
  })
}
