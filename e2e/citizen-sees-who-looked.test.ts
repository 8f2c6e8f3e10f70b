import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import * as cards from '../src/cards/cards.ts'
import type { Id } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import * as consents from '../src/signin/consents/consents.ts'
import * as sessions from '../src/signin/sessions/sessions.ts'
import { inSignInScope } from '../src/signin/sign-in-scope.ts'
import { anAppointedOfficer, lookedAt } from '../test/a-citizen.ts'
import { type AnAccount, anActivatedAccount, aPhoneInHand } from '../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../test/builders.ts'
import { assertAccessible, desktop, isWithin, phone, shot, type Viewport, type WatchedPage } from './browser.ts'
import { openCitizenPages } from './holder-browser.ts'

const { house, signIn, browserOf } = await openCitizenPages()

const narrow: Viewport = { width: 360, height: 640 }
const longName = 'Nguyễn Phước Công Tằng Tôn Nữ Huyền Trân Thị Mỹ Duyên'
const places = ['', 'looks', 'card', 'record', 'account', 'consents', 'visits', 'children', 'download', 'lock']

/** Signs in by the form, as people do. */
async function comeIn(page: WatchedPage, holder: AnAccount): Promise<void> {
  await page.goto(`${signIn.origin}/citizen/`)
  await page.getByLabel(/Số định danh cá nhân/).fill(holder.number)
  await page.getByLabel(/^Passcode/).fill(holder.passcode)
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.waitForURL(`${signIn.origin}/citizen/`)
}

/** The same browser, once it has proved a second way too. */
async function strengthen(page: WatchedPage, holder: AnAccount): Promise<void> {
  const { token } = await inSignInScope(house.openWork, '0190b2b5-0000-7000-8000-000000000001', work =>
    sessions.beginSession(work, {
      ...holder,
      factors: ['passcode', 'totp'],
      browser: 'Mozilla/5.0 (Linux; Android 9) Chrome/90.0',
    }),
  )
  await page.context().addCookies([{ name: 'dinhdanh-citizen', value: token, url: signIn.origin, httpOnly: true }])
}

const mother = await anActivatedAccount(house, {
  name: longName,
  bornOn: '1979-05-02',
  residence_address: 'Tổ 3, khu 5, ngõ 112 đường Nguyễn Văn Cừ kéo dài',
  hometown: 'Xã Vĩnh Thực, thành phố Móng Cái, tỉnh Quảng Ninh',
})
await enter(
  house,
  aPerson({
    name: 'Nguyễn Phước Công Tằng Bảo Khánh',
    bornOn: '2012-06-01',
    mother_number: mother.number,
    mother_name: longName,
  }),
)
const ward = await anAppointedOfficer(house, { name: 'Đỗ Minh Hạnh', role: 'ward-officer', code: commune.haKhanh })
const education = await anAppointedOfficer(house, { name: 'Lưu Thị Kim Oanh', role: 'education-officer', code: '22' })
const standing = await anOfficerOf(house, commune.haKhanh)
const card = await house.as(standing, work =>
  cards.applyForCard(work, mother.personId as register.PersonId, { unitId: standing.unitId }),
)
const exam = await signIn.register()
const [party] = await house.owner<{ id: Id<'party'> }>(
  'select party_id as id from parties.client where client_id = $1',
  [exam.clientId],
)

/** What a holder let a party see, and that they signed in there. */
async function letsSee({ personId, accountId }: AnAccount, clientId: string, partyId: Id<'party'>): Promise<void> {
  await inSignInScope(house.openWork, '0190b2b5-0000-7000-8000-000000000002', work =>
    consents.addConsent(work, {
      personId,
      accountId,
      clientId,
      partyId,
      grantId: clientId,
      scopes: ['profile', 'number', 'residence'],
      refused: ['phone'],
      purposes: [
        {
          scope: 'residence',
          vi: 'để biết điểm thi gần nhà',
          en: 'to find a place of examination nearby',
          optional: false,
        },
      ],
    }),
  )
  await house.owner(
    `insert into signin.visit (person_id, id, client_id, party_id, at, level, strength, scopes)
      values ($1, gen_random_uuid(), $2, $3, now(), 1, 1, '{profile,number}')`,
    [personId, clientId, partyId],
  )
}
const longParty = await signIn.register()
const [long] = await house.owner<{ id: Id<'party'> }>(
  'select party_id as id from parties.client where client_id = $1',
  [longParty.clientId],
)
await house.owner('update parties.party set name_vi = $2 where id = $1', [
  long?.id,
  'Cổng dịch vụ công trực tuyến của Sở Giáo dục và Đào tạo tỉnh Quảng Ninh phối hợp với Trung tâm phục vụ hành ' +
    'chính công các huyện, thị xã, thành phố',
])
await letsSee(mother, exam.clientId, party?.id ?? assert.fail('no party'))
await letsSee(mother, longParty.clientId, long?.id ?? assert.fail('no party'))
for (const [clientId, day, wrongs, refused, stoppedAt] of [
  [exam.clientId, '2023-04-19', 1, 0, null],
  [longParty.clientId, '2023-04-20', 10, 1234, '2023-04-20T02:00:00Z'],
])
  await house.owner(`insert into verification.wrong values ($1, $2, $3, $4, $5, now(), $6)`, [
    mother.personId,
    clientId,
    day,
    wrongs,
    refused,
    stoppedAt,
  ])

