import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { endpoint } from '../../src/platform/endpoint.ts'
import { Refusal } from './call.ts'
import { callTogether } from './call-together.ts'

const door = (path: `/${string}`, together: 'quick' | 'slow') =>
  endpoint({
    ...{ method: 'GET', path, summary: 'How many', right: 'signed-in', purpose: 'none', together },
    reply: Type.Object({ count: Type.Integer() }),
  })
const [jars, lids, shelves, wells] = [
  door('/jars', 'quick'),
  door('/lids', 'quick'),
  door('/shelves', 'quick'),
  door('/wells', 'slow'),
]

type Served = Readonly<Record<string, object>>
/** Serves what is asked from a table, and gives the addresses that were asked. */
async function asking(answers: Served, step: () => Promise<void>, status = 200): Promise<string[]> {
  const asked: string[] = []
  const before = globalThis.fetch
  globalThis.fetch = async input => {
    const url = String(input)
    asked.push(url)
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const isTogether = pathname === '/api/answers-together'
    const body = isTogether
      ? { answers: searchParams.getAll('of').map(of => ({ of, ...answers[of] })) }
      : { count: 100 }
    return Response.json(body, { status: isTogether ? status : 200 })
  }
  try {
    await step()
  } finally {
    globalThis.fetch = before
  }
  return asked
}
const answered = (count: number) => ({ outcome: 'answered', body: { count } })

test('questions of one turn go in one request, those that take long in another', async () => {
  const asked = await asking({ '/jars': answered(1), '/lids': answered(2) }, async () => {
    const counts = await Promise.all([jars, lids, jars, wells].map(one => callTogether(one, {})))
    assert.deepEqual(
      counts.map(({ count }) => count),
      [1, 2, 1, 100],
    )
  })
  assert.deepEqual(asked, ['/api/answers-together?of=%2Fjars&of=%2Flids', '/api/wells'])
})

test('where one question failed its door is asked by itself, and a refusal is that question’s alone', async () => {
  const problem = { type: '/problems/right-missing', status: 403, title: 'No' }
  const served = { '/jars': answered(1), '/lids': { outcome: 'alone' }, '/shelves': { outcome: 'refused', problem } }
  const asked = await asking(served, async () => {
    const [one, two, three] = await Promise.allSettled([jars, lids, shelves].map(each => callTogether(each, {})))
    assert.deepEqual(
      [one, two],
      [
        { status: 'fulfilled', value: { count: 1 } },
        { status: 'fulfilled', value: { count: 100 } },
      ],
    )
    const reason = three?.status === 'rejected' ? three.reason : undefined
    assert.ok(reason instanceof Refusal)
    assert.deepEqual([reason.code, reason.status], ['right-missing', 403])
  })
  assert.deepEqual(asked.slice(1), ['/api/lids'])
})

test('where what asks them all fails, each door is asked by itself', async () => {
  const asked = await asking(
    {},
    async () => {
      const counts = await Promise.all([jars, lids].map(one => callTogether(one, {})))
      assert.deepEqual(
        counts.map(({ count }) => count),
        [100, 100],
      )
    },
    500,
  )
  assert.deepEqual(asked.slice(1), ['/api/jars', '/api/lids'])
})
