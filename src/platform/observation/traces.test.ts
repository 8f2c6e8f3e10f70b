import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { openHouse } from '../../../test/house.ts'
import { newActivity, runInActivity } from '../activity.ts'
import { openRequests } from '../http/serve-endpoint.ts'
import { makeServer } from '../http/server.ts'
import { openLog } from '../log.ts'
import { asSystem } from '../work.ts'
import { isAmong, openTraces, type TracesOptions } from './traces.ts'

/** What a collector of OpenTelemetry is told, and what it is not. */

const house = await openHouse()

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> }
type Span = {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly Attribute[]
  readonly status: { readonly code?: number }
}
type Sent = { resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[] }

/** A collector that reads OTLP over HTTP as JSON. */
async function aTraceCollector() {
  const taken: { readonly headers: IncomingHttpHeaders; readonly text: string }[] = []
  const server = createServer(async (request, answer) => {
    let text = ''
    for await (const piece of request) text += piece
    taken.push({ headers: request.headers, text })
    answer.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const resources = () => taken.flatMap(({ text }) => (JSON.parse(text) as Sent).resourceSpans)
  return {
    to: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    taken,
    resources,
    spans: () => resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  }
}

const told = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

async function aTracedServer(options: Partial<TracesOptions> = {}) {
  const collector = await aTraceCollector()
  const log = openLog('silent')
  const traces = await openTraces({ to: collector.to, percent: 100, callers: [], release: '0.1.0', log, ...options })
  const app = await makeServer({
    ...{ log, origin: 'http://localhost:8080', trustProxy: false },
    logging: { traces, slowMs: 60_000 },
  })
  const openWork = openRequests(house.openWork, async () => undefined)
  app.get('/shelves/:id', async request => {
    await openWork.as(asSystem('campaign'), ({ tx }) => sql`select ${'Nguyễn Thị Kín'}::text`.execute(tx))
    if (request.url.includes('fail')) throw new Error('Nguyễn Thị Kín')
    return {}
  })
  return { app, traces, collector }
}

const callers = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
const traceparent = `00-${callers.traceId}-${callers.spanId}-01`

test('a request is a span with its works below it, by route and purpose, and nothing that was sent', async () => {
  const { app, traces, collector } = await aTracedServer()
  await app.inject('/shelves/of-lan?phone=0912345678')
  await app.inject('/shelves/of-lan-fail')
  await app.close()
  await traces.close()
  const [whole, failed] = collector.spans().filter(({ name }) => name === 'GET /shelves/:id')
  assert.ok(whole && failed)
  const { 'dinhdanh.request': id, ...facts } = told(whole)
  assert.match(String(id), /^[0-9a-f-]{36}$/)
  assert.deepEqual(facts, {
    'http.request.method': 'GET',
    'http.route': '/shelves/:id',
    'http.response.status_code': 200,
    'dinhdanh.statements': 3,
    'dinhdanh.purpose': 'campaign',
  })
  const [work] = collector.spans().filter(({ parentSpanId }) => parentSpanId === whole.spanId)
  assert.ok(work)
  assert.deepEqual([work.name, work.traceId, told(work)['dinhdanh.statements']], ['work campaign', whole.traceId, 3])
  assert.ok(BigInt(whole.endTimeUnixNano) >= BigInt(work.endTimeUnixNano))
  assert.deepEqual([told(failed)['error.type'], failed.status.code, whole.kind], ['Error', 2, 2])
  assert.equal(collector.taken[0]?.headers['content-type'], 'application/json')
  assert.doesNotMatch(collector.taken.map(({ text }) => text).join(''), /Kín|of-lan|0912|select|127\.0\.0\.1/)
  const [resource] = collector.resources()
  const names = (resource?.resource.attributes ?? []).map(({ key }) => key)
  assert.deepEqual(names.toSorted(), ['service.name', 'service.version'])
})

test('a stranger chooses neither whether they are traced nor to which trace they belong', async () => {
  const rare = await aTracedServer({ percent: 1 })
  for (let nth = 0; nth < 20; nth += 1)
    await rare.app.inject({ url: '/shelves/1', headers: { traceparent }, remoteAddress: '203.0.113.9' })
  await rare.traces.close()
  assert.ok(rare.collector.spans().length < 20)
  assert.ok(rare.collector.spans().every(({ traceId }) => traceId !== callers.traceId))

  const known = await aTracedServer({ percent: 1, callers: ['10.1.0.0/16'] })
  await known.app.inject({ url: '/shelves/1', headers: { traceparent }, remoteAddress: '10.1.2.3' })
  await known.app.inject({ url: '/shelves/1', headers: { traceparent: '00-zz-1' }, remoteAddress: '10.1.2.3' })
  await known.traces.close()
  const joined = known.collector.spans().filter(({ traceId }) => traceId === callers.traceId)
  assert.deepEqual(joined.map(({ name, parentSpanId }) => [name, parentSpanId === callers.spanId]).toSorted(), [
    ['GET /shelves/:id', true],
    ['work campaign', false],
  ])
})

test('a job is a trace of its own; a collector that is away costs its spans and nothing else', async () => {
  const { traces, collector } = await aTracedServer()
  const job = traces.beginJob('outreach.deliver')
  const activity = newActivity(job.begin)
  await runInActivity(activity, () => house.work(({ tx }) => sql`select 1`.execute(tx)))
  job.end({ statements: activity.statements, fault: new TypeError('Nguyễn Thị Kín') })
  await traces.close()
  const [span] = collector.spans().filter(({ name }) => name === 'job outreach.deliver')
  assert.deepEqual(span && told(span), { 'dinhdanh.statements': 3, 'error.type': 'TypeError' })

  const warned: unknown[] = []
  const log = { warn: (...line: unknown[]) => void warned.push(line) } as unknown as TracesOptions['log']
  const away = await openTraces({ to: 'http://127.0.0.1:9/v1/traces', percent: 100, callers: [], release: '1', log })
  away.beginJob('x').end({ statements: 0 })
  await away.close()
  assert.ok(warned.length <= 1)
})

test('an address is among networks in both versions of IP, however it is written', () => {
  for (const [address, named, is] of [
    ['10.1.2.3', ['10.1.0.0/16'], true],
    ['::ffff:10.1.2.3', ['10.1.2.3'], true],
    ['10.2.2.3', ['10.1.0.0/16', '::1'], false],
    ['::1', ['0:0:0:0:0:0:0:1'], true],
    ['fd00::7', ['fd00::/8', '10.0.0.0/8'], true],
    [undefined, ['0.0.0.0/0'], false],
  ] as const)
    assert.equal(isAmong(named, address), is, `${address} ${named}`)
})
