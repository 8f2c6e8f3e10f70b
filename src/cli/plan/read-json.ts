import { type FileHandle, open } from 'node:fs/promises'
import { planFileProblem } from '../../planning/optimiser/problems.ts'

/**
 * The text of a stranger's JSON file: of bounded size, whatever it is read from, in UTF-8, and with each member once,
 * since programs do not agree which of two is meant. What would become far larger than its text is refused before it is
 * parsed: `{},{},{}` takes twenty times as much.
 */

/** An instance whose lists are all as long as they may be has some 50 MB without blanks. */
const mostMebibytes = 64
/** Objects and lists; a plan of 60,000 routes has two million. */
const mostContainers = 3_000_000
const deepest = 12
const mostMembersOfOne = 500

/** Reads until the end or the limit: a device or a pipe has no size, and may have no end. */
async function readBounded(file: FileHandle, path: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(1 << 20), 0, 1 << 20)
    if (bytesRead === 0) return Buffer.concat(pieces)
    length += bytesRead
    if (length > mostMebibytes * 1024 * 1024)
      throw planFileProblem('plan-file-too-large', { file: path, has: `more than ${mostMebibytes} MiB` })
    pieces.push(buffer.subarray(0, bytesRead))
  }
}

async function readBytes(path: string): Promise<Buffer> {
  const file = await open(path).catch(() => {
    throw planFileProblem('plan-file-missing', { file: path })
  })
  try {
    return await readBounded(file, path)
  } catch (error) {
    // A folder opens, and cannot be read.
    if (error instanceof Error && 'syscall' in error) throw planFileProblem('plan-file-missing', { file: path })
    throw error
  } finally {
    await file.close()
  }
}

const codes = { quote: 0x22, backslash: 0x5c, colon: 0x3a, braces: [0x7b, 0x7d], brackets: [0x5b, 0x5d] } as const

/** What stands in a text that is meant to be JSON, counted without parsing it. */
class TextCounts {
  containers = 0
  members = 0
  depth = 0
  /** Members so far of each object that is open, by its depth. */
  readonly #open = new Uint32Array(deepest + 2)

  open(): void {
    this.containers += 1
    this.depth += 1
    if (this.depth < this.#open.length) this.#open[this.depth] = 0
  }

  member(): void {
    this.members += 1
    this.#open[this.depth] = (this.#open[this.depth] ?? 0) + 1
  }

  /** What is too much; undefined where nothing is. */
  tooMuch(): string | undefined {
    if (this.depth > deepest) return `lists and objects within each other, deeper than ${deepest}`
    if (this.containers > mostContainers) return `more than ${mostContainers} lists and objects`
    if ((this.#open[this.depth] ?? 0) > mostMembersOfOne) return `an object of more than ${mostMembersOfOne} members`
    return undefined
  }
}

/** The members of all objects of a text, as many as colons stand outside of strings; refuses what is too much. */
function membersWritten(text: Buffer, path: string): number {
  const counts = new TextCounts()
  let isWithin = false
  for (let i = 0; i < text.length; i++) {
    const byte = text[i]
    if (byte === codes.quote) isWithin = !isWithin
    else if (isWithin) i += byte === codes.backslash ? 1 : 0
    else if (byte === codes.colon) counts.member()
    else if (byte === codes.braces[0] || byte === codes.brackets[0]) counts.open()
    else if (byte === codes.braces[1] || byte === codes.brackets[1]) counts.depth -= 1
    else continue
    const has = counts.tooMuch()
    if (has !== undefined) throw planFileProblem('plan-file-too-large', { file: path, has })
  }
  return counts.members
}

/** How many members a parsed value has. */
function membersRead(value: unknown): number {
  const open: unknown[] = [value]
  let count = 0
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    const within: readonly unknown[] = Array.isArray(next) ? next : Object.values(next)
    if (!Array.isArray(next)) count += within.length
    for (const one of within) if (typeof one === 'object' && one !== null) open.push(one)
  }
  return count
}

function parsePlanJson(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw planFileProblem('plan-file-unreadable', {
      file: path,
      says: error instanceof Error ? error.message : String(error),
    })
  }
}

/** Reads a JSON file; throws plan-file-missing, -too-large or -unreadable. */
export async function readJsonFile(path: string): Promise<unknown> {
  const bytes = await readBytes(path)
  const written = membersWritten(bytes, path)
  const value = parsePlanJson(bytes, path)
  if (written !== membersRead(value))
    throw planFileProblem('plan-file-unreadable', { file: path, says: 'an object has a member twice' })
  return value
}
