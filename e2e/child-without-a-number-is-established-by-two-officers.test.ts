import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { collectPerson, establishNumber, listCollections } from '../src/register/establishing/contract.ts'
import { ask, refusal } from './api-call.ts'
import { desktop, openBrowser, phone, shot } from './browser.ts'
import { textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [first, second] = [await browser.newPage(desktop), await browser.newPage(desktop)]

const child = {
  name: 'Chìu Sủi Hồng Thắm',
  born: '07/03/2015',
  papers: 'Giấy khai sinh số 118, UBND phường Hồng Hà; căn cước của mẹ',
}
let number = ''

test('a ward officer collects a girl who is in no register, from her birth certificate', async () => {
  await house.signIn(first, 'phuong', '/console/dan-cu')
  await first.getByRole('link', { name: 'Lập phiếu DC01 cho người chưa có số' }).click()
  await first.getByRole('button', { name: 'Gửi phiếu DC01' }).click()
  await first.getByText('Ghi rõ giấy tờ kèm theo.').waitFor()
  await shot(first, '1-lacking')

  await first.getByLabel('Họ và tên').fill(child.name)
  await first.getByLabel('Ngày sinh').fill(child.born)
  await first.getByLabel('Giới tính').selectOption({ label: 'Nữ' })
  await first.getByLabel('Nơi ở').selectOption({ label: 'Phường Hồng Hà' })
  await first.getByLabel('Tên mẹ').fill('Chìu Thị Mai')
  await first.getByLabel('Giấy tờ kèm theo').fill(child.papers)
  await shot(first, '2-form')
  await first.getByRole('button', { name: 'Gửi phiếu DC01' }).click()
  await first.getByText('Đã lập phiếu DC01').waitFor()
  await shot(first, '3-sent')
})

test('she has no number yet, and a ward officer cannot establish one', async () => {
  await first.goto(`${house.origin}/console/dan-cu/lap-so`)
  await first.getByText(child.papers).waitFor()
  await shot(first, '4-waiting')
  assert.equal(await first.getByRole('button', { name: 'Xác lập số định danh' }).count(), 0)
  const { collections } = await ask(first, listCollections, { query: {} })
  assert.equal(collections.length, 1)
  assert.equal((await refusal(first, establishNumber, { params: { id: collections[0]!.id } })).code, 'right-missing')
})

test('a second officer establishes a number that encodes her place, year and sex', async () => {
  await house.signIn(second, 'pheduyet')
  await second.getByText('Người chờ xác lập số định danh').waitFor()
  await shot(second, '5-due')
  await second.getByRole('link', { name: 'Xác lập số định danh', exact: true }).click()
  await second.getByRole('button', { name: 'Xác lập số định danh' }).click()
  const dialog = second.getByRole('alertdialog')
  assert.match(await textOf(dialog), new RegExp(`Xác lập số định danh cho ${child.name}`))
  await shot(second, '6-ask')
  await dialog.getByRole('button', { name: 'Xác lập số định danh' }).click()
  await second.getByText(`Đã xác lập số cho ${child.name}`).waitFor()
  await shot(second, '7-established')

  number = (await second.locator('.state .cell').allTextContents()).join('')
  // 022 Quảng Ninh; 3 a girl of the 21st century; 15 the year; six at random (NĐ137/2015 Art. 13).
  assert.match(number, /^022315\d{6}$/)
})

test('search finds her by number and by name, with or without marks', async () => {
  await first.goto(`${house.origin}/console/dan-cu`)
  await first.getByRole('textbox', { name: 'Tra theo số định danh' }).fill(number)
  await first.getByRole('button', { name: 'Tra số' }).click()
  await first.getByRole('link', { name: 'Mở hồ sơ' }).click()
  await first.locator('#so .cell').first().waitFor()
  await shot(first, '8-record')
  assert.equal(await textOf(first.locator('h1')), child.name)
  assert.equal((await first.locator('#so .cell').allTextContents()).join(''), number)
  assert.match(await textOf(first.locator('#page')), /Chìu Thị Mai/)

  for (const written of ['chiu sui hong tham', 'CHÌU SỦI HỒNG THẮM']) {
    await first.goto(`${house.origin}/console/dan-cu`)
    await first.getByLabel('Họ và tên').fill(written)
    await first.getByRole('button', { name: 'Tìm tên' }).click()
    await first.getByRole('grid').getByRole('link', { name: child.name }).waitFor()
  }
  assert.equal(first.url(), `${house.origin}/console/dan-cu`, 'what was searched for is not in the address')
})

test('similar people must be compared first, and one officer alone establishes nobody', async () => {
  const officer = await browser.newPage(phone)
  await house.signIn(officer, 'huyen')
  const given = {
    fullName: child.name,
    birthDate: '2015-03-07',
    sex: 'F',
    birthRegistrationCode: '022',
    residenceKind: 'permanent',
  } as const
  const unitId = house.signIns.find(({ login }) => login === 'phuong')!.unitId
  const body = {
    given: { ...given, residenceUnitId: unitId },
    papers: child.papers,
    form: { code: 'DC01', version: 'TT 59/2021/TT-BCA' },
  }
  assert.equal((await refusal(officer, collectPerson, { body })).code, 'person-likely-known')

  const { id } = await ask(officer, collectPerson, { body: { ...body, compared: 'somebody-else' } })
  assert.equal((await refusal(officer, establishNumber, { params: { id } })).code, 'second-officer-needed')
  await officer.goto(`${house.origin}/console/dan-cu/lap-so`)
  await officer.getByText(child.name).first().waitFor()
  assert.equal(
    await officer.getByRole('button', { name: 'Xác lập số định danh' }).count(),
    0,
    'what is another’s to decide is not offered',
  )
  await shot(officer, '9-not-offered')
})
