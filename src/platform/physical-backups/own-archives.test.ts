import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { signerFingerprint } from '../archive/archive.ts'
import { Problem } from '../problem.ts'
import { basesIn, listBases, listSegments, nameOfBase, pathOfSegment, walIn } from './backup-folder.ts'
import { writeBase } from './base-file.ts'
import { clusterFiles } from './cluster-files.ts'
import { planRecovery } from './recovery-plan.ts'
import { removeOld } from './retention.ts'
import { certifyArchiveKey, writeSegment } from './segment.ts'

/** Folders of physical backups into which several installations archive. */

const place = await mkdtemp(join(tmpdir(), 'dinhdanh-archives-'))
after(() => rm(place, { recursive: true, force: true }))
const cluster = join(place, 'cluster')
await mkdir(join(cluster, 'global'), { recursive: true })
await writeFile(join(cluster, 'global', 'pg_control'), 'c')

type Installation = { readonly identity: string; readonly key: KeyObject }
const newInstallation = async (): Promise<Installation> => ({
  identity: await generateX25519Identity(),
  key: generateKeyPairSync('ed25519').privateKey,
})
const [ours, another] = [await newInstallation(), await newInstallation()]
const keysOf = ({ identity, key }: Installation) => ({ identities: [identity], signedBy: signerFingerprint(key) })
const first = '000000010000000000000001'

type Archived = { readonly folder: string; readonly archive: string; readonly at: string; readonly segment?: string }

async function archiveBase(
  { folder, archive, at, segment = first }: Archived,
  { identity, key }: Installation,
): Promise<void> {
  const [finishedAt, recipients] = [new Date(at), [await identityToRecipient(identity)]]
  const path = join(basesIn(folder, archive), nameOfBase(finishedAt, segment))
  await mkdir(dirname(path), { recursive: true })
  await writeBase(path, {
    root: cluster,
    header: {
      ...{ id: archive, release: '0.1.0', migrations: [], startedAt: at, archive, systemIdentifier: '1' },
      ...{ timeline: 1, postgres: 180_000, firstSegment: segment, beside: {} },
    },
    entries: clusterFiles(cluster),
    recipients,
    key,
    stop: async () => ({ stopLsn: '0/1', lastSegment: segment, label: 'L', stoppedAt: at }),
  })
}

async function archiveLog(
  { folder, archive, at, segment = first }: Archived,
  { identity, key }: Installation,
): Promise<void> {
  const archiveKey = generateKeyPairSync('ed25519').privateKey
  const path = pathOfSegment(walIn(folder, archive), { name: segment, sha256: '0'.repeat(64) })
  await mkdir(dirname(path), { recursive: true })
  await writeSegment(
    path,
    { name: segment, content: Buffer.from('log'), writtenAt: new Date(at) },
    {
      recipients: [await identityToRecipient(identity)],
      signer: { certificate: certifyArchiveKey({ archive, house: 'h', archiveKey }, key), key: archiveKey },
    },
  )
}

const archivesLeft = async (folder: string) => (await listBases(folder)).map(({ archive }) => archive)

test('an installation removes no backup of another one that archives into the same folder', async () => {
  const folder = join(place, 'shared')
  for (const day of ['2026-11-01', '2026-11-02'])
    await archiveBase({ folder, archive: 'another', at: `${day}T18:30:00Z` }, another)
  await archiveLog({ folder, archive: 'another', at: '2026-11-02T18:30:00Z' }, another)
  for (const day of ['2026-11-02', '2026-11-03'])
    await archiveBase({ folder, archive: 'ours', at: `${day}T18:40:00Z` }, ours)
  const removed = await removeOld(folder, { rule: '1d', current: 'ours', proven: undefined, keys: [keysOf(ours)] })
  assert.deepEqual(removed, { bases: 1, segments: 0, archives: 0 })
  assert.deepEqual(await archivesLeft(folder), ['another', 'another', 'ours'])
  assert.equal((await listSegments(walIn(folder, 'another'))).length, 1)
})

test('of archives of one installation each that goes on keeps its backups, and one that ended goes', async () => {
  const folder = join(place, 'copy')
  await archiveBase({ folder, archive: 'former', at: '2026-10-30T18:30:00Z' }, ours)
  for (const day of ['2026-11-01', '2026-11-02'])
    for (const archive of ['real', 'trial'])
      await archiveBase({ folder, archive, at: `${day}T18:3${archive === 'real' ? 0 : 5}:00Z` }, ours)
  const removed = await removeOld(folder, { rule: '2d', current: 'trial', proven: undefined, keys: [keysOf(ours)] })
  assert.deepEqual(removed, { bases: 1, segments: 0, archives: 1 })
  assert.deepEqual(await archivesLeft(folder), ['real', 'trial', 'real', 'trial'])
})

test('a restore takes the newest base backup of its own installation, not the newest of the folder', async () => {
  const folder = join(place, 'plan')
  await archiveBase({ folder, archive: 'ours', at: '2026-11-01T18:30:00Z' }, ours)
  await archiveLog({ folder, archive: 'ours', at: '2026-11-01T18:30:00Z' }, ours)
  await archiveBase({ folder, archive: 'another', at: '2026-11-01T19:00:00Z' }, another)
  assert.equal((await planRecovery(folder, undefined, keysOf(ours))).base.archive, 'ours')
})

test('a base backup that is dated ahead is no newest one, and keeps the log that it needs', async () => {
  const folder = join(place, 'ahead')
  const [second, third] = ['000000010000000000000002', '000000010000000000000003']
  const lines = [
    { at: '2026-11-01T18:30:00Z', segment: first },
    { at: '2099-01-01T18:30:00Z', segment: second },
    { at: '2026-11-02T18:30:00Z', segment: third },
  ]
  for (const { at, segment } of lines) {
    await archiveBase({ folder, archive: 'ours', at, segment }, ours)
    await archiveLog({ folder, archive: 'ours', at, segment }, ours)
  }
  const plan = await planRecovery(folder, undefined, keysOf(ours))
  assert.deepEqual([plan.base.firstSegment, plan.lastSegment], [third, third])
  const removed = await removeOld(folder, { rule: '1d', current: 'ours', proven: undefined, keys: [keysOf(ours)] })
  assert.deepEqual(removed, { bases: 1, segments: 1, archives: 0 })
  const left = (await listSegments(walIn(folder, 'ours'))).map(({ name }) => name)
  assert.deepEqual(left, [second, third])
})

test('a restore guesses nothing where two archives of one installation went on at the same time', async () => {
  const folder = join(place, 'beside')
  for (const [archive, at] of [
    ['real', '2026-11-01T18:30:00Z'],
    ['trial', '2026-11-02T03:00:00Z'],
  ] as const) {
    await archiveBase({ folder, archive, at }, ours)
    await archiveLog({ folder, archive, at: '2026-11-02T09:00:00Z' }, ours)
  }
  const [latest, before] = [undefined, new Date('2026-11-02T02:00:00Z')]
  await assert.rejects(
    planRecovery(folder, latest, keysOf(ours)),
    (error: unknown) => error instanceof Problem && error.code === 'archives-beside-each-other',
  )
  assert.equal((await planRecovery(folder, latest, keysOf(ours), 'real')).base.archive, 'real')
  assert.equal((await planRecovery(folder, before, keysOf(ours))).base.archive, 'real')
})
