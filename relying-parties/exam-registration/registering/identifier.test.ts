import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  grouped,
  isPersonNumber,
  isTemporaryCode,
  newReceiptCode,
  newTemporaryCode,
  readIdentifier,
  readReceiptCode,
} from './identifier.ts'

const codes = Array.from({ length: 2_000 }, newTemporaryCode)

test('a temporary code has twelve signs, begins with a letter, and is never twelve digits', () => {
  for (const code of codes) {
    assert.match(code, /^[B-Z][2-9B-Z]{11}$/)
    assert.equal(isPersonNumber(code), false)
    assert.deepEqual(readIdentifier(code), { kind: 'code', code })
  }
  assert.equal(new Set(codes).size, codes.length)
})

test('twelve digits are a number and never a code, whatever their last digit', () => {
  for (let last = 0; last < 10; last++)
    for (const body of ['02230500746', '00000000000', '99999999999']) {
      assert.equal(isTemporaryCode(`${body}${last}`), false)
      assert.equal(readIdentifier(`${body}${last}`).kind, 'number')
    }
})

test('every single wrong sign and every two that are swapped are found', () => {
  const signs = '23456789BCDFGHJKMNPQRSTVWXYZ'
  for (const code of codes.slice(0, 40)) {
    for (let at = 0; at < 12; at++)
      for (const sign of signs)
        if (sign !== code[at]) assert.equal(isTemporaryCode(code.slice(0, at) + sign + code.slice(at + 1)), false)
    for (let at = 1; at < 11; at++) {
      const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
      if (swapped !== code) assert.equal(isTemporaryCode(swapped), false, `${code} ${swapped}`)
    }
  }
})

test('a code is read as people type it: small letters, gaps, hyphens', () => {
  const [code] = codes
  assert.deepEqual(readIdentifier(` ${grouped(code!).toLowerCase().replaceAll(' ', ' - ')} `), { kind: 'code', code })
})

test('an identifier that is neither is refused with its kind: old number, ministry id, passport', () => {
  assert.deepEqual(readIdentifier('101234567'), { kind: 'neither', why: 'old-number' })
  assert.deepEqual(readIdentifier('22201234567890123456'), { kind: 'neither', why: 'wrong-length' })
  assert.deepEqual(readIdentifier('P1234567'), { kind: 'neither', why: 'wrong-length' })
  assert.deepEqual(readIdentifier('ĐBCDFGHJKMNP'), { kind: 'neither', why: 'wrong-sign' })
  assert.deepEqual(readIdentifier('BBBBBBBBBBBC'), { kind: 'neither', why: 'wrong-check' })
  assert.deepEqual(readIdentifier(''), { kind: 'neither', why: 'wrong-length' })
})

test('a receipt’s code is neither of them', () => {
  for (let n = 0; n < 200; n++) {
    const code = newReceiptCode()
    assert.equal(code.length, 9)
    assert.equal(readIdentifier(code).kind, 'neither')
    assert.equal(readReceiptCode(grouped(code).toLowerCase()), code)
  }
})
