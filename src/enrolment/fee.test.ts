import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import { legalBasisOf } from '../law.ts'
import { feeFor } from './fee-of-application.ts'

const [in2023, inReduction, in2025] = [asDay('2023-04-20'), asDay('2024-11-01'), asDay('2025-02-03')]

test('the first card is free, and so is a card that the citizen did not cause', () => {
  for (const day of [in2023, inReduction, in2025]) {
    assert.equal(feeFor({ kind: 'first-issue', reason: 'first' }, day, builtInLaw), undefined)
    for (const reason of ['renewal-age', 'printed-wrong', 'units-rearranged'] as const)
      assert.equal(feeFor({ kind: 'exchange', reason }, day, builtInLaw), undefined)
  }
})

test('an exchange and a re-issue cost what the rule of the day says, half while it is reduced', () => {
  const lost = { kind: 're-issue', reason: 'lost' } as const
  assert.deepEqual(feeFor(lost, in2023, builtInLaw), { amount: 70_000, reason: 'Thông tư 59/2019/TT-BTC' })
  assert.deepEqual(feeFor(lost, inReduction, builtInLaw), {
    amount: 35_000,
    reason: 'Thông tư 73/2024/TT-BTC, giảm 50% theo Thông tư 43/2024/TT-BTC',
  })
  assert.equal(feeFor({ kind: 'exchange', reason: 'appearance' }, in2023, builtInLaw)?.amount, 50_000)
  const older = { kind: 'exchange', reason: 'on-request', oldCard: { kind: 'cccd', collected: true } } as const
  assert.deepEqual(
    [feeFor(older, in2023, builtInLaw)?.amount, feeFor(older, in2025, builtInLaw)?.amount],
    [50_000, 30_000],
  )
})

test('a refusal rests on the law of its day', () => {
  assert.deepEqual(legalBasisOf('card-too-young', asDay('2024-06-30'), builtInLaw), [
    'Luật Căn cước công dân số 59/2014/QH13, Điều 19',
  ])
  assert.deepEqual(legalBasisOf('data-unproved', asDay('2024-07-01'), builtInLaw), [
    'Luật Căn cước số 26/2023/QH15, Điều 23',
    'Nghị định 70/2024/NĐ-CP, Điều 6',
  ])
})
