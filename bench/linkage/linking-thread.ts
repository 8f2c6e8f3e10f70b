// A thread of the house's engine as the bench measures it: its share of the rolls is loaded first, then linked roll by
// roll, then told.
import type { LinkResult } from '../../src/linkage/deciding/linked.ts'
import { type LinkRecord, toLinkRecord } from '../../src/linkage/person-record.ts'
import { linkRows, type ProvinceData, provinceSelector } from '../../src/linkage/province-run/province-run.ts'
import { unpackRows } from '../../src/linkage/province-run/thread-messages.ts'
import { type CsvValue, csvLine } from '../../src/platform/csv/write-csv.ts'
import { initialData, serveTasks } from '../../src/platform/jobs/worker-pool.ts'

/** The rows of a roll as text, to be loaded; or what to do with those that are. */
export type ShareTask = { readonly rows: string } | 'warm up' | 'link' | 'tell'
/**
 * So many rolls are linked once before it counts: SQL's operators come compiled, while JavaScript is compiled as it
 * runs. What is found is thrown away.
 */
const warmUp = 10
/** The pairs that were looked at, or the lines that were asked for. */
export type ShareAnswer = number | readonly string[]

const of = initialData<ProvinceData>()
const selector = provinceSelector(of)
const rolls: LinkRecord[][] = []
const found: LinkResult[][] = []

serveTasks<ShareTask, ShareAnswer>(task => {
  const before = selector.looked()
  if (task === 'tell') return rolls.flatMap((rows, roll) => rows.flatMap((row, i) => lineOf(row.id, found[roll]?.[i])))
  if (task === 'warm up') for (const rows of rolls.slice(0, warmUp)) linkRows(rows, selector, of.linker)
  else if (task === 'link') for (const rows of rolls) found.push(linkRows(rows, selector, of.linker))
  else rolls.push(unpackRows(task.rows).map(toLinkRecord))
  return selector.looked() - before
})

/** Of equal probabilities the greater weight is the surer. */
function lineOf(id: string, linked: LinkResult | undefined): string[] {
  if (!linked) return []
  const { outcome, personId, candidates, probability } = linked
  const best = personId ?? candidates[0]?.personId
  if (best === undefined) return []
  const weight = candidates.find(one => one.personId === best)?.weight ?? 0
  // A row of nobody is shown to nobody, whoever it may still be.
  const shown = outcome === 'not-found' ? '' : candidates.map(one => one.personId).join(';')
  const values: readonly CsvValue[] = [id, best, probability + weight * 1e-9, personId ? 'automatic' : 'review', shown]
  return [csvLine(values, { formulas: 'keep' })]
}
