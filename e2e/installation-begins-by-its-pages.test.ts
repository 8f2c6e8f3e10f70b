import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Route } from 'playwright-core'
import { readPdfLines } from '../src/platform/pdf/pdf.test-reader.ts'
import { announced, command, ended, environment, faultsIn, freePort } from '../test/house-to-copy.ts'
import { quickFolder } from '../test/quick-folder.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { addApp, giveSecondFactor } from './second-factor.ts'

/**
 * From an empty data folder to the first reconciled roll, by pages alone. It is a rehearsal, since its synthetic
 * province is told as of another day. `BEGIN_PEOPLE`: how many people it has; of few, most of a roll would live outside
 * the school's area, and wait for another officer.
 */

const people = process.env['BEGIN_PEOPLE'] ?? '6000'
const day = '2023-04-20'
const folder = await mkdtemp(join(quickFolder(), 'dinhdanh-begin-e2e-'))
const [data, files] = [join(folder, 'data'), join(folder, 'files')]
execFileSync(command, ['synth', '--people', people, '--seed', '7', '--out', files], { env: environment() })
const port = await freePort()
const origin = `http://localhost:${port}`
const child = spawn(command, ['start', '--no-demo', '--data', data, '--port', String(port)], { env: environment() })
const cut = () => child.kill('SIGINT')
process.on('exit', cut)
const output = await announced(child)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  const over = ended(child)
  child.kill('SIGINT')
  await over
  process.off('exit', cut)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  assert.deepEqual(faultsIn(output()), [])
})

const [admin, commander] = [await browser.newPage(desktop), await browser.newPage(desktop)]

const passwords = { 'dat.nq': 'hoa sen nở trong đầm', 'huong.ptm': 'mưa rào tháng bảy về' }

async function choosePassword(page: WatchedPage, login: keyof typeof passwords): Promise<void> {
  await page.getByLabel('Tên đăng nhập của anh/chị').fill(login)
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(passwords[login])
  await page.getByLabel('Nhập lại mật khẩu mới').fill(passwords[login])
  await page.getByRole('button', { name: 'Lưu mật khẩu mới' }).click()
  await page.getByText('Đã đặt mật khẩu mới').waitFor()
}

async function signIn(page: WatchedPage, login: keyof typeof passwords): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await page.fill('#login', login)
  await page.fill('#password', passwords[login])
  await page.press('#password', 'Enter')
  await page.waitForURL(/\/second-factor/)
  if (page.url().includes('/add')) await addApp(page, login)
  else await giveSecondFactor(page, login)
  await page.waitForURL(/\/console\//)
}

const secondPaper: string[] = []

test('whoever started it enters the first two officers by the printed link, and chooses a password', async () => {
  const link = /http:\/\/localhost:\d+\/begin#[a-z0-9-]+/.exec(output())?.[0] ?? assert.fail(output())
  await admin.goto(link)
  await shot(admin, '01-founding')
  await assertAccessible(admin)
  await admin.setViewportSize(phone)
  await shot(admin, '01-founding-phone')
  await admin.setViewportSize(desktop)
  assert.equal(new URL(admin.url()).hash, '')
  await admin.fill('#name', 'Ngô Quốc Đạt')
  await admin.fill('#login', 'dat.nq')
  await admin.fill('#second-name', 'Phạm Thị Mai Hương')
  await admin.fill('#second-login', 'huong.ptm')
  await admin.getByRole('button', { name: 'Ghi hai cán bộ đầu tiên' }).click()
  const paper = admin.getByRole('link', { name: 'Tải giấy đặt mật khẩu (PDF)' })
  await paper.waitFor()
  await shot(admin, '02-founded')
  await assertAccessible(admin)
  const pdf = Buffer.from(((await paper.getAttribute('href')) ?? '').split(',')[1] ?? '', 'base64')
  secondPaper.push(...readPdfLines(pdf))
  await admin.getByRole('link', { name: 'Đặt mật khẩu của mình' }).click()
  await choosePassword(admin, 'dat.nq')
  await signIn(admin, 'dat.nq')

  await commander.goto(link)
  await commander.getByText('Đường liên kết không còn dùng được').waitFor()
})

test('the second one opens their own account by the paper', async () => {
  const code = secondPaper.find(line => /^[a-z0-9]{4}(-[a-z0-9]{4}){6}$/.test(line)) ?? assert.fail(secondPaper.join())
  await commander.goto(`${origin}/new-password`)
  await commander.getByLabel('Mã trên giấy').fill(code)
  await choosePassword(commander, 'huong.ptm')
  await signIn(commander, 'huong.ptm')
})

test('the page says what is missing, and makes it a rehearsal whose every page says so', async () => {
  await admin.getByRole('link', { name: 'Bắt đầu' }).click()
  await admin.getByText('Việc tiếp theo: nhập danh sách trường').waitFor()
  await shot(admin, '03-empty')
  await assertAccessible(admin)
  await admin.getByRole('button', { name: 'Đặt ngày tập dượt' }).click()
  const dialog = admin.getByRole('alertdialog')
  await dialog.getByLabel('Ngày làm việc của buổi tập dượt').fill('20/04/2023')
  await shot(admin, '04-rehearsal')
  await dialog.getByRole('button', { name: 'Đặt ngày tập dượt' }).click()
  await admin.getByText(/TẬP DƯỢT · ngày làm việc 20\/04\/2023/).waitFor()
  const visitor = await browser.newPage(phone)
  await visitor.goto(`${origin}/`)
  await visitor.getByText(/TẬP DƯỢT · ngày làm việc 20\/04\/2023/).waitFor()
  await shot(visitor, '05-rehearsal-phone')
})

