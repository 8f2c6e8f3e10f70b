import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay, type Day } from '../platform/day.ts'
import { builtInLaw } from '../platform/law.ts'
import { type FeeRequest, feeFor } from './fee.ts'
import { legalBasisOf } from './law.ts'

const [in2023, inReduction, in2025] = [asDay('2023-04-20'), asDay('2024-11-01'), asDay('2025-02-03')]

const amountOf = (request: FeeRequest, day: Day) => {
  const fee = feeFor(request, day, builtInLaw)
  return fee.is === 'due' ? fee.amount : fee.is
}

test('the first card is free, and so is a card that the citizen did not cause', () => {
  for (const day of [in2023, inReduction, in2025]) {
    assert.equal(amountOf({ kind: 'first-issue', reason: 'first' }, day), 'none')
    for (const reason of ['renewal-age', 'units-rearranged'] as const)
      assert.equal(amountOf({ kind: 'exchange', reason }, day), 'none')
  }
})

test('an exchange and a re-issue cost what the rule of the day says, half while it is reduced', () => {
  const lost = { kind: 're-issue', reason: 'lost' } as const
  assert.deepEqual(feeFor(lost, in2023, builtInLaw), { is: 'due', amount: 70_000, reason: 'Thông tư 59/2019/TT-BTC' })
  assert.deepEqual(feeFor(lost, inReduction, builtInLaw), {
    is: 'due',
    amount: 35_000,
    reason: 'Thông tư 73/2024/TT-BTC, giảm 50%',
  })
  assert.deepEqual(feeFor(lost, asDay('2026-12-31'), builtInLaw), {
    is: 'due',
    amount: 35_000,
    reason: 'Thông tư 73/2024/TT-BTC, giảm 50% theo Thông tư 64/2025/TT-BTC',
  })
  assert.equal(amountOf({ kind: 'exchange', reason: 'appearance' }, in2023), 50_000)
  const older = { kind: 'exchange', reason: 'on-request', oldCard: { kind: 'cccd', collected: true } } as const
  assert.deepEqual([amountOf(older, in2023), amountOf(older, in2025)], [50_000, 30_000])
  const fromPaper = { kind: 'first-issue', reason: 'first', oldCard: { kind: 'cmnd', collected: true } } as const
  assert.deepEqual([amountOf(fromPaper, in2023), amountOf(fromPaper, in2025)], [30_000, 'none'])
})

test('a card printed wrong is free where an officer recorded the agency’s error and by which paper', () => {
  const wrong = { kind: 'exchange', reason: 'printed-wrong' } as const
  const exemption = { kind: 'agency-error', evidence: 'giấy khai sinh số 12' } as const
  for (const day of [in2023, in2025]) {
    assert.equal(amountOf(wrong, day), 50_000)
    assert.equal(amountOf({ ...wrong, fee: { exemption } }, day), 'exempt')
    assert.equal(amountOf({ ...wrong, fee: { exemption: { ...exemption, evidence: ' ' } } }, day), 50_000)
    assert.equal(amountOf({ kind: 'exchange', reason: 'on-request', fee: { exemption } }, day), 50_000)
  }
})

test('children and the elderly are freed by their birth date, others by the paper that was recorded', () => {
  const lost = { kind: 're-issue', reason: 'lost' } as const
  const [child, grown, elderly] = [
    { y: 2009, m: 2, d: 4 },
    { y: 1990, m: 1, d: 1 },
    { y: 1965, m: 2, d: 3 },
  ]
  assert.deepEqual(
    [child, grown, elderly].map(birthDate => amountOf({ ...lost, birthDate }, in2025)),
    ['exempt', 70_000, 'exempt'],
  )
  assert.equal(amountOf({ ...lost, birthDate: child }, in2023), 70_000)
  const poor = {
    ...lost,
    birthDate: grown,
    fee: { exemption: { kind: 'poor-household', evidence: 'GCN 118' } },
  } as const
  assert.deepEqual(feeFor(poor, in2025, builtInLaw), {
    is: 'exempt',
    kind: 'poor-household',
    evidence: 'GCN 118',
    instead: 70_000,
    reason: 'Điều 5 Thông tư 73/2024/TT-BTC',
  })
  const disabled = { ...lost, fee: { exemption: { kind: 'disabled', evidence: 'GXN 7' } } } as const
  assert.deepEqual([amountOf(disabled, in2023), amountOf(disabled, in2025)], [70_000, 'exempt'])
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
