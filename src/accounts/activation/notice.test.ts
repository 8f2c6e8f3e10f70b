import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPhone } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import type { DeliveryReply } from '../../outreach/channels/channel.ts'
import type { MessageId } from '../../outreach/message.ts'
import { deliver } from '../../outreach/sending/sending.ts'
import { asDay } from '../../platform/day.ts'
import { makeOpenWork, type OpenWork, type Work } from '../../platform/work.ts'
import * as accounts from '../accounts.ts'
import * as list from '../queues/store-queue.ts'
import { printSlips } from '../slips/slips.ts'
import { findProgress } from './activation.ts'
import { beginBySlip } from './by-slip.ts'

/**
 * The seven days run from a notice that could arrive: a message that did not, and a phone that gets none, begin
 * nothing; a slip does.
 */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, commune.haKhanh)
const on = (day: string): OpenWork =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })
const desk = <T>(day: string, verb: (work: Work) => Promise<T>) => on(day)(officer, verb)

/** Asked for and approved on 20 April. */
async function approved(phone: string | undefined = aPhone()) {
  const row = aPerson()
  const holder = await enter(house, row)
  const { id } = await house.as(officer, work =>
    accounts.request(work, holder, { level: 1, phone: phone || undefined }),
  )
  await house.work(work => accounts.approve(work, id))
  return { id, row, holder }
}
const daysOf = async (id: string) =>
  (
    await house.owner<{ activate_by: string | null; told: boolean }>(
      'select activate_by, notified_at is not null as told from accounts.account where id = $1',
      [id],
    )
  ).map(({ activate_by, told }) => [activate_by, told])[0]
const queuesOf = async (id: string) =>
  house.as(officer, async work => {
    const found: string[] = []
    for (const queue of ['needs-slip', 'waiting', 'lapsed'] as const)
      if ((await list.findQueuePage(work, { queue }, 1000)).some(one => one.id === id)) found.push(queue)
    return found
  })
const bySlip = async (day: string, { row }: Awaited<ReturnType<typeof approved>>, secret: string) => {
  const begun = await beginBySlip(on(day), {
    secret,
    number: row.person_number,
    bornOn: row.birth_date,
    address: '192.0.2.9',
  })
  return begun.outcome === 'begun' ? (await findProgress(on(day), begun.token))?.why : begun.outcome
}
const messageOf = async (id: string) =>
  (
    await house.owner<{ id: MessageId }>('select id from outreach.message where about_id = $1 order by id desc', [id])
  )[0]?.id ?? assert.fail('no message')
const receiving = (reception: DeliveryReply) => {
  const channel = { name: 'test', send: async () => reception }
  return { origin: 'https://dinhdanh.example', email: [channel], phone: [channel] }
}

test('a slip printed while the activation days run names their last day', async () => {
  const one = await approved()
  const [slip] = await desk('2023-04-26', work => printSlips(work, [one.id]))
  assert.equal(slip?.lastOn, '2023-04-27')
  assert.equal(await bySlip('2023-04-27', one, slip?.secret ?? ''), undefined)
  assert.equal(await bySlip('2023-04-28', one, slip?.secret ?? ''), 'wrong', 'the paper said so')
})

test('a slip that starts the activation days names the last of them', async () => {
  const one = await approved('')
  const [slip] = await desk('2023-04-26', work => printSlips(work, [one.id]))
  assert.deepEqual([slip?.lastOn, await daysOf(one.id)], ['2023-05-03', ['2023-05-03', true]])
  assert.equal(await bySlip('2023-05-03', one, slip?.secret ?? ''), undefined)
})

test('a slip for a new passcode is good for a fortnight, because no activation days run', async () => {
  const one = await approved()
  await house.as(officer, work => accounts.activate(work, one.id))
  const [slip] = await desk('2023-04-26', work => printSlips(work, [one.id]))
  assert.equal(slip?.lastOn, '2023-05-10')
})

test('a request with a landline is refused, because it receives no messages', async () => {
  const holder = await enter(house, aPerson())
  await refusal(
    house.as(officer, work => accounts.request(work, holder, { level: 1, phone: '0203 3825 123' })),
    'account-phone-no-texts',
  )
})

test('a landline from an extract starts no activation days: its holder waits for a slip', async () => {
  const row = aPerson()
  const holder = await enter(house, row)
  const { id } = await house.as(officer, work => accounts.request(work, holder, { level: 1, phone: aPhone() }))
  await house.owner(`update accounts.account set phone = '+842033825124' where id = $1`, [id])
  await house.work(work => accounts.approve(work, id))
  assert.deepEqual([await daysOf(id), await queuesOf(id)], [[null, false], ['needs-slip']])
})

test('an undelivered message takes the activation days back by a deed, and its holder waits for a slip', async () => {
  const one = await approved()
  assert.deepEqual(await queuesOf(one.id), ['waiting'])
  const message = await messageOf(one.id)
  assert.equal(
    (await deliver(house.openWork, receiving({ outcome: 'refused', code: '550' }), message))?.state,
    'undeliverable',
  )
  assert.deepEqual([await daysOf(one.id), await queuesOf(one.id)], [[null, false], ['needs-slip']])
  assert.equal((await house.work(work => audit.lastDeedOn(work, one.id)))?.deed, 'account.notice-lost')

  const [slip] = await desk('2023-04-29', work => printSlips(work, [one.id]))
  assert.equal(slip?.lastOn, '2023-05-06')
  assert.equal(await bySlip('2023-05-06', one, slip?.secret ?? ''), undefined)
})

test('a delivered message starts the activation days; a later lost one leaves them', async () => {
  const one = await approved()
  await deliver(house.openWork, receiving({ outcome: 'accepted' }), await messageOf(one.id))
  await desk('2023-04-28', work => accounts.reopenForActivation(work, one.id, { how: 'hotline' }))
  // Whoever called heard it on the line.
  await deliver(house.openWork, receiving({ outcome: 'refused', code: '550' }), await messageOf(one.id))
  assert.equal((await daysOf(one.id))?.[0], '2023-05-05')
})