test('schools are tried and taken in from their table', async () => {
  await admin.reload()
  await admin.getByRole('button', { name: 'Nhập trường' }).click()
  await admin.getByRole('dialog').locator('input[type=file]').setInputFiles(join(files, 'schools.csv'))
  await admin.getByRole('button', { name: /^Nhập \d+ trường$/ }).waitFor()
  await shot(admin, '06-schools')
  await assertAccessible(admin)
  await admin.getByRole('button', { name: /^Nhập \d+ trường$/ }).click()
  await admin.getByText(/Đã nhập \d+ trường/).waitFor()
  await admin.getByRole('button', { name: 'Đóng' }).click()
})

const posts = [
  'full_name,login,role,unit,phone,email,from,to',
  'Vũ Thị Lan,lan.vt,auditor,22,,lan.vt@example.vn,,',
  'Bùi Văn Nam,nam.bv,data-approver,22,,nam.bv@example.vn,,',
  'Trần Thị Hoa,hoa.tt,district-officer,193,,hoa.tt@example.vn,,',
  'Lê Văn Sai,sai.lv,ward-officer,22,,,,',
].join('\n')

test('officers come as one table, which the other one accepts by one decision', async () => {
  await admin.getByRole('button', { name: 'Nhập bảng phân công' }).click()
  await admin
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name: 'phan-cong.csv', mimeType: 'text/csv', buffer: Buffer.from(posts) })
  await admin.getByText('4 dòng: 3 đề nghị được, 1 không được').waitFor()
  await shot(admin, '07-posts')
  await assertAccessible(admin)
  await admin.getByRole('button', { name: 'Đề nghị 3 phân công' }).click()
  await admin.getByText('Đã đề nghị 3 phân công').waitFor()
  await admin.getByRole('button', { name: 'Đóng' }).click()

  await commander.goto(`${origin}/console/quan-tri/de-nghi`)
  await commander.getByRole('button', { name: 'Chấp nhận cả bảng' }).click()
  await commander.getByRole('alertdialog').getByRole('button', { name: 'Chấp nhận cả bảng' }).click()
  await commander.getByText(/Đã chấp nhận 3 phân công/).waitFor()
  await shot(commander, '08-accepted')
  await assertAccessible(commander)
})

/** Answers three questions for the extract by one answer, as a house does whose machine is slow. */
async function answerTheSameThreeTimes(page: WatchedPage): Promise<void> {
  let answer: { readonly extract: object } | undefined
  const answerTheSame = async (route: Route) => {
    answer ??= await (await route.fetch()).json()
    await route.fulfill({ json: { extract: { ...answer?.extract, state: 'taking' } } })
  }
  await page.route('**/installation/extract', answerTheSame, { times: 3 })
}

test('the extract is handed in, tried and taken in, and its rows are counted meanwhile', async () => {
  await admin.getByRole('button', { name: 'Chọn tệp trích' }).click()
  await admin.locator('.extract-panel input[type=file]').setInputFiles(join(files, 'persons.csv'))
  const take = admin.getByRole('button', { name: /^Nhập [\d.]+ người$/ })
  await take.waitFor()
  await shot(admin, '09-extract-tried')
  await assertAccessible(admin)
  await answerTheSameThreeTimes(admin)
  await take.click()
  await admin.getByText(/Đã nhập [\d.]+ người/).waitFor()
  await admin.reload()
  await admin.getByText('Việc tiếp theo: phân công người').waitFor()
  await shot(admin, '10-almost')
  await admin.setViewportSize(phone)
  await shot(admin, '10-almost-phone')
  await assertAccessible(admin)
  await admin.setViewportSize(desktop)
})

test('the commander sends the first roll, and it is reconciled', async () => {
  await commander.goto(`${origin}/console/ra-soat`)
  const [roll = ''] = (await readdir(join(files, 'rolls'))).filter(name => name.endsWith('.xlsx')).sort()
  const school = commander.getByLabel('Trường', { exact: true })
  await school.locator('option').nth(1).waitFor({ state: 'attached' })
  const name = await schoolOf(roll.replace(/\.\w+$/, ''))
  await school.selectOption({ label: name })
  await commander.setInputFiles('input[type=file]', join(files, 'rolls', roll))
  await commander.getByRole('button', { name: /^Nhận \d/ }).click()
  await commander.locator('.outcome-counts').waitFor({ timeout: 120_000 })
  await shot(commander, '11-reconciled')
  await admin.goto(`${origin}/console/bat-dau`)
  await admin.getByText(/1 danh sách, 1 đã rà soát/).waitFor()
  await shot(admin, '12-done')
  await admin.goto(`${origin}/console/bat-dau/in`)
  await admin.getByRole('heading', { name: 'Máy chủ' }).waitFor()
  await shot(admin, '13-checklist')
  await assertAccessible(admin)
})

async function schoolOf(code: string): Promise<string> {
  const line = (await readFile(join(files, 'schools.csv'), 'utf8')).split('\n').find(row => row.startsWith(`${code},`))
  return line?.split(',')[1] ?? assert.fail(`no school ${code}, of ${day}`)
}
