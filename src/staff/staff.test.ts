import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { openHouse } from '../../test/house.ts'
import { latestBuiltIn } from '../../test/latest-built-in.ts'
import { signInWhole } from '../../test/officer-factor.ts'
import * as audit from '../audit/audit.ts'
import { asDay } from '../platform/day.ts'
import { anyone } from '../platform/endpoint.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import type { Id } from '../platform/ids.ts'
import { runAs } from '../platform/limits/caller.ts'
import { hashTurns } from '../platform/limits/law.ts'
import { Problem } from '../platform/problem.ts'
import { matchesSecret } from '../platform/sealing/secret-hash.ts'
import { slowdownIn, slowdownKeyOf, slowdownWait } from '../platform/throttling/slowdown.ts'
import type { Authority, Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { changePassword } from './change-password.ts'
import { demonstrationProof } from './factors/demonstration-key.ts'
import { findSignIn, giveFactor } from './factors/factors.ts'
import { passwordTries } from './law.ts'
import { generatePassword, passwordFault } from './password.ts'
import { mayDo, rightsOf, roles } from './role.ts'
import { choosePost, signOut } from './session.ts'
import { type SignInOrigin, signIn } from './sign-in.ts'
import * as staff from './staff.ts'
import { withCredentials } from './store-session.ts'

const house = await openHouse({ withUnits: true })
const openRequest = openRequests(house.openWork, staff.authenticate(house.openWork))
/** Who is signed in, as a request finds it that does nothing else. */
const authenticate = (request: FastifyRequest) =>
  openRequest(request, { right: anyone, purpose: 'test', method: 'GET' }, async (_work, who) => who)
const unitOf = new Map<string, units.UnitId>()
const at = (code: string) => unitOf.get(code) ?? assert.fail(`no unit ${code}`)

before(() =>
  house.work(async work => {
    for (const unit of await units.unitsOn(work, work.today)) unitOf.set(unit.code, unit.id)
  }),
)

const device = (letter: string) => letter.repeat(43)
const from = (letter: string, address = '10.0.0.1'): SignInOrigin => ({
  device: device(letter),
  address,
  browser: 'test',
})
const asking = (token: string) =>
  ({ protocol: 'http', headers: {}, cookies: { 'dinhdanh-session': token } }) as unknown as FastifyRequest

async function refusal(step: Promise<unknown>): Promise<string> {
  const error = await step.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Problem ? error.code : assert.fail(`not refused: ${error}`)
}

let number = 0
/** An officer with a password of their own, appointed since ever. */
async function anOfficer(role: staff.Role, code: string) {
  number += 1
  const login = `officer${number}`
  const password = generatePassword()
  const id = await house.work(async work => {
    const { officer } = await staff.addOfficer(work, {
      login,
      fullName: `Nguyễn Văn ${number}`,
      unitId: at(code),
      own: { password },
    })
    await staff.appoint(work, { officerId: officer.id, role, unitId: at(code) })
    return officer.id
  })
  return { id, login, password }
}

async function tokenOf({ login, password }: { login: string; password: string }, where = from('a')): Promise<string> {
  const signed = await signInWhole(house.openWork, { login, password, from: where })
  return signed.outcome === 'signed-in' ? signed.token : assert.fail(signed.outcome)
}

async function standingOf(officer: { login: string; password: string }, right = 'signed-in'): Promise<Authority> {
  const who = await authenticate(asking(await tokenOf(officer)))
  return who?.authority(right, 'test') ?? assert.fail('no standing')
}

const asOfficer = async <T>(officer: { login: string; password: string }, verb: (work: Work) => Promise<T>) =>
  house.as(await standingOf(officer), verb)

test('an officer signs in and acts in their unit, within the scope of its subtree, and the deed says so', async () => {
  const officer = await anOfficer('district-officer', '193')
  const standing = await standingOf(officer, 'register.search')
  assert.deepEqual(standing.by, { kind: 'officer', id: officer.id })
  assert.equal(standing.unitId, at('193'))
  const scope = standing.scope as { units: Id<'unit'>[] }
  assert.ok(scope.units.includes(at('06685')))
  assert.ok(!scope.units.includes(at('195')))
  const began = await house.owner(
    `select 1 from audit.deed where deed = 'session.began' and on_behalf_of = $1 and unit_id = $2`,
    [officer.id, at('193')],
  )
  assert.equal(began.length, 1)
})

test('a wrong password and an unknown login get one refusal, and the deed holds neither', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const wrong = await signIn(house.openWork, { login: officer.login, password: 'not-the-password', from: from('b') })
  const unknown = await signIn(house.openWork, { login: 'nobody.here', password: 'not-the-password', from: from('b') })
  assert.deepEqual([wrong, unknown], [{ outcome: 'refused' }, { outcome: 'refused' }])
  const traces = await house.owner<{ row: string }>(
    `select d::text as row from audit.deed d where deed = 'sign-in.refused'`,
  )
  assert.ok(traces.length >= 2)
  assert.ok(
    traces.every(
      ({ row }) => !row.includes('nobody.here') && !row.includes('not-the-password') && !row.includes(officer.login),
    ),
  )
})

