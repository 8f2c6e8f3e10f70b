import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type FileHandle, open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToFolderOwner } from '../platform/data-folder/owner.ts'
import { canonicalJson } from '../platform/sealing/canonical-json.ts'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import { chains } from './deed.ts'
import { auditProblem } from './problems.ts'
import { chainHeads } from './store.ts'
import { deedsBehind, type NamedDeed } from './store-journal.ts'

/**
 * The journal of what was ended: a file beside the database with a line for each deed that ends, revokes, cancels or
 * rotates something. A database that was set back to an earlier moment learns from it what must stay ended. A line has
 * ids and codes, nothing personal, and the installation's signature; it is on the disk before anybody is told that
 * the deed was done. What a crash between commit and line leaves out is caught up from the record of deeds, and so is
 * a file that was moved away, cut, or set back to a copy, while processes write it or between two of them.
 */

/** What a line remembers beside the deed: the thing that was ended, and codes that are needed to end it again. */
export type Remembered = { readonly of: string; readonly facts?: Readonly<Record<string, string | number>> }

export type JournalledDeed = Pick<NamedDeed, 'subject' | 'facts'>

/** By the name of a deed, what is remembered of it; undefined of one that ended nothing. */
export type Journalled = Readonly<Record<string, (deed: JournalledDeed) => Remembered | undefined>>

/**
 * What became of a line when a database was set back: it was ended again, it was so already, there is no such thing in
 * that database, or an officer must see to it.
 */
export type Again = 'again' | 'already' | 'unknown' | 'by-hand'

export type JournalLine = Remembered & { readonly id: string; readonly at: string; readonly deed: string }

/** A line that tells until where in each chain the journal is whole, and how many deeds it then has at least. */
type Mark = { readonly at: string; readonly upTo: readonly number[]; readonly lines: number }

type Signed<Line> = Line & { readonly house: string; readonly signature: string }
type AnyLine = Signed<JournalLine> | Signed<Mark>

const isMark = (line: AnyLine): line is Signed<Mark> => 'upTo' in line

export const journalFile = (folder: string) => join(folder, 'revocations.jsonl')

function signed<Line extends object>(line: Line, key: KeyObject): string {
  const signature = sign(null, Buffer.from(canonicalJson(line)), key).toString('base64')
  return `${JSON.stringify({ ...line, signature })}\n`
}

