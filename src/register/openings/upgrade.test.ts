import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase } from '../../../test/house.ts'
import { numberOfMigration, releaseOf } from '../../../test/release.ts'
import { migrateJobs } from '../../platform/jobs/jobs.ts'
import { migrate } from '../../platform/postgres/migrate.ts'

const id = (end: string) => `00000000-0000-7000-8000-0000000000${end}`

test('an upgrade leaves a case whole where a second officer approved, and every case has a last day', async () => {
  const url = await emptyDatabase()
  const number = await numberOfMigration('register_access_grade')
  await migrate(url, { folder: await releaseOf(number - 1), before: () => migrateJobs(url) })
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const [person, unit, roll, entry, card, correction] = [id('01'), id('02'), id('03'), id('04'), id('05'), id('06')]
    await client.query(
      `insert into rolls.roll (id, school_id, school_year, as_of, state, in_force, file_name, file_hash, file_bytes,
         sent_by_kind, sent_by, sent_at, sent_on, reconciled_at)
       values ($1, $2, '2022-2023', '2023-04-20', 'reconciled', true, 'x.xlsx', repeat('0', 64), 1, 'officer', 'sender',
         now(), '2023-04-20', now())`,
      [roll, unit],
    )
    await client.query(
      `insert into rolls.row (roll_id, place, id, school_id, sheet, sheet_row, name, sort_key, number_kind, given,
         line_hash) values ($1, 1, $2, $3, 'A', 2, 'An', 'an', 'missing', '{}', gen_random_uuid())`,
      [roll, entry, unit],
    )
    await client.query(
      `insert into cards.card (person_id, id, origin, state, state_on, changed_at)
         values ('${person}', '${card}', 'issued', 'applied', '2023-04-20', now());
       insert into cards.card_order (person_id, card_id, application_id, unit_id, due_on, content, captured_by,
         approved_by, approved_on, approved_at)
         values ('${person}', '${card}', gen_random_uuid(), '${unit}', '2023-05-01', '{}', 'captor', 'approver',
           '2023-04-21', now())`,
    )
    await client.query(
      `insert into register.correction (person_id, id, state, form_code, form_version, evidence, proposed_by,
         proposed_at, proposed_on, unit_id, decides_unit_id, due_on)
       values ($1, $2, 'forwarded', 'x', 'x', 'x', 'proposer', now(), '2023-04-20', $3, $3, '2023-04-24')`,
      [person, correction, unit],
    )
    await client.query(
      `insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until)
       values ($1, $2, 'roll-row', $3, '2023-04-20', null), ($1, $2, 'card', $4, '2023-04-21', null),
         ($1, $2, 'correction', $5, '2023-04-20', null),
         ($1, $2, 'session', gen_random_uuid(), '2023-04-20', '2099-01-01')`,
      [person, unit, entry, card, correction],
    )
    await migrate(url, { folder: await releaseOf(number) })
    const { rows } = await client.query<{ line: string }>(`
      select concat_ws(' ', kind, grade, basis, opened_by, accepted_by, until > current_date) as line
      from register.access_case order by kind`)
    assert.deepEqual(
      rows.map(({ line }) => line),
      [
        'card whole second-officer captor approver t',
        'correction compared proposer t',
        'roll-row compared sender t',
        'session compared house t',
      ],
    )
  } finally {
    await client.end()
  }
})
