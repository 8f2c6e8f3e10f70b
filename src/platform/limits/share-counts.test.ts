import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openHouse } from '../../../test/house.ts'
import { openLog } from '../log.ts'
import { asSystem, type OpenWork } from '../work.ts'
import { openFailures } from './failures.ts'
import { sharedCounts } from './law.ts'
import { minuteCountsOf } from './minute-counts.ts'
import { serverProcesses, shareCounts } from './share-counts.ts'

const house = await openHouse()
/** As another process has it: its own counts, the same database. */
const processes = ['may-1:8443', 'may-2:8443'].map(place => {
  const openWork: OpenWork = (authority, verb) => house.openWork(authority, verb)
  const nameOf = (text: string) => Buffer.from(text).toString('base64url')
  const counts = minuteCountsOf(openWork)
  return { counts, sharing: shareCounts(openWork, { place, nameOf, log: openLog('silent') }) }
})
const [one, other] = processes as [(typeof processes)[0], (typeof processes)[0]]
after(() => Promise.all(processes.map(({ sharing }) => sharing.stop())))

const until = async (holds: () => boolean) => {
  for (let times = 0; !holds(); times += 1) {
    assert.ok(times < 200, 'what one process counted came to the other')
    await setTimeout(100)
  }
}
const strangers = { of: 'general', key: '203.0.113.7' }

test('what one server counted near a limit counts at the other too, and the sum at both', async () => {
  for (let times = 0; times < 40; times += 1) one.counts.add(strangers, 100)
  await until(() => other.counts.look(strangers).count === 40)
  for (let times = 0; times < 25; times += 1) other.counts.add(strangers, 100)
  await until(() => one.counts.look(strangers).count === 65)
  assert.equal(other.counts.add(strangers, 100).count, 66)
  const { milliseconds } = other.counts.look(strangers)
  assert.ok(milliseconds > 0 && milliseconds <= 60_000, `${milliseconds} ms`)
})

test('a place of many wrong passwords at one server waits at the other', async () => {
  const most = 20
  const [here, there] = [openFailures(one.counts, 'wrong', most), openFailures(other.counts, 'wrong', most)]
  for (let times = 0; times < most / 2; times += 1) here.note('198.51.100.4')
  assert.equal(there.waitFor('198.51.100.4'), undefined)
  for (let times = 0; times < most / 2; times += 1) there.note('198.51.100.4')
  await until(() => here.waitFor('198.51.100.4') !== undefined && there.waitFor('198.51.100.4') !== undefined)
  assert.equal(here.waitFor('198.51.100.5'), undefined)
})

test('whoever is far from a limit is told to no other server, and nobody by a readable name', async () => {
  const most = 1000
  const few = most * sharedCounts.from - 1
  for (let times = 0; times < few; times += 1) one.counts.add({ of: 'quiet', key: '192.0.2.9' }, most)
  await setTimeout(2 * sharedCounts.everySeconds * 1000)
  const rows = await house.owner<{ name: string }>('select name from platform.minute_count')
  assert.ok(rows.length > 0)
  const told = rows.map(({ name }) => Buffer.from(name, 'base64url').toString())
  assert.deepEqual(
    told.filter(text => text.includes('quiet')),
    [],
  )
  assert.deepEqual(
    rows.filter(({ name }) => name.includes('.')),
    [],
  )
})

test('the servers of an installation are known by their places, until they end', async () => {
  const places = () =>
    house.openWork(asSystem('none'), async work => (await serverProcesses(work)).map(({ place }) => place).sort())
  assert.deepEqual(await places(), ['may-1:8443', 'may-2:8443'])
  await other.sharing.stop()
  assert.deepEqual(await places(), ['may-1:8443'])
})
