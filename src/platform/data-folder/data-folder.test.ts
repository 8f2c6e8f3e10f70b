import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import {
  claimServer,
  newHouseRecord,
  openDataFolder,
  readHouseRecord,
  runningServers,
  writeHouseRecord,
} from './data-folder.ts'

const base = await mkdtemp(join(tmpdir(), 'data-folder-test-'))
after(() => rm(base, { recursive: true, force: true }))

let folders = 0
const aFolder = () => openDataFolder(join(base, `house-${++folders}`))
const address = { port: 8080, origin: 'http://localhost:8080' }

/** A server process of its own, which claims the folder and then does nothing. */
async function aServer(dir: string) {
  const script = `
    const { claimServer } = await import(${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))})
    await claimServer(${JSON.stringify(dir)}, { port: 8443, origin: 'https://may-chu.example:8443' })
      .then(() => console.log('claimed'), error => console.log(error.code))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  // A test that fails before it kills its server must not keep the file open.
  after(() => child.kill('SIGKILL'))
  const [said] = await once(child.stdout, 'data')
  const kill = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return { pid: child.pid, said: String(said).trim(), kill }
}

test('a new data folder is private, in folders that are made for it', async () => {
  const dir = await openDataFolder(join(base, 'sâu', 'hơn nữa', 'data'))

  assert.equal((await stat(dir)).mode & 0o066, 0)
  assert.equal(await openDataFolder(dir), dir)
})

test('a new folder has no record; a written record is read back, with fields of later releases', async () => {
  const dir = await aFolder()
  assert.equal(await readHouseRecord(dir), undefined)

  const house = { ...newHouseRecord('0.1.0'), demonstration: true }
  await writeHouseRecord(dir, house)
  await writeHouseRecord(dir, { ...house, version: '0.2.0' })

  assert.deepEqual(await readHouseRecord(dir), { ...house, version: '0.2.0' })
  assert.deepEqual(await readdir(dir), ['house.json'])
  assert.equal((await stat(join(dir, 'house.json'))).mode & 0o777, 0o600)
})

test('a truncated house.json is refused, not taken for a new installation', async () => {
  for (const text of ['', '{"id":', '{}', '[]', 'null', '{"id":"1","createdAt":"","version":""}']) {
    const dir = await aFolder()
    await writeFile(join(dir, 'house.json'), text)

    await assert.rejects(
      readHouseRecord(dir),
      (error: unknown) => error instanceof Problem && error.code === 'data-folder-damaged',
    )
  }
})

test('a second server on a folder is refused in one sentence that names the first', async () => {
  const dir = await aFolder()
  const first = await aServer(dir)
  assert.equal(first.said, 'claimed')

  await assert.rejects(claimServer(dir, address), (error: unknown) => {
    assert.ok(error instanceof Problem)
    assert.equal(error.code, 'house-already-running')
    assert.equal(
      error.kind.title,
      `The installation already runs on this data folder: process ${first.pid}, https://may-chu.example:8443`,
    )
    assert.match(error.kind.vi, new RegExp(`tiến trình ${first.pid}, https://may-chu.example:8443$`))
    return true
  })
  assert.deepEqual(
    (await runningServers(dir)).map(({ port }) => port),
    [8443],
  )
  await first.kill()
})

test('a new server takes over from one that was killed', async () => {
  const dir = await aFolder()
  const first = await aServer(dir)
  await first.kill()
  assert.deepEqual(await runningServers(dir), [])

  const claim = await claimServer(dir, address)

  const [running] = await runningServers(dir)
  assert.deepEqual([running?.pid, running?.origin], [process.pid, address.origin])
  await claim.release()
})

test('of servers that start at one moment, one gets the folder', async () => {
  const dir = await aFolder()

  const servers = await Promise.all([aServer(dir), aServer(dir), aServer(dir)])

  assert.deepEqual(servers.map(server => server.said).sort(), [
    'claimed',
    'house-already-running',
    'house-already-running',
  ])
  await Promise.all(servers.map(server => server.kill()))
})

test('a server with the same origin and its own port serves beside the first, once that one serves', async () => {
  const dir = await aFolder()
  const first = await claimServer(dir, address)
  let waits = 0
  const second = claimServer(dir, { ...address, port: 8444 }, { onWait: () => (waits += 1) })
  await pause(50)
  assert.deepEqual([first.isBesideOthers, waits, (await runningServers(dir)).length], [false, 1, 1])
  await first.serves()
  const beside = await second
  assert.equal(beside.isBesideOthers, true)
  await beside.serves()
  assert.deepEqual(
    (await runningServers(dir)).map(({ port, serves }) => [port, serves]),
    [
      [address.port, true],
      [8444, true],
    ],
  )
  await first.release()
  assert.deepEqual(
    (await runningServers(dir)).map(({ port }) => port),
    [8444],
  )
  await beside.release()
})

test('a second server is refused with another origin, and on the port of the first', async () => {
  const dir = await aFolder()
  const first = await claimServer(dir, address)
  await first.serves()
  for (const other of [address, { port: 8444, origin: 'https://may-chu.example:8444' }])
    await assert.rejects(
      claimServer(dir, other),
      (error: unknown) => (error as Problem).code === 'house-already-running',
    )
  await first.release()
})

test('a server that was released is no more; the folder is free for the next', async () => {
  const dir = await aFolder()

  const claim = await claimServer(dir, address)
  await claim.release()
  await claim.release()

  assert.deepEqual(await runningServers(dir), [])
  await claimServer(dir, address).then(next => next.release())
})

test('a reused pid is not taken for the running server', async () => {
  const dir = await aFolder()
  await writeFile(join(dir, 'server.pid'), JSON.stringify({ pid: process.pid, start: '1', boot: 'before', ...address }))

  assert.deepEqual(await runningServers(dir), [])
})

test('a folder that may not be written to is refused', {
  skip: process.getuid?.() === 0 && 'root may write everywhere',
}, async () => {
  const dir = await aFolder()
  await chmod(dir, 0o500)

  await assert.rejects(
    openDataFolder(dir),
    (error: unknown) => error instanceof Problem && error.code === 'data-folder-not-writable',
  )
})
