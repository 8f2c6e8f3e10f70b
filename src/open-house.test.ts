import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { emptyDatabase, templates } from '../test/house.ts'
import { keyFingerprint } from './audit/chain-heads.ts'
import { headsFile } from './audit/heads-file.ts'
import { pinnedKeys } from './audit-verification.ts'
import { findObstacles } from './health.ts'
import { openHouse } from './open-house.ts'
import { newId } from './platform/ids.ts'
import { keyReadEveryMilliseconds, seal, unseal } from './platform/sealing/sealing.ts'

const base = await mkdtemp(join(tmpdir(), 'open-house-'))
after(() => rm(base, { recursive: true, force: true }))
const url = await emptyDatabase(templates.migrated)

const open = (folder: string, onlyLooks?: 'join') =>
  openHouse({
    folder: join(base, folder),
    purpose: 'command',
    said: { databaseUrl: url, demo: false, logLevel: 'silent' },
    ...(onlyLooks && { onlyLooks }),
  })
const openAndClose = (folder: string) => open(folder).then(house => house.close())

await openAndClose('first')
const key = join(base, 'first', 'keys', 'sealing.key')

test('a folder whose sealing key is missing is refused, and no new key is made in its place', async () => {
  await rename(key, `${key}.away`)
  await assert.rejects(openAndClose('first'), { code: 'sealing-key-missing', facts: { file: key } })
  await assert.rejects(openAndClose('first'), { code: 'sealing-key-missing' })
  await rename(`${key}.away`, key)
  await openAndClose('first')
})

test('a database that is sealed under another key than the folder has is refused', async () => {
  await cp(key, `${key}.own`)
  await writeFile(key, `${Buffer.alloc(32, 7).toString('base64')}\n`)
  await assert.rejects(openAndClose('first'), { code: 'sealing-key-of-another' })
  // Whoever only looks, as doctor does, is told the same.
  await assert.rejects(open('first', 'join'), { code: 'sealing-key-of-another' })
  await rename(`${key}.own`, key)
  await openAndClose('first')
})

test('another folder is refused at the database of this one, and a copy of this one with its keys is not', async () => {
  await assert.rejects(openAndClose('second'), { code: 'database-of-another-installation' })
  await cp(join(base, 'first'), join(base, 'copy'), { recursive: true })
  await openAndClose('copy')
})

const headsKey = join(base, 'first', 'keys', 'audit-heads.pem')

test('a folder whose key of the heads is missing, cut or another’s is refused, and no new key is made', async () => {
  await rename(headsKey, `${headsKey}.own`)
  await assert.rejects(openAndClose('first'), { code: 'heads-key-missing', facts: { file: headsKey } })
  await assert.rejects(openAndClose('first'), { code: 'heads-key-missing' })
  await writeFile(headsKey, (await readFile(`${headsKey}.own`, 'utf8')).slice(0, 40))
  await assert.rejects(openAndClose('first'), { code: 'heads-key-missing' })
  await writeFile(headsKey, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await assert.rejects(openAndClose('first'), { code: 'heads-key-of-another' })
  await rename(`${headsKey}.own`, headsKey)
  await openAndClose('first')
})

test('a key that is lost for good is followed by a new one where house.json names it as a former one', async () => {
  const lost = 'lost-for-good'
  await cp(join(base, 'first'), join(base, lost), { recursive: true })
  const file = join(base, lost, 'house.json')
  const { headsKey: former, ...rest } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  await writeFile(file, JSON.stringify({ ...rest, formerHeadsKeys: [former] }))
  await rm(join(base, lost, 'keys', 'audit-heads.pem'))
  const house = await open(lost)
  assert.equal(house.record()['headsKey'], keyFingerprint(house.signingKey()))
  assert.notEqual(house.record()['headsKey'], former)
  assert.deepEqual(pinnedKeys(house), [house.record()['headsKey'], former])
  await house.close()
})

test('a key that is lost or exchanged while the installation runs is told, and the one in use goes on', async () => {
  const house = await open('first')
  const name = keyFingerprint(house.signingKey())
  const text = 'under the key of the installation'
  const sealed = seal('message', 'a place', text)
  assert.deepEqual(await findObstacles(house), [])
  for (const [file, other] of [
    [headsKey, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })],
    [key, `${Buffer.alloc(32, 7).toString('base64')}\n`],
  ] as const) {
    const whole = await readFile(file, 'utf8')
    for (const change of [() => rm(file), () => writeFile(file, ''), () => writeFile(file, other)]) {
      await change()
      assert.deepEqual(await findObstacles(house), ['key-missing'])
      await setTimeout(keyReadEveryMilliseconds + 50)
      await house.keepHeads()
      assert.equal(keyFingerprint(house.signingKey()), name)
      assert.equal(unseal('message', 'a place', sealed), text)
    }
    await writeFile(file, whole, { mode: 0o600 })
    assert.deepEqual(await findObstacles(house), [])
  }
  // What was sealed meanwhile opens by the key that lies there again.
  const meanwhile = seal('message', 'a place', text)
  await house.close()
  await openAndClose('first')
  assert.equal(unseal('message', 'a place', meanwhile), text)
})

test('house.json is written again where it is lost, and one of another installation changes nothing', async () => {
  const house = await open('first')
  const file = join(base, 'first', 'house.json')
  const own = await readFile(file, 'utf8')
  await rm(file)
  await house.keepHeads()
  assert.equal(await readFile(file, 'utf8'), own)
  await writeFile(file, own.replace(house.record().id, newId<'house'>()))
  await setTimeout(1100)
  assert.equal(house.record().id, JSON.parse(own).id)
  const restored = { ...JSON.parse(own), id: newId<'house'>(), restoredAt: '2026-12-02T03:04:05.678Z' }
  await writeFile(file, own)
  const lines = (await readFile(headsFile(house.folder), 'utf8')).trimEnd().split('\n')
  assert.deepEqual([...new Set(lines.map(line => JSON.parse(line).house))], [house.record().id])
  // A restore beside it is meant.
  await writeFile(file, JSON.stringify(restored))
  await setTimeout(1100)
  assert.equal(house.record().id, restored.id)
  await writeFile(file, own)
  await house.close()
})

test('a data folder with a database and without house.json is no new installation', async () => {
  const folder = join(base, 'record-lost')
  await mkdir(join(folder, 'pg'), { recursive: true })
  await writeFile(join(folder, 'pg', 'PG_VERSION'), '18\n')
  await assert.rejects(openAndClose('record-lost'), { code: 'house-record-missing' })
  assert.ok(!(await readdir(folder)).includes('house.json'))
})
