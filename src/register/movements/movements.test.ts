import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { asDay, type Day, partialDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import { type Authority, makeOpenWork, type Work } from '../../platform/work.ts'
import { declarationDuty, monthsAfter } from './movement.ts'
import * as movements from './movements.ts'

/** A ward of Cẩm Phả to which people come and from which they go; the day of the house is 20 April 2023. */

const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, commune.quangHanh)
const neighbour = await anOfficerOf(house, commune.haKhanh)
const superior = await anOfficerOf(house, '195')
const ward = officer.unitId

const refusal = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const onDay =
  (day: string, by: Authority = officer) =>
  <T>(verb: (work: Work) => Promise<T>) =>
    makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })(by, verb)

const away = (from: string, to: string, more: Partial<movements.AbsenceInput> = {}): movements.AbsenceInput => ({
  from: asDay(from),
  to: asDay(to),
  reason: 'work',
  destination: 'Khu công nghiệp Yên Phong, Bắc Ninh',
  declaredBy: 'self',
  way: 'counter',
  ...more,
})
const guest = (more: Partial<movements.StayInput> = {}): movements.StayInput => ({
  unitId: ward,
  name: 'Hoàng Văn Khách',
  from: asDay('2023-04-18'),
  to: asDay('2023-04-21'),
  address: 'Nhà nghỉ Biển Xanh, tổ 4',
  lodging: 'hotel',
  reason: 'travel',
  notifiedBy: 'lodging',
  way: 'phone',
  ...more,
})
const resident = (given: Parameters<typeof aPerson>[0] = {}) =>
  enter(house, aPerson({ commune: commune.quangHanh, ...given }))
const declare = (
  person: Awaited<ReturnType<typeof resident>>,
  input: movements.AbsenceInput,
  by: Authority = officer,
) => house.as(by, work => movements.declareAbsence(work, person, input))
const notify = (input: movements.StayInput, by: Authority = officer) =>
  house.as(by, work => movements.notifyStay(work, input))
const listed = (way: 'came' | 'went', from: string, to: string, by: Authority = officer, place = ward) =>
  house.as(by, work => movements.listMovements(work, place, { way, from: asDay(from), to: asDay(to) }))

test('an absence of a year has to be declared, of a man of service age one of three months', () => {
  const man = { birthDate: partialDay(2000, 1, 1), sex: 'M' } as const
  const duty = (to: string, who: Parameters<typeof declarationDuty>[1] = man) =>
    declarationDuty({ from: asDay('2023-05-01'), to: asDay(to) }, who, builtInLaw)
  assert.deepEqual(
    ['2023-07-31', '2023-08-01', '2024-04-30', '2024-05-01'].map(to => duty(to)),
    ['none', 'of-service-age', 'of-service-age', 'anyone'],
  )
  assert.equal(duty('2023-08-01', { ...man, sex: 'F' }), 'none')
  assert.equal(duty('2023-08-01', { ...man, birthDate: partialDay(1995, 5, 1) }), 'none', 'twenty-eight on that day')
  assert.equal(duty('2023-08-01', { ...man, birthDate: partialDay(1995, 5, 2) }), 'of-service-age')
  assert.equal(monthsAfter(asDay('2023-11-30'), 3), '2024-02-29')
})

test('an absence is declared for a resident once for the same days, and ends when the person is back', async () => {
  const person = await resident()
  const { id } = await declare(person, away('2023-04-01', '2023-06-30'))
  assert.equal(await refusal(declare(person, away('2023-06-30', '2023-07-02'))), 'absence-overlaps')
  assert.equal(await refusal(declare(person, away('2023-08-02', '2023-08-01'))), 'absence-days-wrong')
  const end = (day: string) => house.as(officer, work => movements.endAbsence(work, id, 'returned', asDay(day)))
  assert.equal(await refusal(end('2023-04-01')), 'movement-end-day-wrong', 'back on the day of leaving')
  assert.equal(await refusal(end('2023-04-21')), 'movement-end-day-wrong', 'back tomorrow')
  await end('2023-04-15')
  assert.equal(await refusal(end('2023-04-16')), 'absence-ended')
  await declare(person, away('2023-04-15', '2023-07-02'))
  const deeds = await house.work(work => audit.deedsOf(work, id))
  assert.deepEqual(
    deeds.map(({ deed }) => deed),
    ['absence.ended', 'absence.declared'],
  )
})

