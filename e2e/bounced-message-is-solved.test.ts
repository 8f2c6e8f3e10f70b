import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { needList } from '../src/campaign/contract.ts'
import { reminderSend } from '../src/campaign/reminders/contract.ts'
import { messageList, messageOpen } from '../src/outreach/contract.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { sinkForm, sinkSecrets } from '../test/smsc/sink-form.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { serveHouse } from './served-house.ts'

/** A message to a family bounces, and one is answered by nobody who knows: both are work of the ward until solved. */

/** A gateway that refuses every phone but the one that the officer will learn, or is at a loss. */
const learnt = '0987654321'
let manner: 'refuses' | 'is at a loss' = 'refuses'
const got: { phone: string; text: string }[] = []
const gateway = createServer(async (request, response) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const { phone: to, text } = JSON.parse(Buffer.concat(pieces).toString()) as { phone: string; text: string }
  got.push({ phone: to, text })
  if (to === learnt) return void response.end(JSON.stringify({ code: '0' }))
  if (manner === 'refuses') return void response.end(JSON.stringify({ code: '105' }))
  response.writeHead(500).end()
}).listen(0, '127.0.0.1')
await once(gateway, 'listening')
const address = gateway.address()
const port = typeof address === 'object' && address ? address.port : 0

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-sink-'))
const form = join(folder, 'sms.json')
await writeFile(form, JSON.stringify(sinkForm(`http://127.0.0.1:${port}`, 4)))
const house = await serveHouse({
  settings: { DINHDANH_SMS_FORM: form, DINHDANH_SMS_FORM_SECRETS: JSON.stringify(sinkSecrets) },
  // At any hour, so that the journey can be made at night.
  laws: ['outreach.quiet-hours,2000-01-01,"{""fromMinute"": 0, ""untilMinute"": 1440}",,journey,'],
})
const browser = await openBrowser()
after(async () => {
  await browser.close().finally(house.stop)
  gateway.close()
  await rm(folder, { recursive: true })
})

const page = await browser.newPage(desktop)
await house.signIn(page, 'phuong')
const wardId = house.signIns.find(({ login }) => login === 'phuong')?.unitId ?? assert.fail()

async function looksRight(name: string, on: WatchedPage = page) {
  await on.locator('h1').first().waitFor()
  await eventually(async () => assert.equal(await on.locator('[aria-busy=true]').count(), 0))
  await shot(on, name)
  await assertAccessible(on)
  await on.setViewportSize(phone)
  await shot(on, `${name}-phone`)
  const [content, screen] = await on.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  assert.ok(content <= screen, `${name} is ${content} wide on a screen of ${screen}`)
  await on.setViewportSize(desktop)
}
/** Runs a statement on the database of the house, whatever its rules of rows say. */
async function inDatabase(statement: string, values: readonly unknown[] = []) {
  const postgres = await openPostgres({ dataDir: house.folder, purpose: 'command' })
  const client = new Client({ connectionString: postgres.administratorUrl })
  await client.connect()
  await client.query(statement, [...values])
  await client.end()
  await postgres.release()
}
const inState = async (state: 'undeliverable' | 'unknown' | 'queued') =>
  (await ask(page, messageList, { query: { state } })).messages

let bounced = ''
const reachable = [] as Awaited<ReturnType<typeof ask<typeof needList>>>['people'][number][]
for (const person of (await ask(page, needList, { query: { unit: wardId, limit: 200 } })).people) reachable.push(person)
/** Reminds people until one of them has a phone. */
async function remind() {
  for (let person = reachable.shift(); person; person = reachable.shift()) {
    const { results } = await ask(page, reminderSend, { body: { people: [person.id] } })
    if (results[0]?.result === 'queued') return person
  }
  return assert.fail('nobody in the ward has a phone')
}

test('with no message of a state the page says so, and what to do', async () => {
  await page.goto(`${house.origin}/console/chien-dich/tin?trangthai=held`)
  await looksRight('messages-none')
})

