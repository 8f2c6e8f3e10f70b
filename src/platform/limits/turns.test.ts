import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { Problem } from '../problem.ts'
import { type Caller, countedAs, findCaller, openKnownCallers } from './caller.ts'
import { databaseTurns, laneTurns, longestWaitSeconds } from './law.ts'
import { type LaneId, laneIds } from './limits.ts'
import { openPlaces } from './places.ts'
import { tooManyAtOnce } from './problems.ts'
import { type LaneTurns, openTurns } from './turns.ts'

const caller = (lane: LaneId, key: string): Caller => ({ lane, key, isGone: () => false })
const lanesWith = (given: Partial<Record<LaneId, LaneTurns>>) =>
  Object.fromEntries(laneIds.map(id => [id, given[id] ?? { share: 0, most: 0, ofOne: 0, line: 0 }])) as Record<
    LaneId,
    LaneTurns
  >

/** Turns whose steps end when the test says so, in the order in which they began. */
function openTrial(all: number, given: Partial<Record<LaneId, LaneTurns>>, waitSeconds = 60) {
  const turns = openTurns({ all, lanes: lanesWith(given), waitSeconds })
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (who: Caller, name = who.key) =>
    turns.take(who, () => {
      begun.push(name)
      return new Promise<void>(end => ends.set(name, end))
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await setImmediate()
  }
  return { turns, begun, ask, end }
}

const refusalOf = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'not refused',
    error => (error instanceof Problem ? error.code : String(error)),
  )

test('a newcomer has the next turn, however many of another wait before them', async () => {
  const { begun, ask, end } = openTrial(1, { open: { share: 1, most: 1, ofOne: 1, line: 100 } })
  const many = Array.from({ length: 50 }, (_, at) => ask(caller('open', 'many'), `many ${at}`))
  const one = ask(caller('open', 'one'))
  await end('many 0')
  await end('many 1')
  assert.deepEqual(begun, ['many 0', 'many 1', 'one'])
  await end('one')
  for (let at = 2; at < 50; at += 1) await end(`many ${at}`)
  await Promise.all([...many, one])
})

test('one caller never holds more turns than one may, though others of the lane are free', async () => {
  const { begun, ask, end } = openTrial(4, { citizens: { share: 4, most: 4, ofOne: 2, line: 100 } })
  const asked = ['a', 'b', 'c'].map(name => ask(caller('citizens', 'many'), name))
  const other = ask(caller('citizens', 'other'))
  assert.deepEqual(begun, ['a', 'b', 'other'])
  for (const name of ['a', 'b', 'other', 'c']) await end(name)
  await Promise.all([...asked, other])
})

test('a full line refuses the last of whoever has most waiting, and takes the newcomer', async () => {
  const { begun, ask, end } = openTrial(1, { open: { share: 1, most: 1, ofOne: 1, line: 4 } })
  const many = Array.from({ length: 5 }, (_, at) => ask(caller('open', 'many'), `many ${at}`))
  const one = ask(caller('open', 'one'))
  assert.equal(await refusalOf(many[4] as Promise<void>), 'too-many-at-once')
  assert.equal(await refusalOf(ask(caller('open', 'many'), 'many 5')), 'too-many-at-once')
  for (const name of ['many 0', 'many 1', 'one', 'many 2', 'many 3']) await end(name)
  await Promise.all([...many.slice(0, 4), one])
  assert.deepEqual(begun, ['many 0', 'many 1', 'one', 'many 2', 'many 3'])
})

test('whoever waited too long, or whose caller is gone, is refused and begins nothing', async () => {
  const { begun, ask, end } = openTrial(1, { open: { share: 1, most: 1, ofOne: 1, line: 4 } }, 0.05)
  const first = ask(caller('open', 'first'))
  assert.equal(await refusalOf(ask(caller('open', 'late'))), 'house-busy')
  const gone = ask({ lane: 'open', key: 'gone', isGone: () => true })
  const refused = refusalOf(gone)
  await end('first')
  assert.equal(await refused, 'house-busy')
  await first
  assert.deepEqual(begun, ['first'])
})

test('a lane that is full leaves every other lane its share', async () => {
  const share = { share: 1, most: 3, ofOne: 3, line: 10 }
  const { begun, ask, end } = openTrial(4, { officers: share, citizens: share, open: share })
  const open = ['o1', 'o2', 'o3', 'o4'].map(name => ask(caller('open', 'x'), name))
  const others = [ask(caller('officers', 'y'), 'officer'), ask(caller('citizens', 'z'), 'citizen')]
  assert.deepEqual(begun, ['o1', 'o2', 'officer', 'citizen'])
  for (const name of ['o1', 'o2', 'officer', 'citizen', 'o3', 'o4']) await end(name)
  await Promise.all([...open, ...others])
})

test('whoever has a turn asks for no second one, and what is shared takes one of its own', async () => {
  const turns = openTurns({
    all: 2,
    lanes: lanesWith({
      open: { share: 1, most: 1, ofOne: 1, line: 1 },
      provider: { share: 1, most: 1, ofOne: 1, line: 1 },
    }),
    waitSeconds: 1,
  })
  await countedAs({ lane: 'open', key: 'one' }, () =>
    turns.inTurn(async () => {
      assert.equal(await turns.inTurn(async () => turns.countOf('open').running), 1)
      const shared = () => turns.inTurn(async () => turns.countOf('provider').running)
      assert.equal(await countedAs({ lane: 'provider', key: 'together' }, shared), 1)
    }),
  )
  assert.equal(await turns.inTurn(async () => findCaller()), undefined)
})

