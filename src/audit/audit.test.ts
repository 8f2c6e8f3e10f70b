import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openHouse } from '../../test/house.ts'
import * as audit from './audit.ts'

const house = await openHouse()

test('the last deed of a thing says what was done, by whom and why', async () => {
  await house.work(work => audit.record(work, 'card.blocked', { kind: 'card', id: 'c-1' }, { reason: 'lost' }))

  const last = await house.work(work => audit.lastDeedOn(work, 'c-1'))

  assert.deepEqual(
    [last?.deed, last?.by, last?.facts],
    ['card.blocked', { kind: 'system', id: 'house' }, { reason: 'lost' }],
  )
})

test('a work that fails leaves no deed behind', async () => {
  const failing = house.work(async work => {
    await audit.record(work, 'card.blocked', { kind: 'card', id: 'c-2' })
    throw new Error('the printer is on fire')
  })
  await assert.rejects(failing, /on fire/)

  assert.equal(await house.work(work => audit.lastDeedOn(work, 'c-2')), undefined)
})

test('the application cannot change or remove a deed', async () => {
  await assert.rejects(
    house.work(work => sql`update audit.deed set deed = 'card.found'`.execute(work.tx)),
    /permission denied/,
  )
  await assert.rejects(
    house.work(work => sql`delete from audit.deed`.execute(work.tx)),
    /permission denied/,
  )
  await assert.rejects(
    house.work(work => sql`delete from audit.access`.execute(work.tx)),
    /permission denied/,
  )
})
