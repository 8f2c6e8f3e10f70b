import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, mock, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { aKey, answerOf, aParty, flightsOf, type Key, send } from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'

/** Keys that a party publishes at an address of its own: what is good is what stands there now. */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
mock.timers.enable({ apis: ['Date'], now: Date.now() })
const pass = (seconds: number) => mock.timers.tick(seconds * 1000)

/** A party whose keys stand at an address, as many as it likes, while the address answers. */
async function published() {
  const at = {
    keys: [] as { readonly key: Key; readonly kid: string }[],
    answers: true,
    asked: 0,
    sentOn: undefined as string | undefined,
  }
  const server = createServer((_request, response) => {
    at.asked += 1
    if (!at.answers) return void response.writeHead(503).end()
    if (at.sentOn) return void response.writeHead(302, { location: at.sentOn }).end()
    const keys = at.keys.map(({ key: { jwk, alg }, kid }) => ({ ...jwk, alg, kid, use: 'sig' }))
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=31536000' })
      .end(JSON.stringify({ keys }))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const uri = `http://localhost:${typeof address === 'object' && address ? address.port : 0}/keys`
  const machine = await signIn.register({ scopes: ['verification'], grants: ['client_credentials'] })
  await house.owner(
    `update parties.version set settings = (settings - 'jwks') || jsonb_build_object('jwksUri', $2::text)
      where client_id = $1`,
    [machine.clientId, uri],
  )
  const party = aParty(signIn, machine)
  const by = async ({ key, kid }: { readonly key: Key; readonly kid: string }) => {
    const form = { grant_type: 'client_credentials', scope: 'verification' }
    return answerOf(await send(await party.token(form, undefined, {}, { key: key.privateKey, header: { kid } })))
  }
  const noted = () =>
    house.owner<{ count: number }>(
      `select count(*)::integer as count from parties.flight
        where client_id = $1 and endpoint = 'jwks_uri' and "check" = 'keys-unreached'`,
      [machine.clientId],
    )
  return { at, uri, by, noted: async () => (await noted())[0]?.count }
}

test('a removed key is valid for a minute at most, whatever Cache-Control says, and keys are cached', async () => {
  const { at, by } = await published()
  const [former, next] = [
    { key: await aKey(), kid: 'former' },
    { key: await aKey(), kid: 'next' },
  ]
  at.keys = [former]
  for (let times = 0; times < 3; times += 1) assert.equal((await by(former)).status, 200)
  assert.equal(at.asked, 1)
  at.keys = [next]
  pass(61)
  const refused = await by(former)
  assert.deepEqual([refused.status, refused.body['error']], [401, 'invalid_client'])
  assert.equal((await flightsOf(house, refused.response))[0]?.check, 'assertion-key')
  for (let times = 0; times < 3; times += 1) assert.equal((await by(next)).status, 200)
  assert.equal((await by(former)).status, 401)
  assert.equal(at.asked, 2)
})

test('without an answer cached keys last ten minutes more, are noted, and delay no other request', async () => {
  const { at, by, noted } = await published()
  const one = { key: await aKey(), kid: 'one' }
  at.keys = [one]
  assert.equal((await by(one)).status, 200)
  at.answers = false
  pass(61)
  for (let times = 0; times < 3; times += 1) assert.equal((await by(one)).status, 200)
  assert.deepEqual([at.asked, await noted()], [2, 1])
  pass(31)
  assert.equal((await by(one)).status, 200)
  assert.deepEqual([at.asked, await noted()], [3, 2])
  pass(10 * 60)
  for (let times = 0; times < 3; times += 1) {
    const refused = await by(one)
    assert.deepEqual([refused.status, refused.body['error']], [401, 'invalid_client'])
    assert.ok(
      (await flightsOf(house, refused.response)).some(
        ({ endpoint, check }) => endpoint === 'token' && check === 'keys-unreached',
      ),
    )
  }
  assert.equal(at.asked, 4)
  at.answers = true
  pass(31)
  assert.equal((await by(one)).status, 200)
})

test('an address that sends elsewhere is not followed', async () => {
  const [asked, elsewhere] = [await published(), await published()]
  const one = { key: await aKey(), kid: 'one' }
  elsewhere.at.keys = [one]
  asked.at.sentOn = elsewhere.uri
  assert.equal((await asked.by(one)).status, 401)
  assert.deepEqual([asked.at.asked, elsewhere.at.asked, await asked.noted()], [1, 0, 1])
  asked.at.sentOn = undefined
  asked.at.keys = [one]
  pass(61)
  assert.equal((await asked.by(one)).status, 200, 'the twin that stands where it was registered')
})
