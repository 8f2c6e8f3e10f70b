import { randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream, type WriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Keeps a long file on disk while the browser downloads it, and deletes it afterwards. It is open before anything is
 * written: one that opened by itself could find its folder gone, when the batch is unknown, and nobody would hear of it
 * but the whole process.
 */
export async function streamFromDisk(write: (out: WriteStream) => Promise<unknown>): Promise<ReadStream> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-cards-'))
  const gone = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, randomUUID())
    const out = (await open(path, 'wx', 0o600)).createWriteStream()
    try {
      await write(out)
    } finally {
      out.destroy()
      if (!out.closed) await new Promise<void>(resolve => out.once('close', () => resolve()))
    }
    const content = createReadStream(path)
    content.once('close', () => void gone())
    return content
  } catch (error) {
    await gone()
    throw error
  }
}
