import assert from 'node:assert/strict'
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { emptyDatabase, templates } from '../test/house.ts'
import { openHouse } from './open-house.ts'

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