test('for a minor a parent declares, from the day of eighteen the person alone may', async () => {
  const person = await resident({ birth_date: '2005-05-01' })
  assert.equal(await refusal(declare(person, away('2023-04-30', '2023-05-02'))), 'absence-by-parent')
  await declare(person, away('2023-04-30', '2023-05-02', { declaredBy: 'parent' }))
  await declare(person, away('2023-05-03', '2023-05-04'))
})

test('nobody records an absence of a person of another ward, nor reads one', async () => {
  const person = await resident()
  const { id } = await declare(person, away('2023-04-19', '2023-04-29'))
  assert.equal(await refusal(declare(person, away('2023-05-10', '2023-05-11'), neighbour)), 'person-unknown')
  assert.equal(await refusal(house.as(neighbour, work => movements.listAbsences(work, person))), 'person-unknown')
  assert.equal(
    await refusal(house.as(neighbour, work => movements.endAbsence(work, id, 'mistaken'))),
    'absence-unknown',
  )
})

test('a stay has fewer than thirty days; from then on a temporary residence is registered', async () => {
  assert.equal(await refusal(notify(guest({ from: asDay('2023-04-01'), to: asDay('2023-05-01') }))), 'stay-too-long')
  await notify(guest({ from: asDay('2023-04-01'), to: asDay('2023-04-30') }))
})

test('who gives notice and of what follows the law of the day, which changed on 1 July 2026', async () => {
  const last = onDay('2026-06-30')
  const next = onDay('2026-07-01')
  const of = (day: string, more: Partial<movements.StayInput> = {}) =>
    guest({ from: asDay(day), to: asDay(day), ...more })
  assert.equal(
    await refusal(last(work => movements.notifyStay(work, of('2026-06-30', { notifiedBy: 'guest' })))),
    'stay-notifier-refused',
  )
  await last(work => movements.notifyStay(work, of('2026-06-30')))
  assert.equal(await refusal(next(work => movements.notifyStay(work, of('2026-07-01')))), 'stay-part-missing')
  await next(work =>
    movements.notifyStay(work, of('2026-07-01', { notifiedBy: 'guest', born: partialDay(1990, 2, 3) })),
  )
})

test('a guest is known by number and name together; a number with another’s name links nobody', async () => {
  const row = aPerson({ commune: commune.haKhanh, full_name: 'Trần Thị Khách Quen' })
  const id = await enter(house, row)
  const known = await notify(guest({ name: 'TRẦN THỊ KHÁCH QUEN', number: row.person_number }))
  assert.deepEqual([known.known, known.personId], [true, id])
  const other = await notify(guest({ name: 'Lê Thị Khác', number: row.person_number }))
  assert.equal(other.known, false)
  assert.notEqual(other.personId, id)
})

test('who lives in the ward does not stay there, and no notice is taken for another ward', async () => {
  const row = aPerson({ commune: commune.quangHanh, full_name: 'Phạm Văn Nhà' })
  await enter(house, row)
  assert.equal(await refusal(notify(guest({ name: 'Phạm Văn Nhà', number: row.person_number }))), 'stay-at-home')
  assert.equal(await refusal(notify(guest(), neighbour)), 'stay-elsewhere')
})

test('who came and who went is told with the day and the place, latest first, and counted by kind', async () => {
  const [from, to] = ['2023-03-01', '2023-03-31']
  const arrived = await resident({ residence_kind: 'temporary', residence_from: '2023-03-05' })
  const moved = await resident({ residence_from: '2020-01-01' })
  const elsewhere = neighbour.unitId
  await house.owner(`update register.residence set to_on = '2023-03-10' where person_id = $1 and to_on is null`, [
    moved,
  ])
  await house.owner(
    `insert into register.residence (person_id, id, kind, unit_id, from_on)
     values ($1, gen_random_uuid(), 'permanent', $2, '2023-03-10')`,
    [moved, elsewhere],
  )
  await house.owner('update register.person_scope set unit_id = $2 where person_id = $1', [moved, elsewhere])
  const leaves = await resident()
  await declare(leaves, away('2023-03-20', '2023-05-20'))
  await notify(guest({ name: 'Vũ Văn Tháng Ba', from: asDay('2023-03-07'), to: asDay('2023-03-09') }))

  const came = await listed('came', from, to)
  assert.deepEqual(
    came.rows.map(({ kind, on, personId }) => [kind, on, kind === 'stay' ? 'guest' : personId]),
    [
      ['stay', '2023-03-07', 'guest'],
      ['temporary', '2023-03-05', arrived],
    ],
  )
  const went = await listed('went', from, to)
  assert.deepEqual(
    went.rows.map(({ kind, on, to: until, listed: opens, otherUnitId }) => [kind, on, until, opens, otherUnitId]),
    [
      ['absence', '2023-03-20', '2023-05-20', true, undefined],
      ['permanent', '2023-03-10', undefined, false, elsewhere],
      ['stay', '2023-03-10', undefined, false, undefined],
    ],
  )
  assert.deepEqual(
    went.counts.map(({ way, kind, people }) => `${way} ${kind} ${people}`),
    ['came stay 1', 'came temporary 1', 'went absence 1', 'went permanent 1', 'went stay 1'],
  )
  const above = await listed('went', from, to, superior, superior.unitId)
  assert.equal(above.rows.length, 3, 'the district sees its wards')
})

