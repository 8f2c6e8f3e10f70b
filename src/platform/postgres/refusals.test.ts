import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Problem } from '../problem.ts'
import { aCheckoutForAll, noOtherUser, ordinary } from './postgres.test-checkout.ts'
import { anOpener } from './postgres.test-process.ts'
import { openPostgres } from './postgres.ts'

const base = await mkdtemp(join(tmpdir(), 'postgres-refusal-test-'))
await chmod(base, 0o755)
after(() => rm(base, { recursive: true, force: true }))

let folders = 0
const aFolder = () => join(base, `house-${++folders}`)
const open = (dataDir: string) => openPostgres({ dataDir, purpose: 'test', durable: false })

const refuses = (code: string, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem)
  assert.equal(error.code, code)
  assert.match(error.kind.title, sentence)
  return true
}

/** Runs the opener where a small disk of its own is mounted at `place`. */
const onDisk = (options: string, place: string) => [
  ...['unshare', '--mount', 'sh', '-c', `mount -t tmpfs -o ${options} none "$0" && exec "$@"`, place],
]
const mounts = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', base]).status === 0
const skip = mounts ? false : 'this user may not mount a disk'

test('the data of another major release are left alone', async () => {
  const dataDir = aFolder()
  await open(dataDir).then(house => house.release())
  await writeFile(join(dataDir, 'pg', 'PG_VERSION'), '17\n')

  await assert.rejects(open(dataDir), refuses('postgres-other-release', /: 17, not 18$/))
})

test('a damaged cluster is refused each time with the last lines of its log', async () => {
  const dataDir = aFolder()
  await open(dataDir).then(house => house.release())
  await truncate(join(dataDir, 'pg', 'global', 'pg_control'), 0)

  for (const _ of [1, 2]) await assert.rejects(open(dataDir), refuses('postgres-not-started', /pg_control/))
})

test('a file in the place of the folder is refused', async () => {
  const dataDir = aFolder()
  await writeFile(dataDir, '')

  await assert.rejects(open(dataDir), refuses('data-folder-not-a-folder', new RegExp(dataDir)))
})

/** Root may write anywhere: there it is another user who may not. */
const isRoot = process.getuid?.() === 0

test('a folder that this user may not write to is refused', { skip: isRoot && noOtherUser }, async () => {
  const dataDir = aFolder()
  const another = isRoot && { uid: ordinary, checkout: await aCheckoutForAll(async () => aFolder()) }
  await mkdir(dataDir, { mode: 0o755 })
  await chmod(dataDir, 0o555)

  const { report: told } = await anOpener({ dataDir, ...another })

  assert.equal(told.refused, 'data-folder-not-writable')
  assert.ok(told.sentence?.endsWith(dataDir))
})

test('a read-only disk is refused', { skip }, async () => {
  const dataDir = aFolder()
  await mkdir(dataDir)

  for (const folder of [dataDir, join(dataDir, 'new')]) {
    const { report: told } = await anOpener({ dataDir: folder, before: onDisk('ro', dataDir) })
    assert.equal(told.refused, 'data-folder-read-only')
  }
})

test('a disk that fills up is refused, at whatever point it does', { skip }, async () => {
  for (const room of ['4k', '2m', '20m']) {
    const dataDir = aFolder()
    await mkdir(dataDir)
    const { report: told } = await anOpener({ dataDir, before: onDisk(`size=${room}`, dataDir) })
    assert.equal(told.refused, 'disk-full', room)
  }
})