test('a failing stranger waits ever longer, and does not lock out the officer’s own browser', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  await tokenOf(officer, from('o'))
  const stranger = { ...from('s'), address: '10.9.9.9' }
  const fail = () => signIn(house.openWork, { login: officer.login, password: 'guess', from: stranger })

  for (let i = 0; i < 3; i++) assert.equal((await fail()).outcome, 'refused')
  assert.equal((await fail()).outcome, 'slowed')
  const rightFromThere = await signIn(house.openWork, { ...officer, from: stranger })
  assert.equal(rightFromThere.outcome, 'slowed', 'even the right password waits where guesses come from')

  assert.ok(
    await tokenOf(officer, { ...from('o'), address: '10.9.9.9' }),
    'the known browser, at the very same address',
  )
  assert.ok(await tokenOf(officer, { ...from('n'), address: '10.1.1.1' }), 'a new browser elsewhere')
})

test('simultaneous attempts are all counted before any password is checked', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const where = { ...from('p'), address: '10.8.8.8' }
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, () => signIn(house.openWork, { login: officer.login, password: 'guess', from: where })),
  )
  assert.equal(outcomes.filter(({ outcome }) => outcome === 'refused').length, 3)
})

test('waits double from two seconds to a quarter of an hour', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 20].map(failures => slowdownWait(failures, latestBuiltIn(passwordTries))),
    [0, 0, 2, 4, 8, 900],
  )
})

test('signing out ends the session at once, for every holder of the cookie', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const token = await tokenOf(officer)
  assert.ok(await authenticate(asking(token)))
  await signOut(house.openWork, token)
  assert.equal(await authenticate(asking(token)), undefined)
})

test('no session token is stored in the database', async () => {
  const token = await tokenOf(await anOfficer('ward-officer', '06685'))
  const rows = await house.owner<{ row: string }>('select s::text as row from staff.session s')
  const hex = Buffer.from(token, 'base64url').toString('hex')
  assert.ok(rows.every(({ row }) => !row.includes(token) && !row.includes(hex)))
})

test('a session ends after half an hour unused, and after twelve hours whatever happens', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const [idle, old] = [await tokenOf(officer), await tokenOf(officer)]
  await house.owner(
    `update staff.session set seen_at = seen_at - interval '31 minutes' where token_hash = sha256($1::bytea)`,
    [idle],
  )
  await house.owner(
    `update staff.session set ends_at = now() - interval '1 second' where token_hash = sha256($1::bytea)`,
    [old],
  )
  assert.equal(await authenticate(asking(idle)), undefined)
  assert.equal(await authenticate(asking(old)), undefined)
})

