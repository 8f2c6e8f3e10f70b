import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { sql } from 'kysely'
import { Client } from 'pg'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse, type TestHouse } from '../../../test/house.ts'
import { isAccepted, isNoted } from '../../../test/refusal-checks.ts'
import {
  type AParty,
  addressOf,
  aKey,
  answerOf,
  aParty,
  assertion,
  type Form,
  flightsOf,
  leftBy,
  proof,
  random,
  send,
} from '../../../test/relying-party.ts'
import { Browser, openSignIn } from '../../../test/signin-house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { OpenWork } from '../../platform/work.ts'
import * as signin from '../signin.ts'

/**
 * What ADR 11 promises: all of a request or nothing of it, one of two who come at once, and no token that outlives what
 * it rests on.
 */

const real = await openHouse({ withUnits: true })
audit.setConsequences({ 'account.locked': [signin.endOnLock], 'account.cancelled': [signin.endForGood] })

/**
 * How works break, while they do: at their end, as where a deed cannot be sealed, or with the connection, as where the
 * database is killed.
 */
let breaks: 'no' | 'at-commit' | 'connection' = 'no'

const openWork: OpenWork = (standing, verb) =>
  real.openWork(standing, async work => {
    const result = await verb(work)
    if (standing.purpose === 'sign-in' && breaks === 'at-commit') throw new Error('the commit is lost')
    if (standing.purpose === 'sign-in' && breaks === 'connection')
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(work.tx)
    return result
  })
const house: TestHouse = { ...real, openWork }
afterEach(() => {
  breaks = 'no'
})

const signIn = await openSignIn(house)
const basic = await signIn.register({ scopes: ['profile'] })
const strict = await signIn.register({ scopes: ['profile'], fapi: true })
const machine = await signIn.register({ scopes: ['verification'], grants: ['client_credentials'] })
const party = aParty(signIn, basic)
const fapi = aParty(signIn, strict, { fapi: true })
const alone = aParty(signIn, machine)

/** Somebody new, in a browser where they are signed in. */
async function somebody() {
  const holder = await aHolder(real, 1)
  const browser = await signIn.signedIn(holder)
  return { holder, browser }
}
const consented = async (by: AParty = party) => {
  const one = await somebody()
  await by.consent(one.browser)
  return one
}

/** Everything that sign-in keeps, with the deeds: as it must be again after what was undone. */
const kept = () =>
  real.owner(`select (select count(*) from signin.artifact) as artifacts,
      (select count(*) from signin.artifact where consumed_at is not null) as used,
                     (select count(*) from signin.visit) as visits, (select count(*) from signin.consent) as consents,
                     (select count(*) from audit.deed) as deeds, (select count(*) from audit.access) as readings,
                       (select count(*) from parties.flight) as flights`)
const refreshing = (token: string): Form => ({ grant_type: 'refresh_token', refresh_token: token })

/** How what was lost is answered: a fault of the program, or an outage of the database, with a time to come again. */
const answerOfLost = {
  'at-commit': { status: 500, error: 'server_error', again: null },
  connection: { status: 503, error: 'temporarily_unavailable', again: '5' },
} as const

