import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { laws } from '../src/laws.ts'
import { anyone } from '../src/platform/endpoint.ts'
import { requestsAMinute } from '../src/platform/limits/law.ts'
import { type Limit, laneIds, limitRows } from '../src/platform/limits/limits.ts'
import { limitsPage } from '../src/platform/limits/limits-page.ts'
import { knownProblems } from '../src/platform/problem.ts'
import { latestBuiltIn } from './latest-built-in.ts'
import { type ServedRoute, serveWholeHouse } from './served-routes.ts'

/** The table of limits against the doors that there are, the refusals of the code, and the page that tells of it. */

const { app, house, routes } = await serveWholeHouse()
const nameOf = ({ method, url }: ServedRoute) => `${method} ${url}`
const rows: readonly Limit[] = limitRows.map(([, row]) => row)
const asked = routes.filter(({ method }) => method !== 'HEAD')
const pagesOf = (lane: string) => asked.filter(route => !route.door && route.lane === lane).map(({ url }) => url)

test('every door has one lane of the table, also one that was written today', () => {
  assert.ok(asked.length > 400, `${asked.length} doors`)
  assert.deepEqual(asked.filter(({ lane }) => !laneIds.some(id => id === lane)).map(nameOf), [])
  for (const id of laneIds)
    assert.equal(rows.filter(({ measure }) => measure.by === 'turns' && measure.of === id).length, 1, id)
})

test('an endpoint’s caller who is not known yet waits among the arrivals, or as a station', () => {
  const lanes = new Map(asked.filter(({ door }) => door).map(route => [nameOf(route), route]))
  for (const [name, { door, lane }] of lanes)
    assert.equal(
      lane,
      door?.rate === 'stations' || door?.rate === 'officers-sign-in'
        ? door.rate
        : door?.right === anyone
          ? 'open'
          : 'arrivals',
      name,
    )
  assert.deepEqual(asked.filter(({ lane, door }) => door && lane === 'stations').map(nameOf), [
    'POST /api/stations/:id/manifest',
    'PUT /api/stations/:id/packets/:hash',
  ])
})

test('no page of a sign-in, of activation or of /health shares the lane of the open doors', () => {
  const isGuarded =
    /^\/(begin|sign-in|new-password|change-password|activate|health|oidc|citizen)\b|^\/account\/(?!request)/
  assert.deepEqual(
    pagesOf('open').filter(url => isGuarded.test(url)),
    [],
  )
  assert.deepEqual(pagesOf('health'), ['/health/live', '/health/serving', '/health/ready'])
  assert.deepEqual([...new Set(pagesOf('provider'))], ['/oidc/*'])
  for (const lane of ['officers-sign-in', 'citizens-sign-in', 'activation', 'arrivals', 'open'])
    assert.ok(pagesOf(lane).length > 3, lane)
})

test('every count of requests a minute is one of the table; only files and /health have none', () => {
  const numbers: readonly number[] = Object.values(requestsAMinute)
  const counted = asked.filter(({ rateLimit }) => rateLimit)
  assert.deepEqual(
    counted.filter(({ rateLimit }) => !numbers.includes((rateLimit as { max: number }).max)).map(nameOf),
    [],
  )
  const free = asked.filter(({ rateLimit }) => rateLimit === false).map(({ url }) => url)
  assert.deepEqual(
    free.filter(url => !/^\/(health|station)\b/.test(url)),
    [],
  )
})

/** Refusals of a start, of a command, or of a database that is down: no limit is behind them. */
const notOfLimits = [
  'src/problems-start.ts',
  'src/operations/problems.ts',
  'src/platform/problems-database.ts',
  'src/platform/last-resort.ts',
  'src/platform/data-folder/problems.ts',
  'src/platform/postgres/problems.ts',
  'src/platform/scanning/problems.ts',
  'src/platform/sealing/problems.ts',
  'src/platform/settings/secrets.ts',
  // What a gateway or a biometric engine of others answers us.
  'src/biometrics/abis/http-engine.ts',
  'src/outreach/channels/http-post.ts',
]

const sources = globSync('src/**/*.ts').filter(file => !file.endsWith('.test.ts'))
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

test('every refusal with 429 or 503 that the code declares stands in a row of the table', () => {
  const codes = rows.flatMap(({ code }) => code ?? [])
  const declared = sources
    .filter(file => !notOfLimits.includes(file))
    .flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/'([a-z-]+)': \{\s*status: (?:429|503),/g)].map(([, code = '']) => code),
    )
  assert.ok(declared.length > 10)
  assert.deepEqual(
    declared.filter(code => !codes.includes(code)),
    [],
  )
  for (const { code, status } of rows) if (code) assert.equal(knownProblems().get(code)?.status, status, code)
})

test('no other line of the code answers 429 or 503 by itself', () => {
  const allowed = [...notOfLimits, 'src/platform/limits/limits.ts', 'src/health.ts']
  const found = sources
    .filter(file => !allowed.includes(file) && !/(^|\/)problems?\.ts$/.test(file))
    .flatMap(file =>
      withoutComments(readFileSync(file, 'utf8'))
        .split('\n')
        .filter(line => /(?<![\w.])(429|503)(?![\w.])/.test(line))
        .map(line => `${file}: ${line.trim()}`),
    )
  assert.deepEqual(found, [])
})

test('every rule of tries that grow slower is a row, and every rule that a row names exists', () => {
  const named = rows.flatMap(({ measure }) => (measure.by === 'rule' ? [measure.rule] : []))
  const growing = laws.filter(rule => {
    const value = latestBuiltIn(rule)
    return typeof value === 'object' && value !== null && ['free', 'first', 'longest'].every(name => name in value)
  })
  assert.ok(growing.length > 8)
  assert.deepEqual(
    growing.map(({ id }) => id).filter(id => !named.includes(id)),
    [],
  )
  assert.deepEqual(
    named.filter(id => !laws.some(rule => rule.id === id)),
    [],
  )
})

test('docs/limits.md is the table: npx dinhdanh limits --markdown writes it', () => {
  const page = limitsPage(id => {
    const rule = laws.find(one => one.id === id)
    return rule && latestBuiltIn(rule)
  })
  assert.equal(readFileSync('docs/limits.md', 'utf8'), `${page}\n`)
})

test('a page that was refused by the minute says when to come again, and so does its problem', async () => {
  const ask = (accept: string) => app.inject({ url: `/receipt/${'a'.repeat(22)}`, headers: { accept } })
  for (let times = 0; times < requestsAMinute.receipts; times += 1) await ask('text/html')
  const [page, problem] = [await ask('text/html'), await ask('application/json')]
  assert.deepEqual([page.statusCode, problem.statusCode], [429, 429])
  for (const { headers } of [page, problem]) assert.ok(Number(headers['retry-after']) >= 1)
  assert.equal(problem.json().type, '/problems/too-many-requests')
  assert.deepEqual(house.turns.countOf('open'), { running: 0, waiting: 0 })
})
