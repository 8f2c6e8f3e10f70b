import { readFileSync } from 'node:fs'
import { openDatabase } from './database.ts'
import { readExams } from './exam.ts'
import { clockFrom, running, stampText } from './moment.ts'
import { makeSite, type Site } from './pages/site.ts'
import { pressureGauge } from './queue/load.ts'
import { forgetOver } from './registering/retention.ts'
import { enterStaff, readStaff } from './registering/school.ts'
import { makeServer } from './server.ts'
import { clientKey } from './sign-in/client-key.ts'
import { openProvider } from './sign-in/provider.ts'
import { forgetOldSessions } from './sign-in/session.ts'
import { readStartOptions, type StartOptions, usage } from './start-options.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Milliseconds that a request which still runs has to end when the site stops; its connection is closed then. */
const patience = 2_000

/** Each second: the queues note that the site runs, and whether it keeps up. Each hour: what is over is deleted. */
function keepHouse({ db, exams, clock, now, provider, queueOf }: Site) {
  const holding = pressureGauge(provider)
  const tidy = () => {
    forgetOldSessions(db, clock())
    forgetOver(db, exams, clock())
  }
  tidy()
  const beating = setInterval(() => {
    const hold = holding()
    const moment = now()
    for (const exam of exams) queueOf(exam).beat(moment, hold)
  }, 1_000)
  const tidying = setInterval(tidy, 3_600_000)
  return () => {
    clearInterval(beating)
    clearInterval(tidying)
  }
}

async function enter({ data, staff = '' }: StartOptions) {
  const db = openDatabase(data)
  const entered = await enterStaff(db, readStaff(readFileSync(staff, 'utf8'), readExams())).finally(() => db.close())
  say('login,school,password')
  for (const { login, school, password } of entered) say(`${login},${school},${password}`)
}

async function start(options: StartOptions) {
  const db = openDatabase(options.data)
  const provider = openProvider({ ...options, key: await clientKey(options.data), say })
  const site = makeSite({
    db,
    exams: readExams(),
    clock: clockFrom(options.now),
    running,
    provider,
    origin: options.origin,
  })
  const app = await makeServer(site, { behindProxy: options.behindProxy })
  await app.listen({ host: options.host, port: options.port })
  const rest = keepHouse(site)
  const stop = () => {
    rest()
    provider.stop()
    const overdue = setTimeout(() => app.server.closeAllConnections(), patience)
    void app
      .close()
      .then(() => db.close())
      .finally(() => clearTimeout(overdue))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  say(`  Đăng ký dự thi   ${options.origin}/`)
  say(`  giờ máy chủ / server time ${stampText(site.clock())}${options.now === undefined ? '' : ' (--now)'}`)
  say('  Ctrl-C stops the site.')
}

try {
  const options = readStartOptions(process.argv.slice(2), process.env)
  await (options.staff === undefined ? start(options) : enter(options))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${usage}\n`)
  process.exitCode = 2
}
