// How long an officer waits for an answer while 64 clients, each of an address of its own, ask at an open page as fast
// as they are answered: p50 and p99 of the officer alone, then beside them. node bench/open-door.ts
// SECONDS=20 is how long each part takes. The clients have a thread of their own.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { FormBrowser } from '../test/form-browser.ts'
import { signInByForm } from '../test/officer-factor.ts'

const seconds = Number(process.env['SECONDS'] ?? 20)
const clients = 64

type Hammered = { readonly answered: number; readonly refused: number }

/** What the thread of the clients does until it is told to stop. */
async function hammer(origin: string): Promise<Hammered> {
  let [answered, refused, isOver] = [0, 0, false]
  parentPort?.once('message', () => {
    isOver = true
  })
  const one = async (at: number) => {
    for (let asked = 0; !isOver; asked += 1) {
      // A new address every thousand requests, so that the minute's count is not what is measured.
      const address = `10.${Math.floor(asked / 1000) % 250}.1.${at}`
      const answer = await fetch(`${origin}/sign-in`, { headers: { 'x-forwarded-for': address } })
      await answer.text()
      if (answer.status === 200) answered += 1
      else refused += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, at) => one(at + 1)))
  return { answered, refused }
}

if (!isMainThread) parentPort?.postMessage(await hammer((workerData as { origin: string }).origin))
else await measure()

async function measure() {
  const [{ makeApp }, { openHouse }, { asSystem }, staff, units, { buildWeb }] = await Promise.all([
    import('../src/app.ts'),
    import('../src/open-house.ts'),
    import('../src/platform/work.ts'),
    import('../src/staff/staff.ts'),
    import('../src/units/units.ts'),
    import('../web/build.ts'),
  ])
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
  const port = await new Promise<number>(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  const origin = `http://localhost:${port}`
  const house = await openHouse({
    folder: join(folder, 'data'),
    purpose: 'server',
    environment: { DINHDANH_ORIGIN: origin, DINHDANH_LOG_LEVEL: 'silent', DINHDANH_TRUST_PROXY: '127.0.0.1' },
  })
  const { dist } = await buildWeb({ elsewhere: folder })
  const app = await makeApp(house, { dist })
  await app.listen({ port, host: '127.0.0.1' })
  try {
    await house.openWork(asSystem('bench'), async work => {
      const unit = (await units.unitsOn(work, work.today))[0]
      if (!unit) throw new Error('no unit')
      const own = { password: 'một mật khẩu đủ dài' }
      const { officer } = await staff.addOfficer(work, { login: 'can.bo', fullName: 'Cán Bộ Đo', unitId: unit.id, own })
      await staff.appoint(work, { officerId: officer.id, role: 'administrator', unitId: unit.id })
    })
    const browser = new FormBrowser(() => app)
    await signInByForm(browser, { login: 'can.bo', password: 'một mật khẩu đủ dài', origin })
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

    /** Milliseconds of each answer to the officer, who asks again some moments after each. */
    const ask = async () => {
      const taken: number[] = []
      for (const end = performance.now() + seconds * 1000; performance.now() < end; await setTimeout(20)) {
        const begun = performance.now()
        const answer = await fetch(`${origin}/api/parties`, { headers: { cookie, 'x-forwarded-for': '10.255.0.1' } })
        await answer.text()
        if (answer.status !== 200) throw new Error(`the officer was answered ${answer.status}`)
        taken.push(performance.now() - begun)
      }
      return taken.sort((one, other) => one - other)
    }
    const tell = (what: string, taken: readonly number[]) => {
      const at = (share: number) => (taken[Math.floor(taken.length * share)] ?? 0).toFixed(1)
      console.log(`${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, of ${taken.length}`)
    }
    await ask()
    tell('the officer alone', await ask())
    const thread = new Worker(new URL(import.meta.url), { workerData: { origin } })
    const done = new Promise<Hammered>((resolve, reject) => thread.once('message', resolve).once('error', reject))
    await setTimeout(2_000)
    tell(`beside ${clients} clients of an open page`, await ask())
    thread.postMessage('stop')
    const { answered, refused } = await done
    console.log(`the clients: ${answered} answered, ${refused} refused`)
  } finally {
    await app.close()
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}
