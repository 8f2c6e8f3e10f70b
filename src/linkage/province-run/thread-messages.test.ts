import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Id } from '../../platform/ids.ts'
import { toLinkRecord } from '../person-record.ts'
import { aProvince, rawsOf, recordsOf } from './packed.fixture.ts'
import { linkRows, provinceSelector } from './province-run.ts'
import { packLinked, packRows, unpackLinked, unpackRows } from './thread-messages.ts'

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

test('rows and link results survive packing and unpacking', () => {
  const { roll, of, linker } = aProvince(5, 4000, 600)
  const rows = rawsOf(roll)
  assert.deepEqual(plain(unpackRows(packRows(rows)).map(toLinkRecord)), plain(rows.map(toLinkRecord)))

  const linked = linkRows(recordsOf(roll), provinceSelector(of), linker)
  const outcomes = new Set(linked.map(({ outcome }) => outcome))
  assert.ok(outcomes.has('matched') && outcomes.has('review') && outcomes.has('not-found'))
  assert.deepEqual(unpackLinked(packLinked(linked)), linked)
})

test('other candidates survive packing, and so does a holder who is no candidate', () => {
  const reasons = [{ field: 'number', code: 'number-different', weight: -3.1 }] as const
  const candidates = (['a', 'b'] as Id<'person'>[]).map((personId, i) => ({
    personId,
    probability: 0.4 - i / 10,
    weight: 9,
    reasons,
  }))
  const found = {
    outcome: 'matched',
    personId: 'b' as Id<'person'>,
    holderId: 'c' as Id<'person'>,
    probability: 0.99,
    margin: 3.5,
    reasons,
    candidates,
  } as const
  const nobody = {
    outcome: 'not-found',
    personId: undefined,
    holderId: undefined,
    probability: 0,
    margin: 0,
    reasons: [],
    candidates: [],
  } as const
  assert.deepEqual(unpackLinked(packLinked([found, nobody])), [found, nobody])
})
