import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../../src/platform/ids.ts'
import { decimalText } from '../../parts/formats.ts'
import { shortName } from '../base/short-name.ts'
import { amountOf, sumOf } from '../targets/typed-amount.ts'
import { lossesOf } from './funnel-losses.ts'
import { asListQuery, type FunnelAnswer, type QuickRow } from './search.ts'
import { fasterBy, verdictOf } from './verdict.ts'

const forecast = (low: number, high: number) => ({
  low,
  mid: Math.round((low + high) / 2),
  high,
  neededPerWorkingDay: 12_563,
  recentPerWorkingDay: 4020,
  calibration: null,
})

const row = (given: Partial<QuickRow>): QuickRow => ({
  unit: { id: newId<'unit'>(), code: '22', name: 'Tỉnh Quảng Ninh', level: 'province' },
  members: 723_000,
  frozen: 723_000,
  today: 3412,
  cumulative: 120_000,
  target: 723_000,
  notHandedDown: 0,
  remaining: 603_000,
  rate: { exact: 0.16597, floorPercent: 16 },
  rateOfMembers: { exact: 0.16597, floorPercent: 16 },
  rank: null,
  planned: 210_800,
  neededPerWorkingDay: 12_563,
  recentPerWorkingDay: 4020,
  forecast: forecast(268_000, 357_000),
  above: null,
  silent: false,
  ...given,
})

const april = { day: '2023-04-20', dueOn: '2023-06-30' }

test('a unit forecast wholly below the target is late, and needs 3.1 times the pace', () => {
  assert.equal(verdictOf(row({}), april), 'late')
  assert.equal(decimalText(fasterBy(row({}))!, 1), '3,1')
})

test('a band on both sides of the target is no promise, one above it is', () => {
  assert.equal(verdictOf(row({ forecast: forecast(700_000, 750_000) }), april), 'unsure')
  assert.equal(verdictOf(row({ forecast: forecast(723_000, 750_000) }), april), 'in-time')
})

test('a reached, exceeded, missing or too new target is named as such', () => {
  assert.equal(verdictOf(row({ cumulative: 723_000 }), april), 'reached')
  assert.equal(verdictOf(row({}), { day: '2023-06-30', dueOn: '2023-06-30' }), 'over')
  assert.equal(verdictOf(row({ target: null, rate: null, remaining: null, forecast: null }), april), 'no-target')
  assert.equal(verdictOf(row({ forecast: null }), april), 'no-data')
  assert.equal(fasterBy(row({ recentPerWorkingDay: 0 })), undefined)
})

test('a person who stopped is listed under the first step they did not reach', () => {
  const step = (metric: 'account-received' | 'account-activated' | 'card-applied', stopped: number) => ({
    metric,
    total: 0,
    stopped,
    rate: null,
  })
  const funnel: FunnelAnswer = {
    day: '2023-04-20',
    members: 10,
    ways: [
      { way: 'account', steps: [step('account-received', 4), step('account-activated', 3)] },
      { way: 'card', steps: [step('card-applied', 9)] },
    ],
  }
  assert.deepEqual(
    lossesOf(funnel, 'account-activated').map(({ stopped, search }) => [stopped, search]),
    [
      [4, { cs: 'account-received', kieu: 'stopped' }],
      [3, { cs: 'account-activated', kieu: 'stopped' }],
    ],
  )
  assert.deepEqual(
    lossesOf(funnel, 'card-handed-over').map(({ step }) => step),
    ['card-applied'],
  )
})

test('a list’s address equals its query; a figure that the campaign does not count is left out', () => {
  const metrics = ['account-activated'] as const
  assert.deepEqual(
    asListQuery(
      { cs: 'account-activated', kieu: 'new', tu: '2023-04-20', ngay: '2023-04-20', nhom: '2', bd: '2024' },
      metrics,
    ),
    {
      metric: 'account-activated',
      which: 'new',
      from: '2023-04-20',
      day: '2023-04-20',
      band: 2,
      map: '2024',
    },
  )
  assert.deepEqual(asListQuery({ cs: 'sites', kieu: 'mọi người', bd: 'bản đồ cũ', nhom: 'x', truong: '' }, metrics), {})
})

test('an amount is read as people write it, and nothing else is taken for one', () => {
  assert.deepEqual(['1.234', '1 234', '0', '', ' ', '-5', '12,5', 'x', '9999999999'].map(amountOf), [
    1234,
    1234,
    0,
    undefined,
    undefined,
    'unreadable',
    'unreadable',
    'unreadable',
    'unreadable',
  ])
  assert.equal(sumOf([1, undefined, 'unreadable', 2]), 3)
})

test('a district is named without the word for its kind, a commune with it', () => {
  assert.deepEqual(
    ['Thành phố Hạ Long', 'Huyện Ba Chẽ', 'Thị xã Đông Triều', 'Phường Hồng Hà', 'Thị trấn Ba Chẽ'].map(shortName),
    ['Hạ Long', 'Ba Chẽ', 'Đông Triều', 'Phường Hồng Hà', 'Thị trấn Ba Chẽ'],
  )
})

test('a printed rate is cut to three places, never rounded: 120.000 of 723.000 is 16,597', () => {
  assert.equal(decimalText((120_000 / 723_000) * 100, 3), '16,597')
  assert.equal(decimalText(99.9999, 3), '99,999')
  assert.equal(decimalText(109.73, 2), '109,73')
  assert.equal(decimalText(1234.5, 1), '1.234,5')
})
