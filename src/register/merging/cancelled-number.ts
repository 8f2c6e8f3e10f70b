import type { Work } from '../../platform/work.ts'
import { registerProblem } from '../problems.ts'
import type { MergedRecords, MergeId } from './merge.ts'
import * as store from './store.ts'

/** What the national centre is told of the number that a merge ends, and that parting puts in force again. */

type NumberNotice = Readonly<Record<string, unknown>>

/** Before the rows move; nothing where one record alone has a number. Throws merge-unknown. */
export async function cancellationByMerge(
  work: Work,
  { merge, survivor, merged, numberOf }: MergedRecords,
): Promise<NumberNotice | undefined> {
  const held = await store.numbersInForce(work, [survivor, merged])
  const number = held.get(numberOf === survivor ? merged : survivor)
  const inForce = held.get(numberOf)
  if (!number || !inForce) return undefined
  return { number, inForce, cause: 'merged', ...(await groundsOf(work, merge)) }
}

/** After the rows went back. Throws merge-unknown. */
export async function reinstatementByUndo(work: Work, id: MergeId): Promise<NumberNotice | undefined> {
  const merge = await store.findMerge(work, id)
  if (!merge) throw registerProblem('merge-unknown')
  const held = [...(await store.numbersInForce(work, [merge.personId, merge.otherId])).values()]
  const number = held.find(one => one !== merge.keptNumber)
  if (!number || held.length < 2) return undefined
  return { number, inForce: merge.keptNumber, cause: 'parted', reason: merge.undoneFor, papers: merge.papers }
}

async function groundsOf(work: Work, id: MergeId): Promise<NumberNotice> {
  const merge = await store.findMerge(work, id)
  if (!merge) throw registerProblem('merge-unknown')
  return { reason: merge.reason, papers: merge.papers }
}
