import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { Client } from 'pg'
import { emptyDatabase, templates } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { journalFile } from '../audit/revocation-journal.ts'
import { daysFile, lawFile } from '../laws.ts'
import { type House, openHouse } from '../open-house.ts'
import { signerFingerprint } from '../platform/archive/archive.ts'
import { Problem } from '../platform/problem.ts'
import { openSealingKey, sealingKeyNames } from '../platform/sealing/sealing.ts'
import { asSystem } from '../platform/work.ts'
import { backupTo, keyPaper, restoreFrom } from './backup.ts'
import { lookOver } from './doctor/doctor.ts'
import { importUnits } from './imports/imports.ts'
import { reseal } from './rotate-keys.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-backup-'))
after(() => rm(folder, { recursive: true }))
const rows = 'rule,from,value,article,source,verified_on\naccounts.days-to-activate,2023-04-21,3,,QĐ 1/2023,\n'

async function open(data: string, url: string): Promise<House> {
  const opened = await openHouse({ folder: data, purpose: 'command', environment: { DATABASE_URL: url } })
  after(() => opened.close())
  return opened
}

/** An installation in a folder of its own. */
async function anInstallation({ law }: { law?: string } = {}): Promise<House> {
  const data = await mkdtemp(join(folder, 'data-'))
  if (law !== undefined) await writeFile(join(data, lawFile), law)
  return open(data, await emptyDatabase(templates.migrated))
}

const given = (house: House, file: string, values: Record<string, string | boolean> = {}) => ({
  house,
  positionals: [file],
  values,
  json: true,
})
const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

/**
 * What is kept elsewhere of an installation: its paper, whose signature its backups have, and its journal. Its
 * sealing.key is lost, unless a test has copied it.
 */
async function paperOf(house: House) {
  const identity = join(await mkdtemp(join(folder, 'safe-')), 'paper.txt')
  await keyPaper(given(house, identity))
  return {
    identity,
    'signed-by': signerFingerprint(house.signingKey()),
    journal: journalFile(house.folder),
    'without-sealing-key': true,
  }
}

/** What whoever owns the database can do to it. */
async function tamper({ database }: House, text: string): Promise<void> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

test('a backup has the rows of law and days off, and they come back where the folder has none', async () => {
  const file = join(folder, 'whole.dd')
  const source = await anInstallation({ law: rows })
  const days = 'date,name,kind,source\n2027-02-05,Tết,holiday,TB1\n'
  await writeFile(join(source.folder, daysFile), days)
  const paper = await paperOf(source)
  await backupTo(given(source, file))
  const empty = await anInstallation()
  await restoreFrom(given(empty, file, paper))
  assert.equal(await readFile(join(empty.folder, lawFile), 'utf8'), rows)
  assert.equal(await readFile(join(empty.folder, daysFile), 'utf8'), days)

  const own = rows.replace(',3,', ',4,')
  const another = await anInstallation({ law: own })
  await restoreFrom(given(another, file, paper))
  assert.equal(await readFile(join(another.folder, lawFile), 'utf8'), own)
})

test('rows of law that an insider put into a backup are a deed at the opening that puts them in force', async () => {
  const source = await anInstallation()
  const paper = await paperOf(source)
  await writeFile(join(source.folder, lawFile), rows)
  const file = join(folder, 'widened.dd')
  await backupTo(given(source, file))
  const restored = await anInstallation()
  await restoreFrom(given(restored, file, paper))
  const reopened = await open(restored.folder, restored.database.url)
  const deeds = await reopened.openWork(asSystem('test'), work => audit.deedsOf(work, reopened.record().id))
  const [changed] = deeds.filter(({ deed }) => deed === 'law.changed')
  assert.deepEqual((changed?.facts as { rows?: unknown } | undefined)?.rows, [
    { rule: 'accounts.days-to-activate', from: '2023-04-21', value: 3, source: 'QĐ 1/2023' },
  ])
})

test('no backup is made that nobody could open after the machine was lost', async () => {
  const house = await anInstallation()
  const file = join(folder, 'first.dd')
  await assert.rejects(backupTo(given(house, file)), refusal('backup-key-not-on-paper'))
  await assert.rejects(stat(file))

  const safe = await generateX25519Identity()
  await backupTo(given(house, file, { recipient: await identityToRecipient(safe) }))
  await assert.rejects(backupTo(given(house, file)), refusal('backup-key-not-on-paper'), 'it is asked each time')
  const identity = join(folder, 'identity.txt')
  await writeFile(identity, `# the safe's\n${safe}\n`)
  const kept = {
    'signed-by': signerFingerprint(house.signingKey()),
    journal: journalFile(house.folder),
    'without-sealing-key': true,
  }
  await restoreFrom(given(await anInstallation(), file, { identity, ...kept }))

  await paperOf(house)
  await backupTo(given(house, file))
})

