import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { openHouse } from '../../../test/house.ts'
import { signInWhole } from '../../../test/officer-factor.ts'
import * as audit from '../../audit/audit.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem, makeOpenWork } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { generatePassword } from '../password.ts'
import { levelsOn, mayDo, roles } from '../role.ts'
import { type SeparatedPair, separatedDuties } from '../separation.ts'
import { choosePost } from '../session.ts'
import { signIn } from '../sign-in.ts'
import * as staff from '../staff.ts'
import { listDuties } from './duties.ts'
import { type Duty, dutyNames, holdersOn } from './duty.ts'

/** Days of the three organisations of police and offices: with districts, without their police, without districts. */
const days = ['2023-04-20', '2024-07-15', '2025-04-01', '2025-08-01', '2026-11-01'].map(asDay)

type Row = readonly [duty: Duty, always: string, untilMarch2025: string, untilJune2025: string, sinceJuly2025: string]
const [heads, counters] = [
  'provincial-commander pc06-reception pc06-approver',
  'pc06-reception service-centre-reception ward-officer',
]
/** A role alone is of one level; who has several is named with the level. */
const table: readonly Row[] = [
  ['capture', counters, 'district-officer', '', ''],
  [
    'check-application',
    'pc06-approver data-approver@province data-approver@commune',
    'district-officer data-approver@district',
    '',
    '',
  ],
  [
    'approve-card',
    'pc06-approver card-centre-operator data-approver@province data-approver@commune',
    'data-approver@district',
    '',
    '',
  ],
  ['produce-card', 'provincial-commander card-centre-operator', '', '', ''],
  ['check-card', 'card-centre-operator', '', '', ''],
  ['hand-over-card', counters, 'district-officer', '', ''],
  ['block-card', 'provincial-commander pc06-reception pc06-approver ward-officer', 'district-officer', '', ''],
  ['withhold-card', 'provincial-commander pc06-approver', 'district-officer', '', ''],
  ['request-account', counters, 'district-officer', '', ''],
  ['raise-account', counters, 'district-officer', '', ''],
  [
    'approve-account',
    'provincial-commander pc06-approver data-approver@province data-approver@commune',
    'district-officer data-approver@district',
    '',
    '',
  ],
  ['lock-account', 'provincial-commander pc06-reception pc06-approver ward-officer', 'district-officer', '', ''],
  ['print-slip', 'pc06-reception ward-officer', 'district-officer', '', ''],
  [
    'look-up',
    `${heads} service-centre-reception ward-officer data-approver@province data-approver@commune`,
    'district-officer data-approver@district',
    '',
    '',
  ],
  ['serve-anybody', counters, 'district-officer', '', ''],
  [
    'propose-correction',
    'provincial-commander pc06-reception pc06-approver ward-officer data-approver@province data-approver@commune',
    'district-officer data-approver@district',
    '',
    '',
  ],
  [
    'decide-correction',
    'pc06-approver ward-officer data-approver@province data-approver@commune',
    'district-officer data-approver@district',
    '',
    '',
  ],
  ['collect-person', 'pc06-reception ward-officer', 'district-officer', '', ''],
  [
    'establish-number',
    'pc06-approver data-approver@province data-approver@commune',
    'district-officer data-approver@district',
    '',
    '',
  ],
  [
    'send-roll',
    'provincial-commander ward-officer education-officer@province school-officer',
    'district-officer',
    'education-officer@district',
    'education-officer@commune',
  ],
  ['review-roll', 'provincial-commander ward-officer', 'district-officer', '', ''],
  ['name-homeroom', 'school-officer', '', '', ''],
  ['follow-class', 'homeroom-teacher', '', '', ''],
  ...(['list-universal-education', 'survey-literacy'] as const).map(
    (duty): Row => [duty, 'education-officer@province', '', 'education-officer@district', 'education-officer@commune'],
  ),
  ['list-out-of-school', 'provincial-commander ward-officer', 'district-officer', '', ''],
  ['plan-session', 'provincial-commander ward-officer', 'district-officer', '', ''],
  ['order-overtime', 'provincial-commander', 'district-officer', '', ''],
  ['sign-overtime', 'provincial-commander pc06-approver', 'district-officer', '', ''],
  ['issue-directive', 'provincial-commander', 'district-officer', '', ''],
  [
    'answer-directive',
    'provincial-commander ward-officer education-officer@province school-officer',
    'district-officer',
    'education-officer@district',
    'education-officer@commune',
  ],
  ['publish-report', 'provincial-commander ward-officer', 'district-officer', '', ''],
  ['manage-group', 'ward-officer', 'district-officer', '', ''],
  ['visit-households', 'community-group-member', '', '', ''],
  [
    'propose-appointment',
    'provincial-commander administrator@province administrator@commune',
    'administrator@district',
    '',
    '',
  ],
  [
    'accept-appointment',
    'provincial-commander administrator@province administrator@commune',
    'administrator@district',
    '',
    '',
  ],
  ['register-party', 'administrator@province administrator@commune', 'administrator@district', '', ''],
  ['approve-party', 'provincial-commander', '', '', ''],
  [
    'file-data-request',
    `${heads} service-centre-reception ward-officer data-approver@province data-approver@commune`,
    'district-officer data-approver@district',
    '',
    '',
  ],
  [
    'answer-data-request',
    'provincial-commander pc06-approver data-approver@province data-approver@commune',
    'district-officer data-approver@district',
    '',
    '',
  ],
  [
    'record-breach',
    'provincial-commander administrator@province administrator@commune',
    'administrator@district',
    '',
    '',
  ],
  ['examine-readings', 'auditor@province', 'auditor@district', '', ''],
]

