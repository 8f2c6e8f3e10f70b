import { chown, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Gives what root has just made in another's folder to that folder's owner, who must be able to go on with it. */
export async function giveToFolderOwner(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(dirname(path))
  await chown(path, uid, gid)
}
