import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBirthCertificate, anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { asDay } from '../../platform/day.ts'
import * as units from '../../units/units.ts'
import type { CollectedPerson } from '../establishing/collection.ts'
import * as register from '../register.ts'
import { dueStatusOf } from './correction.ts'

const house = await openHouse({ withUnits: true })

const receiving = await anOfficerOf(house, commune.quangHanh)
const first = await anOfficerOf(house, commune.haKhanh)
const second = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, '201')

const form = { code: 'DC02', version: 'TT104/2020' }
const evidence = aBirthCertificate()
const propose = (standing: typeof first, personId: register.PersonId, values: Record<string, string>) =>
  house.as(standing, work => register.proposeCorrection(work, { personId, form, evidence, values }))

const lookUp = (standing: typeof first, person: { person_number: string }) =>
  house.as(standing, work => register.findByNumber(work, person.person_number))

test('a correction is decided by a second officer of the police of permanent residence', async () => {
  const person = aPerson({ name: 'Phạm Văn Tuấn' })
  const id = await enter(house, person)
  await lookUp(receiving, person)

  const proposed = await propose(receiving, id, { full_name: 'Phạm Văn Toàn', hometown: 'Hải Dương' })

  assert.deepEqual([proposed.state, proposed.decidesUnitId, proposed.dueOn], ['forwarded', first.unitId, '2023-04-24'])
  assert.deepEqual(
    (await house.as(receiving, work => register.listCompared(work, [id]))).map(({ fullName }) => fullName),
    ['Phạm Văn Tuấn'],
  )
  await assert.rejects(
    house.as(receiving, work => register.approveCorrection(work, proposed.id)),
    { code: 'another-unit-decides' },
  )
  await assert.rejects(
    house.as(elsewhere, work => register.getCorrection(work, proposed.id)),
    { code: 'correction-unknown' },
  )

  const waiting = await house.as(first, work => register.listCorrections(work, { which: 'to-decide' }))
  assert.deepEqual(
    waiting.map(one => [one.id, one.changes.length]),
    [[proposed.id, 2]],
  )
  const approved = await house.as(first, work => register.approveCorrection(work, proposed.id))
  assert.deepEqual([approved.state, approved.newNumberOffered], ['approved', false])

  const now = await house.as(first, work => register.getPerson(work, id))
  assert.deepEqual([now.fullName, now.hometown], ['Phạm Văn Toàn', 'Hải Dương'])
  const name = now.history.find(({ field }) => field === 'full_name')
  assert.deepEqual(
    [name?.old, name?.why, name?.by.id],
    ['Phạm Văn Tuấn', 'DC02: Giấy khai sinh số 12/2005, UBND phường Hà Khánh', first.by.id],
  )
  await assert.rejects(
    house.as(receiving, work => register.getPerson(work, id)),
    { code: 'person-unknown' },
  )
  const deeds = await house.work(work => audit.deedsOf(work, proposed.id))
  assert.deepEqual(deeds.map(({ deed }) => deed).sort(), [
    'correction.approved',
    'correction.forwarded',
    'correction.proposed',
  ])
  const { people } = await house.as(first, work =>
    register.searchPersons(work, { name: 'toàn phạm', born: { y: 2005 } }),
  )
  assert.deepEqual(
    people.map(each => each.fullName),
    ['Phạm Văn Toàn'],
  )
})

test('the officer who proposed a correction cannot decide it, not even in the database', async () => {
  const id = await enter(house, aPerson())
  const { id: correctionId, state } = await propose(first, id, { religion: 'Phật giáo' })

  assert.equal(state, 'proposed')
  await assert.rejects(
    house.as(first, work => register.approveCorrection(work, correctionId)),
    { code: 'second-officer-needed' },
  )
  await assert.rejects(
    house.owner(
      `update register.correction set state = 'approved', decided_by = proposed_by where id = '${correctionId}'`,
    ),
    /decided_by_another/,
  )
  assert.equal((await house.as(second, work => register.approveCorrection(work, correctionId))).state, 'approved')
  await assert.rejects(
    house.as(second, work => register.approveCorrection(work, correctionId)),
    { code: 'correction-closed' },
  )
})

test('a refusal needs a reason, and a refused correction changes nothing', async () => {
  const id = await enter(house, aPerson({ name: 'Lê Thị Mỹ', sex: 'F' }))
  const { id: correctionId } = await propose(first, id, { full_name: 'Lê Thị Mĩ' })

  await assert.rejects(
    house.as(second, work => register.refuseCorrection(work, correctionId, { reason: ' ' })),
    { code: 'reason-needed' },
  )
  const refused = await house.as(second, work =>
    register.refuseCorrection(work, correctionId, { reason: 'Giấy khai sinh ghi Mỹ' }),
  )

  assert.deepEqual([refused.state, refused.reason], ['refused', 'Giấy khai sinh ghi Mỹ'])
  assert.equal((await house.as(first, work => register.getPerson(work, id))).fullName, 'Lê Thị Mỹ')
})

