import { createHash } from 'node:crypto'
import type { Id } from '../platform/ids.ts'
import { macOf } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'
import { chainOf, chains } from './deed.ts'

/** A reading as it stands in the database: who read whose data, when and why. */
export type AccessRow = {
  readonly person_id: Id<'person'>
  readonly id: string
  /** The work that read; of a reading without a place, the batch of the former way. */
  readonly batch_id: string
  readonly place: number | null
  readonly at: Date
  readonly by_kind: string
  readonly by_id: string
  readonly unit_id: Id<'unit'> | null
  readonly purpose: string
  readonly fields: string
  readonly request_id: string | null
  readonly case_kind: string | null
  readonly case_id: string | null
}

/** What one work read, as it stands in its chain. */
export type ReadingEntry = {
  readonly chain: number
  readonly seq: number
  readonly workId: string
  readonly at: Date
  readonly count: number
  readonly digest: Buffer
  readonly mac: Buffer
  readonly seal: Buffer
}

/** Entries have sixteen chains of their own, behind those of deeds. */
export const firstEntryChain = chains
export const entryChainOf = (workId: string) => firstEntryChain + chainOf(workId)

/** The canonical form of a reading. */
export const readingText = (row: AccessRow) =>
  JSON.stringify([
    row.id,
    row.person_id,
    row.at.toISOString(),
    row.by_kind,
    row.by_id,
    row.unit_id,
    row.purpose,
    row.fields,
    row.request_id,
    // What was sealed before cases were noted stays as it was sealed.
    ...(row.case_id === null ? [] : [row.case_kind, row.case_id]),
  ])

/** Adds rows to what the work will seal, before anything is sent: places follow the order in which rows were noted. */
export function addToEntry({ readings }: Work, rows: readonly AccessRow[]): void {
  readings.hash ??= createHash('sha256')
  for (const row of rows) readings.hash.update(`${readingText(row)}\n`)
  readings.count += rows.length
}

/** SHA-256 over the canonical forms, a line each, in the order of places. 32 bytes. */
export function digestOf(rows: readonly AccessRow[]): Buffer {
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${readingText(row)}\n`)
  return hash.digest()
}

type Sealed = Pick<ReadingEntry, 'workId' | 'at' | 'count' | 'digest'>

/** Who owns the database cannot make it: its key lies in the data folder. */
export const macOfEntry = ({ workId, at, count, digest }: Sealed) =>
  macOf('reading', [workId, at.getTime(), count, digest.toString('hex')].join('|'))

/** The seal of an entry, as audit.seal_readings makes it in the database. 32 bytes. */
export const sealOfEntry = (previous: Buffer, { chain, seq, workId, at, count, digest, mac }: ReadingEntry) =>
  createHash('sha256')
    .update(previous)
    .update([chain, seq, workId, at.getTime(), count, digest.toString('hex'), mac.toString('hex')].join('|'))
    .digest()

/** Names the key of `macOfEntry` without telling it: another data folder has another one. */
export const readingKeyName = () => macOf('reading', 'name').toString('hex').slice(0, 32)
