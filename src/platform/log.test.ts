import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { openLog } from './log.ts'

function keeping() {
  const pieces: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      pieces.push(String(chunk))
      done()
    },
  })
  return { stream, text: () => pieces.join('') }
}

test('a person’s data never reach the log, wherever they stand', () => {
  const written = keeping()
  const log = openLog('info', written.stream)
  const secret = 'Nguyễn Văn Kín'
  log.info(
    {
      name: secret,
      person: { full_name: secret, phone: secret },
      request: { body: { name: secret }, person: { birth_date: secret } },
      id: 'p-1',
    },
    'done',
  )
  assert.doesNotMatch(written.text(), /Kín/)
  assert.match(written.text(), /p-1/)
})

test('what PostgreSQL or JSON.parse could not read is not repeated, and where it was is logged', () => {
  const written = keeping()
  const log = openLog('info', written.stream)
  const ofDatabase = Object.assign(new Error('invalid input syntax for type date: "Kín 2001"'), {
    ...{ severity: 'ERROR', code: '22007', detail: 'Key (name)=(Kín)' },
  })
  log.error({ err: ofDatabase }, 'a job failed')
  log.error({ err: new Error('not read', { cause: ofDatabase }) }, 'a job failed')
  try {
    JSON.parse('Kín')
  } catch (error) {
    log.error({ err: error }, 'a file was not read')
  }
  log.error({ err: new Error('connect ECONNREFUSED 127.0.0.1:5432') }, 'no database')
  assert.doesNotMatch(written.text(), /Kín|2001/)
  assert.match(written.text(), /22007/)
  assert.match(written.text(), /log\.test\.ts:\d+/)
  assert.match(written.text(), /ECONNREFUSED 127\.0\.0\.1:5432/)
})

test('a request is logged by its path without the query', () => {
  const written = keeping()
  const log = openLog('info', written.stream)
  log.info({ req: { method: 'GET', url: '/api/x?q=K%C3%ADn', headers: { cookie: 'Kín' } } }, 'request')
  assert.match(written.text(), /"path":"\/api\/x"/)
  assert.doesNotMatch(written.text(), /K%C3|Kín/)
})

test('a line break or a quote in a value begins no second line', () => {
  const written = keeping()
  const log = openLog('info', written.stream)
  const forged = 'x"}\n{"level":30,"msg":"an officer signed in"}\r\n\u2028\u001b[2J'
  log.info({ code: forged }, 'refused')
  log.warn({ req: { method: 'GET', url: `/api/${forged}` } }, forged)
  const lines = written.text().split('\n').filter(Boolean)
  assert.equal(lines.length, 2)
  const [first, second] = lines.map(line => JSON.parse(line) as { code?: string; msg: string; level: number })
  assert.deepEqual([first?.code, first?.msg, second?.msg, second?.level], [forged, 'refused', forged, 40])
  assert.doesNotMatch(written.text(), /\u001b/)
})
