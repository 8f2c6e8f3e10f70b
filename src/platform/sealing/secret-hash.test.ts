import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashSecret, matchesSecret } from './secret-hash.ts'

test('what people remember is kept as argon2id, with 19 MiB and two passes at least', async () => {
  const [one, two] = [await hashSecret('hoa ban nở'), await hashSecret('hoa ban nở')]
  assert.notEqual(one, two, 'each has a salt of its own')
  const [, memory, passes, lanes, salt = '', hash = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(one) ?? assert.fail(one)
  assert.ok(Number(memory) >= 19_456 && Number(passes) >= 2 && Number(lanes) === 1)
  assert.ok(Buffer.from(salt, 'base64').length >= 16 && Buffer.from(hash, 'base64').length >= 32)
})

test('a secret is compared whole and letter by letter; only ways to write one letter are the same', async () => {
  const long = 'một câu dài dễ nhớ, '.repeat(9)
  const kept = await hashSecret(long)
  assert.equal(await matchesSecret(kept, long), true)
  assert.equal(await matchesSecret(kept, long.normalize('NFD')), true)
  for (const other of [long.slice(0, -1), long.slice(0, 72), `${long} `, long.trim(), long.toUpperCase(), ''])
    assert.equal(await matchesSecret(kept, other), false, JSON.stringify(other.slice(-8)))
  assert.equal(await matchesSecret(undefined, long), false)
})
