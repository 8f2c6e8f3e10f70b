import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { accountFunnel, listAccounts, showAccount } from '../src/accounts/contract.ts'
import { ask, refusal } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type Viewport, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { askForAccounts, cardHolders } from './requested-accounts.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId
const district = unitOf('huyen')
const open = async (login: string, place: string, viewport: Viewport = desktop) => {
  const page = await browser.newPage(viewport)
  await house.signIn(page, login, `/console${place}`)
  return page
}
const dialog = (page: WatchedPage) => page.locator('[role=dialog], [role=alertdialog]')
const row = (page: WatchedPage, name: string) => page.getByRole('grid').locator('.rowline', { hasText: name })
const accountOf = (page: WatchedPage, id: string) => ask(page, showAccount, { params: { id } })

const holders = await cardHolders(house.folder, { unitId: district, count: 8 })
assert.equal(holders.length, 8)
const [first, second, own, bare, lapsing, raised, web] = holders as [
  (typeof holders)[0],
  (typeof holders)[0],
  (typeof holders)[0],
  (typeof holders)[0],
  (typeof holders)[0],
  (typeof holders)[0],
  (typeof holders)[0],
]
const asked = await askForAccounts(house.folder, district, [
  { holder: first, level: 2, phone: '0912000001', to: 'requested' },
  { holder: second, level: 2, phone: '0912000002', to: 'requested' },
  { holder: own, level: 1, phone: '0912000003', takenBy: 'huyen', to: 'requested' },
  { holder: bare, level: 2, to: 'approved' },
  { holder: lapsing, level: 2, phone: '0912000005', to: 'approved' },
  { holder: raised, level: 1, phone: '0912000006', to: 'activated' },
])
const [firstId = '', secondId = '', ownId = '', bareId = '', lapsingId = '', raisedId = ''] = asked

const desk = await open('huyen', '/tai-khoan')

test('queues show due days, and another officer than the one who took a request decides it', async () => {
  await row(desk, first.name).first().waitFor()
  assert.match(await textOf(row(desk, own.name).first()), /mình tiếp nhận/)
  const { counts, accounts } = await ask(desk, listAccounts, { query: { queue: 'to-approve' } })
  assert.equal(counts['to-approve'] >= 3, true)
  assert.equal(accounts.find(({ id }) => id === firstId)?.dueOn, '2023-04-25')
  await shot(desk, '1-queue')
  await assertAccessible(desk)
})

test('an officer approves several requests at once, except the one they took', async () => {
  await desk.goto(`${house.origin}/console/tai-khoan?nguon=desk`)
  await row(desk, first.name).first().waitFor()
  await desk.getByRole('checkbox').click()
  await shot(desk, '2-chosen')
  await assertAccessible(desk)
  await desk.getByRole('button', { name: /^Duyệt 3 tài khoản/ }).click()
  await desk.getByText('Đã duyệt 2 tài khoản').waitFor()
  await desk.getByText('Người tiếp nhận yêu cầu không được duyệt chính yêu cầu đó').waitFor()
  await shot(desk, '3-approved')
  for (const id of [firstId, secondId]) assert.equal((await accountOf(desk, id)).state, 'approved')
  assert.equal((await accountOf(desk, ownId)).state, 'requested')
})

test('an account page lists its notices, and until when the holder can activate it', async () => {
  await desk.goto(`${house.origin}/console/tai-khoan/${firstId}?hang=waiting`)
  await desk.getByText('Đã duyệt và đã báo; chờ người dân tự kích hoạt, hết ngày 27/04/2023.').waitFor()
  await desk.getByText('đã duyệt, cách kích hoạt').waitFor()
  await shot(desk, '4-account')
  await assertAccessible(desk)
  await desk.goto(`${house.origin}/console/tai-khoan?hang=needs-slip`)
  await row(desk, bare.name).first().waitFor()
  await desk.goto(`${house.origin}/console/tai-khoan/${bareId}?hang=needs-slip`)
  await desk.getByText('cần trao phiếu kích hoạt').first().waitFor()
})