test('a changed password ends the other sessions and gives this one a new token', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const [here, elsewhere] = [await tokenOf(officer), await tokenOf(officer, from('e'))]
  const next = 'một câu dài dễ nhớ'
  const wrong = await changePassword(house.openWork, { token: here, current: 'not it at all', next, from: from('a') })
  assert.deepEqual(wrong, { outcome: 'refused', why: 'password-wrong' })
  const changed = await changePassword(house.openWork, {
    token: here,
    current: officer.password,
    next,
    from: from('a'),
  })
  assert.ok(changed.outcome === 'changed')

  assert.equal(await authenticate(asking(here)), undefined)
  assert.equal(await authenticate(asking(elsewhere)), undefined)
  assert.ok(await authenticate(asking(changed.token)))
  assert.ok(
    await tokenOf({ login: officer.login, password: next.normalize('NFD') }),
    'decomposed marks are the same password',
  )
})

test('a first password that someone else chose opens nothing until it is changed', async () => {
  const { officer, password } = await house.work(async work => {
    const added = await staff.addOfficer(work, { login: 'newcomer', fullName: 'Trần Thị Mới', unitId: at('06685') })
    await staff.appoint(work, { officerId: added.officer.id, role: 'ward-officer', unitId: at('06685') })
    return added
  })
  const token = await tokenOf({ login: officer.login, password })
  const who = await authenticate(asking(token))
  assert.equal(who?.authority('register.search', 'test'), undefined)
  assert.equal(who?.authority('signed-in', 'test')?.scope, 'none')

  const changed = await changePassword(house.openWork, {
    token,
    current: password,
    next: 'hoa ban nở tháng ba',
    from: from('a'),
  })
  assert.ok(changed.outcome === 'changed')
  assert.ok((await authenticate(asking(changed.token)))?.authority('register.search', 'test'))
})

test('an officer with two appointments chooses one, and the token changes with it', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  await house.work(work => staff.appoint(work, { officerId: officer.id, role: 'data-approver', unitId: at('195') }))
  const signed = await signInWhole(house.openWork, { ...officer, from: from('a') })
  assert.ok(signed.outcome === 'signed-in' && signed.posts.length === 2)
  const undecided = await authenticate(asking(signed.token))
  assert.equal(undecided?.authority('register.search', 'test'), undefined)

  const approver = signed.posts.find(({ role }) => role === 'data-approver') ?? assert.fail('not offered')
  const token = (await choosePost(house.openWork, signed.token, approver)) ?? assert.fail('not taken')
  assert.equal(await authenticate(asking(signed.token)), undefined)
  assert.equal((await authenticate(asking(token)))?.authority('register.decide', 'test')?.unitId, at('195'))
  assert.equal(
    await choosePost(house.openWork, token, {
      appointmentId: signed.posts[0]!.appointmentId.replace(/^./, 'f') as staff.AppointmentId,
    }),
    undefined,
  )
})

test('a stand-in acts in the other’s post for those days, on their behalf', async () => {
  const [absent, substitute] = [await anOfficer('district-officer', '193'), await anOfficer('ward-officer', '06685')]
  await house.work(async work => {
    const { appointments } =
      (await staff.officers(work)).find(({ id }) => id === absent.id) ?? assert.fail('not listed')
    const appointmentId = appointments[0]?.id ?? assert.fail('not appointed')
    await staff.appointStandIn(work, {
      appointmentId,
      officerId: substitute.id,
      fromOn: work.today,
      lastOn: work.today,
    })
    await staff.appointStandIn(work, {
      appointmentId,
      officerId: substitute.id,
      fromOn: asDay('2023-05-01'),
      lastOn: asDay('2023-05-02'),
    })
  })
  const signed = await signInWhole(house.openWork, { ...substitute, from: from('a') })
  assert.ok(signed.outcome === 'signed-in' && signed.posts.length === 2)
  const post = signed.posts[1] ?? assert.fail('not offered')
  const token = await choosePost(house.openWork, signed.token, {
    appointmentId: post.appointmentId,
    standInId: post.standIn?.id,
  })
  const standing = (await authenticate(asking(token ?? '')))?.authority('register.search', 'test')
  assert.deepEqual(standing?.by, { kind: 'officer', id: substitute.id, onBehalfOf: absent.id })
  assert.equal(standing?.unitId, at('193'))
})

