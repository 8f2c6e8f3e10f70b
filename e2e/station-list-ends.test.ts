import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { atTheStation, openDevices } from './at-the-station.ts'
import { assertAccessible, openKeptBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { serveStationHouse } from './served-station.ts'

/**
 * What happens when a session is over, a clock runs back, a second tab is opened: seen by an officer, with a list of
 * three hundred.
 */

const served = await serveStationHouse({ people: 300, until: new Date(Date.now() + 20 * 60_000) })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-station-'))
const devices = await openDevices()
const { context, page } = await openKeptBrowser(folder, devices)
after(async () => {
  await shot(page, 'station-ends-last')
  if (process.env['SHOTS']) console.log(page.trespasses)
  await context.close()
  await served.stop()
  await devices.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const secret = 'hoa sữa 1987'
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const field = (name: string) => page.getByLabel(name, { exact: true })
const minutes = 60_000

async function comes(text: string) {
  await page.getByRole('textbox', { name: 'Quét QR, số hoặc tên' }).fill(text)
  await page.keyboard.press('Enter')
}

test('a station downloads a list of three hundred, and a second tab waits for the first', async () => {
  await page.clock.install({ time: new Date() })
  served.officer = { id: '0190b5a8-0000-7000-8000-0000000000a1', name: 'Đỗ Thị Minh Hạnh Nguyên' }
  await page.goto(`${served.origin}/station/`)
  await field('Tên máy').fill('Máy 01')
  await press('Đăng ký trạm')
  await press('Nhận quyền cho người đang đăng nhập')
  await field('Đặt mật khẩu trạm').fill(secret)
  await field('Gõ lại').fill(secret)
  await press('Đặt')
  await press('Lấy danh sách')
  await press('Mở đợt này')
  for (let n = 0; n < 12; n++) await comes(`022${n % 2 ? 3 : 2}05${String(100_000 + n * 37)}`)
  await page.getByText('12 trên 300').waitFor()
  await page.getByRole('textbox', { name: 'Quét QR, số hoặc tên' }).fill('khanh')
  await shot(page, 'station-found')
  await page.getByRole('textbox', { name: 'Quét QR, số hoặc tên' }).fill('khong co ai')
  await shot(page, 'station-found-none')
  await page.keyboard.press('Escape')

  const second = await context.newPage()
  await second.goto(`${served.origin}/station/`)
  await second.getByText('Trạm đang mở ở một thẻ khác').waitFor()
  await assertAccessible(second)
  await shot(second, 'station-other-tab')
  await second.close()
})

test('an idle station forgets the secret that an officer entered to prepare it', async () => {
  await press(/Cán bộ và máy/)
  await press('Khóa máy')
  await press(/Cán bộ và máy/)
  await press('Chuẩn bị đợt')
  await press('Nhận quyền cho người đang đăng nhập')
  await field('Mật khẩu trạm đã đặt').fill(secret)
  await press('Tiếp tục')
  await page.getByText('Đã mở bằng mật khẩu trạm.').waitFor()
  await page.clock.fastForward(16 * minutes)
  await page.getByRole('button', { name: 'Nhận quyền cho người đang đăng nhập' }).waitFor()
  await press('Nhận quyền cho người đang đăng nhập')
  await field('Mật khẩu trạm đã đặt').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Mở đợt này' }).count(), 0)

  await press(/Cán bộ và máy/)
  await press('Về đợt thu nhận')
})

test('a new station version waits while an officer is at work', async () => {
  const registration = 'navigator.serviceWorker.getRegistration()'
  await eventually(async () => assert.ok(await page.evaluate(`${registration}.then(({ active }) => active !== null)`)))
  await page.reload()
  await field('Mật khẩu trạm').fill(secret)
  await press('Mở')
  await page.getByText('12 trên 300').waitFor()
  await page.evaluate('window.same = true')
  served.updated = true
  await page.evaluate(`${registration}.then(found => found.update()).then(() => true)`)
  await eventually(async () =>
    assert.ok(await page.evaluate(`${registration}.then(({ waiting }) => waiting !== null)`)),
  )
  assert.equal(await page.evaluate('window.same'), true, 'nothing was loaded anew under their hands')

  await press(/Cán bộ và máy/)
  await press('Khóa máy')
  await eventually(async () => assert.equal(await page.evaluate('window.same'), undefined))
  await field('Mật khẩu trạm').fill(secret)
  await press('Mở')
  await page.getByText('12 trên 300').waitFor()
})

test('the station page fits a small screen and a phone', async () => {
  await press(/^Bắt đầu với/)
  for (const [name, size] of [
    ['small', { width: 1024, height: 600 }],
    ['phone', phone],
  ] as const) {
    await page.setViewportSize(size)
    await shot(page, `station-${name}`)
    await eventually(async () => {
      if (Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')) > 0)
        throw new Error(`${name}: it scrolls sideways`)
    })
    await assertAccessible(page)
  }
  await page.setViewportSize({ width: 1366, height: 768 })
})

test('when a list expires during a capture the queue is gone, and the capture can still be sealed', async () => {
  await atTheStation(page).without(served.line)
  await press('Đúng tất cả')
  await press('Tiếp theo')
  await page.clock.fastForward(12 * minutes)
  await page.mouse.move(400, 400)
  await page.clock.fastForward(9 * minutes)
  await page.getByText(/Danh sách đợt đã hết hạn lúc/).waitFor()
  await shot(page, 'station-ended')
  await assertAccessible(page)
  await page.getByRole('heading', { name: 'Công Tằng Tôn Nữ Thị Thanh Phương Quỳnh' }).waitFor()

  await page.clock.fastForward(20 * minutes)
  await page.getByText('Máy tự khóa vì không ai dùng').waitFor()
  await field('Đợt').selectOption({ label: 'Chỉ hồ sơ dở của tôi' })
  await shot(page, 'station-locked-idle')
  await field('Mật khẩu trạm').fill(secret)
  await press('Mở')
  await page.getByRole('complementary').getByRole('button', { name: /hoãn/ }).click()
  await page.getByText('Nền trơn').waitFor()
  await shot(page, 'station-unfinished')
})

test('with the clock set back the station opens nothing, and the page says what to do', async () => {
  await page.clock.setSystemTime(new Date(Date.now() - 20 * minutes))
  await page.clock.runFor(12_000)
  await page.getByText('Chưa mở được đợt nào: chờ đồng hồ đúng').waitFor()
  await shot(page, 'station-clock-back')
  await assertAccessible(page)
})
