import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { openHouse } from '../src/open-house.ts'
import { partyApprove, partyList, partyOne, partyRegister } from '../src/parties/contract.ts'
import * as parties from '../src/parties/parties.ts'
import { newId } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import { freePort } from '../test/house-to-copy.ts'
import { ask, refusal } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const engineer = await browser.newPage(desktop)
const stranger = await browser.newPage(desktop)
const [commander, administrator, ward] = [
  await browser.newPage(desktop),
  await browser.newPage(desktop),
  await browser.newPage(desktop),
]
await house.signIn(commander, 'chihuy')
await house.signIn(administrator, 'quantri')
await house.signIn(ward, 'phuong')

const developers = `${house.origin}/developers/`
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const seen = async (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** The link of the latest letter to an address, as its reader finds it. */
async function linkTo(email: string): Promise<string> {
  const outbox = join(house.folder, 'outbox')
  let link: string | undefined
  await eventually(async () => {
    const files = (await readdir(outbox, { recursive: true })).filter(file => file.endsWith('.txt')).sort()
    const letters = await Promise.all(files.map(file => readFile(join(outbox, file), 'utf8')))
    link = letters.findLast(letter => letter.includes(`To: ${email}`))?.match(/http:\/\/\S+\/developers\/in#\S+/)?.[0]
    assert.ok(link)
  })
  return link ?? ''
}

/** Both sizes of a page, told whether it can be used by everybody. */
async function look(page: Page, name: string) {
  await assertAccessible(page)
  await shot(page, name)
  await page.setViewportSize(phone)
  await shot(page, `${name}-phone`)
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
  assert.equal(wide, false, `${name} scrolls sideways on a phone`)
  await page.setViewportSize(desktop)
}

/** The engineer's folder, in which `npm install openid-client@6` was run. */
const desk = await mkdtemp(join(tmpdir(), 'dinhdanh-quick-start-'))
await symlink(join(import.meta.dirname, '../node_modules'), join(desk, 'node_modules'))
after(() => rm(desk, { recursive: true }))
const callbackPort = await freePort()

/**
 * A file of the quick start, by its own lines as they stand on the page; a port that is free here takes the place of
 * 3000.
 */
async function writeFromGuide(name: 'make-key.mjs' | 'server.mjs' | 'check.mjs', clientId = ''): Promise<void> {
  await engineer.goto(`${developers}quick-start`)
  const blocks = await engineer.locator('pre').allTextContents()
  const [makeKey, server, check] = blocks.filter(block => block.includes('import '))
  const block = { 'make-key.mjs': makeKey, 'server.mjs': server, 'check.mjs': check }[name]
  assert.ok(block, `${name} is not on the page`)
  await writeFile(join(desk, name), block.replaceAll('3000', String(callbackPort)).replace('sandbox-…', clientId))
}

/** The key of the quick start. */
async function keyOfTheQuickStart(): Promise<string> {
  await writeFromGuide('make-key.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, ['make-key.mjs'], { cwd: desk })
  assert.ok(JSON.parse(await readFile(join(desk, 'key.json'), 'utf8')).d)
  return stdout
}

const clientIdOf = async (page: Page) =>
  (await page
    .locator('code', { hasText: /^sandbox-/ })
    .first()
    .textContent()) ?? ''

test('an engineer signs in by an e-mailed link, in the browser that asked and no other', async () => {
  await engineer.goto(developers)
  await look(engineer, '1-entrance')
  await engineer.getByLabel('Địa chỉ thư điện tử').fill('Khoi@Thu.example.vn')
  await button(engineer, 'Gửi đường liên kết').click()
  await seen(engineer, 'Đã gửi đường liên kết')
  const link = await linkTo('khoi@thu.example.vn')
  await stranger.goto(link)
  assert.equal(stranger.url(), link.replace(/#.*/, ''), 'the secret has left the address')
  await button(stranger, 'Đăng nhập').click()
  await seen(stranger, 'Đường liên kết này không mở được')
  await look(stranger, '2-link-elsewhere')
  await engineer.goto(link)
  await look(engineer, '3-come-in')
  await button(engineer, 'Đăng nhập').click()
  await engineer.waitForURL(developers)
  await seen(engineer, 'Anh/chị chưa đăng ký bên liên kết nào.')
  await engineer.goto(link)
  await button(engineer, 'Đăng nhập').click()
  await seen(engineer, 'Đường liên kết này không mở được')
  await engineer.goto(`${developers}quick-start`)
  await look(engineer, '4-quick-start')
  await engineer.goto(`${developers}checks`)
  await look(engineer, '5-checks')
})

test('an engineer registers a party; faults show at their field, and the input stays', async () => {
  await engineer.goto(`${developers}parties/new`)
  await engineer.getByLabel('Tên tiếng Việt').fill('Trung tâm Chuyển đổi số Quảng Ninh')
  await engineer.getByLabel('Tên tiếng Anh').fill('Quảng Ninh Digital Transformation Centre')
  await engineer.getByLabel('văn bản').fill('Quyết định 06/QĐ-TTg')
  await engineer.getByLabel('Kỹ sư chịu trách nhiệm').fill('Trịnh Minh Khôi')
  await button(engineer, 'Lưu').click()
  await seen(engineer, 'Căn cứ pháp lý gồm cả văn bản và điều khoản')
  await look(engineer, '6-party-wrong')
  assert.equal(await engineer.getByLabel('Tên tiếng Việt').inputValue(), 'Trung tâm Chuyển đổi số Quảng Ninh')
  await engineer.getByLabel('điều, khoản').fill('Mục III')
  await button(engineer, 'Lưu').click()
  await seen(engineer, 'Bản nháp: chưa gửi duyệt')
  await look(engineer, '7-party')
})

let jwks = ''
let clientId = ''

test('a sandbox client works at once; a pasted private key is refused and not shown again', async () => {
  const here = engineer.url()
  jwks = await keyOfTheQuickStart()
  await engineer.goto(here)
  await engineer.getByRole('link', { name: 'Đăng ký client thử nghiệm' }).click()
  await engineer.getByLabel('Tên client').fill('Cổng thử trên máy')
  await engineer
    .getByLabel('redirect_uri, mỗi dòng', { exact: false })
    .first()
    .fill(`http://localhost:${callbackPort}/callback`)
  await engineer.locator('#ask-profile').selectOption('required')
  await engineer.locator('#vi-profile').fill('Chào đúng tên người dùng')
  await engineer.locator('#en-profile').fill('To greet people by their name')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const secret = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'one' })
  await engineer.locator('#jwks').fill(secret)
  await button(engineer, 'Lưu').click()
  await seen(engineer, 'Đây là khóa bí mật')
  assert.equal((await engineer.content()).includes(JSON.parse(secret).d), false)
  await look(engineer, '8-private-key')
  await engineer.locator('#jwks').fill(jwks)
  await engineer.locator('#redirectUris').fill('http://intranet:3000/callback')
  await button(engineer, 'Lưu').click()
  await seen(engineer, 'Phải là https, hoặc http://localhost')
  await engineer.locator('#redirectUris').fill(`http://localhost:${callbackPort}/callback`)
  await button(engineer, 'Lưu').click()
  await seen(engineer, 'Phiên bản 1: đang có hiệu lực')
  await look(engineer, '9-sandbox-client')
  clientId = await clientIdOf(engineer)
})

/** Somebody of a demonstration house whom anybody may sign in as, and the latest message to their phone. */
async function sandboxPerson(who: string) {
  const page = await browser.newPage(desktop)
  await page.goto(`${house.origin}/demonstration/people`)
  const row = page.getByRole('row').filter({ hasText: who }).first()
  const [number = '', passcode = ''] = await row.locator('code').allTextContents()
  const name = (await row.locator('.hint').first().textContent()) ?? ''
  const codeSent = () =>
    eventually(async () => {
      await page.reload()
      const line = page.locator('.shown li').filter({ hasText: name }).first()
      const text = (await line.locator('span').last().textContent({ timeout: 10_000 })) ?? ''
      return /\b\d{6}\b/.exec(text)?.[0] ?? assert.fail(text)
    })
  return { number, passcode, name, codeSent }
}

test('following the quick start, a user signs in and the engineer’s page shows the name', async () => {
  const back = engineer.url()
  await writeFromGuide('server.mjs', clientId)
  const server = spawn(process.execPath, ['server.mjs'], { cwd: desk, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(server.stdout, 'data')
    const person = await sandboxPerson('Học sinh, tài khoản mức độ 2')
    const page = await browser.newPage(phone)
    await page.goto(`http://localhost:${callbackPort}`)
    await page.getByLabel(/Số định danh cá nhân/).fill(person.number)
    await page.getByLabel(/^Passcode/).fill(person.passcode)
    await button(page, 'Tiếp tục').click()
    await page.waitForLoadState('load')
    await shot(page, '9b-second-step')
    const send = button(page, /Gửi/)
    if (await send.count()) await send.first().click()
    await page
      .locator('input[inputmode=numeric]')
      .first()
      .fill(await person.codeSent())
    await button(page, 'Tiếp tục').click()
    await seen(page, 'Chào đúng tên người dùng')
    await shot(page, '9c-consent')
    await button(page, /^Đồng ý|^Cho xem/).click()
    await page.waitForURL(/callback/)
    const told = JSON.parse((await page.locator('body').textContent()) ?? '') as { sub: string; name: string }
    assert.equal(told.name, person.name)
    assert.ok(told.sub)
  } finally {
    server.kill()
  }
  await engineer.goto(back)
})

test('following the quick start, a party checks a number, a name and a birth date', async () => {
  await engineer.goto(developers)
  await engineer.getByRole('link', { name: /Trung tâm Chuyển đổi số/ }).click()
  const back = engineer.url()
  await engineer.getByRole('link', { name: /^Đăng ký client thử nghiệm/ }).click()
  await engineer.getByLabel('Tên client').fill('Đối chiếu')
  await engineer.getByLabel('(authorization_code)').uncheck()
  await engineer.getByLabel('(refresh_token)').uncheck()
  await engineer.getByLabel('(client_credentials)').check()
  await engineer.locator('#jwks').fill(jwks)
  await engineer.locator('#ask-verification').selectOption('required')
  await engineer.locator('#vi-verification').fill('Đối chiếu hồ sơ')
  await engineer.locator('#en-verification').fill('To check a file')
  await button(engineer, 'Lưu').click()
  await seen(engineer, 'Phiên bản 1: đang có hiệu lực')
  await writeFromGuide('check.mjs', await clientIdOf(engineer))
  const { number, name } = await sandboxPerson('Học sinh, tài khoản mức độ 2')
  const check = async (...said: string[]) =>
    (await promisify(execFile)(process.execPath, ['check.mjs', ...said], { cwd: desk })).stdout
  assert.match(
    await check(number, 'Người Khác', '1999-01-01'),
    /^200 \{"matched":false,"differs":\["full_name","birth_date"\]/,
  )
  assert.match(await check(number, name, '1999-01-01'), /^200 \{"matched":false,"differs":\["birth_date"\]/)
  await engineer.goto(back)
})

test('a commander compares a submitted live client, ticks each purpose, and approves it', async () => {
  await engineer.goto(developers)
  await engineer.getByRole('link', { name: /Trung tâm Chuyển đổi số/ }).click()
  await button(engineer, 'Gửi duyệt').click()
  await seen(engineer, 'Đang chờ duyệt')
  await engineer.getByRole('link', { name: 'Đăng ký client chạy thật' }).click()
  await engineer.getByLabel('Tên client').fill('Cổng dữ liệu')
  await engineer.locator('#redirectUris').fill('https://cong.example.vn/callback')
  await engineer.locator('#jwksUri').fill('https://cong.example.vn/jwks.json')
  for (const [scope, vi, en] of [
    ['profile', 'Chào đúng tên người dùng', 'To greet people by their name'],
    ['number', 'Gắn hồ sơ với đúng người', 'To keep a file under the right person'],
  ] as const) {
    await engineer.locator(`#ask-${scope}`).selectOption('required')
    await engineer.locator(`#vi-${scope}`).fill(vi)
    await engineer.locator(`#en-${scope}`).fill(en)
  }
  await button(engineer, 'Lưu').click()
  await button(engineer, /Gửi duyệt phiên bản/).click()
  await seen(engineer, 'Phiên bản 1: đang chờ duyệt')

  await commander.goto(`${house.origin}/console/quan-tri/ben-lien-ket`)
  await commander.getByRole('link', { name: /Trung tâm Chuyển đổi số/ }).waitFor()
  await look(commander, '10-console-parties')
  await commander.getByRole('link', { name: /Trung tâm Chuyển đổi số/ }).click()
  await seen(commander, 'Duyệt bên liên kết trước')
  await button(commander, 'Duyệt bên liên kết').click()
  await button(commander, 'Duyệt phiên bản 1').waitFor()
  assert.equal(await button(commander, 'Duyệt phiên bản 1').isDisabled(), true)
  await look(commander, '11-console-review')
  for (const box of await commander.getByRole('checkbox').all()) await box.check()
  await button(commander, 'Duyệt phiên bản 1').scrollIntoViewIfNeeded()
  await shot(commander, '11-console-ticked')
  await button(commander, 'Duyệt phiên bản 1').click()
  // Two clients of the sandbox and this one.
  await commander.getByText('phiên bản 1 có hiệu lực').nth(2).waitFor()
  const id = new URL(commander.url()).pathname.split('/').at(-1) ?? ''
  const { clients } = await ask(commander, partyOne, { params: { id } })
  const [key] = clients.find(({ sandbox }) => sandbox)?.versions[0]?.settings.jwks?.keys ?? []
  assert.deepEqual(Object.keys(key ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
})

test('a change creates a second version; when it is refused, the engineer reads why', async () => {
  await engineer.reload()
  await seen(engineer, 'Phiên bản 1: đang có hiệu lực')
  await engineer.getByRole('link', { name: 'Viết phiên bản mới' }).click()
  await engineer.locator('#redirectUris').fill('https://cong.example.vn/callback2')
  await engineer.locator('#ask-phone').selectOption('optional')
  await engineer.locator('#vi-phone').fill('Nhắn tin khi có kết quả')
  await engineer.locator('#en-phone').fill('To send a message when there is a result')
  await button(engineer, 'Lưu').click()
  await button(engineer, /Gửi duyệt phiên bản/).click()
  await commander.reload()
  await commander.getByText('mới hoặc đổi').first().waitFor()
  await look(commander, '12-console-change')
  await button(commander, 'Từ chối phiên bản 2').click()
  await commander
    .getByRole('dialog')
    .or(commander.getByRole('alertdialog'))
    .getByRole('textbox')
    .fill('Chưa rõ vì sao cần số điện thoại')
  await commander.getByRole('alertdialog').getByRole('button', { name: 'Từ chối phiên bản 2' }).click()
  await commander.getByRole('alertdialog').waitFor({ state: 'detached' })
  await engineer.goto(engineer.url())
  await seen(engineer, 'Chưa rõ vì sao cần số điện thoại')
  await look(engineer, '13-refused-version')
})

test('an administrator registers a party and cannot approve it; a ward sees none of this place', async () => {
  await administrator.goto(`${house.origin}/console/quan-tri/ben-lien-ket`)
  await button(administrator, 'Đăng ký bên liên kết').click()
  await administrator.getByLabel('Tên tiếng Việt').fill('Bệnh viện Đa khoa tỉnh')
  await administrator.getByLabel('Tên tiếng Anh').fill('Provincial General Hospital')
  await administrator.getByLabel('Kỹ sư chịu trách nhiệm').fill('Lê Thu An')
  await administrator.getByLabel('Thư điện tử').fill('an@')
  await administrator.getByRole('dialog').getByRole('button', { name: 'Đăng ký bên liên kết' }).click()
  await seen(administrator, 'Ghi một địa chỉ thư điện tử')
  await shot(administrator, '14-console-register')
  await administrator.getByLabel('Thư điện tử').fill('an@benhvien.example.vn')
  await administrator.getByRole('dialog').getByRole('button', { name: 'Đăng ký bên liên kết' }).click()
  await button(administrator, 'Gửi duyệt').click()
  await administrator.getByText('chờ duyệt').first().waitFor()
  const { parties } = await ask(administrator, partyList, {})
  const id = parties.find(({ nameEn }) => nameEn === 'Provincial General Hospital')?.id ?? ''
  assert.equal((await refusal(administrator, partyApprove, { params: { id }, body: {} })).code, 'right-missing')
  assert.equal((await refusal(ward, partyList, {})).code, 'right-missing')
  const body = {
    nameVi: 'Giả mạo',
    nameEn: 'Pretender',
    kind: 'other',
    contact: { name: 'Ai đó', email: 'x@example.vn' },
  } as const
  assert.equal((await refusal(commander, partyRegister, { body })).code, 'right-missing')
})

test('the demonstration has approved parties, with quotas and recorded failures', async () => {
  const { parties } = await ask(commander, partyList, {})
  const exam = parties.find(({ nameEn }) => nameEn.startsWith('Exam registration'))
  assert.equal(exam?.state, 'approved')
  await administrator.goto(`${house.origin}/console/quan-tri/ben-lien-ket/${exam?.id}`)
  await administrator.getByRole('heading', { name: 'Hạn mức' }).waitFor()
  await seen(administrator, 'http://localhost:8090/jwks.json')
  await look(administrator, '15-console-party')
  await administrator.goto(`${house.origin}/console/quan-tri/ma-yeu-cau`)
  await seen(administrator, 'Dán mã yêu cầu')
  await administrator.getByLabel('Mã yêu cầu').fill('0190c3f2-6f1e-7c3a-9d2b-5e4f6a7b8c9d')
  await button(administrator, 'Tra mã yêu cầu').click()
  await seen(administrator, 'Không có gì được ghi dưới mã này')
  await look(administrator, '16-console-flight')
})

test('a sign-in failure is readable by its code to its engineer and to officers only', async () => {
  const clientId = await textOf(engineer.locator('main code').first())
  const requestId = newId<'request'>()
  const beside = await openHouse({ folder: house.folder, purpose: 'command' })
  try {
    await beside.openWork(asSystem('sign-in', 'none'), async work => {
      const failed = { clientId, outcome: 'failed' } as const
      await parties.recordFlight(work, {
        ...failed,
        requestId,
        endpoint: 'token',
        check: 'dpop-iat',
        error: 'invalid_dpop_proof',
        seconds: -412,
      })
      await parties.recordFlight(work, {
        ...failed,
        requestId: newId(),
        endpoint: 'authorization',
        check: 'redirect-uri',
        error: 'invalid_request',
        detail: 'redirect_uri',
      })
      await parties.recordFlight(work, { requestId: newId(), clientId, endpoint: 'token', outcome: 'passed' })
    })
  } finally {
    await beside.close()
  }
  await engineer.reload()
  await seen(engineer, 'Bước không qua, 24 giờ qua')
  await look(engineer, '17-client-fares')
  await engineer.goto(developers)
  await engineer.getByLabel('Mã yêu cầu').fill(requestId)
  await button(engineer, 'Tra mã yêu cầu').click()
  await seen(engineer, 'iat (hoặc nbf) của DPoP proof lệch quá xa giờ của hệ thống.')
  assert.match(await textOf(engineer.locator('main')), /chậm hơn của hệ thống \(giây\): 412/)
  await look(engineer, '18-flight')
  await commander.goto(`${house.origin}/console/quan-tri/ma-yeu-cau?ma=${requestId}`)
  await seen(commander, 'Đồng hồ của client chậm hơn 412 giây')
  await look(commander, '19-console-flight-found')
})

test('pages of an engineer open to nobody else', async () => {
  await stranger.goto(`${developers}parties/new`)
  await stranger.waitForURL(developers)
  assert.match(await textOf(stranger.locator('main')), /Không có mật khẩu/)
})
