/**
 * Months of readings outside the database. In: a sealed month whose readings the law keeps no longer in the database.
 * Decided: whether a file has the readings that the entries of its month seal, no more and no fewer. Out: lines of
 * text, the last one signed by the installation; findings. Deed: none, the deed `readings.dropped` names the file.
 */

import { createHash, type Hash } from 'node:crypto'
import type { Work } from '../../platform/work.ts'
import type { PinnedKeys } from '../chain-heads.ts'
import { type Signed, signFacts } from '../chain-heads.ts'
import { type AccessRow, digestOf, firstEntryChain, type ReadingEntry } from '../entry.ts'
import type { AuditFinding } from '../finding.ts'
import { readingsAtOnce } from '../law.ts'
import { allChains, cutOf, isBy, type Month, type MonthSeal, monthBefore } from '../month.ts'
import { auditProblem } from '../problems.ts'
import { type Signer, sealedMonth } from '../seal-month.ts'
import { monthSeals } from '../store-month.ts'
import { entriesAfter, readingsOf } from '../store-reading.ts'

const format = 'dinhdanh-readings-1'

/** What the first line of an archive says, and the last one: what stands between them, signed. */
type Head = { readonly format: string; readonly month: Month; readonly house: string; readonly root: string }
type Seal = Signed<Head & { readonly entries: number; readonly readings: number; readonly sha256: string }>

/** A reading as it stands in a line, in the order of its columns. */
const columns = [
  ...['person_id', 'id', 'batch_id', 'place', 'at', 'by_kind', 'by_id', 'unit_id', 'purpose', 'fields', 'request_id'],
  ...['case_kind', 'case_id'],
] as const

const lineOf = (row: AccessRow) => JSON.stringify(columns.map(column => row[column as keyof AccessRow]))

const archivedRowOf = (line: string): AccessRow => {
  const values = JSON.parse(line) as unknown[]
  const row = Object.fromEntries(columns.map((column, nth) => [column, values[nth] ?? null]))
  return { ...row, at: new Date(String(row['at'])) } as unknown as AccessRow
}

const entriesAtOnce = 2000

/** The entries of a month, in the order of chains and places; a group has so many readings as are held at once. */
async function* entriesOf(
  { tx }: Work,
  before: MonthSeal | undefined,
  month: MonthSeal,
): AsyncGenerator<ReadingEntry[]> {
  for (const chain of allChains.slice(firstEntryChain)) {
    const until = cutOf(month, chain).seq
    for (let at = cutOf(before, chain).seq; at < until; ) {
      const found = (await entriesAfter(tx, chain, at, entriesAtOnce)).filter(({ seq }) => seq <= until)
      const group: ReadingEntry[] = []
      let readings = 0
      for (const entry of found) {
        if (group.length > 0 && readings + entry.count > readingsAtOnce) break
        group.push(entry)
        readings += entry.count
      }
      const last = group.at(-1)
      // What is missing in the chain is a finding of the chain itself.
      if (!last) break
      yield group
      at = last.seq
    }
  }
}

/** What an archive came to, once it was written. */
export type ArchiveWritten = { readonly sha256: string; readonly readings: number }

/**
 * The lines of an archive: each reading of a month in the order of its entries, and a signed seal over all of them.
 * `written` is told what it came to. Refuses a month without a root, one that the law still keeps, and one with
 * batches of the former way, which no entry seals.
 */
