import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase } from '../../test/house.ts'
import { releaseOf } from '../../test/release.ts'
import { migrateJobs } from '../platform/jobs/jobs.ts'
import { migrate } from '../platform/postgres/migrate.ts'

test('an upgrade from before orders marks unordered cards as imported and adds missing revocations', async () => {
  const url = await emptyDatabase()
  await migrate(url, { folder: await releaseOf(23), before: () => migrateJobs(url) })
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const before = [
      ['issued', 'applied', null],
      ['issued', 'handed-over', 'A1'],
      ['issued', 'revoked', 'A2'],
      ['imported', 'revoked', 'A3'],
      ['imported', 'at-unit', 'A4'],
    ]
    for (const [origin, state, serial] of before)
      await client.query(
        `insert into cards.card (person_id, id, serial, origin, state, state_on, changed_at)
          values (gen_random_uuid(), gen_random_uuid(), $1, $2, $3, '2023-02-03', now())`,
        [serial, origin, state],
      )
    assert.equal((await migrate(url, { folder: await releaseOf(24) })).applied, 1)
    const { rows } = await client.query<{ line: string }>(`
      select concat_ws(' ', c.origin, c.state, r.code, r.revoked_on) as line
      from cards.card c left join cards.revocation r on r.person_id = c.person_id and r.card_id = c.id
        order by c.serial nulls first`)
    assert.deepEqual(
      rows.map(({ line }) => line),
      [
        'issued applied',
        'imported handed-over',
        'imported revoked told-by-extract 2023-02-03',
        'imported revoked told-by-extract 2023-02-03',
        'imported at-unit',
      ],
    )
    await assert.rejects(client.query(`update cards.card set state = 'handed-over' where serial = 'A3'`), {
      constraint: 'revocation_person_id_card_id_state_fkey',
    })
  } finally {
    await client.end()
  }
})
