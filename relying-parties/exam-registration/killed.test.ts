import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { aHolder, fillIn, freePort, handInOf, national, Visitor } from './a-site.fixture.ts'
import { openDatabase } from './database.ts'
import { openTestIssuer } from './test-issuer.fixture.ts'

const folder = await mkdtemp(join(tmpdir(), 'exam-killed-'))
const port = await freePort()
const issuerPort = await freePort()
const origin = `http://localhost:${port}`
const holders = Array.from({ length: 40 }, (_, n) => aHolder(n + 1))
const children = new Set<ChildProcess>()
after(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

const run = (args: readonly string[]) => {
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts'), '--data', folder, ...args],
    { env },
  )
  children.add(child)
  let said = ''
  child.stdout.on('data', piece => (said += String(piece)))
  child.stderr.on('data', piece => (said += String(piece)))
  const ended = new Promise<number | null>(done => child.on('exit', done))
  const says = async (what: RegExp) => {
    for (let tries = 0; tries < 600; tries++) {
      if (what.test(said)) return
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${said}`)
      await new Promise(resolve => setTimeout(resolve, 25))
    }
    throw new Error(`never said ${what}: ${said}`)
  }
  return { child, ended, says, said: () => said }
}

const begun = Date.now()
/** The site's clock goes on over its restarts. */
const start = async () => {
  const now = new Date(Date.parse('2023-05-13T16:00:00+07:00') + Date.now() - begun).toISOString()
  const site = run(['--port', String(port), '--issuer', `http://localhost:${issuerPort}`, '--now', now])
  await site.says(/Ctrl-C/)
  return site
}

/** Waits in the queue; gives where the site sends who is let in. */
async function letIn(visitor: Visitor): Promise<string> {
  for (;;) {
    const { location } = await visitor.follow(`/exams/${national}/enter`)
    if (location) return location
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

test('the site starts without its provider, says that it waits, and resumes when it is there', async t => {
  const site = await start()
  await site.says(/waiting for the identity provider/)
  const visitor = new Visitor(origin)
  assert.match((await visitor.ask('/')).text, /Giờ máy chủ 16:00:/)
  assert.equal((await visitor.ask('/health/ready')).status, 503)
  assert.match((await visitor.follow(`/exams/${national}/enter`)).text, /Cổng định danh chưa trả lời/)

  const issuer = await openTestIssuer({ site: origin, holders, port: issuerPort })
  t.after(issuer.close)
  await site.says(/answers/)
  assert.match(await letIn(visitor), /request_uri/)
  site.child.kill('SIGKILL')
  await site.ended
})

test('a killed site loses no place, draft or session, and registers each acknowledged form once', async t => {
  const issuer = await openTestIssuer({ site: origin, holders, port: issuerPort })
  t.after(issuer.close)
  let site = await start()
  await site.says(/answers/)
  const kill = async () => {
    site.child.kill('SIGKILL')
    await site.ended
    site = await start()
    await site.says(/answers/)
  }
  const pupil = new Visitor(origin)
  const away = await letIn(pupil)
  const ticket = pupil.cookies.get(`ticket-${national}`)
  await kill()
  const back = new URL(await issuer.signIn(away, 'pupil-1'))
  assert.match(
    (await pupil.follow(back.pathname + back.search)).text,
    /Kiểm tra thông tin của em/,
    'killed while away at the provider',
  )
  assert.equal(pupil.cookies.get(`ticket-${national}`), ticket)

  const page = await fillIn(pupil)
  await kill()
  const receipt = await pupil.follow(`/exams/${national}/form/hand-in`, handInOf(page.text))
  assert.match(
    receipt.text,
    /Em đã đăng ký xong/,
    'the form that stood open is taken by the site that was started anew',
  )
  site.child.kill('SIGKILL')
  await site.ended
})

test('a site killed during many submissions registers every receipt holder, and nobody twice', async t => {
  const issuer = await openTestIssuer({ site: origin, holders, port: issuerPort })
  t.after(issuer.close)
  let site = await start()
  await site.says(/answers/)
  const pupils = await Promise.all(
    holders.slice(1).map(async ({ id }) => {
      const visitor = new Visitor(origin)
      const back = new URL(await issuer.signIn(await letIn(visitor), id))
      await visitor.follow(back.pathname + back.search)
      return { visitor, form: handInOf((await fillIn(visitor)).text) }
    }),
  )
  let acknowledged = 0
  const answers = pupils.map(async ({ visitor, form }) => {
    const answer = await visitor.ask(`/exams/${national}/form/hand-in`, form).catch(() => undefined)
    if (answer?.status === 303) acknowledged++
    if (acknowledged === 5) site.child.kill('SIGKILL')
    return answer?.status === 303
  })
  const told = await Promise.all(answers)
  await site.ended
  assert.ok(
    told.filter(Boolean).length >= 5 && told.some(one => !one),
    `${told.filter(Boolean).length} of ${told.length} were told`,
  )

  const db = openDatabase(folder)
  assert.deepEqual(
    db.list(
      `select registration_id from version v
        where not exists (select 1 from registration r where r.id = v.registration_id)`,
    ),
    [],
  )
  assert.deepEqual(
    db.list(
      `select id from registration r
        where (select count(*) from version v where v.registration_id = r.id) <> r.version`,
    ),
    [],
  )
  db.close()

  site = await start()
  await site.says(/answers/)
  for (const [at, { visitor, form }] of pupils.entries()) {
    const page = await visitor.follow(
      `/exams/${national}/${told[at] ? 'receipt' : 'form/hand-in'}`,
      told[at] ? undefined : form,
    )
    assert.match(page.text, /Em đã đăng ký xong/, 'the same form sent again lands once')
  }
  site.child.kill('SIGTERM')
  assert.equal(await site.ended, 0, 'stops in order')
  const after = openDatabase(folder)
  assert.equal(after.find<{ n: number }>('select count(*) as n from version')?.n, holders.length)
  after.close()
})

test('a site frozen for seven seconds admits nobody for the time it did not run', async t => {
  const issuer = await openTestIssuer({ site: origin, holders, port: issuerPort })
  t.after(issuer.close)
  const site = await start()
  t.after(() => site.child.kill('SIGKILL'))
  await site.says(/answers/)
  const crowd = Array.from({ length: 100 }, () => new Visitor(origin))
  const door = `/exams/${national}/enter`
  const before = await Promise.all(crowd.map(one => one.ask(door)))
  assert.ok(before.filter(({ status }) => status !== 303).length > 40, 'a queue stands')
  site.child.kill('SIGSTOP')
  await new Promise(resolve => setTimeout(resolve, 7_000))
  site.child.kill('SIGCONT')
  const last = before
    .map(({ status }, place) => ({ status, one: crowd[place]! }))
    .filter(({ status }) => status !== 303)
  const inside = await Promise.all(last.map(async ({ one }) => (await one.ask(door)).status === 303))
  assert.ok(inside.filter(Boolean).length < last.length / 2, `${inside.filter(Boolean).length} of ${last.length}`)
  for (const one of [last[0]!.one, last.at(-1)!.one]) assert.match(await letIn(one), /request_uri/)
  site.child.kill('SIGKILL')
  await site.ended
})

test('a second process on the same folder is refused, and the first goes on', async t => {
  const issuer = await openTestIssuer({ site: origin, holders, port: issuerPort })
  t.after(issuer.close)
  const site = await start()
  const second = run(['--port', String(await freePort()), '--issuer', issuer.url])
  // One that would serve all the same never ends by itself.
  const patience = setTimeout(() => second.child.kill('SIGKILL'), 20_000)
  assert.equal(await second.ended, 2)
  clearTimeout(patience)
  assert.match(second.said(), /another process already serves/)
  assert.equal((await new Visitor(origin).ask('/health/live')).status, 200)
  site.child.kill('SIGKILL')
  await site.ended
})

test('staff are entered from a list, and their passwords written once', async () => {
  const list = join(folder, 'staff.csv')
  await writeFile(list, '\uFEFFlogin,school,name\r\nben-suong-1,17-101,Lê Thị Soát\r\n')
  const entering = run(['--staff', list])
  assert.equal(await entering.ended, 0)
  assert.match(entering.said(), /ben-suong-1,17-101,[a-z]{10}/)
})
