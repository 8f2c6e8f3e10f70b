import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase } from '../../test/house.ts'
import { numberOfMigration, releaseOf } from '../../test/release.ts'
import { migrateJobs } from '../platform/jobs/jobs.ts'
import { migrate } from '../platform/postgres/migrate.ts'

test('an upgrade keeps posts and stand-ins of one officer, and says that they are earlier ones', async () => {
  const url = await emptyDatabase()
  const number = await numberOfMigration('staff_two_officers')
  await migrate(url, { folder: await releaseOf(number - 1), before: () => migrateJobs(url) })
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`
      insert into staff.officer (id, login, full_name, unit_id, added_at)
      select gen_random_uuid(), 'cu.' || n, 'Cán Bộ ' || n, gen_random_uuid(), now() from generate_series(1, 2) n;
      insert into staff.appointment (id, officer_id, role, unit_id)
      select gen_random_uuid(), id, 'administrator', unit_id from staff.officer;
      insert into staff.stand_in (id, appointment_id, officer_id, from_on, to_on)
      select gen_random_uuid(), a.id, o.id, '2023-04-20', '2023-04-21'
      from staff.appointment a join staff.officer o on o.id <> a.officer_id`)
    assert.equal((await migrate(url, { folder: await releaseOf(number) })).applied, 1)
    const { rows } = await client.query<{ line: string }>(`
      select 'post ' || basis || ' ' || coalesce(founding::text, '-') as line from staff.appointment
      union all select 'stand-in ' || basis from staff.stand_in order by 1`)
    const earlier = ['post earlier -', 'post earlier -', 'stand-in earlier', 'stand-in earlier']
    assert.deepEqual(
      rows.map(({ line }) => line),
      earlier,
    )
  } finally {
    await client.end()
  }
})
