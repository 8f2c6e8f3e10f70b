import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

/**
 * Gives this process a folder of its own for what is uploaded, so that no other test's uploads are counted. Tells the
 * names of the uploads that lie there. Call it once the house is open: houses share what lies in the folder of all.
 */
export async function watchUploads(): Promise<() => Promise<readonly string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-uploads-'))
  process.env['TMPDIR'] = folder
  after(() => rm(folder, { recursive: true, force: true }))
  return async () => (await readdir(folder)).filter(name => name.startsWith('dinhdanh-upload-'))
}
