import assert from 'node:assert/strict'
import { test } from 'node:test'
import type * as enrolment from '../enrolment/enrolment.ts'
import { asDay } from '../platform/day.ts'
import { type CardView, type CitizenOverview, cardAnswerOf } from './citizens.ts'
import { toDosOf } from './to-do.ts'

const day = { today: asDay('2023-04-20'), mayApplyFrom: asDay('2019-03-15') }
const inHand: CardView = { state: 'handed-over', until: asDay('2030-03-15'), hasTerm: 'yes', mustRenew: false }
const view = (card: enrolment.ReceiptView['card']): enrolment.ReceiptView => ({
  code: 'AAAA-0001',
  unit: 'Phường Hà Khánh',
  takenOn: asDay('2023-04-01'),
  since: asDay('2023-04-01'),
  card,
  steps: [],
  account: 'none',
})

test('an application under way is shown before a card in hand, and a finished one not as under way', () => {
  assert.equal(cardAnswerOf([inHand], [view('approved')], day).is, 'applied')
  assert.equal(cardAnswerOf([inHand], [view('handed-over'), view('refused')], day).is, 'in-force')
  assert.equal(cardAnswerOf([{ ...inHand, state: 'produced' }, inHand], [], day).is, 'coming')
})

test('a card past its term is to be renewed, a blocked one says so, and a revoked one is none', () => {
  assert.equal(cardAnswerOf([{ ...inHand, mustRenew: true }], [], day).is, 'must-renew')
  assert.equal(cardAnswerOf([{ ...inHand, state: 'blocked' }], [], day).is, 'blocked')
  assert.equal(cardAnswerOf([{ ...inHand, state: 'revoked' }], [], day).is, 'none')
})

test('a person too young for a card is told from which day they may apply, not that a card is lacking', () => {
  const answer = cardAnswerOf([], [], { ...day, mayApplyFrom: asDay('2024-05-02') })
  assert.deepEqual(answer, { is: 'too-young', from: '2024-05-02' })
  assert.deepEqual(toDosOf({ answer } as CitizenOverview, undefined), [])
})

test('things to do are sorted by urgency', () => {
  const standing = {
    answer: { is: 'applied', view: view('at-unit') },
    account: { id: 'a', personId: 'p', level: 1, state: 'activated' },
  } as unknown as CitizenOverview
  const raised = toDosOf({ ...standing, answer: { is: 'in-force', card: inHand } }, undefined)
  assert.deepEqual(raised, ['raise-level'], 'level 2 is asked for with a card in the hand')
  const factors = { passcode: true, totp: false, passkeys: 0, recoveryCodes: 0 }
  assert.deepEqual(toDosOf(standing, factors), ['fetch-card', 'second-way'])
  assert.deepEqual(toDosOf(standing, { ...factors, recoveryCodes: 2 }), ['fetch-card', 'more-codes'])
})
