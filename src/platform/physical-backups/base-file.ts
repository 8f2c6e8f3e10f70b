import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { readAgeFile, writeAgeFile } from '../archive/age-file.ts'
import { keyOfSigner } from '../archive/archive.ts'
import { backupProblem } from '../archive/problems.ts'
import { type Part, partSigner, readParts } from '../archive/signed-parts.ts'
import type { ClusterFile } from './cluster-files.ts'

/**
 * A base backup as one file: a header, the files of the cluster in pieces, an end that tells what must have come. The
 * pieces are packed into parts of a mebibyte, compressed, signed one by one as those of an archive of all tables, and
 * encrypted to the same recipients.
 */

const compress = promisify(zstdCompress)
const expand = promisify(zstdDecompress)

/** What is packed into one part before it is compressed, and what of a file is read at a time. */
const [partBytes, readBytes] = [1 << 20, 256 << 10]
/** A part ends behind the piece that fills it. */
const mostPartBytes = partBytes + readBytes + 64

export type BaseHeader = {
  readonly format: 'dinhdanh-base-1'
  readonly id: string
  readonly release: string
  readonly migrations: readonly { readonly number: number; readonly checksum: string }[]
  readonly startedAt: string
  /** The signer's public key, SPKI DER in base64. */
  readonly key: string
  readonly archive: string
  readonly systemIdentifier: string
  readonly timeline: number
  /** As `server_version_num` tells it, such as 180004. */
  readonly postgres: number
  readonly firstSegment: string
  /** What the caller wants to be kept with it: the installation's record, the signed heads. */
  readonly beside: Readonly<Record<string, unknown>>
}

export type BaseEnd = {
  readonly stopLsn: string
  readonly lastSegment: string
  /** `backup_label`, by which the server knows where to begin. */
  readonly label: string
  readonly stoppedAt: string
  readonly files: number
  readonly bytes: number
}

type Kind = 'folder' | 'file' | 'piece' | 'file-end'
const kinds: readonly Kind[] = ['folder', 'file', 'piece', 'file-end']

function baseFrame(kind: Kind, content: Buffer): Buffer {
  const front = Buffer.alloc(5)
  front.writeUInt8(kinds.indexOf(kind))
  front.writeUInt32BE(content.length, 1)
  return Buffer.concat([front, content])
}

const entryFrame = (kind: Kind, value: unknown) => baseFrame(kind, Buffer.from(JSON.stringify(value)))

/** How much came in: each file is told with its size and hash behind its pieces. */
type Tally = { files: number; bytes: number }

/** The pieces of one file, up to the size that it has now: what the server appends meanwhile is in the log. */
async function* piecesOf(root: string, { path }: ClusterFile, tally: Tally): AsyncGenerator<Buffer> {
  const handle = await open(join(root, path)).catch((error: { code?: string }) => {
    // What the server has removed meanwhile, it removes again from the log.
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!handle) return
  try {
    yield entryFrame('file', { path })
    const digest = createHash('sha256')
    let left = (await handle.stat()).size
    let bytes = 0
    while (left > 0) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(Math.min(left, readBytes)), 0)
      if (bytesRead === 0) break
      const piece = buffer.subarray(0, bytesRead)
      digest.update(piece)
      yield baseFrame('piece', piece)
      left -= bytesRead
      bytes += bytesRead
    }
    tally.files += 1
    tally.bytes += bytes
    yield entryFrame('file-end', { bytes, sha256: digest.digest('hex') })
  } finally {
    await handle.close()
  }
}

/** Packs frames into parts. */
async function* packed(frames: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  let [held, bytes] = [[] as Buffer[], 0]
  for await (const frame of frames) {
    held.push(frame)
    bytes += frame.length
    if (bytes < partBytes) continue
    yield { kind: 'rows', content: await compress(Buffer.concat(held)) }
    ;[held, bytes] = [[], 0]
  }
  if (bytes > 0) yield { kind: 'rows', content: await compress(Buffer.concat(held)) }
}

export type BaseToWrite = {
  readonly root: string
  readonly header: Omit<BaseHeader, 'format' | 'key'>
  readonly entries: AsyncIterable<ClusterFile>
  readonly recipients: readonly string[]
  readonly key: KeyObject
  onFile?(path: string, bytes: number): void
  /** Ends the backup at the server once every file was read. */
  stop(): Promise<Omit<BaseEnd, 'files' | 'bytes'>>
}

/** Writes a base backup, whole or not at all. Gives its end. Throws backup-recipient-wrong. */
export async function writeBase(path: string, base: BaseToWrite): Promise<BaseEnd> {
  let end: BaseEnd | undefined
  const tally: Tally = { files: 0, bytes: 0 }
  const header: BaseHeader = {
    ...base.header,
    format: 'dinhdanh-base-1',
    key: createPublicKey(base.key).export({ type: 'spki', format: 'der' }).toString('base64'),
  }
  async function* frames() {
    for await (const entry of base.entries) {
      if (entry.kind === 'folder') yield entryFrame('folder', { path: entry.path })
      else yield* piecesOf(base.root, entry, tally)
      base.onFile?.(entry.path, tally.bytes)
    }
  }
  async function* parts() {
    const sign = partSigner(base.key)
    yield sign({ kind: 'header', content: Buffer.from(JSON.stringify(header)) })
    for await (const part of packed(frames())) yield sign(part)
    end = { ...(await base.stop()), ...tally }
    yield sign({ kind: 'end', content: Buffer.from(JSON.stringify(end)) })
  }
  await writeAgeFile(path, base.recipients, parts())
  if (!end) throw new Error('the base backup was not written to its end')
  return end
}

