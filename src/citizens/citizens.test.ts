import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { anAppointedOfficer, deedsOf, lookedAt, openCitizens } from '../../test/a-citizen.ts'
import { anActivatedAccount } from '../../test/an-account.ts'
import { commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import type { Browser, Registered } from '../../test/signin-house.ts'
import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import { consequences } from '../consequences.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import type { Id } from '../platform/ids.ts'
import * as register from '../register/register.ts'

const house = await openHouse({ withUnits: true })
const signIn = await openCitizens(house)

const text = async (browser: Browser, place: string) => {
  const page = await browser.open(place)
  assert.equal(page.page?.status, 200, `${place}: ${page.text.slice(0, 200)}`)
  return page.text
}
/** What stands on a page, without its markup. */
const read = (page: string) =>
  page
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.])/g, '')

test('a visitor who is not signed in is sent to sign in, and from there back to the page', async () => {
  for (const place of ['/citizen/', '/citizen/looks?own=yes', '/citizen/account']) {
    const answer = await signIn.browser().ask(place)
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), `/account/sign-in?return=${encodeURIComponent(place)}`)
  }
})

test('the first page shows the state of card and account, and addresses a pupil as a pupil', async () => {
  const pupil = await anActivatedAccount(house, { name: 'Nguyễn Thị Minh Hằng', bornOn: '2006-03-15' })
  const page = read(await text(await signIn.signedIn(pupil), '/citizen/'))
  assert.match(page, /Nguyễn Thị Minh Hằng/)
  assert.match(page, /Em chưa có thẻ/)
  assert.match(page, /Mức độ 01, đang dùng/)
  assert.match(page, /Làm thẻ/)
  const grown = await anActivatedAccount(house, { bornOn: '1980-03-15' })
  assert.match(read(await text(await signIn.signedIn(grown), '/citizen/')), /Ông\/bà chưa có thẻ/)
})

test('an application is shown with its state, who must act and its steps, as on the receipt page', async () => {
  const holder = await anActivatedAccount(house, { bornOn: '2005-03-15' })
  const ward = await anAppointedOfficer(house, { name: 'Ngô Văn Lực', role: 'ward-officer', code: commune.haKhanh })
  await house.as({ ...ward, purpose: 'application' }, work =>
    enrolment.enterExternalCapture(work, holder.personId, { unitId: ward.unitId, walkIn: true }),
  )
  const browser = await signIn.signedIn(holder)
  const page = read(await text(browser, '/citizen/card'))
  assert.match(page, /Hồ sơ ngày 20\/04\/2023 Tình trạng Chờ trung tâm duyệt Đang chờ Bộ phận duyệt hồ sơ/)
  assert.match(page, /Nơi thu nhận Phường Hà Khánh/)
  assert.match(page, /đã nhận hồ sơ 20\/04\/2023/)
  assert.match(read(await text(browser, '/citizen/')), /Chờ trung tâm duyệt Đang chờ: Bộ phận duyệt hồ sơ/)
})

test('every text has an English version, and no key shows in its place', async () => {
  const holder = await anActivatedAccount(house, { name: 'An' })
  await house.as({ by: { kind: 'system', id: 'house' }, scope: 'house', purpose: 'brand-new' }, work =>
    audit.noteReading(work, [holder.personId], ['identity', 'ring-size']),
  )
  const browser = await signIn.signedIn(holder, ['passcode', 'totp'])
  browser.cookies.set('language', 'en')
  for (const place of [
    '',
    'looks',
    'card',
    'record',
    'account',
    'consents',
    'visits',
    'children',
    'download',
    'lock',
  ]) {
    const page = read(await text(browser, `/citizen/${place}`))
    assert.doesNotMatch(
      page,
      new RegExp(
        String.raw`\b(go|card|do|state|account|passkey|totp|codes|session|device|record|kin|scope|lock` +
          String.raw`|download|by|role|case)-[a-z]+(-[a-z]+)*\b(?! codes| number)|\{\w+\}`,
      ),
      place,
    )
    assert.doesNotMatch(page, /ông\/bà|Trang của|Thẻ|Quên passcode/, place)
  }
  assert.match(
    read(await text(browser, '/citizen/looks')),
    /Purpose brand-new Saw: name, birth, sex, number, something else \(ring-size\)/,
  )
})

