import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { aCheckoutForAll, aClone, aCloneForAll, noOtherUser, ordinary } from './postgres.test-checkout.ts'
import { anOpener } from './postgres.test-process.ts'
import { findServer } from './server.ts'

// Whom a folder is open to is what these tests are about: it must not hang on the shell that they are started from.
process.umask(0o022)
const base = await mkdtemp(join(tmpdir(), 'postgres-account-test-'))
await chmod(base, 0o755)
after(() => rm(base, { recursive: true, force: true }))

const nobody = 65534
const namespaces =
  spawnSync('unshare', ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, 'true']).status === 0
const noNamespace = noOtherUser || (namespaces ? false : 'this machine does not permit user namespaces')

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

/** What root may leave to another user to run, also where this checkout is closed to others. */
const forAll = noOtherUser ? undefined : await aCheckoutForAll(() => aPlace(0o755))
const openerFor = (dataDir: string, uid?: number) =>
  anOpener({ dataDir, ...(forAll && { checkout: forAll }), ...(uid !== undefined && { uid }) })

/** The real user of the server's process, and where its program lies. */
async function whoRuns(dataDir: string) {
  const server = findServer(dataDir)
  assert.ok(server, 'a server runs')
  const { uid } = await stat(`/proc/${server.mark.pid}`)
  const exe = execFileSync('readlink', [`/proc/${server.mark.pid}/exe`], { encoding: 'utf8' }).trim()
  return { uid, exe }
}

test('for root the server runs as nobody, and the data folder stays closed to others', {
  skip: noOtherUser,
}, async () => {
  const dataDir = join(await aPlace(0o755), 'data')

  const house = await openerFor(dataDir)

  assert.equal((await whoRuns(dataDir)).uid, nobody)
  assert.equal((await stat(dataDir)).mode & 0o777, 0o711)
  for (const name of await readdir(dataDir)) assert.equal((await stat(join(dataDir, name))).mode & 0o077, 0, name)
  await house.release()
})

test('for an ordinary user, even one without a name, the server runs as that user', { skip: noNamespace }, async () => {
  const dataDir = join(await aPlace(0o777), 'data')

  const house = await openerFor(dataDir, ordinary)

  assert.equal(house.report.adopted, false)
  assert.equal((await whoRuns(dataDir)).uid, ordinary)
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700)
  await house.release()
})

test('an ordinary user and root take turns, and join each other, on the same folder', {
  skip: noNamespace,
}, async () => {
  const dataDir = join(await aPlace(0o777), 'data')
  await openerFor(dataDir, ordinary).then(house => house.release())

  const asRoot = await openerFor(dataDir)
  assert.equal(asRoot.report.adopted, false)
  assert.equal((await whoRuns(dataDir)).uid, ordinary)
  const asUser = await openerFor(dataDir, ordinary)
  assert.equal(asUser.report.adopted, true)
  await asRoot.release()
  await asUser.release()

  const again = await openerFor(dataDir, ordinary)
  assert.equal(again.report.adopted, false)
  await again.release()
  assert.equal(findServer(dataDir), undefined)
})

test('from a clone under a private home of root the server runs from there, with its data there', {
  skip: noNamespace,
}, async () => {
  const home = await aPlace(0o700)
  const [checkout, dataDir] = [await aClone(home), join(home, 'clone', 'data')]

  const house = await anOpener({ dataDir, checkout })

  const { uid, exe } = await whoRuns(dataDir)
  assert.equal(uid, 0)
  assert.ok(exe.startsWith(home))
  assert.equal((await stat(join(dataDir, 'pg'))).uid, 0)
  await house.release()
})

test('where root cannot change user, the programs are copied out of its private home', {
  skip: noOtherUser,
}, async () => {
  const [checkout, dataDir] = [await aClone(await aPlace(0o700)), join(await aPlace(0o755), 'data')]

  const house = await anOpener({ dataDir, checkout, path: noPath })

  assert.equal(house.report.sentence, undefined)
  const { uid, exe } = await whoRuns(dataDir)
  assert.equal(uid, nobody)
  assert.ok(exe.startsWith(dataDir))
  await house.release()
})

test('where root cannot change user and its data are private too, the refusal says what to do', {
  skip: noOtherUser,
}, async () => {
  const dataDir = join(await aPlace(0o700), 'data')

  const { report: told } = await anOpener({ dataDir, path: noPath })

  assert.equal(told.refused, 'postgres-needs-another-user')
})

test('a data folder moved into a private home of root, and out again, opens there', { skip: noNamespace }, async () => {
  const home = await aPlace(0o755)
  const dataDir = join(home, 'data')
  await openerFor(dataDir).then(house => house.release())

  for (const [mode, owner] of [
    [0o700, 0],
    [0o755, nobody],
  ] as const) {
    await chmod(home, mode)
    const house = await openerFor(dataDir)
    assert.equal(house.report.refused, undefined)
    assert.equal((await stat(join(dataDir, 'pg', 'base'))).uid, owner)
    await house.release()
  }
})

test('packages that were installed without their links by another user are copied whole', {
  skip: noNamespace,
}, async () => {
  const [checkout, dataDir] = [await aCloneForAll(await aPlace(0o755)), join(await aPlace(0o777), 'data')]

  const house = await anOpener({ dataDir, checkout, uid: ordinary })

  assert.ok((await whoRuns(dataDir)).exe.startsWith(dataDir))
  await house.release()
})
