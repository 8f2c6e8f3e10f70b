import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { newId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { asSystem, type Work } from '../platform/work.ts'
import type { ClientSettings } from './client.ts'
import * as clients from './clients/clients.ts'
import { readSession, requestLink, signInByLink, workAsEngineer } from './developers/developers.ts'
import * as flights from './flight-recorder/flight-recorder.ts'
import * as parties from './parties.ts'
import * as registry from './registry.ts'

const house = await openHouse({ withUnits: true })
const [manager, commander, another] = [
  await anOfficerOf(house, commune.haKhanh),
  await anOfficerOf(house, commune.haKhanh),
  await anOfficerOf(house, commune.quangHanh),
]
const real = { demonstration: false, sandboxHosts: ['thi.example.vn'] }

const refused = (code: string, facts?: (facts: Problem['facts']) => void) => (error: unknown) => {
  assert.equal((error as Problem).code, code)
  facts?.((error as Problem).facts)
  return true
}

const input = (given: Partial<registry.PartyInput> = {}): registry.PartyInput => ({
  nameVi: 'Sở Giáo dục và Đào tạo Quảng Ninh',
  nameEn: 'Quảng Ninh Department of Education',
  kind: 'state-body',
  basis: { text: 'Thông tư 15/2020/TT-BGDĐT', article: 'Điều 12' },
  contact: { name: 'Trịnh Minh Khôi', email: 'khoi@so.example.vn' },
  ...given,
})

const settings = (given: Partial<ClientSettings> = {}): ClientSettings => ({
  redirectUris: ['https://thi.example.vn/back'],
  postLogoutRedirectUris: [],
  authMethod: 'private_key_jwt',
  jwksUri: 'https://thi.example.vn/jwks.json',
  grants: ['authorization_code'],
  purposes: [
    { scope: 'number', vi: 'Ghi đúng thí sinh vào danh sách', en: 'To enter the right candidate', optional: false },
  ],
  fapi: true,
  ...given,
})

const atTheDoor = asSystem('sign-in', 'none')
const found = (clientId: string) => house.as(atTheDoor, work => parties.findClient(work, clientId))

async function approvedParty() {
  const { id } = await house.as(manager, work => registry.registerParty(work, input()))
  await house.as(manager, work => registry.submitPartyForReview(work, id))
  return house.as(commander, work => registry.approveParty(work, id))
}

/** A fresh engineer, signed in by the letter that was sent to them. */
async function engineer(email: string) {
  const device = 'd'.repeat(43)
  assert.deepEqual(await requestLink(house.openWork, { email, device, address: email, language: 'vi' }), {
    outcome: 'sent',
  })
  const [letter] = await house.owner<{ page: string }>(
    `select page from outreach.message where address = $1 order by id desc limit 1`,
    [email.trim().toLowerCase()],
  )
  const link = letter?.page.replace('/developers/in#', '') ?? ''
  const session = (await signInByLink(house.openWork, link, device)) ?? ''
  const who = await readSession(house.openWork, session)
  assert.ok(who)
  return {
    link,
    device,
    session,
    who,
    as: <T>(verb: (work: Work) => Promise<T>) => workAsEngineer(house.openWork, who.engineerId, newId(), verb),
  }
}

test('a party is registered, submitted and approved by another officer, and every step is a deed', async () => {
  const { id } = await house.as(manager, work => registry.registerParty(work, input()))
  await assert.rejects(
    () => house.as(commander, work => registry.approveParty(work, id)),
    refused('party-move-refused'),
  )
  await house.as(manager, work => registry.submitPartyForReview(work, id))
  await assert.rejects(() => house.as(manager, work => registry.approveParty(work, id)), refused('party-own-work'))
  const standIn = { ...commander, by: { ...commander.by, onBehalfOf: manager.by.id } }
  await assert.rejects(() => house.as(standIn, work => registry.approveParty(work, id)), refused('party-own-work'))
  assert.equal((await house.as(commander, work => registry.approveParty(work, id))).state, 'approved')
  const deeds = (await house.work(work => audit.deedsOf(work, id))).map(({ deed }) => deed).reverse()
  assert.deepEqual(deeds, ['party.registered', 'party.submitted', 'party.approved'])
})

test('each fault of a party is named at its field; a refused party is corrected and submitted again', async () => {
  await assert.rejects(
    () =>
      house.as(manager, work =>
        registry.registerParty(
          work,
          input({
            nameVi: '',
            kind: 'ministry',
            basis: { text: 'NĐ', article: ' ' },
            contact: { name: 'A b', email: 'x' },
          }),
        ),
      ),
    refused('party-wrong', ({ wrong }) =>
      assert.deepEqual(
        (wrong as { field: string }[]).map(({ field }) => field),
        ['nameVi', 'kind', 'basis', 'contactEmail'],
      ),
    ),
  )
  const { id } = await house.as(manager, work => registry.registerParty(work, input()))
  await house.as(manager, work => registry.submitPartyForReview(work, id))
  await assert.rejects(
    () => house.as(manager, work => registry.editParty(work, id, input())),
    refused('party-move-refused'),
  )
  await assert.rejects(
    () => house.as(commander, work => registry.refuseParty(work, id, ' ')),
    refused('party-reason-needed'),
  )
  assert.equal(
    (await house.as(commander, work => registry.refuseParty(work, id, 'Chưa rõ căn cứ'))).reason,
    'Chưa rõ căn cứ',
  )
  await house.as(manager, work =>
    registry.editParty(work, id, input({ basis: { text: 'Luật Giáo dục', article: 'Điều 34' } })),
  )
  const again = await house.as(manager, work => registry.submitPartyForReview(work, id))
  assert.deepEqual([again.state, again.reason, again.basis?.article], ['submitted', undefined, 'Điều 34'])
})

test('a live client is in force once its party and its version, purpose by purpose, are approved', async () => {
  const { id } = await house.as(manager, work => registry.registerParty(work, input()))
  const { clientId } = await house.as(manager, work =>
    clients.addClient(work, id, { name: 'Đăng ký thi', sandbox: false, settings: settings() }, real),
  )
  await house.as(manager, work => clients.submitClientVersion(work, clientId, 1))
  const approve = (scopes: string[]) =>
    house.as(commander, work => clients.approveVersion(work, clientId, 1, { scopes }))
  await assert.rejects(() => approve(['number']), refused('party-not-approved'))
  await house.as(manager, work => registry.submitPartyForReview(work, id))
  await house.as(commander, work => registry.approveParty(work, id))
  assert.equal(await found(clientId), undefined)

  await assert.rejects(() => approve([]), refused('version-scope-unreviewed'))
  await assert.rejects(
    () => house.as(manager, work => clients.approveVersion(work, clientId, 1, { scopes: ['number'] })),
    refused('party-own-work'),
  )
  await approve(['number'])
  const client = await found(clientId)
  assert.deepEqual(
    [client?.state, client?.fapi, client?.legalBasis, client?.metadata['require_pushed_authorization_requests']],
    ['active', true, true, true],
  )
})

test('a change of an approved client is a new version; the old one stays in force until approval', async () => {
  const { id } = await approvedParty()
  const { clientId } = await house.as(manager, work =>
    clients.addClient(work, id, { name: 'Đăng ký thi', sandbox: false, settings: settings() }, real),
  )
  await house.as(manager, work => clients.submitClientVersion(work, clientId, 1))
  await house.as(commander, work => clients.approveVersion(work, clientId, 1, { scopes: ['number'] }))
  const moved = settings({ redirectUris: ['https://thi2.example.vn/back'] })
  const second = await house.as(manager, work => clients.writeVersion(work, clientId, moved, real))
  assert.deepEqual([second.number, second.state], [2, 'draft'])
  await house.as(manager, work => clients.submitClientVersion(work, clientId, 2))
  await assert.rejects(
    () => house.as(manager, work => clients.writeVersion(work, clientId, moved, real)),
    refused('version-in-review'),
  )
  assert.deepEqual((await found(clientId))?.metadata['redirect_uris'], ['https://thi.example.vn/back'])
  await house.as(commander, work => clients.approveVersion(work, clientId, 2, { scopes: ['number'] }))
  assert.deepEqual((await found(clientId))?.metadata['redirect_uris'], ['https://thi2.example.vn/back'])
  const states = await house.owner<{ state: string }>(
    'select state from parties.version where client_id = $1 order by number',
    [clientId],
  )
  assert.deepEqual(
    states.map(({ state }) => state),
    ['former', 'in-force'],
  )
  await assert.rejects(
    () => house.as(commander, work => clients.refuseVersion(work, clientId, 2, 'Muộn')),
    refused('version-move-refused'),
  )
})

test('a suspended party suspends its clients until it is approved again', async () => {
  const { id } = await approvedParty()
  const { clientId } = await house.as(manager, work =>
    clients.addClient(
      work,
      id,
      { name: 'Thử', sandbox: true, settings: settings({ redirectUris: ['http://localhost:3000/back'], fapi: false }) },
      real,
    ),
  )
  assert.equal((await found(clientId))?.state, 'active')
  await house.as(manager, work => registry.suspendParty(work, id, 'Khóa bị lộ'))
  assert.equal((await found(clientId))?.state, 'suspended')
  await house.as(commander, work => registry.approveParty(work, id))
  assert.equal((await found(clientId))?.state, 'active')
  await house.as(manager, work => clients.suspendClient(work, clientId, 'Thử lỗi'))
  assert.equal((await found(clientId))?.state, 'suspended')
  await assert.rejects(
    () => house.as(manager, work => clients.suspendClient(work, clientId, 'Thử lỗi')),
    refused('client-move-refused'),
  )
  await house.as(commander, work => clients.resumeClient(work, clientId))
  assert.equal((await found(clientId))?.state, 'active')
})

test('an engineer registers a party and a sandbox client, which works at once, and sees only their own', async () => {
  const [khoi, mai] = [await engineer('Khoi@Thu.example.vn'), await engineer('mai@khac.example.vn')]
  const own = await khoi.as(work =>
    registry.registerParty(work, input({ contact: { name: 'Khôi', email: 'khoi@thu.example.vn' } })),
  )
  const { clientId } = await khoi.as(work =>
    clients.addClient(
      work,
      own.id,
      { name: 'Thử', sandbox: true, settings: settings({ redirectUris: ['http://localhost:3000/back'] }) },
      real,
    ),
  )
  assert.deepEqual([(await found(clientId))?.sandbox, (await found(clientId))?.state], [true, 'active'])
  const again = await khoi.as(work =>
    clients.writeVersion(work, clientId, settings({ redirectUris: ['http://localhost:4000/back'] }), real),
  )
  assert.deepEqual([again.number, again.state], [2, 'in-force'])

  assert.deepEqual(
    (await khoi.as(registry.listParties)).map(({ id }) => id),
    [own.id],
  )
  assert.deepEqual(await mai.as(registry.listParties), [])
  await assert.rejects(() => mai.as(work => registry.getParty(work, own.id)), refused('party-unknown'))
  await assert.rejects(() => mai.as(work => clients.getClient(work, clientId)), refused('client-unknown'))
  await assert.rejects(
    () => mai.as(work => clients.writeVersion(work, clientId, settings(), real)),
    refused('client-unknown'),
  )
  await assert.rejects(
    () =>
      khoi
        .as(work => registry.submitPartyForReview(work, own.id))
        .then(() => khoi.as(work => registry.approveParty(work, own.id))),
    refused('party-own-work'),
  )
  assert.ok(
    (await house.as(another, registry.listParties)).some(({ id }) => id === own.id),
    'an officer of any unit sees who parties are',
  )
  assert.deepEqual(await house.as(atTheDoor, registry.listParties), [], 'without scope nobody is seen')
})

test('a sign-in link works once, for ten minutes, in the browser that asked; requests are limited', async () => {
  const { link, device } = await engineer('lan@thu.example.vn')
  assert.equal(await signInByLink(house.openWork, link, device), undefined, 'it was used')
  const ask = () =>
    requestLink(house.openWork, { email: 'lan@thu.example.vn', device, address: 'elsewhere', language: 'vi' })
  await ask()
  const [letter] = await house.owner<{ page: string }>(
    `select page from outreach.message where address = 'lan@thu.example.vn' order by id desc limit 1`,
  )
  const next = letter?.page.replace('/developers/in#', '') ?? ''
  assert.equal(await signInByLink(house.openWork, next, 'e'.repeat(43)), undefined, 'another browser')
  await house.owner(
    `update parties.sign_in_link set ends_at = now() - interval '1 second'
      where used_at is null and email = 'lan@thu.example.vn'`,
  )
  assert.equal(await signInByLink(house.openWork, next, device), undefined, 'too late')
  for (let time = 0; time < 3; time += 1) assert.equal((await ask()).outcome, 'sent')
  assert.equal((await ask()).outcome, 'slowed')
  assert.deepEqual(
    await requestLink(house.openWork, { email: 'không phải thư', device, address: 'x', language: 'vi' }),
    {
      outcome: 'email-wrong',
    },
  )
})

test('a browser that an engineer left for half an hour opens nothing; one in use goes on for eight hours', async () => {
  const { session: left } = await engineer('bo.quen@thu.example.vn')
  const { session: used } = await engineer('dang.lam@thu.example.vn')
  const isLive = async (token: string) => (await readSession(house.openWork, token)) !== undefined
  /** Lets a time go by, in which nobody uses the sessions. */
  const passes = (minutes: number) =>
    house.owner(
      `update parties.engineer_session set seen_at = seen_at - make_interval(mins => $1),
      ends_at = ends_at - make_interval(mins => $1)`,
      [minutes],
    )

  await passes(20)
  assert.ok(await isLive(used), 'its use is noted')
  await passes(15)
  assert.equal(await isLive(left), false, 'nobody used it for 35 minutes')
  assert.ok(await isLive(used))
  for (let minutes = 35; minutes < 8 * 60 - 20; minutes += 20) {
    await passes(20)
    assert.ok(await isLive(used), `after ${minutes + 20} minutes`)
  }
  await passes(25)
  assert.equal(await isLive(used), false, 'after eight hours, used or not')
})

test('an engineer with the contact’s email address manages the party that an officer registered', async () => {
  const { id } = await house.as(manager, work =>
    registry.registerParty(work, input({ contact: { name: 'Hạnh', email: 'hanh@so.example.vn' } })),
  )
  const hanh = await engineer('hanh@so.example.vn')
  assert.deepEqual(
    (await hanh.as(registry.listParties)).map(one => one.id),
    [id],
  )
})

test('the client’s party and officers read its flights; another party does not', async () => {
  const [khoi, mai] = [await engineer('khoi2@thu.example.vn'), await engineer('mai2@thu.example.vn')]
  const own = await khoi.as(work => registry.registerParty(work, input({ basis: undefined })))
  const { clientId } = await khoi.as(work =>
    clients.addClient(
      work,
      own.id,
      {
        name: 'Thử',
        sandbox: true,
        settings: settings({ redirectUris: ['http://localhost:3000/back'], purposes: [] }),
      },
      real,
    ),
  )
  const requestId = newId<'request'>()
  await house.as(atTheDoor, async work => {
    await parties.recordFlight(work, {
      requestId,
      clientId,
      endpoint: 'token',
      outcome: 'failed',
      check: 'dpop-iat',
      error: 'invalid_dpop_proof',
      seconds: -41,
    })
    await parties.recordFlight(work, {
      requestId: newId(),
      clientId,
      endpoint: 'token',
      outcome: 'failed',
      check: 'dpop-iat',
      error: 'invalid_dpop_proof',
    })
    await parties.recordFlight(work, {
      requestId: newId(),
      clientId,
      endpoint: 'authorization',
      outcome: 'failed',
      check: 'redirect-uri',
    })
    await parties.recordFlight(work, { requestId: newId(), clientId, endpoint: 'token', outcome: 'passed' })
  })
  const [note] = await khoi.as(work => flights.findFlights(work, requestId))
  assert.deepEqual([note?.check, note?.seconds], ['dpop-iat', -41])
  await assert.rejects(() => mai.as(work => flights.findFlights(work, requestId)), refused('flight-unknown'))
  await assert.rejects(() => khoi.as(work => flights.findFlights(work, 'không phải mã')), refused('flight-unknown'))
  assert.equal((await house.as(another, work => flights.findFlights(work, requestId))).length, 1)
  const { passed, checks, recent } = await khoi.as(work => flights.summarizeFlights(work, clientId))
  assert.deepEqual(
    [passed, checks.map(({ check, count }) => [check, count]), recent.length],
    [
      1,
      [
        ['dpop-iat', 2],
        ['redirect-uri', 1],
      ],
      3,
    ],
  )
  assert.deepEqual((await mai.as(work => flights.summarizeFlights(work, clientId))).recent, [])

  const unknown = newId<'request'>()
  await house.as(atTheDoor, work =>
    parties.recordFlight(work, {
      requestId: unknown,
      clientId: 'typo',
      endpoint: 'authorization',
      outcome: 'failed',
      check: 'client-unknown',
    }),
  )
  assert.equal(
    (await khoi.as(work => flights.findFlights(work, unknown)))[0]?.check,
    'client-unknown',
    'a wrong client_id is told to who holds the code',
  )
})

test('flight notes are deleted after thirty days', async () => {
  const old = newId<'request'>()
  await house.as(atTheDoor, work =>
    parties.recordFlight(work, { requestId: old, endpoint: 'token', outcome: 'failed', check: 'quota' }),
  )
  await house.owner(`update parties.flight set at = now() - interval '30 days 1 minute' where request_id = $1`, [old])
  assert.equal(await house.work(work => flights.deleteOldFlights(work, 100)), 1)
  await assert.rejects(() => house.work(work => flights.findFlights(work, old)), refused('flight-unknown'))
})

test('an officer sets a quota, which must be plausible', async () => {
  const { id } = await approvedParty()
  const { clientId } = await house.as(manager, work =>
    clients.addClient(work, id, { name: 'Thử', sandbox: true, settings: settings() }, real),
  )
  await assert.rejects(
    () => house.as(manager, work => clients.setClientQuota(work, clientId, 'sign-in', { perMinute: 10, perDay: 5 })),
    refused('quota-wrong'),
  )
  await house.as(manager, work => clients.setClientQuota(work, clientId, 'sign-in', { perMinute: 1, perDay: 5 }))
  assert.deepEqual(await house.as(atTheDoor, work => parties.spendQuota(work, clientId, 'sign-in')), { left: 0 })
  assert.ok('over' in (await house.as(atTheDoor, work => parties.spendQuota(work, clientId, 'sign-in'))))
})
