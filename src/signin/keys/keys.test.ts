import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { isAccepted } from '../../../test/refusal-checks.ts'
import { answerOf, aParty, leftBy, send } from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'
import type { Work } from '../../platform/work.ts'
import { inSignInScope } from '../sign-in-scope.ts'
import { getSigningKeys, maintainKeys, rotateKeysNow } from './keys.ts'

const house = await openHouse({ withUnits: true })
let signIn = await openSignIn(house)
const holder = await aHolder(house, 1)
const registered = await signIn.register({ scopes: ['profile'] })
let party = aParty(signIn, registered)
const day = 86_400_000

/** Whoever kept a connection to the house as it was notices that it is gone. */
async function restart(): Promise<void> {
  await signIn.close()
  await setTimeout(100)
  signIn = await openSignIn(house, { at: signIn.port })
  party = aParty(signIn, registered)
}

/** Tends the keys as if it were so many days later, and starts the house anew. */
async function later(days: number, tend: (work: Work) => Promise<unknown> = maintainKeys): Promise<void> {
  await inSignInScope(
    house.openWork,
    'keys',
    async work => void (await tend({ ...work, now: new Date(work.now.getTime() + days * day) })),
  )
  await restart()
}

after(() => signIn.close())

const published = async () => (await answerOf(await fetch(`${signIn.issuer}/jwks`))).body as unknown as JSONWebKeySet
const kidsOf = async () => (await published()).keys.map(({ kid }) => kid)
const idToken = async () => {
  const browser = await signIn.signedIn(holder)
  await party.consent(browser)
  return { browser, token: (await party.tokens(browser)).id_token }
}
const signerOf = (token: string) => decodeProtectedHeader(token).kid
const verifies = async (token: string) =>
  jwtVerify(token, createLocalJWKSet(await published()), {
    issuer: signIn.issuer,
    audience: registered.clientId,
    algorithms: ['ES256'],
  })

test('a key is published a day before and after it signs; its signatures survive restarts', async () => {
  const { browser, token: first } = await idToken()
  const old = signerOf(first)
  assert.deepEqual(await kidsOf(), [old])

  await later(88)
  assert.deepEqual(await kidsOf(), [old], 'nothing is due yet')

  await later(89)
  const [, next] = await kidsOf()
  assert.ok(next)
  assert.deepEqual(await kidsOf(), [old, next])
  assert.equal(signerOf((await idToken()).token), old, 'it is published, and does not sign yet')

  await later(89.5)
  assert.equal(signerOf((await idToken()).token), old)

  await later(90.1)
  const { token: second } = await idToken()
  assert.equal(signerOf(second), next)
  assert.deepEqual(new Set(await kidsOf()), new Set([old, next]))
  await verifies(first)
  await verifies(second)
  const hinted = party.wish({ prompt: 'none', id_token_hint: first }).params
  assert.ok(
    leftBy(await send(party.authorize(hinted), browser)).searchParams.get('code'),
    'a hint that the retired key signed is still one',
  )

  await later(90.2)
  assert.deepEqual(new Set(await kidsOf()), new Set([old, next]), 'the same again changes nothing')

  await later(91.2)
  assert.deepEqual(await kidsOf(), [next])
  await assert.rejects(verifies(first))
  await verifies(second)
  const [gone] = await house.owner<{ sealed: Buffer }>('select sealed from signin.key where kid = $1', [old])
  assert.equal(gone?.sealed.length, 0, 'its private part is gone')
})

test('an operator replaces all keys at once, and their signatures are no longer accepted', async () => {
  const { token } = await idToken()
  await later(180.3)
  const before = await kidsOf()
  assert.equal(before.length, 2, 'the next key is published')
  await later(180.4, rotateKeysNow)
  const { token: next } = await idToken()
  assert.deepEqual(await kidsOf(), [signerOf(next)])
  assert.ok(!before.includes(signerOf(next) ?? ''))
  await assert.rejects(verifies(token))
  await verifies(next)
  const rotated = await house.owner<{ kid: string }>(
    `select subject_id as kid from audit.deed where deed = 'signing-key.rotated' and facts @> '{"now": true}'`,
  )
  assert.deepEqual(new Set(rotated.map(({ kid }) => kid)), new Set(before))
})

test('of two processes that maintain the keys at once one makes the next key', async () => {
  const before = await house.owner<{ count: number }>('select count(*)::integer as count from signin.key')
  const at = (work: Parameters<typeof maintainKeys>[0]) => ({ ...work, now: new Date(work.now.getTime() + 271 * day) })
  await Promise.all([1, 2, 3].map(() => inSignInScope(house.openWork, 'keys', work => maintainKeys(at(work)))))
  const after = await house.owner<{ count: number }>('select count(*)::integer as count from signin.key')
  assert.equal((after[0]?.count ?? 0) - (before[0]?.count ?? 0), 1)
})

test('the database holds a private key only encrypted with the installation’s key', async () => {
  const keys = await inSignInScope(house.openWork, 'keys', getSigningKeys)
  const rows = JSON.stringify(
    await house.owner('select public_jwk, encode(sealed, $1) as sealed from signin.key', ['base64']),
  )
  for (const { d } of keys) assert.ok(typeof d === 'string' && !rows.includes(d))
  assert.equal((await house.work(getSigningKeys)).length, 0, 'nor is it seen away from the door')
  await isAccepted({ method: 'GET', url: `${signIn.issuer}/jwks`, headers: {} })
})
