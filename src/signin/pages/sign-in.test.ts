import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { Secret, TOTP } from 'otpauth'
import { anActivatedAccount, aPhoneInHand, holderOf } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { type Browser, openSignIn, type Registered } from '../../../test/signin-house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as cards from '../../cards/cards.ts'

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const phoneInHand = aPhoneInHand(house)
const callback = (party: Registered) => new URL(party.redirectUri)

const configure = ({ clientId, key }: Registered) =>
  client.discovery(
    new URL(signIn.issuer),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt({ key, kid: 'one' }),
    {
      execute: [client.allowInsecureRequests],
    },
  )

/** Where a party sends a browser, and how it takes up what comes back. */
async function aRequest(party: Registered, more: Record<string, string> = {}) {
  const config = await configure(party)
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const parameters = {
    redirect_uri: party.redirectUri,
    scope: 'openid profile',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    ...more,
  }
  return {
    config,
    url: client.buildAuthorizationUrl(config, parameters).href,
    pushed: () => client.buildAuthorizationUrlWithPAR(config, parameters),
    take: (left: URL, expected: { maxAge?: number } = {}) =>
      client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier, expectedState: state, ...expected }),
  }
}

const consent = async (browser: Browser, asked: Awaited<ReturnType<Browser['open']>>) => {
  const back = await browser.send(asked, { step: 'consent', answer: 'yes' })
  return back.left ?? assert.fail(back.text)
}
/** The holder's own device: the one on which the account was activated. */
async function ownDevice(account: accounts.HolderRef): Promise<Browser> {
  const browser = signIn.browser()
  await browser.open('/account/sign-in')
  const token = browser.cookies.get('dinhdanh-device') ?? assert.fail('no device')
  await house.work(work => accounts.registerDevice(work, account, token, 'test'))
  return browser
}
const titleOf = (page: { text: string }) => /<h1>([^<]*)<\/h1>/.exec(page.text)?.[1]

test('a person signs in on their own device, sees who asks and returns with the true level and strength', async () => {
  const account = await anActivatedAccount(house)
  const party = await signIn.register()
  const request = await aRequest(party)
  const browser = await ownDevice(account)
  const asked = await browser.open(request.url)
  assert.equal(titleOf(asked), 'Đăng nhập')
  assert.match(asked.text, /<strong>Đăng ký dự thi 2023<\/strong> mời đăng nhập/)
  const wanted = await browser.send(asked, { step: 'passcode', number: account.number, passcode: account.passcode })
  const tokens = await request.take(await consent(browser, wanted))
  const { acr, amr, auth_strength, account_level } = tokens.claims() ?? assert.fail('no claims')
  assert.deepEqual(
    { acr, amr, auth_strength, account_level },
    { acr: 'urn:dinhdanh:acr:level1', amr: ['pin'], auth_strength: 1, account_level: 1 },
  )
})

test('a wrong passcode, an unknown number and an inactive account get the same page', async () => {
  const account = await anActivatedAccount(house)
  const browser = signIn.browser()
  const page = await browser.open('/account/sign-in')
  const answers = []
  for (const [number, passcode] of [
    [account.number, '111222'],
    ['022205987654', '111222'],
    ['abc', '1'],
  ] as const) {
    const answer = await browser.send(page, { step: 'passcode', number, passcode })
    assert.equal(answer.page?.status, 400)
    answers.push(answer.text.replaceAll(number, '').replace(/ autofocus/g, ''))
  }
  assert.equal(new Set(answers).size, 1)
})

test('an unknown device needs a second factor: one message, for the browser that did the first step', async () => {
  const account = await anActivatedAccount(house)
  const browser = signIn.browser()
  const page = await browser.open('/account/sign-in?return=/citizen/x')
  const second = await browser.send(page, { step: 'passcode', number: account.number, passcode: account.passcode })
  assert.equal(titleOf(second), 'Thêm một bước xác nhận')
  assert.ok(!browser.cookies.has('dinhdanh-citizen'), 'nobody is signed in yet')
  const code = await phoneInHand.codeTo(account.phone)
  const wrong = await browser.send(second, {
    step: 'code',
    way: 'sms',
    code: String((Number(code) + 1) % 1_000_000).padStart(6, '0'),
  })
  assert.match(wrong.text, /Mã chưa đúng/)
  const pending = new Map(browser.cookies)
  const done = await browser.ask('/account/sign-in?return=/citizen/x', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      form: /name="form" value="([^"]+)"/.exec(second.text)?.[1] ?? '',
      step: 'code',
      way: 'sms',
      code,
    }),
  })
  assert.equal(done.status, 303)
  assert.ok(browser.cookies.has('dinhdanh-citizen'))
  const thief = signIn.browser()
  for (const [name, value] of pending) thief.cookies.set(name, value)
  const again = await thief.send(second, { step: 'code', way: 'sms', code })
  assert.equal(titleOf(again), 'Đăng nhập', 'the first step was used up')
})

