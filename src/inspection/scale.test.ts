import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anInspectedHouse } from '../../test/an-inspected-house.ts'
import { commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { asDay } from '../platform/day.ts'
import { makeMonth } from '../platform/months/months.ts'
import { asSystem } from '../platform/work.ts'

/** Some days of readings: what is asked every night and by every page is found by an index, not by reading all. */

const house = await openHouse({ withUnits: true })
const { anOfficer, derive } = anInspectedHouse(house)
const { unitId } = await anOfficer('ward-officer', commune.haKhanh)
const readings = 200_000

await house.as({ ...asSystem('test'), role: 'maintenance' }, work =>
  makeMonth(work, 'audit.access', asDay('2023-03-01')),
)
await house.owner(
  `insert into audit.access (person_id, id, batch_id, place, at, by_kind, by_id, unit_id, purpose, fields)
   select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1,
     timestamptz '2023-03-06 00:00+07' + n * interval '6.5 seconds',
     case when n % 2 = 0 then 'officer' else 'citizen' end,
     case when n % 2 = 0 then '0191e4c0-0000-7000-8000-' || lpad((n % 300)::text, 12, '0')
       else gen_random_uuid()::text end, $1, 'register', 'identity'
   from generate_series(1, ${readings}) as n`,
  [unitId],
)
await house.owner('vacuum analyze audit.access')
await house.owner('analyze audit.deed')

test('a night’s readings are found by their time, an officer’s by the officer', async () => {
  const plans: Record<string, string> = {}
  await house.as(asSystem('test'), async work => {
    for (const [name, statement] of Object.entries({
      day: `select * from audit.published_officer_reading where at >= '2023-03-20' and at < '2023-03-21'`,
      officer: `select * from audit.published_officer_reading
        where by_id = '0191e4c0-0000-7000-8000-000000000008' and at >= '2023-03-20' and at < '2023-03-21'`,
    })) {
      const { rows } = await sql.raw<{ 'QUERY PLAN': string }>(`explain ${statement}`).execute(work.tx)
      plans[name] = rows.map(row => row['QUERY PLAN']).join('\\n')
    }
  })
  // By time, or where few people read, by skipping from reader to reader: never all of it.
  assert.match(plans['day'] ?? '', /access_2023_03_(at|by_id_at)_idx/)
  assert.doesNotMatch(plans['day'] ?? '', /Seq Scan on access_2023/)
  assert.match(plans['officer'] ?? '', /access_2023_03_by_id_at_idx/)
})

test('a day of some thousand readings is derived in seconds, into one row an officer', async () => {
  const began = performance.now()
  const facts = await derive('2023-03-20')
  assert.equal(facts.officers, 150)
  assert.ok(facts.readings > 6_000, String(facts.readings))
  assert.ok(performance.now() - began < 5_000)
  const rows = await house.owner('select from inspection.officer_day')
  assert.equal(rows.length, 150)
})

test('the derived rows of a week, and the deeds of an officer, are found by their keys', async () => {
  await house.owner('analyze inspection.officer_day, inspection.person_day')
  const plans = await house.as(asSystem('test'), async work => {
    await sql`set local enable_seqscan = off`.execute(work.tx)
    const found: string[] = []
    for (const statement of [
      `select * from inspection.officer_day where day between '2023-03-14' and '2023-03-19'`,
      `select * from inspection.person_day where day between '2023-03-14' and '2023-03-19'`,
      `select * from audit.published_officer_deed where by_id = 'x' and day between '2023-03-14' and '2023-03-20'`,
    ]) {
      const { rows } = await sql.raw<{ 'QUERY PLAN': string }>(`explain ${statement}`).execute(work.tx)
      found.push(rows.map(row => row['QUERY PLAN']).join('\\n'))
    }
    return found
  })
  for (const [nth, index] of [/officer_day_(pkey|by)/, /person_day_by_day/, /deed_by_officer/].entries())
    assert.match(plans[nth] ?? '', index)
})
