/**
 * What happened to a request, for whoever was given its id. In: a record of each request when it was answered, from
 * every process of a data folder. Decided: what is kept and for how long. Out: the access log, a line a request, and
 * the record of a request by its id, also while no database answers. No address, no personal data, no id of an address.
 * Deeds: none.
 */

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TimesByName } from '../activity.ts'
import { isId } from '../ids.ts'
import type { Log } from '../log.ts'
import type { FaultRecord } from './fault-record.ts'
import { accessLogWait, recordFiles } from './law.ts'
import { filesOf, openRotatingFile, type RotatingFile } from './rotating-file.ts'

/** A request as it was answered. */
export type RequestRecord = {
  readonly at: string
  /** The id that the answer and error pages bear. */
  readonly id: string
  readonly method: string
  /** The pattern of the address, such as `/api/cards/:id`; `none` where there is no such page. */
  readonly route: string
  readonly status: number
  /** Milliseconds from its first byte to the last of its answer. */
  readonly ms: number
  readonly bytes: number
  /** What kind of actor asked; absent of strangers. */
  readonly actor?: string
  readonly purpose?: string
  readonly statements: number
  readonly works: number
  /** Milliseconds in which it waited for a turn at the database. */
  readonly waited?: number
  /** The code of the refusal. */
  readonly code?: string
  readonly fault?: FaultRecord
  /** Whether its answer took longer than `slowRequestMs`. */
  readonly slow?: true
  readonly deeds?: TimesByName
  readonly jobs?: TimesByName
}

export type RequestRecords = {
  note(record: RequestRecord): void
  /** What is kept of a request, of any process of the data folder. */
  find(id: string): Promise<RequestRecord | undefined>
  close(): Promise<void>
}

type Kind = keyof typeof recordFiles

const kinds = Object.keys(recordFiles) as Kind[]

const pathOf = (dataFolder: string, kind: Kind) => join(dataFolder, 'log', `${kind}.jsonl`)

/** Where the record of a request that did not simply succeed is kept. */
function keptAs({ status, fault, slow, code, actor }: RequestRecord): Kind | undefined {
  if (fault || (status >= 500 && !code)) return 'faults'
  if (!code && !slow) return undefined
  if (!actor) return 'strangers'
  return slow ? 'faults' : 'refusals'
}

/** Opens the records of a data folder. `access`: whether each request has a line in the access log too. */
export function openRequestRecords(
  dataFolder: string,
  { access, log }: { readonly access: boolean; readonly log: Pick<Log, 'warn'> },
): RequestRecords {
  const open = (kind: Kind): RotatingFile =>
    openRotatingFile(pathOf(dataFolder, kind), recordFiles[kind], {
      wait: kind === 'access' ? accessLogWait : 0,
      onLost: (lines, error) => log.warn({ lines, file: kind, err: error }, 'records of requests were not written'),
    })
  const files = Object.fromEntries(kinds.map(kind => [kind, open(kind)])) as Record<Kind, RotatingFile>
  return {
    note(record) {
      const kind = keptAs(record)
      if (!kind && !access) return
      const line = JSON.stringify(record)
      if (kind) files[kind].write(line)
      if (access) files.access.write(line)
    },
    async find(id) {
      await Promise.all(kinds.map(kind => files[kind].flush()))
      return findRecord(dataFolder, id)
    },
    async close() {
      await Promise.all(kinds.map(kind => files[kind].flush()))
    },
  }
}

/** The moment at which a UUIDv7 was minted, in milliseconds. */
const mintedAt = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** Milliseconds by which the time of a file may lag behind: a file system has a coarse clock. */
const coarseClock = 2_000

/** Finds the record of a request in the files of a data folder; files that ended before it was asked are not read. */
export async function findRecord(dataFolder: string, id: string): Promise<RequestRecord | undefined> {
  if (!isId(id)) return undefined
  for (const kind of kinds)
    for (const file of await filesOf(pathOf(dataFolder, kind))) {
      const written = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      )
      if (written + coarseClock < mintedAt(id)) continue
      const record = await findInFile(file, id)
      if (record) return record
    }
  return undefined
}

function recordIn(line: string, id: string): RequestRecord | undefined {
  try {
    const record = JSON.parse(line) as RequestRecord
    return record.id === id ? record : undefined
  } catch {
    // A line that was cut off when a disk was full.
    return undefined
  }
}

/** Lines are looked through as bytes: only the one that has the id is read. */
async function findInFile(file: string, id: string): Promise<RequestRecord | undefined> {
  let rest = Buffer.alloc(0)
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1_048_576 })) {
      const bytes = Buffer.concat([rest, piece as Buffer])
      const end = bytes.lastIndexOf(10) + 1
      for (let at = bytes.indexOf(id); at >= 0 && at < end; at = bytes.indexOf(id, at + id.length)) {
        const line = bytes.subarray(bytes.lastIndexOf(10, at) + 1, bytes.indexOf(10, at)).toString('utf8')
        const record = recordIn(line, id)
        if (record) return record
      }
      rest = bytes.subarray(end)
    }
  } catch (error) {
    // Another process has just put it aside.
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
  return undefined
}
