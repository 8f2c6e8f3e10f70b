import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { listBreaches } from '../src/data-protection/breaches/contract.ts'
import { listDataRequests } from '../src/data-protection/requests/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const answer = 'Danh sách gửi nhà trường chỉ có họ tên, lớp và tình trạng; việc này theo luật định.'

test('a commander finds what people ask about their data under Hôm nay, and answers with a ground', async () => {
  await house.signIn(page, 'chihuy')
  await page.getByText('Yêu cầu về dữ liệu cá nhân chờ trả lời').waitFor()
  await page.goto(`${house.origin}/console/dan-cu/yeu-cau`)
  await page.getByText('Phản đối xử lý dữ liệu').waitFor()
  await shot(page, '1-requests')
  await assertAccessible(page)

  const { requests } = await ask(page, listDataRequests, { query: {} })
  const objection = requests.find(({ kind }) => kind === 'object') ?? assert.fail('nobody objects')
  await page.goto(`${house.origin}/console/dan-cu/yeu-cau/${objection.id}`)
  await page.getByLabel('Kết quả').selectOption({ label: 'Không giải quyết' })
  await page.getByLabel(/Nội dung trả lời/).fill(answer)
  await shot(page, '2-answer')
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Trả lời', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Trả lời', exact: true }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Không giải quyết' }).waitFor()
  await page.getByText(answer).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Trả lời', exact: true }).count(), 0)
})

test('a breach is recorded on a phone, its notice goes out with a number, and the paper is there', async () => {
  await page.setViewportSize(phone)
  await page.goto(`${house.origin}/console/quan-tri/vi-pham`)
  await page.getByText('Trường THPT Hòn Gai').first().waitFor()
  await page.locator('.strip button, .strip').first().click()
  await page.getByRole('button', { name: 'Ghi nhận vi phạm' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Hành vi').fill('Gửi nhầm danh sách của một lớp cho phụ huynh lớp khác')
  await dialog.getByLabel('Địa điểm').fill('Nhóm tin nhắn của lớp 12A1')
  const now = new Date()
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' }).format(now)
  for (const field of ['Xảy ra: ngày', 'Phát hiện: ngày']) await dialog.getByLabel(field).fill(day)
  for (const time of await dialog.getByLabel('giờ', { exact: true }).all()) await time.fill('0:00')
  await dialog.getByLabel('trường, lớp').check()
  await dialog.getByLabel('Số người').fill('41')
  await dialog.getByLabel('Hậu quả').fill('Người khác đọc được họ tên và ngày sinh')
  await dialog.getByLabel('Biện pháp').fill('Đã thu hồi tin nhắn')
  await shot(page, '3-breach')
  await assertAccessible(page)
  await dialog.getByRole('button', { name: 'Ghi', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.setViewportSize(desktop)
  await page.getByText('Còn thời hạn').waitFor()
  await page.getByRole('button', { name: 'Đã thông báo cho A05' }).click()
  await page.getByRole('dialog').getByLabel('Số thông báo').fill('15/TB-PC06')
  await page.getByRole('dialog').getByRole('button', { name: 'Ghi', exact: true }).click()
  await page.getByText(/Thông báo số 15\/TB-PC06/).waitFor()
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Bản thông báo (PDF)' }).first().click(),
  ])
  assert.match(paper.suggestedFilename(), /^thong-bao-vi-pham-.*\.pdf$/)
  const { unnotified } = await ask(page, listBreaches, {})
  assert.equal(unnotified.count, 0)
})
