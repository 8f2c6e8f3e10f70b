import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { Client } from 'pg'
import { emptyDatabase, openHouse, templates } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { asDay } from '../day.ts'
import { queueJob } from '../jobs/jobs.ts'
import { makeMonth } from '../months/months.ts'
import { Problem } from '../problem.ts'
import { asSystem } from '../work.ts'
import { readAgeFile, writeAgeFile } from './age-file.ts'
import { type ArchiveContents, type ArchiveHeader, backup, restore, signerFingerprint } from './archive.ts'
import { type Part, partSigner, readParts } from './signed-parts.ts'

const house = await openHouse()
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-backup-'))
after(() => rm(folder, { recursive: true }))

const { privateKey: key } = generateKeyPairSync('ed25519')
const identity = await generateX25519Identity()
const recipients = [await identityToRecipient(identity)]
const meta = { release: '0.1.0', madeAt: new Date('2023-04-20T10:00:00Z'), beside: { house: 'h' }, recipients, key }
const keys = { identities: [identity], signedBy: signerFingerprint(key) }

const fileOf = (name: string) => join(folder, name)
const file = fileOf('house.dd')
const save = (to: string, url = house.url) => backup(url, to, meta)
const freshHouse = () => emptyDatabase(templates.migrated)
const bring = (url: string, from: string, more: Partial<typeof keys> = {}) =>
  restore(url, from, {
    ...keys,
    ...more,
    release: '0.1.0',
    empty: ['audit.deed', 'staff.officer'],
    complete: async () => undefined,
  })
const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

async function rowsOf<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
    .query(text)
    .then(({ rows }) => rows as Row[])
    .finally(() => client.end())
}

for (const reason of ['line\nbreak', 'tab\tand \\N and \\', 'Hòa Bình']) {
  await house.work(async work => {
    await audit.record(work, 'card.blocked', { kind: 'card', id: 'c-1' }, { reason })
    await queueJob(work, 'tell-holder', { card: 'c-1' })
  })
}
const wardUnit = '0198a000-0000-7000-8000-000000000001'
const wardOfficer = '0198a000-0000-7000-8000-000000000002'
await house.owner(`insert into staff.officer (id, login, full_name, unit_id, added_at)
  values ('${wardOfficer}', 'phuong', 'Cán bộ phường', '${wardUnit}', now())`)
await house.owner(`insert into staff.appointment (id, officer_id, role, unit_id)
  values (gen_random_uuid(), '${wardOfficer}', 'ward-officer', '${wardUnit}')`)

/** What an insider with the key of the backups reads: the parts as they are, whoever signed them. */
async function partsOf(from: string): Promise<Part[]> {
  const parts: Part[] = []
  for await (const part of readParts(readAgeFile(from, keys.identities), () => key)) parts.push(part)
  return parts
}

/** An archive of parts that somebody signs, whole in every other way. */
async function forge(to: string, parts: readonly Part[], signer = key): Promise<string> {
  const sign = partSigner(signer)
  await writeAgeFile(
    to,
    recipients,
    (async function* () {
      for (const part of parts) yield sign(part)
    })(),
  )
  return to
}

const headerIn = ([first]: readonly Part[]) => JSON.parse(String(first?.content)) as ArchiveHeader
const withHeader = (parts: readonly Part[], change: (header: ArchiveHeader) => object): Part[] => [
  { kind: 'header', content: Buffer.from(JSON.stringify({ ...headerIn(parts), ...change(headerIn(parts)) })) },
  ...parts.slice(1),
]

const contentsOf = ({ header, counts }: ArchiveContents) =>
  header.tables.map(({ table }, index) => `${table} ${counts[index]?.rows} ${counts[index]?.sha256}`)
const countOf = ({ header, counts }: ArchiveContents, table: string) =>
  counts[header.tables.findIndex(one => one.table === table)]?.rows

test('what is restored is what was saved, to the byte, with the waiting jobs', async () => {
  const saved = await save(file)
  const url = await freshHouse()
  await bring(url, file)

  assert.deepEqual(contentsOf(await save(fileOf('again.dd'), url)), contentsOf(saved))
  assert.equal(countOf(saved, 'graphile_worker._private_jobs'), 3)
  assert.equal(countOf(saved, 'audit.deed'), 3)
})

