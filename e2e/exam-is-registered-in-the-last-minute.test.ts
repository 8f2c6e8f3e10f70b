import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { aHolder, aSite, at, gradeTen, national } from '../relying-parties/exam-registration/a-site.fixture.ts'
import { readExams } from '../relying-parties/exam-registration/exam.ts'
import { enterStaff } from '../relying-parties/exam-registration/registering/school.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'

/** Two a second, so that a queue of a few is one. */
const exams = readExams().map(exam => ({ ...exam, queue: { ...exam.queue, perSecond: 2 } }))
const long = 'Công Tằng Tôn Nữ Nguyễn Hoàng Quỳnh Thục Trinh Phương Uyên'
const house = await aSite({
  exams,
  now: at('15:00:00', '2023-05-04'),
  holders: [
    aHolder(1, { name: 'Phạm Ngọc Ánh' }),
    aHolder(2, { name: long }),
    aHolder(3, { level: 1, name: 'Chìu A Sáng' }),
    aHolder(4, { born: '2008-03-07', level: 1, name: 'Lỷ Sủi Mùi' }),
  ],
})
const browser = await openBrowser()
after(() => browser.close().finally(house.close))

/** No page of the site has a script; here none could run. */
const withoutScript = async (viewport: typeof desktop | typeof phone) => {
  const context = await browser.browser.newContext({
    viewport,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    javaScriptEnabled: false,
  })
  const page = await browser.newPage(viewport, { context })
  return page
}

/** Script runs for axe alone. */
async function look(page: WatchedPage, name: string): Promise<void> {
  await assertAccessible(page)
  await shot(page, name)
  const width = page.viewportSize()?.width ?? 0
  assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= width, `${name} scrolls sideways`)
}

async function signIn(page: WatchedPage, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Đăng nhập bằng tài khoản định danh' }).click()
  await page.getByRole('button', { name, exact: true }).click()
}

for (const [size, viewport] of [
  ['desktop', desktop],
  ['phone', phone],
] as const)
  test(`the pages of the exams are clean on a ${size}`, async () => {
    house.now = at('15:00:00', '2023-05-04')
    const page = await browser.newPage(viewport)
    for (const [path, name] of [
      ['/', 'exam'],
      [`/exams/${gradeTen}`, 'grade-ten'],
      ['/questions', 'questions'],
      ['/code', 'code'],
      ['/school', 'school-sign-in'],
      ['/nowhere', 'unknown'],
    ] as const) {
      await page.goto(house.origin + path)
      await look(page, `${size}-${name}`)
    }
    await page.goto(`${house.origin}/`)
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByText('Sign in with your identity account').waitFor()
    await look(page, `${size}-english`)
  })

test('a pupil of grade 9 ranks three schools', async () => {
  house.now = at('10:00:00', '2023-05-08')
  const page = await browser.newPage(phone)
  await page.goto(`${house.origin}/exams/${gradeTen}`)
  await signIn(page, 'Lỷ Sủi Mùi')
  await page.getByLabel('Trường trung học cơ sở').selectOption('17-503')
  await page.getByRole('button', { name: 'Tiếp tục: chọn bài thi' }).click()
  await page.getByLabel('Nguyện vọng 1').selectOption('17-102')
  await page.getByLabel('Nguyện vọng 2').selectOption('17-102')
  await page.getByLabel('Tiếng Anh').check()
  await page.getByLabel('Nơi thi').selectOption('ba-che')
  await page.getByRole('button', { name: 'Tiếp tục: xem lại đơn' }).click()
  await page.getByText('Một nơi được chọn hai lần').waitFor()
  await look(page, 'phone-preferences-wrong')
})

test('each step of the form is clean with a long name, right or wrong, on a desktop and a phone', async () => {
  house.now = at('11:00:00')
  for (const [size, viewport] of [
    ['desktop', desktop],
    ['phone', phone],
  ] as const) {
    const page = await browser.newPage(viewport)
    await page.goto(`${house.origin}/`)
    await signIn(page, long)
    if (size === 'phone') await page.goto(`${house.origin}/exams/${national}/form`)
    await look(page, `${size}-step-1`)
    await page.getByLabel('Nơi em nộp đăng ký').selectOption('')
    await page.getByRole('button', { name: 'Tiếp tục: chọn bài thi' }).click()
    await look(page, `${size}-step-1-wrong`)
    await page.getByLabel('Nơi em nộp đăng ký').selectOption('17-101')
    await page.getByRole('button', { name: 'Tiếp tục: chọn bài thi' }).click()
    await page.getByLabel('Nơi thi').selectOption('')
    await page.getByRole('button', { name: 'Tiếp tục: xem lại đơn' }).click()
    await look(page, `${size}-step-2-wrong`)
    await page.getByLabel('Ngoại ngữ').selectOption('han')
    await page.getByLabel('Khoa học xã hội').check()
    await page.getByLabel('Nơi thi').selectOption('van-don')
    await page.getByRole('button', { name: 'Tiếp tục: xem lại đơn' }).click()
    await look(page, `${size}-step-3`)
    await page.getByRole('button', { name: /^Nộp / }).click()
    await page.getByRole('heading', { name: 'Em đã đăng ký xong' }).waitFor()
    await look(page, `${size}-receipt`)
    await page.getByRole('link', { name: 'Bản để in' }).click()
    await page.emulateMedia({ media: 'print' })
    await shot(page, `${size}-receipt-print`)
    await page.emulateMedia({ media: 'screen' })
    await look(page, `${size}-receipt-sheet`)
    house.now += 60_000
  }
})

