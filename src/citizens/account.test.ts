import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { openCitizens } from '../../test/a-citizen.ts'
import { anAuthenticator } from '../../test/a-passkey.ts'
import { type AnAccount, anActivatedAccount, aPhoneInHand, holderOf } from '../../test/an-account.ts'
import { openHouse } from '../../test/house.ts'
import type { Browser } from '../../test/signin-house.ts'
import * as accounts from '../accounts/accounts.ts'

const house = await openHouse({ withUnits: true })
const signIn = await openCitizens(house)
const phone = aPhoneInHand(house)

const strong = ['passcode', 'totp'] as const
const place = '/citizen/account'
const step = async (browser: Browser, fields: Record<string, string>) => browser.send(await browser.open(place), fields)

const formIn = (page: { readonly text: string }) => /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? ''

/** What was proved in each session of a person was proved so many minutes ago. */
const provedMinutesAgo = (personId: string, minutes: number) =>
  house.owner(
    `update signin.session
      set factors = (select jsonb_agg(f || jsonb_build_object('at', now() - make_interval(mins => $2)))
        from jsonb_array_elements(factors) f) where person_id = $1`,
    [personId, minutes],
  )

type Fields = Readonly<Record<string, string>> & { readonly step: string }
const lettingIn = (passcode: string): readonly Fields[] => [
  { step: 'totp-offer' },
  { step: 'totp-confirm', code: '123456' },
  { step: 'totp-remove' },
  { step: 'codes' },
  { step: 'passkey-add', made: '{}', challenge: 'x' },
  { step: 'passkey-remove', passkey: 'x' },
  { step: 'passcode', current: passcode, next: '482915', again: '482915' },
]
const goOn = '&return=%2Fcitizen%2Faccount%2Fgo-on'

test('sign-in factors are changed only after two factors were proved in this session', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder)
  const form = formIn(await browser.open(place))
  for (const fields of lettingIn(holder.passcode)) {
    const answer = await browser.ask(place, { method: 'POST', body: new URLSearchParams({ form, ...fields }) })
    assert.equal(answer.headers.get('location'), `/account/sign-in?strength=2&fresh=yes${goOn}`, fields.step)
  }
  const options = await browser.ask('/citizen/passkey-options', { method: 'POST', body: new URLSearchParams({ form }) })
  assert.equal(options.status, 403)
  const { factors } = await holderOf(house, holder)
  assert.deepEqual([factors.totp, factors.passkeys, factors.recoveryCodes], [false, 0, 0])
  assert.equal(
    (await accounts.checkPasscode(house.openWork, { number: holder.number }, holder.passcode, { address: '::1' }))
      .outcome,
    'right',
  )
})

test('whoever finds a session with factors of sixteen minutes ago changes none, and ends no session', async () => {
  const holder = await anActivatedAccount(house)
  await house.work(work => accounts.registerDevice(work, holder, 'd'.repeat(43), 'test'))
  const [browser, other] = [await signIn.signedIn(holder, strong), await signIn.signedIn(holder)]
  const page = await browser.open(place)
  const [form, session] = [formIn(page), /name="session" value="([^"]+)"/.exec(page.text)?.[1] ?? '']
  assert.ok(session)
  await provedMinutesAgo(holder.personId, 16)
  const send = async (fields: Fields) =>
    (await browser.ask(place, { method: 'POST', body: new URLSearchParams({ form, ...fields }) })).headers.get(
      'location',
    )
  for (const fields of lettingIn(holder.passcode))
    assert.equal(await send(fields), `/account/sign-in?strength=2&fresh=yes${goOn}`, fields.step)
  const endings: readonly Fields[] = [
    { step: 'session-end', session },
    { step: 'sessions-end' },
    { step: 'device-end' },
  ]
  for (const fields of endings) assert.equal(await send(fields), `/account/sign-in?fresh=yes${goOn}`, fields.step)
  const options = await browser.ask('/citizen/passkey-options', { method: 'POST', body: new URLSearchParams({ form }) })
  assert.equal(options.status, 403)

  const { factors } = await holderOf(house, holder)
  assert.deepEqual([factors.totp, factors.passkeys, factors.recoveryCodes], [false, 0, 0])
  assert.equal((await other.ask('/citizen/')).status, 200, 'the other session goes on')
  assert.equal(await house.work(work => accounts.isKnownDevice(work, holder, 'd'.repeat(43))), true)
  const { outcome } = await accounts.checkPasscode(house.openWork, { number: holder.number }, holder.passcode, {
    address: '::1',
  })
  assert.equal(outcome, 'right')
})

