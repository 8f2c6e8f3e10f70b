// A server of bench/verification.ts in a process of its own: the program's checks (`ours`), the same work written by
// hand (`same`), a Fastify that does nothing of it (`ceiling`), or the program's batch job (`job`). Arguments: which,
// database URL, batch.
import { createHash, randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Fastify, { type FastifyInstance } from 'fastify'
import pg, { Pool, type QueryResultRow } from 'pg'
import * as audit from '../../src/audit/audit.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { openRequests } from '../../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../../src/platform/http/server.ts'
import { openLog } from '../../src/platform/log.ts'
import { setSealingKey } from '../../src/platform/sealing/sealing.ts'
import { makeOpenWork } from '../../src/platform/work.ts'
import { authenticateParty } from '../../src/signin/signin.ts'
import { runBatch } from '../../src/verification/batches/run.ts'
import { routes } from '../../src/verification/routes.ts'

const [which = '', url = '', batch = ''] = process.argv.slice(2)
export const origin = 'http://localhost:8080'
setSealingKey(Buffer.alloc(32, 3))

const text = { type: 'string', maxLength: 300 } as const
type Question = { person_number: string; full_name: string; birth_date: string; sex?: string }
const schema = {
  body: {
    type: 'object',
    required: ['person_number', 'full_name', 'birth_date'],
    properties: { person_number: text, full_name: text, birth_date: text, sex: text, purpose: text },
  },
  response: {
    200: {
      type: 'object',
      properties: { matched: { type: 'boolean' }, differs: { type: 'array', items: { type: 'string' } } },
    },
  },
}

/** Reads a question by its schema and answers it without a database: nothing that answers over HTTP is faster. */
function ceiling(): FastifyInstance {
  const app = Fastify()
  app.post('/api/verifications', { schema }, async () => ({ matched: true, differs: [] }))
  return app
}

type Holder = { person_id: string; full_name: string; born: string; sex: string; wrongs: number }
type Waiting = {
  readonly question: Question
  readonly token: Buffer
  resolve(answer: { matched: boolean; differs: string[] }): void
  reject(error: unknown): void
}

/**
 * The same work as a team would write it by hand for this alone, each step one prepared statement: the token looked up,
 * the quota of the minute spent, wrong answers about a person counted and looked at, name, birth date and sex compared,
 * one row of history, and a seal over the rows of a transaction that carries on from the last. Questions of one moment
 * share a transaction, two of which run at once.
 */
function sameWork(): FastifyInstance {
  const app = Fastify()
  const pool = new Pool({ connectionString: url, max: 2 })
  const waiting: Waiting[] = []
  let running = 0

  const schedule = () =>
    setImmediate(() => {
      while (running < 2 && waiting.length > 0) {
        running += 1
        void answerTogether(waiting.splice(0, 64)).finally(() => {
          running -= 1
          schedule()
        })
      }
    })

  async function answerTogether(some: readonly Waiting[]): Promise<void> {
    const client = await pool.connect()
    const ask = async <Row extends QueryResultRow>(name: string, statement: string, values: readonly unknown[]) =>
      (await client.query<Row>({ name, text: statement, values: [...values] })).rows
    try {
      await client.query('begin')
      const tokens = await ask<{ client_id: string }>(
        'token',
        'select client_id from signin.artifact where id_hash = any ($1::bytea[]) and expires_at > now()',
        [[...new Set(some.map(({ token }) => token.toString('hex')))].map(hex => Buffer.from(hex, 'hex'))],
      )
      const by = tokens[0]?.client_id
      if (by === undefined) throw new Error('no such token')
      const [spent] = await ask<{ count: number }>(
        'quota',
        `insert into bare.spent (client_id, minute, count) values ($1, date_trunc('minute', now()), $2)
         on conflict (client_id, minute) do update set count = bare.spent.count + excluded.count returning count`,
        [by, some.length],
      )
      if ((spent?.count ?? 0) > 1_000_000) throw new Error('over the quota')
      const holders = await ask<Holder & { number: string }>(
        'find',
        `select p.number, p.person_id, p.full_name, p.born, p.sex, coalesce(w.wrongs, 0) as wrongs
         from bare.person p
         left join bare.wrong w on w.client_id = $2 and w.person_id = p.person_id and w.day = current_date
         where p.number = any ($1::text[])`,
        [some.map(({ question }) => question.person_number), by],
      )
      const byNumber = new Map(holders.map(holder => [holder.number, holder]))
      const answers = some.map(({ question }) => compared(question, byNumber.get(question.person_number)))
      const found = some.flatMap(({ question }) => byNumber.get(question.person_number)?.person_id ?? [])
      const wrong = some.flatMap(({ question }, at) =>
        answers[at]?.matched ? [] : (byNumber.get(question.person_number)?.person_id ?? []),
      )
      const ids = found.map(() => randomUUID())
      await ask(
        'note',
        `insert into bare.note (id, person_id, at, who)
         select id, person, now(), $3 from unnest($1::uuid[], $2::uuid[]) as t (id, person)`,
        [ids, found, by],
      )
      await ask(
        'wrong',
        `insert into bare.wrong (client_id, person_id, day, wrongs)
         select $1, person, current_date, count(*) from unnest($2::uuid[]) as t (person) group by person
         on conflict (client_id, person_id, day) do update set wrongs = bare.wrong.wrongs + excluded.wrongs`,
        [by, wrong],
      )
      const [last] = await ask<{ seal: Buffer }>('last', 'select seal from bare.chain for update', [])
      const seal = createHash('sha256')
        .update(last?.seal ?? '')
        .update(ids.join())
        .update(found.join())
        .digest()
      await ask('seal', 'update bare.chain set seal = $1', [seal])
      await client.query('commit')
      for (const [at, one] of some.entries()) one.resolve(answers[at] ?? { matched: false, differs: [] })
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      for (const one of some) one.reject(error)
    } finally {
      client.release()
    }
  }

  app.post<{ Body: Question }>('/api/verifications', { schema }, ({ body, headers }) => {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
    const token = createHash('sha256').update(bearer).digest()
    return new Promise((resolve, reject) => {
      waiting.push({ question: body, token, resolve, reject })
      schedule()
    })
  })
  return app
}

function compared(question: Question, holder: Holder | undefined): { matched: boolean; differs: string[] } {
  if (!holder || holder.wrongs > 10) return { matched: false, differs: ['person_number'] }
  const [y = '', m = '', d = ''] = question.birth_date.split('-')
  const differs = [
    ...(holder.full_name.toLowerCase() === question.full_name.toLowerCase() ? [] : ['full_name']),
    ...(holder.born === `${y}-${Number(m)}-${Number(d)}` ? [] : ['birth_date']),
    ...(question.sex === undefined || holder.sex === question.sex ? [] : ['sex']),
  ]
  return { matched: differs.length === 0, differs }
}

async function ours(): Promise<FastifyInstance> {
  const app = await makeServer({ log: openLog('error'), origin, trustProxy: true, perMinute: 100_000_000 })
  const database = openDatabase(url)
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
  await routes({ app, origin, openWork: openRequests(openWork, authenticateParty({ openWork, origin })) }, { openWork })
  return app
}

if (which === 'job') {
  const database = openDatabase(url, { connections: 2 })
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
  process.stdout.write('begun\n')
  for (;;) {
    await runBatch(openWork, batch)
    const { rows } = await new Pool({ connectionString: url, max: 1 }).query(
      'select state from verification.batch where id = $1',
      [batch],
    )
    if (rows[0]?.state === 'done') break
  }
  process.exit(0)
}

/** Messages to PostgreSQL that somebody waits for: each ends with a Sync, or is a simple query. */
let messages = 0
for (const sent of ['sync', 'query'] as const) {
  const connection = (pg as unknown as { Connection: { prototype: Record<string, (...given: unknown[]) => unknown> } })
    .Connection.prototype
  const send = connection[sent]
  connection[sent] = function (...given) {
    messages += 1
    return send?.apply(this, given)
  }
}

const app = which === 'same' ? sameWork() : which === 'ceiling' ? ceiling() : await ours()
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
app.get('/held', { config: { rateLimit: false } }, async () => {
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapUsed, external, rss }
})
app.get('/taken', { config: { rateLimit: false } }, async () => ({ cpu: process.cpuUsage(), messages }))
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${address}\n`)
