import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anInspectedHouse, type Standing } from '../../test/an-inspected-house.ts'
import { commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { exportPeopleInNeed } from '../campaign/needs/list-workbook.ts'
import { asDay } from '../platform/day.ts'
import { asSystem } from '../platform/work.ts'
import * as openings from '../register/openings/openings.ts'
import * as register from '../register/register.ts'
import * as inspection from './inspection.ts'
import type { PatternRule } from './pattern.ts'

/** What somebody tries who reads people for no reason, and what an auditor sees of it the next morning. */

const house = await openHouse({ withUnits: true })
const { at, anOfficer, people, read, derive } = anInspectedHouse(house)

const [provincial, district, elsewhere] = [
  await anOfficer('auditor', '22'),
  await anOfficer('auditor', '193'),
  await anOfficer('auditor', '196'),
]
const strangers = await people(60, { commune: commune.quangHanh })
const neighbours = await people(12, { commune: commune.haKhanh })

const patternsAt = async (moment: string, reader: Standing, from: string, to: string) =>
  (await at(moment, reader, work => inspection.listPatterns(work, { from, to, limit: 200 }))).patterns
const rulesOf = async (moment: string, of: Standing, from: string, to: string): Promise<PatternRule[]> =>
  (await patternsAt(moment, provincial, from, to))
    .filter(({ officerIds }) => officerIds.some(id => id === of.by.id))
    .map(({ rule }) => rule)
    .sort()

test('an officer who reads forty strangers at two at night, in small batches, is shown next morning', async () => {
  const officer = await anOfficer('ward-officer', commune.haKhanh)
  // By number: a door that finds any person of the province.
  for (const [nth, { number }] of strangers.slice(0, 40).entries()) {
    const hour = nth < 20 ? '19' : '20'
    await at(`2023-04-10T${hour}:${String(10 + (nth % 20) * 2)}:00Z`, officer, work =>
      register.findByNumber(work, number),
    )
  }
  await derive('2023-04-11', '2023-04-10T23:30:00Z')
  assert.deepEqual(await rulesOf('2023-04-11T01:00:00Z', officer, '2023-04-05', '2023-04-11'), [
    'off-hours',
    'strangers',
  ])

  const seen = await patternsAt('2023-04-11T01:00:00Z', district, '2023-04-05', '2023-04-11')
  const night = seen.find(({ rule }) => rule === 'off-hours')
  assert.ok(night)
  assert.equal(night.evidence.count, 40)
  assert.deepEqual(night.evidence.between, ['2023-04-10T19:10:00.000Z', '2023-04-10T20:48:00.000Z'])
  assert.deepEqual(await patternsAt('2023-04-11T01:00:00Z', elsewhere, '2023-04-05', '2023-04-11'), [])

  const { officers } = await at('2023-04-11T01:00:00Z', provincial, work =>
    inspection.officers(work, { from: '2023-04-05', to: '2023-04-11' }),
  )
  const row = officers.find(({ officerId }) => officerId === officer.by.id)
  assert.deepEqual(
    [row?.readings, row?.untied, row?.offHours, row?.hours[2], row?.hours[3], row?.role],
    [40, 40, 40, 20, 20, 'ward-officer'],
  )
})

test('readings that stay just below what stands out on a day add up over the week', async () => {
  const officer = await anOfficer('ward-officer', commune.haPhong)
  for (const [nth, day] of ['06', '07', '08', '09', '10'].entries()) {
    await read(officer, `2023-03-${day}T03:00:00Z`, strangers.slice(nth * 5, nth * 5 + 5))
    await derive(`2023-03-${day}`)
  }
  assert.deepEqual(await rulesOf('2023-03-10T19:00:00Z', officer, '2023-03-04', '2023-03-10'), [])
  const other = await anOfficer('ward-officer', commune.haPhong)
  for (const [nth, day] of ['13', '14', '15', '16', '17'].entries()) {
    await read(other, `2023-03-${day}T03:00:00Z`, strangers.slice(nth * 6, nth * 6 + 6))
    await derive(`2023-03-${day}`)
  }
  assert.deepEqual(await rulesOf('2023-03-17T19:00:00Z', other, '2023-03-11', '2023-03-17'), ['strangers'])
})

test('two officers of a unit who halve the strangers among them are shown together', async () => {
  const [one, two] = [
    await anOfficer('ward-officer', commune.quangHanh),
    await anOfficer('ward-officer', commune.quangHanh),
  ]
  const [away] = [await people(50, { commune: commune.haPhong })]
  await read(one, '2023-02-14T03:00:00Z', away.slice(0, 25))
  await read(two, '2023-02-15T03:00:00Z', away.slice(25))
  await derive('2023-02-14')
  await derive('2023-02-15')
  const found = (await patternsAt('2023-02-16T01:00:00Z', provincial, '2023-02-10', '2023-02-15')).filter(
    ({ rule }) => rule === 'together',
  )
  assert.deepEqual(
    found.map(({ officerIds, evidence }) => [officerIds.toSorted(), evidence.count, evidence.shares]),
    [[[one.by.id, two.by.id].sort(), 50, [25, 25]]],
  )
})

test('two officers who take turns at one person are shown with what both read', async () => {
  const [one, two] = [
    await anOfficer('ward-officer', commune.haKhanh),
    await anOfficer('ward-officer', commune.haPhong),
  ]
  const [person] = strangers.slice(50)
  assert.ok(person)
  for (const [nth, day] of ['06', '07', '08', '09', '10', '11'].entries()) {
    await read(nth % 2 ? one : two, `2023-01-${day}T03:00:00Z`, [person, person])
    await derive(`2023-01-${day}`)
  }
  const found = (await patternsAt('2023-01-12T01:00:00Z', provincial, '2023-01-05', '2023-01-11')).filter(
    ({ personId }) => personId === person.id,
  )
  assert.deepEqual(
    found.map(({ rule, officerIds, evidence }) => [rule, officerIds.length, evidence.count]),
    [['one-person', 2, 12]],
  )
  // Both wards are of one district: its auditor sees the pattern, and another district's does not.
  assert.equal((await patternsAt('2023-01-12T01:00:00Z', district, '2023-01-05', '2023-01-11')).length, 1)
  assert.equal((await patternsAt('2023-01-12T01:00:00Z', elsewhere, '2023-01-05', '2023-01-11')).length, 0)
})

test('a person whom many read is shown, and one whom all read ten times as often as their neighbours', async () => {
  const [known, ...others] = await people(5, { commune: commune.haPhong })
  assert.ok(known)
  const readers = await Promise.all(Array.from({ length: 5 }, () => anOfficer('ward-officer', commune.quangHanh)))
  for (const [nth, reader] of readers.entries())
    await read(reader, `2022-12-06T0${nth + 2}:00:00Z`, [known, known, known, ...others])
  await derive('2022-12-06')
  const found = (await patternsAt('2022-12-07T01:00:00Z', provincial, '2022-12-01', '2022-12-06')).filter(
    ({ personId }) => personId === known.id,
  )
  assert.deepEqual(found.map(({ rule }) => rule).sort(), ['many-officers'])

  const [famous] = await people(1, { commune: commune.haPhong, residence_unit: commune.haPhong })
  const [quiet] = await people(1, { commune: commune.haPhong })
  assert.ok(famous && quiet)
  for (const [nth, reader] of readers.slice(0, 3).entries())
    await read(reader, `2022-11-08T0${nth + 2}:00:00Z`, [famous, famous, famous, famous, ...(nth === 0 ? [quiet] : [])])
  await derive('2022-11-08')
  const rules = (await patternsAt('2022-11-09T01:00:00Z', provincial, '2022-11-02', '2022-11-08')).filter(
    ({ personId }) => personId === famous.id,
  )
  assert.deepEqual(
    rules.map(({ rule, evidence }) => [rule, evidence.count, evidence.peers.median]),
    [['known-person', 12, 1]],
  )
})

test('a case, a deed or another’s opening ties a reading, and one’s own opening ties nothing', async () => {
  const officer = await anOfficer('ward-officer', commune.haKhanh)
  const [byCase, byDeed, byOpening, alone] = strangers.slice(40, 44)
  assert.ok(byCase && byDeed && byOpening && alone)
  const about = { kind: 'application', id: byCase.id }
  await at('2022-10-04T03:00:00Z', officer, work => audit.noteReading(work, [byCase.id], ['identity'], about))
  await read(officer, '2022-10-04T03:10:00Z', [byDeed, byOpening, alone])
  await at('2022-10-04T04:00:00Z', officer, work =>
    audit.record(work, 'correction.proposed', { kind: 'correction', id: byDeed.id, personId: byDeed.id }),
  )
  const opens = { unitId: officer.unitId, kind: 'correction' as const }
  const other = await anOfficer('ward-officer', commune.haKhanh)
  for (const [by, { id }] of [
    [other, byOpening],
    [officer, alone],
  ] as const)
    await house.owner(
      `insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until, opened_by)
       values ($1, $2, $3, gen_random_uuid(), '2022-10-01', '2022-10-10', $4)`,
      [id, opens.unitId, opens.kind, by.by.id],
    )
  await derive('2022-10-04')
  const { readings } = await at('2022-10-05T01:00:00Z', provincial, work =>
    inspection.officerReadings(work, officer.by.id as never, { from: '2022-10-04', to: '2022-10-04' }),
  )
  assert.deepEqual(
    readings.map(({ tie }) => tie),
    ['case', 'deed', 'open-case', undefined],
  )
  const askedOnly = await anOfficer('district-officer', '196')
  await house.owner(
    `insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until, opened_by)
     values ($1, $2, 'roll-row', gen_random_uuid(), current_date, current_date + 5, 'x')`,
    [neighbours[0]?.id, askedOnly.unitId],
  )
  await house.as(askedOnly, work => openings.askOpening(work, neighbours[0]!.id, { reason: 'Muốn xem thử một lần' }))
})

test('a list of one’s own people is no pattern; the same people one by one at night are', async () => {
  const officer = await anOfficer('ward-officer', commune.haKhanh)
  await at('2022-09-06T15:30:00Z', officer, work =>
    audit.noteReading(
      work,
      neighbours.map(({ id }) => id),
      ['identity'],
    ),
  )
  await derive('2022-09-06')
  assert.deepEqual(await rulesOf('2022-09-07T01:00:00Z', officer, '2022-09-01', '2022-09-07'), [])
  await read(officer, '2022-09-07T15:30:00Z', neighbours)
  await derive('2022-09-07')
  assert.deepEqual(await rulesOf('2022-09-08T01:00:00Z', officer, '2022-09-01', '2022-09-07'), ['off-hours'])
})

test('a night in a planned session is no pattern for the officers who are at it', async () => {
  const officer = await anOfficer('ward-officer', commune.haKhanh)
  const id = '0191e4c0-0000-7000-8000-00000000abcd'
  await house.owner(
    `with site as (
       insert into planning.site (id, unit_id, kind, name, opens_at, closes_at, added_at)
       values (gen_random_uuid(), $1, 'counter', 'Trụ sở', '06:00', '23:59', now()) returning id),
     s as (
       insert into planning.session (id, unit_id, year, number, code, kind, site_id, day, starts_at, ends_at, state,
         planned_by, planned_at, version)
       select $2, $1, 2022, 1, 'HK-1', 'card-and-account', id, '2022-08-09', '20:00', '23:30', 'planned', 'x', now(), 1
       from site returning id, day)
     insert into planning.session_officer (session_id, officer_id, unit_id, role, day, from_at, to_at, stands)
     select id, $3, $1, 'lone', day, '20:00', '23:30', true from s`,
    [officer.unitId, id, officer.by.id],
  )
  await read(officer, '2022-08-09T15:30:00Z', neighbours)
  await derive('2022-08-09')
  assert.deepEqual(await rulesOf('2022-08-10T01:00:00Z', officer, '2022-08-03', '2022-08-09'), [])
})

test('who reads their own household, or namesakes, is shown; that others bear the name is said beside it', async () => {
  const name = 'Đoàn Thị Quế Chi'
  const officer = await anOfficer('ward-officer', commune.haKhanh, { name })
  const [, mother] = [
    ...(await people(1, { name, household_number: 'H-77' })),
    ...(await people(1, { household_number: 'H-77' })),
  ]
  const [uncle] = await people(1, { name: 'Đoàn Văn Tám', residence_address: 'Số 9, tổ 3' })
  await people(1, { name, residence_address: 'Số 9, tổ 3' })
  assert.ok(mother && uncle)
  await read(officer, '2022-07-05T03:00:00Z', [mother, uncle])
  await derive('2022-07-05')
  const [found] = (await patternsAt('2022-07-06T01:00:00Z', provincial, '2022-07-01', '2022-07-06')).filter(
    ({ rule }) => rule === 'own-kin',
  )
  assert.equal(found?.evidence.count, 2)
  assert.deepEqual(
    found?.evidence.reasons.map(({ code }) => code),
    ['namesake'],
  )
})

test('searches by name that lead to nothing, and readings before a post ends, are shown', async () => {
  const officer = await anOfficer('ward-officer', commune.haKhanh, { lastOn: '2022-06-10' })
  for (let nth = 0; nth < 25; nth += 1)
    await at(`2022-06-07T03:${String(nth).padStart(2, '0')}:00Z`, officer, work =>
      register.searchPersons(work, { name: 'Thử', born: { y: 2005, m: 3, d: 15 } }),
    )
  await read(officer, '2022-06-07T04:00:00Z', strangers.slice(0, 20))
  await derive('2022-06-07')
  const rules = await rulesOf('2022-06-08T01:00:00Z', officer, '2022-06-01', '2022-06-08')
  assert.ok(rules.includes('leaving'), rules.join())
  const found = await house.owner<{ searches: number; idle: number }>(
    `select searches, idle_searches as idle from inspection.officer_day where officer_id = $1`,
    [officer.by.id],
  )
  assert.equal(found[0]?.searches, found[0]?.idle)
  assert.ok((found[0]?.searches ?? 0) >= 1)
})

test('rows of an export count by the deed in the same work', async () => {
  const officer = await anOfficer('district-officer', '193')
  assert.equal(typeof exportPeopleInNeed, 'function')
  await at('2022-05-10T03:00:00Z', officer, async work => {
    await audit.noteReading(
      work,
      neighbours.map(({ id }) => id),
      ['identity'],
    )
    await audit.record(work, 'list.exported', { kind: 'list', id: work.id, unitId: officer.unitId }, { rows: 12 })
  })
  await derive('2022-05-10')
  const [row] = await house.owner<{ exported: number; deeds: number }>(
    `select exported, deeds from inspection.officer_day where officer_id = $1`,
    [officer.by.id],
  )
  assert.deepEqual([row?.exported, row?.deeds], [12, 1])
})

test('a list and a person’s sheet on paper count as exports, and to print a sheet ties no reading', async () => {
  const officer = await anOfficer('ward-officer', commune.haKhanh)
  const [alone] = strangers.slice(44, 45)
  assert.ok(alone)
  await at('2022-05-17T03:00:00Z', officer, async work => {
    await audit.noteReading(work, [alone.id], ['identity'])
    const about = { kind: 'person', id: alone.id, personId: alone.id, unitId: officer.unitId }
    await audit.record(work, 'person-sheet.printed', about, { why: 'case' })
  })
  await at('2022-05-17T04:00:00Z', officer, async work => {
    await audit.noteReading(
      work,
      neighbours.slice(0, 5).map(({ id }) => id),
      ['identity'],
    )
    await audit.record(work, 'list.printed', { kind: 'list', id: work.id, unitId: officer.unitId }, { rows: 5 })
  })
  await derive('2022-05-17')
  const [row] = await house.owner<{ exported: number }>(
    `select exported from inspection.officer_day where officer_id = $1`,
    [officer.by.id],
  )
  assert.equal(row?.exported, 6)
  const { readings } = await at('2022-05-18T01:00:00Z', provincial, work =>
    inspection.officerReadings(work, officer.by.id as never, { from: '2022-05-17', to: '2022-05-17', which: 'untied' }),
  )
  assert.ok(readings.length >= 1, 'who prints a stranger has no tie by it')
})

test('derived rows and patterns that somebody deletes or changes are put right, and it is told', async () => {
  const officer = await anOfficer('ward-officer', commune.haPhong)
  await read(officer, '2023-04-17T16:00:00Z', strangers.slice(0, 35))
  await derive('2023-04-17')
  const before = await patternsAt('2023-04-18T01:00:00Z', provincial, '2023-04-15', '2023-04-18')
  assert.deepEqual(before.map(({ rule }) => rule).sort(), ['off-hours', 'strangers'])
  const clean = await at('2023-04-18T01:05:00Z', asSystem('audit'), inspection.putRight)
  assert.deepEqual(clean, [])

  await house.owner('delete from inspection.officer_day where officer_id = $1', [officer.by.id])
  await house.owner('delete from inspection.pattern where id = $1', [before[0]?.id])
  await house.owner(`update inspection.pattern set evidence = jsonb_set(evidence, '{count}', '3') where id = $1`, [
    before[1]?.id,
  ])
  const told = await at('2023-04-18T02:00:00Z', asSystem('audit'), inspection.putRight)
  assert.deepEqual(told, [{ day: '2023-04-17', missing: 1, changed: 0, extra: 0, patterns: 2 }])
  const after = await patternsAt('2023-04-18T03:00:00Z', provincial, '2023-04-15', '2023-04-18')
  assert.deepEqual(
    after.map(({ id, evidence }) => [id, evidence.count]),
    before.map(({ id, evidence }) => [id, evidence.count]),
  )
  const { differences } = await at('2023-04-18T03:00:00Z', provincial, work => inspection.overview(work, {}))
  assert.equal(differences[0]?.missing, 1)
  assert.deepEqual(await at('2023-04-18T04:00:00Z', asSystem('audit'), inspection.putRight), [])

  // Rows that say less than was read are no better hidden.
  await house.owner('update inspection.officer_day set off_hours = 0, off_hours_people = 0 where officer_id = $1', [
    officer.by.id,
  ])
  const [again] = await at('2023-04-18T05:00:00Z', asSystem('audit'), inspection.putRight)
  assert.deepEqual([again?.missing, again?.changed], [0, 1])
})

test('the application can delete no reading, and nobody but the house sees who was read', async () => {
  await assert.rejects(house.as(asSystem('test'), work => sql`delete from audit.access`.execute(work.tx)))
  await assert.rejects(house.as(asSystem('test'), work => sql`delete from inspection.pattern`.execute(work.tx)))
  const { rows } = await house.as(provincial, work => sql`select * from inspection.person_day`.execute(work.tx))
  assert.deepEqual(rows, [])
})

test('a day is derived once, today so far again, and what is known grows in place of a second pattern', async () => {
  const officer = await anOfficer('ward-officer', commune.haPhong)
  await read(officer, '2023-04-18T17:30:00Z', strangers.slice(0, 12))
  await derive('2023-04-19', '2023-04-18T23:30:00Z')
  await read(officer, '2023-04-19T15:10:00Z', strangers.slice(12, 20))
  await derive('2023-04-19', '2023-04-19T18:30:00Z')
  const found = (await patternsAt('2023-04-20T01:00:00Z', provincial, '2023-04-19', '2023-04-19')).filter(
    ({ officerIds }) => officerIds.some(id => id === officer.by.id),
  )
  assert.deepEqual(
    found.map(({ rule, evidence }) => [rule, evidence.count]),
    [['off-hours', 20]],
  )
  assert.equal(asDay('2023-04-19'), found[0]?.toOn)
})

test('what came of verifying the seals is kept, with the first batch that does not hold', async () => {
  const report = { deeds: 9, entries: 3, readings: 41, batches: 0, heads: 1, months: [], rootOnly: [], wrongTimes: 0 }
  await at('2023-04-19T19:10:00Z', asSystem('audit'), work =>
    inspection.keepVerification(work, { ...report, findings: [] }),
  )
  const holds = await at('2023-04-20T01:00:00Z', provincial, work => inspection.overview(work, {}))
  assert.equal(holds.verification?.findings, 0)
  await at('2023-04-20T19:10:00Z', asSystem('audit'), work =>
    inspection.keepVerification(work, {
      ...report,
      findings: [{ kind: 'readings-changed', chain: 17, seq: 4, id: strangers[0]!.id }],
    }),
  )
  const broken = await at('2023-04-21T01:00:00Z', provincial, work => inspection.overview(work, {}))
  assert.deepEqual(
    [broken.verification?.findings, broken.verification?.first],
    [1, { kind: 'readings-changed', chain: 17, seq: 4, id: strangers[0]!.id }],
  )
})
