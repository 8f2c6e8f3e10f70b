import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import * as audit from '../src/audit/audit.ts'
import { consequences } from '../src/consequences.ts'
import { deliver } from '../src/outreach/sending/sending.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { openLog } from '../src/platform/log.ts'
import { routes } from '../src/staff/routes.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import { FormBrowser } from './form-browser.ts'
import { openHouse } from './house.ts'
import { signInByForm } from './officer-factor.ts'

/**
 * Attacks of an administrator on the rule of two officers, over HTTP, in an installation with officers. The attacker
 * has one session and whatever they can make others of; what they got is asked of the sign-in.
 */

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
let app: FastifyInstance
const unitIds = new Map<string, units.UnitId>()
const unitOf = (code: string) => unitIds.get(code) ?? assert.fail(`no unit ${code}`)

before(async () => {
  audit.setConsequences(consequences)
  await house.work(async work => {
    for (const code of ['22', '193', '06685'])
      unitIds.set(code, (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(`no unit ${code}`))
  })
  app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  routes(doors, { openWork: house.openWork, demonstration: () => undefined })
  await app.ready()
})
after(() => app.close())

type Person = { readonly id: staff.OfficerId; readonly login: string; readonly password: string }

let count = 0
/** An officer whom the house itself made, with a password of their own. */
async function anOfficer(role: staff.Role, code: string): Promise<Person> {
  count += 1
  const login = `${role.slice(0, 8)}.${count}`
  const password = `mật khẩu riêng số ${count}`
  const unitId = unitOf(code)
  const id = await house.work(async work => {
    const { officer } = await staff.addOfficer(work, { login, fullName: `Cán Bộ ${count}`, unitId, own: { password } })
    await staff.appoint(work, { officerId: officer.id, role, unitId })
    return officer.id
  })
  return { id, login, password }
}

class Browser extends FormBrowser {
  constructor() {
    super(() => app)
  }

  async signIn({ login, password }: { login: string; password: string }, at = 0): Promise<boolean> {
    this.cookies.delete('dinhdanh-session')
    await signInByForm(this, { login, password })
    const { posts = [] } = (await this.call('GET', '/me')).json()
    if (posts.length > 1) await this.fill('/choose-post', { post: asPost(posts[at]) })
    return posts.length > 0
  }

  /** The roles that this officer can act in. */
  async roles(): Promise<string[]> {
    const { posts = [] } = (await this.call('GET', '/me')).json()
    return posts.map(({ role }: { role: string }) => role).sort()
  }

  /** Accepts whatever waits, however a link may go. Gives the codes of the refusals. */
  async acceptAll(): Promise<string[]> {
    const refusals: string[] = []
    for (const { id } of await waiting())
      for (const delivery of ['phone', 'email', 'paper']) {
        const answer = await this.call('POST', `/staff-proposals/${id}/accept`, { delivery })
        if (answer.statusCode !== 200) refusals.push(codeOf(answer))
      }
    return refusals
  }
}

/** A post as the form of the choice sends it. */
const asPost = ({ appointmentId, standIn }: { appointmentId: string; standIn?: { id: string } }) =>
  standIn ? `${appointmentId} ${standIn.id}` : appointmentId

type Answered = { statusCode: number; body: string; json(): { type?: string } }
const codeOf = (answer: Answered) =>
  String(answer.json().type ?? '').replace('/problems/', '') || String(answer.statusCode)

const hasProposals = async () =>
  (await house.owner<{ there: string | null }>(`select to_regclass('staff.proposal')::text as there`))[0]?.there !==
  null

const waiting = async () =>
  (await hasProposals())
    ? house.owner<{ id: string; kind: string }>(`select id, kind from staff.proposal where state = 'pending'`)
    : []

/** Each text in an answer: one of them might be a password. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

async function signInWithAnyOf(login: string, texts: readonly string[]): Promise<boolean> {
  for (const password of texts) if (await new Browser().signIn({ login, password })) return true
  return false
}

/** The links that went out to an address since the last time, as their receiver reads them. */
async function linksSentTo(address: string): Promise<string[]> {
  const queued = await house.owner<{ id: string }>(
    `select id from outreach.message where address = $1 and template = 'officer-link' and state = 'queued'`,
    [address],
  )
  const read: string[] = []
  const channel = {
    name: 'test',
    send: async ({ text }: { text: string }) => {
      read.push(...[...text.matchAll(/\/new-password#([a-z0-9-]+)/g)].map(([, secret = '']) => secret))
      return { outcome: 'accepted' as const }
    },
  }
  for (const { id } of queued)
    await deliver(house.openWork, { phone: [channel], email: [channel], origin }, id as Parameters<typeof deliver>[2])
  return read
}

const choose = (browser: Browser, secret: string, login: string, next: string) =>
  browser.fill('/new-password', { secret, login, next, again: next })

let admin: Person, second: Person, commander: Person, friend: Person
let attacker: Browser
beforeEach(async () => {
  if (await hasProposals()) await house.owner(`update staff.proposal set state = 'expired' where state = 'pending'`)
  admin = await anOfficer('administrator', '22')
  second = await anOfficer('administrator', '22')
  commander = await anOfficer('provincial-commander', '22')
  friend = await anOfficer('ward-officer', '06685')
  attacker = new Browser()
  assert.ok(await attacker.signIn(admin))
})

const appointed = (person: { id: string }, role: string, unit = '22') =>
  attacker.call('POST', `/officers/${person.id}/appointments`, { role, unitId: unitOf(unit) })

const rolesOf = async (person: Person): Promise<string[]> => {
  const browser = new Browser()
  await browser.signIn(person)
  return browser.roles()
}

test('an administrator cannot make a friend a commander alone', async () => {
  await appointed(friend, 'provincial-commander')
  await attacker.acceptAll()
  assert.deepEqual(await rolesOf(friend), ['ward-officer'])
})

test('an administrator cannot become a commander, by whatever they propose and accept', async () => {
  await appointed(admin, 'provincial-commander')
  // Another officer proposes it, in good faith; the one concerned accepts.
  const other = new Browser()
  await other.signIn(second)
  await other.call('POST', `/officers/${admin.id}/appointments`, { role: 'provincial-commander', unitId: unitOf('22') })
  assert.ok((await attacker.acceptAll()).every(code => code === 'own-appointment' || code === '404'))
  assert.deepEqual(await rolesOf(admin), ['administrator'])
})

test('an administrator cannot reset a commander’s password and sign in as them', async () => {
  const answer = await attacker.call('POST', `/officers/${commander.id}/password`, {})
  const accepted = await attacker.acceptAll()
  assert.equal(await signInWithAnyOf(commander.login, textsIn(answer.json())), false)
  assert.ok(accepted.every(code => code === 'second-officer-accepts' || code === '404'))
  assert.ok(await new Browser().signIn(commander), 'what nobody accepted ends nothing')
})

test('an administrator cannot enter an officer, appoint them, and accept with them', async () => {
  const unitId = unitOf('22')
  const entered = await attacker.call('POST', '/officers', {
    login: `moi.${count}`,
    name: 'Người Mới',
    unitId,
    phone: '0912 345 678',
  })
  const made = entered.json()
  await appointed(made, 'administrator')
  await attacker.acceptAll()
  assert.equal(await signInWithAnyOf(`moi.${count}`, textsIn(made)), false)
  assert.deepEqual(await linksSentTo('+84912345678'), [])
})

test('an administrator cannot make a friend the stand-in of a commander alone', async () => {
  const [post] = await house.owner<{ id: string }>('select id from staff.appointment where officer_id = $1', [
    commander.id,
  ])
  const days = { fromOn: '2023-04-20', lastOn: '2023-04-20' }
  await attacker.call('POST', `/appointments/${post?.id}/stand-ins`, { officerId: friend.id, ...days })
  await attacker.acceptAll()
  assert.deepEqual(await rolesOf(friend), ['ward-officer'])
})

test('an administrator cannot give a post that ended again, by a later end', async () => {
  const [post] = await house.owner<{ id: string }>('select id from staff.appointment where officer_id = $1', [
    friend.id,
  ])
  await attacker.call('POST', `/appointments/${post?.id}/end`, {})
  await attacker.call('POST', `/appointments/${post?.id}/end`, { lastOn: '2030-01-01' })
  assert.deepEqual(await rolesOf(friend), [])
})

/** Lets an officer stand in for another today, by the house: as two officers had agreed before. */
const standIn = (officer: Person, absent: Person) =>
  house.work(async work => {
    const found = (await staff.officers(work)).find(({ id }) => id === absent.id)
    const appointmentId = found?.appointments[0]?.id ?? assert.fail('no post')
    await staff.appointStandIn(work, { appointmentId, officerId: officer.id, fromOn: work.today, lastOn: work.today })
  })

test('who stands in for the proposer, or for the one concerned, does not accept', async () => {
  const stand = await anOfficer('administrator', '22')
  await standIn(stand, admin)
  await standIn(stand, commander)
  await attacker.call('POST', `/officers/${commander.id}/password`, {})
  const browser = new Browser()
  for (const at of [1, 2]) {
    await browser.signIn(stand, at)
    const refused = await browser.acceptAll()
    assert.ok(refused.length > 0 && refused.every(code => /^(?:second-officer-accepts|own-appointment)$/.test(code)))
  }
  await browser.signIn(stand, 0)
  await browser.acceptAll()
  assert.deepEqual(await waiting(), [], 'in a post of their own they are another officer')
})

test('an administrator who stands in for a commander does not accept what they proposed themselves', async () => {
  await standIn(admin, commander)
  await appointed(friend, 'provincial-commander')
  await attacker.signIn(admin, 1)
  assert.deepEqual(new Set(await attacker.acceptAll()), new Set(['second-officer-accepts']))
  assert.deepEqual(await rolesOf(friend), ['ward-officer'])
})

/** Two officers do together what one may not. */
async function accepted(kind: string, delivery?: string): Promise<Answered> {
  const other = new Browser()
  await other.signIn(second)
  const [proposal] = (await waiting()).filter(one => one.kind === kind)
  return other.call('POST', `/staff-proposals/${proposal?.id}/accept`, delivery ? { delivery } : {})
}

const setContact = (person: Person, phone: string) =>
  house.owner('update staff.officer set phone = $2, contact_set_at = null where id = $1', [person.id, phone])

test('another officer accepts a reset: the link goes to the commander’s phone, who chooses the password', async () => {
  await setContact(commander, '+84911111111')
  await attacker.call('POST', `/officers/${commander.id}/password`, { note: 'Quên mật khẩu' })
  assert.equal((await accepted('reset', 'phone')).statusCode, 200)
  assert.equal(await new Browser().signIn(commander), false, 'the old password is over')
  const [secret = assert.fail('no link')] = await linksSentTo('+84911111111')

  const stored = await house.owner<{ row: string }>(
    `select m::text as row from outreach.message m union all select l::text from staff.password_link l
     union all select d::text from audit.deed d union all select p::text from staff.proposal p`,
  )
  const bare = secret.replaceAll('-', '')
  assert.ok(
    stored.every(({ row }) => !row.includes(secret) && !row.includes(bare)),
    'the database has hashes alone',
  )

  const phone = new Browser()
  assert.equal((await choose(phone, secret, commander.login, 'hoa ban nở tháng ba')).statusCode, 200)
  assert.ok(await phone.signIn({ ...commander, password: 'hoa ban nở tháng ba' }))
  assert.equal((await choose(new Browser(), secret, commander.login, 'một câu khác để thử')).statusCode, 410, 'used')
  assert.equal(await new Browser().signIn({ ...commander, password: 'một câu khác để thử' }), false)
})

test('a commander’s phone is changed by two, and no link goes to it for three days', async () => {
  await setContact(commander, '+84922222222')
  await attacker.call('POST', `/officers/${commander.id}/contact`, { phone: '0933333333' })
  await attacker.acceptAll()
  assert.deepEqual(
    await house.owner('select phone from staff.officer where id = $1', [commander.id]),
    [{ phone: '+84922222222' }],
    'one officer changes nothing',
  )
  assert.equal((await accepted('contact')).statusCode, 200)
  const told = await house.owner(
    `select 1 from outreach.message where template = 'officer-changed' and address = '+84922222222'`,
  )
  assert.equal(told.length, 1, 'the phone that was replaced is told')

  await attacker.call('POST', `/officers/${commander.id}/password`, {})
  assert.equal(codeOf(await accepted('reset', 'phone')), 'contact-too-fresh')
  assert.deepEqual(await linksSentTo('+84933333333'), [])
  await house.owner(`update staff.officer set contact_set_at = now() - interval '73 hours' where id = $1`, [
    commander.id,
  ])
  assert.equal((await accepted('reset', 'phone')).statusCode, 200)
  assert.equal((await linksSentTo('+84933333333')).length, 1)
})

/** A link that two officers gave to somebody. */
async function aLink(person: Person, phone: string): Promise<string> {
  await setContact(person, phone)
  await attacker.call('POST', `/officers/${person.id}/password`, {})
  assert.equal((await accepted('reset', 'phone')).statusCode, 200)
  const [secret = assert.fail('no link')] = await linksSentTo(phone)
  return secret
}

test('a link that is over, or that another took the place of, opens nothing', async () => {
  const former = await aLink(commander, '+84944444441')
  const later = await aLink(commander, '+84944444441')
  assert.equal((await new Browser().get(`/new-password/${former}`)).statusCode, 410)
  assert.equal((await choose(new Browser(), former, commander.login, 'hoa ban nở tháng ba')).statusCode, 410)
  assert.equal((await new Browser().get(`/new-password/${later}`)).statusCode, 200)
  await house.owner(
    `update staff.password_link set granted_at = granted_at - interval '61 minutes',
       expires_at = expires_at - interval '61 minutes' where officer_id = $1`,
    [commander.id],
  )
  assert.equal((await new Browser().get(`/new-password/${later}`)).statusCode, 410)
  assert.equal((await choose(new Browser(), later, commander.login, 'hoa ban nở tháng ba')).statusCode, 410)
  assert.equal(await new Browser().signIn({ ...commander, password: 'hoa ban nở tháng ba' }), false)
})

test('a link sets the password of its own officer alone; five logins of others end it', async () => {
  const secret = await aLink(commander, '+84944444442')
  const thief = new Browser()
  for (let tries = 0; tries < 5; tries++)
    assert.equal((await choose(thief, secret, friend.login, 'hoa ban nở tháng ba')).statusCode, 400)
  assert.equal(await new Browser().signIn({ ...friend, password: 'hoa ban nở tháng ba' }), false)
  assert.equal((await choose(thief, secret, commander.login, 'hoa ban nở tháng ba')).statusCode, 410)
})

test('a link is not used in the session of another officer', async () => {
  const secret = await aLink(commander, '+84944444443')
  const refused = await choose(attacker, secret, commander.login, 'hoa ban nở tháng ba')
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /đang đăng nhập bằng tài khoản của cán bộ khác/)
  assert.equal((await choose(new Browser(), secret, commander.login, 'hoa ban nở tháng ba')).statusCode, 200)
})

test('a paper is printed by who accepted alone, and one printed before opens nothing', async () => {
  await attacker.call('POST', `/officers/${commander.id}/password`, {})
  const [proposal] = await waiting()
  assert.equal((await accepted('reset', 'paper')).statusCode, 200)
  const paper = `/staff-proposals/${proposal?.id}/paper`
  assert.equal(codeOf(await attacker.call('POST', paper)), 'paper-not-yours')
  const other = new Browser()
  await other.signIn(second)
  const hash = async () =>
    (
      await house.owner<{ hash: string }>(
        `select encode(token_hash, 'hex') as hash from staff.password_link where proposal_id = $1`,
        [proposal?.id],
      )
    )[0]?.hash
  const printed = await other.call('POST', paper)
  assert.equal(printed.headers['content-type'], 'application/pdf')
  const first = await hash()
  await other.call('POST', paper)
  assert.ok(first && first !== (await hash()))
})

test('a proposal expires after seven days, and one whose proposer left is not accepted', async () => {
  await appointed(friend, 'auditor', '193')
  await house.owner(
    `update staff.proposal set proposed_at = proposed_at - interval '8 days',
       expires_at = expires_at - interval '8 days' where state = 'pending'`,
  )
  assert.equal(codeOf(await accepted('appointment')), 'staff-proposal-closed')
  await appointed(friend, 'auditor', '193')
  await house.work(work => staff.dismissOfficer(work, admin.id))
  const other = new Browser()
  await other.signIn(second)
  assert.deepEqual(new Set(await other.acceptAll()), new Set(['proposer-without-right']))
})

test('the database itself refuses a proposal accepted by its proposer or by the one concerned', async () => {
  await appointed(friend, 'auditor', '193')
  const [{ id } = assert.fail('nothing waits')] = (await waiting()).slice(-1)
  for (const [by, standsFor] of [
    [admin.id, null],
    [friend.id, null],
    [second.id, admin.id],
    [second.id, friend.id],
  ])
    await assert.rejects(
      house.owner(
        `update staff.proposal set state = 'accepted', decided_by = $2, decided_for = $3, decided_at = now()
         where id = $1`,
        [id, by, standsFor],
      ),
      /accepted_by_another/,
    )
  const give = (officerId: string) =>
    house.owner(
      `insert into staff.appointment (id, officer_id, role, unit_id, basis, proposal_id)
       values (gen_random_uuid(), $1, 'auditor', $2, 'two-officers', $3)`,
      [officerId, unitOf('193'), id],
    )
  await assert.rejects(give(friend.id), /foreign key/, 'of a proposal that nobody accepted')
  await house.owner(`update staff.proposal set state = 'accepted', decided_by = $2, decided_at = now() where id = $1`, [
    id,
    second.id,
  ])
  await assert.rejects(give(admin.id), /foreign key/, 'of a proposal about another officer')
  await give(friend.id)
})

test('two officers give a post: its deed names the proposal, and the first link comes with it', async () => {
  const unitId = unitOf('06685')
  const login = `tanbinh.${count}`
  const { id } = (
    await attacker.call('POST', '/officers', { login, name: 'Tân Binh', unitId, email: 'tan.binh@example.vn' })
  ).json()
  await appointed({ id }, 'ward-officer', '06685')
  assert.equal(codeOf(await accepted('appointment')), 'delivery-needed')
  assert.equal(codeOf(await accepted('appointment', 'phone')), 'contact-needed')
  assert.equal((await accepted('appointment', 'email')).statusCode, 200)
  const [deed] = await house.owner<{ facts: { basis: string; proposal: string } }>(
    `select facts from audit.deed where deed = 'officer.appointed' and subject_id = $1`,
    [id],
  )
  assert.equal(deed?.facts.basis, 'two-officers')
  assert.ok(deed?.facts.proposal)
  const [secret = assert.fail('no link')] = await linksSentTo('tan.binh@example.vn')
  assert.equal((await choose(new Browser(), secret, login, 'hoa ban nở tháng ba')).statusCode, 200)
  assert.ok(await new Browser().signIn({ login, password: 'hoa ban nở tháng ba' }))
})

test('the list shows a proposal with all that is needed to accept it, and tells who may', async () => {
  await setContact(commander, '+84955555555')
  await attacker.call('POST', `/officers/${commander.id}/contact`, { phone: '0966666666', note: 'Đổi số' })
  const seen = async (browser: Browser) =>
    (await browser.call('GET', '/staff-proposals'))
      .json()
      .proposals.find((one: { state: string }) => one.state === 'pending')
  const mine = await seen(attacker)
  assert.deepEqual(
    [mine.kind, mine.contact.phone, mine.reached.phone, mine.note, mine.proposedBy.self, mine.mayAccept],
    ['contact', '+84966666666', '+84955555555', 'Đổi số', true, false],
  )
  const other = new Browser()
  await other.signIn(second)
  assert.equal((await seen(other)).mayAccept, true)
  await other.signIn(commander)
  assert.equal((await seen(other)).mayAccept, false)
  assert.equal(
    (await other.call('POST', `/staff-proposals/${mine.id}/refuse`)).statusCode,
    200,
    'the one concerned stops it',
  )
  assert.deepEqual(
    (await waiting()).filter(({ id }) => id === mine.id),
    [],
  )
  const clerk = new Browser()
  await clerk.signIn(friend)
  assert.equal((await clerk.call('GET', '/staff-proposals')).statusCode, 403)
})

test('what an administrator proposed is not accepted once they have the right in another unit alone', async () => {
  await appointed(friend, 'auditor')
  const [post] = await house.owner<{ id: string }>(`select id from staff.appointment where officer_id = $1`, [admin.id])
  await house.work(async work => {
    await staff.endAppointment(work, (post?.id ?? '') as staff.AppointmentId)
    await staff.appoint(work, { officerId: admin.id, role: 'administrator', unitId: unitOf('193') })
  })
  const other = new Browser()
  await other.signIn(second)
  assert.deepEqual(new Set(await other.acceptAll()), new Set(['proposer-without-right']))
})
