import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(() => house.stop({ faults: 1 })))

/** Renames a table of the running installation, so that pages that read it fail. */
async function rename(from: string, to: string): Promise<void> {
  const { openHouse } = await import('../src/open-house.ts')
  const opened = await openHouse({ folder: house.folder, purpose: 'command' })
  try {
    await sql.raw(`alter table ${from} rename to ${to}`).execute(opened.database.maintenance)
  } finally {
    await opened.close()
  }
}

test('an administrator finds out by the code of an error page what failed', async () => {
  await rename('planning.counter', 'counter_away')
  const failed = await fetch(`${house.origin}/queue/abcd2345`, { headers: { accept: 'text/html' } })
  await rename('planning.counter_away', 'counter')
  const line = /fault · [0-9a-f-]{36}/.exec(await failed.text())?.[0] ?? ''
  assert.equal(failed.status, 500, line)

  const administrator = await browser.newPage(desktop)
  await house.signIn(administrator, 'quantri')
  await administrator.goto(`${house.origin}/console/quan-tri/ma-loi`)
  await administrator.getByLabel('Mã trên trang lỗi').fill('mã gì đó')
  await administrator.getByRole('button', { name: 'Tra mã lỗi', exact: true }).click()
  await administrator.getByText('Không thấy mã trong phần đã nhập').waitFor()
  await shot(administrator, '1-no-code')
  await administrator.getByLabel('Mã trên trang lỗi').fill(line)
  await administrator.getByRole('button', { name: 'Tra mã lỗi', exact: true }).click()
  await administrator.getByRole('heading', { name: 'Chương trình gặp lỗi' }).waitFor()
  await administrator.getByText(/42P01/).waitFor()
  await administrator.getByText('GET /queue/:id').waitFor()
  await shot(administrator, '2-found')
  await assertAccessible(administrator)
  await administrator.setViewportSize(phone)
  await shot(administrator, '3-found-phone')
  await assertAccessible(administrator)

  await administrator.getByLabel('Mã trên trang lỗi').fill('0193c2f0-1a2b-7c3d-8e4f-0123456789ab')
  await administrator.getByRole('button', { name: 'Tra mã lỗi', exact: true }).click()
  await administrator.getByText('Không còn lưu thông tin về yêu cầu có mã này').waitFor()
})
