import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../platform/day.ts'
import { builtInLaw } from '../platform/law.ts'
import { cardDataOn } from './card-data.ts'

const content = {
  number: '022205001234',
  fullName: 'Nguyễn Văn An',
  birthDate: { y: 2005, m: 3, d: 15 },
  sex: 'M',
  nationality: 'Việt Nam',
  residence: 'phường Hồng Hà',
} as const
const on = (day: string, more: object = {}) => cardDataOn({ ...content, ...more }, asDay(day), builtInLaw)

test('a card has the kind, the term and the zone of its day of issue', () => {
  const card = on('2023-04-20')
  assert.equal(card.kind, 'cccd')
  assert.equal(card.expiresOn, '2030-03-15')
  assert.deepEqual(card.mrz, [
    'IDVNM2050012347022205001234<<5',
    '0503154M3003150VNM<<<<<<<<<<<2',
    'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<',
  ])
  assert.equal(on('2024-07-01').kind, 'can-cuoc')
})

test('a child has the kind of the young until the day on which it is six', () => {
  const child = { birthDate: { y: 2020, m: 3, d: 15 } }
  assert.equal(on('2026-03-14', child).kind, 'can-cuoc-under-6')
  assert.equal(on('2026-03-15', child).kind, 'can-cuoc')
})

test('an old person has a card without term', () => {
  const old = on('2023-04-20', { birthDate: { y: 1950 } })
  assert.equal('expiresOn' in old, false)
  assert.equal(old.mrz[1].slice(8, 14), '991231')
})
