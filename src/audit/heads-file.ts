import { createReadStream } from 'node:fs'
import { appendFile, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileHash, type NextLine, noLines, type SignedHeads } from './chain-heads.ts'
import { auditProblem } from './problems.ts'

/**
 * The file of heads, one line each time they were kept. It belongs on another disk, or in another hand
 * (docs/operations.md). It is written in parts, whose lines go on from one to the next: this is the first.
 */
export const headsFile = (dataFolder: string) => join(dataFolder, 'heads.jsonl')

/** Later parts bear the month of their first line, UTC; no part is written any more once the next one is begun. */
const partOf = (dataFolder: string, month: string) => join(dataFolder, `heads-${month}.jsonl`)
const partName = /^heads(-\d{4}-\d{2})?\.jsonl$/

/** Of two names of parts; `heads.jsonl` comes before all. */
const comesBefore = (one: string, other: string) =>
  one.length < other.length || (one.length === other.length && one < other)

/** Heads that a folder has, or a link of it leads to. */
export type HeadsPart = {
  readonly path: string
  /** A link leads to where it was moved, which is not there now: on another disk. */
  readonly isAway: boolean
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    error => {
      if (isMissing(error)) return false
      throw unreadable(path, error)
    },
  )

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const unreadable = (file: string, error: unknown) => auditProblem('heads-unreadable', { file, why: reasonOf(error) })

/** The parts that lie in a folder, in their order. */
export async function headsParts(folder: string): Promise<HeadsPart[]> {
  const names = (await readdir(folder)).filter(name => partName.test(name))
  names.sort((a, b) => (comesBefore(a, b) ? -1 : 1))
  return Promise.all(
    names.map(async name => ({ path: join(folder, name), isAway: !(await isThere(join(folder, name))) })),
  )
}

/** Beside a file of heads: the fingerprint of the key that signs its lines. */
export const keyFile = (file: string) => join(dirname(file), 'heads.key')

const isMissing = (error: unknown) => (error as { code?: string }).code === 'ENOENT'

/** What the file beside says; nothing where there is none. */
export const readKeyFile = (file: string): Promise<string | undefined> =>
  readFile(keyFile(file), 'utf8').then(
    text => text.trim(),
    error => {
      if (isMissing(error)) return undefined
      throw error
    },
  )

/** Writes the fingerprint beside the file, where none lies there yet. */
export async function writeKeyFile(file: string, fingerprint: string): Promise<void> {
  await writeFile(keyFile(file), `${fingerprint}\n`, { mode: 0o600, flag: 'wx' }).catch(error => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  })
}

/** A line that cannot be read: nobody has signed it. */
const tornLine: SignedHeads = { house: '', at: '', heads: [], key: '', signature: '' }

const isObject = (value: unknown) => typeof value === 'object' && value !== null

/** A line of heads. Throws a SyntaxError where it is none. */
function parseHeads(text: string): SignedHeads {
  const value = JSON.parse(text) as SignedHeads | null
  if (!isObject(value) || !Array.isArray(value?.heads) || !value.heads.every(isObject))
    throw new SyntaxError('this is no line of heads')
  return value
}

/**
 * The lines of a file one by one: a year of them is never in memory. A line behind the first that cannot be read is as
 * one that nobody signed. Throws a SyntaxError where the first is no line of heads, or what the disk says.
 */
export async function* readHeads(file: string): AsyncGenerator<SignedHeads> {
  let isFirst = true
  const input = createReadStream(file)
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!text) continue
    try {
      yield parseHeads(text)
    } catch (error) {
      if (isFirst || !(error instanceof SyntaxError)) throw error
      yield tornLine
    }
    isFirst = false
  }
}

/** Stands for the lines of a part that was moved to where it cannot be read now. */
export class PartAway {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }
}

/**
 * The lines of all parts one by one, however many. A part that is away is told in its place; one whose first line
 * cannot be read was begun by a process that was killed. Throws heads-unreadable where the disk gives none.
 */
export async function* readParts(parts: readonly HeadsPart[]): AsyncGenerator<SignedHeads | PartAway> {
  for (const { path, isAway } of parts) {
    if (isAway) yield new PartAway(path)
    else
      try {
        yield* readHeads(path)
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw unreadable(path, error)
        yield tornLine
      }
  }
}

/**
 * When the first line of a part was written, as it says. Throws heads-unreadable where it is no part of a file of
 * heads.
 */
export async function beginOfPart(path: string): Promise<string> {
  try {
    for await (const { at } of readHeads(path)) return String(at)
    return ''
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** More than any line has. */
const tailBytes = 65_536

/** Takes away the beginning of a line that a process wrote while it was killed: nothing was committed of it. */
async function endWithLine(file: string): Promise<void> {
  const handle = await open(file, 'r+').catch(error => {
    if (!isMissing(error)) throw error
  })
  if (!handle) return
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, tailBytes))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const end = size - tail.length + tail.lastIndexOf('\n') + 1
    if (end < size) await handle.truncate(end)
  } finally {
    await handle.close()
  }
}

async function lastLine(file: string): Promise<SignedHeads | undefined> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, tailBytes))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const text = tail.toString('utf8').trimEnd().split('\n').at(-1)
    return text ? parseHeads(text) : undefined
  } finally {
    await handle.close()
  }
}

/**
 * Where the lines go on, and the last of them. Lines that a former release wrote are counted and hashed once, from the
 * first.
 */
async function endOfPart(path: string): Promise<NextLine & { last?: SignedHeads }> {
  try {
    await endWithLine(path)
    const last = await lastLine(path)
    if (last?.line && last.previous)
      return { line: last.line + 1, previous: fileHash(Buffer.from(last.previous, 'hex'), last), last }
    let [line, previous] = [1, noLines as Buffer]
    for await (const heads of readHeads(path)) [line, previous] = [line + 1, fileHash(previous, heads)]
    return { line, previous }
  } catch (error) {
    // What cannot be read as lines is taken for none: the next follows what the database knows, and the gap is seen.
    if (error instanceof SyntaxError) return { line: 1, previous: noLines }
    throw error
  }
}

/** Where the next line is written, and what stands before it. */
export async function endOfHeads(dataFolder: string): Promise<NextLine & { file?: string; last?: SignedHeads }> {
  const parts = (await headsParts(dataFolder)).filter(({ isAway }) => !isAway).reverse()
  let empty: string | undefined
  for (const { path } of parts) {
    const end = await endOfPart(path)
    if (end.line > 1) return { ...end, file: empty ?? path }
    // A part that was begun by a process that was killed goes on behind the one before.
    empty ??= path
  }
  return { line: 1, previous: noLines, ...(empty && { file: empty }) }
}

/**
 * The part that a line goes into: each month begins another. Where no part is left, the line begins a new one: a copy
 * of the first part elsewhere is not to be overwritten.
 */
export function partForLine(
  dataFolder: string,
  { at, line }: SignedHeads,
  { file, last }: { readonly file?: string; readonly last?: SignedHeads },
): string {
  const month = at.slice(0, 7)
  if (file === undefined && line === 1) return headsFile(dataFolder)
  const next = partOf(dataFolder, month)
  if (!file) return next
  // Where the clock was ahead for a time, the part of that month goes on until the clock is there again.
  const isNext = last !== undefined && last.at.slice(0, 7) < month && comesBefore(basename(file), basename(next))
  return isNext ? next : file
}

export async function appendHeads(file: string, heads: SignedHeads): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  // On the disk before the database knows of it: a line that a power cut took would be one that somebody hides.
  await appendFile(file, `${JSON.stringify(heads)}\n`, { mode: 0o600, flush: true })
}
