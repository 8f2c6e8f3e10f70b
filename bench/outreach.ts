// Messages by gateways that refuse, are silent and are late, with senders that are killed.
// `node bench/outreach.ts smpp|http [messages] [kills] [window] [round trip, ms]`; smpp needs a Python with smpp34.
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import * as audit from '../src/audit/audit.ts'
import { consequences } from '../src/consequences.ts'
import type { Channel } from '../src/outreach/channels/channel.ts'
import { httpChannel } from '../src/outreach/channels/channel-http.ts'
import { smppChannel } from '../src/outreach/channels/channel-smpp.ts'
import { httpFormOf } from '../src/outreach/channels/http-form.ts'
import { smppSettingsOf } from '../src/outreach/channels/smpp-settings.ts'
import { gatewayRoutes } from '../src/outreach/sending/routes.ts'
import { lookAfter } from '../src/outreach/sending/sending.ts'
import { openDatabase } from '../src/platform/db.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { newId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import { makeTemplates } from '../test/make-templates.ts'
import { countsOf, phoneOf, queueMany, startSender } from '../test/smsc/bulk.ts'
import { openSink } from '../test/smsc/sink.ts'
import { sinkForm, sinkSecrets } from '../test/smsc/sink-form.ts'
import { openSmsc, whyNoSmsc } from '../test/smsc/smsc.ts'

const [kind = 'smpp', ...numbers] = process.argv.slice(2)
const [messages = 100_000, kills = 10, window = 40, roundTrip = 10] = numbers.map(Number)
/** One of a hundred holds its place in the window until its sender gives its answer up, after so many ms. */
const [silentShare, answerWithin, lateSeconds] = [0.01, 3000, 3]

/** A gateway as both kinds are asked and read here. */
type Gateway = {
  /** What a sender is started with. */
  readonly address: string
  readonly channel: Channel
  readonly partsOfText: number
  readonly pid: number
  readonly written: () => Promise<number>
  /** Each thing that it took, by a name that is the same for the same thing. */
  readonly taken: () => Promise<string[]>
  readonly close: () => Promise<void>
}

async function smppGateway(): Promise<Gateway> {
  const why = whyNoSmsc()
  if (why) throw new Error(why)
  const faults = ['--refuse', '1', '--silent', '1', '--late', '1', '--late-seconds', String(lateSeconds)]
  const smsc = await openSmsc([...faults, '--delay', String(roundTrip)])
  const address = `${smsc.url}&window=${window}&rate=100000`
  const settings = smppSettingsOf(`${address}&receipts=no`)
  if ('wrong' in settings) throw new Error(settings.wrong)
  return {
    address,
    channel: smppChannel(settings, { price: 0 }),
    partsOfText: 2,
    pid: smsc.pid(),
    written: smsc.written,
    taken: async () =>
      (await smsc.gotten())
        .filter(({ what }) => what !== 'refused')
        .map(({ phone, bytes }) => `${phone} ${bytes[5] ?? 0}`),
    close: smsc.close,
  }
}

async function httpGateway(receiptsUrl: string): Promise<Gateway> {
  const sink = await openSink(receiptsUrl, { answerMs: roundTrip, lateSeconds })
  const address = JSON.stringify(sinkForm(sink.url, window))
  const form = httpFormOf(address)
  if ('wrong' in form) throw new Error(form.wrong)
  return {
    address,
    channel: httpChannel(form, sinkSecrets, { price: 0 }),
    partsOfText: 1,
    pid: sink.pid,
    written: sink.written,
    taken: async () => (await sink.gotten()).filter(({ what }) => what !== 'refused').map(({ phone }) => phone),
    close: sink.close,
  }
}

/** Processor seconds of a process, and of those that it waited for. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100
  } catch {
    return 0
  }
}
const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
const cpuOfTree = (pid: number) => cpuOf(pid) + childrenOf(pid).reduce((sum, child) => sum + cpuOf(child), 0)

/**
 * The peer: the same texts by the same client, in the same window, at the same gateway, without a house: nothing is
 * kept, nothing is known after a kill. Phones that are answered at once; gives texts a second.
 */
