import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import sharp from 'sharp'
import { asSystem } from '../src/platform/work.ts'
import { aPdf } from '../test/foreign-pdfs.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { textOf } from './page-text.ts'
import { pupilsOf } from './people.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [here, second] = [await browser.newPage(desktop), await browser.newPage(desktop)]

/** A birth certificate as a phone photographs it, lying on its side. */
const photograph = await sharp(
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1270">
<rect width="900" height="1270" fill="#f4efe2"/><rect x="40" y="40" width="820" height="1190" fill="none"
stroke="#9c1c16" stroke-width="6"/><text x="450" y="180" font-size="56" text-anchor="middle">GIẤY KHAI SINH</text>
<text x="110" y="330" font-size="34">Số: 118</text></svg>`),
)
  .rotate(90)
  .jpeg()
  .withMetadata({ orientation: 8 })
  .toBuffer()

test('an officer attaches a photograph and a PDF to a correction; a page of HTML named .pdf is refused', async () => {
  await house.signIn(here, 'huyen')
  const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
  const [pupil] = await pupilsOf(here, unitId)
  await here.goto(`${house.origin}/console/dan-cu/nguoi/${pupil!.id}/dinh-chinh`)
  await here.getByLabel('Dân tộc').fill('Sán Dìu')
  await here.getByLabel('Số trên giấy tờ').fill('118')
  await here.getByLabel('Cơ quan cấp').fill('UBND xã nơi sinh cấp năm 2006')
  const files = here.locator('.attach input[type=file]').first()
  await files.setInputFiles([
    { name: 'Giấy khai sinh Nguyễn Văn An.jpg', mimeType: 'image/jpeg', buffer: photograph },
    { name: 'trích lục.pdf', mimeType: 'application/pdf', buffer: aPdf() },
    { name: 'đơn.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html><script>1</script></html>') },
  ])
  await here.getByText('đơn.pdf: chưa đính kèm').waitFor()
  assert.match(await textOf(here.locator('.uploads')), /không phải PDF, JPEG hay PNG/)
  assert.equal(await here.locator('.papers > li').count(), 2)
  await shot(here, '1-attached')
  await assertAccessible(here)
  // The page is opened again: what was uploaded is still there.
  await here.reload()
  await here.getByRole('button', { name: 'Xem Giấy khai sinh (1)' }).waitFor()
  await shot(here, '2-attached-again')
  await here.getByRole('button', { name: 'Gửi đề nghị chỉnh sửa' }).click()
  await here.getByRole('link', { name: 'Mở hồ sơ' }).click()
  await here.locator('.papers > li').nth(1).waitFor()
  assert.doesNotMatch(await textOf(here.locator('#page')), /Nguyễn Văn An\.jpg|trích lục\.pdf/)
  await here.setViewportSize(phone)
  await here.locator('.strip').waitFor()
  await here.locator('.papers > li').first().scrollIntoViewIfNeeded()
  await shot(here, '3-case-phone')
  await assertAccessible(here)
})

test('what lies in the database is no picture: neither its content nor the name of its file', async () => {
  const { openHouse } = await import('../src/open-house.ts')
  const opened = await openHouse({ folder: house.folder, purpose: 'command' })
  after(() => opened.close())
  const row = await opened.openWork(asSystem('test'), async ({ tx }) => {
    const { rows } = await sql<{ all: string; bodies: Buffer }>`
      select (select string_agg(a::text, '') from attachments.attachment a) as all,
        (select string_agg(body, '') from attachments.content) as bodies`.execute(tx)
    return rows[0]
  })
  assert.ok(row && row.bodies.length > 1000)
  assert.equal(row.bodies.includes('JFIF') || row.bodies.includes('%PDF'), false)
  assert.doesNotMatch(row.all, /Nguyễn Văn An|trích lục/)
})

test('another officer is asked before deciding unseen, opens the papers by keyboard, and approves', async () => {
  await house.signIn(second, 'pheduyet', new URL(here.url()).pathname)
  await second.getByText('Chưa xem').first().waitFor()
  await second.getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  const asking = second.getByRole('alertdialog')
  await asking.getByText('Anh/chị chưa xem giấy tờ đính kèm nào').waitFor()
  assert.ok(await asking.getByRole('button', { name: 'Duyệt chỉnh sửa' }).isDisabled())
  await shot(second, '4-unseen')
  await assertAccessible(second)
  await asking.getByRole('button', { name: 'Thôi, giữ nguyên' }).click()
  await asking.waitFor({ state: 'detached' })

  await second.getByRole('button', { name: 'Xem Giấy khai sinh (1)' }).click()
  const picture = second.getByRole('dialog').getByRole('img')
  await picture.waitFor()
  await shot(second, '5-viewer')
  await assertAccessible(second)
  const upright = await picture.boundingBox()
  assert.ok(upright && upright.height > upright.width, 'it was turned upright when it came')
  for (const key of ['+', 'r']) await second.keyboard.press(key)
  await second.getByText('1/1, phóng 100%').waitFor()
  const turned = await picture.boundingBox()
  assert.ok(turned && turned.width > turned.height)
  await second.keyboard.press('Escape')
  await second.getByRole('dialog').waitFor({ state: 'detached' })
  await second.getByText('Đã xem').first().waitFor()
  const [pdf] = await Promise.all([
    second.waitForEvent('download'),
    second.getByRole('button', { name: 'Tải về Giấy khai sinh (2)' }).click(),
  ])
  assert.match(pdf.suggestedFilename(), /^birth-certificate-[0-9a-f]{6}\.pdf$/)

  await second.getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  assert.equal(await asking.getByText('chưa xem').count(), 0)
  await asking.getByRole('button', { name: 'Duyệt chỉnh sửa' }).click()
  await second.getByText('đã duyệt').waitFor()
  assert.equal(await second.getByRole('button', { name: 'Đính kèm thêm' }).count(), 0)
  await shot(second, '6-decided')
})
