import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openHouse } from '../../test/house.ts'
import { aPlannedCampaign } from '../../test/planned-campaign.ts'
import type { House } from '../open-house.ts'
import { WrongUsage } from '../platform/terminal.ts'
import { overtimeOption, planCampaign } from './plan.ts'

const house = await openHouse({ withUnits: true })
const { drive } = await aPlannedCampaign(house)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-campaign-plan-'))
after(() => rm(folder, { recursive: true, force: true }))
const opened = { openWork: house.openWork } as unknown as House
const solver = new URL('../planning/plans/morning-solver.fixture.ts', import.meta.url)
const days = { from: '2023-04-24', to: '2023-05-07' }
const plan = (values: Readonly<Record<string, string>>, name = drive.name) =>
  planCampaign({ house: opened, positionals: [name], values: { ...days, ...values }, json: true }, solver)

test('a campaign is planned, and both the instance and the plan are written', async () => {
  const [instance, out] = [join(folder, 'instance.json'), join(folder, 'plan.json')]
  await plan({ instance, out, overtime: '2023-04-29' })
  const written = JSON.parse(await readFile(instance, 'utf8'))
  assert.deepEqual([written.format, written.from, written.to], ['dinhdanh-plan-instance/1', days.from, days.to])
  const solved = JSON.parse(await readFile(out, 'utf8'))
  assert.equal(solved.instance.name, written.name)
  assert.equal(solved.routes[0].day, '2023-04-29')
})

test('overtime is ordered by days and by the word evenings, and anything else is wrong usage', () => {
  assert.deepEqual(overtimeOption({ overtime: '2023-04-22, evenings' }), { days: ['2023-04-22'], evenings: true })
  assert.deepEqual(overtimeOption({ overtime: 'none' }), { days: [], evenings: false })
  assert.throws(() => overtimeOption({ overtime: 'saturdays' }), WrongUsage)
})

test('a plan by seconds and by steps at once, or of a day that is none, is wrong usage', async () => {
  await assert.rejects(plan({ seconds: '5', work: '5' }), WrongUsage)
  await assert.rejects(plan({ from: 'monday' }), WrongUsage)
  await assert.rejects(plan({ unit: 'nowhere' }), WrongUsage)
  await assert.rejects(plan({}, ''), WrongUsage)
})