/** Proves the passcode again in a known browser, on the page that asks for it. */
const provePasscode = (browser: Browser, page: Awaited<ReturnType<Browser['open']>>, holder: AnAccount) =>
  browser.send(page, { step: 'passcode', number: holder.number, passcode: holder.passcode })
const isOfGoingOn = /<h1[^>]*>Đã xác nhận</

/** A browser that is the account's device, with two factors of sixteen minutes ago, and the app that gave one. */
async function leftOpen() {
  const holder = await anActivatedAccount(house)
  const offered = await house.work(async work => accounts.offerTotp(work, await holderOf(house, holder)))
  const totp = new TOTP({ secret: Secret.fromBase32(offered.secret) })
  const now = Date.now()
  await accounts.confirmTotp(house.openWork, holder, totp.generate({ timestamp: now - 30_000 }))
  const browser = await signIn.signedIn(holder, strong)
  await browser.open(place)
  const device = browser.cookies.get('dinhdanh-device') ?? ''
  await house.work(work => accounts.registerDevice(work, holder, device, 'test'))
  await provedMinutesAgo(holder.personId, 16)
  return { holder, browser, code: () => totp.generate() }
}

test('after its holder proved who they are, a page goes on with what was asked; nothing is typed twice', async () => {
  const { holder, browser, code } = await leftOpen()
  const asked = await step(browser, { step: 'passcode', current: holder.passcode, next: '482915', again: '482915' })
  assert.match(asked.text, /<h1[^>]*>Xác nhận lần nữa</)
  const second = await provePasscode(browser, asked, holder)
  assert.match(second.text, /Thêm một bước xác nhận/)
  const proved = await browser.send(second, { step: 'code', way: 'totp', code: code() })
  assert.match(proved.text, isOfGoingOn)
  assert.match(proved.text, /Đổi passcode/)
  assert.doesNotMatch(proved.text, /482915/)
  assert.match(
    (await browser.send({ ...proved, url: `${signIn.origin}${place}` }, { step: 'go-on' })).text,
    /Đã đổi passcode/,
  )
  assert.equal(browser.cookies.has('dinhdanh-kept-form'), false)
  const { outcome } = await accounts.checkPasscode(house.openWork, { number: holder.number }, '482915', {
    address: '::1',
  })
  assert.equal(outcome, 'right')
})

test('one factor anew ends another session, which the holder chose before; the address alone ends none', async () => {
  const { holder, browser } = await leftOpen()
  const other = await signIn.signedIn(holder)
  const page = await browser.open(place)
  const session = /name="session" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const asked = await browser.send(page, { step: 'session-end', session })
  const proved = await provePasscode(browser, asked, holder)
  assert.match(proved.text, isOfGoingOn)
  await browser.open(`${place}/go-on`)
  assert.equal((await other.ask('/citizen/')).status, 200)
  await browser.send({ ...proved, url: `${signIn.origin}${place}` }, { step: 'go-on' })
  assert.equal((await other.ask('/citizen/')).status, 303)
})