function isSignedBy({ signature, ...line }: AnyLine, key: KeyObject): boolean {
  try {
    return verify(null, Buffer.from(canonicalJson(line)), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

const unsigned = ({ house: _house, signature: _signature, ...line }: Signed<JournalLine>): JournalLine => line

/** A line that a crash cut short is none. */
function parseLine(text: string): AnyLine | undefined {
  try {
    const line = JSON.parse(text) as AnyLine
    return typeof line === 'object' && line !== null && typeof line.signature === 'string' ? line : undefined
  } catch {
    return undefined
  }
}

const unlessMissing =
  <Else>(otherwise: Else) =>
  (error: unknown): Else => {
    if ((error as { code?: string }).code === 'ENOENT') return otherwise
    throw error
  }

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(unlessMissing(''))

/** A file as it was read or written last. Whoever writes it only adds to its end. */
type SeenFile = { readonly ino: number; readonly size: number }

const isStill = (seen: SeenFile, there: SeenFile | undefined) => there?.ino === seen.ino && there.size >= seen.size

export type JournalRead = {
  /** Each deed once, in the order in which they were done. */
  readonly lines: readonly JournalLine[]
  /** Until when the journal is known to be whole, and how many marks say so. */
  readonly wholeUntil: string | undefined
}

/**
 * Reads a journal whole. Throws journal-not-there, journal-signed-by-another where a line is not this key's or of
 * another installation, journal-not-whole where a mark counted more lines before it.
 */
export async function readJournal(
  file: string,
  { key, house }: { readonly key: KeyObject; readonly house: string },
): Promise<JournalRead> {
  const publicKey = key.type === 'public' ? key : createPublicKey(key)
  const texts = (await textOf(file)).split('\n').filter(Boolean)
  if (texts.length === 0) throw auditProblem('journal-not-there', { file })
  const lines = new Map<string, JournalLine>()
  let wholeUntil: string | undefined
  for (const [index, text] of texts.entries()) {
    const line = parseLine(text)
    if (!line) continue
    if (line.house !== house || !isSignedBy(line, publicKey))
      throw auditProblem('journal-signed-by-another', { file, line: index + 1 })
    if (!isMark(line)) lines.set(line.id, unsigned(line))
    else if (line.lines > lines.size)
      throw auditProblem('journal-not-whole', { file, line: index + 1, missing: line.lines - lines.size })
    else wholeUntil = line.at
  }
  // Those of one work keep the order in which they were written.
  const inOrder = [...lines.values()].sort((a, b) => Number(a.at > b.at) - Number(a.at < b.at))
  return { lines: inOrder, wholeUntil }
}

export type Journal = {
  /** Writes down what a committed work ended; on the disk when it resolves. */
  append(work: Pick<Work, 'deeds' | 'now'>): Promise<void>
  /** Writes down what a crash or a lost file left out, and marks until where the journal is whole. */
  catchUp(
    openWork: OpenWork,
    options?: { readonly mark?: 'always' },
  ): Promise<{ readonly leftOut: number; readonly wholeUntil: string }>
  /** Begins anew with these lines and no mark: after a restore, for the next one. */
  takeOver(lines: readonly JournalLine[]): Promise<void>
  close(): Promise<void>
}

export type JournalOptions = {
  readonly file: string
  /** Which installation it is, as its record says. */
  house(): string
  key(): KeyObject
  readonly journalled: Journalled
}

/** Opens the journal of a data folder. What it holds is read when it is first caught up. */
export function openJournal({ file, house, key, journalled }: JournalOptions): Journal {
  const known = new Set<string>()
  let upTo: readonly number[] | undefined
  let seen: SeenFile | undefined
  let handle: Promise<FileHandle> | undefined
  let ownIno: number | undefined
  let waiting: { text: string; readonly written: Promise<void> } | undefined
  let writing: Promise<void> = Promise.resolve()

  async function openFile(): Promise<FileHandle> {
    const opened = await open(file, 'a+', 0o600)
    await giveToFolderOwner(file)
    return opened
  }

  /** Whoever moved the file away, or put a copy in its place, has another one: what this one knows of it is nothing. */
  async function forgetLostFile(): Promise<void> {
    if (!seen || isStill(seen, await stat(file).catch(unlessMissing(undefined)))) return
    known.clear()
    upTo = undefined
    seen = undefined
  }

  async function closeFile(): Promise<void> {
    const opened = await handle?.catch(() => undefined)
    handle = undefined
    await opened?.close()
  }

  async function writeNow(text: string): Promise<void> {
    await forgetLostFile()
    if (ownIno !== seen?.ino) await closeFile()
    handle ??= openFile()
    const opened = await handle.catch((error: unknown) => {
      handle = undefined
      throw error
    })
    // What a full disk or the end of a process, of another one too, cut short ends here, so that the next line is one.
    const { size, ino } = await opened.stat()
    ownIno = ino
    const { buffer } = await opened.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
    const isCut = size > 0 && buffer.toString() !== '\n'
    await opened.appendFile(isCut ? `\n${text}` : text)
    await opened.datasync()
    seen = await opened.stat()
  }

  /**
   * All that waits goes to the disk at once, or fails at once; whoever comes while it is written waits for the next
   * time.
   */
  function write(text: string): Promise<void> {
    if (waiting) waiting.text += text
    else {
      const written = writing
        .catch(() => undefined)
        .then(() => {
          const now = waiting?.text ?? ''
          waiting = undefined
          return writeNow(now)
        })
      waiting = { text, written }
      writing = written
    }
    return waiting.written
  }

  const lineOf = (deed: NamedDeed): JournalLine | undefined => {
    const remember = journalled[deed.deed]
    if (!remember || known.has(deed.id)) return undefined
    const remembered = remember(deed)
    return remembered && { id: deed.id, at: deed.at.toISOString(), deed: deed.deed, ...remembered }
  }

  async function writeLines(lines: readonly JournalLine[]): Promise<void> {
    if (lines.length === 0) return
    await write(lines.map(line => signed({ house: house(), ...line }, key())).join(''))
    for (const { id } of lines) known.add(id)
  }

  async function readKnown(): Promise<void> {
    seen = await stat(file).catch(unlessMissing(undefined))
    for (const text of (await textOf(file)).split('\n')) {
      const line = parseLine(text)
      if (!line || line.house !== house()) continue
      if (isMark(line)) upTo = line.upTo
      else known.add(line.id)
    }
  }

  return {
    append: ({ deeds, now }) => writeLines(deeds.flatMap(deed => lineOf({ ...deed, at: now }) ?? [])),

    async catchUp(openWork, { mark } = {}) {
      await forgetLostFile()
      const isFirst = upTo === undefined
      if (isFirst) await readKnown()
      const found = await openWork(asSystem('audit'), async ({ tx, now }) => {
        const heads = (await chainHeads(tx)).flatMap(({ chain, seq }) => (chain < chains ? [seq] : []))
        // A chain that is shorter than it was is another's: the database was set back. It is read whole, and so is all
        // where no mark says until where the journal goes: a new one must not call whole what it lacks.
        const from = heads.map((seq, chain) => ((upTo?.[chain] ?? 0) > seq ? 0 : (upTo?.[chain] ?? 0)))
        return { at: now.toISOString(), heads, deeds: await deedsBehind(tx, Object.keys(journalled), from) }
      })
      // Another process of this folder may have written some of them.
      if (found.deeds.some(({ id }) => !known.has(id))) await readKnown()
      const lines = found.deeds.flatMap(deed => lineOf(deed) ?? [])
      await writeLines(lines)
      const isMoved = found.heads.some((seq, chain) => seq !== upTo?.[chain])
      if (mark === 'always' || lines.length > 0 || (isFirst && isMoved))
        await write(signed({ house: house(), at: found.at, upTo: found.heads, lines: known.size }, key()))
      upTo = found.heads
      return { leftOut: lines.length, wholeUntil: found.at }
    },

    async takeOver(lines) {
      await writing.catch(() => undefined)
      await closeFile()
      const draft = `${file}.new`
      await writeFile(draft, lines.map(line => signed({ house: house(), ...line }, key())).join(''), { mode: 0o600 })
      await giveToFolderOwner(draft)
      await rename(draft, file)
      known.clear()
      upTo = undefined
      seen = undefined
    },

    async close() {
      await writing.catch(() => undefined)
      await closeFile()
    },
  }
}
