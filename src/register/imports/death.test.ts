import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCard } from '../../../test/a-card.ts'
import { aPhone } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { newId } from '../../platform/ids.ts'
import { jobs } from '../jobs.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const officer = await anOfficerOf(house, commune.haKhanh)

/** Runs what the house has queued about deaths, as often as it was queued. */
async function run(): Promise<number> {
  const queued = await house.owner<{ payload: Record<string, unknown> }>(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'follow-deaths' order by j.id`,
  )
  const { 'follow-deaths': follow } = jobs(house.openWork)
  for (const { payload } of queued) await follow?.(payload, { attempt: 1, log: undefined as never })
  return queued.length
}
const stateOf = async (table: 'accounts.account' | 'cards.card', personId: string) =>
  (await house.owner<{ state: string }>(`select state from ${table} where person_id = $1`, [personId])).map(
    ({ state }) => state,
  )
const deaths = async (personId: string) =>
  (await house.work(work => audit.deedsOf(work, personId))).filter(({ deed }) => deed === 'person.died').length

test('a person whom an extract reports dead has no card and no usable account, also on a second report', async () => {
  const living = aPerson({ name: 'Bùi Thị Nhung' })
  const dies = aPerson({ name: 'Bùi Văn Thọ' })
  const wasDead = aPerson({ name: 'Bùi Văn Cũ', life_status: 'dead' })
  await enterAll(house, [living, dies, wasDead])
  const [livingId, diesId, wasDeadId] = [
    await idOf(house, living.person_number),
    await idOf(house, dies.person_number),
    await idOf(house, wasDead.person_number),
  ]
  for (const personId of [livingId, diesId]) {
    const { id } = await house.work(work => accounts.request(work, personId, { level: 1, phone: aPhone() }))
    await house.work(work => accounts.approve(work, id))
    await house.work(work => accounts.activate(work, id))
    await aCard({ openWork: house.openWork, standing: officer }, personId, 'handed-over')
  }
  assert.equal(await run(), 0, 'nobody died yet')

  await enterAll(house, [
    { ...living, phone: '0912345678' },
    { ...dies, life_status: 'dead' },
    { ...wasDead, phone: '0912345679' },
  ])
  assert.equal(await run(), 1)
  assert.deepEqual(
    [await stateOf('accounts.account', diesId), await stateOf('cards.card', diesId)],
    [['locked'], ['revoked']],
  )
  assert.deepEqual(
    [await stateOf('accounts.account', livingId), await stateOf('cards.card', livingId)],
    [['activated'], ['handed-over']],
  )
  await run()
  assert.deepEqual([await deaths(diesId), await deaths(livingId), await deaths(wasDeadId)], [1, 0, 0])
})

test('a person who is alive again when the job runs is left alone', async () => {
  const row = aPerson({})
  await enterAll(house, [row])
  const personId = await idOf(house, row.person_number)
  await house.owner('update register.person set life_status = $1 where person_id = $2', ['alive', personId])
  const { 'follow-deaths': follow } = jobs(house.openWork)
  await follow?.(
    { personIds: [personId, newId()], since: new Date(0).toISOString() },
    { attempt: 1, log: undefined as never },
  )
  assert.equal(await deaths(personId), 0)
})
