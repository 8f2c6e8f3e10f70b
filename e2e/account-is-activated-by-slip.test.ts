import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import { asOperator, openHouse } from '../src/open-house.ts'
import { asId, type Id } from '../src/platform/ids.ts'
import { readPdfLines } from '../src/platform/pdf/pdf.test-reader.ts'
import { codeInOutbox } from '../test/an-account.ts'
import { slipCodesIn } from '../test/slip-codes.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
const beside = await openHouse({ folder: house.folder, purpose: 'command', said: { logLevel: 'silent' } })
after(() =>
  browser
    .close()
    .finally(() => beside.close())
    .finally(house.stop),
)

const officer = await browser.newPage(desktop)
await house.signIn(officer, 'huyen')
const unitId = house.signIns.find(one => one.login === 'huyen')!.unitId
const pupils = await pupilsOf(officer, unitId)
assert.ok(pupils.length >= 3)

type Pupil = Resident & { readonly phone: string; readonly accountId: Id<'account'> }
/** A pupil whose account was approved the day before. */
async function approved(at: number): Promise<Pupil> {
  const pupil = pupils[at]!
  const mobile = `09120004${String(at).padStart(2, '0')}`
  const rows = [
    'person_number,level,state,phone,approved_at,activated_at',
    `${pupil.number},2,approved,${mobile},2023-04-19,`,
  ]
  await accounts.importAccounts(beside.openWork, asOperator('test'), Readable.from([Buffer.from(rows.join('\n'))]), {
    asOf: beside.today(),
  })
  const theirs = await beside.openWork(asOperator('test'), work =>
    accounts.accountsOf(work, [asId<'person'>(pupil.id)]),
  )
  const account = theirs.get(pupil.id)?.find(({ state }) => state === 'approved')
  return { ...pupil, phone: mobile, accountId: account?.id ?? assert.fail('no account') }
}

async function paperBy(button: ReturnType<WatchedPage['getByRole']>): Promise<string[]> {
  const [paper] = await Promise.all([officer.waitForEvent('download'), button.click()])
  return readPdfLines(await readFile(await paper.path()))
}

/** The slip as the district prints it, and its code as it stands on the paper. */
async function printed({ accountId, number }: Pupil): Promise<string> {
  await officer.goto(`${house.origin}/console/tai-khoan/${accountId}`)
  const lines = await paperBy(officer.getByRole('button', { name: 'In phiếu kích hoạt' }))
  await officer.getByText('Đã in 1 phiếu vào tệp vừa tải về.').waitFor()
  await shot(officer, 'slip-printed')
  assert.ok(lines.some(line => line.includes(number.slice(-4))) && !lines.some(line => line.includes(number)))
  const [code] = slipCodesIn(lines)
  return code ?? assert.fail('no code on the slip')
}

const title = (page: WatchedPage) => textOf(page.getByRole('heading', { level: 1 }))
const born = ({ born: day }: Resident) => day.split('-').reverse().join('/')
async function send(page: WatchedPage, name: string) {
  await Promise.all([page.waitForLoadState('load'), page.getByRole('button', { name, exact: true }).click()])
}

async function withoutScript(): Promise<WatchedPage> {
  const context = await browser.browser.newContext({
    viewport: phone,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    javaScriptEnabled: false,
  })
  return browser.newPage(phone, { context })
}

