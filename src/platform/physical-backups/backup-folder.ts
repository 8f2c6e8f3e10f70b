import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCodeOf } from '../archive/age-file.ts'
import { aheadSeconds } from '../jobs/law.ts'
import { physicalBackupProblem } from './problems.ts'

/**
 * How physical backups lie in their folder:
 *
 *     archives/<archive>/base/<finished>-<first segment>.base     base backups, by the end of each
 *     archives/<archive>/wal/<16 digits>/<segment>-<sha256>.wal   segments of the write-ahead log
 *
 * An archive is of one database in one data folder: after a restore a new one begins, so that two histories never mix.
 * Names alone tell what is there; what is in a file is believed only after its signature was checked.
 */

const archivesIn = (folder: string) => join(folder, 'archives')
export const archiveIn = (folder: string, archive: string) => join(archivesIn(folder), archive)
export const basesIn = (folder: string, archive: string) => join(archiveIn(folder, archive), 'base')
export const walIn = (folder: string, archive: string) => join(archiveIn(folder, archive), 'wal')

export type BaseFile = {
  readonly archive: string
  readonly path: string
  /** When it was finished: moments before it cannot be restored by it. */
  readonly finishedAt: Date
  /** The first segment that it needs. */
  readonly firstSegment: string
  readonly bytes: number
}

export type SegmentFile = { readonly name: string; readonly sha256: string; readonly path: string }

const baseName = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9A-F]{24})\.base$/
const segmentName = /^([0-9A-F]{24}|[0-9A-F]{8}\.history)-([0-9a-f]{64})\.wal$/

export const nameOfBase = (finishedAt: Date, firstSegment: string) =>
  `${finishedAt.toISOString().replaceAll(/[-:.]/g, '')}-${firstSegment}.base`

/** Which folder of an archive's segments has this one: 256 of them at most lie together. */
const groupOf = (name: string) => (name.length === 24 ? name.slice(0, 16) : 'history')

export const pathOfSegment = (wal: string, { name, sha256 }: Pick<SegmentFile, 'name' | 'sha256'>) =>
  join(wal, groupOf(name), `${name}-${sha256}.wal`)

const fileNamesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return []
    throw error
  })

function parseBase(folder: string, archive: string, name: string): Omit<BaseFile, 'bytes'> | undefined {
  const [, year, month, day, hour, minute, second, ms, firstSegment] = baseName.exec(name) ?? []
  if (!firstSegment) return undefined
  const finishedAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
  return { archive, path: join(basesIn(folder, archive), name), finishedAt, firstSegment }
}

export const archivesOf = async (folder: string): Promise<string[]> =>
  (await fileNamesIn(archivesIn(folder))).filter(name => !name.startsWith('.')).sort()

/** All base backups of a folder, the oldest first. */
export async function listBases(folder: string): Promise<BaseFile[]> {
  const found: BaseFile[] = []
  for (const archive of await archivesOf(folder))
    for (const name of await fileNamesIn(basesIn(folder, archive))) {
      const base = parseBase(folder, archive, name)
      if (base) found.push({ ...base, bytes: (await stat(base.path)).size })
    }
  return found.sort((a, b) => a.finishedAt.getTime() - b.finishedAt.getTime())
}

const segmentsInGroup = async (wal: string, group: string): Promise<SegmentFile[]> =>
  (await fileNamesIn(join(wal, group))).flatMap(file => {
    const [, name, sha256] = segmentName.exec(file) ?? []
    return name && sha256 ? [{ name, sha256, path: join(wal, group, file) }] : []
  })

/** Whether a base backup bears a moment after `at`: it was made while a clock was ahead, and its age says nothing. */
export const isDatedAhead = ({ finishedAt }: Pick<BaseFile, 'finishedAt'>, at: Date) =>
  finishedAt.getTime() > at.getTime() + aheadSeconds * 1000

/** The segments of an archive in their order, without files of history. */
export async function listSegments(wal: string): Promise<SegmentFile[]> {
  const groups = (await fileNamesIn(wal)).filter(name => /^[0-9A-F]{16}$/.test(name)).sort()
  const found: SegmentFile[] = []
  for (const group of groups) found.push(...(await segmentsInGroup(wal, group)))
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The archived file of a segment, or of a history, by its name. */
export const findSegment = async (wal: string, name: string): Promise<SegmentFile | undefined> =>
  (await segmentsInGroup(wal, groupOf(name))).find(segment => segment.name === name)

/** The segment behind another on the same timeline. A segment has 16 MiB: 256 of them share a log's number. */
export function segmentAfter(name: string): string {
  const place = (BigInt(`0x${name.slice(8, 16)}`) << 8n) + BigInt(`0x${name.slice(16)}`) + 1n
  const hex = (value: bigint) => value.toString(16).toUpperCase().padStart(8, '0')
  return `${name.slice(0, 8)}${hex(place >> 8n)}${hex(place & 0xffn)}`
}

/** Removes segments before `first`, which no base needs any more. Gives how many. */
export async function removeSegmentsBefore(wal: string, first: string): Promise<number> {
  let removed = 0
  for (const { name, path } of await listSegments(wal))
    if (name < first) {
      await rm(path)
      removed += 1
    }
  return removed
}

/**
 * Makes a folder whose entry outlives a power cut. Root's can be passed through by the lesser user whom root lends to
 * PostgreSQL, and not read.
 */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const parent = await open(dirname(path))
  await parent.sync().finally(() => parent.close())
}

/** Refuses a folder that has no backup at all. Throws physical-backup-not-there. */
export async function getBases(folder: string): Promise<BaseFile[]> {
  const bases = await listBases(folder)
  if (bases.length === 0) throw physicalBackupProblem('physical-backup-not-there', { folder })
  return bases
}
