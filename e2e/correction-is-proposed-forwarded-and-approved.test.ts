import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { showPerson } from '../src/register/contract.ts'
import { approveCorrection } from '../src/register/corrections/contract.ts'
import { handWritten } from '../test/rolls/hand-written.ts'
import { ask, askIfAllowed, refusal } from './api-call.ts'
import { desktop, openBrowser, shot } from './browser.ts'
import { textOf } from './page-text.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [here, there, second] = [
  await browser.newPage(desktop),
  await browser.newPage(desktop),
  await browser.newPage(desktop),
]

const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId
const nameOf = (login: string) => house.signIns.find(one => one.login === login)!.name

/** The same name with another given name: what the birth certificate is to say. */
const corrected = (name: string) => [...name.split(' ').slice(0, -1), 'Khuê'].join(' ')
const certificate = 'Giấy khai sinh số 118, UBND xã nơi sinh cấp năm 2006'

/** The certificate, as its number and its office are typed. */
async function fillPaper() {
  await here.getByLabel('Số trên giấy tờ').fill('118')
  await here.getByLabel('Cơ quan cấp').fill('UBND xã nơi sinh cấp năm 2006')
}

let pupil: Resident
let correctionAddress = ''

/** A school of the district teaches a pupil who lives elsewhere, and sends its roll. */
async function takeInRoll(pupils: readonly Resident[]) {
  const rows = pupils.map(({ name, born, number }, at) => [
    at + 1,
    name,
    born.split('-').reverse().join('/'),
    number,
    '12A1',
  ])
  const file = await handWritten({
    name: '12A1',
    rows: [['STT', 'Họ và tên', 'Ngày sinh', 'Số định danh', 'Lớp'], ...rows],
  })
  await here.goto(`${house.origin}/console/ra-soat`)
  await here.getByLabel('Trường', { exact: true }).selectOption({ label: 'Trường THPT Hồng Hà' })
  await here.setInputFiles('input[type=file]', {
    name: 'lop12a1.xlsx',
    mimeType: 'application/octet-stream',
    buffer: file,
  })
  await here.getByRole('button', { name: /^Nhận/ }).click()
  // Its few pupils take the place of the school's whole roll.
  await here.getByRole('button', { name: /^Đúng danh sách này/ }).click()
  await here.locator('.outcome-counts').waitFor()
}

test('an officer sees on a roll that a register entry is wrong and proposes the correction', async () => {
  await house.signIn(there, 'huyenkhac')
  await house.signIn(here, 'huyen')
  // Some pupils of the other district go to school here: one who does not.
  for (const one of await pupilsOf(there, unitOf('huyenkhac'))) {
    pupil = one
    if (!(await askIfAllowed(here, showPerson, { params: { id: one.id } }))) break
  }
  assert.equal(
    (await refusal(here, showPerson, { params: { id: pupil.id } })).code,
    'person-unknown',
    'the pupil is not of this district',
  )
  await takeInRoll([pupil, ...(await pupilsOf(here, unitOf('huyen'))).slice(0, 3)])

  await here.goto(`${house.origin}/console/dan-cu/nguoi/${pupil.id}`)
  await here.getByRole('link', { name: 'Đề nghị chỉnh sửa', exact: true }).click()
  await here.getByLabel('Họ và tên').fill(corrected(pupil.name))
  await fillPaper()
  await shot(here, '1-proposal')
  await here.getByRole('button', { name: 'Gửi đề nghị chỉnh sửa' }).click()
  await here.getByText(/^Đã gửi cho/).waitFor()
  await shot(here, '2-forwarded')
})

test('the correction goes to the police of residence, and its proposer cannot decide it', async () => {
  await here.getByRole('link', { name: 'Mở hồ sơ' }).click()
  await here.getByText('Giấy tờ chứng minh').waitFor()
  correctionAddress = here.url()
  await shot(here, '3-proposer')
  assert.match(await textOf(here.locator('#page')), new RegExp(certificate))
  assert.equal(await here.getByRole('button', { name: 'Duyệt chỉnh sửa' }).count(), 0)
  await here
    .getByText(/quyết định/)
    .first()
    .waitFor()
  const id = correctionAddress.split('/').at(-1)!
  assert.equal((await refusal(here, approveCorrection, { params: { id } })).code, 'another-unit-decides')
})