/** From the first page to the ten codes; `seen` is told of each page. */
async function activates(page: WatchedPage, pupil: Pupil, seen: (name: string) => Promise<void>): Promise<string[]> {
  const secret = await printed(pupil)
  await page.goto(`${house.origin}/activate`)
  await seen('1-begin')
  await page.fill('#number', pupil.number)
  await page.fill('#phone', pupil.phone.slice(-3))
  await send(page, 'Gửi tin nhắn')
  assert.equal(await title(page), 'Nhập số trong tin nhắn')
  await seen('2-number')
  await page.fill('#code', '000000')
  await send(page, 'Tiếp tục')
  await page.getByRole('alert').getByText('chưa khớp').waitFor()
  await seen('3-number-wrong')
  await send(page, 'Không nhận được tin nhắn')
  assert.equal(await title(page), 'Không nhận được tin nhắn')
  await seen('4-no-message')
  await page.goto(`${house.origin}/activate/slip#${secret}`)
  // Without script it is typed from the paper.
  if ((await page.inputValue('#code')) === '') await page.fill('#code', secret)
  else assert.equal(page.url(), `${house.origin}/activate/slip`, 'the secret has left the address')
  await seen('5-slip')
  await page.fill('#number', pupil.number)
  await page.fill('#born', '01/01/1999')
  await send(page, 'Tiếp tục')
  await page.getByRole('alert').getByText('chưa khớp').waitFor()
  await seen('6-slip-wrong')
  await page.fill('#born', born(pupil))
  await send(page, 'Tiếp tục')
  assert.equal(await title(page), 'Đặt passcode (mã 6 số)')
  await page.fill('#passcode', '123456')
  await page.fill('#again', '123456')
  await send(page, 'Lưu passcode và kích hoạt')
  await page.getByRole('alert').getByText('Dãy số liên tiếp').waitFor()
  await seen('7-passcode')
  await page.fill('#passcode', '860291')
  await page.fill('#again', '860291')
  await seen('7b-passcode-typed')
  await send(page, 'Lưu passcode và kích hoạt')
  assert.equal(await title(page), 'Tài khoản đã kích hoạt')
  await seen('8-activated')
  await page.goto(`${house.origin}/activate`)
  assert.equal(await title(page), 'Tài khoản đã kích hoạt', 'whoever comes back goes on where they were')
  await send(page, 'Xem mã dự phòng')
  const codes = await page.locator('.recovery li').allTextContents()
  await seen('9-codes')
  await send(page, 'Tôi đã cất mã')
  assert.equal(await title(page), 'Đã xong')
  await seen('10-done')
  return codes
}

const stateOf = async (pupil: Pupil) =>
  (await beside.openWork(asOperator('test'), work => accounts.accountsOf(work, [asId<'person'>(pupil.id)])))
    .get(pupil.id)
    ?.find(({ id }) => id === pupil.accountId)?.state

test('a pupil without a phone activates the account by the slip, on a phone without script', async () => {
  const pupil = await approved(0)
  const page = await withoutScript()
  const codes = await activates(page, pupil, name => shot(page, `plain-${name}`))
  assert.equal(new Set(codes).size, 10)
  assert.equal(await stateOf(pupil), 'activated')
})

test('with script every activation page is accessible, fits the phone, and offers a passkey', async () => {
  const pupil = await approved(1)
  const page = await browser.newPage(phone)
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await activates(page, pupil, async name => {
    await shot(page, `script-${name}`)
    await assertAccessible(page)
    const wide = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    assert.equal(wide, 0, `${name} is wider than the phone`)
    if (name !== '8-activated') return
    await page.getByRole('button', { name: 'Dùng thêm vân tay hoặc khuôn mặt của máy' }).click()
    await page.getByText('Đã thêm.').waitFor()
    await shot(page, 'script-8b-passkey')
  })
  const holder = await beside.openWork(asOperator('test'), work => accounts.findHolder(work, pupil.number))
  assert.equal(holder?.factors.passkeys, 1)

  await page.goto(`${house.origin}/account/device`)
  await assertAccessible(page)
  await shot(page, 'script-11-device')
  await page.getByRole('button', { name: 'Dùng vân tay hoặc khuôn mặt của máy' }).click()
  await page.waitForURL(`${house.origin}/account/device/done`)
  await page.goto(`${house.origin}/account/forgotten`)
  await assertAccessible(page)
  await shot(page, 'script-12-forgotten')
  assert.deepEqual(
    asked.filter(url => /slip[^?]*[0-9A-Z]{4}-[0-9A-Z]{4}/.test(url.split('#')[0] ?? '')),
    [],
    'no server was sent the secret in an address',
  )
})

