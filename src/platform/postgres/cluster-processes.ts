import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToFolderOwner } from '../data-folder/owner.ts'
import { isAlive, ownMark, type ProcessMark, parseMark } from '../data-folder/process-mark.ts'

/** A process that uses the cluster, and what for. */
export type ClusterUser = ProcessMark & { readonly purpose: string }

const folderIn = (dataDir: string) => join(dataDir, 'pg-users')

/**
 * Writes this process down as a user; gives the name under which `unregisterUser` takes it out again. One process may
 * use it
 * twice.
 */
export async function registerUser(dataDir: string, purpose: string): Promise<string> {
  const folder = folderIn(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await giveToFolderOwner(folder)
  const name = `${process.pid}-${randomUUID().slice(0, 8)}.json`
  // A draft has another ending: half a file is never read.
  const draft = join(folder, `${name}-draft`)
  await writeFile(draft, JSON.stringify({ ...ownMark(), purpose }))
  await rename(draft, join(folder, name))
  return name
}

export const unregisterUser = (dataDir: string, name: string) => rmSync(join(folderIn(dataDir), name), { force: true })

/** Those who use the cluster now. What dead processes left behind is cleared away. */
export function clusterUsers(dataDir: string): ClusterUser[] {
  const folder = folderIn(dataDir)
  const names = readdirSync(folder).filter(name => name.endsWith('.json'))
  return names.flatMap(name => {
    const user = readUser(join(folder, name))
    if (user && isAlive(user)) return [user]
    unregisterUser(dataDir, name)
    return []
  })
}

function readUser(file: string): ClusterUser | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8'))
    const mark = parseMark(value)
    return mark && { ...mark, purpose: String(value.purpose) }
  } catch {
    return undefined
  }
}