test('what waits to go on is of one account, and asks for the proof again', async () => {
  const { holder, browser, code } = await leftOpen()
  const asked = await step(browser, { step: 'codes' })
  const kept = browser.cookies.get('dinhdanh-kept-form') ?? ''
  assert.ok(kept)
  // Whoever goes straight to the address has proved nothing.
  const straight = await browser.open(`${place}/go-on`)
  const again = await browser.send({ ...straight, url: `${signIn.origin}${place}` }, { step: 'go-on' })
  assert.match(again.text, /<h1[^>]*>Xác nhận lần nữa</)
  const stranger = await signIn.signedIn(await anActivatedAccount(house), strong)
  stranger.cookies.set('dinhdanh-kept-form', kept)
  assert.match((await stranger.open(`${place}/go-on`)).url, /\/citizen\/account$/)
  assert.equal((await holderOf(house, holder)).factors.recoveryCodes, 0)
  const second = await provePasscode(browser, asked, holder)
  const proved = await browser.send(second, { step: 'code', way: 'totp', code: code() })
  assert.match((await browser.send({ ...proved, url: `${signIn.origin}${place}` }, { step: 'go-on' })).text, /<code>/)
})

test('a form that another site sends, or an old one, changes nothing', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder, strong)
  await browser.open(place)
  const body = new URLSearchParams({ form: 'x'.repeat(43), step: 'sessions-end' })
  assert.equal((await browser.ask(place, { method: 'POST', body })).status, 403)
  const foreign = new URLSearchParams({
    form: /name="form" value="([^"]+)"/.exec((await browser.open(place)).text)?.[1] ?? '',
    step: 'codes',
  })
  assert.equal(
    (await browser.ask(place, { method: 'POST', body: foreign, headers: { 'sec-fetch-site': 'cross-site' } })).status,
    403,
  )
  assert.equal((await holderOf(house, holder)).factors.recoveryCodes, 0)
})

test('an authenticator app counts once its first code was entered, and can be removed again', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder, strong)
  const offered = await step(browser, { step: 'totp-offer' })
  assert.match(offered.text, /<svg class="qr" role="img"/)
  const secret = /class="secret">([A-Z2-7 ]+)</.exec(offered.text)?.[1]?.replaceAll(' ', '') ?? assert.fail('no secret')
  const wrong = await step(browser, { step: 'totp-confirm', code: '000000' })
  assert.equal(wrong.page?.status, 400)
  assert.doesNotMatch(wrong.text, new RegExp(secret))
  assert.equal((await holderOf(house, holder)).factors.totp, false)
  await step(browser, { step: 'totp-confirm', code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() })
  assert.equal((await holderOf(house, holder)).factors.totp, true)
  await step(browser, { step: 'totp-remove' })
  assert.equal((await holderOf(house, holder)).factors.totp, false)
})

test('ten recovery codes are shown once, and each works', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder, strong)
  const shown = await step(browser, { step: 'codes' })
  const codes = [...shown.text.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code ?? '')
  assert.equal(codes.length, 10)
  assert.match((await browser.open(place)).text, /Còn 10 mã/)
  assert.doesNotMatch((await browser.open(place)).text, new RegExp(codes[0] ?? 'x'))
  assert.equal(await accounts.checkRecoveryCode(house.openWork, holder, codes[3] ?? ''), 'right')
})

test('a passcode change takes the current one and nothing else, and ends every other session', async () => {
  const holder = await anActivatedAccount(house)
  const [browser, other] = [await signIn.signedIn(holder, strong), await signIn.signedIn(holder)]
  const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ current: '111112', next: '482915', again: '482915' }, /hiện tại chưa đúng/],
    [{ next: '482915', again: '482915' }, /hiện tại chưa đúng/],
    [{ current: holder.passcode, next: '482915', again: '482916' }, /khác nhau/],
    [{ current: holder.passcode, next: '123456', again: '123456' }, /theo dãy/],
    [
      { current: holder.passcode, next: holder.number.slice(6), again: holder.number.slice(6) },
      /nằm trong số định danh/,
    ],
  ]
  for (const [fields, why] of refusals) {
    const refused = await step(browser, { step: 'passcode', ...fields })
    assert.equal(refused.page?.status, 400)
    assert.match(refused.text, why)
  }
  assert.match(
    (await step(browser, { step: 'passcode', current: holder.passcode, next: '482915', again: '482915' })).text,
    /Đã đổi passcode/,
  )
  assert.equal((await other.ask('/citizen/')).status, 303)
  assert.equal(
    (await accounts.checkPasscode(house.openWork, { number: holder.number }, '482915', { address: '::1' })).outcome,
    'right',
  )
  assert.match((await phone.textsTo(holder.phone)).at(-1) ?? '', /ma 6 so moi/)

  const codes = [...(await step(browser, { step: 'codes' })).text.matchAll(/<code>([^<]+)<\/code>/g)].map(
    ([, code]) => code ?? '',
  )
  const byCode = await step(browser, { step: 'passcode', code: codes[0] ?? '', next: '915482', again: '915482' })
  assert.equal(byCode.page?.status, 400)
  const still = await accounts.checkPasscode(house.openWork, { number: holder.number }, '482915', { address: '::1' })
  assert.equal(still.outcome, 'right')
})

