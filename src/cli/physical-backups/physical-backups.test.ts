import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { generateX25519Identity } from 'age-encryption'
import { command, environment } from '../../../test/house-to-copy.ts'
import * as audit from '../../audit/audit.ts'
import { houseKey } from '../../audit/chain-heads.ts'
import { journalFile, readJournal } from '../../audit/revocation-journal.ts'
import { type House, openHouse } from '../../open-house.ts'
import { signerFingerprint } from '../../platform/archive/archive.ts'
import { knownIdentities } from '../../platform/archive/backup-key.ts'
import { now } from '../../platform/clock.ts'
import { openDataFolder } from '../../platform/data-folder/data-folder.ts'
import { newId } from '../../platform/ids.ts'
import { listBases, listSegments, walIn } from '../../platform/physical-backups/backup-folder.ts'
import { recover } from '../../platform/physical-backups/recover.ts'
import { planRecovery } from '../../platform/physical-backups/recovery-plan.ts'
import { administratorUrl, connectToCluster, switchSegment } from '../../platform/physical-backups/store.ts'
import { findServer } from '../../platform/postgres/server.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem } from '../../platform/work.ts'
import { keyPaper } from '../backup.ts'
import { lookOver } from '../doctor/doctor.ts'
import { restorePhysical } from '../restore/restore-physical.ts'
import { backupBase } from './base.ts'
import { backupDrill } from './drill.ts'
import type { DrillFacts } from './drill-facts.ts'

/** One embedded installation that archives its log, killed at the end, and what is restored of it. */

const place = await mkdtemp(join(tmpdir(), 'dinhdanh-physical-'))
after(() => rm(place, { recursive: true, force: true, maxRetries: 10 }))
const [data, backups] = [join(place, 'data'), join(place, 'backups')]

const openIn = (folder: string, environment: NodeJS.ProcessEnv = {}) =>
  openHouse({ folder, purpose: 'command', said: { logLevel: 'silent' }, environment })

const given = (house: House, ...positionals: string[]) => ({ house, positionals, values: {}, json: true })
const refusal = (code: string) => (error: unknown) => {
  assert.ok(error instanceof Problem && error.code === code, String(error))
  return true
}

const note = (house: House, id: string) =>
  house.openWork(asSystem('test'), work => audit.record(work, 'request.looked-up', { kind: 'request', id }))
const isNoted = (house: House, id: string) =>
  house.openWork(asSystem('test'), async work => (await audit.deedsOf(work, id)).length === 1)

/** Closes the segment that is written, and waits until it is archived. */
async function archiveAll(): Promise<void> {
  const client = await connectToCluster(administratorUrl(data) ?? '')
  const { rows } = await client.query<{ segment: string }>(
    'select pg_walfile_name(pg_current_wal_insert_lsn()) as segment',
  )
  await switchSegment(client)
  await client.end()
  for (;;) {
    const [archive = ''] = await readdir(join(backups, 'archives'))
    const segments = await listSegments(walIn(backups, archive))
    if ((segments.at(-1)?.name ?? '') >= (rows[0]?.segment ?? '')) return
    await pause(50)
  }
}

/** Has a drill run, and gives what its deed tells. */
async function drillOnce(): Promise<Partial<DrillFacts>> {
  await backupDrill(given(house))
  const [deed] = await house.openWork(asSystem('test'), work =>
    audit.deedsOfName(work, house.record().id, 'backup.drilled'),
  )
  return (deed?.facts ?? {}) as Partial<DrillFacts>
}

const house = await openIn(data, { DINHDANH_PHYSICAL_BACKUPS: backups })
await keyPaper(given(house, join(place, 'paper.txt')))
await note(house, 'before-base')
await backupBase(given(house))
await note(house, 'before-moment')
const moment = now()
await pause(20)
await note(house, 'after-moment')
await house.openWork(asSystem('test'), work =>
  audit.record(work, 'station.revoked', { kind: 'station', id: newId<'station'>() }),
)
await archiveAll()
const drilled = await drillOnce()
const checks = (await lookOver(house)).filter(({ what }) => /archived log|base backup|drill/.test(what))

// The server stops; a command that knows nothing of the setting starts PostgreSQL and writes; the server comes again.
await house.close()
const other = await openIn(data)
await note(other, 'by-command')
await other.close()
const again = await openIn(data, { DINHDANH_PHYSICAL_BACKUPS: backups })
await archiveAll()
process.kill(findServer(data)?.mark.pid ?? 0, 'SIGKILL')
await again.close()

test('a drill restores the newest backup beside the running installation, verifies it and clears up', async () => {
  const { outcome, findings, differed, bytes = 0, deeds = 0 } = drilled
  assert.deepEqual({ outcome, findings, differed }, { outcome: 'ok', findings: 0, differed: 0 })
  assert.ok(bytes > 10 * 2 ** 20 && deeds >= 3)
  assert.deepEqual(
    (await readdir(data)).filter(name => name === 'drill'),
    [],
  )
})

test('doctor tells of the archived log, the last base backup and the last drill', () => {
  assert.deepEqual(
    checks.map(({ what, ok }) => [what, ok]),
    [
      ['archived log', true],
      ['base backup', true],
      ['drill of the restore', true],
    ],
  )
})

