import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashToken } from '../../src/platform/http/cookie-tokens.ts'
import { openDemonstration } from '../demonstration-house.ts'

/** A file that is slow to read must not keep officers from their work: reading it holds no turn at the database. */

const { cast, inject, rowsOf } = await openDemonstration({ people: 300 })

const officerOf = (login: string) => cast.find(one => one.login === login) ?? assert.fail(`no officer ${login}`)
const senders = ['giaoduc', 'sogiaoduc', 'huyen'].map(officerOf)
const other = officerOf('phuong')

/** Sessions that last longer than a reading: they are looked at again after it. */
for (const { token, session } of [...senders, other])
  await rowsOf(
    `insert into staff.session
       (id, token_hash, officer_id, appointment_id, scope, device_hash, browser, began_at, seen_at, ends_at, factor,
        factor_at)
     values (gen_random_uuid(), $1, $2, $3, $4, $1, 'test', now(), now(), now() + interval '1 hour', 'passkey', now())`,
    [hashToken(token), session.officerId, session.appointmentId, session.scope],
  )

/** Eight hundred names in an encoding that is gone, each as long as a name may be. */
const header = 'STT,Họ và tên,Ngày sinh,Số định danh,Lớp'
const slowName = 'Ngu´n V¨n '.repeat(18)
const slowFile = [header, ...Array.from({ length: 800 }, (_, at) => `${at},${slowName},01/01/2010,,6A`)]

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

test('three officers who look at slow files again and again keep no other officer waiting', async () => {
  const id = await draftOf(slowFile, 'slow.csv')
  let ended = 0
  const previews = senders.flatMap(sender =>
    Array.from({ length: 3 }, () =>
      inject({ method: 'GET', url: `/api/rolls/${id}/preview` }, sender).then(answer => {
        ended += answer.status === 200 ? 1 : 0
        return answer.status
      }),
    ),
  )
  await new Promise(done => setTimeout(done, 150))
  const answer = await inject({ method: 'GET', url: '/api/follow-ups/counts' }, other)
  assert.equal(answer.status, 200)
  assert.equal(ended, 0, `${ended} files were read before the other officer was answered`)
  assert.ok((await Promise.all(previews)).every(status => status === 200 || status === 503))
})

test('a file with a name that is too long is read again as it was read first', async () => {
  const id = await draftOf([header, '1,Nguyễn Văn An,01/01/2010,,6A'], `${'a'.repeat(500)}.csv`)
  const answer = await inject({ method: 'GET', url: `/api/rolls/${id}/preview` }, senders[0] ?? assert.fail())
  assert.equal(answer.status, 200, answer.text)
})
