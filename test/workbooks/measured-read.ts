// Reads each sheet of the workbook at argv[2] in a process of its own, and tells what came of it and how much memory it
// took at most.
import { Problem } from '../../src/platform/problem.ts'
import { openWorkbook } from '../../src/platform/workbook/read-workbook.ts'

let rows = 0
let refused: string | undefined
try {
  const book = await openWorkbook(process.argv[2] ?? '')
  for (const { index } of book.sheets) for await (const _ of book.rows(index)) rows++
  book.close()
} catch (error) {
  if (!(error instanceof Problem)) throw error
  refused = `${error.code} ${JSON.stringify(error.facts)}`
}
console.log(JSON.stringify({ rows, refused, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