let folders = 0
/** A new folder with what its operator kept apart: the keys, and the copy of the journal. */
async function newFolder(): Promise<string> {
  const folder = join(place, `new-${++folders}`)
  await cp(join(data, 'keys'), join(folder, 'keys'), { recursive: true })
  await cp(journalFile(data), journalFile(folder))
  return folder
}

async function restored(values: Record<string, string | boolean>, from = backups): Promise<string> {
  const folder = await newFolder()
  await restorePhysical({ folder, positionals: [from], values, json: true })
  return folder
}

test('an installation comes back as it stood at a moment, and nothing of after it', async () => {
  const back = await openIn(await restored({ at: moment.toISOString() }))
  assert.deepEqual(await Promise.all(['before-base', 'before-moment', 'after-moment'].map(id => isNoted(back, id))), [
    true,
    true,
    false,
  ])
  const [deed] = await back.openWork(asSystem('test'), work =>
    audit.deedsOfName(work, back.record().id, 'backup.restored'),
  )
  assert.equal((deed?.facts as { moment?: string } | undefined)?.moment, moment.toISOString())
  await back.close()
})

test('the latest restore has all that was archived, also what a command wrote beside no server', async () => {
  const folder = await openDataFolder(await newFolder())
  const keys = { identities: await knownIdentities(folder), signedBy: signerFingerprint(houseKey(folder)) }
  const plan = await planRecovery(backups, undefined, keys)
  const { postgres } = await recover(folder, plan, { keys, purpose: 'test', durable: false })
  const client = await connectToCluster(postgres.administratorUrl)
  const { rows } = await client.query('select subject_id from audit.deed where deed = $1 order by seq', [
    'request.looked-up',
  ])
  await client.end()
  await postgres.release()
  assert.deepEqual(rows.map(row => row.subject_id).sort(), [
    'after-moment',
    'before-base',
    'before-moment',
    'by-command',
  ])
})

/** A copy of the backups, in which somebody changes something. */
async function copyOfBackups(): Promise<string> {
  const copy = join(place, `copy-${++folders}`)
  await cp(backups, copy, { recursive: true })
  return copy
}

async function turnBit(path: string): Promise<void> {
  const file = await open(path, 'r+')
  const at = Math.floor((await file.stat()).size * 0.6)
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at)
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 4]), 0, 1, at)
  await file.close()
}

test('a changed byte, a missing segment and another key are refused, and the folder stays as it was', async () => {
  const [base] = await listBases(backups)
  assert.ok(base)
  const inCopy = (copy: string, path: string) => path.replace(backups, copy)
  const segments = await listSegments(walIn(backups, base.archive))
  const needed = segments.filter(({ name }) => name >= base.firstSegment)

  const changedBase = await copyOfBackups()
  await turnBit(inCopy(changedBase, base.path))
  await assert.rejects(restored({ latest: true }, changedBase), refusal('backup-not-whole'))

  const changedSegment = await copyOfBackups()
  await turnBit(inCopy(changedSegment, needed.at(-1)?.path ?? ''))
  await assert.rejects(restored({ latest: true }, changedSegment), refusal('backup-not-whole'))
  assert.deepEqual((await readdir(join(place, `new-${folders}`))).sort(), ['keys', 'revocations.jsonl'])

  const gap = await copyOfBackups()
  await rm(inCopy(gap, needed[0]?.path ?? ''))
  await assert.rejects(restored({ latest: true }, gap), (error: unknown) => {
    refusal('segment-missing')(error)
    assert.equal((error as Problem).facts['segment'], base.firstSegment)
    return true
  })

  const paper = join(place, 'another.txt')
  await writeFile(paper, await generateX25519Identity())
  await assert.rejects(restored({ latest: true, identity: paper }), refusal('backup-not-opened'))
  await assert.rejects(restored({ latest: true, 'signed-by': '0'.repeat(64) }), refusal('backup-signed-by-another'))
  await assert.rejects(restored({ at: '2020-01-01 00:00' }), refusal('no-base-before'))
  await assert.rejects(restored({ at: '2199-01-01 00:00' }), refusal('moment-not-archived'))
  await assert.rejects(
    restorePhysical({ folder: data, positionals: [backups], values: { latest: true }, json: true }),
    refusal('restore-folder-not-empty'),
  )
})

test('a restore that is killed once the folder is an installation has lost no line of the journal', async () => {
  const journal = join(place, 'copy-of-journal.jsonl')
  await cp(journalFile(data), journal)
  const folder = join(place, `new-${++folders}`)
  await cp(join(data, 'keys'), join(folder, 'keys'), { recursive: true })
  const words = ['restore-physical', backups, '--at', moment.toISOString(), '--data', folder, '--journal', journal]
  const restoring = spawn(command, words, { env: environment(), stdio: 'ignore' })
  const ends = once(restoring, 'exit')
  while (!existsSync(join(folder, 'house.json')) && restoring.exitCode === null) await pause(2)
  restoring.kill('SIGKILL')
  await ends
  const killed = await openIn(folder)
  const of = { key: houseKey(folder), house: killed.record().id }
  const kept = await readJournal(journalFile(folder), of).finally(() => killed.close())
  const before = await readJournal(journal, of)
  assert.ok(before.lines.length > 0)
  assert.deepEqual(kept.lines, before.lines)
  assert.equal(typeof killed.record()['restoredAt'], 'string')
})