test('a level-1 holder is refused a level-2 exam by a page that says what to do', async () => {
  house.now = at('12:00:00')
  const page = await browser.newPage(desktop)
  await page.goto(`${house.origin}/`)
  await signIn(page, 'Chìu A Sáng')
  await page.getByRole('heading', { name: 'Tài khoản của em chưa đủ mức' }).waitFor()
  await look(page, 'desktop-level')
})

test('at 16:59 a pupil without script signs in, registers and has a receipt', async () => {
  house.now = at('16:59:00')
  const page = await withoutScript(phone)
  await page.goto(`${house.origin}/`)
  await page.getByText('1 phút', { exact: true }).waitFor()
  await signIn(page, 'Phạm Ngọc Ánh')
  await page.getByRole('heading', { name: 'Kiểm tra thông tin của em' }).waitFor()
  assert.equal(await page.getByText('đã xác thực').count(), 6)
  await page.getByLabel('Nơi em nộp đăng ký').selectOption({ label: 'Trường THPT Bến Sương (minh họa), TP Hạ Long' })
  await page.getByRole('button', { name: 'Tiếp tục: chọn bài thi' }).click()
  await page.getByRole('button', { name: 'Tiếp tục: xem lại đơn' }).click()
  await page.getByText('Còn 3 mục chưa đúng').waitFor()
  await page.getByLabel('Ngoại ngữ').selectOption('anh')
  await page.getByLabel('Khoa học tự nhiên').check()
  await page.getByLabel('Nơi thi').selectOption('ha-long')
  await page.getByRole('button', { name: 'Tiếp tục: xem lại đơn' }).click()
  house.now = at('16:59:59')
  await page.getByRole('button', { name: 'Nộp đơn đăng ký' }).click()
  await page.getByRole('heading', { name: 'Em đã đăng ký xong' }).waitFor()
  await page.getByText('16:59:59, 13/05/2023').first().waitFor()
})

test('a queued student keeps the place over reloads and past the close; at 17:00:01 it is closed', async () => {
  house.now = at('16:59:58')
  for (let n = 0; n < 12; n++) await house.visitor().ask(`/exams/${national}/enter`)
  const page = await withoutScript(phone)
  await page.goto(`${house.origin}/exams/${national}/enter`)
  await page.getByRole('heading', { name: 'Em đang trong hàng chờ' }).waitFor()
  await shot(page, 'phone-queue')
  const place = await page.getByText(/Số thứ tự của em/).textContent()
  await page.reload()
  assert.equal(await page.getByText(/Số thứ tự của em/).textContent(), place)

  const seen = await browser.newPage(desktop)
  await seen.goto(`${house.origin}/exams/${national}/enter`)
  await look(seen, 'desktop-queue')

  house.now = at('17:00:01')
  const late = await browser.newPage(desktop)
  await late.goto(`${house.origin}/exams/${national}/enter`)
  await late.getByRole('heading', { name: 'Cổng đăng ký đã đóng' }).waitFor()
  await look(late, 'desktop-closed')

  house.now = at('17:00:30')
  await page.getByRole('heading', { name: 'Test issuer' }).waitFor()
})

test('a school checks, returns, prints and gives a code, on clean pages', async () => {
  house.now = at('09:00:00', '2023-05-15')
  const [entered] = await enterStaff(house.db, [{ login: 'ben-suong-1', school: '17-101', name: 'Lê Thị Soát' }])
  for (const [size, viewport] of [
    ['desktop', desktop],
    ['phone', phone],
  ] as const) {
    const page = await browser.newPage(viewport)
    await page.goto(`${house.origin}/school`)
    await page.getByLabel('Tên đăng nhập').fill('ben-suong-1')
    await page.getByLabel('Mật khẩu').fill(entered?.password ?? '')
    await page.getByRole('button', { name: 'Đăng nhập' }).click()
    await page.getByRole('heading', { name: 'Thí sinh đã đăng ký' }).waitFor()
    await look(page, `${size}-school-list`)
    await page.getByRole('link', { name: long }).click()
    await page.getByRole('button', { name: 'Trả lại cho thí sinh' }).click()
    await page.getByText('Chưa ghi lý do').waitFor()
    await look(page, `${size}-school-one`)
    await page.getByRole('link', { name: 'Bản in kiểm tra, A4' }).click()
    await page.emulateMedia({ media: 'print' })
    await shot(page, `${size}-school-print`)
    await page.emulateMedia({ media: 'screen' })
    await page.goto(`${house.origin}/school/new-code`)
    await look(page, `${size}-new-code`)
    await page.getByLabel('Họ và tên, đúng giấy tờ').fill('Khamphanh Souvannavong')
    await page.getByLabel('Ngày sinh').fill('07/03/2005')
    await page.getByLabel('Nam').check()
    await page.getByLabel('Giấy tờ đã xem').fill('Hộ chiếu Lào P1234567')
    await page.getByRole('button', { name: 'Cấp mã dự thi' }).click()
    // The paper of the first round gives a second code only where the office says whose it is.
    if (size === 'phone') {
      await page.getByText('Giấy tờ này đã được cấp mã').waitFor()
      await look(page, `${size}-new-code-known`)
      await page.getByLabel('Đây là người khác').check()
      await page.getByRole('button', { name: 'Cấp mã dự thi' }).click()
    }
    await page.getByRole('heading', { name: 'Đã cấp mã dự thi' }).waitFor()
    await look(page, `${size}-code-slip`)
  }
})
