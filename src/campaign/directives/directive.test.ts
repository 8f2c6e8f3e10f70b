import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../platform/day.ts'
import { dueOf, isDone, type Step, stepOf } from './directive.ts'

const today = asDay('2023-04-20')
const question = { label: 'Số em chưa có số định danh' }

test('a unit goes from unread over read and acknowledged to answered', () => {
  const none = { isRead: false, isAcknowledged: false, isAnswered: false }
  assert.equal(stepOf(none), 'unread')
  assert.equal(stepOf({ ...none, isRead: true }), 'read')
  assert.equal(
    stepOf({ ...none, isAcknowledged: true }),
    'acknowledged',
    'who acknowledges has understood, read here or on paper',
  )
  assert.equal(stepOf({ isRead: true, isAcknowledged: true, isAnswered: true }), 'answered')
})

test('to acknowledge is enough where nothing is asked; a question is done when it is answered', () => {
  const done = (step: Step) => [isDone(step, undefined), isDone(step, question)]
  assert.deepEqual(done('read'), [false, false])
  assert.deepEqual(done('acknowledged'), [true, false])
  assert.deepEqual(done('answered'), [true, true])
})

test('what is not done is overdue from the day after its last, and no more once the directive is closed', () => {
  const on = (dueOn: string, step: Step = 'read') => dueOf({ dueOn: asDay(dueOn), question }, step, today)
  assert.deepEqual([on('2023-04-19'), on('2023-04-20'), on('2023-04-21')], ['overdue', 'today', 'later'])
  assert.equal(on('2023-04-19', 'answered'), 'done')
  assert.equal(dueOf({ dueOn: asDay('2023-04-19'), question, closedOn: today }, 'read', today), 'closed')
})