test('an appointment that ends takes its rights with it, and without any there is no sign-in', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const token = await tokenOf(officer)
  await house.work(async work => {
    const { appointments } =
      (await staff.officers(work)).find(({ id }) => id === officer.id) ?? assert.fail('not listed')
    await staff.endAppointment(work, appointments[0]?.id ?? assert.fail('not appointed'))
  })
  assert.equal(await authenticate(asking(token)), undefined)
  assert.equal((await signIn(house.openWork, { ...officer, from: from('a') })).outcome, 'no-post')
})

test('an officer who left cannot sign in, and a reset ends the sessions and the password', async () => {
  const [officer, other] = [await anOfficer('ward-officer', '06685'), await anOfficer('ward-officer', '06685')]
  const [one, two] = [await anOfficer('administrator', '193'), await anOfficer('administrator', '193')]
  const token = await tokenOf(officer)
  const { id } = await asOfficer(one, work => staff.proposals.proposeReset(work, officer.id))
  assert.ok(await authenticate(asking(token)), 'what is proposed ends nothing')
  await asOfficer(two, work => staff.proposals.acceptProposal(work, id, { delivery: 'paper' }))
  assert.equal(await authenticate(asking(token)), undefined)
  assert.equal((await signIn(house.openWork, { ...officer, from: from('a') })).outcome, 'refused')
  await house.work(work => staff.dismissOfficer(work, other.id))
  assert.equal((await signIn(house.openWork, { ...other, from: from('a') })).outcome, 'refused')
})

test('neither an officer nor the command line gives a post or a password alone', async () => {
  const [admin, friend] = [await anOfficer('administrator', '193'), await anOfficer('ward-officer', '06685')]
  const wanted = { officerId: friend.id, role: 'auditor', unitId: at('193') } as const
  const entered = { login: 'alone', fullName: 'Một Mình', unitId: at('193') }
  const operator = { by: { kind: 'operator', id: 'root' }, scope: 'house', purpose: 'staff' } as const
  for (const alone of [await standingOf(admin, 'staff.manage'), operator]) {
    assert.equal(await refusal(house.as(alone, work => staff.appoint(work, wanted))), 'two-officers-needed')
    assert.equal(await refusal(house.as(alone, work => staff.addOfficer(work, entered))), 'two-officers-needed')
  }
})

test('an officer who is let go is signed out everywhere at once', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const [here, elsewhere] = [await tokenOf(officer), await tokenOf(officer, from('e'))]
  assert.ok((await authenticate(asking(here))) && (await authenticate(asking(elsewhere))))
  await house.work(work => staff.dismissOfficer(work, officer.id))
  assert.deepEqual([await authenticate(asking(here)), await authenticate(asking(elsewhere))], [undefined, undefined])
})

test('an administrator sees and proposes officers of their own district alone, and never themselves', async () => {
  const [admin, own, other] = [
    await anOfficer('administrator', '193'),
    await anOfficer('ward-officer', '06685'),
    await anOfficer('district-officer', '195'),
  ]
  await asOfficer(admin, async work => {
    const seen = new Set((await staff.officers(work)).map(({ id }) => id))
    assert.deepEqual([seen.has(own.id), seen.has(other.id)], [true, false])
  })
  const inOwn = { role: 'auditor', unitId: at('193') } as const
  assert.equal(
    await refusal(
      asOfficer(admin, work => staff.proposals.proposeAppointment(work, { officerId: other.id, ...inOwn })),
    ),
    'officer-unknown',
  )
  assert.equal(
    await refusal(
      asOfficer(admin, work => staff.proposals.proposeAppointment(work, { officerId: admin.id, ...inOwn })),
    ),
    'own-appointment',
  )
  assert.equal(await refusal(asOfficer(admin, work => staff.proposals.proposeReset(work, other.id))), 'officer-unknown')
  const outside = { officerId: own.id, role: 'auditor', unitId: at('195') } as const
  assert.equal(
    await refusal(asOfficer(admin, work => staff.proposals.proposeAppointment(work, outside))),
    'unit-outside-scope',
  )
  const misplaced = { officerId: own.id, role: 'ward-officer', unitId: at('193') } as const
  assert.equal(
    await refusal(asOfficer(admin, work => staff.proposals.proposeAppointment(work, misplaced))),
    'role-elsewhere',
  )

  const again = () =>
    asOfficer(admin, work => staff.proposals.proposeAppointment(work, { officerId: own.id, ...inOwn }))
  const { id } = await again()
  assert.equal(await refusal(again()), 'staff-proposal-pending')
  const second = await anOfficer('administrator', '193')
  await asOfficer(second, work => staff.proposals.acceptProposal(work, id))
  await house.work(async work => {
    const deed = await audit.lastDeedOn(work, own.id)
    assert.deepEqual([deed?.deed, deed?.by.id], ['officer.appointed', second.id])
  })
  assert.equal(await refusal(again()), 'appointed-already')
})

