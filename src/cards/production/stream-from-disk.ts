import { randomUUID } from 'node:crypto'
import type { ReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'

/**
 * Keeps a long file on disk, written by `write`, while the browser downloads it. The file loses its name before its
 * first byte, so the system deletes it once nobody holds it open: after the download, a refusal, or a kill of this
 * process. Throws what `write` throws.
 */
export async function streamFromDisk(write: (out: Writable) => Promise<unknown>): Promise<ReadStream> {
  const path = join(tmpdir(), `dinhdanh-cards-${randomUUID()}`)
  const out = (await open(path, 'wx', 0o600)).createWriteStream()
  // Writers hear of a fault by what they wait for; one that comes after a refusal concerns nobody.
  out.on('error', () => undefined)
  let content: ReadStream | undefined
  try {
    content = (await open(path)).createReadStream()
    await rm(path)
    await write(out)
    return content
  } catch (error) {
    content?.destroy()
    throw error
  } finally {
    out.destroy()
  }
}