export type BaseKeys = {
  readonly identities: readonly string[]
  /** The fingerprint of the key that must have signed it. */
  readonly signedBy: string
}

function parseBaseHeader(content: Buffer): BaseHeader {
  try {
    const header = JSON.parse(content.toString('utf8')) as BaseHeader
    if (header.format === 'dinhdanh-base-1' && typeof header.firstSegment === 'string') return header
  } catch {
    // Told below.
  }
  throw backupProblem('backup-not-whole', { why: 'its header cannot be read' })
}

async function openBase(file: string, { identities, signedBy }: BaseKeys) {
  let header: BaseHeader | undefined
  const parts = readParts(readAgeFile(file, identities), content => {
    header = parseBaseHeader(content)
    return keyOfSigner(header, signedBy)
  })
  await parts.next()
  if (!header) throw backupProblem('backup-not-whole', { why: 'it has no header' })
  return { header, parts }
}

/** The header of a base backup, whose signature is the one that is expected. */
export async function readBaseHeader(file: string, keys: BaseKeys): Promise<BaseHeader> {
  const { header, parts } = await openBase(file, keys)
  await parts.return(undefined)
  return header
}

function* framesIn(content: Buffer): Generator<{ readonly kind: Kind; readonly content: Buffer }> {
  for (let at = 0; at < content.length; ) {
    if (content.length - at < 5) throw backupProblem('backup-not-whole', { why: 'a part ends in the middle' })
    const [kind, bytes] = [kinds[content.readUInt8(at)], content.readUInt32BE(at + 1)]
    if (!kind || content.length - at - 5 < bytes)
      throw backupProblem('backup-not-whole', { why: 'a part ends in the middle' })
    yield { kind, content: content.subarray(at + 5, at + 5 + bytes) }
    at += 5 + bytes
  }
}

async function expandPart({ content }: Part): Promise<Buffer> {
  try {
    return await expand(content, { maxOutputLength: mostPartBytes })
  } catch (error) {
    throw backupProblem('backup-not-whole', { why: error instanceof Error ? error.message : String(error) })
  }
}

/** A path within the cluster, and nowhere else, whoever signed it. */
function pathIn(root: string, content: Buffer): string {
  const { path } = JSON.parse(content.toString('utf8')) as { path?: unknown }
  if (typeof path !== 'string' || !/^[\w.-]+(\/[\w.-]+)*$/.test(path) || path.split('/').includes('..'))
    throw backupProblem('backup-not-whole', { why: 'it names a file outside of the cluster' })
  return join(root, path)
}

/**
 * Writes files as their frames come, and checks each against its hash. The server that recovers puts all of them on
 * the disk first.
 */
function unpackerInto(root: string) {
  const tally: Tally = { files: 0, bytes: 0 }
  let file: { handle: FileHandle; digest: ReturnType<typeof createHash>; bytes: number } | undefined
  const takes = {
    async folder(content: Buffer) {
      await mkdir(pathIn(root, content), { recursive: true, mode: 0o700 })
    },
    async file(content: Buffer) {
      if (file) throw backupProblem('backup-not-whole', { why: 'a file has no end' })
      const path = pathIn(root, content)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      file = { handle: await open(path, 'wx', 0o600), digest: createHash('sha256'), bytes: 0 }
    },
    async piece(content: Buffer) {
      if (!file) throw backupProblem('backup-not-whole', { why: 'a piece is of no file' })
      file.digest.update(content)
      file.bytes += content.length
      await file.handle.writeFile(content)
    },
    async 'file-end'(content: Buffer) {
      const told = JSON.parse(content.toString('utf8')) as { bytes?: number; sha256?: string }
      const sha256 = file?.digest.digest('hex')
      if (!file || told.bytes !== file.bytes || told.sha256 !== sha256)
        throw backupProblem('backup-not-whole', { why: 'a file is not as its hash says' })
      tally.files += 1
      tally.bytes += file.bytes
      await file.handle.close()
      file = undefined
    },
  }
  return {
    tally,
    take: async (part: Part) => {
      for (const { kind, content } of framesIn(await expandPart(part))) await takes[kind](content)
    },
    close: async () => {
      await file?.handle.close()
    },
  }
}

/**
 * Unpacks a base backup into an empty folder; every signature and hash is checked. Throws backup-not-there,
 * backup-not-opened, backup-signed-by-another, backup-not-whole.
 */
export async function unpackBase(
  file: string,
  root: string,
  keys: BaseKeys,
): Promise<{ readonly header: BaseHeader; readonly end: BaseEnd }> {
  const { header, parts } = await openBase(file, keys)
  const unpacker = unpackerInto(root)
  try {
    for await (const part of parts) {
      if (part.kind === 'rows') {
        await unpacker.take(part)
        continue
      }
      const end = JSON.parse(part.content.toString('utf8')) as BaseEnd
      if (end.files !== unpacker.tally.files || end.bytes !== unpacker.tally.bytes)
        throw backupProblem('backup-not-whole', { why: 'its files are not as its end says' })
      // Nothing may stand behind the end.
      await parts.next()
      return { header, end }
    }
    throw backupProblem('backup-not-whole', { why: 'its end is missing' })
  } finally {
    await unpacker.close()
    await parts.return(undefined)
  }
}
