import { randomBytes } from 'node:crypto'
import { open, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { SMTPServer } from 'smtp-server'
import { findServer, urlOf } from '../../src/platform/postgres/server.ts'
import { freePort } from '../../test/started-installation.ts'
import { makeInstallation } from './installation.ts'
import type { Trial } from './trial.ts'

/** What each runbook mends, by the name of its page: how it comes about. */

export type Breakage = {
  /** Why it cannot be tried on this machine; undefined where it can. */
  cannot?(trial: Trial): Promise<string | undefined>
  /** Before the installation is started. */
  prepare?(trial: Trial): Promise<void>
  happen(trial: Trial): Promise<void>
  /** What the page has somebody do in the console, after its lines of "Mend". */
  inConsole?(trial: Trial): Promise<void>
  /** Variables for all lines of the trial. */
  given?(trial: Trial): Record<string, string>
  /** Variables for the lines that are run once it has happened. */
  later?(trial: Trial): Record<string, string>
  /** Takes away what it made outside the folders of the trial. */
  clear?(trial: Trial): Promise<void>
}

const restart = ({ run }: Trial, more?: Record<string, string>) => run('systemctl restart dinhdanh', more)

async function connect({ data }: Trial): Promise<Client> {
  const client = new Client({ connectionString: urlOf(findServer(data)?.socketDir ?? '', 'dinhdanh') })
  // The page ends it.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const tryToConnect = (trial: Trial) => connect(trial).catch(() => undefined)

async function sql(trial: Trial, ...statements: readonly string[]): Promise<void> {
  const client = await connect(trial)
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function changeJson(file: string, change: (value: Record<string, unknown>) => void): Promise<void> {
  const value = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, unknown>
  change(value)
  await writeFile(file, JSON.stringify(value))
}

/** Settings that the installation has, and its copy. */
async function setSettings({ data, copies }: Trial, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const folder of [data, copies]) await writeFile(join(folder, 'config.json'), JSON.stringify(settings))
}

const hour = 3_600_000

/** Variables by which each Node that is started has a clock that is so many hours ahead. */
const clockAhead = ({ root }: Trial, hours: number): Record<string, string> => ({
  NODE_OPTIONS: `--import=${join(root, 'clock.mjs')}`,
  CLOCK_AHEAD: String(hours * hour),
})

const writeClock = ({ root }: Trial) =>
  writeFile(
    join(root, 'clock.mjs'),
    `const real = Date, ahead = Number(process.env.CLOCK_AHEAD)
     globalThis.Date = class extends real {
       constructor(...given) { given.length > 0 ? super(...given) : super(real.now() + ahead) }
       static now() { return real.now() + ahead }
     }`,
  )

/** Sessions that another program has at the database. */
let sessions: Client[] = []
const endSessions = async () => {
  for (const client of sessions) await client.end().catch(() => undefined)
  sessions = []
}

let mailServer: SMTPServer | undefined

/** Signs an officer of the demonstration in as their browser does. Gives what calls the API as they. */
async function signIn({ port }: Trial, login: string) {
  const origin = `http://localhost:${port}`
  const cookies = new Map<string, string>()
  const send = async (path: string, given: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...given.headers, cookie, origin, 'sec-fetch-site': 'same-origin' }
    const answer = await fetch(origin + path, { ...given, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return answer
  }
  const page = await (await send('/demonstration')).text()
  const form = new URLSearchParams({ login })
  for (const [, name = '', value = ''] of page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g))
    form.set(name, value)
  await send('/demonstration/sign-in', { method: 'POST', body: form })
  return async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await send(`/api${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : {})
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} as ${login}: ${answer.status} ${text}`)
    return JSON.parse(text) as Record<string, unknown>
  }
}

/** The officer of the demonstration who lost their telephone. */
const lostOfficer = 'phuong'

/**
 * Another officer accepts what was proposed: nobody knows the password any more, and the factors end with the link.
 */
async function acceptNewFactors(trial: Trial): Promise<void> {
  const call = await signIn(trial, 'quantri')
  const { proposals } = (await call('/staff-proposals')) as { proposals: { id: string; kind: string; state: string }[] }
  for (const { id, kind, state } of proposals)
    if (kind === 'factor-reset' && state === 'pending')
      await call(`/staff-proposals/${id}/accept`, { delivery: 'paper' })
  const client = await connect(trial)
  const { rowCount } = await client.query(
    `select from staff.password_link where drops_factors
       and officer_id = (select id from staff.officer where login = $1)`,
    [lostOfficer],
  )
  await client.end()
  if (rowCount !== 1) throw new Error('no link ends the lost factor')
}

const backupsOf = ({ root }: Trial) => join(root, 'backups')

/** The disk of an installation, small enough to be filled. */
const smallDisk = 4 * 2 ** 30

export const breakages: Readonly<Record<string, Breakage>> = {
  'backup-old': {
    async prepare(trial) {
      await writeClock(trial)
      // Not a demonstration, of which nobody needs a backup; and made three days ago, with its only one.
      await trial.run('rm -rf "$DATA" "$TRIAL/paper.txt" && find "$COPIES" "$KEYS" -mindepth 1 -delete')
      await makeInstallation(trial, '--no-demo', clockAhead(trial, -72))
    },
    async happen() {},
  },
  'certificate-ends': {
    prepare: trial => setSettings(trial, { tls: true, origin: `https://localhost:${trial.port}` }),
    given: ({ port }) => ({ HEALTH: `https://127.0.0.1:${port}/health/ready` }),
    async happen(trial) {
      await writeClock(trial)
      // The clock of a server that made its certificate more than a year ago, and has not looked at it since.
      await trial.run(
        `systemctl stop dinhdanh; rm -f "$DATA"/keys/*server.* "$DATA"/keys/*authority.crt; systemctl start dinhdanh
         curl -ksSf --retry 60 --retry-delay 1 --retry-all-errors -o /dev/null "$HEALTH"`,
        { ...clockAhead(trial, -393 * 24), HEALTH: `https://127.0.0.1:${trial.port}/health/ready` },
      )
    },
  },
  'clock-jumped': {
    async prepare(trial) {
      await writeClock(trial)
    },
    async happen(trial) {
      await restart(trial, clockAhead(trial, 24 * 365))
      await trial.run('curl -ksSf --retry 60 --retry-delay 1 --retry-all-errors -o /dev/null "$HEALTH"')
      // As the queue notes it where a night has passed by that clock.
      await sql(trial, `update graphile_worker._private_known_crontabs set last_execution = now() + interval '1 year'`)
      // As where the machine was off for a month before.
      await sql(trial, `update platform.believed_time set at = now() - interval '1 month'`)
    },
  },
  'connections-used-up': {
    async happen(trial) {
      // The program's own connections that rest end after some seconds; a greedy one takes these too.
      for (let seconds = 0; seconds < 15; seconds += 1, await setTimeout(1000))
        for (let client = await tryToConnect(trial); client; client = await tryToConnect(trial)) sessions.push(client)
    },
    clear: endSessions,
  },
  'database-away': {
    happen: async ({ data }) => void process.kill(findServer(data)?.mark.pid ?? 0, 'SIGSTOP'),
  },
  'database-damaged': {
    async happen(trial) {
      await trial.run('systemctl stop dinhdanh')
      const file = await open(join(trial.data, 'pg', 'global', 'pg_control'), 'r+')
      await file.write(randomBytes(512), 0, 512, 0)
      await file.close()
      await trial.run('systemctl start dinhdanh')
    },
  },
  'database-of-another': {
    async happen(trial) {
      await changeJson(join(trial.data, 'house.json'), record => {
        record['id'] = '0187a3f0-0000-7000-8000-000000000001'
      })
      await restart(trial)
    },
  },
  'database-read-only': {
    // A worker beside the server keeps the database up until it is stopped too.
    given: () => ({ UNITS: 'dinhdanh-worker dinhdanh' }),
    async happen(trial) {
      await trial.run(
        `systemctl start dinhdanh-worker; until grep -q "run here" "$TRIAL/dinhdanh-worker.log"; do sleep 0.2; done`,
      )
      await sql(trial, 'alter system set default_transaction_read_only = on', 'select pg_reload_conf()')
    },
  },
  'disk-full': {
    async cannot(trial) {
      const { code, output } = await trial.run(
        `truncate -s ${smallDisk} "$TRIAL/disk" && mkfs.ext4 -q -m 0 "$TRIAL/disk" && mkdir -p "$TRIAL/tried" &&
         mount -o loop "$TRIAL/disk" "$TRIAL/tried" && umount "$TRIAL/tried"`,
      )
      return code === 0 ? undefined : `no small disk can be mounted: ${output.trim().split('\n').at(-1)}`
    },
    async prepare(trial) {
      const { code, output } = await trial.run(
        `mv "$DATA" "$DATA.moved" && mkdir "$DATA" && mount -o loop "$TRIAL/disk" "$DATA" &&
         cp -a "$DATA.moved/." "$DATA" && rm -r "$DATA.moved"`,
      )
      if (code !== 0) throw new Error(output)
    },
    async happen({ data, run }) {
      const long = new Date(Date.now() - 60 * 24 * hour)
      for (const file of ['outbox/2026-09-30/tin.txt', 'log/access-old.jsonl']) {
        await run(`mkdir -p "$(dirname "$DATA/${file}")" && fallocate -l 1600M "$DATA/${file}"`)
        await utimes(join(data, file), long, long)
      }
      await run('fallocate -l $(($(stat -f -c "%a * %S" "$DATA") - 60000000)) "$DATA/outbox/2026-09-30/thu.txt"')
      await utimes(join(data, 'outbox/2026-09-30/thu.txt'), long, long)
    },
    clear: async trial => void (await trial.run('systemctl stop dinhdanh; umount "$DATA"')),
  },
  'heads-cut': {
    async happen(trial) {
      await trial.run('systemctl stop dinhdanh')
      const file = join(trial.data, 'heads.jsonl')
      const lines = (await readFile(file, 'utf8')).split('\n')
      await writeFile(file, lines.slice(1).join('\n'))
      await trial.run('systemctl start dinhdanh')
    },
  },
  'jobs-stand-still': {
    happen: trial =>
      sql(
        trial,
        `with made as (select graphile_worker.add_job('verify-seals', '{}', run_at := now() + interval '1 hour') as job)
         select graphile_worker.permanently_fail_jobs(array[(job).id], 'database-away') from made`,
      ),
  },
  'key-missing': {
    async happen({ data }) {
      for (const name of ['sealing.key', 'audit-heads.pem']) await rm(join(data, 'keys', name))
    },
  },
  'machine-lost': {
    happen: async trial => void (await trial.run('systemctl stop dinhdanh; rm -r "$DATA"')),
  },
  'messages-not-sent': {
    async prepare(trial) {
      mailServer = new SMTPServer({ disabledCommands: ['STARTTLS', 'AUTH'], logger: false })
      const port = await freePort()
      await new Promise<void>(ready => mailServer?.listen(port, '127.0.0.1', ready))
      await setSettings(trial, { smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'dinhdanh@example.vn' })
    },
    async happen(trial) {
      await changeJson(join(trial.data, 'config.json'), settings => {
        settings['smtpUrl'] = 'smtp://127.0.0.1:1'
      })
      await restart(trial)
    },
    clear: async () => void (await new Promise<void>(done => mailServer?.close(done) ?? done())),
  },
  'officer-factor-lost': {
    given: () => ({ LOGIN: lostOfficer }),
    // A telephone is gone: nothing of it is seen in the installation.
    happen: async () => undefined,
    inConsole: acceptNewFactors,
  },
  'physical-backups': {
    // Whoever is not root can give nothing to another user.
    cannot: async () => (process.getuid?.() === 0 ? undefined : 'only root gives files to another user'),
    async prepare(trial) {
      await setSettings(trial, { physicalBackups: backupsOf(trial) })
      const { code, output } = await trial.run(
        `[ -e "$TRIAL/paper.txt" ] || npx dinhdanh key paper "$TRIAL/paper.txt" --data "$DATA"
         npx dinhdanh backup base --data "$DATA" && npx dinhdanh backup drill --data "$DATA"`,
      )
      if (code !== 0) throw new Error(output)
    },
    given: trial => ({ BACKUPS: backupsOf(trial) }),
    async happen(trial) {
      await trial.run(`chown -R 4711 '${backupsOf(trial)}'`)
      await sql(trial, 'create table public.more (n integer)', 'drop table public.more', 'select pg_switch_wal()')
      // A quarter of an hour later.
      const waiting = '"$DATA"/pg/pg_wal/archive_status/*.ready'
      await trial.run(`until ls ${waiting}; do sleep 0.2; done; sleep 3; touch -d '20 minutes ago' ${waiting}`)
    },
  },
  'record-does-not-verify': {
    happen: trial =>
      sql(
        trial,
        `update audit.deed set facts = '{"changed": true}' where id = (select id from audit.deed order by id limit 1)`,
      ),
  },
  'sealing-key-of-another': {
    async happen(trial) {
      await writeFile(join(trial.data, 'keys', 'sealing.key'), `${randomBytes(32).toString('base64')}\n`)
      await restart(trial)
    },
  },
  'server-does-not-start': {
    prepare: trial => setSettings(trial, { logLevel: 'warn' }),
    async happen(trial) {
      await writeFile(join(trial.data, 'config.json'), '{"logLevle": "warn"}')
      await restart(trial)
      await setTimeout(5000)
    },
  },
  'station-lost': {
    happen: trial =>
      sql(
        trial,
        `insert into enrolment.station (id, unit_id, code, name, public_key, thumbprint, registered_by, registered_at)
         select gen_random_uuid(), id, 'HK09', 'Máy 9', '{}', 'lost', 'officer', now() from units.unit limit 1`,
      ),
  },
  'table-locked': {
    async happen(trial) {
      const [holder, waiter] = [await connect(trial), await connect(trial)]
      sessions = [holder, waiter]
      await holder.query('begin')
      await holder.query('lock table cards.card in access exclusive mode')
      void waiter.query('select from cards.card limit 1').catch(() => undefined)
      await setTimeout(6000)
    },
    clear: endSessions,
  },
}
