import { statfs } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { House } from './open-house.ts'
import { stopwatch } from './platform/clock.ts'
import { retrySeconds } from './platform/limits/law.ts'

/**
 * /health/live: this process answers. /health/ready: it can do its work, each part of which is looked at; where it
 * cannot, the answer has the codes of all that is in the way.
 * /health/serving: it was not told to end. What several servers share (database, disk, keys) takes none of them out
 * there, so that a proxy has one left whose refusal says what is wrong.
 */

/** What is in the way of work. A code for programs, without any detail: the log and `doctor` say more. */
export type NotReady =
  | 'database-away'
  | 'database-read-only'
  | 'disk-full'
  | 'key-missing'
  | 'jobs-stopped'
  | 'server-stopping'

/** What only the process that serves knows of itself. */
export type ServingState = {
  /** Why no jobs run here at this moment, where they should. */
  jobsStopped(): string | undefined
  /** Whether it has been told to end: it finishes what it has and takes nothing new. */
  isStopping(): boolean
}

/** Of an installation, what is looked at. */
type Looked = Pick<House, 'database' | 'folder' | 'hasKeys'>

async function databaseOf({ database }: Looked): Promise<NotReady[]> {
  try {
    return (await database.probe()).isReadOnly ? ['database-read-only'] : []
  } catch {
    return ['database-away']
  }
}

/** With less free disk than this a server takes no more work: what it has begun still finds room. */
const leastFreeBytes = 128 * 2 ** 20

async function diskOf({ folder }: Looked): Promise<NotReady[]> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize < leastFreeBytes ? ['disk-full'] : []
}

/** Without its keys nothing that is sealed opens, and nothing is signed; under others it would be lost. */
const keysOf = ({ hasKeys }: Looked): NotReady[] => (hasKeys() ? [] : ['key-missing'])

/** All that is in the way of a server's work now. */
export async function findObstacles(house: Looked, serving?: ServingState): Promise<NotReady[]> {
  // A folder that cannot be asked is on a disk that is of no use.
  const disk = diskOf(house).catch((): NotReady[] => ['disk-full'])
  const parts = await Promise.all([databaseOf(house), disk])
  return [
    ...parts.flat(),
    ...keysOf(house),
    ...(serving?.jobsStopped() === undefined ? [] : (['jobs-stopped'] as const)),
    ...(serving?.isStopping() ? (['server-stopping'] as const) : []),
  ]
}

/** Milliseconds for which an answer counts: however many ask, the parts are looked at once. */
const countsFor = 1000

export function serveHealth(app: FastifyInstance, house: Looked, serving?: ServingState) {
  const open = { schema: { hide: true }, config: { rateLimit: false } }
  let last: { readonly age: () => number; readonly obstacles: Promise<NotReady[]> } | undefined
  const obstaclesNow = (): Promise<NotReady[]> => {
    if (!last || last.age() > countsFor || serving?.isStopping())
      last = { age: stopwatch(), obstacles: findObstacles(house, serving) }
    return last.obstacles
  }
  const answer = (reply: FastifyReply, reasons: readonly NotReady[]) => {
    reply.header('cache-control', 'no-store')
    if (reasons.length === 0) return reply.send({ status: 'ok' })
    return reply.code(503).header('retry-after', String(retrySeconds.places)).send({ status: 'not-ready', reasons })
  }
  app.get('/health/live', open, async () => ({ status: 'ok' }))
  app.get('/health/serving', open, async (_request, reply) =>
    answer(reply, serving?.isStopping() ? ['server-stopping'] : []),
  )
  app.get('/health/ready', open, async (_request, reply) => answer(reply, await obstaclesNow()))
}
