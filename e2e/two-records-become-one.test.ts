import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { lookUpPerson } from '../src/register/contract.ts'
import { acceptMerge } from '../src/register/merging/contract.ts'
import { ask, refusal } from './api-call.ts'
import { desktop, openBrowser, phone, shot } from './browser.ts'
import { textOf } from './page-text.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [first, second] = [await browser.newPage(desktop), await browser.newPage(desktop)]

const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId

let stays: Resident
let ends: Resident
let address = ''

test('an officer proposes that two records are one person, and cannot decide it', async () => {
  await house.signIn(first, 'huyen')
  const [one, other] = await pupilsOf(first, unitOf('huyen'))
  assert.ok(one && other)
  stays = one
  ends = other
  await first.goto(`${house.origin}/console/dan-cu/nguoi/${stays.id}`)
  await first.getByRole('link', { name: 'Đề nghị hợp nhất' }).click()
  await first.getByLabel('Số định danh của bản ghi kia').fill(ends.number)
  await first.getByRole('button', { name: 'Tra số' }).click()
  await first.getByText(ends.name).waitFor()
  await first.getByLabel('Vì sao là một người').fill('Cùng cha mẹ, cùng một giấy khai sinh; hai lần nhập dữ liệu')
  await first.getByLabel('Giấy tờ chứng minh').fill('Giấy khai sinh số 12/2005, UBND phường Hà Khánh')
  await shot(first, '1-proposal')
  await first.getByRole('button', { name: 'Gửi đề nghị hợp nhất' }).click()
  await first.getByRole('link', { name: 'Mở đề nghị' }).click()
  await first.getByText('Một cán bộ khác quyết định').waitFor()
  address = first.url()
  await shot(first, '2-proposed')
  const id = address.split('/').at(-1)!
  const body = { survivorId: stays.id, number: stays.number }
  assert.equal((await refusal(first, acceptMerge, { params: { id }, body })).code, 'second-officer-needed')
})

test('a second officer compares both records and merges them', async () => {
  await house.signIn(second, 'pheduyet', '/console/hom-nay')
  await second.getByText('Hợp nhất bản ghi trùng chờ quyết định', { exact: true }).waitFor()
  await second.goto(`${house.origin}/console/dan-cu/hop-nhat`)
  await second.getByRole('heading', { name: 'Bản ghi có khả năng trùng' }).waitFor()
  await shot(second, '3-list')
  await second.goto(address)
  await second.getByRole('button', { name: 'Hợp nhất' }).waitFor()
  const page = await textOf(second.locator('#page'))
  assert.ok(page.includes(stays.name) && page.includes(ends.name))
  await shot(second, '4-side-by-side')
  await second.setViewportSize(phone)
  await shot(second, '5-side-by-side-phone')
  await second.setViewportSize(desktop)
  await second.getByRole('button', { name: 'Hợp nhất' }).click()
  await second.getByRole('alertdialog').getByRole('button', { name: 'Hợp nhất' }).click()
  await second.getByText(/^Đã hợp nhất/).waitFor()
  await shot(second, '6-merged')
})

test('the old record and the old number lead to the one that stays', async () => {
  await second.goto(`${house.origin}/console/dan-cu/nguoi/${ends.id}`)
  await second.getByText('Bản ghi này đã được hợp nhất').waitFor()
  await shot(second, '7-old-record')
  await second.getByRole('link', { name: 'Mở bản ghi giữ lại' }).click()
  await second.getByText('Số đã hủy').first().waitFor()
  await shot(second, '8-record')
  assert.equal(await textOf(second.locator('h1')), stays.name)
  const found = await ask(second, lookUpPerson, { body: { number: ends.number } })
  assert.deepEqual([found.person.id, found.cancelled, found.person.number], [stays.id, true, stays.number])
})

test('the merge is undone while nothing was built on it', async () => {
  await second.goto(address)
  await second.getByRole('button', { name: 'Tách lại' }).click()
  const dialog = second.getByRole('dialog')
  await dialog.getByLabel('Lý do').fill('Là hai anh em sinh đôi, có hai giấy khai sinh')
  await dialog.getByRole('button', { name: 'Tách lại' }).click()
  await second.getByText('đã tách lại').waitFor()
  await shot(second, '9-parted')
  const found = await ask(second, lookUpPerson, { body: { number: ends.number } })
  assert.deepEqual([found.person.id, found.cancelled], [ends.id, false])
})