test('the paper for the safe is readable by its owner alone, and replaces no other file', async () => {
  const house = await anInstallation()
  const { identity } = await paperOf(house)
  assert.equal((await stat(identity)).mode & 0o077, 0)
  assert.ok((await readFile(identity, 'utf8')).includes(signerFingerprint(house.signingKey())))
  await assert.rejects(keyPaper(given(house, identity)), refusal('backup-paper-exists'))
})

test('a backup and its restore are deeds, which tell whose signature it had', async () => {
  const source = await anInstallation()
  const paper = await paperOf(source)
  const file = join(folder, 'deeds.dd')
  await backupTo(given(source, file))
  const restored = await anInstallation()
  await assert.rejects(restoreFrom(given(restored, file)), refusal('backup-not-opened'))
  await assert.rejects(
    restoreFrom(given(restored, file, { identity: paper.identity })),
    refusal('backup-signed-by-another'),
  )
  await restoreFrom(given(restored, file, paper))
  const deedsOf = (house: House, name: string) =>
    house.openWork(asSystem('test'), async work =>
      (await audit.deedsOf(work, source.record().id)).filter(({ deed }) => deed === name),
    )
  const [made] = await deedsOf(source, 'backup.made')
  const [back] = await deedsOf(restored, 'backup.restored')
  const facts = back?.facts as { archive?: string; signedBy?: string } | undefined
  assert.equal(facts?.archive, (made?.facts as { archive?: string } | undefined)?.archive)
  assert.equal(facts?.signedBy, paper['signed-by'])
})

test('a backup of before `key reseal` is refused without the key of then, before anything is restored', async () => {
  const source = await anInstallation()
  const { 'without-sealing-key': _lost, ...paper } = await paperOf(source)
  const file = join(folder, 'before-reseal.dd')
  await backupTo(given(source, file))
  const keyOf = (house: House) => join(house.folder, 'keys', 'sealing.key')
  const former = await readFile(keyOf(source))
  const { current: name } = sealingKeyNames()
  await reseal(given(source, ''))
  const doctorSays = (await lookOver(source)).find(({ what }) => what === 'sealing key')?.found ?? ''
  assert.match(doctorSays, new RegExp(`a backup of before needs the keys/sealing.key of then, ${name}`))

  const restored = await anInstallation()
  await writeFile(keyOf(restored), await readFile(keyOf(source)))
  await openSealingKey(restored.folder)
  await assert.rejects(restoreFrom(given(restored, file, paper)), (error: unknown) => {
    assert.ok(refusal('backup-under-another-sealing-key')(error), String(error))
    assert.deepEqual((error as Problem).facts['needs'], [name])
    return true
  })
  const deeds = await restored.openWork(asSystem('test'), work => audit.deedsOf(work, source.record().id))
  assert.deepEqual(deeds, [], 'nothing was restored')

  await writeFile(keyOf(restored), former)
  await openSealingKey(restored.folder)
  await restoreFrom(given(restored, file, paper))
})

test('a backup whose record of deeds does not verify leaves nothing behind, unless it is insisted', async () => {
  const source = await anInstallation()
  const paper = await paperOf(source)
  await source.openWork(asSystem('test'), work => audit.record(work, 'card.blocked', { kind: 'card', id: 'c' }))
  await tamper(source, `update audit.deed set by_id = 'another'`)
  const file = join(folder, 'tampered.dd')
  await backupTo(given(source, file))
  const restored = await anInstallation()
  await assert.rejects(restoreFrom(given(restored, file, paper)), refusal('audit-broken'))
  await restored.openWork(asSystem('test'), async work =>
    assert.deepEqual(await audit.deedsOf(work, 'c'), [], 'nothing came in'),
  )
  await restoreFrom(given(restored, file, { ...paper, 'despite-findings': true }))
})

test('an import of a file that is not there is refused by its path', async () => {
  const file = join(folder, 'nothing.csv')
  await assert.rejects(
    importUnits(given(await anInstallation(), file)),
    (error: unknown) => error instanceof Problem && error.code === 'csv-file-missing' && error.facts['file'] === file,
  )
})
