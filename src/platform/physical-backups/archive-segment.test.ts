import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { signerFingerprint } from '../archive/archive.ts'
import { findSegment, segmentAfter } from './backup-folder.ts'
import { certifyArchiveKey, readSegment } from './segment.ts'

const place = await mkdtemp(join(tmpdir(), 'dinhdanh-segment-'))
after(() => rm(place, { recursive: true, force: true }))
const [wal, settings] = [join(place, 'wal'), join(place, 'settings.json')]
await mkdir(wal)
const identity = await generateX25519Identity()
const [house, archiveKey] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey]
await writeFile(
  settings,
  JSON.stringify({
    wal,
    recipients: [await identityToRecipient(identity)],
    privateKey: archiveKey.export({ type: 'pkcs8', format: 'pem' }),
    certificate: certifyArchiveKey({ archive: 'a', house: 'h', archiveKey }, house),
  }),
)
const keys = { identities: [identity], signedBy: signerFingerprint(house), archive: 'a' }
const script = fileURLToPath(new URL('archive-segment.ts', import.meta.url))

/** Archives as PostgreSQL does, in a process that knows nothing else. */
async function archive(name: string, content: Buffer) {
  const path = join(place, 'full')
  await writeFile(path, content)
  return spawnSync(process.execPath, [script, settings, path, name], { env: {}, encoding: 'utf8' })
}

const name = '0000000100000000000000FF'
const content = Buffer.concat([randomBytes(1 << 20), Buffer.alloc(1 << 20)])

test('a segment is archived once, encrypted; the same again is fine, and another is refused', async () => {
  assert.equal((await archive(name, content)).status, 0)
  const found = await findSegment(wal, name)
  assert.ok(found)
  assert.deepEqual(await readSegment(found.path, name, keys), content)
  assert.equal((await archive(name, content)).status, 0)

  const other = await archive(name, Buffer.alloc(1 << 20))
  assert.equal(other.status, 1)
  assert.match(other.stderr, /segment-differs/)
  assert.deepEqual(await readSegment(found.path, name, keys), content)
  assert.equal((await readdir(join(wal, name.slice(0, 16)))).length, 1)
})

test('a segment of another archive, by another name, or by a key nobody vouches for is refused', async () => {
  const { path } = (await findSegment(wal, name)) ?? assert.fail()
  await assert.rejects(readSegment(path, name, { ...keys, archive: 'b' }), { code: 'backup-not-whole' })
  await assert.rejects(readSegment(path, segmentAfter(name), keys), { code: 'backup-not-whole' })
  await assert.rejects(readSegment(path, name, { ...keys, signedBy: '0'.repeat(64) }), {
    code: 'backup-signed-by-another',
  })
})

test('segments are counted on over the end of a log', () => {
  assert.equal(segmentAfter(name), '000000010000000100000000')
  assert.equal(segmentAfter('00000002000000000000000A'), '00000002000000000000000B')
})

test('a disk of backups that is not mounted is not filled in its place, and the server is told', async () => {
  await rm(wal, { recursive: true })
  const answer = await archive(name, content)
  assert.equal(answer.status, 1)
  assert.match(answer.stderr, /ENOENT/)
})