test('only the proposer withdraws a correction, and the unit that received it sees the person no more', async () => {
  const person = aPerson()
  const id = await enter(house, person)
  await lookUp(receiving, person)
  const { id: correctionId } = await propose(receiving, id, { ethnicity: 'Dao' })

  await assert.rejects(
    house.as(second, work => register.withdrawCorrection(work, correctionId, { reason: '' })),
    { code: 'not-the-proposer' },
  )
  assert.equal(
    (await house.as(receiving, work => register.withdrawCorrection(work, correctionId, { reason: 'nhầm người' })))
      .state,
    'withdrawn',
  )
  await assert.rejects(
    house.as(receiving, work => register.getPerson(work, id)),
    { code: 'person-unknown' },
  )
})

test('a correction to the same value or to an impossible one is refused', async () => {
  const id = await enter(house, aPerson({ name: 'Trần Văn Bảo' }))
  const refusals = [
    [{ full_name: ' Trần  Văn Bảo ' }, 'correction-empty'],
    [{ full_name: '' }, 'correction-value-invalid'],
    [{ birth_date: '2005-02-30' }, 'correction-value-invalid'],
    [{ sex: 'X' }, 'correction-value-invalid'],
    [{ shoe_size: '42' }, 'correction-value-invalid'],
  ] as const
  for (const [values, code] of refusals)
    await assert.rejects(propose(first, id, values), { code }, JSON.stringify(values))
})

test('a correction of a value that has changed meanwhile is moot', async () => {
  const id = await enter(house, aPerson({ religion: 'Không' }))
  const [one, other] = [
    await propose(first, id, { religion: 'Công giáo' }),
    await propose(first, id, { religion: 'Phật giáo' }),
  ]
  await house.as(second, work => register.approveCorrection(work, one.id))
  await assert.rejects(
    house.as(second, work => register.approveCorrection(work, other.id)),
    { code: 'correction-moot' },
  )
})

test('a corrected birth year offers a new number, and the old one stays until the citizen asks', async () => {
  const person = aPerson({ bornOn: '2005-03-15' })
  const id = await enter(house, person)
  const { id: correctionId } = await propose(first, id, { birth_date: '2006-03-15', father_name: 'Nguyễn Văn Bình' })

  assert.equal((await house.as(second, work => register.approveCorrection(work, correctionId))).newNumberOffered, true)

  const now = await house.as(first, work => register.getPerson(work, id))
  assert.deepEqual([now.number, now.birthDate.y, now.kin[0]?.name], [person.person_number, 2006, 'Nguyễn Văn Bình'])
})

test('two working days run over weekends and holidays', () => {
  assert.equal(units.workingDaysAfter(asDay('2023-04-20'), 2), '2023-04-24')
  assert.equal(units.workingDaysAfter(asDay('2023-04-27'), 2), '2023-05-04')
  const open = { state: 'forwarded', dueOn: asDay('2023-04-24') } as const
  assert.deepEqual(
    ['2023-04-23', '2023-04-24', '2023-04-25'].map(day => dueStatusOf(open, asDay(day))),
    ['later', 'today', 'overdue'],
  )
  assert.equal(dueStatusOf({ ...open, state: 'refused' }, asDay('2023-05-01')), 'closed')
})

const child: CollectedPerson = {
  fullName: 'Chìu A Lộc',
  birthDate: '2015-08-09',
  sex: 'M',
  birthRegistrationCode: '022',
  ethnicity: 'Dao',
  residenceUnitId: first.unitId,
  residenceKind: 'permanent',
  motherName: 'Tằng Nhì Múi',
}
const dc01 = { papers: 'Giấy khai sinh', form: { code: 'DC01', version: 'TT104/2020' } }

