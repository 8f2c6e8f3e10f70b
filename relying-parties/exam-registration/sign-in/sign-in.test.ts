import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createLocalJWKSet, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { aHolder, aSite, at, national, register } from '../a-site.fixture.ts'

const house = await aSite({
  holders: [...Array.from({ length: 12 }, (_, n) => aHolder(n + 1)), aHolder(20, { level: 1 })],
  now: at('10:00:00', '2023-05-08'),
})
after(house.close)
const door = `/exams/${national}/enter`

/** What the issuer was asked, by the name of its event. */
const pushed: Record<string, unknown>[] = []
house.issuer.provider.on('pushed_authorization_request.success', context =>
  pushed.push({ ...context.oidc.params, ...context.oidc.body }),
)

test('sign-in uses PAR, PKCE, a signed client and DPoP, and level 2 as essential where required', async () => {
  const location = new URL((await house.visitor().follow(door)).location ?? '')
  assert.deepEqual([...location.searchParams.keys()].toSorted(), ['client_id', 'request_uri'])
  const asked = pushed.at(-1) ?? {}
  assert.equal(asked['code_challenge_method'], 'S256')
  assert.ok(asked['dpop_jkt'])
  assert.equal(asked['ui_locales'], 'vi')
  assert.deepEqual(JSON.parse(String(asked['claims'])), {
    id_token: { acr: { essential: true, values: ['urn:dinhdanh:acr:level2'] } },
  })

  const { keys } = JSON.parse((await house.visitor().ask('/jwks.json')).text) as { keys: Record<string, string>[] }
  assert.deepEqual(Object.keys(keys[0]!).toSorted(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'], 'no private part')
  const assertion = await jwtVerify(String(asked['client_assertion']), createLocalJWKSet({ keys: keys as never }))
  assert.equal(assertion.payload.iss, 'exam-registration')
})

test('a user who stops at the provider sees both correlation codes, and nothing is kept', async () => {
  const page = await house.signIn(house.visitor(), 'cancel')
  assert.equal(page.status, 403)
  assert.match(page.text, /Em đã không cho phép, hoặc đã dừng đăng nhập/)
  assert.match(page.text, /access_denied/)
  assert.match(page.text, /req-\w+/)
  assert.equal(house.db.find<{ n: number }>('select count(*) as n from candidate')?.n, 0)
})

test('a level-1 holder learns which level is needed and where to get it, and then enters', async () => {
  const pupil = house.visitor()
  const refused = await house.signIn(pupil, 'pupil-20')
  assert.equal(refused.status, 403)
  assert.match(refused.text, /Kỳ thi này cần tài khoản mức độ 2/)
  assert.match(refused.text, /unmet_authentication_requirements/)
  house.issuer.holders.set('pupil-20', aHolder(20, { level: 2 }))
  assert.match((await house.signIn(pupil, 'pupil-20')).text, /Kiểm tra thông tin của em/)
})

test('the site rejects a provider that silently lowers the level', async () => {
  const pupil = house.visitor()
  const { location } = await pupil.follow(door)
  house.issuer.holders.set('liar', { ...aHolder(21), id: 'liar', level: 2 })
  const read = house.issuer.provider.Claims.prototype.result
  house.issuer.provider.Claims.prototype.result = async function (this: unknown) {
    const claims = (await read.call(this)) as Record<string, unknown>
    return claims['acr'] ? { ...claims, acr: 'urn:dinhdanh:acr:level1' } : claims
  }
  try {
    const back = new URL(await house.issuer.signIn(location ?? '', 'liar'))
    const page = await pupil.follow(back.pathname + back.search)
    assert.match(page.text, /Tài khoản của em chưa đủ mức/)
  } finally {
    house.issuer.provider.Claims.prototype.result = read
  }
})

/** Signs in at a provider that says something else than its own in the ID token. */
async function signInWith(spoil: (token: string) => string | Promise<string>) {
  const pupil = house.visitor()
  const { location } = await pupil.follow(door)
  const back = new URL(await house.issuer.signIn(location ?? '', 'pupil-10'))
  const issue = house.issuer.provider.IdToken.prototype.issue
  house.issuer.provider.IdToken.prototype.issue = async function (this: unknown, ...given: unknown[]) {
    return spoil((await (issue as (...all: unknown[]) => Promise<string>).apply(this, given)) as string)
  } as typeof issue
  try {
    return { pupil, page: await pupil.follow(back.pathname + back.search) }
  } finally {
    house.issuer.provider.IdToken.prototype.issue = issue
  }
}

/** The claims of a token, signed anew. */
const signedAnew = async (token: string, change: JWTPayload, key = house.issuer.key) =>
  new SignJWT({
    ...(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload),
    ...change,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'test' })
    .sign(key)

test('an ID token by another key, for another client, of another time or sign-in is refused', async () => {
  const twin = await signInWith(token => signedAnew(token, {}))
  assert.match(twin.page.text, /Kiểm tra thông tin của em/)
  const { privateKey } = await generateKeyPair('ES256')
  const past = Math.floor(Date.now() / 1_000) - 600
  for (const [what, spoil] of [
    ['another key', token => signedAnew(token, {}, privateKey)],
    ['another signature', token => `${token.slice(0, -12)}${'A'.repeat(12)}`],
    ['no signature', token => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`],
    ['another audience', token => signedAnew(token, { aud: 'portal' })],
    ['another issuer', token => signedAnew(token, { iss: 'http://localhost:1' })],
    ['another nonce', token => signedAnew(token, { nonce: 'of-another-sign-in' })],
    ['over', token => signedAnew(token, { iat: past, exp: past + 60 })],
  ] as readonly (readonly [string, (token: string) => string | Promise<string>])[]) {
    const { pupil, page } = await signInWith(spoil)
    assert.ok(page.status >= 400, what)
    assert.equal((await pupil.ask(`/exams/${national}/form`)).location, door, what)
  }
})

test('no token of the provider reaches the browser, but the ID token that signs out', async () => {
  const visitor = house.visitor()
  const pages = [(await house.signIn(visitor, 'pupil-11')).text]
  for (const place of ['/', `/exams/${national}`, `/exams/${national}/form`])
    pages.push((await visitor.ask(place)).text)
  const kept = JSON.stringify([...visitor.cookies]) + pages.join('')
  assert.doesNotMatch(kept, /eyJ[\w-]{10,}\./)
  const { id_token: idToken } = house.db.find<{ id_token: string }>('select id_token from session limit 1') ?? {}
  assert.match(idToken ?? '', /^eyJ/, 'the site has it')
  assert.ok(!kept.includes(idToken ?? ''))
})

test('an answer for another browser, repeated, or with changed state, code or issuer is refused', async () => {
  const start = async () => {
    const visitor = house.visitor()
    const { location } = await visitor.follow(door)
    return { visitor, back: new URL(await house.issuer.signIn(location ?? '', 'pupil-1')) }
  }
  const changed = async (name: string, value: string) => {
    const { visitor, back } = await start()
    back.searchParams.set(name, value)
    return visitor.follow(back.pathname + back.search)
  }
  for (const [name, value, sentence] of [
    ['state', 'AAAA', /không còn dùng được/],
    ['code', 'AAAA', /không kiểm tra được|từ chối lượt đăng nhập này/],
    ['iss', 'http://localhost:1', /không kiểm tra được|từ chối lượt đăng nhập này/],
  ] as const) {
    const answer = await changed(name, value)
    assert.ok(answer.status >= 400, name)
    assert.match(answer.text, sentence, name)
  }
  const { visitor, back } = await start()
  assert.match((await house.visitor().follow(back.pathname + back.search)).text, /không còn dùng được/)
  assert.match((await visitor.follow(back.pathname + back.search)).text, /Kiểm tra thông tin của em/)
  assert.match((await visitor.follow(back.pathname + back.search)).text, /không còn dùng được/)
})

test('an answer after ten minutes is refused', async () => {
  const visitor = house.visitor()
  const { location } = await visitor.follow(door)
  const back = new URL(await house.issuer.signIn(location ?? '', 'pupil-1'))
  house.now += 10 * 60_000
  assert.match((await visitor.follow(back.pathname + back.search)).text, /không còn dùng được/)
})

test('a user without a number or birth date learns which claim is missing', async () => {
  const { person_number: _number, birthdate: _birth, ...claims } = aHolder(30).claims
  house.issuer.holders.set('bare', { id: 'bare', level: 2, claims })
  const page = await house.signIn(house.visitor(), 'bare')
  assert.equal(page.status, 403)
  assert.match(page.text, /không cho trang này biết: ngày sinh, số định danh/)
})

test('a user without phone and residence can use the form, and it says so', async () => {
  const { phone_number: _phone, residence: _residence, ...claims } = aHolder(31).claims
  house.issuer.holders.set('quiet', { id: 'quiet', level: 2, claims })
  assert.match((await house.signIn(house.visitor(), 'quiet')).text, /không chia sẻ/)
})

test('while the provider is down the page says so, the site runs, and places are kept', async () => {
  house.issuer.down = true
  const visitor = house.visitor()
  const page = await visitor.follow(door)
  house.issuer.down = false
  assert.equal(page.status, 503)
  assert.match(page.text, /Cổng định danh chưa trả lời/)
  const ticket = visitor.cookies.get(`ticket-${national}`)
  assert.match((await house.signIn(visitor, 'pupil-2')).text, /Kiểm tra/)
  assert.equal(visitor.cookies.get(`ticket-${national}`), ticket)
})

test('a session secret from before the sign-in is invalid afterwards', async () => {
  const visitor = house.visitor()
  await house.signIn(visitor, 'pupil-3')
  const before = visitor.cookies.get('session')
  await visitor.ask('/sign-out', {})
  await house.signIn(visitor, 'pupil-3')
  assert.notEqual(visitor.cookies.get('session'), before)
  const thief = house.visitor()
  thief.cookies.set('session', before ?? '')
  assert.equal((await thief.ask(`/exams/${national}/form`)).location, door)
})

test('signing out ends the session here, gives up the place, and goes on to the provider', async () => {
  const visitor = house.visitor()
  await house.signIn(visitor, 'pupil-4')
  const answer = await visitor.ask('/sign-out', {})
  const there = new URL(answer.location ?? '')
  assert.equal(there.origin, house.issuer.url)
  assert.ok(there.searchParams.get('id_token_hint'))
  assert.equal(there.searchParams.get('post_logout_redirect_uri'), `${house.origin}/signed-out`)
  assert.equal(visitor.cookies.size, 0)
  assert.equal((await visitor.ask('/sign-out', {}, { origin: 'https://elsewhere.example' })).status, 403)
})

test('forty minutes without a request end a session', async () => {
  const visitor = house.visitor()
  await house.signIn(visitor, 'pupil-5')
  house.now += 40 * 60_000
  assert.equal((await visitor.ask(`/exams/${national}/form`)).location, door)
})

const logout = (token: string) => house.visitor().ask('/sign-in/logout', { logout_token: token }, { origin: 'null' })

/** A logout token by the issuer's own key, with what a test changes. */
async function logoutToken(
  change: JWTPayload = {},
  {
    issuer = house.issuer.url,
    audience = 'exam-registration',
    age = 0,
    key = house.issuer.key,
    alg = 'ES256',
    event = 'http://schemas.openid.net/event/backchannel-logout',
    typ = 'logout+jwt',
  } = {},
) {
  const now = Math.floor(Date.now() / 1_000) - age
  return new SignJWT({ events: { [event]: {} }, ...change })
    .setProtectedHeader({ alg, kid: 'test', typ })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + 600)
    .setJti(change.jti ?? crypto.randomUUID())
    .sign(key)
}

test('the provider’s logout token ends the sessions of its subject at once, and counts once', async () => {
  const [one, two, other] = [house.visitor(), house.visitor(), house.visitor()]
  await house.signIn(one, 'pupil-6')
  await house.signIn(two, 'pupil-6')
  await house.signIn(other, 'pupil-7')
  const token = await logoutToken({ sub: 'pupil-6' })
  assert.equal((await logout(token)).status, 200)
  for (const ended of [one, two]) assert.equal((await ended.ask(`/exams/${national}/form`)).location, door)
  assert.equal((await other.ask(`/exams/${national}/form`)).status, 200)
  assert.equal((await logout(token)).status, 400, 'the same token again')
})

test('a logout token that differs in one thing is refused, and its twin accepted', async () => {
  assert.equal((await logout(await logoutToken({ sub: 'pupil-8' }))).status, 200)
  const { privateKey } = await generateKeyPair('ES256')
  const refused: readonly (readonly [what: string, token: Promise<string> | string])[] = [
    ['another key', logoutToken({ sub: 'pupil-8' }, { key: privateKey })],
    ['another issuer', logoutToken({ sub: 'pupil-8' }, { issuer: 'http://localhost:1' })],
    ['another audience', logoutToken({ sub: 'pupil-8' }, { audience: 'portal' })],
    ['another type', logoutToken({ sub: 'pupil-8' }, { typ: 'JWT' })],
    ['too old', logoutToken({ sub: 'pupil-8' }, { age: 500 })],
    ['a nonce', logoutToken({ sub: 'pupil-8', nonce: 'n' })],
    ['neither sub nor sid', logoutToken({})],
    ['another event', logoutToken({ sub: 'pupil-8' }, { event: 'http://example.org/other' })],
    ['no token', ''],
  ]
  for (const [what, token] of refused) assert.equal((await logout(await token)).status, 400, what)
})

test('signing out at the provider itself sends its own logout token, which ends the session here', async () => {
  const visitor = house.visitor()
  await house.signIn(visitor, 'pupil-9')
  await register(visitor)
  const { sid, subject } =
    house.db.find<{ sid: string; subject: string }>(`select sid, subject from session where subject = 'pupil-9'`) ?? {}
  const client = await house.issuer.provider.Client.find('exam-registration')
  await (client as unknown as { backchannelLogout(sub?: string, sid?: string): Promise<void> }).backchannelLogout(
    subject,
    sid,
  )
  assert.equal((await visitor.ask(`/exams/${national}/receipt`)).location, door)
})

test('the return address is always on this site', async () => {
  for (const [to, then] of [
    ['/exams/vao-lop-10-2023', '/exams/vao-lop-10-2023'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['https://elsewhere.example', '/'],
    ['/x\r\nset-cookie: a=b', '/'],
  ] as const)
    assert.equal((await house.visitor().ask(`/language/en?to=${encodeURIComponent(to)}`)).location, then, to)
})

test('every page forbids frames, scripts and other hosts, is not kept, and carries its correlation id', async () => {
  const { headers } = await house.visitor().ask('/')
  const policy = headers.get('content-security-policy') ?? ''
  for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "style-src 'self'"])
    assert.ok(policy.includes(rule), rule)
  assert.doesNotMatch(policy, /script-src|unsafe/)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.match(headers.get('x-request-id') ?? '', /^[\w-]{36}$/)
})

test('English is one click away, and stays', async () => {
  const visitor = house.visitor()
  await visitor.follow(`/language/en?to=/exams/${national}`)
  assert.match((await visitor.ask('/questions')).text, /<html lang="en">[\s\S]*How does the last hour work/)
})