for (const how of ['at-commit', 'connection'] as const) {
  const { status, error, again } = answerOfLost[how]
  test(`a lost transaction (${how}) of a code exchange stores nothing, and the party may retry`, async () => {
    const { browser } = await consented()
    const code = await party.code(browser)
    const before = await kept()
    breaks = how
    const lost = await answerOf(await send(await party.token(party.exchange(code))))
    assert.deepEqual([lost.status, lost.response.headers.get('retry-after')], [status, again])
    assert.deepEqual(Object.keys(lost.body), ['error', 'error_description'])
    assert.equal(lost.body['error'], error)
    assert.ok(lost.response.headers.get('x-request-id'))
    breaks = 'no'
    assert.deepEqual(await kept(), before)
    await isAccepted(await party.token(party.exchange(code)))
  })

  test(`a lost transaction (${how}) of a refresh leaves the old refresh token valid`, async () => {
    const { browser } = await consented()
    const { refresh_token } = await party.tokens(browser)
    const before = await kept()
    breaks = how
    assert.equal((await send(await party.token(refreshing(refresh_token)))).status, status)
    breaks = 'no'
    assert.deepEqual(await kept(), before)
    const { body } = await isAccepted(await party.token(refreshing(refresh_token)))
    await isAccepted(await party.token(refreshing(String(body['refresh_token']))))
  })

  test(`a lost transaction (${how}) of a new code leaves no code, visit or deed; the browser may retry`, async () => {
    const { browser } = await consented()
    const { params } = party.wish()
    const before = await kept()
    breaks = how
    const lost = await send(party.authorize(params), browser)
    assert.equal(lost.status, status)
    assert.equal(lost.headers.get('location'), null)
    assert.match(await lost.text(), new RegExp(error))
    breaks = 'no'
    assert.deepEqual(await kept(), before)
    assert.ok(leftBy(await send(party.authorize(params), browser)).searchParams.get('code'))
  })

  test(`a lost transaction (${how}) of a consent leaves none, and it may be given again`, async () => {
    const { browser } = await somebody()
    const page = await browser.open(addressOf(party.authorize(party.wish().params)))
    const before = await kept()
    breaks = how
    const lost = await browser.send(page, { step: 'consent', answer: 'yes' })
    assert.equal(lost.left, undefined)
    breaks = 'no'
    assert.deepEqual(await kept(), before)
    const back = await browser.send(page, { step: 'consent', answer: 'yes' })
    assert.ok(back.left?.searchParams.get('code'), back.text)
  })

  test(`a lost transaction (${how}) of a userinfo read returns no claim`, async () => {
    const { browser } = await consented()
    const { access_token } = await party.tokens(browser)
    const before = await kept()
    breaks = how
    const lost = await answerOf(await send(await party.userinfo(access_token)))
    assert.equal(lost.status, status)
    assert.equal(lost.body['name'], undefined)
    breaks = 'no'
    assert.deepEqual(await kept(), before)
    await isAccepted(await party.userinfo(access_token))
  })
}

test('of two simultaneous uses of one code one is answered, and its tokens end', async () => {
  const { browser } = await consented()
  for (let round = 0; round < 5; round += 1) {
    await party.consent(browser)
    const code = await party.code(browser)
    const requests = await Promise.all([1, 2, 3].map(() => party.token(party.exchange(code))))
    const answers = await Promise.all(requests.map(async request => answerOf(await send(request))))
    const won = answers.filter(({ status }) => status === 200)
    const lost = answers.filter(({ body }) => body['error'] === 'invalid_grant')
    assert.deepEqual(
      [won.length, lost.length],
      [1, 2],
      JSON.stringify(answers.map(({ status, body }) => [status, body['error']])),
    )
    const checks = (await Promise.all(lost.map(({ response }) => flightsOf(real, response))))
      .flat()
      .map(({ check }) => check)
    // The second use ends the grant and what belongs to it, the code too: the third may find nothing of either.
    assert.ok(
      checks.every(check => check === 'code-used' || check === 'grant-gone' || check === 'code-unknown'),
      String(checks),
    )
    const tokens = won[0]?.body ?? {}
    assert.equal((await send(await party.userinfo(String(tokens['access_token'])))).status, 401)
    assert.equal((await send(await party.token(refreshing(String(tokens['refresh_token']))))).status, 400)
  }
})

test('of two simultaneous uses of one refresh token one is answered', async () => {
  const { browser } = await consented()
  const { refresh_token } = await party.tokens(browser)
  const requests = await Promise.all([1, 2].map(() => party.token(refreshing(refresh_token))))
  const answers = await Promise.all(requests.map(async request => answerOf(await send(request))))
  const statuses = answers.map(({ status }) => status).sort()
  // The second may come a moment later: then it is taken for one whose answer was lost, once.
  assert.ok(statuses[0] === 200 && (statuses[1] === 400 || statuses[1] === 200), String(statuses))
  const next = answers.find(({ status }) => status === 200)?.body['refresh_token']
  await isAccepted(await party.token(refreshing(String(next))))
  for (const { body } of answers.filter(({ status, body }) => status === 200 && body['refresh_token'] !== next))
    assert.equal((await send(await party.token(refreshing(String(body['refresh_token']))))).status, 400)
})