test('a level 2 service refuses a level 1 holder with the reason, and the party gets the standard error', async () => {
  const account = await anActivatedAccount(house)
  const party = await signIn.register()
  const essential = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:dinhdanh:acr:level2' } } })
  const request = await aRequest(party, { claims: essential })
  const browser = await ownDevice(account)
  const asked = await browser.open(request.url)
  assert.match(asked.text, /Cần tài khoản mức độ 02/)
  const told = await browser.send(asked, { step: 'passcode', number: account.number, passcode: account.passcode })
  assert.equal(titleOf(told), 'Tài khoản của bạn đang ở mức độ 01')
  const back = await browser.send(told, { step: 'leave' })
  assert.equal(back.left?.searchParams.get('error'), 'unmet_authentication_requirements')
  const [flight] = await house.owner<{ check_failed: string }>(
    'select "check" as check_failed from parties.flight where request_id = $1',
    [back.left?.searchParams.get('request_id')],
  )
  assert.equal(flight?.check_failed, 'acr-unmet', 'the party finds it by what came back')
  assert.equal(back.left?.origin + (back.left?.pathname ?? ''), callback(party).origin + callback(party).pathname)

  // Raised at a counter, in the same browser.
  const officer = await anOfficerOf(house, commune.haKhanh)
  await house.as(officer, async work => {
    await cards.applyForCard(work, account.personId as never, { unitId: officer.unitId })
    await accounts.raise(work, account.accountId)
  })
  await house.work(work => accounts.approve(work, account.accountId))
  const early = await browser.open((await aRequest(party, { claims: essential })).url)
  const notYet = await browser.send(early, { step: 'passcode', number: account.number, passcode: account.passcode })
  assert.match(notYet.text, /đang chờ kích hoạt/)
  await house.work(work => accounts.activate(work, account.accountId))
  const next = await aRequest(party, { claims: essential })
  const page = await browser.open(next.url)
  const wanted =
    titleOf(page) === 'Đăng nhập'
      ? await browser.send(page, { step: 'passcode', number: account.number, passcode: account.passcode })
      : page
  const tokens = await next.take(await consent(browser, wanted))
  assert.equal(tokens.claims()?.['acr'], 'urn:dinhdanh:acr:level2')
})

test('a stronger sign-in is one more step, without repeating what was proved', async () => {
  const account = await anActivatedAccount(house)
  const holder = await holderOf(house, account)
  const offered = await house.work(work => accounts.offerTotp(work, holder))
  const totp = new TOTP({ secret: Secret.fromBase32(offered.secret) })
  await accounts.confirmTotp(house.openWork, holder, totp.generate({ timestamp: Date.now() - 30_000 }))
  const party = await signIn.register()
  const browser = await ownDevice(account)
  const page = await browser.open('/account/sign-in?return=/health/live')
  await browser.send(page, { step: 'passcode', number: account.number, passcode: account.passcode })
  const request = await aRequest(party, {
    claims: JSON.stringify({ id_token: { auth_strength: { essential: true, value: '2' } } }),
  })
  const second = await browser.open(request.url)
  assert.equal(titleOf(second), 'Thêm một bước xác nhận')
  const wanted = await browser.send(second, { step: 'code', way: 'totp', code: totp.generate() })
  const tokens = await request.take(await consent(browser, wanted))
  assert.equal(tokens.claims()?.['auth_strength'], 2)
  assert.deepEqual(tokens.claims()?.['amr'], ['pin', 'otp', 'mfa'])
})

test('a parent signs in for a child, the claims say so, and it ends when the child is of age', async () => {
  const childRow = aPerson({ bornOn: '2010-06-01', name: 'Nguyễn Thị Thùy Dương' })
  const account = await anActivatedAccount(house, { bornOn: '1980-02-02', name: 'Nguyễn Văn Bình' })
  const childId = await enter(house, { ...childRow, father_number: account.number, father_name: 'Nguyễn Văn Bình' })
  const party = await signIn.register()
  const request = await aRequest(party)
  const browser = await ownDevice(account)
  const asked = await browser.open(request.url)
  const choose = await browser.send(asked, {
    step: 'passcode',
    number: account.number,
    passcode: account.passcode,
    'for-child': 'yes',
  })
  assert.match(choose.text, /Nguyễn Thị Thùy Dương/)
  const wanted = await browser.send(choose, { step: 'child', child: childId })
  assert.match(wanted.text, /thay cho con: <strong>Nguyễn Thị Thùy Dương/)
  const tokens = await request.take(await consent(browser, wanted))
  const claims = tokens.claims() ?? assert.fail('no claims')
  const info = await client.fetchUserInfo(request.config, tokens.access_token, claims.sub)
  assert.equal(info['name'], 'Nguyễn Thị Thùy Dương')
  assert.ok((info['act'] as { sub: string }).sub !== claims.sub)

  await house.owner(`update register.person set birth_y = 2009, birth_m = 4, birth_d = 20 where person_id = $1`, [
    childId,
  ])
  await assert.rejects(
    client.fetchUserInfo(request.config, tokens.access_token, claims.sub),
    'on the fourteenth birthday it is over',
  )
})

