import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../platform/day.ts'
import { type DirectiveStep, directiveDueOf, directiveStepOf, isStepDone } from './directive.ts'

const today = asDay('2023-04-20')
const question = { label: 'Số em chưa có số định danh' }

test('a unit’s step goes from unread to read, acknowledged and answered', () => {
  const none = { isRead: false, isAcknowledged: false, isAnswered: false }
  assert.equal(directiveStepOf(none), 'unread')
  assert.equal(directiveStepOf({ ...none, isRead: true }), 'read')
  assert.equal(
    directiveStepOf({ ...none, isAcknowledged: true }),
    'acknowledged',
    'who acknowledges has understood, read here or on paper',
  )
  assert.equal(directiveStepOf({ isRead: true, isAcknowledged: true, isAnswered: true }), 'answered')
})

test('an order without a question is done when acknowledged, one with a question when answered', () => {
  const done = (step: DirectiveStep) => [isStepDone(step, undefined), isStepDone(step, question)]
  assert.deepEqual(done('read'), [false, false])
  assert.deepEqual(done('acknowledged'), [true, false])
  assert.deepEqual(done('answered'), [true, true])
})

test('a directive is overdue from the day after its due day until it is done or closed', () => {
  const on = (dueOn: string, step: DirectiveStep = 'read') =>
    directiveDueOf({ dueOn: asDay(dueOn), question }, step, today)
  assert.deepEqual([on('2023-04-19'), on('2023-04-20'), on('2023-04-21')], ['overdue', 'today', 'later'])
  assert.equal(on('2023-04-19', 'answered'), 'done')
  assert.equal(directiveDueOf({ dueOn: asDay('2023-04-19'), question, closedOn: today }, 'read', today), 'closed')
})
