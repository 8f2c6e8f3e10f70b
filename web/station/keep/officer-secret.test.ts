import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeVault, openVault } from './officer-secret.ts'

test('an officer’s key lies under 600,000 rounds of PBKDF2, with a salt of its own', async () => {
  const [one, two] = [await makeVault('hoa ban 1988'), await makeVault('hoa ban 1988')]
  assert.ok(one.rounds >= 600_000 && one.salt.length >= 16)
  assert.notDeepEqual(one.salt, two.salt)
  assert.ok(await openVault('hanh', one, 'hoa ban 1988'))
  assert.equal(await openVault('hanh', one, 'hoa ban 1989'), undefined)
  assert.equal(await openVault('hanh', { ...one, rounds: one.rounds - 1 }, 'hoa ban 1988'), undefined)
  assert.equal(await openVault('hanh', { ...one, salt: two.salt }, 'hoa ban 1988'), undefined)
})
