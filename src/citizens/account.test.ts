import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { openCitizens } from '../../test/a-citizen.ts'
import { anAuthenticator } from '../../test/a-passkey.ts'
import { anActivatedAccount, aPhoneInHand, holderOf } from '../../test/an-account.ts'
import { openHouse } from '../../test/house.ts'
import type { Browser } from '../../test/signin-house.ts'
import * as accounts from '../accounts/accounts.ts'

const house = await openHouse({ withUnits: true })
const signIn = await openCitizens(house)
const phone = aPhoneInHand(house)

const strong = ['passcode', 'totp'] as const
const place = '/citizen/account'
const step = async (browser: Browser, fields: Record<string, string>) => browser.send(await browser.open(place), fields)

test('sign-in factors are changed only after two factors were proved in this session', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder)
  const form = /name="form" value="([^"]+)"/.exec((await browser.open(place)).text)?.[1] ?? ''
  const sensitive: readonly (Record<string, string> & { readonly step: string })[] = [
    { step: 'totp-offer' },
    { step: 'totp-confirm', code: '123456' },
    { step: 'totp-remove' },
    { step: 'codes' },
    { step: 'passkey-add', made: '{}', challenge: 'x' },
    { step: 'passkey-remove', passkey: 'x' },
    { step: 'passcode', current: holder.passcode, next: '482915', again: '482915' },
  ]
  for (const fields of sensitive) {
    const answer = await browser.ask(place, { method: 'POST', body: new URLSearchParams({ form, ...fields }) })
    assert.equal(answer.headers.get('location'), '/account/sign-in?strength=2&return=%2Fcitizen%2Faccount', fields.step)
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

test('a passcode change takes the current one or a second factor, and ends every other session', async () => {
  const holder = await anActivatedAccount(house)
  const [browser, other] = [await signIn.signedIn(holder, strong), await signIn.signedIn(holder)]
  const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ current: '111112', next: '482915', again: '482915' }, /hiện tại, hoặc mã xác nhận, chưa đúng/],
    [{ next: '482915', again: '482915' }, /hiện tại, hoặc mã xác nhận, chưa đúng/],
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
    /Đã đổi mật mã/,
  )
  assert.equal((await other.ask('/citizen/')).status, 303)
  assert.equal(
    (await accounts.checkPasscode(house.openWork, { number: holder.number }, '482915', { address: '::1' })).outcome,
    'right',
  )
  assert.match((await phone.textsTo(holder.phone)).at(-1) ?? '', /mat ma moi/)

  const codes = [...(await step(browser, { step: 'codes' })).text.matchAll(/<code>([^<]+)<\/code>/g)].map(
    ([, code]) => code ?? '',
  )
  assert.match(
    (await step(browser, { step: 'passcode', code: codes[0] ?? '', next: '915482', again: '915482' })).text,
    /Đã đổi mật mã/,
  )
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
