/**
 * Link records: what linkage reads of persons. In: the keys of records (`candidate.ts`), a mark of the last reading
 * (`link-change.ts`), or nothing, for every person (here). Decided: nothing; linkage compares and decides. Out: persons
 * as linkage sees them, how often names, years and places occur, who changed since the mark. No deeds.
 */

import { finished } from 'node:stream/promises'
import { copyOut } from '../../platform/postgres/bulk.ts'
import type { Work } from '../../platform/work.ts'
import { currentMark } from './link-change.ts'
import type { LinkDictionaries, LinkRow, LinkStreamOptions, LinkStreamResult } from './link-record.ts'
import { linkRowReader } from './link-row.ts'
import { copyStatement } from './store-link-record.ts'

/** Rows between two calls of `onProgress`. */
const rowsPerProgress = 20_000

/**
 * Gives the link record of every person, at one moment, to `take`: 1.3 million in some seconds (bench/RESULTS.md). The
 * row is the same object each time; `dictionaries` say what its codes stand for. The work must see the whole house,
 * since "the only one" means nothing in a part of it. The work's connection is busy until the stream ends.
 */
export async function streamLinkRecords(
  work: Work,
  take: (row: LinkRow, dictionaries: LinkDictionaries) => void,
  { bornFrom, bornTo, onProgress = () => {}, signal }: LinkStreamOptions = {},
): Promise<LinkStreamResult> {
  if (work.scope !== 'house') throw new Error('the link records of a part of the house say nothing of the whole')
  signal?.throwIfAborted()
  const mark = await currentMark(work)
  const reader = linkRowReader(take)
  const pieces = copyOut(work.tx, copyStatement({ bornFrom, bornTo }))

  let [rows, told] = [0, 0]
  try {
    for await (const piece of pieces.iterator({ destroyOnReturn: false })) {
      rows += reader.read(piece as Buffer)
      signal?.throwIfAborted()
      if (rows < told + rowsPerProgress) continue
      told = rows
      onProgress(rows)
    }
  } catch (error) {
    // What the server still sends is let go by, so that the connection can roll the work back.
    if (!pieces.errored) await finished(pieces.resume()).catch(() => undefined)
    throw error
  }
  onProgress(rows)
  const { names, units, households } = reader
  return { rows, mark, names, units, households }
}
