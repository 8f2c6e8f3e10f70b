// Messages by a gateway of SMPP that refuses, is silent and is late, with senders that are killed.
// `node bench/outreach.ts [messages] [kills] [window] [round trip, ms]`; needs a Python with smpp34 (test/smsc).
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Pool } from 'pg'
import * as audit from '../src/audit/audit.ts'
import { consequences } from '../src/consequences.ts'
import { lookAfter } from '../src/outreach/sending/sending.ts'
import { openDatabase } from '../src/platform/db.ts'
import { newId } from '../src/platform/ids.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import { makeTemplates } from '../test/make-templates.ts'
import { countsOf, queueMany, startSender } from '../test/smsc/bulk.ts'
import { openSmsc, whyNoSmsc } from '../test/smsc/smsc.ts'

const [messages = 100_000, kills = 10, window = 40, roundTrip = 10] = process.argv.slice(2).map(Number)
/** What the simulator writes down of a part, about. */
const bytesOfPart = 250
const partsOfText = 2

const why = whyNoSmsc()
if (why) throw new Error(why)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
const postgres = await openPostgres({ dataDir: join(folder, 'postgres'), purpose: 'bench', durable: false })
const smsc = await openSmsc([
  '--refuse',
  '1',
  '--silent',
  '1',
  '--late',
  '1',
  '--late-seconds',
  '3',
  '--delay',
  String(roundTrip),
])
try {
  await makeTemplates(postgres.url)
  const place = new URL(postgres.url)
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
  const seconds = (since: number) => (performance.now() - since) / 1000

  const queueing = performance.now()
  await queueMany(house, messages, newId<'unit'>())
  console.log(`${messages} queued in ${seconds(queueing).toFixed(0)} s`)

  const gateway = `${smsc.url}&window=${window}&rate=100000`
  const sending = performance.now()
  let cpu = 0
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await setTimeout(500)
  }
  for (let kill = 1; kill <= kills; kill++) {
    const sender = startSender(place.href, gateway)
    const target = ((messages * partsOfText) / (kills + 1)) * (kill - Math.random() * 0.5) * bytesOfPart
    await until(async () => (await smsc.written()) > target)
    await sender.killed()
    cpu += sender.cpuSeconds()
  }
  const last = startSender(place.href, gateway)
  await until(async () => !((await countsOf(house))['queued'] ?? 0))
  const sent = seconds(sending)
  await until(async () => !((await countsOf(house))['accepted'] ?? 0))
  await last.ended()
  cpu += last.cpuSeconds()
  await house.owner(`update outreach.message set begun_at = begun_at - interval '6 minutes' where state = 'sending'`)
  await lookAfter(openWork, { origin: '', email: [], phone: [] })

  const parts = (await smsc.gotten()).filter(({ what }) => what !== 'refused')
  const seen = new Set(parts.map(({ phone, bytes }) => `${phone} ${bytes[5]}`))
  const counts = await countsOf(house)
  console.log(JSON.stringify(counts), `sum ${Object.values(counts).reduce((sum, count) => sum + count, 0)}`)
  console.log(`parts that the gateway got: ${parts.length}, twice: ${parts.length - seen.size}`)
  const [aSecond, partsASecond] = [messages / sent, parts.length / sent].map(rate => rate.toFixed(0))
  console.log(`${sent.toFixed(0)} s, ${aSecond} messages and ${partsASecond} parts a second`)
  console.log(`the window allows ${((window * 1000) / roundTrip).toFixed(0)} parts a second`)
  console.log(`${cpu.toFixed(0)} CPU seconds of senders, of their whole runs of five seconds`)
  await owner.end()
  await database.end()
} finally {
  await smsc.close()
  await postgres.release()
  await rm(folder, { recursive: true, force: true })
}
