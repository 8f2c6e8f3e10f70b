import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePhone } from '../../names/numbers/phone.ts'
import { profilesOf } from './column-profile.ts'

const four = Array.from({ length: 10_000 }, (_, prefix) => `${prefix}`.padStart(4, '0'))

test('a column of any mobile prefix that is read as a phone is recognised as phones', () => {
  const mobiles = four
    .flatMap(prefix => [`${prefix}123456`, `${prefix}1234567`])
    .filter(phone => ['mobile', 'migrated'].includes(parsePhone(phone).kind) && phone.startsWith('0'))
  // Five prefixes of today in a hundred forms each, and the twenty-one of before 2018.
  assert.equal(mobiles.length, 5 * 100 + 21)
  for (const text of mobiles) {
    const profile = profilesOf([{ row: 1, cells: [{ column: 1, text, value: text, kind: 'text' }] }]).get(1)
    assert.equal(profile?.of.phone, 1, text)
  }
})