test('an officer corrects a mistyped phone, and the holder is notified again', async () => {
  const counter = await open('huyen', `/tai-khoan/${lapsingId}`)
  await counter.getByRole('button', { name: 'Đổi số điện thoại' }).click()
  const box = dialog(counter)
  await box.getByLabel('Số điện thoại', { exact: true }).fill('0912000077')
  await box.getByLabel('Nhập lại số điện thoại').fill('0912000078')
  await box.getByText('Hai lần nhập khác nhau.').waitFor()
  await box.getByLabel('Nhập lại số điện thoại').fill('0912000001')
  await box.getByLabel('Số điện thoại', { exact: true }).fill('0912000001')
  await box.getByLabel('Nhận biết người dân bằng').selectOption('card')
  await box.getByRole('button', { name: 'Đổi số điện thoại' }).click()
  await box.getByText('Số điện thoại này đã dùng cho tài khoản của người khác').waitFor()
  await shot(counter, '5-phone-taken')
  await assertAccessible(counter)
  await box.getByLabel('Số điện thoại', { exact: true }).fill('0912000077')
  await box.getByLabel('Nhập lại số điện thoại').fill('0912 000 077')
  await box.getByRole('button', { name: 'Đổi số điện thoại' }).click()
  await box.waitFor({ state: 'hidden' })
  await counter.getByText('tận cùng 077').waitFor()
  assert.equal((await accountOf(counter, lapsingId)).notices.length, 2)
})

test('an officer asks for level 2 with the card at hand, and another officer decides', async () => {
  const counter = await open('huyen', `/tai-khoan/${raisedId}`)
  await counter.getByRole('button', { name: 'Nâng lên mức độ 2' }).click()
  await dialog(counter).getByLabel('Số sê-ri của thẻ').fill('QN0000000')
  await dialog(counter).getByRole('button', { name: 'Nâng lên mức độ 2' }).click()
  await dialog(counter).getByText('Số sê-ri này không phải của thẻ còn hiệu lực').waitFor()
  await dialog(counter).getByLabel('Số sê-ri của thẻ').fill(raised.serial)
  await dialog(counter).getByRole('button', { name: 'Nâng lên mức độ 2' }).click()
  await counter.getByText('Mức độ 1 vẫn dùng; yêu cầu nâng lên mức độ 2 chờ duyệt').waitFor()
  await counter.getByText('Anh/chị đã tiếp nhận, cán bộ khác quyết định.').first().waitFor()
  await shot(counter, '6-raise-asked')
  await assertAccessible(counter)
  const other = await open('pheduyet', `/tai-khoan/${raisedId}?hang=to-approve`)
  await other.getByRole('button', { name: /^Duyệt lên mức độ 2/ }).click()
  await other.getByText('Đã duyệt và đã báo').waitFor()
  const account = await accountOf(other, raisedId)
  assert.deepEqual([account.level, account.state, account.notices[0]?.template], [2, 'approved', 'account-raised'])
})

test('a caller locks a lost device; unlocking is requested, refused in writing, then granted', async () => {
  const hotline = await open('huyen', '/tai-khoan')
  await hotline.getByLabel('Tìm theo số định danh').fill(second.number)
  await hotline.getByRole('button', { name: 'Mở tài khoản' }).click()
  await hotline.getByRole('button', { name: 'Khóa vì mất thiết bị' }).click()
  assert.doesNotMatch(hotline.url(), new RegExp(second.number))
  const box = dialog(hotline)
  await box.getByLabel('Người dân ở đâu').selectOption('hotline')
  await box.getByLabel(/^Ngày sinh người gọi nói/).fill(second.born.split('-').reverse().join('/'))
  await box.getByRole('button', { name: 'Khóa vì mất thiết bị' }).click()
  await box.getByText('chưa đủ để biết đó là người giữ tài khoản').waitFor()
  await shot(hotline, '7-caller')
  await assertAccessible(hotline)
  await box.getByLabel(/^Số điện thoại/).fill('0912000002')
  await box.getByRole('button', { name: 'Khóa vì mất thiết bị' }).click()
  await hotline.getByText('Đang khóa: mất thiết bị.').waitFor()

  const receive = async () => {
    await hotline.getByRole('button', { name: 'Nhận đề nghị mở khóa' }).click()
    await dialog(hotline).getByLabel('Ai đề nghị').selectOption('holder')
    await dialog(hotline).getByLabel('Ghi rõ').fill('đã tìm thấy máy')
    await dialog(hotline).getByRole('button', { name: 'Nhận đề nghị mở khóa' }).click()
    await dialog(hotline).waitFor({ state: 'hidden' })
  }
  await receive()
  const other = await open('pheduyet', '/tai-khoan?hang=demands')
  await row(other, second.name).first().dblclick()
  await other.getByRole('button', { name: 'Từ chối đề nghị' }).click()
  await dialog(other).getByLabel('Lý do từ chối').fill('Chưa xác minh được người đề nghị')
  await dialog(other).getByRole('button', { name: 'Từ chối đề nghị' }).click()
  await other.getByRole('link', { name: 'Văn bản trả lời' }).click()
  await other.getByText('Đề nghị chưa được chấp nhận. Lý do: Chưa xác minh được người đề nghị').waitFor()
  await shot(other, '8-answer')
  await assertAccessible(other)
  await hotline.reload()
  await receive()
  await other.goto(`${house.origin}/console/tai-khoan/${secondId}`)
  await other.getByRole('button', { name: 'Chấp nhận, mở khóa' }).click()
  await shot(other, '9-demands')
  await dialog(other).getByRole('button', { name: 'Chấp nhận, mở khóa' }).click()
  await other.getByText('Đã duyệt và đã báo').waitFor()
  await shot(other, '10-unlocked')
  await assertAccessible(other)
})

