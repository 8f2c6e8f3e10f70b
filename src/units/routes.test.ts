import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openHouse } from '../../test/house.ts'
import { asDay } from '../platform/day.ts'
import { openRequests, type SignedIn } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { openLog } from '../platform/log.ts'
import { routes } from './routes.ts'
import * as units from './units.ts'

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
let app: FastifyInstance

/** Someone signed in who may do nothing else: units are for all of them. */
const someone: SignedIn = {
  by: { kind: 'officer', id: 'someone' },
  authority: (right, purpose) => (right === 'signed-in' ? { by: someone.by, scope: 'none', purpose } : undefined),
}

before(async () => {
  app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  const known = async ({ headers }: { headers: { cookie?: string } }) => (headers.cookie ? someone : undefined)
  routes({ app, origin, openWork: openRequests(house.openWork, known) })
  await app.ready()
})
after(() => app.close())

const ask = (path: string) => app.inject({ url: `/api${path}`, headers: { cookie: 'signed=in' } })
const idOf = (code: string, day = '2023-04-20') =>
  house.work(async work => (await units.findUnitOn(work, code, asDay(day)))?.id ?? assert.fail(`no unit ${code}`))

test('units are read on the requested day, by default on the business day', async () => {
  const province = await idOf('22')
  const communes = async (day: string) =>
    (await ask(`/units?below=${province}&level=commune${day}`)).json().units.length
  assert.deepEqual(
    [await communes(''), await communes('&day=2024-11-01'), await communes('&day=2025-07-01')],
    [177, 171, 54],
  )
  assert.equal((await ask('/units?search=hong%20gai&day=2025-07-01')).json().units[0].name, 'Phường Hồng Gai')
})

test('a unit has its path, its police, its predecessors and its successors', async () => {
  const shown = (await ask(`/units/${await idOf('06685')}`)).json()
  assert.deepEqual(
    [
      shown.unit.name,
      shown.path[1].name,
      shown.police.name,
      shown.predecessors.length,
      shown.successors[0].unit.name,
      shown.successors[0].extent,
    ],
    ['Phường Trần Hưng Đạo', 'Thành phố Hạ Long', 'Công an phường Trần Hưng Đạo', 1, 'Phường Hồng Gai', 'whole'],
  )
})

test('the schools of a unit are those of its whole subtree', async () => {
  const line = { line: 2, values: { code: 'S1', name: 'THPT Hòn Gai', kind: 'upper-secondary', unit: '06685' } }
  await house.work(work => units.importSchools(work, [line]))
  const names = async (code: string) =>
    (await ask(`/units/${await idOf(code)}/schools`)).json().schools.map((one: { name: string }) => one.name)
  assert.deepEqual([await names('193'), await names('195')], [['THPT Hòn Gai'], []])
})

test('a visitor is asked to sign in, and an unknown unit or day is refused by name', async () => {
  assert.equal((await app.inject('/api/units')).statusCode, 401)
  const unknown = await ask('/units/00000000-0000-8000-8000-000000000000')
  assert.deepEqual([unknown.statusCode, unknown.json().type], [404, '/problems/unit-unknown'])
  assert.equal((await ask('/units?day=2023-02-30')).statusCode, 400)
})
