import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import rhea, { type Connection, type EventContext, type Sender } from 'rhea'
import { newId } from '../../platform/ids.ts'
import { aFinger } from './a-portrait.fixture.ts'
import { answerTo } from './an-engine.fixture.ts'
import { referencesInMemory } from './in-memory-references.fixture.ts'
import { openQueueEngine } from './queue-engine.ts'

type Reply = string | Buffer | object
type Answered = (request: Readonly<Record<string, unknown>>, nth: number) => readonly Reply[]

/**
 * A broker with an engine behind it, by rhea as a server: requests come by one queue, answers leave by the other. `cut`
 * ends all connections, as a broker that is started anew.
 */
async function openBroker(answered: Answered) {
  const container = rhea.create_container()
  const asked: Record<string, unknown>[] = []
  const connections: Connection[] = []
  let answers: Sender | undefined
  container.on('connection_open', ({ connection }: EventContext) => {
    connections.push(connection)
    // rhea as a server goes on to beat for a line that was cut, which keeps the process.
    Object.assign((connection as unknown as { readonly remote: { readonly open: object } }).remote.open, {
      idle_time_out: 0,
    })
  })
  container.on('sender_open', ({ sender }: EventContext) => {
    answers = sender
  })
  for (const event of ['connection_error', 'disconnected', 'error']) container.on(event, () => undefined)
  container.on('message', ({ message }: EventContext) => {
    const request = JSON.parse(String(message?.body)) as Record<string, unknown>
    asked.push(request)
    for (const reply of answered(request, asked.length))
      answers?.send({ body: typeof reply === 'string' || Buffer.isBuffer(reply) ? reply : JSON.stringify(reply) })
  })
  const server = container.listen({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const references = referencesInMemory('https://dinhdanh.example/references/')
  const engine = await openQueueEngine(
    {
      address: `amqp://127.0.0.1:${port}`,
      requests: 'to-abis',
      answers: 'from-abis',
      answerMs: 400,
      patience: { attempts: 3, pauseMs: 5 },
    },
    references,
  )
  after(async () => {
    await engine.close()
    server.close()
  })
  const cut = () => {
    for (const connection of connections.splice(0))
      (connection as unknown as { readonly socket: { destroy(): void } }).socket.destroy()
  }
  return { engine, asked, cut }
}

test('requests leave by one queue and their answers come by the other, as text or as bytes', async () => {
  const [reference, other] = [newId(), newId()]
  const { engine, asked } = await openBroker(request =>
    request['id'] === 'mosip.abis.identify'
      ? [
          Buffer.from(
            JSON.stringify(
              answerTo(request, {
                candidateList: { count: 1, candidates: [{ referenceId: other }] },
              }),
            ),
          ),
        ]
      : [answerTo(request)],
  )
  assert.equal(await engine.check(), 'yes')
  assert.equal((await engine.insert(reference, [aFinger()])).kind, 'done')
  assert.deepEqual(await engine.identify(reference, { most: 3 }), {
    kind: 'done',
    count: 1,
    candidates: [{ reference: other, score: undefined }],
  })
  assert.deepEqual(
    asked.map(({ id }) => id),
    ['mosip.abis.ping', 'mosip.abis.insert', 'mosip.abis.identify'],
  )
  assert.equal(engine.strayAnswers, 0)
})

test('an answer of no request of ours, or one that lies, is thrown away and counted', async () => {
  const { engine } = await openBroker(request => [
    answerTo({ ...request, requestId: newId() }),
    'not JSON',
    answerTo({ ...request, id: 'mosip.abis.delete' }),
    answerTo(request, { candidateList: { count: 0, candidates: [] } }),
    answerTo(request, { candidateList: { count: 1, candidates: [{ referenceId: newId() }] } }),
  ])
  assert.deepEqual(await engine.identify(newId(), { most: 3 }), { kind: 'done', candidates: [], count: 0 })
  const { engine: slow } = await openBroker(() => [])
  assert.deepEqual(await slow.identify(newId(), { most: 3 }), { kind: 'unanswered', code: 'timeout' })
  assert.equal(engine.strayAnswers, 4)
})

test('what nobody answered is asked again by the same id, also after the broker was away', async () => {
  const { engine, asked, cut } = await openBroker((request, nth) => (nth === 1 ? [] : [answerTo(request)]))
  const answer = engine.remove(newId())
  while (asked.length === 0) await setTimeout(5)
  cut()
  assert.deepEqual(await answer, { kind: 'done', was: true })
  assert.deepEqual([asked.length, asked[0]?.['requestId']], [2, asked[1]?.['requestId']])
})

test('an engine whose broker is away says so, and is closed at once', async () => {
  const references = referencesInMemory('https://dinhdanh.example/references/')
  const settings = { address: 'amqp://127.0.0.1:9', requests: 'to-abis', answers: 'from-abis' }
  const engine = await openQueueEngine(settings, references)
  const answer = engine.remove(newId())
  await setTimeout(20)
  await engine.close()
  assert.deepEqual(await answer, { kind: 'unanswered', code: 'connection' })
})

const broker = process.env['ABIS_BROKER'] ?? ''
const skip = broker === '' && 'ABIS_BROKER names no broker, such as amqp://admin:admin@localhost:5672 of ActiveMQ'

test('a broker of somebody else’s carries requests and answers, and asks no engine twice', { skip }, async () => {
  const [requests, answers] = [`to-${newId()}`, `from-${newId()}`]
  const { hostname, port, username, password } = new URL(broker)
  const container = rhea.create_container()
  const login = username && { username, password }
  const connection = container.connect({ host: hostname, port: Number(port), ...login })
  const answering = connection.open_sender(answers)
  const asked: unknown[] = []
  connection.open_receiver(requests).on('message', ({ message }: EventContext) => {
    const request = JSON.parse(String(message?.body)) as Record<string, unknown>
    asked.push(request['id'])
    answering.send({ body: JSON.stringify(answerTo(request)) })
  })
  const references = referencesInMemory('https://dinhdanh.example/references/')
  const engine = await openQueueEngine({ address: broker, requests, answers, answerMs: 10_000 }, references)
  after(async () => {
    await engine.close()
    connection.close()
  })
  assert.equal(await engine.check(), 'yes')
  assert.equal((await engine.insert(newId(), [aFinger()])).kind, 'done')
  assert.deepEqual(await engine.identify(newId(), { most: 3 }), { kind: 'done', candidates: [], count: 0 })
  assert.deepEqual(asked, ['mosip.abis.ping', 'mosip.abis.insert', 'mosip.abis.identify'])
})
