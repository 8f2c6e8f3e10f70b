import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { asDay } from '../../platform/day.ts'
import * as planning from '../planning.ts'

/** A plan is sought in a thread, which tells how far it is, can be stopped, and tells what went wrong. */

const house = await openHouse({ withUnits: true })
const { as, drive } = await aPlannedCampaign(house)
const days = { from: asDay('2023-04-24'), to: asDay('2023-05-07') }
const instance = await as(work => planning.buildInstance(work, { campaign: drive, ...days }))
const solver = new URL('./morning-solver.fixture.ts', import.meta.url)

test('a solver that is stopped ends with the best plan so far', async () => {
  const stopping = new AbortController()
  const told: unknown[] = []
  const onProgress = (progress: unknown) => {
    told.push(progress)
    stopping.abort()
  }
  const plan = await planning.solveInThread(instance, { seed: 99, stopped: stopping.signal, onProgress }, solver)
  assert.deepEqual(told, [{ share: 0, total: 0, latePeople: 0 }])
  assert.equal(plan.made.stopped, true)
  const early = AbortSignal.abort()
  assert.equal((await planning.solveInThread(instance, { seed: 99, stopped: early }, solver)).made.stopped, true)
})

test('what a solver throws, and a solver that is not there, is told to who asked', async () => {
  await assert.rejects(planning.solveInThread(instance, { seed: 98 }, solver), /no plan was found/)
  const missing = new URL('./nowhere.ts', import.meta.url)
  await assert.rejects(planning.solveInThread(instance, { seed: 1 }, missing), /nowhere/)
})
