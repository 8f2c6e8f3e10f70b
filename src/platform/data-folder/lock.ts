import { createHash, randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'
import { giveToFolderOwner } from './owner.ts'

/**
 * The folder's secret name, made once. The lock's address is derived from it, so that nobody who cannot read the folder
 * can occupy the lock.
 */
async function secretOf(dir: string): Promise<string> {
  const file = join(dir, '.lock')
  const found = await readFile(file, 'utf8').catch(() => '')
  if (found) return found

  const draft = `${file}-${randomUUID()}`
  try {
    await writeFile(draft, randomUUID(), { mode: 0o600 })
    await giveToFolderOwner(draft)
    await link(draft, file).catch(error => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  return await readFile(file, 'utf8')
}

/** Binds the address, or gives undefined when another holds it. */
const tryToBind = (address: string) =>
  new Promise<Server | undefined>((resolve, reject) => {
    const server = createServer(socket => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen({ path: address, exclusive: true }, () => resolve(server))
  })

/**
 * Runs `work` while no other process, and no other part of this one, does the same for this folder and name.
 *
 * The lock is an abstract Unix address (unix(7)): the kernel lets go of it with the process that holds it, however that
 * ends, so there is no stale lock to judge and no race in judging. Gives undefined when the lock was not free for
 * `patience` ms.
 */
export async function whileLocked<Result>(
  dir: string,
  name: string,
  patience: number,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | undefined> {
  const digest = createHash('sha256')
    .update(`${await secretOf(dir)} ${name}`)
    .digest('hex')
  const address = `\0dinhdanh-${digest.slice(0, 40)}`
  const waited = stopwatch()

  let lock = await tryToBind(address)
  while (!lock) {
    if (waited() > patience) return undefined
    await pause(20)
    lock = await tryToBind(address)
  }

  const held = lock
  try {
    return { result: await work() }
  } finally {
    await new Promise(resolve => held.close(resolve))
  }
}