test('a passkey is made on the page, named, and removed by its holder alone', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder, strong)
  const page = await browser.open(place)
  const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const asked = await browser.ask('/citizen/passkey-options', { method: 'POST', body: new URLSearchParams({ form }) })
  const { options, challenge } = (await asked.json()) as {
    options: { challenge: string; user: { id: string } }
    challenge: string
  }
  const device = anAuthenticator({ origin: signIn.origin, id: 'localhost' })
  const made = JSON.stringify(device.create(options))
  await browser.send(page, { step: 'passkey-add', made, challenge, name: 'Điện thoại của Hằng' })
  const shown = await browser.open(place)
  assert.match(shown.text, /Điện thoại của Hằng/)
  const passkey = /name="passkey" value="([^"]+)"/.exec(shown.text)?.[1] ?? assert.fail('no passkey')
  const stranger = await signIn.signedIn(await anActivatedAccount(house), strong)
  assert.equal((await step(stranger, { step: 'passkey-remove', passkey })).page?.status, 404)
  assert.equal((await holderOf(house, holder)).factors.passkeys, 1)
  assert.equal((await browser.send(page, { step: 'passkey-add', made, challenge, name: 'x' })).page?.status, 400)
  await step(browser, { step: 'passkey-remove', passkey })
  assert.equal((await holderOf(house, holder)).factors.passkeys, 0)
})

test('the device of the account is shown, and ended', async () => {
  const holder = await anActivatedAccount(house)
  await house.work(work =>
    accounts.registerDevice(work, holder, 'd'.repeat(43), 'Mozilla/5.0 (Linux; Android 9) Chrome/90.0'),
  )
  const browser = await signIn.signedIn(holder)
  assert.match((await browser.open(place)).text, /Chrome, Android/)
  assert.match((await step(browser, { step: 'device-end' })).text, /chưa gắn với thiết bị nào/)
  assert.equal(await house.work(work => accounts.isKnownDevice(work, holder, 'd'.repeat(43))), false)
  const again = await browser.send(await browser.open(place), { step: 'device-end' })
  assert.equal(again.page?.status, 404)
})

test('a holder refuses reminders to their phone and has them again; what was decided stands on the page', async () => {
  const holder = await anActivatedAccount(house)
  const [browser, other] = [await signIn.signedIn(holder), await signIn.signedIn(await anActivatedAccount(house))]
  assert.match((await browser.open(place)).text, /Đang nhận tin nhắc, tin mời/)
  const refused = await step(browser, { step: 'reminders-refuse' })
  assert.match(refused.text, /Không nhận tin nhắc, tin mời, theo lựa chọn trên trang này ngày/)
  assert.match(refused.text, /Mã xác nhận, kết quả hồ sơ, việc đổi hoặc hủy đợt đã mời vẫn được gửi/)
  assert.match((await other.open(place)).text, /Đang nhận tin nhắc, tin mời/, 'of nobody else')
  const [deed] = await house.owner<{ deed: string; by: string; facts: object }>(
    `select deed, by_id as by, facts from audit.deed where person_id = $1 and deed like 'opt-out.%'`,
    [holder.personId],
  )
  assert.deepEqual(deed, { deed: 'opt-out.noted', by: holder.personId, facts: { to: 'phone', how: 'page' } })
  assert.match((await step(browser, { step: 'reminders-want' })).text, /Đang nhận tin nhắc, tin mời/)
  assert.deepEqual(await house.owner('select from outreach.opt_out'), [])
})

