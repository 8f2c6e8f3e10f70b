import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openHouse } from '../../test/house.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { openLog } from '../platform/log.ts'
import { routes as staffRoutes } from '../staff/routes.ts'
import * as staff from '../staff/staff.ts'
import { routes } from './routes.ts'

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
let app: FastifyInstance

before(async () => {
  app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  staffRoutes(doors, { openWork: house.openWork, demonstration: () => undefined })
  const parties = {
    openWork: house.openWork,
    isDemonstration: () => false,
    calledAddresses: () => ({ demonstration: false, sandboxHosts: [] }),
  }
  await routes(doors, parties)
  await app.ready()
})
after(() => app.close())

/** A browser without script: keeps cookies, and sends forms with the token that stands in the page. */
function openBrowser() {
  const cookies = new Map<string, string>()
  const keep = (response: Awaited<ReturnType<FastifyInstance['inject']>>) => {
    for (const { name, value } of response.cookies) cookies.set(name, value)
    return response
  }
  const all = () => Object.fromEntries(cookies)
  const get = async (url: string) => keep(await app.inject({ url, cookies: all(), headers: { accept: 'text/html' } }))
  const post = async (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    keep(
      await app.inject({
        method: 'POST',
        url,
        cookies: all(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
        payload: new URLSearchParams(fields).toString(),
      }),
    )
  const fill = async (page: string, to: string, fields: Record<string, string>) =>
    post(to, { form: /name="form" value="([^"]*)"/.exec((await get(page)).body)?.[1] ?? '', ...fields })
  return { cookies, get, post, fill }
}

async function signedIn(email: string) {
  const browser = openBrowser()
  assert.equal((await browser.fill('/developers/', '/developers/sign-in', { email })).statusCode, 200)
  const [letter] = await house.owner<{ page: string }>(
    'select page from outreach.message where address = $1 order by id desc limit 1',
    [email],
  )
  const link = letter?.page ?? ''
  const [path, token = ''] = link.split('#')
  const response = await browser.fill(String(path), '/developers/in', { token })
  assert.equal(response.headers.location, '/developers/')
  return browser
}

const party = {
  nameVi: 'Cổng thử nghiệm',
  nameEn: 'A test portal',
  kind: 'other',
  contactName: 'Trịnh Khôi',
  contactEmail: 'khoi@thu.example.vn',
}

test('an engineer signs in by email, registers a party and signs out', async () => {
  const browser = await signedIn('khoi@thu.example.vn')
  const made = await browser.fill('/developers/parties/new', '/developers/parties', party)
  assert.equal(made.statusCode, 303)
  assert.match((await browser.get(String(made.headers.location))).body, /Cổng thử nghiệm/)
  assert.equal((await browser.fill('/developers/', '/developers/sign-out', {})).statusCode, 303)
  assert.equal((await browser.get('/developers/parties/new')).headers.location, '/developers/')
})

test('a form from another site or without its token does nothing', async () => {
  const browser = await signedIn('an@thu.example.vn')
  assert.equal((await browser.post('/developers/parties', party)).statusCode, 403)
  const token = /name="form" value="([^"]*)"/.exec((await browser.get('/developers/parties/new')).body)?.[1] ?? ''
  assert.equal(
    (await browser.post('/developers/parties', { ...party, form: token }, { 'sec-fetch-site': 'cross-site' }))
      .statusCode,
    403,
  )
  assert.equal((await browser.post('/developers/parties', { ...party, form: token })).statusCode, 303)
})

test('an engineer’s entries are escaped, and nobody else sees their parties', async () => {
  const [browser, other] = [await signedIn('lan@thu.example.vn'), await signedIn('mai@thu.example.vn')]
  const wrong = await browser.fill('/developers/parties/new', '/developers/parties', {
    ...party,
    nameVi: '<img src=x>',
    contactEmail: 'x',
  })
  assert.equal(wrong.statusCode, 422)
  assert.ok(wrong.body.includes('&lt;img src=x&gt;') && !wrong.body.includes('<img src=x>'))
  const made = await browser.fill('/developers/parties/new', '/developers/parties', party)
  assert.equal((await other.get(String(made.headers.location))).statusCode, 404)
  assert.equal((await other.get('/developers/parties/no-id')).statusCode, 404)
  assert.equal((await other.get('/developers/clients/exam-registration')).statusCode, 404)
})

test('the guide, the checks and the entrance are drawn in both languages, without a session', async () => {
  for (const path of ['/developers/', '/developers/quick-start', '/developers/checks'])
    for (const language of ['vi', 'en']) {
      const { statusCode, body } = await app.inject({ url: path, headers: { 'accept-language': language } })
      assert.equal(statusCode, 200, path)
      assert.ok(
        body.includes(`<html lang="${language}">`) && !body.includes('<script') && !body.includes('{origin}'),
        path,
      )
    }
  const guide = (await app.inject({ url: '/developers/quick-start', headers: { 'accept-language': 'en' } })).body
  assert.ok(guide.includes('new URL(&#39;http://localhost:8080/oidc&#39;)') && guide.includes('<h2>7. Go live</h2>'))
})

test('routes for officers refuse a request without a session', async () => {
  for (const url of ['/api/parties', '/api/flights/x', '/api/clients/x/flights'])
    assert.equal((await app.inject({ url })).statusCode, 401, url)
})
