import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { openHouse } from '../../../test/house.ts'
import { endpoint } from '../endpoint.ts'
import { openRequests, serve } from '../http/serve-endpoint.ts'
import { makeServer } from '../http/server.ts'
import { newId } from '../ids.ts'
import { queueJob } from '../jobs/jobs.ts'
import { openLog, withoutValues } from '../log.ts'
import { problems } from '../problem.ts'
import { recordOfFault } from './fault-record.ts'
import { findRecord, openRequestRecords, type RequestRecord } from './observation.ts'
import { openRotatingFile } from './rotating-file.ts'

/** Whoever is given the id of a request finds out what it met, and nothing of whom it was about. */

const house = await openHouse()
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-records-'))
after(() => rm(folder, { recursive: true, force: true }))

const secret = 'Nguyễn Thị Kín'
const cellarProblem = problems({
  'cellar-flooded': { status: 409, title: 'The cellar is flooded', vi: 'Hầm bị ngập' },
})

const fillBottle = endpoint({
  method: 'POST',
  path: '/bottles/:id',
  summary: 'Fill a bottle',
  right: 'bottles.fill',
  purpose: 'campaign',
  sentAgain: 'by-hand',
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ phone: Type.Optional(Type.String()) }),
  body: Type.Object({ how: Type.String() }),
  reply: Type.Object({ ok: Type.Boolean() }),
})

async function aServer({ access = true, slowMs = 600_000 } = {}) {
  const lines: string[] = []
  const log = openLog('info', new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) }))
  const records = openRequestRecords(folder, { access, log })
  const origin = 'http://localhost:8080'
  const app = await makeServer({ log, origin, trustProxy: false, logging: { records, slowMs } })
  app.addHook('onClose', () => records.close())
  after(() => app.close())
  const openWork = openRequests(house.openWork, async request =>
    request.headers['x-stranger']
      ? undefined
      : {
          by: { kind: 'officer', id: 'an-officer' },
          authority: (_right, purpose) => ({
            ...{ by: { kind: 'officer', id: 'an-officer' } as const, scope: 'house' as const },
            purpose,
          }),
        },
  )
  serve({ app, origin, openWork }, fillBottle, async (work, { body: { how } }) => {
    await sql`select 1`.execute(work.tx)
    if (how === 'refused') throw cellarProblem('cellar-flooded')
    if (how === 'slow') await setTimeout(450)
    if (how === 'fault') throw new Error(`no bottle of ${secret}, "Lan", 0912345678`, { cause: new RangeError('x') })
    if (how === 'database') await sql`select ${secret}::integer`.execute(work.tx)
    await queueJob(work, 'test.cork', {})
    return { ok: true }
  })
  const answers = new EventEmitter()
  app.addHook('onResponse', async () => void answers.emit('left'))
  const ask = async (how: string, headers: Record<string, string> = {}) => {
    const left = once(answers, 'left')
    const answer = await app.inject({
      ...{ method: 'POST', url: '/api/bottles/bottle-of-lan?phone=0912345678', headers },
      payload: { how },
    })
    await left
    const id = String(answer.headers['x-request-id'])
    return { id, status: answer.statusCode, record: await records.find(id) }
  }
  return { ask, lines, records, app }
}

test('a fault is found by the id of its request: where it arose, and nothing of whom it was about', async () => {
  const { ask, lines } = await aServer()
  const { id, status, record } = await ask('fault')
  assert.equal(status, 500)
  assert.equal(record?.id, id)
  const { at: _at, ms: _ms, bytes: _bytes, fault, ...rest } = record as RequestRecord
  assert.deepEqual(rest, {
    ...{ id, method: 'POST', route: '/api/bottles/:id', status: 500, actor: 'officer', purpose: 'campaign' },
    ...{ statements: 3, works: 1 },
  })
  assert.equal(fault?.error, 'Error')
  assert.match(fault?.message ?? '', /^no bottle of [… ,]+$/)
  assert.match(fault?.frames[0] ?? '', /^.*\(?src\/platform\/observation\/observation\.test\.ts:\d+:\d+\)?$/)
  assert.deepEqual(fault?.causes, ['RangeError: x'])
  assert.doesNotMatch(JSON.stringify(record), /Kín|Lan|0912|bottle-of/)
  const line = JSON.parse(lines.find(one => one.includes('"msg":"fault"')) ?? '{}')
  assert.deepEqual(
    [line.reqId, line.route, line.actor, line.purpose, line.statements, typeof line.ms],
    [id, '/api/bottles/:id', 'officer', 'campaign', 3, 'number'],
  )
})

test('a fault of the database is kept by its code, without the value that it refused', async () => {
  const { ask, lines } = await aServer()
  const { record } = await ask('database')
  assert.deepEqual([record?.fault?.error, record?.fault?.code], ['DatabaseError', '22P02'])
  assert.equal(record?.fault?.message, 'invalid input syntax for type integer: …')
  const told = new Error('duplicate key value')
  Object.assign(told, { detail: `Key (full_name)=(${secret}) already exists.` })
  const written: string[] = []
  const into = new Writable({ write: (chunk, _encoding, done) => done(void written.push(String(chunk))) })
  openLog('info', into).error({ err: told }, 'fault')
  assert.doesNotMatch(written.join('') + lines.filter(one => !one.includes('22P02')).join(''), /Kín/)
})