async function bareRate({ channel }: Gateway, text: string, count: number): Promise<number> {
  const phones = Array.from({ length: count }, (_one, at) =>
    phoneOf(90_000_000 + Math.floor(at / 97) * 100 + 3 + (at % 97)),
  )
  const letter = {
    id: newId<'message'>(),
    language: 'vi',
    subject: '',
    at: new Date(),
    template: '',
    facts: {},
  } as const
  const since = performance.now()
  const sendOn = async (): Promise<void> => {
    for (let phone = phones.pop(); phone; phone = phones.pop())
      await channel.send({ ...letter, to: `+84${phone.slice(1)}`, text })
  }
  await Promise.all(Array.from({ length: window }, sendOn))
  await channel.close?.()
  return (count * 1000) / (performance.now() - since)
}

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
const postgres = await openPostgres({ dataDir: join(folder, 'postgres'), purpose: 'bench', durable: false })
let gateway: Gateway | undefined
try {
  await makeTemplates(postgres.administratorUrl)
  // The server of the tests sees to no table and knows one plan; an installation's is as PostgreSQL comes.
  const server = new Client({ connectionString: postgres.administratorUrl })
  await server.connect()
  await server.query('alter system reset all')
  await server.query('select pg_reload_conf()')
  await server.end()
  const place = new URL(postgres.administratorUrl)
  place.pathname = '/house_with_units'
  const database = openDatabase(place.href, { connections: 4 })
  const owner = new Pool({ connectionString: place.href, max: 2 })
  owner.on('error', () => undefined)
  audit.setConsequences(consequences)
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
  const house = {
    work: <T>(verb: Parameters<typeof openWork<T>>[1]) => openWork(asSystem('bench'), verb),
    owner: async <Row>(text: string) => (await owner.query(text)).rows as Row[],
  }
  const [postmaster = ''] = (await readFile(join(folder, 'postgres', 'pg', 'postmaster.pid'), 'utf8')).split('\n')
  const seconds = (since: number) => (performance.now() - since) / 1000

  // Receipts over HTTP come to the house's door, which stands while senders are killed.
  const origin = 'https://dinhdanh.example'
  const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  const form = httpFormOf(JSON.stringify(sinkForm('http://127.0.0.1:1', window)))
  if ('wrong' in form) throw new Error(form.wrong)
  gatewayRoutes(
    { app, openWork: openRequests(openWork, async () => undefined as never), origin },
    { openWork, channels: { origin, email: [], phone: [httpChannel(form, sinkSecrets, { price: 0 })] } },
  )
  const door = await app.listen({ port: 0, host: '127.0.0.1' })
  gateway = kind === 'http' ? await httpGateway(`${door}/gateways/sink/receipts`) : await smppGateway()
  const { pid, partsOfText, written, taken, close: _close } = gateway

  const queueing = performance.now()
  await queueMany(house, messages, newId<'unit'>())
  console.log(`${kind}: ${messages} queued in ${seconds(queueing).toFixed(0)} s; load ${loadavg()[0]?.toFixed(1)}`)
  const [{ body } = { body: '' }] = await house.owner<{ body: string }>('select body from outreach.message limit 1')
  const bare = await bareRate(gateway, body, Math.min(messages, 4000))
  const before = await written()
  const bytesOfPart = before / (Math.min(messages, 4000) * partsOfText)
  const takenBefore = (await taken()).length

  const sending = performance.now()
  const cpuBefore = [cpuOf(pid), cpuOfTree(Number(postmaster)), process.cpuUsage().user / 1e6]
  let [cpu, starts] = [0, 0]
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await setTimeout(200)
  }
  const start = async () => {
    const sender = startSender(place.href, gateway?.address ?? '')
    const [since, stood] = [performance.now(), await written()]
    await until(async () => (await written()) > stood)
    starts += seconds(since)
    return sender
  }
  for (let kill = 1; kill <= kills; kill++) {
    const sender = await start()
    const target = before + ((messages * partsOfText) / (kills + 1)) * (kill - Math.random() * 0.5) * bytesOfPart
    await until(async () => (await written()) > target)
    await sender.killed()
    cpu += sender.cpuSeconds()
  }
  const last = await start()
  await until(async () => !((await countsOf(house))['queued'] ?? 0))
  const sent = seconds(sending)
  const load = loadavg()[1]
  await until(async () => !((await countsOf(house))['accepted'] ?? 0))
  await last.ended()
  cpu += last.cpuSeconds()
  const cpuNow = [cpuOf(pid), cpuOfTree(Number(postmaster)), process.cpuUsage().user / 1e6]
  await house.owner(`update outreach.message set begun_at = begun_at - interval '6 minutes' where state = 'sending'`)
  await lookAfter(openWork, { origin: '', email: [], phone: [] })

  const parts = (await taken()).slice(takenBefore)
  const counts = await countsOf(house)
  const [follow] = await house.owner<{ open: number }>(
    `select count(distinct m.id)::int as open from follow_ups.follow_up f
      join outreach.message m on m.id = f.subject_id and m.state in ('unknown', 'undeliverable')
      where f.kind = 'message' and f.state = 'open'`,
  )
  const [gatewayCpu = 0, postgresCpu = 0, doorCpu = 0] = cpuNow.map((now, at) => now - (cpuBefore[at] ?? 0))
  const say = (what: string, value: number, digits = 0) => console.log(`${what}: ${value.toFixed(digits)}`)
  console.log(JSON.stringify(counts), `sum ${Object.values(counts).reduce((sum, count) => sum + count, 0)}`)
  say('open follow-ups of unknown and undeliverable messages', follow?.open ?? 0)
  say('parts that the gateway got', parts.length)
  say('parts that it got twice', parts.length - new Set(parts).size)
  say('seconds until the last was handed over', sent)
  say('of them without a sender: kills and starts', starts)
  say('messages a second, without these', messages / (sent - starts))
  say('the window allows, messages a second', window / ((roundTrip * partsOfText + silentShare * answerWithin) / 1000))
  say('the same texts by the client alone, a second', bare)
  say('load of the machine, over five minutes', load ?? 0, 1)
  say('processor seconds of senders', cpu)
  say('processor seconds of PostgreSQL', postgresCpu)
  say('processor seconds of the gateway', gatewayCpu)
  say('processor seconds of this process, receipts over HTTP included', doorCpu)
  await app.close()
  await owner.end()
  await database.end()
} finally {
  await gateway?.close()
  await postgres.release()
  await rm(folder, { recursive: true, force: true })
}
