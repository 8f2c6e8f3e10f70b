import { type FileHandle, open, rename, stat } from 'node:fs/promises'
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