test('a message that bounces is work of the ward with a last day, on Hôm nay and in the list', async () => {
  // Nobody's house is written down, so that no letter goes in the place of a text.
  await inDatabase('update register.residence set address = null')
  // What the demonstration sent before bounces, too.
  await eventually(async () => assert.deepEqual(await inState('queued'), []))
  const before = (await inState('undeliverable')).length
  const { name } = await remind()
  bounced = name
  await eventually(async () => assert.equal((await inState('undeliverable')).length, before + 1))
  await page.goto(`${house.origin}/console/hom-nay`)
  await page.getByText('Tin gửi không đến người nhận').first().waitFor()
  await looksRight('messages-today')
  await page.goto(`${house.origin}/console/ra-soat/viec?loai=message&ai=ward`)
  await page.getByText(name).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Hạn').first().waitFor()
  await shot(page, 'messages-follow-up')
  await dialog.getByRole('link', { name: 'Mở tin này' }).click()
})

test('the officer reads what was sent and what came back, sends it to the right phone, and it is solved', async () => {
  const text = got.at(-1)?.text ?? assert.fail()
  await page.getByText(text.slice(0, 40)).first().waitFor()
  await page.getByText(/từ chối \(105\)/).waitFor()
  await looksRight('message-bounced')
  const before = got.length
  await page.getByRole('button', { name: 'Gửi đến số điện thoại khác' }).click()
  await page.getByLabel('Số điện thoại đúng').fill(learnt)
  await shot(page, 'message-other-phone')
  await page.getByRole('button', { name: 'Gửi đến số này' }).click()
  await eventually(async () => assert.deepEqual(got.slice(before), [{ phone: learnt, text }]))
  await page.goto(`${house.origin}/console/ra-soat/viec?loai=message&ai=ward`)
  await page.locator('h1').first().waitFor()
  await eventually(async () => {
    assert.equal(await page.locator('[aria-busy=true]').count(), 0)
    assert.equal(await page.getByText(bounced).count(), 0)
  })
})

test('one that nobody knows of is never sent again by itself: an officer decides, here for paper', async () => {
  manner = 'is at a loss'
  await remind()
  await eventually(async () => assert.equal((await inState('unknown')).length, 1))
  const [unknown = assert.fail()] = await inState('unknown')
  const before = got.length
  await page.goto(`${house.origin}/console/chien-dich/tin?trangthai=unknown`)
  await looksRight('messages-unknown')
  await page.goto(`${house.origin}/console/chien-dich/tin/${unknown.id}`)
  await page.getByRole('button', { name: 'Gửi bằng thư giấy' }).click()
  await page.getByLabel('Họ tên và địa chỉ nhận thư').fill('Bà Nguyễn Thị Lan, tổ 3, khu 2, phường Hồng Hà')
  await page.getByText(/có thể nhận hai lần/).waitFor()
  await page.getByRole('button', { name: 'Chuyển sang thư giấy' }).click()
  await eventually(async () => {
    const { state, tries } = await ask(page, messageOpen, { params: { id: unknown.id } })
    assert.deepEqual([state, tries.length], ['to-print', 1])
  })
  assert.equal(got.length, before)
  await page.goto(`${house.origin}/console/chien-dich/tin/in`)
  await page.getByText('tổ 3, khu 2').waitFor()
  await looksRight('letters')
  await page.getByRole('button', { name: /Ghi nhận đã in/ }).click()
  await page.getByText('Không có thư nào chờ in').waitFor()
})

test('fifty thousand messages are looked through a page at a time, each within seconds', async () => {
  await inDatabase(
    `insert into outreach.message (person_id, id, unit_id, template, language, about_kind, about_id, recipient, address,
        subject, body, state, queued_at, ended_at, code)
      select p, p, $1, 'need-reminder', 'vi', 'need', p, 'phone', '+84912345678', 'Nhắc việc', 'Nhắc việc',
        case when n % 50 = 0 then 'unknown' else 'sent' end, now() - n * interval '1 minute', now(), 'x'
      from (select n, gen_random_uuid() as p from generate_series(1, 50000) n) g`,
    [wardId],
  )
  const read = async (query: { after?: string }) => {
    const since = performance.now()
    const { messages, next } = await ask(page, messageList, { query })
    return { ids: messages.map(({ id }) => id), next, milliseconds: performance.now() - since }
  }
  const first = await read({})
  const further = await read({ after: first.next ?? assert.fail('one page') })
  assert.deepEqual([first.ids.length, further.ids.length, new Set([...first.ids, ...further.ids]).size], [50, 50, 100])
  assert.ok(first.milliseconds < 3000 && further.milliseconds < 3000, JSON.stringify([first, further]))
  await page.goto(`${house.origin}/console/chien-dich/tin`)
  await looksRight('messages-many')
  await page.getByRole('link', { name: 'Xem tiếp' }).click()
  await looksRight('messages-many-further')
})
