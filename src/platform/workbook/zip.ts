import type { Readable } from 'node:stream'
import * as yauzl from 'yauzl'
import { Problem } from '../problem.ts'
import { workbookProblem } from './problems.ts'

/** What a workbook may take of the machine. Sizes are bytes. */
export type WorkbookLimits = {
  /** All parts read, inflated. A sheet of 300,000 rows with twelve columns is some 150 MB. */
  readonly inflated: number
  /** Inflated against packed, looked at beyond 16 MB: real sheets stay under fifty. */
  readonly ratio: number
  readonly entries: number
  /** The table of shared texts, which is the one thing that must be kept whole. */
  readonly sharedTexts: number
  /** One tag or one text; a cell of Excel holds at most 32,767 letters. */
  readonly oneText: number
  /** Rows and columns as Excel has them at most. */
  readonly rows: number
  readonly columns: number
}

export const defaultLimits: WorkbookLimits = {
  inflated: 512 * 1024 * 1024,
  ratio: 200,
  entries: 10_000,
  sharedTexts: 64 * 1024 * 1024,
  oneText: 1024 * 1024,
  rows: 1_048_576,
  columns: 16_384,
}

const ratioMatters = 16 * 1024 * 1024

/**
 * The parts of a package (ECMA-376 part 2) by name, small letters and no leading slash; nothing is ever written to a
 * disk under such a name.
 */
export type WorkbookPackage = {
  readonly names: () => Iterable<string>
  /** The bytes of a part as they are inflated, counted against the limits; undefined where there is no such part. */
  readonly read: (name: string) => AsyncIterable<Buffer> | undefined
  readonly close: () => void
}

/** The name under which a part is kept: packers disagree on slashes and on capital letters, readers must not. */
export const partName = (name: string) => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()

const damagedZip = (error: unknown) =>
  error instanceof Problem ? error : workbookProblem('workbook-damaged', { detail: String((error as Error)?.message) })

async function openZip(source: string | Buffer): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true }
  try {
    return await (typeof source === 'string'
      ? yauzl.openPromise(source, options)
      : yauzl.fromBufferPromise(source, options))
  } catch (error) {
    throw damagedZip(error)
  }
}

async function listEntries(zip: yauzl.ZipFile, limits: WorkbookLimits): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > limits.entries)
    throw workbookProblem('workbook-too-large', { entries: zip.entryCount, limit: limits.entries })

  const entries = new Map<string, yauzl.Entry>()
  for await (const entry of zip.eachEntry()) {
    // The first of two parts of one name counts, so that no second one can hide behind what was looked at.
    const name = partName(entry.fileNameRaw.toString('utf8'))
    if (!entries.has(name)) entries.set(name, entry)
    if (entries.size > limits.entries)
      throw workbookProblem('workbook-too-large', { entries: entries.size, limit: limits.entries })
  }
  return entries
}

/** Counts what is really inflated; reading one part twice counts once. */
function inflationBudget(limits: WorkbookLimits) {
  const counted = new Map<yauzl.Entry, number>()
  let total = 0
  return (entry: yauzl.Entry, bytes: number) => {
    const before = counted.get(entry) ?? 0
    if (bytes <= before) return
    counted.set(entry, bytes)
    total += bytes - before
    if (total > limits.inflated)
      throw workbookProblem('workbook-too-large', { inflatedBytes: total, limitBytes: limits.inflated })
    if (bytes > ratioMatters && bytes / Math.max(1, entry.compressedSize) > limits.ratio)
      throw workbookProblem('workbook-too-large', {
        inflatedBytes: bytes,
        packedBytes: entry.compressedSize,
        limitRatio: limits.ratio,
      })
  }
}

/** Opens a zip; throws workbook-damaged, workbook-encrypted or workbook-too-large. */
export async function openPackage(source: string | Buffer, limits: WorkbookLimits): Promise<WorkbookPackage> {
  const zip = await openZip(source)
  const spend = inflationBudget(limits)

  async function* inflate(entry: yauzl.Entry): AsyncGenerator<Buffer> {
    if (entry.isEncrypted()) throw workbookProblem('workbook-encrypted')
    if (entry.uncompressedSize > limits.inflated)
      throw workbookProblem('workbook-too-large', {
        inflatedBytes: entry.uncompressedSize,
        limitBytes: limits.inflated,
      })

    let stream: Readable | undefined
    let bytes = 0
    try {
      stream = await zip.openReadStreamPromise(entry)
      for await (const piece of stream as AsyncIterable<Buffer>) {
        bytes += piece.length
        spend(entry, bytes)
        yield piece
      }
    } catch (error) {
      throw damagedZip(error)
    } finally {
      stream?.destroy()
    }
  }

  try {
    const entries = await listEntries(zip, limits)
    return {
      names: () => entries.keys(),
      read: name => {
        const entry = entries.get(partName(name))
        return entry && inflate(entry)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw damagedZip(error)
  }
}
