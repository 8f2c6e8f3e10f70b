import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { aCard } from '../../../test/a-card.ts'
import { anActivatedAccount, aPhoneInHand } from '../../../test/an-account.ts'
import { anOfficerInPost } from '../../../test/an-officer.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { endUndoTime } from '../../../test/undo-time.ts'
import { asDay } from '../../platform/day.ts'
import { newToken } from '../../platform/http/cookie-tokens.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { openLog } from '../../platform/log.ts'
import { mayDo, type Role } from '../../staff/role.ts'
import * as accounts from '../accounts.ts'
import * as activation from '../activation/activation.ts'
import { confirmAsGuardian } from '../activation/guardian.ts'
import { routes } from '../routes.ts'

/** A child's account at the desk, from the request to the child's own passcode (NĐ69/2024 Art. 7, 10, 14). */
const day = asDay('2024-09-03')
const house = await openHouse({ day, withUnits: true })
const [ward, approver] = [
  await anOfficerOf(house, commune.haKhanh, { day }),
  await anOfficerInPost(house, 'data-approver', commune.haKhanh, { day }),
]
const inHand = aPhoneInHand(house)

const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false, perMinute: 10_000 })
const people: Readonly<Record<string, { role: Role; standing: typeof ward }>> = {
  ward: { role: 'ward-officer', standing: ward },
  approver: { role: 'data-approver', standing: approver },
}
const openWork = openRequests(house.openWork, async request => {
  const who = people[String(request.headers['x-who'])]
  return (
    who && {
      by: who.standing.by,
      authority: (right, purpose) => (mayDo(who.role, right) ? { ...who.standing, purpose } : undefined),
    }
  )
})
const { privateKey: secret } = generateKeyPairSync('ed25519')
const noKeys = async () => assert.fail('no picture is sent here')
routes(
  { app, openWork, origin },
  { openWork: house.openWork, keys: noKeys, secret: () => secret, isDemonstration: () => true },
)

async function ask(method: 'GET' | 'POST', path: string, body?: object, who = 'ward') {
  const reply = await app.inject({
    method,
    url: `/api${path}`,
    headers: { 'x-who': who, origin },
    ...(body && { payload: body }),
  })
  return { status: reply.statusCode, body: reply.json() as Record<string, unknown> }
}

async function aMother({ level = 2 }: { level?: 1 | 2 } = {}) {
  const mother = await anActivatedAccount(house, {
    name: 'Lê Thị Bình',
    sex: 'F',
    bornOn: '1986-05-12',
    commune: commune.quangHanh,
  })
  await house.owner('update accounts.account set level = $2 where id = $1', [mother.accountId, level])
  return mother
}

async function aChildOf(mother: { readonly number: string }, bornOn = '2015-02-03') {
  const row = aPerson({
    name: 'Phạm Gia Hân',
    bornOn,
    mother_number: mother.number,
    mother_name: 'Lê Thị Bình',
    father_name: 'Phạm Văn Tú',
  })
  const id = await enter(house, row)
  await aCard({ openWork: house.openWork, standing: ward }, id, 'handed-over')
  return { id, number: row.person_number }
}

test('an officer sees a child’s kin in the register and who can act, without their phones', async () => {
  const mother = await aMother()
  const child = await aChildOf(mother)
  const { status, body } = await ask('GET', `/persons/${child.id}/account-representatives`)
  assert.deepEqual(
    [status, body],
    [
      200,
      {
        acts: 'representative',
        level: 2,
        representatives: [
          { personId: mother.personId, relation: 'mother', name: 'Lê Thị Bình' },
          { relation: 'father', name: 'Phạm Văn Tú', unfit: 'not-in-register' },
        ],
      },
    ],
  )
  assert.deepEqual(
    (await ask('GET', `/persons/${mother.personId}/account-representatives`)).status,
    404,
    'of another district',
  )
  const grown = await enter(house, aPerson({ bornOn: '2005-02-03' }))
  assert.deepEqual((await ask('GET', `/persons/${grown}/account-representatives`)).body, {
    acts: 'holder',
    level: 2,
    representatives: [],
  })
  const infant = await aChildOf(mother, '2020-02-03')
  assert.equal((await ask('GET', `/persons/${infant.id}/account-representatives`)).body['level'], 1)
})

test('a child’s account goes from request to passcode: the mother represents, is notified and confirms', async () => {
  const mother = await aMother()
  const child = await aChildOf(mother)
  const wanted = { personId: child.id, level: 2 }
  const refused = await ask('POST', '/accounts', wanted)
  assert.deepEqual([refused.status, refused.body['type']], [422, '/problems/account-representative-needed'])
  const asked = await ask('POST', '/accounts', { ...wanted, phone: '0900000001', representativeId: mother.personId })
  assert.deepEqual([asked.status, asked.body['state']], [200, 'requested'])
  const id = String(asked.body['id'])
  assert.equal((await ask('POST', `/accounts/${id}/approve`, {})).status, 403, 'not by who took it')
  assert.equal((await ask('POST', `/accounts/${id}/approve`, {}, 'approver')).status, 200)
  await endUndoTime(house, accounts.accountDecisions)

  await inHand.textsTo(mother.phone)
  const told = inHand.letters.filter(({ to }) => to === `+84${mother.phone.slice(1)}`).map(({ text }) => text)
  assert.match(told.join('\n'), /PHAM GIA HAN da duoc phe duyet/)

  const browser = { device: newToken(), address: '10.1.2.3', name: 'test' }
  const began = await activation.beginActivation(house.openWork, {
    number: child.number,
    phoneEnd: mother.phone.slice(-3),
    browser,
  })
  const token = began.outcome === 'begun' ? began.token : assert.fail(began.outcome)
  const given = await activation.enterCode(house.openWork, token, await inHand.codeTo(mother.phone))
  const next = given.outcome === 'right' ? given.token : assert.fail(given.outcome)
  assert.equal((await activation.findProgress(house.openWork, next))?.needsGuardian, true)
  const from = { address: browser.address }
  const confirmed = await confirmAsGuardian(house.openWork, next, {
    number: mother.number,
    passcode: mother.passcode,
    from,
  })
  assert.deepEqual(confirmed, { outcome: 'confirmed' })
  assert.deepEqual(await activation.choosePasscode(house.openWork, next, { passcode: '419057', browser }), {
    outcome: 'kept',
  })
  const signedIn = await accounts.checkPasscode(house.openWork, { number: child.number }, '419057', from)
  assert.equal(signedIn.outcome, 'right')
})

test('a parent’s number requests the same account; an unfit parent is refused with the reason', async () => {
  const [fit, weak] = [await aMother(), await aMother({ level: 1 })]
  const by = async (mother: { readonly number: string }) => {
    const child = await aChildOf(mother)
    const { body } = await ask('POST', '/accounts', {
      personId: child.id,
      level: 2,
      representativeNumber: mother.number,
    })
    return body['state'] ?? body['type']
  }
  assert.deepEqual([await by(fit), await by(weak)], ['requested', '/problems/account-representative-no-account'])
})

test('an adult’s account is requested at the counter with their own phone', async () => {
  const person = await enter(house, aPerson())
  const { body } = await ask('POST', '/accounts', { personId: person, level: 1, phone: '0912 000 321' })
  const [row] = await house.owner<Record<string, unknown>>(
    'select phone, asked_via, requested_by from accounts.account where id = $1',
    [body['id']],
  )
  assert.deepEqual(row, { phone: '+84912000321', asked_via: 'desk', requested_by: ward.by.id })
})