test('a refusal is kept with its code, a slow answer as slow, and a quick one is in the access log alone', async () => {
  const { ask, lines } = await aServer({ slowMs: 400 })
  const refused = await ask('refused')
  assert.deepEqual([refused.status, refused.record?.code, refused.record?.slow], [409, 'cellar-flooded', undefined])
  const slow = await ask('slow')
  assert.deepEqual([slow.status, slow.record?.slow, slow.record?.jobs], [200, true, { 'test.cork': 1 }])
  assert.ok(lines.some(line => line.includes('"msg":"slow request"') && line.includes(slow.id)))
  const quick = await ask('quick')
  assert.deepEqual([quick.record?.status, quick.record?.statements, quick.record?.slow], [200, 4, undefined])

  const off = await aServer({ access: false })
  assert.equal((await off.ask('quick')).record, undefined)
  assert.equal((await off.ask('refused')).record?.code, 'cellar-flooded')
})

test('a line of the access log has no address, no id of an address and nothing that was sent', async () => {
  const { ask } = await aServer()
  const { id } = await ask('quick')
  const text = await readFile(join(folder, 'log/access.jsonl'), 'utf8')
  assert.doesNotMatch(text, /Kín|0912|bottle-of|127\.0\.0\.1|an-officer/)
  const line = text.split('\n').find(one => one.includes(id)) ?? ''
  const keys = 'at id method route actor purpose statements works status ms bytes jobs'
  assert.deepEqual(Object.keys(JSON.parse(line)), keys.split(' '))
  assert.ok(line.length < 400, `${line.length} bytes`)
  assert.equal((await stat(join(folder, 'log/access.jsonl'))).mode & 0o077, 0)
})

test('what strangers are refused pushes nothing out that people who signed in were refused', async () => {
  const { ask } = await aServer()
  const { record } = await ask('refused', { 'x-stranger': 'yes' })
  assert.deepEqual([record?.code, record?.actor], ['sign-in-needed', undefined])
  assert.match(await readFile(join(folder, 'log/strangers.jsonl'), 'utf8'), /sign-in-needed/)
  assert.doesNotMatch(await readFile(join(folder, 'log/refusals.jsonl'), 'utf8'), /sign-in-needed/)
})

test('an id of another request, or a text that is no id, finds nothing; a torn line is passed over', async () => {
  const own = await mkdtemp(join(tmpdir(), 'dinhdanh-torn-'))
  after(() => rm(own, { recursive: true, force: true }))
  const records = openRequestRecords(own, { access: false, log: openLog('silent') })
  const [torn, whole] = [newId<'request'>(), newId<'request'>()]
  const record = {
    ...{ at: '', id: whole, method: 'GET', route: '/x', status: 500, ms: 1, bytes: 0, statements: 0, works: 0 },
    fault: recordOfFault(new Error('x')),
  }
  records.note(record)
  await records.close()
  const path = join(own, 'log/faults.jsonl')
  await writeFile(path, `{"id":"${torn}","at":\n${await readFile(path, 'utf8')}`)
  assert.deepEqual((await findRecord(own, whole))?.fault, record.fault)
  for (const id of [torn, newId<'request'>(), '../../etc/passwd', 'x'])
    assert.equal(await findRecord(own, id), undefined)
})

test('two processes write one file; it is put aside where it is full, and so many are kept and no more', async () => {
  const own = await mkdtemp(join(tmpdir(), 'dinhdanh-rotating-'))
  after(() => rm(own, { recursive: true, force: true }))
  const path = join(own, 'lines.jsonl')
  const lost: unknown[] = []
  const open = () => openRotatingFile(path, { bytes: 1_000, files: 3 }, { wait: 0, onLost: n => void lost.push(n) })
  const [one, other] = [open(), open()]
  for (let nth = 0; nth < 60; nth += 1) {
    one.write(JSON.stringify({ nth, by: 'one', filled: 'x'.repeat(60) }))
    other.write(JSON.stringify({ nth, by: 'other', filled: 'x'.repeat(60) }))
    await Promise.all([one.flush(), other.flush()])
  }
  const files = await readdir(own)
  assert.ok(files.length >= 2 && files.length <= 4, files.join())
  const texts = await Promise.all(files.map(file => readFile(join(own, file), 'utf8')))
  for (const line of texts.join('').trim().split('\n')) assert.ok(JSON.parse(line).by)
  assert.ok(texts.join('').includes('"nth":59,"by":"one"') && texts.join('').includes('"nth":59,"by":"other"'))
  assert.deepEqual(lost, [])
})

test('a disk that takes nothing loses lines and says how many; the installation goes on', async () => {
  const own = await mkdtemp(join(tmpdir(), 'dinhdanh-full-'))
  after(() => rm(own, { recursive: true, force: true }))
  await writeFile(join(own, 'log'), 'a file where a folder should be')
  const lost: number[] = []
  const file = openRotatingFile(
    join(own, 'log/x.jsonl'),
    { bytes: 10, files: 2 },
    { wait: 0, onLost: n => lost.push(n) },
  )
  file.write('{}')
  file.write('{}')
  await file.flush()
  assert.deepEqual(lost, [2])
  assert.equal(existsSync(join(own, 'log/x.jsonl')), false)
})

test('a message is kept without what is quoted in it, and without numbers, addresses and names', () => {
  assert.equal(
    withoutValues(`Unexpected token 'N', "Nguyen"... is not valid JSON`),
    'Unexpected token …, …... is not valid JSON',
  )
  assert.equal(withoutValues('lan@x.vn of Đỗ born 2001-02-03, 001203004567'), '… of … born … …')
  assert.equal(withoutValues('connect ECONNREFUSED 127.0.0.1:5432'), 'connect ECONNREFUSED …')
  assert.equal(withoutValues('a quote "that does not end: Lan'), 'a quote …')
})
