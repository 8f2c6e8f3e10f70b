import {
  columnFromShared,
  encodeColumns,
  fillRows,
  halvesOf,
  type LinkTables,
  RawSide,
  type SharedColumn,
  sizesOf,
  toSharedColumn,
} from '../../linkage/file-columns/link-table.ts'
import { SecondThreadWork } from '../../linkage/second-thread.ts'
import { serveTasks } from '../../platform/jobs/worker-pool.ts'
import { readRows } from './files.ts'
import type { ColumnsElsewhere, FilesToRead, ThreadTask } from './tables.ts'

/** Reads its share of the columns, takes in those of the first thread, then does its share of the comparing. */

/** Whoever started this thread ends it, and tells how far the reading is. */
const untold = { stopped: new AbortController().signal, progress: () => undefined }

let read: (ColumnsElsewhere & { readonly files: FilesToRead }) | undefined
let work: SecondThreadWork | undefined

async function readColumnsOf(
  path: string,
  which: 'left' | 'right',
  { settings, fields }: FilesToRead,
  beside?: RawSide,
) {
  const side = new RawSide(
    fields.flatMap(at => settings.fields[at] ?? []),
    beside,
  )
  await readRows(path, which, { settings, fields }, untold, (rows, places) => {
    side.addFields(rows, places)
    return undefined
  })
  return side
}

async function readColumns(files: FilesToRead): Promise<ColumnsElsewhere> {
  const left = await readColumnsOf(files.left, 'left', files)
  const right = files.right === undefined ? undefined : await readColumnsOf(files.right, 'right', files, left)
  const own = files.fields.flatMap(at => files.settings.fields[at] ?? [])
  const columns = encodeColumns(own, left, right).map(toSharedColumn)
  const sizes = sizesOf(left, right)
  read = { files, sizes, columns }
  return { sizes, columns }
}

/** All columns in the order of the fields. */
function beginWork(others: readonly SharedColumn[], rows: Pick<LinkTables, 'left' | 'right'>): void {
  if (!read) throw new Error('the columns come before the work')
  const { files, sizes } = read
  const [mine, theirs] = [read.columns.values(), others.values()]
  const columns = files.settings.fields.flatMap((field, at) => {
    const shared = (files.fields.includes(at) ? mine : theirs).next().value
    return shared ? [columnFromShared(field, shared)] : []
  })
  if (!sizes.isOneFile) fillRows(rows.right, columns, 'right', halvesOf(sizes.rightRows)[1])
  work = new SecondThreadWork({ ...sizes, columns, ...rows })
}

serveTasks<ThreadTask, unknown>(task => {
  if (task.what === 'read') return readColumns(task.files)
  if (task.what === 'columns') return beginWork(task.columns, task.rows)
  if (!work) throw new Error('the columns come before the work')
  if (task.what === 'index') return work.indexRules(task.rules, task.mostPairsPerRule)
  if (task.what === 'patterns') return work.randomPatterns(task.pairs)
  if (task.what === 'shared-values') return work.sharedValues()
  return work.scan(task.blocks, task.model, task.rows)
})