const holder = ({ role, level }: { role: staff.Role; level: string }) =>
  ['data-approver', 'education-officer', 'peoples-committee', 'auditor', 'administrator'].includes(role)
    ? `${role}@${level}`
    : role
const wordsOf = (cell: string) => (cell === '' ? [] : cell.split(' '))

test('each duty is done by these roles at these levels on each of the five days', () => {
  assert.deepEqual(
    table.map(([duty]) => duty),
    dutyNames,
  )
  for (const [duty, always, untilMarch, untilJune, sinceJuly] of table)
    for (const day of days) {
      const expected = [
        ...wordsOf(always),
        ...(day < '2025-03-01' ? wordsOf(untilMarch) : []),
        ...(day < '2025-07-01' ? wordsOf(untilJune) : wordsOf(sinceJuly)),
      ]
      const found = holdersOn(duty, day, builtInLaw).map(holder)
      assert.deepEqual(found.toSorted(), expected.toSorted(), `${duty} on ${day}`)
      assert.ok(found.length > 0, `nobody does ${duty} on ${day}`)
    }
})

test('no police of a district have a duty since March 2025, and nobody of a district since July 2025', () => {
  const ofDistricts = (day: Day) => roles.filter(role => levelsOn(role, day, builtInLaw).includes('district'))
  assert.deepEqual(ofDistricts(asDay('2025-02-28')), [
    'district-officer',
    'data-approver',
    'education-officer',
    'peoples-committee',
    'auditor',
    'administrator',
  ])
  assert.deepEqual(ofDistricts(asDay('2025-03-01')), ['education-officer', 'peoples-committee'])
  assert.deepEqual(ofDistricts(asDay('2025-06-30')), ['education-officer', 'peoples-committee'])
  assert.deepEqual(ofDistricts(asDay('2025-07-01')), [])
})

test('both halves of each pair of duties have somebody at one level, or above, on each of the five days', () => {
  const floor = { province: 0, district: 1, commune: 2 } as const
  const levelsOf = (right: string, day: Day) =>
    roles.filter(role => mayDo(role, right)).flatMap(role => levelsOn(role, day, builtInLaw))
  const byRight = Object.entries(separatedDuties as Record<string, SeparatedPair>).filter(
    ([, { first, second }]) => first.right.includes('.') && second.right.includes('.'),
  )
  for (const [pair, { first, second }] of byRight)
    for (const day of days) {
      const seconds = levelsOf(second.right, day).map(level => floor[level])
      for (const level of levelsOf(first.right, day))
        assert.ok(Math.min(...seconds) <= floor[level], `${pair} on ${day}: nobody for what ${level} began`)
    }
})

const house = await openHouse({ withUnits: true })
const unitOf = new Map<string, units.UnitId>()
before(() =>
  house.work(async work => {
    for (const unit of await units.unitsOn(work, work.today)) unitOf.set(unit.code, unit.id)
  }),
)
const at = (code: string) => unitOf.get(code) ?? assert.fail(`no unit ${code}`)

const onDay = (day: string) => makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })

let number = 0
/** An officer whose post has no last day. */
async function anOfficer(role: staff.Role, code: string) {
  number += 1
  const own = { password: generatePassword() }
  const login = `can.bo.${number}`
  const id = await house.work(async work => {
    const unitId = at(code)
    const { officer } = await staff.addOfficer(work, { login, fullName: `Cán Bộ ${number}`, unitId, own })
    await staff.appoint(work, { officerId: officer.id, role, unitId })
    return officer.id
  })
  return { id, login, ...own }
}
const from = { device: 'a'.repeat(43), address: '10.0.0.1', browser: 'test' }

