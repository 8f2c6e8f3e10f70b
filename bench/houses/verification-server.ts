// A server of bench/verification.ts in a process of its own: the house's checks (`ours`), a bare Fastify with one
// look-up and one inserted row (`bare`), or the house's batch job (`job`). Arguments: which, database URL, batch.
import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Fastify, { type FastifyInstance } from 'fastify'
import { Pool } from 'pg'
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

/** What a team would write that needs no more than an answer: prepared statements, a pool, a schema in and out. */
function bare(): FastifyInstance {
  const app = Fastify()
  const pool = new Pool({ connectionString: url, max: 16 })
  app.post<{ Body: { person_number: string; full_name: string; birth_date: string; sex: string } }>(
    '/api/verifications',
    {
      schema: {
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
      },
    },
    async ({ body }) => {
      const { rows } = await pool.query<{ person_id: string; full_name: string; born: string; sex: string }>({
        name: 'look-up',
        text: 'select person_id, full_name, born, sex from bare.person where number = $1',
        values: [body.person_number],
      })
      const [row] = rows
      const differs = row
        ? (['full_name', 'sex'] as const).filter(field => row[field] !== body[field])
        : ['person_number']
      await pool.query({
        name: 'note',
        text: 'insert into bare.note (id, person_id, at, who) values ($1, $2, now(), $3)',
        values: [randomUUID(), row?.person_id ?? null, 'party'],
      })
      return { matched: differs.length === 0, differs }
    },
  )
  return app
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

const app = which === 'bare' ? bare() : await ours()
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
app.get('/held', { config: { rateLimit: false } }, async () => {
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapUsed, external, rss, cpu: process.cpuUsage() }
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${address}\n`)
