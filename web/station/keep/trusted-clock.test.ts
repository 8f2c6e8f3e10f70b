import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOverdueRosters } from '../send/end-rosters.ts'
import { aLine, anotherTab, aStation, given, opened, type Station, until } from './keep.fixture.ts'
import { endRosters, openRoster } from './rosters.ts'
import { putEntry, readQueue } from './session-queue.ts'
import { agreeWith, jumpSince, noteTime, reckoned } from './trusted-clock.ts'

const session = '0190b5a8-0000-7000-8000-0000000005e5'

async function atWork() {
  const station = await aStation()
  return { ...station, ...aLine(station.house), unlocked: await given(station) }
}
const latestOf = async ({ keep }: Pick<Station, 'keep'>) => new Date(reckoned(await keep.db.clock.get(1), new Date(0)))

test('repeated small clock changes do not extend the life of a list', async () => {
  const { keep, clock, unlocked } = await atWork()
  const begun = clock.at.getTime()
  await noteTime(keep)
  clock.on(4)
  clock.set(-4)
  await noteTime(keep)
  assert.equal((await latestOf({ keep })).getTime(), begun + 4 * 60_000)
  assert.equal(typeof (await openRoster(keep, session, unlocked)), 'object', 'four minutes are no matter')

  clock.on(4)
  clock.set(-4)
  await noteTime(keep)
  assert.equal(await openRoster(keep, session, unlocked), 'clock-back')
})

test('a list ends by elapsed time, not by a clock set back some minutes', async () => {
  const { keep, clock, unlocked } = await atWork()
  clock.at = new Date(until.getTime() - 4 * 60_000)
  await noteTime(keep)
  clock.set(-4)
  clock.on(4)
  assert.equal(await openRoster(keep, session, unlocked), 'roster-over')
  assert.deepEqual(await endRosters(keep), [session])
})

test('the latest instant is known after a restart too', async () => {
  const station = await atWork()
  await noteTime(station.keep)
  station.clock.on(60)
  await noteTime(station.keep)

  const again = anotherTab(station)
  station.clock.set(-6)
  await noteTime(again)
  assert.equal(await openRoster(again, session, station.unlocked), 'clock-back')
  station.clock.set(2)
  await noteTime(again)
  station.clock.on(3)
  station.clock.set(-3)
  assert.equal(await openRoster(again, session, station.unlocked), 'clock-back')
})

test('with a full disk the page still remembers the latest time', async () => {
  const { keep, clock, unlocked } = await atWork()
  await noteTime(keep)
  const put = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'))
  const full = Object.assign(Object.create(keep.db.clock), { put })
  const table = keep.db.clock
  keep.db.clock = full
  for (let n = 0; n < 3; n++) {
    clock.on(4)
    clock.set(-4)
    await noteTime(keep).catch(() => undefined)
  }
  keep.db.clock = table
  assert.equal(await openRoster(keep, session, unlocked), 'clock-back')
})

test('the server’s time counts from then on, also where this clock was ahead', async () => {
  const { keep, clock } = await atWork()
  clock.set(90)
  await noteTime(keep)
  clock.set(-90)
  await agreeWith(keep, clock.at.toISOString())
  await noteTime(keep)
  assert.deepEqual(await latestOf({ keep }), clock.at)

  clock.on(4)
  const right = clock.at
  clock.set(-4)
  await noteTime(keep)
  assert.deepEqual(await latestOf({ keep }), right, 'and what passes after it is counted')
})

test('a tab keeps the server’s time that another tab received, whatever that tab’s clock', async () => {
  const station = await atWork()
  const { keep, clock } = station
  clock.set(90)
  await noteTime(keep)
  clock.set(-90)
  clock.on(1)
  await agreeWith(anotherTab(station), clock.at.toISOString())
  await noteTime(keep)
  assert.deepEqual(await latestOf({ keep }), clock.at)
})

test('a clock behind the latest known time is trusted again once it has caught up', async () => {
  const { keep, clock, unlocked } = await atWork()
  clock.set(30)
  await noteTime(keep)
  clock.set(-30)
  for (let passed = 0; passed < 24; passed += 4) {
    assert.equal(await openRoster(keep, session, unlocked), 'clock-back')
    clock.on(4)
    await noteTime(keep)
  }
  clock.on(2)
  assert.equal(typeof (await openRoster(keep, session, unlocked)), 'object')
})

test('the server is asked for the time only when a list is over', async () => {
  const { keep, over } = await atWork()
  let asked = 0
  const counting: typeof over = {
    ...over,
    tell: async (id, list) => {
      asked += 1
      return over.tell(id, list)
    },
  }
  assert.deepEqual([await endOverdueRosters(keep, counting), asked], [[], 0])
})

/** The house's clock is right while the station's is set ahead. */
async function jumped(minutes: number) {
  const station = await atWork()
  const open = await opened(station, station.unlocked)
  await putEntry(
    station.keep,
    { id: 'e-1', place: 1, came: '2023-04-20T06:30:00Z', state: 'waiting', person: 'p' },
    open,
  )
  const right = station.clock.at
  const { over } = station
  const rightly: typeof over = {
    ...over,
    tell: async (id, list) => ({ ...(await over.tell(id, list)), now: right.toISOString() }),
  }
  station.clock.set(minutes)
  await noteTime(station.keep)
  return { ...station, rightly }
}

test('a clock set ahead hides a list, and destroys nothing if the server says it is early', async () => {
  const { keep, clock, unlocked, rightly } = await jumped(24 * 60)
  assert.deepEqual(await endOverdueRosters(keep, rightly), [])
  assert.equal(await openRoster(keep, session, unlocked), 'roster-over')

  clock.set(-24 * 60)
  assert.equal(await openRoster(keep, session, unlocked), 'clock-back', 'setting it back opens nothing')
  await agreeWith(keep, clock.at.toISOString())
  const open = await openRoster(keep, session, unlocked)
  assert.ok(typeof open === 'object')
  assert.equal((await readQueue(keep, open)).entries.length, 1)
})

test('a list over by the server’s time, or by this clock while offline, is destroyed', async () => {
  const agreed = await jumped(24 * 60)
  assert.deepEqual(await endOverdueRosters(agreed.keep, agreed.over), [session], 'the house’s clock says so too')

  const alone = await jumped(24 * 60)
  alone.line.there = false
  assert.deepEqual(await endOverdueRosters(alone.keep, alone.over), [session])
  assert.equal(await alone.keep.db.rosters.count(), 0)
})

test('an older time from the server does not keep a list alive', async () => {
  const { keep, over } = await jumped(24 * 60)
  const lying: typeof over = {
    ...over,
    tell: async (id, list) => ({ ...(await over.tell(id, list)), now: '2023-04-19T06:00:00Z' }),
  }
  assert.deepEqual(await endOverdueRosters(keep, lying), [session])
})

test('a clock that jumps against the watch of the page is told at once, either way, and drift is not', () => {
  const begun = Date.parse('2023-04-20T07:00:00Z')
  const after = (wall: number, ran: number) => jumpSince({ wall: begun, ran: 0 }, { wall: begun + wall, ran })
  assert.equal(after(2000, 2000), undefined)
  assert.equal(after(61_000, 2000), undefined, 'within what a synchronised clock is corrected by')
  assert.deepEqual(after(3_602_000, 2000), { at: '2023-04-20T08:00:02.000Z', by: 3600 })
  assert.equal(after(-598_000, 2000)?.by, -600)
})