test('a refresh token with a lost answer works once more within a minute, and one successor counts', async () => {
  const { browser } = await consented()
  const { refresh_token: old } = await party.tokens(browser)
  const lost = await isAccepted(await party.token(refreshing(old)))
  const again = await isAccepted(await party.token(refreshing(old)))
  await isAccepted(await party.token(refreshing(String(again.body['refresh_token']))))
  assert.equal(
    (await send(await party.token(refreshing(String(lost.body['refresh_token']))))).status,
    400,
    'its sibling was used',
  )
})

test('a third use of a refresh token is refused', async () => {
  const { browser } = await consented()
  const { refresh_token: old, access_token } = await party.tokens(browser)
  await isAccepted(await party.token(refreshing(old)))
  await isAccepted(await party.token(refreshing(old)))
  const third = await answerOf(await send(await party.token(refreshing(old))))
  assert.equal(third.status, 400)
  await isNoted(real, third.response, [old], { check: 'refresh-used' })
  assert.equal((await send(await party.userinfo(access_token))).status, 401, 'the line ends')
})

test('reuse of a refresh token after its successor or after a minute ends the token family', async () => {
  for (const after of ['successor', 'minute'] as const) {
    const { browser } = await consented()
    const { refresh_token: old } = await party.tokens(browser)
    const { body } = await isAccepted(await party.token(refreshing(old)))
    const next = String(body['refresh_token'])
    const latest =
      after === 'successor'
        ? String((await isAccepted(await party.token(refreshing(next)))).body['refresh_token'])
        : next
    if (after === 'minute')
      await real.owner(
        `update signin.artifact set consumed_at = consumed_at - interval '61 seconds'
          where kind = 'RefreshToken' and consumed_at is not null`,
      )
    const refused = await answerOf(await send(await party.token(refreshing(old))))
    assert.equal(refused.body['error'], 'invalid_grant')
    await isNoted(real, refused.response, [old], { check: 'refresh-used' })
    assert.equal((await send(await party.token(refreshing(latest)))).status, 400)
  }
})

test('two browsers of one person at one party have separate families of refresh tokens', async () => {
  const { holder, browser } = await consented()
  const other = await signIn.signedIn(holder)
  await party.consent(other)
  const [one, two] = [await party.tokens(browser), await party.tokens(other)]
  const first = await isAccepted(await party.token(refreshing(one.refresh_token)))
  await isAccepted(await party.token(refreshing(String(first.body['refresh_token']))))
  const second = await isAccepted(await party.token(refreshing(two.refresh_token)))
  await isAccepted(await party.token(refreshing(String(second.body['refresh_token']))))
})

type Ending = readonly [
  name: string,
  end: (of: { personId: Id<'person'>; accountId: Id<'account'> }) => Promise<unknown>,
]
const endings: readonly Ending[] = [
  [
    'a lock of the account',
    ({ accountId }) => real.work(work => accounts.lock(work, accountId, { reason: 'the phone was lost' })),
  ],
  ['a logout elsewhere', ({ personId }) => real.work(work => signin.endSessionsOfPerson(work, personId, 'elsewhere'))],
  [
    'the end of the account',
    ({ accountId }) => real.work(work => accounts.cancel(work, accountId, { reason: 'asked for' })),
  ],
]

/** No request with what a party or a browser has got gives anything of the person. */
async function nothingWorks(
  browser: Browser,
  by: AParty,
  tokens: Partial<Record<string, unknown>>,
  dpop?: Awaited<ReturnType<typeof aKey>>,
) {
  if (tokens['access_token'])
    assert.equal((await send(await by.userinfo(String(tokens['access_token']), dpop))).status, 401)
  if (tokens['refresh_token'])
    assert.equal((await send(await by.token(refreshing(String(tokens['refresh_token'])), dpop))).status, 400)
  const silent = by.wish({ prompt: 'none' }).params
  const left = leftBy(await send(by.authorize(by === fapi ? await by.pushed(silent) : silent), browser))
  assert.equal(left.searchParams.get('error'), 'login_required', left.href)
}

