import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { emptyDatabase, openHouse, templates } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { queueJob } from '../jobs/jobs.ts'
import { Problem } from '../problem.ts'
import { type BackupManifest, backup, readManifest, restore } from './table-archive.ts'

const house = await openHouse()
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-backup-'))
after(() => rm(folder, { recursive: true }))

const file = join(folder, 'house.tgz')
const meta = { release: '0.1.0', madeAt: new Date('2023-04-20T10:00:00Z'), beside: { house: 'h' } }
const save = (url: string, to: string) => backup(url, to, meta)
const freshHouse = () => emptyDatabase(templates.migrated)
const bring = (url: string, from: string) => restore(url, from, { release: '0.1.0', empty: ['audit.deed'] })
const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

for (const reason of ['line\nbreak', 'tab\tand \\N and \\', 'Hòa Bình']) {
  await house.work(async work => {
    await audit.record(work, 'card.blocked', { kind: 'card', id: 'c-1' }, { reason })
    await queueJob(work, 'tell-holder', { card: 'c-1' })
  })
}

const contents = ({ tables }: BackupManifest) => tables.map(({ table, rows, sha256 }) => `${table} ${rows} ${sha256}`)

test('what is restored is what was saved, to the byte, with the waiting jobs', async () => {
  const saved = await save(house.url, file)
  const url = await freshHouse()
  await bring(url, file)

  const again = await save(url, join(folder, 'again.tgz'))
  assert.deepEqual(contents(again), contents(saved))
  assert.equal(saved.tables.find(({ table }) => table === 'graphile_worker._private_jobs')?.rows, 3)
  assert.equal(saved.tables.find(({ table }) => table === 'audit.deed')?.rows, 3)
})

test('a backup is readable by its owner only', async () => {
  await save(house.url, file)
  assert.equal((await stat(file)).mode & 0o077, 0)
})

test('a backup that was cut or changed anywhere is refused, and nothing of it is kept', async () => {
  await save(house.url, file)
  const whole = await readFile(file)
  const plain = gunzipSync(whole)
  const place = plain.indexOf('Hòa Bình')
  const swapped = Buffer.from(plain)
  swapped.write('B', place + 1)
  const damaged: Record<string, Buffer> = {
    cut: whole.subarray(0, whole.length - 200),
    empty: Buffer.alloc(0),
    foreign: Buffer.from('not a backup'),
    'without end': gzipSync(plain.subarray(0, plain.length >> 1)),
    'a letter changed': gzipSync(swapped),
  }
  const url = await freshHouse()
  for (const [how, bytes] of Object.entries(damaged)) {
    const bad = join(folder, 'bad.tgz')
    await writeFile(bad, bytes)
    await assert.rejects(bring(url, bad), refusal('backup-not-whole'), how)
  }
  await bring(url, file)
})

test('a restore into an installation with data is refused', async () => {
  await save(house.url, file)
  await assert.rejects(bring(house.url, file), refusal('house-not-empty'))
})

test('a backup with other migrations is refused by name', async () => {
  await save(house.url, file)
  const url = await freshHouse()
  await house.owner(`update platform.migration set checksum = 'other' where number = 1`)
  try {
    const other = join(folder, 'other.tgz')
    await save(house.url, other)
    await assert.rejects(bring(url, other), (error: unknown) => {
      assert.ok(error instanceof Problem)
      assert.equal(error.code, 'backup-of-another-release')
      const { migrations, ourMigrations } = error.facts
      assert.ok(Number(migrations) > 50 && migrations === ourMigrations, 'each number of migrations is told')
      return true
    })
  } finally {
    const manifest = await readManifest(file)
    await house.owner('update platform.migration set checksum = $1 where number = 1', [
      manifest.migrations[0]?.checksum,
    ])
  }
})

test('restored rows get the transaction number of the restore', async () => {
  const numbered = await house.owner<{ table: string; column: string; given: boolean }>(`
    select c.oid::regclass::text as "table", a.attname as "column", d.oid is not null as given
    from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where a.atttypid = 'xid8'::regtype and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
    order by 1, 2`)
  assert.ok(numbered.length > 0)
  assert.deepEqual(
    numbered.filter(({ given }) => !given),
    [],
  )

  const far = '18000000000000000000'
  await house.owner(
    `insert into register.link_record
        (person_id, birth_y, sex, life_status, full_name, name_tone, changed_at, changed_in)
     values (gen_random_uuid(), 2000, 'M', 'alive', 'A', 'a', now(), $1::xid8)`,
    [far],
  )
  const url = await freshHouse()
  await save(house.url, file)
  await bring(url, file)
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client
    .query('select changed_in < pg_current_xact_id() as own from register.link_record')
    .finally(() => client.end())
  assert.deepEqual(rows, [{ own: true }])
})