test('a citizen asks for level 1 without script, and an officer compares the portraits', async () => {
  const citizen = await browser.newPage(phone)
  await citizen.goto(`${house.origin}/account/request`)
  await shot(citizen, '11-request')
  await assertAccessible(citizen)
  const picture = await sharp({
    create: {
      width: 600,
      height: 800,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer()
  const send = async (number: string, file: Buffer) => {
    await citizen.getByLabel('Số định danh cá nhân').fill(number)
    await citizen.getByLabel('Số điện thoại của chính mình').fill('0912000099')
    await citizen.getByLabel('Ảnh chân dung').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer: file })
    await citizen.getByRole('button', { name: 'Gửi yêu cầu' }).click()
  }
  await send(web.number, Buffer.from('no picture at all'))
  await citizen.getByText('Tệp này không phải ảnh JPEG hoặc PNG, hoặc đã hỏng.').first().waitFor()
  await shot(citizen, '12-wrong-picture')
  await assertAccessible(citizen)
  await send(web.number, picture)
  await citizen.getByRole('heading', { name: 'Đã nhận yêu cầu' }).waitFor()
  await shot(citizen, '13-sent')
  await assertAccessible(citizen)

  const approver = await open('pheduyet', '/tai-khoan?hang=to-approve&nguon=self')
  await eventually(async () => {
    await approver.reload()
    await row(approver, web.name).first().waitFor({ timeout: 2000 })
  })
  await row(approver, web.name).first().dblclick()
  await approver.getByRole('img', { name: 'Ảnh gửi kèm yêu cầu' }).waitFor()
  await shot(approver, '14-portraits')
  await assertAccessible(approver)
  await approver.getByRole('button', { name: /^Cùng một người: duyệt/ }).click()
  await approver.getByText('Đã duyệt và đã báo').waitFor()
})

test('the funnel counts accounts by step and stop reason, and each figure opens its list', async () => {
  const waits = await browser.newPage(phone)
  await waits.goto(`${house.origin}/activate`)
  await waits.fill('#number', first.number)
  await waits.fill('#phone', '001')
  await waits.getByRole('button', { name: 'Gửi tin nhắn' }).click()
  await waits.getByRole('button', { name: 'Không nhận được tin nhắn' }).click()
  await waits.getByRole('heading', { name: 'Không nhận được tin nhắn' }).waitFor()
  await desk.goto(`${house.origin}/console/tai-khoan/den-dau`)
  await desk.getByRole('heading', { name: 'Vì sao dừng' }).waitFor()
  await desk.getByText('Báo không nhận được tin nhắn').waitFor()
  await shot(desk, '15-funnel')
  await assertAccessible(desk)
  const { steps } = await ask(desk, accountFunnel, { query: {} })
  assert.deepEqual(steps.map(({ step }) => step).slice(0, 3), ['requested', 'approved', 'told'])
  await desk.locator('.duty-rows li', { hasText: 'Duyệt rồi mà chưa báo được' }).locator('a').click()
  await row(desk, bare.name).first().waitFor()
  await desk.goto(`${house.origin}/console/tai-khoan/in?hang=waiting`)
  await desk.locator('.card-paper tbody tr').first().waitFor()
  assert.doesNotMatch(await textOf(desk.locator('.card-paper')), /\d{10}/)
  await desk.emulateMedia({ media: 'print' })
  await shot(desk, '16-paper')
})

test('no page scrolls sideways on a phone, and an officer of another district sees nothing', async () => {
  const small = await open('huyen', '/tai-khoan', phone)
  for (const place of ['/tai-khoan?hang=waiting', `/tai-khoan/${firstId}`, '/tai-khoan/den-dau']) {
    await small.goto(`${house.origin}/console${place}`)
    await small.locator('.table, .question, .funnel').first().waitFor()
    assert.equal(
      await small.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
      true,
      place,
    )
    await shot(small, `17-phone${place.replace(/\W+/g, '-').slice(0, 18)}`)
    await assertAccessible(small)
  }
  const stranger = await open('huyenkhac', '/tai-khoan')
  assert.equal((await refusal(stranger, showAccount, { params: { id: firstId } })).code, 'account-unknown')
})
