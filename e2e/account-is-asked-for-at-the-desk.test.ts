import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { showAccount } from '../src/accounts/contract.ts'
import { openHouse } from '../src/open-house.ts'
import { asSystem } from '../src/platform/work.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, shot } from './browser.ts'
import { cardHolders } from './requested-accounts.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const district = house.signIns.find(one => one.login === 'huyen')!.unitId
const grown = (await cardHolders(house.folder, { unitId: district, count: 1 }))[0] ?? assert.fail('nobody has a card')
const page = await browser.newPage(desktop)
await house.signIn(page, 'huyen', '/console/tai-khoan')
const dialog = page.locator('[role=dialog]')
const section = page.locator('section', { has: page.getByLabel('Số định danh của người xin tài khoản') })

async function openFor(number: string) {
  await section.getByLabel('Số định danh của người xin tài khoản').fill(number)
  await section.getByRole('button', { name: 'Đăng ký tài khoản mới' }).click()
  await dialog.waitFor()
}

/** A child who lives where the grown person does. */
async function aChildsNumber(): Promise<string> {
  const beside = await openHouse({ folder: house.folder, purpose: 'command' })
  try {
    return await beside.openWork({ ...asSystem('demonstration'), unitId: district }, async ({ tx }) => {
      const { rows } = await sql<{ number: string }>`
        select p.number from register.published_person p
        join register.published_person o on o.permanent_unit_id = p.permanent_unit_id
          and o.person_id = ${grown.personId}
        where p.birth_y between 2010 and 2014 and p.number is not null and p.life_status = 'alive' order by p.person_id
        limit 1`.execute(tx)
      return rows[0]?.number ?? assert.fail('no child')
    })
  } finally {
    await beside.close()
  }
}

test('in April 2023 the desk refuses an account for a child below fourteen and cites the law', async () => {
  await openFor(await aChildsNumber())
  await dialog.getByText('trẻ dưới 14 tuổi chưa có tài khoản riêng').waitFor()
  await shot(page, '1-child')
  await page.keyboard.press('Escape')
})

test('a citizen at the desk gives their number, and the request waits for another officer', async () => {
  await openFor(grown.number)
  await dialog.getByLabel('Điện thoại của chính người này (có thể để trống)').fill('0912 345 699')
  await shot(page, '2-grown')
  await assertAccessible(page)
  await dialog.getByRole('button', { name: 'Đăng ký tài khoản mới' }).click()
  await page.waitForURL(/tai-khoan\/[0-9a-f-]{36}/)
  await page.getByText('Anh/chị đã tiếp nhận, cán bộ khác quyết định.', { exact: true }).waitFor()
  const id = /tai-khoan\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  const account = await ask(page, showAccount, { params: { id } })
  assert.deepEqual([account.state, account.level, account.phone, account.mine], ['requested', 2, '699', true])
})