test('a child without a number is established by two officers, with a number by the rule', async () => {
  const mother = aPerson({ name: 'Tằng Nhì Múi', sex: 'F', bornOn: '1990-01-01', commune: commune.quangHanh })
  const motherId = await enter(house, mother)
  const collected = await house.as(first, work =>
    register.collectPerson(work, { given: { ...child, motherNumber: mother.person_number }, ...dc01 }),
  )

  await assert.rejects(
    house.as(first, work => register.establishNumber(work, collected.id)),
    { code: 'second-officer-needed' },
  )
  assert.deepEqual(
    (await house.as(second, register.listCollections)).map(({ id }) => id),
    [collected.id],
  )
  assert.deepEqual(await house.as(elsewhere, register.listCollections), [])
  const { number = '', personId } = await house.as(second, work => register.establishNumber(work, collected.id))

  assert.match(number, /^022215\d{6}$/)
  const person = await house.as(first, work => register.getPerson(work, personId))
  assert.deepEqual(
    [person.number, person.fullName, person.origin, person.kin[0]?.personId],
    [number, 'Chìu A Lộc', 'established', motherId],
  )
  assert.equal((await house.as(elsewhere, work => register.findByNumber(work, number)))?.id, personId)
  assert.equal((await house.work(work => audit.lastDeedOn(work, personId)))?.deed, 'person.established')
  await assert.rejects(
    house.as(second, work => register.establishNumber(work, collected.id)),
    { code: 'collection-closed' },
  )
})

test('a person with a namesake in any unit must be compared before a number is established', async () => {
  await enter(house, aPerson({ name: 'Voòng A Sáu', bornOn: '2014-01-02', commune: commune.quangHanh }))
  const given = { ...child, fullName: 'VOÒNG A SÁU', birthDate: '2014-01-02' }

  await assert.rejects(
    house.as(first, work => register.collectPerson(work, { given, ...dc01 })),
    { code: 'person-likely-known' },
  )
  const { state } = await house.as(first, work =>
    register.collectPerson(work, { given, ...dc01, compared: 'somebody-else' }),
  )
  assert.equal(state, 'collected')
})

test('a number needs a place of birth registration and a year from 1900 on', async () => {
  const collect = (given: Partial<CollectedPerson>) =>
    house.as(first, work => register.collectPerson(work, { given: { ...child, ...given }, ...dc01 }))
  await assert.rejects(collect({ birthDate: '1899' }), { code: 'number-cannot-be-made' })
  await assert.rejects(collect({ birthRegistrationCode: '22' }), { code: 'number-cannot-be-made' })
})

test('two officers cancel a number and give a new one, and the former still finds its person', async () => {
  const person = aPerson({ sex: 'F', bornOn: '2004-01-01', person_number: '031204111111' })
  const id = await enter(house, person)
  const asked = await house.as(first, work =>
    register.renewNumber(work, id, { reason: 'sai nơi đăng ký khai sinh', ...dc01 }),
  )

  await assert.rejects(
    house.as(first, work => register.renewNumber(work, id, { reason: 'x', ...dc01 })),
    { code: 'request-open' },
  )
  await assert.rejects(
    house.as(first, work => register.establishNumber(work, asked.id)),
    { code: 'second-officer-needed' },
  )
  const { number = '' } = await house.as(second, work => register.establishNumber(work, asked.id))

  assert.match(number, /^022304\d{6}$/)
  const now = await house.as(first, work => register.getPerson(work, id))
  assert.deepEqual(
    now.numbers.map(held => [held.number, held.state, held.supersededBy, held.to]),
    [
      [number, 'in-force', undefined, undefined],
      ['031204111111', 'cancelled', number, '2023-04-20'],
    ],
  )
  assert.deepEqual((await house.as(first, work => register.findByNumber(work, '031204111111')))?.number, number)
})

test('a refused collection gives no number', async () => {
  const { id, personId } = await house.as(first, work =>
    register.collectPerson(work, { given: { ...child, fullName: 'Lỷ A Tài' }, ...dc01 }),
  )
  await assert.rejects(
    house.as(second, work => register.refuseCollection(work, id, { reason: '' })),
    { code: 'reason-needed' },
  )
  assert.equal(
    (await house.as(second, work => register.refuseCollection(work, id, { reason: 'thiếu giấy khai sinh' }))).state,
    'refused',
  )
  await assert.rejects(
    house.work(work => register.getPerson(work, personId)),
    { code: 'person-unknown' },
  )
})

test('a correction opens a person elsewhere only to an officer who has looked their number up', async () => {
  const person = aPerson({ name: 'Lê Thị Kín Đáo' })
  const id = await enter(house, person)
  await assert.rejects(propose(receiving, id, { hometown: 'Hải Dương' }), { code: 'person-unknown' })
  await lookUp(elsewhere, person)
  await assert.rejects(
    propose(receiving, id, { hometown: 'Hải Dương' }),
    { code: 'person-unknown' },
    'somebody else’s look-up',
  )
  await lookUp(receiving, person)
  assert.equal((await propose(receiving, id, { hometown: 'Hải Dương' })).state, 'forwarded')
})
