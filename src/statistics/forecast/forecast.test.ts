import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, asDay, type Day, weekday } from '../../platform/day.ts'
import { type ForecastDay, forecastFigure, rateOf } from './forecast.ts'

const isWorkingDay = (day: Day) => weekday(day) <= 5 && !(day >= '2023-04-29' && day <= '2023-05-03')
const start = asDay('2023-03-01')

/** A history of so many days from 1 March 2023, each bringing what `gain` says. */
function historyOf(days: number, gain: (day: Day, at: number) => number): ForecastDay[] {
  const history: ForecastDay[] = [{ day: start, total: 0 }]
  for (let at = 1; at < days; at += 1) {
    const day = addDays(start, at)
    history.push({ day, total: history.at(-1)!.total + gain(day, at) })
  }
  return history
}
const lastOf = (history: readonly ForecastDay[]) => history.at(-1)!.day
const ask = (history: readonly ForecastDay[], dueOn: string, target: number, today = lastOf(history)) =>
  forecastFigure({ history, isWorkingDay, today, dueOn: asDay(dueOn), target })

test('a rate is given exactly and as the whole per cent below it', () => {
  assert.deepEqual(rateOf(120_000, 723_000), { exact: 120_000 / 723_000, floorPercent: 16 })
  assert.equal(rateOf(699_634, 637_607)?.floorPercent, 109)
  assert.equal(rateOf(29, 100)?.floorPercent, 29)
  assert.equal(rateOf(999, 1000)?.floorPercent, 99)
  assert.equal(rateOf(0, 723_000)?.floorPercent, 0)
  assert.equal(rateOf(5, 0), null)
})

test('a steady pace is carried on, over working days alone', () => {
  const steady = historyOf(45, day => (isWorkingDay(day) ? 100 : 0))
  const told = ask(steady, '2023-05-15', 5500)
  // 17 to 28 April has 10 working days after 14 April, 4 to 15 May has 8.
  assert.equal(lastOf(steady), '2023-04-14')
  assert.equal(told.done, 3200)
  assert.equal(told.state, 'running')
  assert.equal(told.recentPerWorkingDay, 100)
  assert.equal(told.neededPerWorkingDay, 2300 / 18)
  assert.ok(Math.abs(told.mid - 5000) < 40, JSON.stringify(told))
  assert.ok(told.low < told.mid && told.mid < told.high && told.high - told.low < 1500, JSON.stringify(told))
  assert.ok(
    told.calibration && told.calibration.made >= 10 && told.calibration.inside === told.calibration.made,
    JSON.stringify(told),
  )
})

test('weekends that bring something are counted on, and the band widens with the distance', () => {
  const history = historyOf(45, day => (isWorkingDay(day) ? 80 : 120))
  const near = ask(history, '2023-04-21', 9000)
  const far = ask(history, '2023-05-26', 9000)
  assert.ok(Math.abs(near.mid - near.done - (5 * 80 + 2 * 120)) < 20, JSON.stringify(near))
  assert.ok(far.high - far.low > 2.5 * (near.high - near.low), JSON.stringify({ near, far }))
})

test('a forecast names its state: no data, one day, standing, target reached, day past', () => {
  const none = ask([], '2023-05-15', 100, asDay('2023-04-20'))
  assert.deepEqual(
    [none.state, none.done, none.low, none.high, none.recentPerWorkingDay, none.calibration],
    ['no-data', 0, 0, 0, null, null],
  )
  assert.equal(none.neededPerWorkingDay, 100 / 14)

  const one = ask([{ day: asDay('2023-04-20'), total: 40 }], '2023-05-15', 100)
  assert.deepEqual([one.state, one.done, one.mid, one.recentPerWorkingDay], ['no-data', 40, 40, null])

  const standing = ask(
    historyOf(45, () => 0),
    '2023-05-15',
    100,
  )
  assert.deepEqual([standing.state, standing.low, standing.mid], ['standing', 0, 0])
  assert.ok(standing.high >= 1 && standing.high <= 5, JSON.stringify(standing))

  const history = historyOf(45, () => 10)
  const reached = ask(history, '2023-05-15', 300)
  assert.deepEqual([reached.state, reached.neededPerWorkingDay], ['reached', 0])
  assert.ok(reached.mid > reached.done)

  const past = ask(history, '2023-04-10', 5000)
  assert.deepEqual(
    [past.state, past.low, past.mid, past.high, past.neededPerWorkingDay],
    ['past-due', 440, 440, 440, null],
  )
})

test('a weekly report counts on all the days that it covers', () => {
  const daily = historyOf(45, day => (isWorkingDay(day) ? 100 : 0))
  const weekly = daily.filter(({ day }) => weekday(day) === 5 || day === start)
  const [told, same] = [ask(weekly, '2023-05-15', 5000), ask(daily, '2023-05-15', 5000)]
  assert.equal(told.recentPerWorkingDay, 100)
  assert.ok(Math.abs(told.mid - same.mid) < 60, JSON.stringify({ told, same }))
})

test('totals after today are ignored', () => {
  const history = historyOf(60, day => (isWorkingDay(day) ? 100 : 0))
  const today = asDay('2023-04-05')
  assert.deepEqual(
    ask(history, '2023-05-15', 5000, today),
    ask(
      history.filter(({ day }) => day <= today),
      '2023-05-15',
      5000,
      today,
    ),
  )
})

test('of many campaigns, four in five end within the band', () => {
  const random = counter(7)
  let [inside, made, pastInside, pastMade] = [0, 0, 0, 0]
  for (let season = 0; season < 300; season += 1) {
    const history = campaign(random)
    const at = 40 + Math.floor(random() * 30)
    const came = history[at + 20]!.total
    const told = ask(history, history[at + 20]!.day, 1e9, history[at]!.day)
    if (came >= told.low && came <= told.high) inside += 1
    made += 1
    pastInside += told.calibration?.inside ?? 0
    pastMade += told.calibration?.made ?? 0
  }
  const [share, past] = [inside / made, pastInside / pastMade]
  assert.ok(share > 0.74 && share < 0.88, `${share}`)
  assert.ok(past > 0.74 && past < 0.9, `${past}`)
})

/** A small generator of this test's own (mulberry32). */
function counter(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Hundred days of a unit whose pace drifts and whose days scatter, each unit in its own manner. */
function campaign(random: () => number): ForecastDay[] {
  let level = Math.exp(1 + 4 * random())
  const [drift, scatter, weekend] = [0.02 + 0.1 * random(), 0.1 + 0.5 * random(), random() < 0.5 ? 0 : random()]
  return historyOf(100, day => {
    level *= Math.exp(drift * normal(random) - drift ** 2 / 2)
    const mean = level * (isWorkingDay(day) ? 1 : weekend) * Math.exp(scatter * normal(random) - scatter ** 2 / 2)
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  })
}

test('a forecast of people ends at those who are meant and says so; with nobody above, nothing is cut', () => {
  const steady = historyOf(45, day => (isWorkingDay(day) ? 100 : 0))
  const question = { history: steady, isWorkingDay, today: lastOf(steady), dueOn: asDay('2023-05-15'), target: 9000 }
  const capped = forecastFigure({ ...question, most: 4000 })
  assert.deepEqual([capped.low, capped.mid, capped.high, capped.cappedAt], [4000, 4000, 4000, 4000])
  const free = forecastFigure({ ...question, most: 100_000 })
  assert.equal(free.cappedAt, undefined)
  assert.deepEqual(free, forecastFigure(question))
  assert.equal(forecastFigure({ ...question, most: 10 }).high, 3200, 'what is done stays')
})