test('no work reads credentials or sessions without opening them explicitly', async () => {
  const admin = await anOfficer('administrator', '193')
  for (const table of ['staff.credential', 'staff.session', 'staff.device_officer', 'staff.slowdown'] as const) {
    const count = async (work: Work) => (await work.tx.selectFrom(table).selectAll().execute()).length
    assert.equal(await asOfficer(admin, count), 0, table)
    assert.equal(await house.work(count), 0, table)
  }
})

test('an education officer sees schools and the own office; the people’s committee sees counts only', async () => {
  await house.work(async work => {
    const line = (code: string, unit: string) => ({
      line: 2,
      values: { code, name: `Trường ${code}`, kind: 'upper-secondary', unit },
    })
    await units.importSchools(work, [line('S1', '06685'), line('S2', '06751')])
  })
  const school = await house.work(async work => (await units.findSchool(work, 'S1')) ?? assert.fail('no school'))
  const education = await standingOf(await anOfficer('education-officer', '193'), 'rolls.import')
  const [office] = await house.work(work => staff.educationOffices(work, [at('193')]))
  assert.deepEqual(education.scope, { units: [school.id, office?.officeId] })
  const clerk = await anOfficer('peoples-committee', '193')
  assert.equal((await standingOf(clerk, 'units.read')).scope, 'none')
  assert.notEqual((await standingOf(clerk, 'campaign.figures')).scope, 'none')
})

test('education, the committee, the card centre, auditors and administrators have no right to read people', () => {
  const noPeople = [
    'education-officer',
    'peoples-committee',
    'card-centre-operator',
    'auditor',
    'administrator',
  ] as const
  for (const role of noPeople) {
    for (const right of ['register.look-up', 'register.search', 'register.read', 'campaign.lists'])
      assert.equal(mayDo(role, right), false, `${role} ${right}`)
  }
  assert.ok(mayDo('ward-officer', 'register.search'))
  assert.ok(!mayDo('ward-officer', 'no.such-right') && !mayDo('ward-officer', 'constructor'))
  for (const role of roles) assert.ok(rightsOf(role).length > 0, role)
})

test('a role may do what its entry lists; only the centre checks cards and keeps blanks', () => {
  const all = new Set(roles.flatMap(rightsOf))
  for (const role of roles)
    assert.deepEqual(new Set([...all].filter(right => mayDo(role, right))), new Set(rightsOf(role)), role)
  const holders = (right: string) => roles.filter(role => mayDo(role, right))
  assert.deepEqual(holders('cards.check'), ['card-centre-operator'])
  assert.deepEqual(holders('cards.blanks'), ['card-centre-operator'])
  assert.deepEqual(holders('parties.manage'), ['administrator'])
  assert.deepEqual(holders('figures.publish'), ['provincial-commander', 'district-officer', 'ward-officer'])
})