for (const [name, end] of endings) {
  test(`${name} between consent and code leaves no code`, async () => {
    const { holder, browser } = await somebody()
    const page = await browser.open(addressOf(party.authorize(party.wish().params)))
    await end(holder)
    const back = await browser.send(page, { step: 'consent', answer: 'yes' })
    assert.equal(back.left?.searchParams.get('code') ?? null, null)
    await nothingWorks(browser, party, {})
  })

  test(`${name} between the consent page and its answer leaves no code`, async () => {
    const { holder, browser } = await somebody()
    const page = await browser.open(addressOf(party.authorize(party.wish().params)))
    const [form = '', shown = ''] = ['form', 'shown'].map(
      name => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1],
    )
    const sent = await browser.ask(page.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ form, shown, step: 'consent', answer: 'yes' }),
    })
    assert.match(sent.headers.get('refresh') ?? '', /^0;url=/)
    await end(holder)
    const { left } = await browser.follow(sent)
    assert.equal(left?.searchParams.get('code') ?? null, null)
    await nothingWorks(browser, party, {})
  })

  for (const [what, by] of [
    ['a party', party],
    ['a FAPI party', fapi],
  ] as const) {
    test(`${name} between code and token leaves no token to ${what}`, async () => {
      const { holder, browser } = await consented(by)
      const code = await by.code(browser)
      await end(holder)
      const answer = await answerOf(await send(await by.token(by.exchange(code), by === fapi ? code.dpop : undefined)))
      assert.equal(answer.body['error'], 'invalid_grant', JSON.stringify(answer.body))
      await nothingWorks(browser, by, {})
    })

    test(`${name} after the tokens leaves none usable to ${what}, also after an unlock`, async () => {
      const { holder, browser } = await consented(by)
      const tokens = await by.tokens(browser)
      const dpop = by === fapi ? tokens.dpop : undefined
      await end(holder)
      await nothingWorks(browser, by, tokens, dpop)
      if (!name.includes('lock')) return
      await real.work(work => accounts.unlock(work, holder.accountId))
      await nothingWorks(browser, by, tokens, dpop)
    })

    test(`${name} at the very moment of a request leaves no token usable to ${what}`, async () => {
      for (let round = 0; round < 3; round += 1) {
        const { holder, browser } = await consented(by)
        const tokens = await by.tokens(browser)
        const code = await by.code(browser)
        const dpop = by === fapi ? tokens.dpop : undefined
        const wish = by.wish()
        const [exchange, refresh, again] = [
          await by.token(by.exchange(code), by === fapi ? code.dpop : undefined),
          await by.token(refreshing(tokens.refresh_token), dpop),
          by.authorize(by === fapi ? await by.pushed(wish.params) : wish.params),
        ]
        const after = (milliseconds: number) => new Promise(done => setTimeout(done, milliseconds))
        const [, exchanged, refreshed, authorized] = await Promise.all([
          after(round * 4).then(() => end(holder)),
          send(exchange).then(answerOf),
          send(refresh).then(answerOf),
          send(again, new Browser(signIn.origin, browser.cookies)),
        ])
        for (const { status } of [exchanged, refreshed]) assert.ok(status === 200 || status === 400, String(status))
        await nothingWorks(browser, by, tokens, dpop)
        await nothingWorks(browser, by, exchanged.body, by === fapi ? code.dpop : undefined)
        await nothingWorks(browser, by, refreshed.body, dpop)
        const given = authorized.headers.get('location') ? leftBy(authorized).searchParams.get('code') : null
        if (!given) continue
        const late = { code: given, verifier: wish.verifier, redirectUri: by.party.redirectUri, dpop: await aKey() }
        const answer = await answerOf(
          await send(await by.token(by.exchange(late), by === fapi ? late.dpop : undefined)),
        )
        assert.equal(answer.status, 400, `a code of that moment was good: ${round}`)
      }
    })
  }
}

/**
 * Ends everything of a person in a transaction that a request has to wait for, after it has read what it needs and
 * before it writes.
 */
