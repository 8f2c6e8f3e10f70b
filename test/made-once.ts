import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * A folder that is made once a run of tests: the first who asks for it by its name makes it, the others wait for it.
 * Gives its place; nothing where no run keeps one.
 */
export async function madeOnce(name: string, make: (data: string) => Promise<void>): Promise<string | undefined> {
  const kept = process.env['HOUSE_TEST_FOLDER']
  if (!kept) return undefined
  const [made, making] = [join(kept, name), join(kept, `${name}-in-making`)]
  while (!(await isThere(made))) {
    const isMine = await mkdir(making).then(
      () => true,
      () => false,
    )
    if (!isMine) await setTimeout(200)
    else if (!(await isThere(made)))
      try {
        await make(join(making, 'data'))
        await rename(join(making, 'data'), made)
      } finally {
        // Where it failed the next one tries, and tells why in its turn.
        await rm(making, { recursive: true, force: true })
      }
  }
  return made
}