test('the access log shows role and unit or party, purpose, fields and case, but no officer’s name', async () => {
  const holder = await anActivatedAccount(house, { name: 'Trần Văn Bình' })
  const ward = await anAppointedOfficer(house, { name: 'Đỗ Minh Hạnh', role: 'ward-officer', code: commune.haKhanh })
  const education = await anAppointedOfficer(house, { name: 'Lưu Thị Kim Oanh', role: 'education-officer', code: '22' })
  const standing = { scope: ward.scope, by: ward.by, unitId: ward.unitId, purpose: 'register' }
  await house.as(standing, work => register.getPerson(work, holder.personId))
  await house.as({ ...standing, purpose: 'correction' }, work =>
    audit.noteReading(work, [holder.personId], ['correction'], {
      kind: 'correction',
      id: '0190b2b5-0000-7000-8000-0000c0ffee42',
    }),
  )
  await house.as({ by: education.by, unitId: education.unitId, scope: 'none', purpose: 'roll' }, work =>
    audit.noteReading(work, [holder.personId], ['identity', 'school']),
  )
  const party = await partyOf((await signIn.register()).clientId)
  await house.as({ by: { kind: 'party', id: party }, scope: 'none', purpose: 'sign-in' }, work =>
    audit.noteReading(work, [holder.personId], ['name', 'birthdate', 'person_number']),
  )

  const browser = await signIn.signedIn(holder)
  const page = read(await text(browser, '/citizen/looks'))
  assert.match(page, /30 ngày qua có 4 lượt xem/)
  assert.match(
    page,
    new RegExp(
      'Cán bộ công an cấp xã, Phường Hà Khánh Tra cứu dữ liệu dân cư Xem: họ tên, ngày ' +
        'sinh, giới tính, số, số định danh, nơi ở',
    ),
  )
  assert.match(page, /Chỉnh sửa dữ liệu dân cư · hồ sơ chỉnh sửa C0FF-EE42/)
  assert.match(
    page,
    new RegExp(
      'Cán bộ giáo dục, Tỉnh Quảng Ninh Đối chiếu danh sách của trường Xem: họ tên, ngày ' +
        'sinh, giới tính, số, trường, lớp',
    ),
  )
  assert.match(page, /Đăng ký dự thi 2023 Em đăng nhập và đồng ý cho xem Xem: họ tên, ngày sinh, số định danh/)
  assert.doesNotMatch(page, /Đỗ Minh Hạnh|Lưu Thị Kim Oanh/)
})

const partyOf = async (clientId: string) =>
  (
    await house.owner<{ party_id: Id<'party'> }>('select party_id from parties.client where client_id = $1', [clientId])
  )[0]?.party_id ?? ''

test('wrong checks about a person are shown to them alone, and a message says when checking was stopped', async () => {
  const [holder, other] = [await anActivatedAccount(house), await anActivatedAccount(house)]
  const { clientId } = await signIn.register()
  const wrong = (day: string, wrongs: number, stopped: string | null) =>
    house.owner(
      `insert into verification.wrong (person_id, client_id, on_day, wrongs, refused, free_at, stopped_at)
        values ($1, $2, $3, $4, 7, now(), $5)`,
      [holder.personId, clientId, day, wrongs, stopped],
    )
  await wrong('2023-04-18', 2, null)
  await wrong('2023-04-20', 10, '2023-04-20T09:00:00Z')
  audit.setConsequences(consequences)
  for (const _twice of [1, 2])
    await house.as(
      { by: { kind: 'party', id: await partyOf(clientId) }, scope: 'house', purpose: 'verification' },
      async work =>
        audit.record(
          work,
          'verification.stopped',
          { kind: 'client', id: clientId, personId: holder.personId },
          { wrongs: 10 },
        ),
    )
  const told = await house.owner<{ body: string }>(
    `select body from outreach.message where template = 'guesses-stopped' and about_id = $1`,
    [holder.accountId],
  )
  audit.setConsequences({})
  assert.equal(told.length, 1)
  assert.match(told[0]?.body ?? '', /Dang ky du thi 2023 nhieu lan noi sai ve ong\/ba/)
  const pageOf = async (who: typeof holder) => read(await text(await signIn.signedIn(who), '/citizen/looks'))
  assert.match(
    await pageOf(holder),
    new RegExp(
      String.raw`Có nơi nói sai về em Đăng ký dự thi 2023 : 12 lần nói không đúng, từ .*18\/04\/2023 ` +
        String.raw`đến .*20\/04\/2023. 14 lần không được trả lời. Đã bị chặn.`,
    ),
  )
  assert.doesNotMatch(await pageOf(other), /nói sai về em/)
})

