import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { emptyDatabase, templates } from '../test/house.ts'
import { buildWeb } from '../web/build.ts'
import { makeApp } from './app.ts'
import { openHouse } from './open-house.ts'

test('every route’s schemas compile, though a server compiles none before a request needs it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-app-'))
  after(() => rm(folder, { recursive: true, force: true }))
  const environment = { DATABASE_URL: await emptyDatabase(templates.migrated), DINHDANH_LOG_LEVEL: 'silent' }
  const house = await openHouse({ folder, purpose: 'command', environment })
  after(() => house.close())
  const { dist } = await buildWeb({ elsewhere: folder })
  const app = await makeApp(house, { dist })
  after(() => app.close())
  await app.ready()
  assert.ok(app.compileSchemas() > 700)
})
