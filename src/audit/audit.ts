import type { KeyObject } from 'node:crypto'
import { firstIdAt, type Id, newId } from '../platform/ids.ts'
import type { Deed, Work } from '../platform/work.ts'
import { type SignedHeads, signHeads } from './chain-heads.ts'
import { longestWork, readingBatch } from './law.ts'
import { merkleRoot } from './merkle.ts'
import * as store from './store.ts'
import { insertReadings } from './store-reading.ts'
import { type AuditReport, verifyChains } from './verify.ts'

export { seal } from './seal.ts'
export type { SealedRow } from './store.ts'

/** A function that runs in the same work as the deed it follows. */
export type Consequence = (work: Work, deed: Deed) => Promise<void>
export type Consequences = Readonly<Record<string, readonly Consequence[]>>

let consequences: Consequences = {}

/**
 * Sets the table of consequences by deed name. The composition root calls it, so that lower floors never learn who
 * listens.
 */
export function setConsequences(table: Consequences): void {
  consequences = table
}

/** Records a deed. It is sealed with the work's other deeds before commit, and its consequences run at once. */
export async function record(
  work: Work,
  name: string,
  subject: Deed['subject'],
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const deed: Deed = { id: newId<'deed'>(work.now), deed: name, subject, facts }
  work.deeds.push(deed)
  for (const follow of consequences[name] ?? []) await follow(work, deed)
}

/** How far back is looked while the clock stands behind what was sealed. */
const aDay = 24 * 60 * 60_000
let batch = { id: newId<'batch'>(), since: 0, count: 0 }

function batchAt(moment: Date, count = 1) {
  const at = moment.getTime()
  const isOver =
    at - batch.since >= readingBatch.milliseconds || at < batch.since || batch.count + count > readingBatch.most
  if (isOver) batch = { id: newId<'batch'>(moment), since: at, count: 0 }
  batch.count += count
  return batch.id
}

/**
 * Records that the actor read these people's data, and for which case, in the same work: no read is without a trace.
 */
export async function noteReading(
  work: Work,
  personIds: readonly Id<'person'>[],
  fields: readonly string[],
  about?: { readonly kind: string; readonly id: string },
): Promise<void> {
  if (personIds.length === 0) return
  const batchId = batchAt(work.now)
  await store.insertAccess(
    work,
    [...new Set(personIds)].map(personId => ({
      person_id: personId,
      id: newId<'access'>(work.now),
      batch_id: batchId,
      at: work.now,
      by_kind: work.by.kind,
      by_id: work.by.id,
      unit_id: work.unitId ?? null,
      purpose: work.purpose,
      fields: fields.join(','),
      request_id: work.requestId ?? null,
      case_kind: about?.kind ?? null,
      case_id: about?.id ?? null,
    })),
  )
}

/**
 * One reading of many in a work: whose, which groups of fields, and for which request, where it is another than the
 * work's own.
 */
export type PersonReading = {
  readonly personId: Id<'person'>
  readonly fields: readonly string[]
  readonly requestId?: string
}

/**
 * Notes readings one by one, the same person's too where they were read for two requests: thousands in one statement.
 */
export async function noteReadings(work: Work, readings: readonly PersonReading[]): Promise<void> {
  if (readings.length === 0) return
  await insertReadings(work, batchAt(work.now, readings.length), readings)
}

const accessLeaf = (row: store.AccessRow) =>
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

/** Seals the batches of readings that are over: one deed a batch, with the Merkle root of its rows. */
export async function sealReadings(work: Work): Promise<number> {
  const closedBefore = new Date(work.now.getTime() - longestWork - readingBatch.milliseconds)
  const batches = await store.takeBatchesToSeal(
    work.tx,
    firstIdAt(closedBefore),
    firstIdAt(new Date(closedBefore.getTime() - aDay)),
  )
  for (const id of batches) {
    const rows = await store.accessOfBatch(work.tx, id)
    await record(
      work,
      'access.sealed',
      { kind: 'access-batch', id },
      { count: rows.length, root: merkleRoot(rows.map(accessLeaf)).toString('hex') },
    )
  }
  return batches.length
}

/** The deeds done to a subject, latest first. */
export const deedsOf = store.deedsOfSubject

/** The latest deed done to a subject, with its actor and facts. */
export async function lastDeedOn(work: Work, subjectId: string) {
  const [last] = await store.deedsOfSubject(work, subjectId)
  return last && { deed: last.deed, by: { kind: last.byKind, id: last.byId }, at: last.at, facts: last.facts }
}

/** The accesses to a person's data since an instant, latest first. */
export const readersOf = store.accessOfPerson

/** The same a page at a time, and how often. */
export const readingsOf = store.accessPage
export const countReadings = store.countAccess
export type { AccessCount, AccessRow as Reading } from './store.ts'

/** Which of some officers did anything on a day; see the store. */
export const officersAtWork = store.officersAtWork

/** Checks all chains and readings; `lines` are the heads that were kept outside the database. */
export const verifyAudit = (work: Work, lines: readonly SignedHeads[] = []): Promise<AuditReport> =>
  verifyChains(work, lines, accessLeaf)

/** The heads as they stand, signed by the house, to be kept outside the database. */
export async function signedHeads(work: Work, house: string, key: KeyObject): Promise<SignedHeads> {
  return signHeads(house, work.now, await store.chainHeads(work.tx), key)
}
