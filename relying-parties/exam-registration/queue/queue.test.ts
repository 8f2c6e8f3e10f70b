import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { at, national } from '../a-site.fixture.ts'
import { openDatabase } from '../database.ts'
import { type Exam, readExams } from '../exam.ts'
import { pressureOf } from './load.ts'
import { openQueue } from './queue.ts'

const exam: Exam = {
  ...readExams().find(({ id }) => id === national)!,
  queue: { perSecond: 10, insideMinutes: 60, finishMinutes: 15 },
}
const noon = at('16:50:00')

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'exam-queue-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('three hundred arrivals in one second are admitted ten a second, in separate places', t => {
  const db = openDatabase(aFolder(t))
  const queue = openQueue(db, exam, noon)
  const tickets = Array.from({ length: 300 }, () => queue.take(noon))
  assert.deepEqual(
    tickets.map(({ place }) => place),
    Array.from({ length: 300 }, (_, n) => n + 1),
  )
  for (const second of [0, 1, 5, 20, 29])
    assert.equal(
      tickets.filter(ticket => queue.isIn(ticket, noon + second * 1_000)).length,
      Math.min(300, (second + 1) * 10 + 1),
    )
  assert.equal(queue.ahead(tickets[299]!, noon), 289)
  db.close()
})

test('an arrival is admitted at once when nobody waits', t => {
  const db = openDatabase(aFolder(t))
  const queue = openQueue(db, exam, noon)
  for (let second = 0; second < 100; second++) {
    const now = noon + second * 1_000
    assert.ok(queue.isIn(queue.take(now), now))
  }
  db.close()
})

test('an outage with an empty queue delays nobody', t => {
  const folder = aFolder(t)
  const before = openDatabase(folder)
  const first = openQueue(before, exam, noon)
  first.take(noon)
  first.beat(noon + 1_000)
  before.close()
  const db = openDatabase(folder)
  const back = noon + 600_000
  const second = openQueue(db, exam, back)
  assert.ok(second.isIn(second.take(back), back))
  db.close()
})

test('an overloaded site delays everyone equally, in the same order, also after a restart', t => {
  const folder = aFolder(t)
  const before = openDatabase(folder)
  const queue = openQueue(before, exam, noon)
  const waiting = Array.from({ length: 100 }, () => queue.take(noon))
  queue.beat(noon + 1_000, 600)
  queue.beat(noon + 2_000, 1_000)
  const late = queue.take(noon + 2_500)
  const moments = [...waiting, late].map(ticket => queue.letInAt(ticket))
  assert.deepEqual(
    moments,
    moments.toSorted((a, b) => a - b),
  )
  assert.equal(queue.letInAt(waiting[99]!), waiting[99]!.letInAt + 1_600)
  assert.equal(queue.letInAt(waiting[10]!), waiting[10]!.letInAt, 'who was let in before stays in')
  assert.equal(late.letInAt - queue.letInAt(waiting[99]!), 100)
  before.close()
  const db = openDatabase(folder)
  assert.equal(openQueue(db, exam, noon + 2_600).letInAt(waiting[50]!), queue.letInAt(waiting[50]!) + 600)
  db.close()
})

test('pressure is the larger shortfall of site and provider', () => {
  assert.deepEqual(
    [pressureOf(0.5, 100), pressureOf(0.95, 0), pressureOf(0.2, 2_000), pressureOf(0.7, 500)],
    [0, 1, 1, 0],
  )
  assert.ok(pressureOf(0.8, 0) > 0.3 && pressureOf(0.8, 0) < 0.5)
})

test('after a kill the queue keeps its order, gives no place twice, and adds the outage time', t => {
  const folder = aFolder(t)
  const before = openDatabase(folder)
  const first = openQueue(before, exam, noon)
  const waiting = Array.from({ length: 500 }, () => first.take(noon))
  first.beat(noon + 5_000)
  before.close()

  const back = noon + 65_000
  const db = openDatabase(folder)
  const second = openQueue(db, exam, back)
  const later = Array.from({ length: 50 }, () => second.take(back))
  assert.ok(later.every(({ place }) => place > 500))
  const moments = [...waiting.slice(70), ...later].map(ticket => second.letInAt(ticket))
  assert.deepEqual(
    moments,
    moments.toSorted((a, b) => a - b),
  )
  assert.equal(second.letInAt(waiting[499]!), waiting[499]!.letInAt + 60_000)
  assert.equal(
    waiting.filter(ticket => second.isIn(ticket, back)).length,
    waiting.filter(ticket => first.isIn(ticket, noon + 5_000)).length,
  )
  db.close()

  const again = openDatabase(folder)
  const third = openQueue(again, exam, back + 1_000)
  assert.equal(third.letInAt(waiting[499]!) - third.letInAt(waiting[498]!), 100, 'the pace stays')
  again.close()
})