test('own passwords must be long, not guessable and in no list of breaches; generated ones qualify', async () => {
  const about = { login: 'hoa.nt', names: ['Nguyễn Thị Hoa', 'Phường Trần Hưng Đạo', 'Tỉnh Quảng Ninh'] }
  const faultOf = (password: string) => passwordFault(password, about)
  assert.equal(await faultOf('ngắn'), 'password-short')
  assert.equal(await faultOf('x1'.repeat(101)), 'password-long')
  for (const password of [
    'hoa.nt-2023-04',
    'aaaaaaaaaaaa',
    '1234567890 a',
    'QuangNinh@2023',
    'Công an Quảng Ninh 2026',
    'tranhungdao123',
    'NguyenThiHoa1990!',
    'canbo dinhdanh 01',
  ])
    assert.equal(await faultOf(password), 'password-guessable', password)
  for (const password of ['basketball1', 'iloveyou123', 'Christopher', 'q1w2e3r4t5y6'])
    assert.equal(await faultOf(password), 'password-breached', password)
  assert.equal(await faultOf('một câu dài dễ nhớ'), undefined)
  assert.equal(await faultOf('bến phà Quảng Ninh mùa sương'), undefined, 'a sentence may name the place')
  for (let i = 0; i < 50; i++) assert.equal(await faultOf(generatePassword()), undefined)
})

test('more than three hundred waiting sign-ins are refused instead of queued', async () => {
  const refused: unknown[] = []
  let isGone = false
  const caller = { lane: 'officers-sign-in', key: 'an address', isGone: () => isGone } as const
  const answers = Array.from({ length: hashTurns.atOnce + hashTurns.line + 18 }, () =>
    runAs(caller, () => matchesSecret(undefined, 'x')).catch(error => refused.push(error)),
  )
  await setImmediate()
  assert.equal(refused.length, 18)
  assert.ok(refused.every(error => error instanceof Problem && error.code === 'sign-in-busy'))
  // Nobody waits for the others: their hashes are not made.
  isGone = true
  await Promise.all(answers)
})

test('the demonstration has an officer of each role, each with a generated password', async () => {
  const school = await house.work(async work => (await units.findSchool(work, 'S1')) ?? assert.fail('no school'))
  const seeded = await house.work(work =>
    staff.seedDemonstration(work, {
      provinceUnitId: at('22'),
      districtUnitId: at('193'),
      communeUnitId: at('06685'),
      otherDistrictUnitId: at('195'),
      otherCommuneUnitId: at('06751'),
      schoolId: school.id,
    }),
  )
  assert.deepEqual(new Set(seeded.map(({ role }) => role)), new Set(roles))
  assert.equal(new Set(seeded.map(({ password }) => password)).size, seeded.length)
  const commander = seeded[0] ?? assert.fail('nobody')
  const signed = await signIn(house.openWork, { ...commander, from: from('d') })
  assert.ok(signed.outcome === 'password-right' && signed.next === 'give-factor')
  const caller = {
    kind: 'sign-in',
    token: signed.token,
    signIn: (await findSignIn(house.openWork, signed.token)) ?? assert.fail('none waits'),
  } as const
  const rp = { id: 'localhost', origin: 'http://localhost:8080', name: 'Định danh' }
  const proof = await demonstrationProof(house.openWork, caller, { signIns: seeded, rp })
  const given = await giveFactor(house.openWork, caller, proof ?? assert.fail('no key'), { from: from('d'), rp })
  assert.equal(given.outcome, 'signed-in')
  const stranger = [{ ...commander, login: 'somebody.else' }]
  assert.equal(await demonstrationProof(house.openWork, caller, { signIns: stranger, rp }), undefined)
})

test('free mistakes cause no wait, also when an earlier attempt is counted later', async () => {
  const attempts = slowdownIn('staff.slowdown')
  const key = slowdownKeyOf('two at once')
  const counted = (at: Date) =>
    house.work(work => withCredentials(work, () => attempts.count({ ...work, now: at }, key, passwordTries)))
  const [first, second] = [new Date('2026-01-05T08:00:00.000Z'), new Date('2026-01-05T08:00:00.050Z')]
  assert.deepEqual(
    [await counted(second), await counted(first), await counted(first)],
    [undefined, undefined, undefined],
  )
  assert.equal(await counted(first), 2)
})
