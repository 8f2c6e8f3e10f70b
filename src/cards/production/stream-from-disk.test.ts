import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, type WriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { streamFromDisk } from './stream-from-disk.ts'

test('a file is open before a long download is written, and closed and gone where that fails', async () => {
  const refused = new Error('the batch is unknown')
  const seen: WriteStream[] = []
  const tried = streamFromDisk(async out => {
    // What is not open yet opens when its folder may be gone, and fails for the whole process.
    assert.equal(out.pending, false)
    seen.push(out)
    throw refused
  })
  await assert.rejects(tried, refused)
  assert.deepEqual(
    seen.map(({ closed }) => closed),
    [true],
  )
})

test('what was written to disk is read from it, and is gone once it was read', async () => {
  const content = await streamFromDisk(out => pipeline(['a long ', 'file'], out))
  const { path } = content
  const closed = once(content, 'close')
  assert.equal(Buffer.concat(await content.toArray()).toString(), 'a long file')
  await closed
  for (let tries = 0; existsSync(path) && tries < 100; tries++) await setTimeout(20)
  assert.equal(existsSync(path), false)
})