test('a backup is readable by its owner alone, and by nobody without a key of it', async () => {
  await save(file)
  assert.equal((await stat(file)).mode & 0o077, 0)
  const bytes = await readFile(file)
  for (const text of ['Hòa Bình', 'staff.officer', 'phuong', 'dinhdanh-backup']) assert.ok(!bytes.includes(text), text)
  const other = await generateX25519Identity()
  await assert.rejects(bring(await freshHouse(), file, { identities: [other] }), refusal('backup-not-opened'))
  await assert.rejects(bring(await freshHouse(), file, { identities: [] }), refusal('backup-not-opened'))
})

test('each recipient of a backup opens it alone', async () => {
  const safe = await generateX25519Identity()
  await backup(house.url, file, { ...meta, recipients: [...recipients, await identityToRecipient(safe)] })
  await bring(await freshHouse(), file, { identities: [safe] })
  const none = backup(house.url, fileOf('none.dd'), { ...meta, recipients: ['age1nobody'] })
  await assert.rejects(none, refusal('backup-recipient-wrong'))
})

test('a backup that was cut, or changed by one bit anywhere, is refused, and nothing of it is kept', async () => {
  await save(file)
  const whole = await readFile(file)
  const flipped = (at: number) => {
    const bytes = Buffer.from(whole)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    return bytes
  }
  const damaged: Record<string, Buffer> = {
    cut: whole.subarray(0, whole.length - 200),
    empty: Buffer.alloc(0),
    foreign: Buffer.from('not a backup'),
    longer: Buffer.concat([whole, Buffer.from('x')]),
    twice: Buffer.concat([whole, whole]),
    'flipped at the end': flipped(whole.length - 1),
    'flipped in the middle': flipped(whole.length >> 1),
  }
  const url = await freshHouse()
  for (const [how, bytes] of Object.entries(damaged)) {
    await writeFile(fileOf('bad.dd'), bytes)
    await assert.rejects(bring(url, fileOf('bad.dd')), refusal('backup-not-whole'), how)
  }
  await bring(url, file)
})

test('an archive of the release before, which is plain, is refused by name', async () => {
  await writeFile(fileOf('plain.tgz'), gzipSync('manifest.json'))
  await assert.rejects(bring(await freshHouse(), fileOf('plain.tgz')), refusal('backup-is-plain'))
  await assert.rejects(bring(await freshHouse(), fileOf('nowhere.dd')), refusal('backup-not-there'))
})

/** The rows of an archive with one word put in another's place, each hash as it then has to be. */
async function withWord(parts: readonly Part[], before: string, after: string): Promise<Part[]> {
  let changed = 0
  const rewritten = parts.map(part => {
    if (part.kind !== 'rows') return part
    const text = gunzipSync(part.content.subarray(4)).toString('utf8')
    if (!text.includes(before)) return part
    changed += 1
    const pressed = gzipSync(text.replaceAll(before, after))
    return { ...part, content: Buffer.concat([part.content.subarray(0, 4), pressed]) }
  })
  assert.ok(changed > 0)
  return rewritten
}

test('a ward officer who edits the archive, with every hash anew, does not become an administrator', async () => {
  await save(file)
  const { privateKey: own } = generateKeyPairSync('ed25519')
  const edited = await withWord(await partsOf(file), 'ward-officer', 'administrator')
  const url = await freshHouse()

  const ownName = { key: own.export({ type: 'pkcs8', format: 'der' }) && exportedKey(own) }
  const signedByThem = await forge(
    fileOf('theirs.dd'),
    withHeader(edited, () => ownName),
    own,
  )
  await assert.rejects(bring(url, signedByThem), refusal('backup-signed-by-another'))
  const inOurName = await forge(fileOf('ours.dd'), edited, own)
  await assert.rejects(bring(url, inOurName), refusal('backup-not-whole'))
  await assert.rejects(bring(url, await mixed(await partsOf(file), edited)), refusal('backup-not-whole'))
  assert.deepEqual(await rowsOf(url, 'select from staff.appointment'), [])
})

