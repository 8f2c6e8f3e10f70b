import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { streamFromDisk } from './stream-from-disk.ts'

/** A folder that no other test writes to. */
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-downloads-'))
process.env['TMPDIR'] = folder
after(() => rm(folder, { recursive: true, force: true }))

/** Files of the folder that this process still holds open, whether they have a name or not. */
async function openFiles(): Promise<string[]> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map(fd => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  )
  return links.filter(link => link.startsWith(folder))
}

const onLinux = { skip: process.platform === 'linux' ? false : 'reads /proc' }

test('a long download is on disk without a name, so that no kill leaves a file of people', onLinux, async () => {
  const bytes = Buffer.alloc(300_000, 'a long file ')
  const content = await streamFromDisk(async out => {
    await pipeline([bytes], out)
    assert.deepEqual(await readdir(folder), [])
  })
  assert.equal((await openFiles()).length, 1)
  assert.deepEqual(Buffer.concat(await content.toArray()), bytes)
  if (!content.closed) await once(content, 'close')
  assert.deepEqual(await openFiles(), [])
})

test('a long download that fails half-way tells its caller why, and holds no file', onLinux, async () => {
  const refused = new Error('the batch is unknown')
  const tried = streamFromDisk(async out => {
    out.write('half of it')
    out.destroy()
    throw refused
  })
  await assert.rejects(tried, refused)
  for (let tries = 0; (await openFiles()).length > 0 && tries < 20; tries++) await setTimeout(10)
  assert.deepEqual([await openFiles(), await readdir(folder)], [[], []])
})

test('a long download whose reader goes away holds no file', onLinux, async () => {
  const content = await streamFromDisk(out => pipeline([Buffer.alloc(300_000)], out))
  content.destroy()
  await once(content, 'close')
  assert.deepEqual(await openFiles(), [])
})
