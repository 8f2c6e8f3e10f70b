import { createReadStream } from 'node:fs'
import { appendFile, mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileHash, type NextLine, noLines, type SignedHeads } from './chain-heads.ts'

/**
 * The file of heads, one line each time they were kept. It belongs on another disk, or in another hand
 * (docs/operations.md).
 */
export const headsFile = (dataFolder: string) => join(dataFolder, 'heads.jsonl')

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
      yield JSON.parse(text) as SignedHeads
    } catch (error) {
      if (isFirst || !(error instanceof SyntaxError)) throw error
      yield tornLine
    }
    isFirst = false
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
    return text ? (JSON.parse(text) as SignedHeads) : undefined
  } finally {
    await handle.close()
  }
}

/**
 * Where the file goes on, and its last line. Lines that a former release wrote are counted and hashed once, from the
 * first.
 */
export async function nextLineOf(file: string): Promise<NextLine & { last?: SignedHeads }> {
  try {
    await endWithLine(file)
    const last = await lastLine(file)
    if (last?.line && last.previous)
      return { line: last.line + 1, previous: fileHash(Buffer.from(last.previous, 'hex'), last), last }
    let [line, previous] = [1, noLines as Buffer]
    for await (const heads of readHeads(file)) [line, previous] = [line + 1, fileHash(previous, heads)]
    return { line, previous }
  } catch (error) {
    // A file that cannot be read is taken for none: the next line follows what the database knows, and the gap is seen.
    if (isMissing(error) || error instanceof SyntaxError) return { line: 1, previous: noLines }
    throw error
  }
}

export async function appendHeads(file: string, heads: SignedHeads): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, `${JSON.stringify(heads)}\n`, { mode: 0o600 })
}
