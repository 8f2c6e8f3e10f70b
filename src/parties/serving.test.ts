import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openHouse } from '../../test/house.ts'
import { newId } from '../platform/ids.ts'
import { asSystem } from '../platform/work.ts'
import * as parties from './parties.ts'

const house = await openHouse()
const atTheDoor = asSystem('sign-in', 'none')
const serving = <T>(verb: Parameters<typeof house.as<T>>[1]) => house.as(atTheDoor, verb)

const partyId = newId<'party'>()
await house.owner(
  `insert into parties.party (id, name_vi, name_en, kind, contact_name, contact_email, state, registered_by_kind,
        registered_by_id, registered_at, decided_by_id, decided_at)
   values ($1, 'Cổng thử', 'A portal', 'other', 'An', 'an@example.vn', 'approved', 'officer', 'a', now(), 'b', now())`,
  [partyId],
)
for (const clientId of ['portal', 'quick', 'counted'])
  await house.owner(
    `insert into parties.client (client_id, party_id, name, sandbox, state, made_at)
      values ($1, $2, 'Web', false, 'active', now())`,
    [clientId, partyId],
  )
const settings = {
  redirectUris: ['https://portal.example.vn/back'],
  postLogoutRedirectUris: [],
  authMethod: 'private_key_jwt',
  signingAlgorithm: 'ES256',
  jwksUri: 'https://portal.example.vn/jwks.json',
  grants: ['authorization_code'],
  purposes: [{ scope: 'profile', vi: 'Ghi đúng họ tên', en: 'To have the name right', optional: false }],
  fapi: false,
}
await house.owner(
  `insert into parties.version (client_id, number, state, settings, made_by_kind, made_by_id, made_at)
    values ('portal', 1, 'in-force', $1, 'officer', 'a', now())`,
  [settings],
)

test('the provider finds a client by its client_id, as OAuth metadata, in a work without scope', async () => {
  const found = await serving(work => parties.findClient(work, 'portal'))
  assert.equal(found?.partyId, partyId)
  assert.equal(found?.metadata['jwks_uri'], 'https://portal.example.vn/jwks.json')
  assert.equal(found?.metadata['scope'], 'openid profile')
  assert.deepEqual([found?.state, found?.legalBasis, found?.sandbox, found?.fapi], ['active', false, false, false])
  assert.equal(await serving(work => parties.findClient(work, 'nobody')), undefined)
  assert.equal(await serving(work => parties.findClient(work, 'quick')), undefined, 'nothing of it is in force')
})

test('a used-up quota says when it resets, and accepts a batch whole or not at all', async () => {
  await house.owner(
    `insert into parties.quota (client_id, what, per_minute, per_day, set_by_id, set_at)
      values ('portal', 'verification', 100, 5, 'a', now())`,
  )
  const spend = (count: number) => serving(work => parties.spendQuota(work, 'portal', 'verification', count))
  assert.deepEqual(await spend(3), { left: 2 })
  const over = await spend(3)
  assert.ok('over' in over)
  // The province's day begins at 17:00 UTC.
  assert.equal(over.resetsAt.getUTCHours(), 17)
  assert.deepEqual(await spend(2), { left: 0 })
  assert.ok('over' in (await spend(1)))
  assert.ok(
    'over' in (await serving(work => parties.spendQuota(work, 'nobody', 'sign-in'))),
    'who is not registered has none',
  )
})

test('a quota count does not wait for another uncommitted count', async () => {
  const both: number[] = []
  await serving(async work => {
    await parties.spendQuota(work, 'quick', 'sign-in')
    await serving(async other => {
      await sql`set local lock_timeout = '2s'`.execute(other.tx)
      await parties.spendQuota(other, 'quick', 'sign-in')
      both.push(1)
    })
    both.push(2)
  })
  assert.deepEqual(both, [1, 2])
  const [row] = await house.owner<{ used: number }>(
    `select sum(used)::int as used from parties.spent where client_id = 'quick' and period = 'minute'`,
  )
  assert.equal(row?.used, 2)
})

test('two hundred simultaneous counts add up to two hundred', async () => {
  await Promise.all(Array.from({ length: 200 }, () => serving(work => parties.spendQuota(work, 'counted', 'sign-in'))))
  const [row] = await house.owner<{ used: number }>(
    `select sum(used)::int as used from parties.spent where client_id = 'counted' and period = 'day'`,
  )
  assert.equal(row?.used, 200)
})

test('the flight recorder stores codes and parameter names, and no sent values', async () => {
  const requestId = newId<'request'>()
  await serving(work =>
    parties.recordFlight(work, {
      requestId,
      clientId: 'portal',
      endpoint: 'token',
      outcome: 'failed',
      check: 'assertion-clock',
      error: 'invalid_client',
      seconds: 93.4,
    }),
  )
  await serving(work =>
    parties.recordFlight(work, {
      requestId,
      clientId: 'typed by somebody',
      endpoint: 'Token 1',
      outcome: 'failed',
      check: 'redirect-uri',
      error: 'Nguyễn',
      detail: 'redirect_uri https://elsewhere',
    }),
  )
  const rows = await house.owner(
    `select client_id, endpoint, "check", error, detail, seconds from parties.flight where request_id = $1
      order by client_id nulls last`,
    [requestId],
  )
  assert.deepEqual(rows, [
    {
      client_id: 'portal',
      endpoint: 'token',
      check: 'assertion-clock',
      error: 'invalid_client',
      detail: null,
      seconds: 93,
    },
    { client_id: null, endpoint: 'other', check: 'redirect-uri', error: null, detail: null, seconds: null },
  ])
})
