import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { aSite, at, national } from '../a-site.fixture.ts'
import { openDatabase } from '../database.ts'
import { type Exam, readExams } from '../exam.ts'
import { openQueue, type Queue } from './queue.ts'
import { newTicketId, type Ticket } from './ticket.ts'

const perSecond = 20
const exam: Exam = {
  ...readExams().find(({ id }) => id === national)!,
  queue: { perSecond, insideMinutes: 60, finishMinutes: 15 },
}
const noon = at('12:00:00')
const hour = 3_600_000

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'exam-clock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A queue whose process sees the time each second, as the site does. */
function aRunningQueue(folder: string) {
  const time = { wall: noon, running: 0 }
  let db = openDatabase(folder)
  let queue: Queue = openQueue(db, exam, time.wall, time.running)
  const see = () => queue.see(time.wall, time.running)
  return {
    time,
    see,
    get queue() {
      return queue
    },
    take: (count: number) => Array.from({ length: count }, () => queue.take(time.wall)),
    run(seconds: number) {
      for (let n = 0; n < seconds; n++) {
        time.wall += 1_000
        time.running += 1_000
        see()
        queue.beat(time.wall)
      }
    },
    freeze(milliseconds: number) {
      time.wall += milliseconds
      time.running += milliseconds
      see()
      queue.beat(time.wall)
    },
    restart(away: number) {
      db.close()
      time.wall += away
      time.running = 0
      db = openDatabase(folder)
      queue = openQueue(db, exam, time.wall, time.running)
    },
    countIn: (tickets: readonly Ticket[]) => tickets.filter(ticket => queue.isIn(ticket, time.wall)).length,
    close: () => db.close(),
  }
}

test('a clock an hour ahead for one request keeps nobody waiting after it is set right', t => {
  const site = aRunningQueue(aFolder(t))
  const before = site.take(1)
  site.run(5)
  site.time.wall += hour
  site.see()
  const ahead = site.take(1)
  site.time.wall -= hour
  site.see()
  const next = site.take(1)
  assert.equal(site.queue.ahead(next[0]!, site.time.wall), 0)
  assert.equal(site.countIn([...before, ...ahead, ...next]), 3)

  site.restart(2_000)
  site.run(3)
  assert.equal(site.countIn([...before, ...ahead, ...next, ...site.take(1)]), 4)
  site.close()
})

test('a clock that was ahead at a kill adds no waiting time after the restart', t => {
  const site = aRunningQueue(aFolder(t))
  site.time.wall += hour
  site.see()
  const ahead = site.take(1)
  site.run(1)
  site.restart(-hour + 2_000)
  const next = site.take(1)
  site.run(5)
  assert.equal(site.countIn([...ahead, ...next, ...site.take(1)]), 3)
  site.close()
})

test('a clock that jumps an hour and back admits no one who waits, then or later', t => {
  const site = aRunningQueue(aFolder(t))
  const waiting = site.take(12_000)
  site.run(10)
  const inside = site.countIn(waiting)
  for (const jump of [hour, -hour, -hour, hour]) {
    site.time.wall += jump
    site.see()
    assert.equal(site.countIn(waiting), inside)
  }
  site.run(10)
  assert.equal(site.countIn(waiting), inside + 10 * perSecond)
  site.close()
})

test('after a ten-minute freeze twelve thousand waiting students enter at the pace, in order', t => {
  const site = aRunningQueue(aFolder(t))
  const waiting = site.take(12_000)
  site.run(10)
  const inside = site.countIn(waiting)
  site.freeze(600_000)
  assert.equal(site.countIn(waiting), inside)
  const late = site.take(1)
  site.run(30)
  assert.equal(site.countIn(waiting), inside + 30 * perSecond)
  assert.equal(site.queue.ahead(late[0]!, site.time.wall) - site.queue.ahead(waiting.at(-1)!, site.time.wall), 1)
  site.close()
})

test('frozen time is not counted again as overload', t => {
  const site = aRunningQueue(aFolder(t))
  const waiting = site.take(1_000)
  site.run(1)
  const before = site.queue.letInAt(waiting.at(-1)!)
  site.time.wall += 60_000
  site.time.running += 60_000
  site.see()
  site.queue.beat(site.time.wall, 60_400)
  assert.equal(site.queue.letInAt(waiting.at(-1)!) - before, 60_400)
  site.close()
})

type Happening =
  | { readonly what: 'run'; readonly count: number }
  | { readonly what: 'take'; readonly count: number }
  | { readonly what: 'set'; readonly by: number }
  | { readonly what: 'freeze'; readonly by: number }
  | { readonly what: 'restart'; readonly by: number }

