import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { serveHouse } from './served-house.ts'

/** A school's officer, a homeroom teacher and an education officer, each at their own page. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

test('a school names a homeroom teacher, who sees the class and says that parents were told', async () => {
  const head = await browser.newPage(desktop)
  await house.signIn(head, 'nhatruong', '/console/lop-hoc')
  await head.getByRole('row').nth(1).waitFor()
  await shot(head, 'classes')
  await assertAccessible(head)
  await head.getByRole('button', { name: 'Phân công' }).first().click()
  await head.getByRole('dialog').waitFor()
  await shot(head, 'classes-dialog')
  await head.getByLabel('Giáo viên chủ nhiệm', { exact: true }).selectOption({ label: 'Lương Thị Mai Hiên' })
  await head.getByRole('button', { name: 'Phân công chủ nhiệm' }).click()
  await head.getByRole('dialog').waitFor({ state: 'detached' })
  await head.goto(`${house.origin}/console/ra-soat`)
  await head.getByRole('row').nth(1).waitFor()
  await shot(head, 'school-rolls')

  const teacher = await browser.newPage(phone)
  await house.signIn(teacher, 'chunhiem', '/console/lop-hoc')
  await teacher.getByRole('button', { name: 'Ghi kết quả', exact: true }).first().waitFor()
  await shot(teacher, 'class-sheet-phone')
  await assertAccessible(teacher)
  await teacher.getByRole('button', { name: 'Ghi kết quả', exact: true }).first().click()
  await shot(teacher, 'class-result-phone')
  await teacher.getByRole('button', { name: 'Đã báo cha mẹ' }).click()
  await teacher.getByText('Đã báo cha mẹ').first().waitFor()
  await teacher.setViewportSize(desktop)
  await shot(teacher, 'class-sheet')
  const refused = await teacher.request.get(`${house.origin}/api/rolls`)
  assert.equal(refused.status(), 403)
})

test('an education officer finds a child on no roll and says who goes after them', async () => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, 'giaoduc', '/console/pho-cap?ds=preschool')
  await page.getByRole('navigation', { name: 'Tình trạng' }).waitFor()
  await shot(page, 'universal-first')
  await page.getByRole('button', { name: 'Giao theo dõi' }).first().waitFor()
  await shot(page, 'universal')
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Giao theo dõi' }).first().click()
  await page.getByLabel('Giao cho').fill('Trường Tiểu học Hồng Hà')
  await shot(page, 'universal-dialog')
  await page.getByRole('dialog').getByRole('button', { name: 'Giao theo dõi' }).click()
  await page.getByText('Trường Tiểu học Hồng Hà, hạn').first().waitFor()
  await page.goto(`${house.origin}/console/pho-cap`)
  await page.getByText('Đang học').first().waitFor()
  await shot(page, 'universal-primary')
  await page.setViewportSize(phone)
  await shot(page, 'universal-phone')
  await assertAccessible(page)
})