async function endWhile<T>(locked: string, personId: Id<'person'>, request: () => Promise<T>): Promise<T> {
  const ending = new Client({ connectionString: real.url })
  await ending.connect()
  try {
    await ending.query('begin')
    await ending.query(locked, [personId])
    const asked = request()
    for (let waiting = 0; waiting === 0; ) {
      const [{ count } = { count: 0 }] = await real.owner<{ count: number }>(
        `select count(*)::integer as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      )
      waiting = count
    }
    await ending.query(
      `update signin.session set ended_at = now(), ended_why = 'elsewhere' where person_id = $1 and ended_at is null`,
      [personId],
    )
    await ending.query(`delete from signin.artifact where person_id = $1 and kind <> 'Grant'`, [personId])
    await ending.query('commit')
    return await asked
  } finally {
    await ending.end()
  }
}

test('a logout while a code is written leaves no code, and the browser is signed out', async () => {
  for (const fresh of ['linked', 'not linked'] as const) {
    const { holder, browser } = await consented()
    if (fresh === 'not linked')
      await real.owner(
        `update signin.artifact set payload = payload - 'ours' where person_id = $1 and kind = 'Session'`,
        [holder.personId],
      )
    const answer = await endWhile('select from signin.session where person_id = $1 for update', holder.personId, () =>
      send(party.authorize(party.wish({ prompt: 'none' }).params), browser),
    )
    const again = leftBy(answer)
    assert.equal(again.origin, signIn.origin)
    assert.equal((await browser.open(again.href)).left?.searchParams.get('error'), 'login_required')
    await nothingWorks(browser, party, {})
  }
})

test('a logout while tokens are written leaves none usable', async () => {
  const locks = `select from signin.artifact where person_id = $1 and kind = 'Grant' for update`
  const { holder, browser } = await consented()
  const code = await party.code(browser)
  const exchange = await party.token(party.exchange(code))
  const exchanged = await endWhile(locks, holder.personId, () => send(exchange).then(answerOf))
  assert.equal(exchanged.body['error'], 'invalid_grant')
  await nothingWorks(browser, party, {})

  const other = await consented(fapi)
  const tokens = await fapi.tokens(other.browser)
  const refresh = await fapi.token(refreshing(tokens.refresh_token), tokens.dpop)
  const refreshed = await endWhile(locks, other.holder.personId, () => send(refresh).then(answerOf))
  await nothingWorks(other.browser, fapi, refreshed.body, tokens.dpop)
})

test('of two simultaneous assertions with one jti one is accepted; a proof may not reuse the jti', async () => {
  for (let round = 0; round < 5; round += 1) {
    const said = await assertion(machine, signIn.issuer)
    const request = await alone.token({ grant_type: 'client_credentials', scope: 'verification' })
    const answers = await Promise.all(
      [1, 2, 3, 4].map(async () =>
        answerOf(await send({ ...request, form: { ...request.form, client_assertion: said } })),
      ),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401])
    for (const { response, body, status } of answers)
      if (status === 401) {
        assert.equal(body['error'], 'invalid_client')
        await isNoted(real, response, [said], { check: 'assertion-replayed', client_id: machine.clientId })
      }
  }
  const jti = random()
  const both = await alone.token(
    { grant_type: 'client_credentials', scope: 'verification' },
    await aKey(),
    { claims: { jti } },
    { claims: { jti } },
  )
  assert.equal((await send(both)).status, 400)
})

test('of two simultaneous proofs with one jti one is accepted, at the token endpoint and at the API', async () => {
  const { browser } = await consented(fapi)
  const tokens = await fapi.tokens(browser)
  const header = await proof(tokens.dpop, 'GET', fapi.at('/me'), tokens.access_token)
  const ask = () =>
    send({
      method: 'GET',
      url: fapi.at('/me'),
      headers: { authorization: `DPoP ${tokens.access_token}`, dpop: header },
    }).then(answerOf)
  const asked = await Promise.all([ask(), ask(), ask()])
  assert.deepEqual(asked.map(({ status }) => status).sort(), [200, 401, 401])
  for (const { status, response } of asked)
    if (status === 401) await isNoted(real, response, [header], { check: 'dpop-replayed', error: 'invalid_token' })

  const key = await aKey()
  const claims = { jti: random() }
  const requests = await Promise.all(
    [1, 2].map(async () => fapi.token(refreshing(tokens.refresh_token), tokens.dpop, { claims, key })),
  )
  const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
  const exchanges = await Promise.all([first, second].map(code => fapi.token(fapi.exchange(code), key, { claims })))
  const answers = await Promise.all([...exchanges, ...requests].map(async request => answerOf(await send(request))))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
})