test('the person’s own accesses are folded away with their count, and shown on request', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder)
  await text(browser, '/citizen/')
  await text(browser, '/citizen/record')
  const page = read(await text(browser, '/citizen/looks'))
  assert.match(page, /Chưa ai xem/)
  assert.match(page, /2 lượt em tự xem được gấp lại/)
  assert.match(read(await text(browser, '/citizen/looks?own=yes')), /Chính em Xem trang của mình/)
})

test('two thousand accesses are paged, each once, without those older than five years', async () => {
  const holder = await anActivatedAccount(house)
  const { by, unitId } = await anAppointedOfficer(house, {
    name: 'Phạm Văn Lâu',
    role: 'district-officer',
    code: '193',
  })
  const look = { by, unitId, purpose: 'campaign', fields: 'identity,card,account' }
  await lookedAt(
    house,
    holder.personId,
    Array.from({ length: 2000 }, () => look),
  )
  await lookedAt(house, holder.personId, [{ ...look, daysAgo: 5 * 366 }])
  const browser = await signIn.signedIn(holder)
  let [place, seen] = ['/citizen/looks' as string | undefined, [] as string[]]
  while (place) {
    const page = await text(browser, place)
    assert.ok(Buffer.byteLength(page) < 30_000, `${Buffer.byteLength(page)} bytes`)
    seen = [...seen, ...[...page.matchAll(/datetime="([^"]+)"/g)].map(([, at]) => at ?? '')]
    place = /rel="next" href="([^"]+)"/.exec(page)?.[1]
  }
  assert.equal(seen.length, 2000)
  assert.equal(new Set(seen).size, 2000)
  assert.deepEqual(seen, [...seen].sort().reverse())
})

async function signedInAt(party: Registered, browser: Browser) {
  const config = await client.discovery(
    new URL(signIn.issuer),
    party.clientId,
    { id_token_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt({ key: party.key, kid: 'one' }),
    { execute: [client.allowInsecureRequests] },
  )
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: party.redirectUri,
    scope: 'openid profile number offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  })
  const back = await browser.send(await browser.open(url.href), { step: 'consent', answer: 'yes' })
  assert.ok(back.left, back.text)
  const tokens = await client.authorizationCodeGrant(config, back.left, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  })
  return { config, tokens, sub: tokens.claims()?.sub ?? '' }
}

test('a consent is shown with what it was given for, also once the client wants it for something else', async () => {
  const browser = await signIn.signedIn(await anActivatedAccount(house))
  const party = await signIn.register()
  await signedInAt(party, browser)
  const before = read((await browser.open('/citizen/consents')).text)
  assert.equal(before.match(/để ghi vào hồ sơ thi/g)?.length, 2, 'of each scope that was asked for and given')
  await house.owner(
    `update parties.version set settings = jsonb_set(settings, '{purposes,0,vi}', '"để gửi quảng cáo"')
      where client_id = $1`,
    [party.clientId],
  )
  assert.equal(read((await browser.open('/citizen/consents')).text), before)
})