/** Officer, school and exam site look, as they do in their own work. */
async function lookAtMother(): Promise<void> {
  const id = mother.personId as register.PersonId
  await house.as({ by: ward.by, unitId: ward.unitId, scope: ward.scope, purpose: 'register' }, work =>
    register.getPerson(work, id),
  )
  await house.as({ by: ward.by, unitId: ward.unitId, scope: ward.scope, purpose: 'card' }, work =>
    cards.cardLife(work, { cardId: card.id }),
  )
  await house.as({ by: education.by, unitId: education.unitId, scope: 'none', purpose: 'roll' }, work =>
    audit.noteReading(work, [id], ['identity', 'school']),
  )
  await house.as({ by: { kind: 'party', id: party?.id ?? '' }, scope: 'none', purpose: 'sign-in' }, work =>
    audit.noteReading(work, [id], ['name', 'birthdate', 'person_number']),
  )
}

test('a citizen sees which officer, school and exam site read their data, and why', async () => {
  await lookAtMother()
  const page = await browserOf(mother, phone)
  await comeIn(page, mother)
  assert.match((await page.locator('h1').textContent()) ?? '', new RegExp(longName))
  await page.getByRole('heading', { name: 'Hồ sơ thẻ đã nộp, đang xử lý' }).waitFor()
  await shot(page, 'first-phone')
  await page.getByRole('link', { name: /Ai đã xem ông\/bà/ }).click()
  for (const told of ['Cán bộ công an cấp xã', 'Cán bộ giáo dục', 'Đăng ký dự thi 2023'])
    await page.getByText(told).first().waitFor()
  assert.ok((await page.getByText('Đối chiếu danh sách của trường').count()) > 0)
  await page.getByText('Đã bị chặn.').waitFor()
  assert.equal(await page.getByText(/Đỗ Minh Hạnh|Lưu Thị Kim Oanh/).count(), 0)
  await shot(page, 'looks-phone')
  await assertAccessible(page)
  await page.context().close()
})

test('every citizen page passes axe, fits the narrowest phone, and is below 30 kB', async () => {
  const page = await browserOf(mother, narrow)
  await comeIn(page, mother)
  await strengthen(page, mother)
  for (const [name, viewport] of [
    ['narrow', narrow],
    ['phone', phone],
    ['desktop', desktop],
  ] as const) {
    await page.setViewportSize(viewport)
    for (const place of places) {
      const answer = await page.goto(`${signIn.origin}/citizen/${place}`)
      assert.equal(answer?.status(), 200)
      assert.ok(((await answer?.body())?.length ?? 0) < 30_000, place)
      assert.ok(await isWithin(page), `${place} at ${viewport.width}`)
      if (name !== 'narrow') await shot(page, `${place || 'first'}-${name}`)
      if (name !== 'phone') await assertAccessible(page)
    }
  }
  await page.context().close()
})

test('the access log page shows many accesses, and says when there are none', async () => {
  const watched = await anActivatedAccount(house, { name: 'Vi Anh Thư', bornOn: '2006-08-11' })
  await lookedAt(
    house,
    watched.personId,
    Array.from({ length: 2000 }, (_, at) => ({
      by: at % 7 === 0 ? education.by : ward.by,
      unitId: at % 7 === 0 ? education.unitId : ward.unitId,
      purpose: ['campaign', 'roll', 'session', 'card'][at % 4] ?? 'register',
      fields: 'identity,card,account,residence,kin,phone',
    })),
  )
  const page = await browserOf(watched, phone)
  await comeIn(page, watched)
  await page.getByRole('link', { name: /Ai đã xem em/ }).click()
  await page
    .getByText(/2\.000 lượt/)
    .first()
    .waitFor()
  await shot(page, 'looks-many-phone')
  await page.getByRole('link', { name: 'Cũ hơn' }).click()
  await page.getByRole('link', { name: 'Về mới nhất' }).waitFor()
  await assertAccessible(page)
  await page.setViewportSize(desktop)
  await shot(page, 'looks-many-desktop')
  await page.context().close()

  const quiet = await anActivatedAccount(house, { name: 'Đào Nhật Tân', bornOn: '1990-01-02' })
  const empty = await browserOf(quiet, phone)
  await comeIn(empty, quiet)
  for (const place of places) {
    await empty.goto(`${signIn.origin}/citizen/${place}`)
    await shot(empty, `empty-${place || 'first'}-phone`)
    await assertAccessible(empty)
  }
  await empty.context().close()
})

const inHand = aPhoneInHand(house)

