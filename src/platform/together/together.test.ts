import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { openHouse } from '../../../test/house.ts'
import { countingStatements } from '../db.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { openRequests, serve } from '../http/serve-endpoint.ts'
import { makeServer } from '../http/server.ts'
import { asId, newId } from '../ids.ts'
import { openLog } from '../log.ts'
import { problems } from '../problem.ts'
import type { RowScope } from '../work.ts'
import { together } from './law.ts'
import { routes } from './together.ts'

const house = await openHouse()
const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
after(() => app.close())

const shelfProblem = problems({
  'shelf-bare': { status: 409, title: 'The shelf is bare', vi: 'Kệ trống' },
})

const ward = asId<'unit'>(newId())
const scopes: Readonly<Record<string, RowScope>> = { 'jars.elsewhere': { units: [ward] } }

const openWork = openRequests(house.openWork, async request => {
  const rights = String(request.headers['x-rights'] ?? '').split(',')
  if (!request.headers['x-rights']) return undefined
  const by = { kind: 'officer' as const, id: 'o-1' }
  return {
    by,
    authority: (right, purpose) =>
      right === 'signed-in' || rights.includes(right) ? { by, scope: scopes[right] ?? 'none', purpose } : undefined,
  }
})
const doors = { app, openWork, origin: 'http://localhost:8080', together: [] }

const counting = {
  method: 'GET',
  summary: 'How many',
  purpose: 'none',
  right: 'jars.count',
  together: 'quick',
} as const
const reply = Type.Object({ count: Type.Integer() })
const one = { count: 1 }

serve(doors, endpoint({ ...counting, path: '/jars/counts', reply }), async () => ({ ...one, recipe: 'a secret' }))
serve(doors, endpoint({ ...counting, path: '/lids/counts', reply, right: 'lids.count' }), async () => one)
serve(doors, endpoint({ ...counting, path: '/bare', reply }), async () => {
  throw shelfProblem('shelf-bare', { shelf: 3 })
})
serve(doors, endpoint({ ...counting, path: '/broken', reply }), async work => {
  await sql`select 1 / 0`.execute(work.tx)
  return one
})
serve(doors, endpoint({ ...counting, path: '/late', reply }), async work => {
  await sql`select pg_sleep(${together.seconds + 1})`.execute(work.tx)
  return one
})
serve(doors, endpoint({ ...counting, path: '/apart', reply, together: undefined }) as Endpoint, async () => one)
serve(
  doors,
  endpoint({
    ...counting,
    path: '/shelves/:id/counts',
    purpose: 'jam',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    query: Type.Object({ from: Type.Optional(Type.Integer({ minimum: 0 })), kind: Type.Optional(Type.String()) }),
    reply: Type.Object({ id: Type.String(), from: Type.Unknown(), kind: Type.Unknown(), purpose: Type.String() }),
  }),
  async ({ purpose }, { params, query: { from, kind } }) => ({ id: params.id, from, kind, purpose }),
)
serve(
  doors,
  endpoint({
    ...counting,
    path: '/elsewhere',
    right: 'jars.elsewhere',
    reply: Type.Object({ scope: Type.String(), seen: Type.String() }),
  }),
  async ({ scope, tx }) => {
    const { rows } = await sql<{ seen: string }>`select current_setting('dinhdanh.scope', true) as seen`.execute(tx)
    return { scope: JSON.stringify(scope), seen: rows[0]?.seen ?? '' }
  },
)
routes(doors)

type OneAnswer = { readonly of: string; readonly outcome: string; readonly body?: unknown; readonly problem?: unknown }
async function ask(of: readonly string[], rights = 'jars.count,jars.elsewhere') {
  const url = `/api/answers-together?${of.map(each => `of=${encodeURIComponent(each)}`).join('&')}`
  const answer = await app.inject({ url, headers: rights ? { 'x-rights': rights } : {} })
  const { answers = [] } = answer.json() as { answers?: OneAnswer[] }
  return { answer, answers, outcomes: answers.map(({ outcome }) => outcome) }
}
const codeOf = ({ problem }: OneAnswer = { of: '', outcome: '' }) => (problem as { type?: string } | undefined)?.type

test('several doors are asked in one transaction, each answering with the members that it declares', async () => {
  const texts: string[] = []
  const { answers } = await countingStatements(texts, () => ask(['/jars/counts', '/shelves/x/counts', '/jars/counts']))
  assert.deepEqual(answers[0], { of: '/jars/counts', outcome: 'answered', body: { count: 1 } })
  assert.equal(answers.length, 2)
  assert.deepEqual(texts.filter(text => /begin|commit/.test(text)).length, 2)
})

test('each is asked for the purpose of its own door, with the shapes of its own door', async () => {
  const id = newId()
  const { answers } = await ask(['/jars/counts', `/shelves/${id.toUpperCase()}/counts?from=3&kind=m%E1%BB%A9t`])
  assert.deepEqual(answers[1]?.body, { id, from: 3, kind: 'mứt', purpose: 'jam' })
  const { answers: wrong } = await ask([`/shelves/${id}/counts?from=-1`, '/shelves/x/counts', '/shelves/%ff/counts'])
  assert.deepEqual(wrong.map(codeOf), [
    '/problems/input-invalid',
    '/problems/input-invalid',
    '/problems/address-unreadable',
  ])
})

test('who lacks the right of one door has the answers of the others, and no count of that one', async () => {
  const { answers } = await ask(['/lids/counts', '/jars/counts'])
  assert.deepEqual(answers[0]?.outcome, 'refused')
  assert.equal(codeOf(answers[0]), '/problems/right-missing')
  assert.ok(!('body' in (answers[0] ?? {})))
  assert.deepEqual(answers[1]?.body, { count: 1 })
})

test('a door that is not asked with others, another method or another site is not reached', async () => {
  const { answers } = await ask([
    '/apart',
    '/nowhere',
    '//evil.example/jars/counts',
    '/api/jars/counts',
    '/jars/counts/',
  ])
  assert.deepEqual([...new Set(answers.map(codeOf))], ['/problems/page-unknown'])
})

test('nobody who is not signed in is answered, and a NUL is refused however it is written', async () => {
  assert.equal((await ask(['/jars/counts'], '')).answer.statusCode, 401)
  const { answers } = await ask([`/shelves/${newId()}/counts?kind=a%00b`])
  assert.equal(codeOf(answers[0]), '/problems/nul-character')
})

test('where one refuses or fails the others answer, and the one that failed is to be asked by itself', async () => {
  const { answers, outcomes } = await ask(['/jars/counts', '/bare', '/broken', '/elsewhere'])
  assert.deepEqual(outcomes, ['answered', 'refused', 'alone', 'answered'])
  assert.equal(codeOf(answers[1]), '/problems/shelf-bare')
})

test('what is too slow to be asked with others holds them up for seconds, and is asked by itself', async () => {
  assert.deepEqual((await ask(['/late', '/jars/counts'])).outcomes, ['alone', 'answered'])
})

test('each sees the rows that its own right lets it see', async () => {
  const { answers } = await ask(['/jars/counts', '/elsewhere'])
  assert.deepEqual(answers[1]?.body, { scope: JSON.stringify({ units: [ward] }), seen: `{${ward}}` })
})

test('more questions than one page has are refused', async () => {
  const many = Array.from({ length: together.most + 1 }, (_, at) => `/shelves/${at}/counts`)
  assert.equal((await ask(many)).answer.statusCode, 400)
})