test('a pupil who receives the message activates by its number alone', async () => {
  const pupil = await approved(2)
  const page = await browser.newPage({ width: 360, height: 740 }, { language: 'en' })
  await page.goto(`${house.origin}/activate`)
  await page.fill('#number', pupil.number)
  await page.fill('#phone', pupil.phone.slice(-3))
  await send(page, 'Send the message')
  await shot(page, 'english-2-number')
  const code = await eventually(
    async () => (await codeInOutbox(house.folder, pupil.phone)) ?? assert.fail('no message yet'),
  )
  await page.fill('#code', code)
  await send(page, 'Continue')
  assert.equal(await title(page), 'Choose a passcode of 6 digits')
  await shot(page, 'english-7-passcode')
})

test('another officer approves a slip for an account in use, which waits and is stopped by its holder', async () => {
  const pupil = await approved(3)
  await beside.openWork(asOperator('test'), work => accounts.activate(work, pupil.accountId))
  const secret = await printed(pupil)
  await officer.getByText('Anh/chị in phiếu này nên để cán bộ khác duyệt').waitFor()
  const page = await browser.newPage(phone)
  await page.goto(`${house.origin}/activate/slip#${secret}`)
  await page.fill('#number', pupil.number)
  await page.fill('#born', born(pupil))
  await send(page, 'Tiếp tục')
  assert.equal(await title(page), 'Xác nhận là chủ tài khoản')
  await shot(page, 'slip-own-proof')
  await assertAccessible(page)

  const second = await browser.newPage(desktop)
  await house.signIn(second, 'pheduyet', '/console/tai-khoan?hang=slips')
  await second.getByRole('row').filter({ hasText: pupil.name }).first().getByRole('link').first().click()
  await second.getByRole('button', { name: 'Duyệt phiếu' }).click()
  await second.getByText('đã duyệt.').waitFor()
  await shot(second, 'slip-approved')
  await assertAccessible(second)

  await page.goto(`${house.origin}/activate`)
  assert.equal(await title(page), 'Đặt passcode (mã 6 số)')
  await page.fill('#passcode', '860291')
  await page.fill('#again', '860291')
  await send(page, 'Lưu passcode mới')
  await page.getByText('tài khoản chưa thêm được passkey').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Xem mã dự phòng' }).count(), 0)
  await shot(page, 'slip-held')
  await assertAccessible(page)
  await send(page, 'Đã hiểu')
  assert.equal(await title(page), 'Đã xong')

  await page.goto(`${house.origin}/account/stop`)
  await shot(page, 'slip-stop')
  await assertAccessible(page)
  await page.fill('#number', pupil.number)
  await page.fill('#phone', pupil.phone.slice(-3))
  await send(page, 'Gửi tin nhắn')
  const code = await eventually(
    async () => (await codeInOutbox(house.folder, pupil.phone)) ?? assert.fail('no message yet'),
  )
  await page.fill('#code', code)
  await send(page, 'Dừng phiếu')
  assert.equal(await title(page), 'Đã dừng phiếu')
  await second.reload()
  await second.getByText(/Người dân dừng phiếu/).waitFor()
  second.assertClean()
})

test('an officer’s browser cannot activate an account, and the page says why', async () => {
  await officer.goto(`${house.origin}/activate`)
  await officer.getByText('Trình duyệt này đã dùng cho cán bộ đăng nhập.').waitFor()
  assert.equal(await officer.locator('#number').count(), 0)
  await officer.setViewportSize(phone)
  await shot(officer, 'officer-device')
})

test('an officer prints slips for part of a queue in its order', async () => {
  const [one, other] = [await approved(6), await approved(7)]
  await officer.goto(`${house.origin}/console/tai-khoan?hang=waiting`)
  for (const { name } of [one, other]) {
    const row = officer.getByRole('row').filter({ hasText: name })
    await row.first().getByRole('gridcell').first().click()
  }
  await shot(officer, 'slips-chosen')
  const lines = await paperBy(officer.getByRole('button', { name: /^In \d+ phiếu kích hoạt/ }))
  const codes = new Set(slipCodesIn(lines))
  assert.ok(codes.size >= 2, lines.join('\n'))
  for (const { number } of [one, other]) assert.ok(lines.some(line => line.includes(number.slice(-4))))
  await assertAccessible(officer)
  officer.assertClean()
})
