import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../../e2e/eventually.ts'
import { rollReading } from '../../src/rolls/law.ts'
import { readSentFile } from '../../src/rolls/rolls.ts'
import { openDemonstration } from '../demonstration-house.ts'

/** A file that is slow to read must not keep officers from their work: reading it holds no turn at the database. */

const { cast, inject, rowsOf } = await openDemonstration()

const officerOf = (login: string) => cast.find(one => one.login === login) ?? assert.fail(`no officer ${login}`)
const senders = ['giaoduc', 'sogiaoduc', 'huyen'].map(officerOf)
const other = officerOf('phuong')

const header = 'STT,Họ và tên,Ngày sinh,Số định danh,Lớp'
const shortFile = [header, '1,Nguyễn Văn An,01/01/2010,,6A']

const boundary = 'a-boundary'
const partOf = (name: string, value: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

async function draftOf(lines: readonly string[], fileName: string, sender = senders[0]) {
  const [roll] = await rowsOf<{ school: string }>(
    `select r.school_id as school from rolls.roll r where r.school_id = any ($1::uuid[]) limit 1`,
    [senders[0]?.session.scope],
  )
  const fields = { schoolId: roll?.school ?? '', schoolYear: '2022-2023', kind: 'pupils' }
  const payload =
    Object.entries(fields)
      .map(([name, value]) => partOf(name, value))
      .join('') +
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\n` +
    `content-type: text/csv\r\n\r\n${lines.join('\n')}\r\n--${boundary}--\r\n`
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const answer = await inject({ method: 'POST', url: '/api/rolls', payload, headers }, sender ?? assert.fail())
  assert.equal(answer.status, 200, answer.text)
  return (JSON.parse(answer.text) as { roll: { id: string } }).roll.id
}

/** Files that nobody writes to keep every reading thread until `end` is called. */
async function keepThreads() {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-pipes-'))
  const pipes = Array.from({ length: rollReading.threads }, (_, at) => join(folder, `${at}.csv`))
  execFileSync('mkfifo', pipes)
  const readings = pipes.map(content =>
    readSentFile({ name: 'never.csv', content, schoolYear: '2022-2023' }).catch(() => undefined),
  )
  return {
    async end() {
      await Promise.all(pipes.map(pipe => writeFile(pipe, '')))
      await Promise.all(readings)
      await rm(folder, { recursive: true })
    },
  }
}

/** Connections on which a work waits for something else than the database. */
async function countHeldConnections(): Promise<number> {
  const rows = await rowsOf<{ held: number }>(
    `select count(*)::integer as held from pg_stat_activity
     where datname = current_database() and state = 'idle in transaction'`,
  )
  return rows[0]?.held ?? assert.fail()
}

test('three officers who look at slow files again and again keep no other officer waiting', async () => {
  const id = await draftOf(shortFile, 'slow.csv')
  const threads = await keepThreads()
  let read = 0
  let refused = 0
  const previews = senders.flatMap(sender =>
    Array.from({ length: 3 }, () =>
      inject({ method: 'GET', url: `/api/rolls/${id}/preview` }, sender).then(answer => {
        read += answer.status === 200 ? 1 : 0
        refused += answer.status === 503 ? 1 : 0
        return answer.status
      }),
    ),
  )
  try {
    await eventually(async () => assert.equal(refused, previews.length - rollReading.waiting, 'all wait for a thread'))
    await eventually(async () => assert.equal(await countHeldConnections(), 0, 'a reading that waits holds no turn'))
    const answer = await inject({ method: 'GET', url: '/api/follow-ups/counts' }, other)
    assert.equal(answer.status, 200)
    assert.equal(read, 0, 'no file is read before the other officer is answered')
  } finally {
    await threads.end()
  }
  const statuses = await Promise.all(previews)
  assert.ok(statuses.every(status => status === 200 || status === 503))
  assert.ok(read > 0, 'the files were waited for')
})

test('a file with a name that is too long is read again as it was read first', async () => {
  const id = await draftOf(shortFile, `${'a'.repeat(500)}.csv`)
  const answer = await inject({ method: 'GET', url: `/api/rolls/${id}/preview` }, senders[0] ?? assert.fail())
  assert.equal(answer.status, 200, answer.text)
})
