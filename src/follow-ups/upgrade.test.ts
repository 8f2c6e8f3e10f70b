import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase } from '../../test/house.ts'
import { numberOfMigration, releaseOf } from '../../test/release.ts'
import { migrateJobs } from '../platform/jobs/jobs.ts'
import { migrate } from '../platform/postgres/migrate.ts'

test('errands of the former release become follow-ups with their answers, last days and classes', async () => {
  const url = await emptyDatabase()
  const number = await numberOfMigration('follow_ups')
  await migrate(url, { folder: await releaseOf(number - 1), before: () => migrateJobs(url) })
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const [school, roll] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']
    await client.query(
      `insert into rolls.roll (id, school_id, school_year, as_of, state, in_force, file_name, file_hash, file_bytes,
         sent_by_kind, sent_by, sent_at, sent_on, reconciled_at)
       values ($1, $2, '2022-2023', '2023-04-20', 'reconciled', true, 'x.xlsx', repeat('0', 64), 1, 'officer', 'x',
         now(), '2023-04-20', now())`,
      [roll, school],
    )
    const entry = '00000000-0000-7000-8000-00000000000c'
    await client.query(
      `insert into rolls.errand (school_id, id, school_year, roll_id, place, row_id, defect, evidence, about, owner,
         owner_unit_id, due_on, state, said, said_by, said_on, papers, made_at, made_on, settled_at, settled_on,
         settled_by)
       values
         ($1, gen_random_uuid(), '2022-2023', $2, 1, $3, 'name-differs', 'papers', gen_random_uuid(), 'ward',
          gen_random_uuid(), '2023-05-09', 'open', 'papers', 'officer', '2023-04-21', 'Giấy khai sinh', now(),
          '2023-04-20', null, null, null),
         ($1, gen_random_uuid(), '2022-2023', $2, 1, $3, 'sex-differs', 'silent', gen_random_uuid(), 'school',
          null, '2023-05-09', 'done', null, null, null, null, now(), '2023-04-20', now(), '2023-04-22', 'officer')`,
      [school, roll, entry],
    )
    assert.equal((await migrate(url, { folder: await releaseOf(number) })).applied, 1)
    const { rows } = await client.query<{ line: string }>(`
      select concat_ws(' ', kind, reason, owner, state, answer, papers, due_on, closed_on, source_place) as line
      from follow_ups.follow_up order by reason`)
    assert.deepEqual(
      rows.map(({ line }) => line),
      [
        'roll-defect name-differs ward open papers Giấy khai sinh 2023-05-09 1',
        'roll-defect sex-differs school done 2023-05-09 2023-04-22 1',
      ],
    )
    const open = await client.query('select reason from follow_ups.published_follow_up')
    assert.deepEqual(open.rows, [{ reason: 'name-differs' }])
    await client.query('select rolls.analyze_tables()')
  } finally {
    await client.end()
  }
})
