import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase, templates } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { verificationOf } from '../../audit-verification.ts'
import { openHouse } from '../../open-house.ts'
import { readAgeFile, writeAgeFile } from '../../platform/archive/age-file.ts'
import { knownIdentities, recipientOf } from '../../platform/archive/backup-key.ts'
import { asDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { makeMonth } from '../../platform/months/months.ts'
import { asSystem, type Work } from '../../platform/work.ts'
import { keyPaper } from '../backup.ts'
import { archiveAndDrop, archiveFolder, verifyArchives } from './audit-archives.ts'

/** A month of readings outside the database: written whole, opened by who may, and held against what was sealed. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-archives-'))
after(() => rm(folder, { recursive: true }))
const url = await emptyDatabase(templates.migrated)
const house = await openHouse({ folder: join(folder, 'data'), purpose: 'command', environment: { DATABASE_URL: url } })
const owner = new Client({ connectionString: url })
owner.on('error', () => undefined)
await owner.connect()
after(async () => {
  await owner.end()
  await house.close()
})

/** Does something as if it were another moment. */
const at = <T>(moment: string, verb: (work: Work) => Promise<T>) =>
  house.openWork({ ...asSystem('audit'), role: 'maintenance' }, work => {
    const now = new Date(moment)
    return verb(Object.assign(work, { now, id: newId<'work'>(now) }))
  })

const read = (moment: string, people: number) =>
  at(moment, work =>
    audit.noteReading(
      work,
      Array.from({ length: people }, () => newId<'person'>()),
      ['identity', 'quê quán "cũ"'],
    ),
  )

const keys = (await verificationOf(house)).keys
const none = { paths: [], identity: undefined, month: undefined }
const file = join(archiveFolder(house.folder), 'readings-2020-01.age')
const kinds = async (path?: string) =>
  (await verifyArchives(house, keys, { ...none, paths: path ? [path] : [] })).flatMap(({ findings }) =>
    findings.map(({ kind }) => kind),
  )

// The installation's own first deeds are of today: they would make a month of every month since.
await owner.query(`truncate audit.deed, audit.access, audit.reading_entry;
  update audit.head set seq = 0, seal = decode(repeat('00', 32), 'hex')`)
await at('2020-01-01T00:00:00Z', work => makeMonth(work, 'audit.access', asDay('2020-01-01')))
for (let nth = 10; nth < 30; nth += 1) await read(`2020-01-${nth}T03:00:00Z`, nth % 3 === 0 ? 1 : 40)
await read('2020-02-10T03:00:00Z', 5)
const signer = { house: house.record().id, key: house.signingKey() }
for (const month of ['2020-02-01', '2020-03-01']) await at(`${month}T02:00:00Z`, work => audit.sealMonths(work, signer))

test('no archive is written of which nobody could open a copy, or of a month that is not sealed', async () => {
  await assert.rejects(archiveAndDrop(house, '2020-01', undefined), { code: 'backup-key-not-on-paper' })
  await keyPaper({ house, values: {}, json: true, positionals: [join(folder, 'paper.txt')] } as never)
  await assert.rejects(archiveAndDrop(house, '2020-03', undefined), { code: 'month-not-sealed' })
  assert.equal(existsSync(file), false)
})

test('an archived month leaves the database, and is verified in its file with the seals that stayed', async () => {
  const written = await archiveAndDrop(house, '2020-01', undefined)
  assert.deepEqual(written, { file, readings: 14 * 40 + 6 })
  const left = await owner.query('select count(*)::integer as n from audit.access')
  assert.deepEqual(left.rows, [{ n: 5 }])
  const part = await owner.query("select to_regclass('audit.access_2020_01') as part")
  assert.deepEqual(part.rows, [{ part: null }])
  const [report, ...others] = await verifyArchives(house, keys, { ...none, identity: join(folder, 'paper.txt') })
  assert.deepEqual([report?.month, report?.readings, report?.findings, others], ['2020-01', 566, [], []])
  const whole = await house.openWork({ ...asSystem('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, { keys, entriesAre: 'ours' }),
  )
  assert.deepEqual([whole.rootOnly, whole.findings], [['2020-01'], []])
  const [deed] = await house.openWork(asSystem('audit'), work => audit.deedsOfName(work, '2020-01', 'readings.dropped'))
  assert.ok(deed)
  assert.equal((deed.facts as { archive: { file: string } }).archive.file, 'readings-2020-01.age')
  await assert.rejects(archiveAndDrop(house, '2020-01', undefined), { code: 'archive-exists' })
})

test('a reading changed, left out, added or moved in an archive is named, and so is a missing end', async () => {
  const identities = await knownIdentities(house.folder)
  const pieces: Uint8Array[] = []
  for await (const piece of readAgeFile(file, identities)) pieces.push(piece)
  const lines = Buffer.concat(pieces).toString().trimEnd().split('\n')
  const recipients = await Promise.all(identities.map(recipientOf))
  const other = join(folder, 'readings-2020-01.age')
  const found = async (change: (lines: string[]) => string[]) => {
    const text = Buffer.from(`${change([...lines]).join('\n')}\n`)
    await writeAgeFile(
      other,
      recipients,
      (async function* () {
        yield text
      })(),
    )
    return kinds(other)
  }
  assert.deepEqual(await found(same => same), [])
  assert.deepEqual(
    await found(all => all.map((line, nth) => (nth === 7 ? line.replace('identity', 'contact') : line))),
    ['archive-changed'],
  )
  assert.deepEqual(await found(all => all.toSpliced(9, 1)), ['archive-changed'])
  assert.deepEqual(await found(all => all.toSpliced(1, 2, all[2] ?? '', all[1] ?? '')), ['archive-changed'])
  assert.deepEqual(await found(all => all.toSpliced(4, 1, 'no reading')), ['archive-changed'])
  assert.deepEqual(await found(all => all.toSpliced(-1, 0, all[1] ?? '')), ['archive-unsigned'])
  assert.deepEqual(await found(all => all.slice(0, -1)), ['archive-unsigned'])
  assert.deepEqual(await found(all => [...all, '{}']), ['archive-unsigned'])
  await assert.rejects(
    found(() => ['{"format":"another"}']),
    { code: 'archive-of-no-month' },
  )
})

test('where the readings cannot be removed nothing of an archive is left', async () => {
  await owner.query(`insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, purpose, fields)
    select gen_random_uuid(), gen_random_uuid(), work_id, at, 'officer', 'x', 'register', 'identity'
    from audit.reading_entry where at > '2020-02-01'`)
  await assert.rejects(archiveAndDrop(house, '2020-02', undefined), { code: 'audit-broken' })
  assert.equal(existsSync(join(archiveFolder(house.folder), 'readings-2020-02.age')), false)
  assert.deepEqual(await kinds(), [])
})
