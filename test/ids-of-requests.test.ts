import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { routes as accountRoutes } from '../src/accounts/routes.ts'
import { routes as campaignRoutes } from '../src/campaign/routes.ts'
import { routes as cardRoutes } from '../src/cards/routes.ts'
import { routes as enrolmentRoutes } from '../src/enrolment/routes.ts'
import { stationKeys } from '../src/enrolment/stations/keys.ts'
import { routes as outOfSchoolRoutes } from '../src/out-of-school/routes.ts'
import { routes as outreachRoutes } from '../src/outreach/routes.ts'
import { routes as planningRoutes } from '../src/planning/routes.ts'
import { type Doors, openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { newId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { asSystem } from '../src/platform/work.ts'
import { routes as registerRoutes } from '../src/register/routes.ts'
import { routes as rollRoutes } from '../src/rolls/routes.ts'
import { routes as staffRoutes } from '../src/staff/routes.ts'
import { routes as statisticsRoutes } from '../src/statistics/routes.ts'
import { routes as unitRoutes } from '../src/units/routes.ts'
import { businessDay, openHouse } from './house.ts'

const house = await openHouse()
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false, perMinute: 100_000 })
after(() => app.close())

/** An officer with every right. */
const by = { kind: 'officer', id: newId<'officer'>() } as const
const openWork = openRequests(house.openWork, async () => ({
  by,
  authority: (_right, purpose) => ({ ...asSystem(purpose), by }),
}))
const doors: Doors = { app, origin, openWork }

type Addressed = { readonly method: string; readonly url: string }
const addressedById: Addressed[] = []
app.addHook('onRoute', ({ method, url, config }) => {
  const { door } = (config ?? {}) as { door?: { params?: { properties: Record<string, { format?: string }> } } }
  const fields = Object.values(door?.params?.properties ?? {})
  if (method === 'GET' && fields.length > 0 && fields.every(({ format }) => format === 'uuid'))
    addressedById.push({ method, url })
})

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-keys-'))
after(() => rm(folder, { recursive: true, force: true }))
await mkdir(join(folder, 'keys'))
const keys = await stationKeys(folder)
const notAsked = () => assert.fail('no key is needed to read')
const isDemonstration = () => true
unitRoutes(doors)
staffRoutes(doors, { openWork: house.openWork, demonstration: () => [] })
outreachRoutes(doors)
registerRoutes(doors)
rollRoutes(doors)
outOfSchoolRoutes(doors)
await campaignRoutes(doors, { openWork: house.openWork, isDemonstration: () => true })
planningRoutes(doors, { isDemonstration: () => false })
cardRoutes(doors, { isDemonstration })
accountRoutes(doors, { openWork: house.openWork, keys: notAsked, secret: notAsked, isDemonstration })
enrolmentRoutes(doors, { openWork: house.openWork, keys: async () => keys, isDemonstration, today: () => businessDay })
statisticsRoutes(doors, { key: notAsked, isDemonstration })
await app.ready()

const at = (url: string, id: string) => app.inject(url.replace(/:\w+/g, id))

test('an id in capitals is answered like the same id in lower case, at every address', async () => {
  assert.ok(addressedById.length > 40, `${addressedById.length} addresses`)
  const id = newId()
  for (const { url } of addressedById) {
    const [lower, upper] = [await at(url, id), await at(url, id.toUpperCase())]
    assert.deepEqual([url, upper.statusCode], [url, lower.statusCode])
    assert.ok(upper.statusCode < 500, `${url} ${upper.statusCode} ${upper.body}`)
  }
})

test('what is a UUID to others but no id of ours is refused by field, at every address', async () => {
  for (const { url } of addressedById)
    for (const text of ['00000000-0000-0000-0000-000000000000', `urn:uuid:${newId()}`]) {
      const answer = await at(url, text)
      assert.deepEqual([url, answer.statusCode, answer.json().type], [url, 400, '/problems/input-invalid'])
    }
})
