import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { aPerson, commune, enterAll } from '../../test/builders.ts'
import { emptyDatabase, openHouse } from '../../test/house.ts'
import { releaseOf } from '../../test/release.ts'
import { migrateJobs } from '../platform/jobs/jobs.ts'
import { migrate } from '../platform/postgres/migrate.ts'

const house = await openHouse({ withUnits: true })

const tables = [
  'person',
  'number',
  'number_lookup',
  'old_number',
  'residence',
  'person_scope',
  'household',
  'household_member',
  'kinship',
  'name_word',
  'phone',
]

test('an upgrade of a register from before link records builds them for every person', async () => {
  const parent = aPerson({ name: 'Cầm Bá Thước', bornOn: '1970', commune: '' })
  const child = {
    name: 'Cầm Bá Lượm',
    father_number: parent.person_number,
    mother_name: 'Lò Thị Hoà',
    household_number: 'H1',
  }
  await enterAll(house, [
    parent,
    aPerson({ ...child, cancelled_numbers: '022205333333;022205333331', old_number: '100000001', phone: '0912345678' }),
    aPerson({ name: 'Hà Công', residence_kind: 'temporary' }),
  ])
  const moved = aPerson({ name: 'Quàng Văn Tem' })
  await enterAll(house, [moved])
  await enterAll(house, [{ ...moved, residence_unit: commune.haPhong, life_status: 'dead', old_number: '100000002' }])
  await enterAll(house, [
    {
      ...moved,
      residence_unit: commune.quangHanh,
      residence_kind: 'current',
      life_status: 'dead',
      old_number: '100000001',
    },
  ])

  const url = await emptyDatabase()
  await migrate(url, { folder: await releaseOf(8), before: () => migrateJobs(url) })
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const table of tables) {
      const [saved] = await house.owner<{ rows: string | null }>(
        `select jsonb_agg(to_jsonb(t))::text as rows from register.${table} t`,
      )
      await client.query(
        `insert into register.${table} select * from jsonb_populate_recordset(null::register.${table}, $1)`,
        [saved?.rows ?? '[]'],
      )
    }

    assert.equal((await migrate(url, { folder: await releaseOf(9) })).applied, 1)

    const what = `select jsonb_agg(to_jsonb(l) - 'changed_at' - 'changed_in' order by person_id) as rows
      from register.link_record l`
    const [kept] = await house.owner<{ rows: unknown[] }>(what)
    const [upgraded] = (await client.query<{ rows: unknown[] }>(what)).rows
    assert.equal(upgraded?.rows.length, 4)
    assert.deepEqual(upgraded?.rows, kept?.rows)
    const apart = await client.query(`
      select from register.link_record_due d full join register.link_record l using (person_id)
      where to_jsonb(d) is distinct from to_jsonb(l) - 'changed_at' - 'changed_in'`)
    assert.equal(apart.rowCount, 0)
  } finally {
    await client.end()
  }
})
