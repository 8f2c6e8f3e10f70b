import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import sharp from 'sharp'
import { aClamd } from '../../test/a-clamd.ts'
import { aBirthCertificate, anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { aPdf, aStream } from '../../test/foreign-pdfs.ts'
import { openHouse } from '../../test/house.ts'
import { watchUploads } from '../../test/uploads-left.ts'
import { casesWithPapers } from '../attachment-kinds.ts'
import { openRequests, type SignedIn } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { newId } from '../platform/ids.ts'
import { openLog } from '../platform/log.ts'
import { scannerTestFile, setScanner } from '../platform/scanning/scanning.ts'
import type { Authority } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { mayDo, type Role } from '../staff/role.ts'
import { routes } from './routes.ts'

/** The doors of attached papers, asked over HTTP as an officer's browser asks, and as somebody who means harm does. */

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
after(() => app.close())

const posts: Readonly<Record<string, { readonly authority: Authority; readonly role: Role }>> = {
  proposer: { authority: await anOfficerOf(house, commune.haKhanh), role: 'ward-officer' },
  decider: { authority: await anOfficerOf(house, commune.haKhanh), role: 'ward-officer' },
  elsewhere: { authority: await anOfficerOf(house, commune.quangHanh), role: 'ward-officer' },
  teacher: { authority: await anOfficerOf(house, commune.haKhanh), role: 'homeroom-teacher' },
}
/** As a session gives it: nobody without one, and an authority only where the role has the right. */
async function authenticate({ headers }: FastifyRequest): Promise<SignedIn | undefined> {
  const post = posts[String(headers['x-post'])]
  return (
    post && {
      by: post.authority.by,
      authority: (right, purpose) => (mayDo(post.role, right) ? { ...post.authority, purpose } : undefined),
    }
  )
}
routes(
  { app, origin, openWork: openRequests(house.openWork, authenticate) },
  { cases: casesWithPapers, namesOf: async () => new Map() },
)

type Answer = { readonly status: number; readonly code: string | undefined; readonly body: Record<string, unknown> }
const asAnswer = (reply: { statusCode: number; body: string }): Answer => {
  const body = (reply.body.startsWith('{') ? JSON.parse(reply.body) : {}) as Record<string, unknown>
  return {
    status: reply.statusCode,
    code: String(body['type'] ?? '')
      .split('/')
      .at(-1),
    body,
  }
}

type Sent = { readonly content: Buffer; readonly name?: string; readonly fields: Readonly<Record<string, string>> }
async function send(post: string, { content, name = 'scan.pdf', fields }: Sent, kind = 'correction') {
  const parts = Object.entries({ paper: 'birth-certificate', ...fields }).map(
    ([field, value]) => `--xx\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const head = `--xx\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n`
  const payload = Buffer.concat([
    Buffer.from(`${parts.join('')}${head}Content-Type: application/pdf\r\n\r\n`),
    content,
    Buffer.from('\r\n--xx--\r\n'),
  ])
  const headers = { 'content-type': 'multipart/form-data; boundary=xx', 'x-post': post }
  return asAnswer(await app.inject({ method: 'POST', url: `/api/${kind}-attachments`, headers, payload }))
}
const get = (post: string, path: string) => app.inject({ url: `/api${path}`, headers: { 'x-post': post } })
const idOf = ({ body }: Answer) => (body['attachment'] as { id: string }).id

let pages = 0
const aScan = () => {
  pages += 1
  return aPdf({ objects: [aStream(`(page ${pages}) Tj`)] })
}
const personId = await enter(house, aPerson({ commune: commune.haKhanh }))
const { id: caseId } = await house.as(posts['proposer']!.authority, work =>
  register.proposeCorrection(work, {
    personId,
    form: { code: 'DC02', version: 'TT104/2020' },
    evidence: aBirthCertificate(),
    values: { hometown: 'Hải Dương' },
  }),
)
const uploadsLeft = await watchUploads()

test('nobody, a session that has ended and a teacher are refused at each door before the file is read', async () => {
  const sent = { content: Buffer.alloc(5_000_000, 'x'), fields: { caseId } }
  assert.deepEqual([(await send('nobody', sent)).status, (await send('teacher', sent)).status], [401, 403])
  const id = newId()
  for (const path of [
    `/register/corrections/${caseId}/attachments`,
    `/correction-attachments?personId=${personId}`,
    `/correction-attachments/${id}/content`,
    `/data-requests/${id}/attachments`,
    `/data-request-attachments?personId=${personId}`,
    `/data-request-attachments/${id}/content`,
  ])
    assert.deepEqual(
      [(await get('nobody', path)).statusCode, (await get('teacher', path)).statusCode],
      [401, 403],
      path,
    )
})

test('an opened paper is an attachment in a sandbox, is cached nowhere, and is named after nobody', async () => {
  const photograph = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer()
  const id = idOf(
    await send('proposer', { content: photograph, name: 'Nguyễn Văn An 022206001234.jpg', fields: { caseId } }),
  )
  const { headers, rawPayload } = await get('decider', `/correction-attachments/${id}/content`)
  assert.equal((await sharp(rawPayload).metadata()).format, 'jpeg')
  assert.equal(headers['content-type'], 'image/jpeg')
  assert.match(String(headers['content-disposition']), /^attachment; filename="birth-certificate-[0-9a-f]{6}\.jpg"/)
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.match(String(headers['content-security-policy']), /^sandbox; default-src 'none'/)
  assert.equal(headers['cache-control'], 'no-store')
})

test('an officer of another unit gets from no door what a paper is, by no id of it', async () => {
  const id = idOf(await send('proposer', { content: aScan(), fields: { caseId } }))
  assert.equal((await get('elsewhere', `/correction-attachments/${id}/content`)).statusCode, 404)
  assert.equal(
    (await get('decider', `/data-request-attachments/${id}/content`)).statusCode,
    404,
    'another kind of case',
  )
  const list = await get('elsewhere', `/register/corrections/${caseId}/attachments`)
  assert.deepEqual(list.json(), { attachments: [] })
  const taken = await app.inject({
    method: 'POST',
    url: `/api/correction-attachments/${id}/remove`,
    headers: { 'x-post': 'elsewhere' },
    payload: { reason: 'nhầm trang khác' },
  })
  assert.equal(taken.statusCode, 404)
  assert.equal((await send('elsewhere', { content: aScan(), fields: { caseId } })).code, 'attachment-case-unknown')
  assert.equal((await send('elsewhere', { content: aScan(), fields: { personId } })).code, 'attachment-case-unknown')
  assert.equal(
    (await send('proposer', { content: aScan(), fields: { caseId: newId() } })).code,
    'attachment-case-unknown',
  )
})

test('a file is refused by what it is, whatever its name and its type say, and nothing of it is left', async () => {
  const before = await uploadsLeft()
  const counted = async () => (await house.owner<{ n: string }>('select count(*) as n from attachments.content'))[0]?.n
  const kept = await counted()
  const refused: readonly (readonly [Buffer, string])[] = [
    [Buffer.from('<!doctype html><script>alert(1)</script>'), 'attachment-kind-refused'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'attachment-kind-refused'],
    [aPdf({ catalogue: '/OpenAction << /S /JavaScript /JS (1) >>' }), 'attachment-pdf-active'],
    [Buffer.concat([aPdf(), Buffer.from('PK\x05\x06\0\0')]), 'attachment-pdf-unreadable'],
    [Buffer.alloc(10_000_001, 'x'), 'file-too-large'],
    [Buffer.alloc(0), 'attachment-empty'],
  ]
  for (const [content, code] of refused) {
    const answer = await send('proposer', { content, fields: { caseId } })
    assert.deepEqual([answer.code, answer.status >= 400 && answer.status < 500], [code, true])
    assert.ok(answer.body['fix'] && answer.body['fix_vi'], `${code} says how it is mended`)
  }
  assert.deepEqual([await uploadsLeft(), await counted()], [before, kept])
})

test('a name of a file that climbs out of its folder goes nowhere, and stands nowhere afterwards', async () => {
  const name = '../../../../tmp/dinhdanh-climbed.pdf'
  const id = idOf(await send('proposer', { content: aScan(), name, fields: { caseId } }))
  assert.ok(!(await readdir('/tmp')).includes('dinhdanh-climbed.pdf'))
  const rows = await house.owner<{ all: string }>('select a::text as all from attachments.attachment a where id = $1', [
    id,
  ])
  const deeds = await house.owner<{ all: string }>(
    'select d::text as all from audit.deed d where facts::text like $1',
    [`%${id}%`],
  )
  assert.doesNotMatch(JSON.stringify([...rows, ...deeds]), /climbed/)
})

test('a file of no case and no person, an unknown kind of paper and a field too many are refused', async () => {
  assert.equal((await send('proposer', { content: aScan(), fields: {} })).code, 'attachment-case-unknown')
  assert.equal((await send('proposer', { content: aScan(), fields: { caseId, paper: 'roll' } })).code, 'input-invalid')
  const more = await send('proposer', { content: aScan(), fields: { caseId, scanned: 'true' } })
  assert.equal(more.code, 'member-undeclared')
})

test('with a scanner a file is said to be scanned, one with a virus is refused, and none comes past it', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'dd-clamd-'))
  const clamd = await aClamd(join(folder, 'clamd'))
  t.after(async () => {
    setScanner('')
    await rm(folder, { recursive: true, force: true })
  })
  const scanned = (answer: Answer) => (answer.body['attachment'] as { scanned: boolean } | undefined)?.scanned
  assert.equal(scanned(await send('proposer', { content: aScan(), fields: { caseId } })), false)
  setScanner(clamd.address)
  assert.equal(scanned(await send('proposer', { content: aScan(), fields: { caseId } })), true)
  const virus = scannerTestFile()
  Object.assign(clamd, { finds: [virus] })
  const infected = aPdf({ objects: [aStream(virus.toString('latin1'))] })
  assert.equal((await send('proposer', { content: infected, fields: { caseId } })).code, 'file-infected')
  clamd.answers = false
  const silent = await send('proposer', { content: aScan(), fields: { caseId } })
  assert.deepEqual([silent.code, silent.status], ['scanner-unreachable', 503])
})