test('a mailbox is confirmed by the number sent there, takes what the phone does not, and opens nothing', async () => {
  const holder = await anActivatedAccount(house)
  const weak = await signIn.signedIn(holder)
  const form = formIn(await weak.open(place))
  const asked = await weak.ask(place, {
    method: 'POST',
    body: new URLSearchParams({ form, step: 'mailbox-ask', mailbox: 'hang@example.vn' }),
  })
  assert.equal(asked.headers.get('location'), `/account/sign-in?strength=2&fresh=yes${goOn}`)

  const browser = await signIn.signedIn(holder, strong)
  const ask = (mailbox: string) => step(browser, { step: 'mailbox-ask', mailbox })
  assert.equal((await ask('hang@example.vn, mallory@example.vn')).page?.status, 400)
  assert.match((await ask('hang@example.vn')).text, /chữ số đã gửi đến hang@example\.vn/)
  await phone.textsTo('')
  const letters = phone.letters.filter(({ text }) => text.includes('hộp thư này'))
  assert.deepEqual(
    letters.map(({ to }) => to),
    ['hang@example.vn'],
  )
  const code = /(\d{6}) là số/.exec(letters[0]?.text ?? '')?.[1] ?? assert.fail('no number')
  const emailOf = async () =>
    (
      await house.owner<{ email: string | null }>('select email from accounts.account where id = $1', [
        holder.accountId,
      ])
    )[0]?.email
  // The number of a mailbox is good for that alone, and another one's is not good for this.
  assert.equal(
    (await step(browser, { step: 'mailbox-confirm', code: code === '000000' ? '111111' : '000000' })).page?.status,
    400,
  )
  assert.equal(await emailOf(), null)
  const stranger = await signIn.signedIn(await anActivatedAccount(house), strong)
  assert.equal((await stranger.send(await stranger.open(place), { step: 'mailbox-confirm', code })).page?.status, 400)
  assert.match((await step(browser, { step: 'mailbox-confirm', code })).text, /Đã xác nhận địa chỉ thư điện tử/)
  assert.equal(await emailOf(), 'hang@example.vn')
  assert.equal((await browser.send(await browser.open(place), { step: 'mailbox-confirm', code })).page?.status, 400)

  // The phone is told, and the new mailbox is not where that is looked for.
  const [told] = await house.owner<{ kind: string; ways: { kind: string }[] }>(
    `select recipient as kind, other_ways as ways from outreach.message
      where person_id = $1 and template = 'account-changed' order by id desc limit 1`,
    [holder.personId],
  )
  assert.equal(told?.kind, 'phone')
  assert.ok(told.ways.every(({ kind }) => kind === 'letter'))

  // Refusing is of the person: of the phone and of the mailbox.
  await step(browser, { step: 'reminders-refuse' })
  assert.equal((await house.owner('select from outreach.opt_out')).length, 2)
  await step(browser, { step: 'reminders-want' })
  assert.deepEqual(await house.owner('select from outreach.opt_out'), [])

  assert.match((await step(browser, { step: 'mailbox-remove' })).text, /Chưa có địa chỉ thư điện tử/)
  assert.equal(await emailOf(), null)
  const deeds = await house.owner<{ deed: string; facts: object }>(
    `select deed, facts from audit.deed where person_id = $1 and deed like 'account.mailbox%' order by at`,
    [holder.personId],
  )
  assert.deepEqual(deeds, [
    { deed: 'account.mailbox-set', facts: {} },
    { deed: 'account.mailbox-removed', facts: {} },
  ])
})

test('a mailbox that was taken off since is taken off again when a backup from before is restored', async () => {
  const { accountId, personId } = await anActivatedAccount(house)
  await house.owner(`update accounts.account set email = 'cu@example.vn' where id = $1`, [accountId])
  const again = () => house.work(work => accounts.forgetMailboxAgain(work, { of: accountId }))
  assert.deepEqual([await again(), await again()], ['again', 'already'])
  const rows = await house.owner('select email from accounts.account where person_id = $1', [personId])
  assert.deepEqual(rows, [{ email: null }])
})
