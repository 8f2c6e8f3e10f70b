import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { emptyDatabase, templates } from '../test/house.ts'
import { buildWeb } from '../web/build.ts'
import { makeApp } from './app.ts'
import { openHouse } from './open-house.ts'
import { setLawOfTexts } from './platform/law-of-texts.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-app-'))
after(() => rm(folder, { recursive: true, force: true }))
const environment = { DATABASE_URL: await emptyDatabase(templates.migrated), DINHDANH_LOG_LEVEL: 'silent' }
const house = await openHouse({ folder, purpose: 'command', environment })
after(() => house.close())
const { dist } = await buildWeb({ elsewhere: folder })
const app = await makeApp(house, { dist })
after(() => app.close())

test('every route’s schemas compile, though a server compiles none before a request needs it', async () => {
  await app.ready()
  assert.ok(app.compileSchemas() > 700)
})

test('the console alone may call the program at a counter’s reader, and no page where there is none', async () => {
  const calls = async (url: string) =>
    /connect-src ([^;]*)/.exec(String((await app.inject({ url })).headers['content-security-policy']))?.[1]
  assert.equal(await calls('/console/the/phat-the'), "'self' http://127.0.0.1:35960")
  for (const url of ['/', '/me', '/api/me', '/no-such-page']) assert.equal(await calls(url), "'self'", url)
  const none = [{ from: '' as const, value: 0, source: 'house' }]
  setLawOfTexts({ lawRows: new Map([['cards.counter-reader-port', none]]), today: house.today })
  assert.equal(await calls('/console/the/phat-the'), "'self'")
})
