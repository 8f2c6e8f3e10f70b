import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromRoot } from '../../platform/root.ts'
import { parsePhone } from './phone.ts'
import { phonePrefixes2018 } from './phone-renumbering-2018.ts'

test('the prefixes of 2018 are those of the official table', () => {
  const lines = readFileSync(fromRoot('db/reference/phone-prefixes-2018.csv'), 'utf8').trim().split(/\r?\n/).slice(1)
  assert.deepEqual(Object.entries(phonePrefixes2018).sort(), lines.map(line => line.split(',').slice(0, 2)).sort())
})

test('a mobile reads the same in every form', () => {
  const reading = { kind: 'mobile', e164: '+84912345678' }
  for (const form of [
    '0912345678',
    '0912 345 678',
    '0912.345.678',
    '(091) 234-5678',
    '+84912345678',
    '+84 0912345678',
    '0084912345678',
    '84912345678',
    '912345678',
    912345678,
    "'0912345678",
    '0912345678.0',
    '+84(0)912345678',
  ])
    assert.deepEqual(parsePhone(form), reading, String(form))
})

test('a number of Vinaphone that lost its zero is not taken for a country code', () => {
  assert.deepEqual(parsePhone('841234567'), { kind: 'mobile', e164: '+84841234567' })
})

test('an eleven-digit mobile becomes the number it has had since 2018', () => {
  assert.deepEqual(parsePhone('01681234567'), { kind: 'migrated', e164: '+84381234567', from: '01681234567' })
  assert.deepEqual(parsePhone('+84 168 123 4567'), { kind: 'migrated', e164: '+84381234567', from: '01681234567' })
  assert.deepEqual(parsePhone(1681234567), { kind: 'migrated', e164: '+84381234567', from: '01681234567' })
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(phonePrefixes2018)),
      fc.integer({ min: 0, max: 9_999_999 }),
      (prefix, rest) => {
        const old = prefix + String(rest).padStart(7, '0')
        const now = parsePhone(old)
        assert.ok(now.kind === 'migrated' && now.from === old)
        assert.deepEqual(parsePhone(now.e164), { kind: 'mobile', e164: now.e164 })
      },
    ),
  )
})

test('landlines are told apart from mobiles', () => {
  assert.deepEqual(parsePhone('0203 3825 123'), { kind: 'landline', e164: '+842033825123' })
  assert.deepEqual(parsePhone('2033825123'), { kind: 'landline', e164: '+842033825123' })
})

test('what is no phone is malformed, and nothing is missing', () => {
  for (const text of [
    '12345',
    '0112345678',
    '091234567',
    '09123456789',
    '+81901234567',
    'abc',
    '0912345678/0987654321',
    '0101234567890',
  ])
    assert.equal(parsePhone(text).kind, 'malformed', text)
  for (const text of ['', ' - ', 'không có', '0', null, undefined])
    assert.equal(parsePhone(text).kind, 'missing', String(text))
})
