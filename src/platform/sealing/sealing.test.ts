import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openSealingKey, pepper, seal, unseal } from './sealing.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-sealing-'))
await mkdir(join(folder, 'keys'))
after(() => rm(folder, { recursive: true }))
const other = await mkdtemp(join(tmpdir(), 'dinhdanh-sealing-'))
await mkdir(join(other, 'keys'))
after(() => rm(other, { recursive: true }))

test('sealed data open only unchanged, in their place, for their use, and under the same key', async () => {
  await openSealingKey(folder)
  const sealed = seal('totp', 'a/1', 'ĐỒNG HỒ')
  assert.equal(unseal('totp', 'a/1', sealed), 'ĐỒNG HỒ')
  assert.notDeepEqual(seal('totp', 'a/1', 'ĐỒNG HỒ'), sealed)
  assert.throws(() => unseal('totp', 'a/2', sealed))
  assert.throws(() => unseal('message', 'a/1', sealed))
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.throws(() => unseal('totp', 'a/1', changed), `byte ${at}`)
  }
  const digits = pepper('passcode', 'a/1', '730164')
  assert.equal(pepper('passcode', 'a/1', '730164'), digits)
  assert.equal(new Set([digits, pepper('passcode', 'a/2', '730164'), pepper('code', 'a/1', '730164')]).size, 3)

  await openSealingKey(other)
  assert.throws(() => unseal('totp', 'a/1', sealed))
  assert.notEqual(pepper('passcode', 'a/1', '730164'), digits)
  await openSealingKey(folder)
  assert.equal(unseal('totp', 'a/1', sealed), 'ĐỒNG HỒ')
})

test('the key is made once, also by two processes, and only its owner may read it', async () => {
  const third = await mkdtemp(join(tmpdir(), 'dinhdanh-sealing-'))
  after(() => rm(third, { recursive: true }))
  await mkdir(join(third, 'keys'))
  await Promise.all([1, 2, 3].map(() => openSealingKey(third)))
  const path = join(third, 'keys', 'sealing.key')
  const text = await readFile(path, 'utf8')
  assert.equal(Buffer.from(text.trim(), 'base64').length, 32)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(join(third, 'keys')), ['sealing.key'])
  await openSealingKey(third)
  assert.equal(await readFile(path, 'utf8'), text)
})
