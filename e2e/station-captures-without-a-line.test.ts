import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import { atTheStation, openDevices } from './at-the-station.ts'
import { assertAccessible, openKeptBrowser, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { serveStationHouse } from './served-station.ts'

/** A day at a school, from the office in the morning to the office in the evening, with no line in between. */

const served = await serveStationHouse()
const devices = await openDevices()
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-station-'))
let context: BrowserContext
let page: WatchedPage
after(async () => {
  await shot(page, 'station-last')
  if (process.env['SHOTS']) console.log(page.trespasses)
  await context?.close()
  await served.stop()
  await devices.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const secret = 'hoa sữa 1987'
let at: ReturnType<typeof atTheStation>
const press = (name: string | RegExp) => at.press(name)
const field = (name: string) => at.field(name)
const comes = (text: string) => at.comes(text)

async function openBrowser() {
  ;({ context, page } = await openKeptBrowser(folder, devices))
  at = atTheStation(page)
  // A download is what the test can look at; a picker of files it cannot.
  await context.addInitScript('delete window.showSaveFilePicker')
}

async function portraitAndFingers() {
  await at.portrait()
  await shot(page, 'station-fingers')
  await at.fingers()
}

test('an officer enrols a browser as a station, is granted it, and downloads the list', async () => {
  await openBrowser()
  await page.goto(`${served.origin}/station/`)
  await shot(page, 'station-register')
  await field('Tên máy').fill('Máy 01')
  await press('Đăng ký trạm')
  await page.getByRole('link', { name: 'Đăng nhập' }).click()
  await field('Tên máy').fill('Máy 01')
  await press('Đăng ký trạm')
  await press('Nhận quyền cho người đang đăng nhập')

  await field('Đặt mật khẩu trạm').fill('12345678')
  await field('Gõ lại').fill('12345678')
  await press('Đặt')
  await page.getByText('Quá dễ đoán').waitFor()
  await field('Đặt mật khẩu trạm').fill(secret)
  await field('Gõ lại').fill(secret)
  await press('Đặt')
  await press('Lấy danh sách')
  await page.getByText(/Đã có trên máy, đọc được đến/).waitFor()
  await page.getByText('đã lưu đủ trên máy').waitFor()
  await shot(page, 'station-prepare')
  await assertAccessible(page)
  await press('Mở đợt này')
  await page.getByText('Không ai đang chờ').waitFor()
})

test('two people are captured offline from the list, one with an error in the data', async () => {
  await at.without(served.line)
  await page.getByText(/Không có mạng từ/).waitFor()

  await comes('022205100074')
  await comes('cong tang ton nu')
  await page.getByText('Công Tằng Tôn Nữ Thị Thanh Phương Quỳnh').first().waitFor()
  await page.keyboard.press('Escape')
  await shot(page, 'station-next')
  await assertAccessible(page)

  await press(/^Bắt đầu với/)
  const residence = page.getByRole('group', { name: 'Nơi thường trú' })
  await residence.getByRole('button', { name: 'Sai' }).click()
  await field('Nơi thường trú: người dân nói, giấy tờ ghi').fill('Tổ 5, khu 2, phường Hồng Hải')
  await field('Theo giấy tờ nào').fill('Giấy CT07 số 12')
  await press('Đúng tất cả')
  await shot(page, 'station-compare')
  await assertAccessible(page)
  await press('Tiếp theo')
  await portraitAndFingers()
  await field('Số điện thoại').fill('0912 345 678')
  await field('Gõ lại số').fill('0912345679')
  await press('Đồng ý')
  await page.getByText('Hai lần gõ khác nhau').waitFor()
  await field('Gõ lại số').fill('0912345678')
  await press('Đồng ý')
  await shot(page, 'station-phone')
  await assertAccessible(page)
  await press('Tiếp theo')
  await shot(page, 'station-sign')
  await assertAccessible(page)
  await at.readAndSign()
  await shot(page, 'station-receipt')
  await assertAccessible(page)
  await press('Khóa hồ sơ')
  await page.getByText(/Đã khóa HH01-000001/).waitFor()

  await press(/^Bắt đầu với/)
  await press('Đúng tất cả')
  await press('Tiếp theo')
  await portraitAndFingers()
  await field('Số điện thoại').fill('+84 912 345 678')
  await field('Gõ lại số').fill('0912345678')
  await press('Đồng ý')
  await page.getByText('Người số 1 trong đợt này đã dùng số này').waitFor()
  await press('Không')
  await press('Tiếp theo')
  await at.readAndSign()
  await press('Khóa hồ sơ')
  await page.getByText(/Đã khóa HH01-000002/).waitFor()
})

test('a walk-in is added by card QR, and a brother below fourteen learns his first possible day', async () => {
  await comes(
    '022205009999|123456789|Chìu Sủi Lìn|05062005|Nam|Thôn Khe Tiền, xã Đồng Văn, huyện Bình Liêu, Quảng Ninh|10052021',
  )
  const name = page.getByRole('textbox', { name: 'Họ và tên' })
  await name.waitFor()
  assert.equal(await name.inputValue(), 'Chìu Sủi Lìn')
  await shot(page, 'station-walk-in')
  await assertAccessible(page)
  await press('Cho vào hàng')
  await press('Đúng tất cả')
  await press('Tiếp theo')
  await portraitAndFingers()
  await press('Không')
  await press('Tiếp theo')
  await at.readAndSign()
  await press('Khóa hồ sơ')
  await page.getByText(/Đã khóa HH01-000003/).waitFor()

  await press('Thêm người')
  await field('Số định danh').fill('022209008888')
  await field('Họ và tên').fill('Chìu Sủi Phúc')
  await field('Ngày sinh').fill('21/04/2009')
  await field('Giới tính').selectOption('M')
  await press('Cho vào hàng')
  await page.getByText('Có thể làm từ ngày 21/04/2023.').waitFor()
  await shot(page, 'station-refuse')
  await assertAccessible(page)
  await press(/^In TB và ghi từ chối/)
  await page.getByText(/Đã ghi từ chối HH01-000004/).waitFor()
})

test('a second scan of somebody who was done says when, and begins nothing anew without a reason', async () => {
  await comes('022205100074')
  await page.getByText('đã làm xong trong đợt này').waitFor()
  await page.getByText(/Gói HH01-000001, khóa lúc/).waitFor()
  await shot(page, 'station-done-before')
  await assertAccessible(page)
  await press('Thu nhận lại')
  await page.getByText('Ghi lý do thì mới thu nhận lại được').waitFor()
  await page.keyboard.press('Escape')
})

test('somebody without a number is taken down by form DC01; without papers the refusal is kept', async () => {
  await press('Thêm người')
  await press('Chưa có số định danh')
  await field('Họ và tên').fill('Cong Tang Ton Nu Thi Thanh Phuong Quynh')
  await field('Ngày sinh').fill('02/03/2005')
  await page.getByText('Hỏi kỹ xem có phải cùng một người').waitFor()
  await field('Họ và tên').fill('Tằng Cắm Múi')
  await field('Ngày sinh').fill('02/03/1988')
  await field('Giới tính').selectOption('F')
  await press('Cho vào hàng')
  await page.getByText('Ghi giấy tờ đã xem. Không có giấy tờ nào').waitFor()
  await shot(page, 'station-without-number')
  await assertAccessible(page)
  await field('Nơi đăng ký khai sinh').selectOption('022')
  await field('Nơi ở (xã, phường)').selectOption({ label: 'Phường Hồng Hải, Thành phố Hạ Long' })
  await field('Họ tên mẹ').fill('Chìu Thị Mai')
  await field('Giấy tờ đã xem').fill('Giấy khai sinh số 118, UBND xã Đồng Văn')
  await press('Cho vào hàng')
  await page.getByText('Chưa có số định danh: gói này thành phiếu DC01').waitFor()
  assert.equal(await page.getByRole('group', { name: 'Số định danh' }).count(), 0)
  await shot(page, 'station-without-number-compare')
  await press('Hoãn ông/bà này')

  await press('Thêm người')
  await press('Chưa có số định danh')
  await field('Họ và tên').fill('Tằng Cắm Sồi')
  await field('Ngày sinh').fill('1979')
  await field('Giới tính').selectOption('F')
  await field('Vì sao từ chối').selectOption('papers-missing')
  await press('Từ chối tiếp nhận')
  await page.getByText('không xuất trình được giấy tờ để xác lập số').waitFor()
  await press(/^In TB và ghi từ chối/)
  await page.getByText(/Đã ghi từ chối HH01-000005/).waitFor()
})

test('a browser closed during the third capture reopens offline at the same step', async () => {
  await comes('022305100037')
  await press(/^Bắt đầu với/)
  await press('Đúng tất cả')
  await press('Tiếp theo')
  await at.portrait()
  await at.slaps(1)
  await page.locator('.figures', { hasText: '4 trên 10' }).waitFor()
  await page.waitForTimeout(400)
  await context.close()

  await openBrowser()
  await page.goto(`${served.origin}/station/`)
  await page.getByText('2 hồ sơ dở còn trên máy').waitFor()
  await shot(page, 'station-locked')
  await assertAccessible(page)
  await field('Mật khẩu trạm').fill('không phải')
  await press('Mở')
  await page.getByText('Mật khẩu trạm không đúng').waitFor()
  await field('Mật khẩu trạm').fill(secret)
  await press('Mở')
  await page.locator('.fingerprints').waitFor()
  await page.locator('.figures', { hasText: '4 trên 10' }).waitFor()
  await press('Ảnh')
  await page.locator('.hint-so', { hasText: 'Đã chụp' }).waitFor()
  await press('Vân tay')
  await shot(page, 'station-resumed')
  await press(/^Hoãn em này/)
  await page.getByText('2 hoãn').waitFor()
})

test('a full disk is announced and begins nobody; with room again the officer presses once', async () => {
  const browser = await context.newCDPSession(page)
  const limitTo = (quotaSize?: number) =>
    browser.send('Storage.overrideQuotaForOrigin', { origin: served.origin, ...(quotaSize && { quotaSize }) })
  // What was granted to the open file is asked for anew by the next page alone.
  await limitTo(1024)
  await page.reload()
  await field('Mật khẩu trạm').fill(secret)
  await press('Mở')
  const bar = page.getByRole('region', { name: 'Ổ đĩa đã đầy: chưa nhận thêm người.' })
  await bar.waitFor()
  await shot(page, 'station-disk-full')
  await assertAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await shot(page, 'station-disk-full-phone')
  await page.setViewportSize({ width: 1366, height: 768 })
  await comes('022205100074')
  await field('Vì sao thu nhận lại').fill('ảnh chụp nhầm người')
  await press('Thu nhận lại')
  await page.locator('.note', { hasText: 'Ổ đĩa đã đầy' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Đúng tất cả' }).count(), 0)
  await bar.getByRole('button', { name: 'Thử lại' }).click()
  await bar.waitFor()

  await limitTo()
  await bar.getByRole('button', { name: 'Thử lại' }).click()
  await bar.waitFor({ state: 'detached' })
})

test('unsent packets are copied to USB, go out once online, and contain what was typed', async () => {
  await press('xem 5 gói')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('main').getByRole('button', { name: 'Chép ra USB' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'HH01-000001-000005.ddu')
  const file = await readFile((await download.path())!)
  assert.equal(file.subarray(0, 4).toString(), 'DDU1')
  await shot(page, 'station-packets')
  await assertAccessible(page)

  await at.with(served.line)
  await eventually(async () => assert.equal(served.house.captures().length, 5))
  await page.getByText('0 gói còn trên máy, 5 gói hệ thống đã ký nhận.').waitFor()

  const [first, second, third, refused, turnedAway] = served.house.captures().map(({ capture }) => capture)
  assert.deepEqual(first?.check, {
    verdict: 'wrong',
    wrong: [{ field: 'residence', said: 'Tổ 5, khu 2, phường Hồng Hải', evidence: 'Giấy CT07 số 12' }],
  })
  assert.equal(first?.account?.phone, '+84912345678')
  assert.deepEqual([second?.person.fullName, second?.account], ['Công Tằng Tôn Nữ Thị Thanh Phương Quỳnh', undefined])
  assert.deepEqual([third?.source, third?.person.number, third?.check.verdict], ['walk-in', '022205009999', 'not-done'])
  assert.deepEqual([refused?.refused, refused?.biometrics], [{ code: 'under-age', from: '2023-04-21' }, []])
  assert.deepEqual(
    [turnedAway?.refused, turnedAway?.person],
    [{ code: 'papers-missing' }, { fullName: 'Tằng Cắm Sồi', birthDate: '1979', sex: 'F' }],
  )
  const portrait = served.house.captures()[0]?.parts.get('face')
  assert.deepEqual([...(portrait?.subarray(0, 2) ?? [])], [0xff, 0xd8], 'a JPEG')
  assert.ok((served.house.captures()[0]?.parts.get('signature')?.length ?? 0) > 100)
  page.assertClean()
})
