import { rmSync } from 'node:fs'
import { access, constants, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Files that a command writes: known to be possible before the work, and there whole or not at all after it. */

/** Whether a file cannot be written at a path: a folder stands there, or nobody may write where it would stand. */
export async function isUnwritable(path: string): Promise<boolean> {
  const isFolder = await stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
  if (isFolder) return true
  return access(dirname(path), constants.W_OK).then(
    () => false,
    () => true,
  )
}

/** A file that appears whole or not at all. */
export async function writeWholeFile(path: string, write: (path: string) => Promise<unknown>): Promise<void> {
  const partial = `${path}.${process.pid}.partial`
  // A second Ctrl-C ends the process in the middle of this.
  const cleanUp = () => rmSync(partial, { force: true })
  process.on('exit', cleanUp)
  try {
    await write(partial)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    process.off('exit', cleanUp)
  }
}