test('in any order of coming and going no lane exceeds its turns, and nobody is forgotten', async () => {
  const lanes = { officers: { share: 1, most: 2, ofOne: 1, line: 6 }, open: { share: 1, most: 3, ofOne: 2, line: 4 } }
  const step = fc.record({
    lane: fc.constantFrom<LaneId>('officers', 'open'),
    key: fc.constantFrom('a', 'b', 'c'),
    ends: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      const turns = openTurns({ all: 4, lanes: lanesWith(lanes), waitSeconds: 60 })
      const running: (() => void)[] = []
      let settled = 0
      const asked = steps.map(({ lane, key, ends }) => {
        if (ends) running.shift()?.()
        const one = turns.take(caller(lane, key), () => new Promise<void>(end => running.push(end)))
        for (const id of ['officers', 'open'] as const) {
          assert.ok(turns.countOf(id).running <= lanes[id].most)
          assert.ok(turns.countOf(id).waiting <= lanes[id].line)
        }
        assert.ok(turns.countOf('officers').running + turns.countOf('open').running <= 4)
        return one.catch(() => undefined).finally(() => (settled += 1))
      })
      for (let turn = 0; settled < asked.length && turn < 200; turn += 1) {
        running.shift()?.()
        await setImmediate()
      }
      assert.equal(settled, asked.length)
      assert.deepEqual(turns.countOf('officers'), { running: 0, waiting: 0 })
      assert.deepEqual(turns.countOf('open'), { running: 0, waiting: 0 })
    }),
    { numRuns: 60 },
  )
})

test('the lanes of the table fit into the turns that there are, each with one at least', () => {
  openTurns({ all: databaseTurns.ofRequests, lanes: laneTurns, waitSeconds: longestWaitSeconds })
  for (const id of laneIds) assert.ok(laneTurns[id].share >= 1 && laneTurns[id].ofOne <= laneTurns[id].most, id)
  assert.throws(() => openTurns({ all: 19, lanes: laneTurns, waitSeconds: 1 }), RangeError)
})

test('where all places are taken, whoever has fewer than their part still gets one', () => {
  const places = openPlaces({ all: 4, refusal: tooManyAtOnce })
  const many = Array.from({ length: 4 }, () => places.enter('many'))
  assert.throws(() => places.enter('many'), { code: 'too-many-at-once' })
  const leave = places.enter('one')
  assert.throws(() => places.enter('many'), { code: 'too-many-at-once' })
  leave()
  leave()
  for (const end of many) end()
  assert.equal(places.count, 0)
})

test('one who is counted has at most their own number of places', () => {
  const places = openPlaces({ ofOne: 2, refusal: tooManyAtOnce })
  const first = places.enter('a')
  places.enter('a')
  assert.throws(() => places.enter('a'), { code: 'too-many-at-once' })
  places.enter('b')
  first()
  places.enter('a')
})

test('an invented session is nobody, and the one that was not used for longest is forgotten first', () => {
  const known = openKnownCallers({ most: 2, minutes: 1 })
  assert.equal(known.find('invented'), undefined)
  known.remember('one', { lane: 'officers', key: 'officer 1' })
  known.remember('two', { lane: 'officers', key: 'officer 2' })
  known.remember('one', { lane: 'officers', key: 'officer 1' })
  known.remember('three', { lane: 'citizens', key: 'citizen 3' })
  assert.equal(known.find('two'), undefined)
  assert.deepEqual(known.find('one'), { lane: 'officers', key: 'officer 1' })
  known.forget('one')
  assert.equal(known.find('one'), undefined)
})

test('requests of one subject leave turns of the lane to others, whoever asks and waits', async () => {
  const { begun, ask, end } = openTrial(4, { officers: { share: 4, most: 4, ofOne: 2, ofSubject: 3, line: 100 } })
  const of = (topic: string, key: string): Caller => ({ ...caller('officers', key), topic })
  const asked = ['a', 'b', 'c', 'd'].map(key => ask(of('cards', key)))
  assert.deepEqual(begun, ['a', 'b', 'c'])
  // Also to somebody who waits for the locked subject at the same time.
  asked.push(ask(of('rolls', 'd'), 'd of rolls'))
  assert.deepEqual(begun, ['a', 'b', 'c', 'd of rolls'])
  asked.push(ask(of('rolls', 'e')))
  await end('d of rolls')
  assert.deepEqual(begun.slice(4), ['e'])
  await end('b')
  assert.deepEqual(begun.slice(5), ['d'])
  // One officer keeps a turn for something else, too.
  asked.push(ask(of('cards', 'a'), 'a again'), ask(of('units', 'a'), 'a of units'))
  await end('e')
  assert.deepEqual(begun.slice(6), ['a of units'])
  await end('a of units')
  await end('a')
  assert.deepEqual(begun.slice(7), ['a again'])
  await end('a again')
  for (const name of ['c', 'd']) await end(name)
  await Promise.all(asked)
})