const exportedKey = (one: typeof key) => {
  const jwk = one.export({ format: 'jwk' })
  // SPKI of Ed25519 (RFC 8410): a fixed head before the 32 bytes.
  return Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(String(jwk.x), 'base64url'),
  ]).toString('base64')
}

/** The signatures of one archive before the contents of another. */
async function mixed(signed: readonly Part[], contents: readonly Part[]): Promise<string> {
  const sign = partSigner(key)
  const frames = signed.map(part => sign(part))
  await writeAgeFile(
    fileOf('mixed.dd'),
    recipients,
    (async function* () {
      for (const [index, frame] of frames.entries()) {
        const content = contents[index]?.content ?? Buffer.alloc(0)
        const front = Buffer.from(frame.subarray(0, 69))
        front.writeUInt32BE(content.length, 1)
        yield Buffer.concat([front, content])
      }
    })(),
  )
  return fileOf('mixed.dd')
}

test('another installation’s archive is refused, and taken when the key on its paper is named', async () => {
  const { privateKey: theirs } = generateKeyPairSync('ed25519')
  await backup(house.url, file, { ...meta, key: theirs })
  const url = await freshHouse()
  await assert.rejects(bring(url, file), (error: unknown) => {
    assert.ok(error instanceof Problem && error.code === 'backup-signed-by-another')
    assert.deepEqual(error.facts, { signedBy: signerFingerprint(theirs), expected: keys.signedBy })
    return true
  })
  await bring(url, file, { signedBy: signerFingerprint(theirs) })
})

test('parts that are swapped, left out, repeated or of another backup are refused', async () => {
  const [former, latter] = [fileOf('former.dd'), fileOf('latter.dd')]
  await save(former)
  await save(latter)
  const framesOf = async (from: string) => {
    const sign = partSigner(key)
    return (await partsOf(from)).map(part => sign(part))
  }
  const [one, other] = [await framesOf(former), await framesOf(latter)]
  assert.ok(one.length > 6)
  const swapped = [...one]
  ;[swapped[2], swapped[3]] = [one[3] as Buffer, one[2] as Buffer]
  const tampered: Record<string, readonly Buffer[]> = {
    swapped,
    'left out': one.toSpliced(3, 1),
    repeated: one.toSpliced(3, 0, one[3] as Buffer),
    'of another backup': one.with(3, other[3] as Buffer),
    'the header of another backup': one.with(0, other[0] as Buffer),
    'without its end': one.slice(0, -1),
    'with more behind its end': [...one, one[1] as Buffer],
  }
  const url = await freshHouse()
  for (const [how, frames] of Object.entries(tampered)) {
    await writeAgeFile(
      fileOf('parts.dd'),
      recipients,
      (async function* () {
        yield* frames
      })(),
    )
    await assert.rejects(bring(url, fileOf('parts.dd')), refusal('backup-not-whole'), how)
  }
})

test('names of tables and columns that carry SQL run nothing, even where the signature is right', async () => {
  await save(file)
  const parts = await partsOf(file)
  const mark = fileOf('program-ran')
  const program = `x" (x) from stdin; copy (select 1) to program 'touch ${mark}'; --`
  const named = (change: (tables: ArchiveHeader['tables']) => object[]) =>
    withHeader(parts, ({ tables }) => ({ tables: change(tables) }))
  const crafted: Record<string, Part[]> = {
    'a table more': named(tables => [...tables, { table: `a.${program}`, columns: ['x'] }]),
    'a table for another': named(tables => [{ table: `a.${program}`, columns: ['x'] }, ...tables.slice(1)]),
    'a table less': named(tables => tables.slice(1)),
    'a table twice': named(tables => [...tables.slice(0, -1), tables[0] ?? {}]),
    'a column more': named(([first, ...rest]) => [
      { ...first, columns: [...(first?.columns ?? []), program] },
      ...rest,
    ]),
    'a column for another': named(([first, ...rest]) => [
      { ...first, columns: [program, ...(first?.columns ?? []).slice(1)] },
      ...rest,
    ]),
    'a column less': named(([first, ...rest]) => [{ ...first, columns: first?.columns.slice(1) ?? [] }, ...rest]),
    'a column twice': named(([first, ...rest]) => [
      { ...first, columns: [...(first?.columns.slice(1) ?? []), first?.columns.at(-1) ?? ''] },
      ...rest,
    ]),
    'a table of the server': named(tables => [...tables, { table: 'pg_catalog.pg_authid', columns: ['rolname'] }]),
  }
  const url = await freshHouse()
  for (const [how, forged] of Object.entries(crafted))
    await assert.rejects(bring(url, await forge(fileOf('crafted.dd'), forged)), refusal('backup-of-other-tables'), how)
  assert.ok(!existsSync(mark))
  assert.deepEqual(await rowsOf(url, 'select from staff.officer'), [])
})

