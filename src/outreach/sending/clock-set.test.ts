import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import * as outreach from '../outreach.ts'
import { aSending } from '../sending.fixture.ts'
import { bringBackMessages, sendDue } from './sending.ts'

const house = await openHouse()

const aMessage = () => house.work(work => outreach.sendMessage(work, aSending()))
const toAhead = (id: string, columns: string) =>
  house.owner(`update outreach.message set ${columns} where id = $1`, [id])
const secondsUntil = async (id: string, column: string) => {
  const [row] = await house.owner<{ seconds: number }>(
    `select round(extract(epoch from ${column} - clock_timestamp()))::integer as seconds
      from outreach.message where id = $1`,
    [id],
  )
  return row?.seconds ?? Number.NaN
}

test('a message that was queued while the clock was ten years ahead goes out once it is set back', async () => {
  const id = await aMessage()
  await toAhead(id, `queued_at = queued_at + interval '10 years', next_at = next_at + interval '10 years'`)
  const sent: string[] = []
  const channel = {
    name: 'files',
    send: async (letter: { messageId: string }) => {
      sent.push(letter.messageId)
      return { outcome: 'accepted' as const }
    },
  }
  const channels = { origin: 'https://dinhdanh.example', email: [channel], phone: [channel] }
  await sendDue(house.openWork, channels as never)
  assert.deepEqual(sent, [])
  assert.equal(await bringBackMessages(house.openWork), 1)
  await sendDue(house.openWork, channels as never)
  assert.equal(sent.length, 1)
})

test('a message of a clock that was ahead keeps its own pause, and one of now is left alone', async () => {
  const [paused, underWay, again, today] = [await aMessage(), await aMessage(), await aMessage(), await aMessage()]
  await toAhead(
    paused,
    `queued_at = queued_at + interval '1 day', next_at = next_at + interval '1 day 1 hour',
      state = 'failed', code = 'fault'`,
  )
  await toAhead(
    underWay,
    `queued_at = queued_at + interval '1 day', begun_at = queued_at + interval '1 day', next_at = null,
      state = 'sending'`,
  )
  await toAhead(again, `attempts = 1, tries = 0, next_at = next_at + interval '1 day'`)
  await toAhead(today, `next_at = next_at + interval '1 hour', state = 'failed', code = 'fault'`)
  assert.equal(await bringBackMessages(house.openWork), 3)
  const near = (seconds: number, wanted: number) => Math.abs(seconds - wanted) <= 20
  assert.ok(near(await secondsUntil(paused, 'next_at'), 3600), 'its pause of an hour begins now')
  assert.ok(near(await secondsUntil(underWay, 'begun_at'), 0), 'one under way is looked after as begun now')
  assert.ok(near(await secondsUntil(again, 'next_at'), 0), 'one that was queued anew is due')
  assert.ok(near(await secondsUntil(today, 'next_at'), 3600), 'a pause of now stays')
})
