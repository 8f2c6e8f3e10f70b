import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { emptyDatabase, templates } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { lawFile } from '../laws.ts'
import { type House, openHouse } from '../open-house.ts'
import { Problem } from '../platform/problem.ts'
import { asSystem } from '../platform/work.ts'
import { backupTo, restoreFrom } from './backup.ts'
import { importUnits } from './import.ts'

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

const given = (house: House, file: string) => ({ house, positionals: [file], values: {}, json: true })

test('a backup has the installation’s rows of law, and they come back where the folder has none', async () => {
  const file = join(folder, 'whole.dd')
  await backupTo(given(await anInstallation({ law: rows }), file))
  const empty = await anInstallation()
  await restoreFrom(given(empty, file))
  assert.equal(await readFile(join(empty.folder, lawFile), 'utf8'), rows)

  const own = rows.replace(',3,', ',4,')
  const another = await anInstallation({ law: own })
  await restoreFrom(given(another, file))
  assert.equal(await readFile(join(another.folder, lawFile), 'utf8'), own)
})

test('rows of law that an insider put into a backup are a deed at the opening that puts them in force', async () => {
  const source = await anInstallation()
  await writeFile(join(source.folder, lawFile), rows)
  const file = join(folder, 'widened.dd')
  await backupTo(given(source, file))
  const restored = await anInstallation()
  await restoreFrom(given(restored, file))
  const reopened = await open(restored.folder, restored.database.url)
  const deeds = await reopened.openWork(asSystem('test'), work => audit.deedsOf(work, reopened.record().id))
  const [changed] = deeds.filter(({ deed }) => deed === 'law.changed')
  assert.deepEqual((changed?.facts as { rows?: unknown } | undefined)?.rows, [
    { rule: 'accounts.days-to-activate', from: '2023-04-21', value: 3, source: 'QĐ 1/2023' },
  ])
})

test('an import of a file that is not there is refused by its path', async () => {
  const file = join(folder, 'nothing.csv')
  await assert.rejects(
    importUnits(given(await anInstallation(), file)),
    (error: unknown) => error instanceof Problem && error.code === 'csv-file-missing' && error.facts['file'] === file,
  )
})
