import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  explainPattern,
  inspectionOverview,
  listPatterns,
  myQuestions,
  openNames,
  patternReadings,
} from '../src/inspection/contract.ts'
import { ask, refusal } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, desktop, openBrowser, shot } from './browser.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [auditor, officer] = [await browser.newPage(desktop), await browser.newPage(desktop)]
const nameOf = (login: string) => house.signIns.find(one => one.login === login)?.name ?? ''
const question = 'Đồng chí cho biết vì sao xem hồ sơ lúc 23 giờ?'

test('an auditor finds whom to ask, opens names with a reason alone, and asks by keyboard', async () => {
  await house.signIn(auditor, 'kiemtra', '/console/kiem-toan')
  const panel = auditor.getByRole('complementary', { name: nameOf('phuong2') })
  await panel.getByText('Nếp khác thường, chưa phải vi phạm').waitFor()
  await panel.getByText(/người ban đêm hoặc ngày nghỉ/).waitFor()
  await auditor.getByText('chuỗi liền, đúng').waitFor()
  await shot(auditor, '1-trail')
  await assertAccessible(auditor)

  await panel.getByRole('button', { name: 'Mở tên' }).click()
  const names = auditor.getByRole('dialog')
  await names.getByLabel('Lý do').fill('vì')
  await names.getByRole('button', { name: 'Mở tên' }).click()
  await names.getByText('Cần ghi lý do, ít nhất một câu').waitFor()
  await names.getByLabel('Lý do').fill('Đối chiếu với sổ trực đêm của phường')
  await names.getByRole('button', { name: 'Mở tên' }).click()
  await names.waitFor({ state: 'detached' })

  await awake(auditor)

  await auditor.keyboard.press('e')
  const dialog = auditor.getByRole('dialog')
  await dialog.getByLabel('Câu hỏi').fill(question)
  await shot(auditor, '2-ask')
  await assertAccessible(auditor)
  await dialog.getByRole('button', { name: 'Gửi câu hỏi' }).click()
  await panel.getByText(question).waitFor()
})

test('the officer finds the question under Hôm nay and answers it in writing', async () => {
  await house.signIn(officer, 'phuong2')
  await officer.getByText('Câu hỏi của thanh tra chờ trả lời').waitFor()
  await officer.getByRole('link', { name: 'Trả lời', exact: true }).click()
  await officer.getByText(question).waitFor()
  await officer.getByLabel('Trả lời').fill('Trực chiến dịch ở tổ 7, danh sách do tổ trưởng giữ')
  await shot(officer, '3-answer')
  await assertAccessible(officer)
  await officer.getByRole('button', { name: 'Gửi trả lời' }).click()
  await officer.getByText('đã trả lời', { exact: true }).waitFor()
  const { questions } = await ask(officer, myQuestions, {})
  assert.match(questions[0]?.answer ?? '', /Trực chiến dịch/)
})

test('a ward’s officer is refused at the auditor’s doors', async () => {
  const { patterns } = await ask(auditor, listPatterns, { query: { state: 'all' } })
  const [first] = patterns
  assert.ok(first)
  const params = { id: first.id }
  const { readings } = await ask(auditor, patternReadings, { params, query: {} })
  const body = { officer: first.officers[0]!.id, readings: [readings[0]!.id], reason: 'Tôi muốn biết là ai' }
  const refused = [
    await refusal(officer, inspectionOverview, { query: {} }),
    await refusal(officer, listPatterns, { query: {} }),
    await refusal(officer, openNames, { body }),
    await refusal(officer, explainPattern, { params, body: { reason: 'Không có gì khác thường' } }),
  ]
  assert.deepEqual(
    refused.map(({ code }) => code),
    Array.from({ length: 4 }, () => 'right-missing'),
  )
})

test('the auditor reads the answer, writes the reason down, and the inspection book has both', async () => {
  await auditor.reload()
  const panel = auditor.getByRole('complementary', { name: nameOf('phuong2') })
  await panel.getByText('Trực chiến dịch ở tổ 7, danh sách do tổ trưởng giữ').waitFor()
  await awake(auditor)
  await auditor.keyboard.press('r')
  const dialog = auditor.getByRole('dialog')
  await dialog.getByLabel('Lý do').fill('Phường trực chiến dịch, đã xem sổ trực')
  await dialog.getByRole('button', { name: 'Ghi lý do' }).click()
  await dialog.waitFor({ state: 'detached' })
  await auditor.goto(`${house.origin}/console/kiem-toan/in`)
  await auditor.getByText(/Phường trực chiến dịch, đã xem sổ trực/).waitFor()
  await auditor.getByText(/Niêm phong: kiểm tra lúc/).waitFor()
  await shot(auditor, '4-book')
  await assertAccessible(auditor)
})