test('rows that would be SQL elsewhere are rows, and a part that is a bomb is not inflated', async () => {
  await save(file)
  const parts = await partsOf(file)
  const at = parts.findIndex(({ kind }) => kind === 'rows')
  const table = parts[at]?.content.subarray(0, 4) ?? Buffer.alloc(4)
  const rows = (text: Buffer | string): Part => ({ kind: 'rows', content: Buffer.concat([table, gzipSync(text)]) })
  const url = await freshHouse()
  const mark = fileOf('program-ran-too')
  const bad: Record<string, Part> = {
    'the end of the rows': rows(`\\.\ncopy (select 1) to program 'touch ${mark}';\n`),
    bomb: rows(Buffer.alloc(192 << 20)),
    'no gzip': { kind: 'rows', content: Buffer.concat([table, Buffer.from('rows')]) },
    'of no table': { kind: 'rows', content: Buffer.from([0xff, 0xff, 0xff, 0xff]) },
  }
  for (const [how, part] of Object.entries(bad)) {
    const heap = process.memoryUsage().rss
    await assert.rejects(
      bring(url, await forge(fileOf('bad-rows.dd'), parts.with(at, part))),
      refusal('backup-not-whole'),
      how,
    )
    if (how === 'bomb') assert.ok(process.memoryUsage().rss - heap < 100 << 20)
  }
  assert.ok(!existsSync(mark))
})

test('a part that says it is longer than any can be is refused before it is read', async () => {
  const front = Buffer.alloc(69)
  front.writeUInt32BE(0xffff_ffff, 1)
  await writeAgeFile(
    fileOf('long.dd'),
    recipients,
    (async function* () {
      yield front
      for (let mebibyte = 0; mebibyte < 20; mebibyte += 1) yield Buffer.alloc(1 << 20)
    })(),
  )
  await assert.rejects(bring(await freshHouse(), fileOf('long.dd')), refusal('backup-not-whole'))
})

test('a restore into an installation with data is refused', async () => {
  await save(file)
  await assert.rejects(bring(house.url, file), refusal('house-not-empty'))
})

test('what the caller finds wrong with the restored rows is not committed', async () => {
  await save(file)
  const url = await freshHouse()
  const seen: unknown[] = []
  const refusing = restore(url, file, {
    ...keys,
    release: '0.1.0',
    empty: [],
    complete: async client => {
      seen.push(...(await client.query('select login from staff.officer')).rows)
      throw new Error('it is not as it should be')
    },
  })
  await assert.rejects(refusing, /not as it should be/)
  assert.deepEqual(seen, [{ login: 'phuong' }])
  assert.deepEqual(await rowsOf(url, 'select from staff.officer'), [])
})