test('a consent is withdrawn on the page, and what was given under it ends at once', async () => {
  const holder = await anActivatedAccount(house)
  const browser = await signIn.signedIn(holder)
  const party = await signIn.register()
  const { config, tokens, sub } = await signedInAt(party, browser)
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub))['person_number'], holder.number)

  assert.match(
    read(await text(browser, '/citizen/looks')),
    new RegExp(
      String.raw`Đăng ký dự thi 2023 Ông\/bà đăng nhập và đồng ý cho xem Xem:|Đăng ký dự thi 2023 Em ` +
        'đăng nhập và đồng ý cho xem Xem:',
    ),
  )
  const page = await browser.open('/citizen/consents')
  assert.match(read(page.text), /Đăng ký dự thi 2023 .*số định danh/)
  const consent = /name="consent" value="([^"]+)"/.exec(page.text)?.[1] ?? assert.fail('no consent')
  const stranger = await signIn.signedIn(await anActivatedAccount(house))
  const refused = await stranger.send(await stranger.open('/citizen/account'), { step: 'withdraw', consent })
  assert.notEqual(refused.page?.status, 303)
  const daring = await stranger.send(
    { text: (await stranger.open('/citizen/')).text, url: `${signIn.origin}/citizen/consents` },
    { step: 'withdraw', consent },
  )
  assert.equal(daring.page?.status, 404)
  await client.fetchUserInfo(config, tokens.access_token, sub)

  const done = await browser.send(page, { step: 'withdraw', consent })
  assert.match(read(done.text), /Đã rút lại/)
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub))
  if (tokens.refresh_token) await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token))
  const visits = read(await text(browser, '/citizen/visits'))
  assert.match(visits, /Đăng ký dự thi 2023 .*mức độ 01, cách xác nhận bậc 1/)
})

test('other sessions are ended one by one or all at once, this one stays, and nobody’s else is touched', async () => {
  const holder = await anActivatedAccount(house)
  const [here, there, third] = [
    await signIn.signedIn(holder),
    await signIn.signedIn(holder),
    await signIn.signedIn(holder),
  ]
  const stranger = await signIn.signedIn(await anActivatedAccount(house))
  const page = await here.open('/citizen/account')
  const ids = [...page.text.matchAll(/name="session" value="([^"]+)"/g)].map(([, id]) => id ?? '')
  assert.equal(ids.length, 2)
  const daring = await stranger.send(await stranger.open('/citizen/account'), {
    step: 'session-end',
    session: ids[0] ?? '',
  })
  assert.equal(daring.page?.status, 404)
  await here.send(page, { step: 'session-end', session: ids[0] ?? '' })
  const alive = async (browser: Browser) => (await browser.ask('/citizen/')).status === 200
  assert.equal([await alive(there), await alive(third)].filter(Boolean).length, 1)
  await here.send(page, { step: 'sessions-end' })
  assert.deepEqual([await alive(here), await alive(there), await alive(third)], [true, false, false])
  assert.ok(await alive(stranger))
})

test('a lost phone: the holder locks the account, and nothing of it opens anything any more', async () => {
  audit.setConsequences(consequences)
  try {
    const holder = await anActivatedAccount(house)
    const [browser, other] = [await signIn.signedIn(holder), await signIn.signedIn(holder)]
    const { config, tokens, sub } = await signedInAt(await signIn.register(), other)
    const page = await browser.open('/citizen/lock')
    const unsure = await browser.send(page, { step: 'lock' })
    assert.equal(unsure.page?.status, 400)
    assert.equal((await other.ask('/citizen/')).status, 200)
    const locked = await browser.send(page, { step: 'lock', sure: 'yes' })
    assert.match(read(locked.text), /Tài khoản đã khóa/)
    assert.equal((await browser.ask('/citizen/')).status, 303)
    await house.work(work => accounts.unlock(work, holder.accountId))
    assert.equal((await other.ask('/citizen/')).status, 303, 'what was ended stays ended when the account is unlocked')
    await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub))
    const deeds = await deedsOf(house, holder.personId)
    assert.deepEqual(
      deeds.filter(({ deed }) => deed === 'account.locked').map(({ by_kind, by_id }) => [by_kind, by_id]),
      [['citizen', holder.personId]],
    )
  } finally {
    audit.setConsequences({})
  }
})
