import { appendFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { now } from '../clock.ts'
import { mostBytesWaiting, recordDays } from './law.ts'

/** How large a file grows, and how many of them there are with the one that is written. */
export type FileBounds = { readonly bytes: number; readonly files: number }

export type RotatingFile = {
  /** Takes a line without its end; it is on the disk some time later, or dropped where the disk takes nothing. */
  write(line: string): void
  /** Waits until what was taken is on the disk. */
  flush(): Promise<void>
}

const isMissing = (error: unknown) => (error as { code?: string }).code === 'ENOENT'
const daysSince = (milliseconds: number) => (now().getTime() - milliseconds) / 86_400_000

/** The finished files of a place, the newest first: `faults-2026-12-01T080000123Z-77.jsonl` beside `faults.jsonl`. */
async function finishedFiles(path: string): Promise<string[]> {
  const beginning = `${basename(path, '.jsonl')}-`
  const names = await readdir(dirname(path)).catch(error => {
    if (isMissing(error)) return []
    throw error
  })
  return names
    .filter(name => name.startsWith(beginning) && name.endsWith('.jsonl'))
    .toSorted()
    .reverse()
    .map(name => join(dirname(path), name))
}

/** Every file of a place that there is, the newest first. */
export const filesOf = async (path: string): Promise<string[]> => [path, ...(await finishedFiles(path))]

async function dropOld(path: string, { files }: FileBounds): Promise<void> {
  for (const [nth, file] of (await finishedFiles(path)).entries()) {
    const at = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    )
    if (nth >= files - 1 || daysSince(at) > recordDays.kept) await rm(file, { force: true })
  }
}

/** Puts a full or old file aside. Of two processes that do so at once the second begins one more; no line is lost. */
async function rotateWhereFull(path: string, more: number, bounds: FileBounds): Promise<void> {
  const found = await stat(path).catch(error => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (!found || found.size === 0) return
  if (found.size + more <= bounds.bytes && daysSince(found.birthtimeMs) <= recordDays.aFile) return
  const stamp = now().toISOString().replaceAll(/[:.]/g, '')
  await rename(path, path.replace(/\.jsonl$/, `-${stamp}-${process.pid}.jsonl`)).catch(error => {
    if (!isMissing(error)) throw error
  })
  await dropOld(path, bounds)
}

/**
 * A file of lines that several processes write: each opens it for a moment, adds whole lines to its end, and begins
 * another one where it is full or a week old. `wait`: milliseconds for which lines wait for others. Lines that the disk
 * does not take are dropped, and `onLost` is told how many, and why.
 */
export function openRotatingFile(
  path: string,
  bounds: FileBounds,
  { wait, onLost }: { readonly wait: number; onLost(lines: number, error: unknown): void },
): RotatingFile {
  let waiting: string[] = []
  let bytes = 0
  let lost = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = mkdir(dirname(path), { recursive: true, mode: 0o700 })
    .then(() => dropOld(path, bounds))
    .catch(() => undefined)

  async function append(): Promise<void> {
    const lines = waiting
    if (lines.length === 0) return
    waiting = []
    bytes = 0
    try {
      const text = `${lines.join('\n')}\n`
      await rotateWhereFull(path, Buffer.byteLength(text), bounds)
      await appendFile(path, text, { mode: 0o600 })
      if (lost > 0) onLost(lost, new Error('the disk was too slow'))
      lost = 0
    } catch (error) {
      onLost(lines.length + lost, error)
      lost = 0
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(append)
    return writing
  }

  return {
    write(line) {
      if (bytes > mostBytesWaiting) {
        lost += 1
        return
      }
      waiting.push(line)
      bytes += line.length + 1
      timer ??= setTimeout(() => void flush(), wait).unref()
    },
    flush,
  }
}
