import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { openLog } from '../../platform/log.ts'
import * as planning from '../planning.ts'
import { teamPlanRoutes } from './routes.ts'

/** A plan is made again, compared and accepted over HTTP: by whoever may in its unit, and by nobody else. */

const house = await openHouse({ withUnits: true })
const { school, drive, ward, other } = await aPlannedCampaign(house)
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
after(() => app.close())
const solver = new URL('./morning-solver.fixture.ts', import.meta.url)
const days = { from: '2023-05-08', to: '2023-05-12' }

/** Who asks: an officer of the ward, or of another one, with the rights that a header names. */
const openWork = openRequests(house.openWork, async request => {
  const { 'x-from': from, 'x-rights': rights = '' } = request.headers
  const authority = from === 'elsewhere' ? other : ward
  return {
    by: authority.by as { readonly kind: 'officer'; readonly id: string },
    authority: (right, purpose) => (String(rights).split(',').includes(right) ? { ...authority, purpose } : undefined),
  }
})
teamPlanRoutes({ app, openWork, origin, together: [] })

const commander = { 'x-rights': 'planning.read,planning.manage,planning.order' }
const planner = { 'x-rights': 'planning.read,planning.manage' }
const elsewhere = { ...commander, 'x-from': 'elsewhere' }

async function ask(headers: Readonly<Record<string, string>>, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api${url}`,
    headers: { ...headers, origin },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const found = async (id: string) => {
  await planning.runPlan(house.openWork, id as planning.PlanId, { log: openLog('silent') }, solver)
  return (await ask(commander, 'GET', `/plans/${id}`)).body
}

const begun = await ask(commander, 'POST', '/plans', { campaignId: drive.id, unit: ward.unitId, ...days, seed: 1 })
assert.equal(begun.status, 200, JSON.stringify(begun.body))
const { id, version } = await found(begun.body.id)

test('a plan is accepted over HTTP once, at the version that was seen, by who may order', async () => {
  assert.equal((await ask(planner, 'POST', `/plans/${id}/accept`, { version })).status, 403)
  assert.equal((await ask(elsewhere, 'POST', `/plans/${id}/accept`, { version })).status, 404)
  const past = await ask(commander, 'POST', `/plans/${id}/accept`, { version: version - 1 })
  assert.equal(past.body.type, '/problems/plan-changed')

  const done = await ask(commander, 'POST', `/plans/${id}/accept`, { version })
  assert.deepEqual([done.status, done.body.state, done.body.created, done.body.events], [200, 'accepted', 2, []])
  const again = await ask(commander, 'POST', `/plans/${id}/accept`, { version: done.body.version })
  assert.deepEqual([again.status, again.body.type], [409, '/problems/plan-state-refused'])
})

test('an accepted plan is made again by events over HTTP, compared with what stands, and accepted', async () => {
  const event = { what: 'site-closed', site: school.id, ...days }
  const wrong = [
    { ...event, site: 'nowhere' },
    { ...event, from: '2023-01-01' },
    { what: 'kit-out', kit: 'x; drop table', ...days },
  ]
  for (const one of wrong) {
    const { status, body } = await ask(commander, 'POST', `/plans/${id}/replan`, { events: [one] })
    assert.deepEqual([status, body.type], [400, '/problems/plan-events-refused'])
    assert.equal(body.faults.length, 1)
  }
  for (const events of [[], [{ ...event, more: true }], [{ what: 'earthquake', ...days }], 'all'])
    assert.equal((await ask(commander, 'POST', `/plans/${id}/replan`, { events })).status, 400)
  assert.equal((await ask(elsewhere, 'POST', `/plans/${id}/replan`, { events: [event] })).status, 404)

  const made = await ask(commander, 'POST', `/plans/${id}/replan`, { events: [event], work: 20 })
  assert.deepEqual([made.status, made.body.basedOn, made.body.events], [200, id, [event]])
  assert.equal((await ask(elsewhere, 'GET', `/plans/${made.body.id}/difference`)).status, 404)
  const draft = await found(made.body.id)
  const { body } = await ask(commander, 'GET', `/plans/${draft.id}/difference`)
  assert.deepEqual([body.basedOn, body.version], [id, draft.version])
  assert.deepEqual(body.difference.announced, { all: 2, moved: 1, byEvent: 1 })
  assert.ok(body.difference.sessions.some((one: { change: string }) => one.change === 'gone'))

  const done = await ask(commander, 'POST', `/plans/${draft.id}/accept`, {
    version: draft.version,
    confirm: ['overtime', 'capacity', 'no-kit', 'team-small', 'site-hours'],
  })
  assert.deepEqual([done.status, done.body.cancelled], [200, 1], JSON.stringify(done.body))
})