test('nobody may act for another person’s child', async () => {
  const childId = await enter(house, aPerson({ bornOn: '2012-06-01' }))
  const account = await anActivatedAccount(house, { bornOn: '1980-02-03' })
  const browser = await ownDevice(account)
  const page = await browser.open('/account/sign-in?return=/health/live')
  const choose = await browser.send(page, {
    step: 'passcode',
    number: account.number,
    passcode: account.passcode,
    'for-child': 'yes',
  })
  await browser.send(choose, { step: 'child', child: childId })
  const rows = await house.owner<{ child_id: string | null }>(
    'select child_id from signin.session where person_id = $1',
    [account.personId],
  )
  assert.deepEqual(rows, [{ child_id: null }])
})

test('a locked account signs nobody in, and its tokens end with the lock', async () => {
  const account = await anActivatedAccount(house)
  const party = await signIn.register()
  const request = await aRequest(party)
  const browser = await ownDevice(account)
  const asked = await browser.open(request.url)
  const wanted = await browser.send(asked, { step: 'passcode', number: account.number, passcode: account.passcode })
  const tokens = await request.take(await consent(browser, wanted))
  const officer = await anOfficerOf(house, commune.haKhanh)
  await house.as(officer, work => accounts.lock(work, account.accountId, { reason: 'lost-device' }))
  await assert.rejects(client.fetchUserInfo(request.config, tokens.access_token, tokens.claims()?.sub ?? ''))
  await assert.rejects(client.refreshTokenGrant(request.config, tokens.refresh_token ?? ''))
  const page = await browser.open('/account/sign-in')
  assert.equal(titleOf(page), 'Đăng nhập')
  assert.match(
    (await browser.send(page, { step: 'passcode', number: account.number, passcode: account.passcode })).text,
    /đang bị khóa/,
  )
})

test('a person who refuses or leaves returns to the party without any grant', async () => {
  const account = await anActivatedAccount(house)
  const party = await signIn.register()
  const request = await aRequest(party)
  const browser = await ownDevice(account)
  const asked = await browser.open(request.url)
  const wanted = await browser.send(asked, { step: 'passcode', number: account.number, passcode: account.passcode })
  const back = await browser.send(wanted, { step: 'consent', answer: 'no' })
  assert.equal(back.left?.searchParams.get('error'), 'access_denied')
  assert.deepEqual(await house.owner('select 1 from signin.consent where person_id = $1', [account.personId]), [])
})

test('a form from another site or a page from another browser does nothing', async () => {
  const account = await anActivatedAccount(house)
  const party = await signIn.register()
  const request = await aRequest(party)
  const browser = await ownDevice(account)
  const asked = await browser.open(request.url)
  const foreign = await browser.ask(new URL(asked.url).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ form: /name="form" value="([^"]+)"/.exec(asked.text)?.[1] ?? '', step: 'leave' }),
  })
  assert.equal(foreign.status, 403)
  const other = signIn.browser()
  await other.open('/account/sign-in')
  const elsewhere = await other.open(new URL(asked.url).pathname)
  assert.equal(titleOf(elsewhere), 'Lượt đăng nhập này đã hết hạn hoặc đã xong')
})

test('the return path stays within this installation, whatever the address says', async () => {
  const account = await anActivatedAccount(house)
  const browser = await ownDevice(account)
  for (const bad of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    const page = await browser.open(`/account/sign-in?return=${encodeURIComponent(bad)}`)
    if (page.left || !page.text.includes('name="form"')) continue
    const went = await browser.ask(`/account/sign-in?return=${encodeURIComponent(bad)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        form: /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? '',
        step: 'passcode',
        number: account.number,
        passcode: account.passcode,
      }),
    })
    const target = new URL(went.headers.get('location') ?? '/', signIn.origin)
    assert.equal(target.origin, signIn.origin)
  }
})

test('a second sign-in in one browser ends the first person’s session and its token', async () => {
  const [first, second] = [await anActivatedAccount(house), await anActivatedAccount(house)]
  const browser = await ownDevice(first)
  const page = await browser.open('/account/sign-in?return=/health/live')
  await browser.send(page, { step: 'passcode', number: first.number, passcode: first.passcode })
  const token = browser.cookies.get('dinhdanh-citizen') ?? ''
  await house.work(work => accounts.registerDevice(work, second, browser.cookies.get('dinhdanh-device') ?? '', 'test'))
  const party = await signIn.register()
  const request = await aRequest(party, { prompt: 'login' })
  const asked = await browser.open(request.url)
  await browser.send(asked, { step: 'passcode', number: second.number, passcode: second.passcode })
  assert.notEqual(browser.cookies.get('dinhdanh-citizen'), token)
  const ended = await house.owner<{ ended_why: string }>('select ended_why from signin.session where person_id = $1', [
    first.personId,
  ])
  assert.deepEqual(ended, [{ ended_why: 'another-person' }])
})