test('a ward lists nobody of another ward, whatever unit it names', async () => {
  const { rows, counts } = await listed('went', '2023-03-01', '2023-04-30', neighbour, ward)
  assert.deepEqual([rows, counts], [[], []])
  assert.equal(await refusal(listed('came', '2022-03-01', '2023-03-02')), 'movement-span-wrong')
})

test('whoever reads the list leaves a trace with each person on it', async () => {
  const person = await resident({ birth_date: '1990-01-01' })
  await declare(person, away('2022-12-01', '2022-12-31'))
  await listed('went', '2022-12-01', '2022-12-31')
  const readers = await house.work(work => audit.readersOf(work, person, new Date(0)))
  assert.ok(readers.some(({ by_id, fields }) => by_id === officer.by.id && String(fields).includes('residence')))
})

test('an ended stay is on no list of today, and a mistaken one on none', async () => {
  const one = await notify(guest({ name: 'Ngô Văn Về Sớm', from: asDay('2022-11-01'), to: asDay('2022-11-20') }))
  const two = await notify(guest({ name: 'Ngô Văn Nhầm', from: asDay('2022-11-01'), to: asDay('2022-11-20') }))
  await house.as(officer, work => movements.endStay(work, one.id, 'left', asDay('2022-11-05')))
  await house.as(officer, work => movements.endStay(work, two.id, 'mistaken'))
  assert.equal(await refusal(house.as(neighbour, work => movements.endStay(work, one.id, 'left'))), 'stay-unknown')
  const { rows } = await listed('went', '2022-11-01', '2022-11-30')
  assert.deepEqual(
    rows.map(({ name, on }) => [name, on]),
    [['Ngô Văn Về Sớm', '2022-11-05']],
  )
})

test('notices of stays are deleted twenty-four months after their last night, and a deed counts them', async () => {
  await notify(guest({ name: 'Lý Văn Cũ', from: asDay('2020-06-01'), to: asDay('2020-06-02') }))
  const left = () =>
    house.owner<{ n: number }>(`select count(*)::int as n from register.stay where guest_name = 'Lý Văn Cũ'`)
  const clear = (day: Day) =>
    movements.clearStays(makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => day }))
  assert.equal(await clear(asDay('2022-06-02')), 0)
  assert.equal((await left())[0]?.n, 1)
  assert.equal(await clear(asDay('2022-06-03')), 1)
  assert.equal((await left())[0]?.n, 0)
  const [deed] = await house.owner<{ facts: { count: number } }>(
    `select facts from audit.deed where deed = 'stays.cleared'`,
  )
  assert.equal(deed?.facts.count, 1)
})

test('the database keeps a stay of thirty days and an absence of a stranger out by itself', async () => {
  const person = await enter(house, aPerson({ commune: commune.haKhanh }))
  const forged = house.as(officer, ({ tx, by, today }) =>
    tx
      .insertInto('register.absence')
      .values({
        person_id: person,
        id: '0187a3f0-0000-7000-8000-00000000aa01',
        unit_id: ward,
        from_on: today,
        to_on: today,
        reason: 'work',
        destination: 'x',
        declared_by: 'self',
        way: 'counter',
        recorded_on: today,
        recorded_by: by.id,
      })
      .execute(),
  )
  assert.match(await refusal(forged), /row-level security/)
  await assert.rejects(
    house.owner(`update register.stay set to_on = from_on + 30 where guest_name = 'Hoàng Văn Khách'`),
    /stay_is_no_residence/,
  )
})
