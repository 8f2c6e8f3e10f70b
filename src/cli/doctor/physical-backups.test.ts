import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { markOfFolder } from '../../platform/postgres/server.ts'
import type { LookedAtHouse } from './check.ts'
import { physicalChecks } from './physical-backups.ts'

test('a base backup of the archive of before a restore is none of the archive that is written now', async () => {
  const house = await openHouse()
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-base-check-'))
  after(() => rm(folder, { recursive: true }))
  const installation = '0198a000-0000-7000-8000-00000000000b'
  const look = physicalChecks({
    ...{ folder, openWork: house.openWork, record: () => ({ id: installation }) },
    config: { databaseUrl: '', physicalBackups: folder },
  } as unknown as LookedAtHouse)['base backup']
  const writesInto = (archive: string) =>
    writeFile(join(folder, 'wal-archiver.json'), JSON.stringify({ archive, of: markOfFolder(folder) }))
  await house.work(work =>
    audit.record(work, 'base-backup.made', { kind: 'installation', id: installation }, { archive: 'former' }),
  )
  await writesInto('former')
  assert.equal((await look?.())?.found, '0 hours ago')
  await writesInto('fresh')
  const { ok, found } = (await look?.()) ?? assert.fail()
  assert.deepEqual([ok, found], [false, 'none of the archive that is written now; the last of another one 0 hours ago'])
})
