import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const place = await mkdtemp(join(tmpdir(), 'dinhdanh-fetch-'))
after(() => rm(place, { recursive: true }))
const script = fileURLToPath(new URL('fetch-segment.ts', import.meta.url))

/** Asks for a segment as PostgreSQL does, of somebody who gives this answer. Gives how the command ends. */
async function fetch(answer: string, path: string): Promise<number> {
  const socket = join(place, 'segments')
  const server = createServer(connection => connection.once('data', () => connection.end(answer))).listen(socket)
  await once(server, 'listening')
  const child = spawn(process.execPath, [script, socket, '000000010000000000000001', path], { stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number]
  server.close()
  return code
}

test('a segment that is there and cannot be written is no end of the log: PostgreSQL gives up', async () => {
  const path = join(place, 'fetched')
  assert.equal(await fetch('+log', path), 0)
  assert.equal(await readFile(path, 'utf8'), 'log')
  assert.equal(await fetch('-', path), 1, 'the end of the log')
  assert.equal(await fetch('!', path), 200)
  assert.equal(await fetch('+log', join(place, 'no-such-folder', 'fetched')), 200)
  assert.equal(await fetch('', path), 200, 'whoever restores was killed')
})