test('a login that owns the tables and is no superuser restores too, and row security is as before', async () => {
  await save(file)
  const url = await freshHouse()
  const name = `owner_${process.pid}`
  await rowsOf(url, `create role ${name} login`)
  after(() => rowsOf(house.url, `drop role if exists ${name}`).catch(() => undefined))
  await rowsOf(
    url,
    `grant create on database ${new URL(url).pathname.slice(1)} to ${name};
     grant dinhdanh_maintenance to ${name};
     do $$ declare o record; begin
       for o in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$|public$)' loop
         execute format('alter schema %I owner to ${name}', o.nspname);
       end loop;
       for o in select c.oid::regclass as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'v') and n.nspname !~ '^(pg_|information_schema$|public$)' loop
         execute format('alter table %s owner to ${name}', o.t);
       end loop;
       for o in select oid::regprocedure as f from pg_proc where pronamespace = 'platform'::regnamespace loop
         execute format('alter routine %s owner to ${name}', o.f);
       end loop; end $$`,
  )
  const asOwner = new URL(url)
  asOwner.username = name
  const forced =
    'select oid::regclass::text as t, relforcerowsecurity as f from pg_class where relrowsecurity order by t'
  const before = await rowsOf(url, forced)
  await bring(asOwner.href, file)
  const [officers] = await rowsOf<{ n: number }>(url, 'select count(*)::integer as n from staff.officer')
  assert.equal(officers?.n, 1)
  assert.deepEqual(await rowsOf(url, forced), before)
  await rowsOf(url, `reassign owned by ${name} to current_user; drop owned by ${name}`)
})

test('a backup with other migrations is refused by name', async () => {
  await save(file)
  const url = await freshHouse()
  const [first] = await house.owner<{ checksum: string }>('select checksum from platform.migration where number = 1')
  await house.owner(`update platform.migration set checksum = 'other' where number = 1`)
  try {
    const other = fileOf('other.dd')
    await save(other)
    await assert.rejects(bring(url, other), (error: unknown) => {
      assert.ok(error instanceof Problem)
      assert.equal(error.code, 'backup-of-another-release')
      const { migrations, ourMigrations } = error.facts
      assert.ok(Number(migrations) > 50 && migrations === ourMigrations, 'each number of migrations is told')
      return true
    })
  } finally {
    await house.owner('update platform.migration set checksum = $1 where number = 1', [first?.checksum])
  }
})

test('rows come back into their months, and what lay in none finds its own', async () => {
  const [made, unmade] = ['2021-05-10', '2022-06-10']
  await house.as({ ...asSystem('test'), role: 'maintenance' }, work => makeMonth(work, 'audit.access', asDay(made)))
  for (const day of [made, unmade])
    await house.owner(`insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, purpose, fields)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '${day}', 'system', 'months', 'test', 'x'`)
  await save(file)
  const url = await freshHouse()
  await bring(url, file)
  const rows = await rowsOf<{ part: string }>(
    url,
    `select tableoid::regclass::text as part from audit.access where by_id = 'months' order by 1`,
  )
  assert.deepEqual(rows, [{ part: 'audit.access_2021_05' }, { part: 'audit.access_2022_06' }])
})

test('memory does not grow with a table: rows of 40 MiB, one of 5 MiB, go out and in by pieces', async () => {
  await house.owner(`insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, purpose, fields)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), 'system', md5(n::text), 'test',
      string_agg(md5(n::text || k::text), '') from generate_series(1, 4000) n, generate_series(1, 340) k group by n`)
  await house.owner(`insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, purpose, fields)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), 'system', 'big', 'test',
      repeat('ab', 2621440)`)
  globalThis.gc?.()
  const before = process.memoryUsage()
  let most = 0
  const watching = setInterval(() => {
    const { heapUsed, external } = process.memoryUsage()
    most = Math.max(most, heapUsed + external - before.heapUsed - before.external)
  }, 5)
  try {
    const saved = await save(file)
    const url = await freshHouse()
    const { counts } = await bring(url, file)
    assert.deepEqual(counts, saved.counts)
  } finally {
    clearInterval(watching)
  }
  assert.ok(most < 80 << 20, `${most >> 20} MiB`)
})

test('restored rows get the transaction number of the restore', async () => {
  const numbered = await house.owner<{ table: string; column: string; given: boolean }>(`
    select c.oid::regclass::text as "table", a.attname as "column", d.oid is not null as given
    from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
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
  await save(file)
  await bring(url, file)
  const rows = await rowsOf(url, 'select changed_in < pg_current_xact_id() as own from register.link_record')
  assert.deepEqual(rows, [{ own: true }])
})