/** Adds a mailbox on the page of the account by the number that is sent there. */
async function confirmsMailbox(page: WatchedPage): Promise<void> {
  const mailbox = `${'lam.tue.man.'.repeat(5)}man@hop-thu-cua-gia-dinh.example.vn`
  const part = page.getByRole('heading', { name: 'Thư điện tử nhận tin' })
  await page.getByText('Thêm địa chỉ thư điện tử').click()
  await page.getByLabel('Địa chỉ thư điện tử').fill(mailbox)
  await part.scrollIntoViewIfNeeded()
  await shot(page, 'mailbox-ask-phone')
  await page.getByRole('button', { name: 'Gửi số xác nhận đến địa chỉ này' }).click()
  await page.getByText('Đã gửi số xác nhận').waitFor()
  await inHand.textsTo('')
  const letter = inHand.letters.find(({ to }) => to === mailbox) ?? assert.fail('no letter came')
  await page.getByLabel(/Số có 6 chữ số/).fill(/\d{6}/.exec(letter.text)?.[0] ?? '')
  await part.scrollIntoViewIfNeeded()
  await shot(page, 'mailbox-code-phone')
  assert.ok(await isWithin(page))
  await page.getByRole('button', { name: 'Xác nhận địa chỉ' }).click()
  await page.getByText('Đã xác nhận địa chỉ thư điện tử').waitFor()
  assert.ok(await isWithin(page))
  await part.scrollIntoViewIfNeeded()
  await shot(page, 'mailbox-phone')
  await page.setViewportSize(desktop)
  await part.scrollIntoViewIfNeeded()
  await shot(page, 'mailbox-desktop')
  await page.setViewportSize(phone)
}

test('a citizen without script withdraws consent, adds an app and a mailbox, changes passcode, locks', async () => {
  const holder = await anActivatedAccount(house, { name: 'Lâm Tuệ Mẫn', bornOn: '1985-04-04' })
  const page = await browserOf(holder, phone, { script: false })
  await comeIn(page, holder)
  await strengthen(page, holder)
  await letsSee(holder, exam.clientId, party?.id ?? assert.fail('no party'))
  await page.goto(`${signIn.origin}/citizen/consents`)
  await page.getByRole('button', { name: 'Rút lại' }).click()
  await page.getByText('Đã rút lại').waitFor()
  await shot(page, 'withdrawn-phone')
  await page.goto(`${signIn.origin}/citizen/account`)
  assert.equal(await page.getByRole('button', { name: 'Thêm khóa trên máy này' }).isVisible(), false)
  await page.getByText('Muốn thêm khóa').waitFor()
  await page.getByRole('button', { name: 'Dùng ứng dụng tạo mã' }).click()
  await page.getByRole('img', { name: 'Mã QR cho ứng dụng tạo mã' }).waitFor()
  await shot(page, 'totp-phone')
  await page.goto(`${signIn.origin}/citizen/account`)
  await page.getByRole('button', { name: 'Tạo 10 mã mới' }).click()
  assert.equal(await page.getByRole('listitem').count(), 10)
  await shot(page, 'codes-phone')
  await page.getByRole('link', { name: 'Đã cất, về tài khoản' }).click()
  await page.getByText('Đổi passcode').first().click()
  await page.getByLabel('Passcode hiện tại').fill(holder.passcode)
  await page.getByLabel('Passcode mới', { exact: true }).fill('482915')
  await page.getByLabel('Gõ lại passcode mới').fill('482915')
  await page.getByRole('button', { name: 'Đổi passcode' }).click()
  await page.getByText('Đã đổi passcode').waitFor()
  await shot(page, 'passcode-changed-phone')
  await confirmsMailbox(page)
  await page.goto(`${signIn.origin}/citizen/lock`)
  await page.getByLabel('Tôi muốn khóa tài khoản của mình').check()
  await page.getByRole('button', { name: 'Khóa tài khoản' }).click()
  await page.getByRole('heading', { name: 'Tài khoản đã khóa' }).waitFor()
  await shot(page, 'locked-phone')
  await page.goto(`${signIn.origin}/citizen/`)
  await page.waitForURL(/\/account\/sign-in\?/)
  await page.context().close()
})

test('with script the device makes a passkey, and the citizen downloads their own data', async () => {
  const holder = await anActivatedAccount(house, { name: 'Triệu Mùi Sính', bornOn: '1988-04-04' })
  const page = await browserOf(holder, phone)
  await comeIn(page, holder)
  await strengthen(page, holder)
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await page.goto(`${signIn.origin}/citizen/account`)
  await page.getByLabel('Tên gọi của máy này').fill('Điện thoại ở nhà')
  await page.getByRole('button', { name: 'Thêm khóa trên máy này' }).click()
  await page.getByText('Điện thoại ở nhà').waitFor()
  const holderNow = await house.openWork(asSystem('test'), work => accounts.getHolder(work, holder))
  assert.equal(holderNow?.factors.passkeys, 1)
  await shot(page, 'passkey-phone')

  await page.goto(`${signIn.origin}/citizen/download`)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tải tệp JSON' }).click(),
  ])
  assert.equal(file.suggestedFilename(), 'dinhdanh.json')
  await page.getByRole('button', { name: 'Xem bản in' }).click()
  await page.getByRole('heading', { name: 'Dữ liệu về Triệu Mùi Sính' }).waitFor()
  await assertAccessible(page)
  await page.setViewportSize(desktop)
  await shot(page, 'print-desktop')
  await page.context().close()
})