async function rightsOnDay(day: string, token: string, rights: readonly string[]) {
  const request = { protocol: 'http', cookies: { 'dinhdanh-session': token } } as unknown as FastifyRequest
  const who = await staff.authenticate(onDay(day))(request, { anew: true })
  return rights.filter(right => who?.authority(right, 'test') !== undefined)
}

test('a session of a district officer opens nothing from the day that their police are dissolved', async () => {
  const officer = await anOfficer('district-officer', '193')
  const signed = await signInWhole(onDay('2025-02-28'), { ...officer, from })
  assert.ok(signed.outcome === 'signed-in')
  const asked = ['register.search', 'enrolment.capture', 'accounts.approve', 'register.establish']
  assert.deepEqual(await rightsOnDay('2025-02-28', signed.token, asked), asked)
  assert.deepEqual(await rightsOnDay('2025-03-01', signed.token, asked), [])
})

test('an officer of a dissolved level, whose post nobody ended, signs in to nothing', async () => {
  const [police, education] = [await anOfficer('data-approver', '193'), await anOfficer('education-officer', '193')]
  const outcomes = async (day: string) =>
    Promise.all([police, education].map(async one => (await signIn(onDay(day), { ...one, from })).outcome))
  assert.deepEqual(await outcomes('2025-02-28'), ['password-right', 'password-right'])
  assert.deepEqual(await outcomes('2025-03-01'), ['no-post', 'password-right'])
  assert.deepEqual(await outcomes('2025-07-01'), ['no-post', 'no-post'])
})

test('a session is not turned to a post of a level that is dissolved', async () => {
  const officer = await anOfficer('district-officer', '193')
  const post = await house.work(work =>
    staff.appoint(work, { officerId: officer.id, role: 'ward-officer', unitId: at('06685') }),
  )
  const signed = await signInWhole(onDay('2025-02-28'), { ...officer, from })
  assert.ok(signed.outcome === 'signed-in')
  const [district] = await house.owner<{ id: staff.AppointmentId }>(
    `select id from staff.appointment where officer_id = $1 and role = 'district-officer'`,
    [officer.id],
  )
  const turned = (day: string, appointmentId: staff.AppointmentId, token: string) =>
    choosePost(onDay(day), token, { appointmentId })
  assert.equal(await turned('2025-03-01', district?.id ?? assert.fail('no post'), signed.token), undefined)
  const token = (await turned('2025-03-01', post.id, signed.token)) ?? assert.fail('the ward was refused')
  assert.deepEqual(await rightsOnDay('2025-03-01', token, ['enrolment.capture']), ['enrolment.capture'])
})

test('nobody is appointed to a level from a day on which it is dissolved', async () => {
  const officer = await anOfficer('ward-officer', '06685')
  const appointed = (fromOn: string) =>
    house
      .work(work =>
        staff.appoint(work, {
          officerId: officer.id,
          role: 'district-officer',
          unitId: at('193'),
          fromOn: asDay(fromOn),
        }),
      )
      .then(
        () => 'appointed',
        (error: unknown) => (error instanceof Problem ? error.code : String(error)),
      )
  assert.equal(await appointed('2025-03-01'), 'role-elsewhere')
  assert.equal(await appointed('2025-02-28'), 'appointed')
})

test('who gives posts sees how many officers each duty has today, and which posts open nothing', async () => {
  const officer = await anOfficer('district-officer', '195')
  const capture = async (day: string) => {
    const { duties, dissolved } = await onDay(day)(asSystem('test'), listDuties)
    return {
      holders: duties.find(({ duty }) => duty === 'capture')?.holders.map(({ role }) => role),
      dissolved: dissolved.some(({ officerId }) => officerId === officer.id),
    }
  }
  assert.deepEqual(await capture('2025-02-28'), {
    holders: ['pc06-reception', 'service-centre-reception', 'district-officer', 'ward-officer'],
    dissolved: false,
  })
  assert.deepEqual(await capture('2025-03-01'), {
    holders: ['pc06-reception', 'service-centre-reception', 'ward-officer'],
    dissolved: true,
  })
})

test('after a restore, whoever has a dissolved post is nobody who could give a password or factor', async () => {
  const [restored, other] = [await anOfficer('administrator', '22'), await anOfficer('administrator', '193')]
  await signInWhole(onDay('2025-02-28'), { ...other, from })
  const again = (day: string, step: typeof staff.dropPasswordAgain) =>
    onDay(day)(asSystem('restore'), work => step(work, { of: restored.id }))
  await house.owner('update staff.credential set may_enrol = true where officer_id = $1', [restored.id])
  for (const step of [staff.dropPasswordAgain, staff.refuseFirstFactorAgain]) {
    assert.equal(await again('2025-03-01', step), 'by-hand')
    assert.equal(await again('2025-02-28', step), 'again')
  }
})
