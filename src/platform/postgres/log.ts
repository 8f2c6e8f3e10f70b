import { copyFile, type FileHandle, open, rename, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToFolderOwner } from '../data-folder/owner.ts'

const tooLong = 8 * 2 ** 20

/** The server's own log in the data folder, opened for appending; the one before is kept as pg.log.1. */
export async function openServerLog(
  dataDir: string,
): Promise<{ readonly file: FileHandle; readonly path: string; readonly from: number }> {
  const path = join(dataDir, 'pg.log')
  const before = await stat(path).catch(() => undefined)
  if (before && before.size > tooLong) await rename(path, `${path}.1`)

  const file = await open(path, 'a', 0o600)
  await giveToFolderOwner(path)
  return { file, path, from: (await file.stat()).size }
}

/**
 * Puts the log of a server that runs aside once it is too long: its file is emptied in place, since the server goes on
 * to write into it. What it writes in between, a line at most, is lost.
 */
export async function emptyLongLog(dataDir: string, longest = tooLong): Promise<void> {
  const path = join(dataDir, 'pg.log')
  const { size } = await stat(path)
  if (size <= longest) return
  await copyFile(path, `${path}.1`)
  await giveToFolderOwner(`${path}.1`)
  await truncate(path)
}

/** What was logged since `from` (bytes), its last lines, fit to be shown: the settings keep personal data out of it. */
export async function lastLines(path: string, from: number, count = 8): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return ''
  try {
    const { size } = await file.stat()
    const start = Math.max(from, size - 4096)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - start)), 0, null, start)
    return buffer.toString('utf8', 0, bytesRead).trim().split('\n').slice(-count).join('\n')
  } finally {
    await file.close()
  }
}