const jump = fc.integer({ min: 3_000, max: hour })
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ what: fc.constant('run' as const), count: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ what: fc.constant('take' as const), count: fc.integer({ min: 1, max: 150 }) }),
  fc.record({
    what: fc.constant('set' as const),
    by: fc.oneof(
      jump,
      jump.map(by => -by),
    ),
  }),
  fc.record({ what: fc.constant('freeze' as const), by: jump }),
  fc.record({
    what: fc.constant('restart' as const),
    by: fc.oneof(
      jump,
      jump.map(by => -by),
    ),
  }),
)

test('under any clock and process faults the queue keeps its order and pace and expels nobody', t => {
  const folder = aFolder(t)
  let round = 0
  fc.assert(
    fc.property(fc.array(happening, { minLength: 3, maxLength: 14 }), happenings => {
      const site = aRunningQueue(join(folder, String(round++)))
      const tickets: Ticket[] = []
      let inside = new Set<string>()
      for (const one of happenings) {
        // Where nobody waits people do not see the queue: so many of a crowd are in at once.
        let most = 0
        if (one.what === 'take') {
          tickets.push(...site.take(one.count))
          most = perSecond + 1
        } else if (one.what === 'run') {
          site.run(one.count)
          most = one.count * perSecond
        } else if (one.what === 'freeze') site.freeze(one.by)
        else if (one.what === 'restart') site.restart(one.by)
        else {
          site.time.wall += one.by
          site.see()
        }
        const moments = tickets.map(ticket => site.queue.letInAt(ticket))
        assert.deepEqual(
          moments,
          moments.toSorted((a, b) => a - b),
          'in the order of coming',
        )
        const now = new Set(tickets.filter(ticket => site.queue.isIn(ticket, site.time.wall)).map(({ id }) => id))
        assert.ok(
          [...inside].every(id => now.has(id)),
          'who is in stays in',
        )
        assert.ok(
          now.size - inside.size <= most,
          `${now.size - inside.size} were let in by ${one.what}, at most ${most} may be`,
        )
        inside = now
      }
      site.close()
    }),
    { numRuns: 60 },
  )
})

test('the site detects a changed clock and a frozen process before it admits anyone', async t => {
  const house = await aSite({ now: at('16:30:00'), exams: [exam] })
  t.after(house.close)
  const door = `/exams/${national}/enter`
  const letIn = async (visitor: ReturnType<typeof house.visitor>) => (await visitor.ask(door)).status === 303
  house.setClock(at('16:59:00'))
  const ahead = house.visitor()
  assert.ok(await letIn(ahead))
  house.setClock(at('16:30:00'))
  assert.ok(await letIn(house.visitor()))
  assert.ok(await letIn(ahead))

  for (let n = 0; n < 200; n++) house.site.queueOf(exam).take(house.now)
  const last = house.visitor()
  assert.equal(await letIn(last), false)
  house.stand(600_000)
  assert.equal(await letIn(last), false)
  house.setClock(at('16:55:00'))
  assert.equal(await letIn(last), false)
  house.now += 11_000
  assert.ok(await letIn(last))
  house.setClock(at('17:00:00'))
  assert.equal((await house.visitor().ask(door)).status, 410, 'the window closes by the clock as it is')
})

test('a queue of the first release is continued with the same waiting times', t => {
  const folder = aFolder(t)
  openDatabase(folder).close()
  const old = new DatabaseSync(join(folder, 'exam.db'))
  old.exec(`drop table queue_shift;
    drop index candidate_by_form; alter table candidate drop column form_key;
    drop index review_by_form; alter table review drop column form_key;
    create table queue_pause (exam_id text not null, from_at integer not null,
      until_at integer not null check (from_at <= until_at), moved_by integer not null check (moved_by > 0)) strict;
    insert into queue values ('${national}', 640, ${noon + 90_000}, ${noon + 60_000});
    insert into queue_pause values ('${national}', ${noon}, ${noon + 10_000}, 10000);
    pragma user_version = 1`)
  old.close()
  const ticket = (place: number, issuedAt: number, letInAt: number): Ticket => ({
    id: newTicketId(),
    examId: national,
    place,
    issuedAt,
    letInAt,
  })
  const db = openDatabase(folder)
  const queue = openQueue(db, exam, noon + 60_000, 0)
  assert.equal(queue.letInAt(ticket(1, noon - 5_000, noon - 1_000)), noon - 1_000)
  assert.equal(queue.letInAt(ticket(500, noon - 1_000, noon + 70_000)), noon + 80_000)
  assert.equal(queue.letInAt(ticket(501, noon + 20_000, noon + 80_050)), noon + 80_050)
  assert.equal(queue.take(noon + 60_000).place, 641)
  db.close()
})