export async function* archiveOf(
  work: Work,
  asked: string,
  { house, key }: Signer,
  written: (archive: ArchiveWritten) => void,
): AsyncGenerator<Uint8Array> {
  const { month, sealed, before } = await sealedMonth(work, asked)
  const head: Head = { format, month, house, root: sealed.entries.root }
  const hash = createHash('sha256')
  const text = (lines: readonly string[]) => {
    const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''))
    hash.update(bytes)
    return bytes
  }
  yield text([JSON.stringify(head)])
  let [entries, readings] = [0, 0]
  for await (const group of entriesOf(work, before, sealed)) {
    const rows = Map.groupBy(await readingsOf(work.tx, group), row => row.batch_id)
    for (const { workId, digest, count } of group) {
      const read = rows.get(workId) ?? []
      if (read.length !== count || !digestOf(read).equals(digest)) throw auditProblem('audit-broken', { work: workId })
      readings += read.length
    }
    entries += group.length
    yield text(group.flatMap(({ workId }) => (rows.get(workId) ?? []).map(lineOf)))
  }
  const sha256 = hash.digest('hex')
  yield Buffer.from(`${JSON.stringify(signFacts({ ...head, entries, readings, sha256 }, key))}\n`)
  written({ sha256, readings })
}

/** The lines of a text that comes in pieces; whatever stands behind the last end of a line is a line too. */
async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of content) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** Takes lines one by one, and knows the hash of all that were taken. */
function takerOf(content: AsyncIterable<Uint8Array>) {
  const lines = linesOf(content)
  const hash: Hash = createHash('sha256')
  return {
    async take(): Promise<string | undefined> {
      const { done, value } = await lines.next()
      if (done) return undefined
      return value
    },
    count: (line: string) => hash.update(`${line}\n`),
    sha256: () => hash.copy().digest('hex'),
    close: () => lines.return(undefined),
  }
}

function parsed<T>(line: string | undefined): Partial<T> {
  try {
    const value: unknown = JSON.parse(line ?? 'null')
    return typeof value === 'object' && value !== null ? (value as Partial<T>) : {}
  } catch {
    return {}
  }
}

export type ArchiveReport = {
  readonly month: string
  readonly readings: number
  readonly findings: readonly AuditFinding[]
}

/**
 * Whether an archive has the readings that the entries of its month seal, in the database at hand: its entries and
 * their root are verified there. Throws archive-of-no-month where no such month is sealed here.
 */
export async function verifyArchive(
  work: Work,
  content: AsyncIterable<Uint8Array>,
  pinned: PinnedKeys,
): Promise<ArchiveReport> {
  const from = takerOf(content)
  try {
    const first = (await from.take()) ?? ''
    const head = parsed<Head>(first)
    const sealed = head.month && (await monthSeals(work.tx, head.month))[0]?.facts
    if (head.format !== format || !sealed) throw auditProblem('archive-of-no-month', { month: head.month ?? '' })
    from.count(first)
    const before = (await monthSeals(work.tx, monthBefore(sealed.month)))[0]?.facts
    const findings: AuditFinding[] = []
    let [readings, entries] = [0, 0]
    for await (const group of entriesOf(work, before, sealed))
      for (const { chain, seq, workId, count, digest } of group) {
        const rows: AccessRow[] = []
        for (let nth = 0; nth < count; nth += 1) {
          const line = await from.take()
          if (line === undefined) break
          from.count(line)
          rows.push(rowFound(line))
        }
        if (rows.length !== count || !digestOf(rows).equals(digest))
          return { month: sealed.month, readings, findings: [{ kind: 'archive-changed', chain, seq, id: workId }] }
        readings += rows.length
        entries += 1
      }
    const seal = parsed<Seal>(await from.take())
    const isSealed =
      isBy(seal as Seal, pinned) &&
      seal.month === sealed.month &&
      seal.root === sealed.entries.root &&
      seal.readings === readings &&
      seal.entries === entries &&
      seal.sha256 === from.sha256() &&
      (await from.take()) === undefined
    if (!isSealed) findings.push({ kind: 'archive-unsigned', id: sealed.month })
    return { month: sealed.month, readings, findings }
  } finally {
    await from.close()
  }
}

/** A line that is no reading counts as one that differs. */
function rowFound(line: string): AccessRow {
  try {
    return archivedRowOf(line)
  } catch {
    return archivedRowOf('[null,null,null,null,0]')
  }
}
