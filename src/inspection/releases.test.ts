import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anInspectedHouse, type Standing } from '../../test/an-inspected-house.ts'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { schoolsOf } from '../../test/rolls/sending.ts'
import { asSystem } from '../platform/work.ts'
import { releaseNumbers } from '../rolls/releasing/releasing.ts'
import * as inspection from './inspection.ts'
import { patternView } from './view.ts'

/** An officer gives a school the numbers of its pupils, batch after batch, and hopes that nobody adds them up. */

const house = await openHouse({ withUnits: true })
const { at, anOfficer, people, derive } = anInspectedHouse(house)
const { school, send } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haKhanh],
])
const [provincial, district, elsewhere] = [
  await anOfficer('auditor', '22'),
  await anOfficer('auditor', '193'),
  await anOfficer('auditor', '196'),
]

/** A roll of so many pupils of the commune, each surely found. */
async function aRoll(code: string, count: number) {
  const pupils = await people(count, { commune: commune.haKhanh, bornOn: '2005-05-05' })
  const rows = await house.owner<{ name: string; number: string }>(
    `select p.full_name as name, n.number from register.person p join register.number n using (person_id)
     where n.number = any ($1) order by n.number`,
    [pupils.map(({ number }) => number)],
  )
  const sender = await anOfficerOf(house, '193')
  return send(
    sender,
    await school(code),
    rows.map(({ name, number }) => ({ name, number, born: '05/05/2005' })),
  )
}
const [roll, another] = [await aRoll('22001', 200), await aRoll('22002', 180)]

const give = (officer: Standing, day: string, of: typeof roll, from: number, count: number) =>
  at(`${day}T03:00:00Z`, officer, work =>
    releaseNumbers(work, of, { places: Array.from({ length: count }, (_, nth) => from + nth), why: 'exam' }),
  )
const patternsAt = async (moment: string, reader: Standing) =>
  (await at(moment, reader, work => inspection.listPatterns(work, { from: '2023-04-20', to: '2023-05-20' }))).patterns

test('an officer who gives a school numbers batch after batch is shown the next morning', async () => {
  const officer = await anOfficer('district-officer', '193')
  await give(officer, '2023-04-24', roll, 1, 60)
  await derive('2023-04-24')
  await give(officer, '2023-04-25', roll, 61, 59)
  await derive('2023-04-25')
  assert.deepEqual(await patternsAt('2023-04-26T01:00:00Z', provincial), [], 'a release or two is a day’s work')
  await give(officer, '2023-04-26', roll, 120, 40)
  await derive('2023-04-26')

  const [found, ...others] = await patternsAt('2023-04-27T01:00:00Z', district)
  assert.deepEqual(others, [])
  assert.ok(found)
  assert.deepEqual(
    [found.rule, found.officerIds, found.evidence.count, found.evidence.least, found.fromOn, found.toOn],
    ['released', [officer.by.id], 159, 120, '2023-04-24', '2023-04-26'],
  )
  // What might explain it: the reason that the officer chose. The school's rolls lack no number.
  assert.deepEqual(found.evidence.reasons, [{ code: 'release-exam', people: 159 }])
  const seen = await at('2023-04-27T01:00:00Z', district, work => patternView(work, found))
  assert.equal(seen.evidence.school?.name, 'Trường THPT Hà Khánh')
  assert.deepEqual(await patternsAt('2023-04-27T01:00:00Z', elsewhere), [])

  const { readings } = await at('2023-04-27T01:00:00Z', district, work =>
    inspection.patternReadings(work, found.id, { limit: 200 }),
  )
  assert.equal(readings.length, 159)
  assert.ok(readings.every(({ fields }) => fields.includes('number')))
  const { officers } = await at('2023-04-27T01:00:00Z', district, work =>
    inspection.officers(work, { from: '2023-04-24', to: '2023-04-27', rule: 'released' }),
  )
  assert.deepEqual(
    officers.map(({ officerId }) => officerId),
    [officer.by.id],
  )
})

test('what an auditor has explained is not counted again, and what comes after it is', async () => {
  const [known] = await patternsAt('2023-04-27T02:00:00Z', provincial)
  assert.ok(known)
  await at('2023-04-27T02:00:00Z', provincial, work => inspection.explain(work, known.id, 'Trường đăng ký dự thi'))
  const officer = { ...(await anOfficerOf(house, '193', { officer: known.officerIds[0]! })) } as Standing
  await give(officer, '2023-04-28', roll, 160, 10)
  await derive('2023-04-28')
  const open = (await patternsAt('2023-04-29T01:00:00Z', provincial)).filter(({ state }) => state !== 'explained')
  assert.deepEqual(open, [])
})

test('two officers of two units who share the numbers of a school are shown together', async () => {
  const [one, two] = [await anOfficer('district-officer', '193'), await anOfficer('ward-officer', commune.haKhanh)]
  await give(one, '2023-05-08', another, 1, 90)
  await give(two, '2023-05-09', another, 91, 80)
  await derive('2023-05-08')
  await derive('2023-05-09')
  const found = (await patternsAt('2023-05-10T01:00:00Z', district)).filter(({ state }) => state === 'open')
  assert.deepEqual(
    found.map(({ rule, officerIds, evidence }) => [rule, officerIds, evidence.count, evidence.shares]),
    [['released-together', [one.by.id, two.by.id], 170, [90, 80]]],
  )
  const { officers } = await at('2023-05-10T01:00:00Z', district, work =>
    inspection.officers(work, { from: '2023-05-08', to: '2023-05-10', rule: 'released-together' }),
  )
  assert.equal(officers.length, 2)
})

test('rows that say less than was given are noticed, and made anew from the deeds', async () => {
  await house.owner(
    `update inspection.officer_day set release_schools = '{}', release_counts = '{}' where day = '2023-05-08'`,
  )
  const told = await at('2023-05-10T02:00:00Z', asSystem('audit'), inspection.putRight)
  assert.deepEqual(
    told.map(({ day, changed }) => [day, changed]),
    [['2023-05-08', 1]],
  )
  const [row] = await house.owner<{ counts: number[] }>(
    `select release_counts as counts from inspection.officer_day where day = '2023-05-08'`,
  )
  assert.deepEqual(row?.counts, [90])
})
