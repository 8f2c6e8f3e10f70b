import type { KeyObject } from 'node:crypto'
import { type Id, newId } from '../platform/ids.ts'
import { aheadSeconds } from '../platform/jobs/law.ts'
import type { Work } from '../platform/work.ts'
import { fileHash, keyFingerprint, type SignedHeads, signHeads } from './chain-heads.ts'
import { type AccessRow, addToEntry } from './entry.ts'
import { appendHeads, endOfHeads, partForLine, writeKeyFile } from './heads-file.ts'
import { longestSilence } from './law.ts'
import type { OwnSeals } from './seal.ts'
import * as store from './store.ts'
import { insertAccess, insertReadings } from './store-reading.ts'

export { type ArchiveReport, type ArchiveWritten, archiveOf, verifyArchive } from './archives/archives.ts'
export { type AccessRow as Reading, readingKeyName } from './entry.ts'
export { sealFormerBatches } from './former-batches.ts'
export { type Consequence, type Consequences, record, setConsequences } from './record.ts'
export type { Again, JournalLine } from './revocation-journal.ts'
export { type OwnSeals, seal } from './seal.ts'
export { dropReadings, type Signer, sealedMonth as assertMayDrop, sealMonths } from './seal-month.ts'
export type { SealedRow } from './store.ts'
export { knownDeeds } from './store-journal.ts'
export { type AuditReport, verifyAudit } from './verify.ts'
export { findWrongTimes } from './verify-chain.ts'

/** A reading as a row, in the place that it will have among the work's. */
const rowOf = (
  work: Work,
  nth: number,
  personId: Id<'person'>,
  fields: readonly string[],
  { requestId, about }: { requestId?: string | undefined; about?: { kind: string; id: string } | undefined } = {},
): AccessRow => ({
  person_id: personId,
  id: newId<'access'>(work.now),
  batch_id: work.id,
  place: work.readings.count + nth + 1,
  at: work.now,
  by_kind: work.by.kind,
  by_id: work.by.id,
  unit_id: work.unitId ?? null,
  purpose: work.purpose,
  fields: fields.join(','),
  request_id: requestId ?? work.requestId ?? null,
  case_kind: about?.kind ?? null,
  case_id: about?.id ?? null,
})

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
  const rows = [...new Set(personIds)].map((personId, nth) => rowOf(work, nth, personId, fields, { about }))
  addToEntry(work, rows)
  await insertAccess(work, rows)
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
  const rows = readings.map(({ personId, fields, requestId }, nth) => rowOf(work, nth, personId, fields, { requestId }))
  addToEntry(work, rows)
  await insertReadings(work, rows)
}

/** The deeds done to a subject, latest first. */
export const deedsOf = store.deedsOfSubject

/** The deeds of one name that were done to a subject, the earliest first. */
export const deedsOfName = ({ tx }: Work, subjectId: string, name: string) => store.deedsNamed(tx, name, subjectId)

/**
 * The last of them, with its facts. One that is dated ahead was done while a clock was wrong and says no age: it counts
 * for none, or a backup of that day would pass for the last one until then.
 */
export const lastDeedOfName = ({ tx, now }: Work, subjectId: string, name: string) =>
  store.lastDeedNamed(tx, name, { subjectId, until: new Date(now.getTime() + aheadSeconds * 1000) })

/** When the signed heads of the chains were kept last. */
export const keptHeadsAt = async ({ tx }: Work): Promise<Date | undefined> =>
  (await store.keptHeads(tx)).at ?? undefined

/** The latest deed done to a subject, with its actor and facts. */
export async function lastDeedOn(work: Work, subjectId: string) {
  const [last] = await store.deedsOfSubject(work, subjectId)
  return last && { deed: last.deed, by: { kind: last.byKind, id: last.byId }, at: last.at, facts: last.facts }
}

/** The last deed that was done to each of some things. */
export const latestDeeds = store.latestDeeds

/** The accesses to a person's data since an instant, latest first. */
export const readersOf = store.accessOfPerson

/** How many of some people an actor read since an instant, as far as the scope sees the readings. */
export const countReadBy = store.countReadBy

/** Of some cases about a person, those that the actor has read. */
export const casesReadBy = store.casesReadBy

/** The same a page at a time, and how often. */
export const readingsOf = store.accessPage
export const countReadings = store.countAccess
export type { AccessCount } from './store.ts'

/** Which of some officers did anything on a day; see the store. */
export const officersAtWork = store.officersAtWork

/** The heads as they stand; of a chain that the database has lost the end of, as this process sealed it. */
async function headsToSign(work: Work, own: OwnSeals): Promise<store.Head[]> {
  const heads = await store.chainHeads(work.tx)
  return heads.map(head => {
    const ours = own.get(head.chain)
    return ours && ours.seq > head.seq ? ours : head
  })
}

const areSame = (line: SignedHeads, heads: readonly store.Head[]) =>
  line.heads.length === heads.length &&
  heads.every(({ chain, seq, seal }) =>
    line.heads.some(one => one.chain === chain && one.seq === seq && one.seal === seal.toString('hex')),
  )

/**
 * Signs the heads as they stand and adds them to the file outside the database, and notes in the database which line
 * that was. Where the file lacks lines that were written, it goes on behind them, and the gap stays to be seen. No line
 * where nothing moved within the day.
 */
export async function keepHeads(
  work: Work,
  { folder, house, key, own }: { folder: string; house: string; key: KeyObject; own: OwnSeals },
): Promise<SignedHeads> {
  const known = await store.holdKeptHeads(work.tx)
  const end = await endOfHeads(folder)
  const isWhole = end.line > known.line + 1 || (end.line === known.line + 1 && end.previous.equals(known.hash))
  const heads = await headsToSign(work, own)
  const isFresh = known.at !== null && work.now.getTime() - known.at.getTime() < longestSilence
  if (isWhole && isFresh && end.last && areSame(end.last, heads)) return end.last
  const next = isWhole ? end : { line: known.line + 1, previous: known.hash }
  const signed = signHeads(house, work.now, heads, key, next)
  const file = partForLine(folder, signed, end)
  await appendHeads(file, signed)
  await writeKeyFile(file, keyFingerprint(key))
  await store.setKeptHeads(work.tx, { line: next.line, hash: fileHash(next.previous, signed), at: work.now })
  return signed
}

/** The last line of the file of heads that was written, as the database knows it. */
export const lastKeptHeads = (work: Work) => store.keptHeads(work.tx)
