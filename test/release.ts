import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { pathToFileURL } from 'node:url'
import { fromRoot } from '../src/platform/root.ts'

/** The migrations up to a number, as a release that ended there shipped them. */
export async function releaseOf(last: number): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-release-'))
  after(() => rm(folder, { recursive: true }))
  const shipped = fromRoot('db/migrations/')
  for (const file of await readdir(shipped))
    if (Number.parseInt(file, 10) <= last) await cp(new URL(file, shipped), join(folder, file))
  return pathToFileURL(`${folder}/`)
}

/** The number of the migration with a name, such as `follow_ups`. */
export async function numberOfMigration(name: string): Promise<number> {
  const file = (await readdir(fromRoot('db/migrations/'))).find(one => one.endsWith(`_${name}.sql`))
  if (!file) throw new Error(`no migration is called ${name}`)
  return Number.parseInt(file, 10)
}
