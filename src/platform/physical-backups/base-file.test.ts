import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { zstdCompress } from 'node:zlib'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { writeAgeFile } from '../archive/age-file.ts'
import { signerFingerprint } from '../archive/archive.ts'
import { partSigner } from '../archive/signed-parts.ts'
import { unpackBase, writeBase } from './base-file.ts'
import { clusterFiles } from './cluster-files.ts'

const place = await mkdtemp(join(tmpdir(), 'dinhdanh-base-'))
after(() => rm(place, { recursive: true, force: true }))
const identity = await generateX25519Identity()
const recipients = [await identityToRecipient(identity)]
const { privateKey: key, publicKey } = generateKeyPairSync('ed25519')
const keys = { identities: [identity], signedBy: signerFingerprint(key) }

const header = {
  ...{ id: 'b', release: '0.1.0', migrations: [], startedAt: '2026-12-01T00:00:00.000Z', archive: 'a' },
  ...{ systemIdentifier: '1', timeline: 1, postgres: 180_000, firstSegment: '000000010000000000000001', beside: {} },
}
const end = {
  stopLsn: '0/1',
  lastSegment: '000000010000000000000001',
  label: 'L',
  stoppedAt: '2026-12-01T00:00:01.000Z',
}

test('a base backup has a cluster without what is of the running server, or of unlogged tables', async () => {
  const root = join(place, 'cluster')
  const files = {
    ...{ PG_VERSION: '18\n', 'global/pg_control': 'c', 'base/5/16384': 'rows', 'base/5/16384_vm': 'v' },
    ...{
      'base/5/20000': 'unlogged',
      'base/5/20000_init': 'init',
      'base/5/pg_internal.init': 'x',
      'base/5/t3_200': 'x',
    },
    ...{ 'postmaster.pid': '1', 'pg_wal/000000010000000000000001': 'w', 'pg_notify/0000': 'n', 'pg_xact/0000': 'x' },
    ...{ 'base/pgsql_tmp/t': 'x', 'backup_label.old': 'x' },
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
  const file = join(place, 'whole.base')
  const { files: count } = await writeBase(file, {
    ...{ root, header, recipients, key, entries: clusterFiles(root) },
    stop: async () => end,
  })
  const into = join(place, 'into')
  await mkdir(into)
  assert.deepEqual((await unpackBase(file, into, keys)).end, { ...end, files: count, bytes: 14 })
  const found = (await readdir(into, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(into.length + 1))
  assert.deepEqual(found.sort(), [
    ...['PG_VERSION', 'base/5/16384', 'base/5/16384_vm', 'base/5/20000_init', 'global/pg_control', 'pg_xact/0000'],
  ])
  assert.equal(await readFile(join(into, 'base/5/16384'), 'utf8'), 'rows')
  assert.deepEqual(await readdir(join(into, 'pg_wal')), [])
})

/** A base backup of the right signer, with these bytes in its one part. */
async function crafted(content: Buffer): Promise<string> {
  const file = join(place, 'crafted.base')
  const sign = partSigner(key)
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  await writeAgeFile(
    file,
    recipients,
    (async function* () {
      yield sign({
        kind: 'header',
        content: Buffer.from(JSON.stringify({ ...header, format: 'dinhdanh-base-1', key: spki })),
      })
      yield sign({ kind: 'rows', content: await promisify(zstdCompress)(content) })
      yield sign({ kind: 'end', content: Buffer.from(JSON.stringify({ ...end, files: 0, bytes: 0 })) })
    })(),
  )
  return file
}

test('a path out of the cluster, and a part that swells, are refused even where the signature is right', async () => {
  const named = (path: string) => {
    const text = Buffer.from(JSON.stringify({ path }))
    const front = Buffer.alloc(5)
    front.writeUInt8(1)
    front.writeUInt32BE(text.length, 1)
    return Buffer.concat([front, text])
  }
  const into = join(place, 'refused')
  await mkdir(into)
  for (const path of ['../out', '/etc/out', 'base/../../out', 'a\0b', ''])
    await assert.rejects(unpackBase(await crafted(named(path)), into, keys), { code: 'backup-not-whole' }, path)
  await assert.rejects(unpackBase(await crafted(Buffer.alloc(64 << 20)), into, keys), { code: 'backup-not-whole' })
  assert.deepEqual(await readdir(into), [])
  assert.deepEqual((await readdir(place)).includes('out'), false)
})
