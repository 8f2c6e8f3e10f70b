import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../platform/ids.ts'
import { aFinger, aPortrait } from './a-portrait.fixture.ts'
import { type AskedEngine, answerTo, type EngineReply, openEngineServer } from './an-engine.fixture.ts'
import { openHttpEngine } from './http-engine.ts'
import { referencesInMemory } from './in-memory-references.fixture.ts'

const door = 'https://dinhdanh.example/references/'
const patience = { attempts: 3, pauseMs: 5 }

async function openWith(answer: (asked: AskedEngine, take: (url: string) => string | undefined) => EngineReply) {
  const references = referencesInMemory(door)
  const take = (url: string) => references.take(url.slice(door.length))
  const server = await openEngineServer(asked => answer(asked, take))
  const engine = openHttpEngine({ address: server.address, token: 'a-token', answerMs: 300, patience }, references)
  const close = async () => {
    await engine.close()
    server.close()
  }
  return { engine, server, references, close }
}

test('a person is inserted, searched and removed, and the engine fetches the pictures once', async () => {
  const [reference, other] = [newId(), newId()]
  let fetched: string | undefined
  const { engine, server, references, close } = await openWith(({ request }, take) => {
    if (request['id'] === 'mosip.abis.insert') {
      fetched = take(String(request['referenceURL']))
      assert.equal(take(String(request['referenceURL'])), undefined)
    }
    const candidates = [{ referenceId: other, analytics: { confidence: '88' } }]
    return { body: answerTo(request, { candidateList: { count: '1', candidates } }) }
  })
  assert.deepEqual(await engine.insert(reference, [await aPortrait(), aFinger()]), {
    kind: 'done',
    taken: ['face', 'finger'],
    notDone: [],
  })
  assert.match(fetched ?? '', /<Subtype>Left IndexFinger<\/Subtype>/)
  assert.equal(references.waiting, 0)
  assert.deepEqual(await engine.identify(reference, { most: 5, among: [other] }), {
    kind: 'done',
    count: 1,
    candidates: [{ reference: other, score: 88 }],
  })
  assert.deepEqual(await engine.remove(reference), { kind: 'done', was: true })
  assert.deepEqual(
    server.asked.map(({ path, authorization }) => [path, authorization]),
    [
      ['POST /abis/insertrequest', 'Bearer a-token'],
      ['POST /abis/identifyrequest', 'Bearer a-token'],
      ['DELETE /abis/deleterequest', 'Bearer a-token'],
    ],
  )
  assert.deepEqual(await engine.identify(reference, { most: 5, among: [] }), {
    kind: 'done',
    count: 0,
    candidates: [],
  })
  await close()
})

test('a lost answer is asked for again by the same id, and what was done then counts as done', async () => {
  let times = 0
  const { engine, server, close } = await openWith(({ request }) =>
    ++times === 1 ? 'cut' : { status: 406, body: answerTo(request, { returnValue: '2', failureReason: '10' }) },
  )
  assert.equal((await engine.insert(newId(), [aFinger()])).kind, 'done')
  const [first, second] = server.asked.map(({ request }) => request)
  assert.equal(first?.['requestId'], second?.['requestId'])
  assert.notEqual(first?.['referenceURL'], second?.['referenceURL'])
  assert.deepEqual(await engine.insert(newId(), [aFinger()]), { kind: 'refused', why: 'reference-exists' })
  await close()
})

test('an engine that is late, elsewhere, floods or lies has answered nothing', async () => {
  const codeOf = async (reply: (asked: AskedEngine) => EngineReply) => {
    const { engine, server, close } = await openWith(reply)
    const answer = await engine.identify(newId(), { most: 5 })
    await close()
    return [answer.kind === 'unanswered' ? answer.code : answer, server.asked.length]
  }
  assert.deepEqual(await codeOf(() => 'late'), ['timeout', 3])
  assert.deepEqual(await codeOf(() => ({ status: 302, location: '/elsewhere' })), ['no-answer', 3])
  assert.deepEqual(await codeOf(() => ({ body: 'x'.repeat(1_100_000) })), ['answer-too-large', 3])
  assert.deepEqual(await codeOf(() => ({ status: 500 })), ['status-500', 3])
  assert.deepEqual(await codeOf(() => ({ body: '{' })), ['answer not understood at its beginning', 3])
  assert.deepEqual(await codeOf(({ request }) => ({ body: answerTo({ ...request, requestId: newId() }) })), [
    'answer of another request',
    3,
  ])
  const nobody = openHttpEngine({ address: 'http://127.0.0.1:9', token: '', patience }, referencesInMemory(door))
  assert.notEqual(await nobody.check(), 'yes')
})
