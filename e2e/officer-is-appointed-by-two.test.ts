import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { listOfficers } from '../src/staff/contract.ts'
import { acceptProposal, listProposals } from '../src/staff/proposals/contract.ts'
import { ask, refusal } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { addApp, ageSecondFactors } from './second-factor.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [administrator, commander, newcomer] = [
  await browser.newPage(desktop),
  await browser.newPage(desktop),
  await browser.newPage(desktop),
]
await house.signIn(administrator, 'quantri')
await house.signIn(commander, 'chihuy')

const mailbox = 'thao.vy@example.vn'

/** The link in the latest letter to a mailbox, as the outbox of the house has it. */
async function linkIn(folder: string): Promise<string> {
  const outbox = join(folder, 'outbox')
  for (const name of (await readdir(outbox, { recursive: true }).catch(() => [])).sort().reverse()) {
    const text = await readFile(join(outbox, name), 'utf8').catch(() => '')
    const path = text.includes(mailbox) && /(\/new-password#[a-z0-9-]+)/.exec(text)?.[1]
    if (path) return path
  }
  return assert.fail('no letter came')
}

test('an administrator enters an officer and proposes a post, and is shown no password', async () => {
  await administrator.goto(`${house.origin}/console/quan-tri`)
  await administrator.getByRole('button', { name: 'Thêm cán bộ' }).click()
  const form = administrator.getByRole('dialog')
  await form.getByLabel('Họ và tên cán bộ').fill('Nguyễn Hoàng Thảo Vy')
  await form.getByLabel('Tên đăng nhập').fill('thaovy')
  await form.getByLabel('Đơn vị').selectOption({ label: 'Phường Trần Hưng Đạo' })
  await form.getByLabel(/Thư điện tử của cán bộ/).fill(mailbox)
  await shot(administrator, '1-enter')
  await assertAccessible(administrator)
  await form.getByRole('button', { name: 'Thêm cán bộ' }).click()
  const row = administrator.getByRole('row', { name: /Thảo Vy/ })
  await row.getByText('chưa phân công').waitFor()
  await row.getByRole('button').click()
  await administrator.getByRole('menuitem', { name: 'Đề nghị phân công' }).click()
  await administrator.getByLabel('Vai trò').selectOption({ label: 'Cán bộ công an xã, phường, thị trấn' })
  await administrator.getByRole('button', { name: 'Đề nghị phân công' }).last().click()
  await administrator.getByText(/Cần một cán bộ khác chấp nhận/).waitFor()
  await shot(administrator, '2-proposed')
  await administrator.getByRole('button', { name: 'Đóng' }).click()

  const { proposals } = await ask(administrator, listProposals, {})
  const { code } = await refusal(administrator, acceptProposal, {
    params: { id: proposals[0]!.id },
    body: { delivery: 'email' },
  })
  assert.equal(code, 'second-officer-accepts')
  await administrator.goto(`${house.origin}/console/quan-tri/de-nghi`)
  const proposed = administrator.getByRole('row', { name: /Thảo Vy/ })
  await proposed.getByRole('button', { name: 'Rút lại' }).waitFor()
  assert.equal(await administrator.getByRole('button', { name: 'Chấp nhận' }).count(), 0)
})

test('a commander finds it under Hôm nay, accepts it, and the link goes to the officer', async () => {
  await commander.goto(`${house.origin}/console/hom-nay`)
  await commander.getByText('Đề nghị về cán bộ chờ chấp nhận').waitFor()
  await commander.goto(`${house.origin}/console/quan-tri/de-nghi`)
  const proposed = commander.getByRole('row', { name: /Thảo Vy/ })
  await proposed.getByRole('button', { name: 'Chấp nhận' }).click()
  const dialog = commander.getByRole('alertdialog')
  await dialog.getByText(/Phân công Cán bộ công an xã, phường, thị trấn, Phường Trần Hưng Đạo/).waitFor()
  await shot(commander, '3-accept')
  await assertAccessible(commander)
  await dialog.getByLabel('Đường liên kết đặt mật khẩu').selectOption({ label: `gửi đến ${mailbox}` })
  await dialog.getByRole('button', { name: 'Chấp nhận' }).click()
  await commander.getByText('đã chấp nhận').waitFor()
  await shot(commander, '4-accepted')
  const { officers } = await ask(commander, listOfficers, {})
  assert.equal(officers.find(({ login }) => login === 'thaovy')?.appointments.length, 1)
})

/** A browser whose authenticator has a finger on it (WebDriver: virtual authenticators). */
async function withAuthenticator(page: WatchedPage): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function givePassword(page: WatchedPage): Promise<void> {
  await page.goto(`${house.origin}/sign-in`)
  await page.fill('#login', 'thaovy')
  await page.fill('#password', 'hoa ban nở tháng ba')
  await page.press('#password', 'Enter')
}

test('the officer chooses a password by the link, signs in by a passkey, and the link is used up', async () => {
  const path = await eventually(() => linkIn(house.folder))
  await newcomer.goto(`${house.origin}${path}`)
  await assertAccessible(newcomer)
  await newcomer.getByLabel('Tên đăng nhập của anh/chị').fill('thaovy')
  await newcomer.getByLabel('Mật khẩu mới', { exact: true }).fill('hoa ban nở tháng ba')
  await newcomer.getByLabel('Nhập lại mật khẩu mới').fill('hoa ban nở tháng ba')
  await shot(newcomer, '5-link')
  await newcomer.getByRole('button', { name: 'Lưu mật khẩu mới' }).click()
  await newcomer.getByText('Đã đặt mật khẩu mới').waitFor()
  await withAuthenticator(newcomer)
  await givePassword(newcomer)
  await newcomer.waitForURL(/\/second-factor\/add/)
  await newcomer.getByRole('button', { name: 'Tạo khóa truy cập' }).waitFor()
  await shot(newcomer, '6-first-factor')
  await assertAccessible(newcomer)
  await newcomer.getByRole('button', { name: 'Tạo khóa truy cập' }).click()
  await newcomer.waitForURL(/\/console\//)

  await newcomer.goto(`${house.origin}${path}`)
  await newcomer.getByLabel('Tên đăng nhập của anh/chị').fill('thaovy')
  await newcomer.getByLabel('Mật khẩu mới', { exact: true }).fill('hoa ban nở tháng tư')
  await newcomer.getByLabel('Nhập lại mật khẩu mới').fill('hoa ban nở tháng tư')
  await newcomer.getByRole('button', { name: 'Lưu mật khẩu mới' }).click()
  await newcomer.getByText('Đường liên kết không còn dùng được').waitFor()
  await commander.reload()
  await commander.getByText(/liên kết gửi thư: đã dùng/).waitFor()
})

test('the officer signs in again by the passkey, and adds the app of a phone beside it', async () => {
  await givePassword(newcomer)
  await newcomer.getByRole('button', { name: 'Dùng khóa truy cập' }).click()
  await newcomer.waitForURL(/\/console\//)
  await newcomer.goto(`${house.origin}/second-factor/mine`)
  await newcomer.getByRole('link', { name: 'Thêm cách khác' }).click()
  await addApp(newcomer, 'thaovy')
  await newcomer.getByText('Điện thoại của tôi').waitFor()
  assert.equal(await newcomer.getByRole('button', { name: 'Bỏ' }).count(), 2)
  await shot(newcomer, '7-two-factors')
  await assertAccessible(newcomer)
})

test('an administrator whose desk was left open proves who they are, and nothing typed is lost', async () => {
  await ageSecondFactors(house.folder, 'quantri')
  await administrator.goto(`${house.origin}/console/quan-tri`)
  const row = administrator.getByRole('row', { name: /Thảo Vy/ })
  await row.getByRole('button').click()
  await administrator.getByRole('menuitem', { name: 'Đề nghị cấp lại bước xác nhận thứ hai' }).click()
  await administrator.getByRole('button', { name: 'Đề nghị cấp lại bước xác nhận thứ hai' }).click()
  const asked = administrator.getByRole('dialog', { name: 'Xác nhận lại trước khi làm việc này' })
  await asked.getByRole('button', { name: 'Bản minh họa: xác nhận thay' }).waitFor()
  await shot(administrator, '8-again')
  await asked.getByRole('button', { name: 'Thôi, giữ nguyên' }).click()
  await administrator.getByText(/cần xác nhận lại bằng yếu tố thứ hai/).waitFor()
  await administrator.getByRole('button', { name: 'Đề nghị cấp lại bước xác nhận thứ hai' }).click()
  await asked.getByRole('button', { name: 'Bản minh họa: xác nhận thay' }).click()
  await administrator.getByText(/Cần một cán bộ khác chấp nhận/).waitFor()
})