test('an officer of that unit finds the correction in the queue, compares, and approves', async () => {
  await there.goto(`${house.origin}/console/hom-nay`)
  await there.getByText('Chỉnh sửa chờ quyết định', { exact: true }).waitFor()
  await shot(there, '4-due')
  await there.getByRole('link', { name: 'Mở hồ sơ' }).click()
  await there.getByRole('button', { name: 'Duyệt chỉnh sửa' }).waitFor()
  assert.equal(there.url(), correctionAddress)
  await shot(there, '5-compare')

  await there.getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  const dialog = there.getByRole('alertdialog')
  assert.match(await textOf(dialog), new RegExp(`Duyệt và sửa dữ liệu của ${pupil.name}`))
  await shot(there, '6-ask')
  await dialog.getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  await there.getByText('đã duyệt').waitFor()
})

test('the record shows the new value, strikes the old one, and names who decided and who read it', async () => {
  await there.goto(`${house.origin}/console/dan-cu/nguoi/${pupil.id}`)
  await there.locator('#lich-su del').first().waitFor()
  await shot(there, '7-record')
  assert.equal(await textOf(there.locator('h1')), corrected(pupil.name))
  const history = there.locator('#lich-su')
  assert.equal(await textOf(history.locator('del')), pupil.name)
  assert.match(await textOf(history), new RegExp(certificate))
  assert.match(await textOf(history), new RegExp(nameOf('huyenkhac')))
  assert.match(await textOf(there.locator('#ai-da-xem')), new RegExp(nameOf('huyenkhac')))
})

test('a second officer of the district decides, and both stand in the access log', async () => {
  const resident = (await pupilsOf(here, unitOf('huyen')))[0]!
  await here.goto(`${house.origin}/console/dan-cu/nguoi/${resident.id}/dinh-chinh`)
  await here.getByLabel('Dân tộc').fill('Sán Dìu')
  await fillPaper()
  await here.getByRole('button', { name: 'Gửi đề nghị chỉnh sửa' }).click()
  await here.getByRole('link', { name: 'Mở hồ sơ' }).click()
  await here.getByText(certificate).waitFor()
  assert.equal(await here.getByRole('button', { name: 'Duyệt chỉnh sửa' }).count(), 0)
  const id = here.url().split('/').at(-1)!
  assert.equal((await refusal(here, approveCorrection, { params: { id } })).code, 'second-officer-needed')

  await house.signIn(second, 'pheduyet', `/console/dan-cu/dinh-chinh/${id}`)
  await second.getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  await second.getByRole('alertdialog').getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  await second.getByText('đã duyệt').waitFor()
  const { ethnicity, history } = await ask(second, showPerson, { params: { id: resident.id } })
  assert.equal(ethnicity, 'Sán Dìu')
  assert.equal(history.find(({ field }) => field === 'ethnicity')?.by.name, nameOf('pheduyet'))

  await second.goto(`${house.origin}/console/dan-cu/nguoi/${resident.id}`)
  await second.locator('#ai-da-xem li').first().waitFor()
  await shot(second, '8-readers')
  const readers = await textOf(second.locator('#ai-da-xem'))
  for (const login of ['huyen', 'pheduyet']) assert.match(readers, new RegExp(nameOf(login)), `${login} looked`)
})

test('a residence is corrected on a page of its own, and stands in the record with the former one', async () => {
  const resident = (await pupilsOf(here, unitOf('huyen')))[1]!
  await here.goto(`${house.origin}/console/dan-cu/nguoi/${resident.id}`)
  await here.getByRole('link', { name: 'Đề nghị chỉnh sửa nơi cư trú' }).click()
  await here.getByLabel('Địa chỉ').fill('Số 12, tổ 3, khu 5')
  await here.getByLabel('Từ ngày').fill('01/04/2023')
  await here.getByLabel('Cơ quan cấp').fill('Công an phường Hà Khánh')
  await here.getByLabel('Lý do (không bắt buộc)').fill('Chuyển nhà trong phường')
  await shot(here, '9-residence')
  await here.getByRole('button', { name: 'Gửi đề nghị' }).click()
  await here.getByRole('link', { name: 'Mở hồ sơ' }).click()
  await here.getByText('Số 12, tổ 3, khu 5').waitFor()
  await shot(here, '10-residence-proposed')

  await second.goto(here.url())
  await second.getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  await second.getByRole('alertdialog').getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  await second.getByText('đã duyệt').waitFor()
  await second.goto(`${house.origin}/console/dan-cu/nguoi/${resident.id}#noi-o`)
  const lived = second.locator('#noi-o')
  await lived.getByText('Số 12, tổ 3, khu 5').waitFor()
  await shot(second, '11-residence-record')
  assert.match(await textOf(lived), /trước đây/)
})
