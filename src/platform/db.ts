import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import { Pool, type PoolClient, type QueryResult, types } from 'pg'
import type { DB } from '../../db/types.ts'
import { noteStatement } from './activity.ts'
import { type AheadStatement, inOneMessage, type KnownStatements, type MessageResult } from './one-message.ts'

/** A transaction, or a connection inside one. All SQL goes through it. */
export type Tx = Kysely<DB>

export type Database = {
  /** The owner's address, which no pooler by transaction serves: for the job queue, backup and restore. */
  readonly url: string
  /** Runs as the application's login: owns nothing, bypasses nothing, is a member of nothing. */
  readonly kysely: Kysely<DB>
  /** Runs as the owner's login, for works of the maintenance role; connects at the first of them. */
  readonly maintenance: Kysely<DB>
  /** Asks the database whether it takes changes, over a connection that nothing else takes. Throws where it is away. */
  probe(): Promise<{ readonly isReadOnly: boolean }>
  /** How many connections there are now, and how many wait for one. */
  connections(): Readonly<Record<'application' | 'maintenance', PoolCounts>>
  end(): Promise<void>
}

export type PoolCounts = { readonly inUse: number; readonly idle: number; readonly waiting: number }

// Days stay text ('YYYY-MM-DD'): a Date would shift them by the zone. Counts fit a double.
types.setTypeParser(types.builtins.DATE, text => text)
types.setTypeParser(types.builtins.INT8, text => Number(text))

/**
 * The application's login, and the role that works of maintenance take on the owner's, which is the login of
 * DATABASE_URL (house.md 9.1).
 */
export const roles = { application: 'dinhdanh_app', maintenance: 'dinhdanh_maintenance' } as const

/** An address with the application's login in place of another. */
export function applicationUrl(ownerUrl: string, password = ''): string {
  const url = new URL(ownerUrl)
  url.username = roles.application
  url.password = password
  return url.href
}

const keptPlan = '/* kept plan */'
const planNames = new Map<string, string>()

function planNameOf(text: string): string {
  const known = planNames.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 32)
  planNames.set(text, known)
  return known
}

/**
 * Which statements keep their plan: those that say so, every one that has parameters, or none. `none` is for a pooler
 * that gives each transaction another connection, where the statements of the one before are not.
 */
export type KeptPlans = 'marked' | 'all' | 'none'

const counted = new AsyncLocalStorage<string[]>()

/**
 * Runs a step, and adds to `texts` what is sent to the database within it, in order. Several statements in one message
 * are one: what somebody waits for is the way there and back.
 */
export const countingStatements = <T>(texts: string[], step: () => T): T => counted.run(texts, step)

const discardText = '/* end this connection */'

/** Ends the connection that `tx` runs on, whatever state it is in: the pool takes a new one in its place. */
export const discardConnection = async (tx: Tx): Promise<void> => {
  await tx.executeQuery(CompiledQuery.raw(discardText)).catch(() => undefined)
}

/**
 * A statement whose text begins with the comment "kept plan" is prepared once a connection (its plan is made anew where
 * it should be: PREPARE, "Notes"). For those that are sent hundreds of times a second: most of what such a one takes is
 * being read and planned. Its text must be the same for however many rows.
 */
const keepsPlan = (text: string, values: unknown, plans: KeptPlans): boolean =>
  text.trimStart().startsWith(keptPlan) || (plans === 'all' && Array.isArray(values) && values.length > 0)

/** A statement whose plan is kept, with its values. */
export type KeptStatement<Row> = {
  readonly query: CompiledQuery<Row>
  execute(tx: Tx): Promise<{ readonly rows: Row[] }>
}

const keptTexts = new WeakMap<TemplateStringsArray, string>()

/**
 * A statement that begins with the comment "kept plan" by itself, and whose text is put together once. What stands in
 * it are values, never parts of a statement.
 */
export function kept<Row>(parts: TemplateStringsArray, ...values: readonly unknown[]): KeptStatement<Row> {
  const text = keptTexts.get(parts) ?? `${keptPlan} ${parts.reduce((text, part, at) => `${text}$${at}${part}`)}`
  keptTexts.set(parts, text)
  const query = CompiledQuery.raw(text, [...values]) as CompiledQuery<Row>
  return { query, execute: tx => tx.executeQuery(query) }
}

/** Another name than that of a statement which is sent alone: pg keeps account of those itself. */
const nameInMessages = (text: string) => `m ${planNameOf(text)}`

/** How far what begins a transaction goes in one message: with its first statement, or to its end. */
export type MessageExtent = 'first-statement' | 'whole'

/** The statements of a transaction that go with its next one, in one message. */
type Waiting = { statements: AheadStatement[]; readonly extent: MessageExtent; isOver: boolean }
const waitingOf = new WeakMap<Tx, Waiting>()
/** By the values of the query with which they are given to the connection. */
const givenWith = new WeakMap<object, Waiting>()

const commit: AheadStatement = { text: 'commit', isKept: true }
const isOver = () => new Error('the transaction is over, or ended with its first statement')

/**
 * Sends ahead what begins a transaction: it goes with the first statement in one message (docs/adr/0026). A `whole` one
 * has a single statement, whose plan is kept, and COMMIT goes with it.
 */
export async function beginAhead(tx: Tx, statements: readonly AheadStatement[], extent: MessageExtent): Promise<void> {
  const waiting: Waiting = { statements: [...statements], extent, isOver: false }
  const values: unknown[] = []
  waitingOf.set(tx, waiting)
  givenWith.set(values, waiting)
  await tx.executeQuery(CompiledQuery.raw('', values))
}

/**
 * Sends a statement ahead in a transaction that was begun so: it goes with the next one in one message, and where it
 * fails the server passes over all that follow in it. Nothing of its result is known when this returns.
 */
export function sendAhead(tx: Tx, statement: AheadStatement): void {
  const waiting = waitingOf.get(tx)
  if (!waiting || waiting.isOver) throw isOver()
  waiting.statements.push(statement)
}

/**
 * What this house adds to a connection: plans that are kept; of several statements in one message the last one's
 * result; statements that are sent ahead; and an end on demand.
 */
function adaptClient(client: PoolClient, plans: KeptPlans): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  const known: KnownStatements = new Map()
  let waiting: Waiting | undefined
  const sendTogether = (statements: readonly AheadStatement[]) =>
    new Promise<MessageResult[]>((resolve, reject) => {
      query(
        inOneMessage(statements, { known, nameOf: plans === 'none' ? () => '' : nameInMessages }, { resolve, reject }),
      )
    })
  const sendWithThoseAhead = (sent: Waiting, text: string, values: unknown, ...more: unknown[]) => {
    const { statements: before } = sent
    const isWhole = sent.extent === 'whole'
    sent.statements = []
    sent.isOver = isWhole || text === 'commit'
    const last = { text, values: values as unknown[], isKept: true }
    if (text === 'commit' || keepsPlan(text, values, plans))
      return sendTogether([...before, last, ...(isWhole ? [commit] : [])]).then(results => results[before.length])
    if (isWhole) throw new Error('a transaction that goes in one message has a statement whose plan is kept')
    // Its text may hold several statements, which are no part of such a message: it waits until those are done.
    return sendTogether(before).then(() => send(text, values, ...more))
  }
  const send = (text: string, values: unknown, ...more: unknown[]) => {
    if (plans !== 'none' && keepsPlan(text, values, plans))
      return query({ name: planNameOf(text), text, values }, ...more)
    const sent = query(text, values, ...more)
    return sent instanceof Promise
      ? sent.then((result: QueryResult | QueryResult[]) => (Array.isArray(result) ? result.at(-1) : result))
      : sent
  }
  Object.assign(client, {
    query: (text: unknown, values: unknown, ...more: unknown[]) => {
      const begun = Array.isArray(values) && givenWith.get(values)
      if (begun) {
        waiting = begun
        return Promise.resolve({ rows: [] })
      }
      if (text === 'rollback' || text === discardText || (typeof text === 'string' && text.startsWith('begin'))) {
        // What has not been sent of a work that failed is not sent any more.
        if (waiting) waiting.isOver = true
        waiting = undefined
      }
      if (waiting?.isOver) throw isOver()
      if (text === discardText) return (client as unknown as { end(): Promise<void> }).end().then(() => ({ rows: [] }))
      noteStatement()
      counted.getStore()?.push(typeof text === 'string' ? text : 'a cursor')
      if (typeof text !== 'string') {
        if (waiting?.statements.length) throw new Error('statements were sent ahead of what is no statement')
        return query(text, values, ...more)
      }
      if (waiting?.statements.length) return sendWithThoseAhead(waiting, text, values, ...more)
      if (waiting && text === 'commit') waiting.isOver = true
      return send(text, values, ...more)
    },
  })
}

function openPool(url: string, connections: number, plans: KeptPlans) {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 15_000,
    application_name: 'dinhdanh',
  })
  pool.on('connect', client => {
    adaptClient(client, plans)
    // A connection may die while a work computes between two statements; the next statement fails by itself.
    client.on('error', () => {})
  })
  // An idle connection that the server closed is replaced by the next; the pool would otherwise end the process.
  pool.on('error', () => {})
  const counts = (): PoolCounts => ({
    inUse: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  })
  return { kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }), counts }
}

/** Seconds for which readiness waits for the database. */
const probeSeconds = 2

/** One connection of its own: readiness is known also while all others are taken. */
function openProbe(connectionString: string) {
  const milliseconds = probeSeconds * 1000
  const pool = new Pool({
    connectionString,
    max: 1,
    connectionTimeoutMillis: milliseconds,
    query_timeout: milliseconds,
    application_name: 'dinhdanh health',
  })
  pool.on('error', () => {})
  pool.on('connect', client => void client.on('error', () => {}))
  return {
    async probe() {
      const client = await pool.connect()
      let failed: Error | undefined
      try {
        const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only')
        return { isReadOnly: rows[0]?.transaction_read_only === 'on' }
      } catch (error) {
        failed = error as Error
        throw error
      } finally {
        // One that did not answer in time may never do so.
        client.release(failed)
      }
    },
    end: () => pool.end(),
  }
}

/** Imports and the like: seldom more than one at a time. */
const maintenanceConnections = 4

export type DatabaseOptions = {
  /** By default the same place, without a password. */
  readonly appUrl?: string
  /** How many connections the application has at most. */
  readonly connections?: number
  /**
   * Of the application. `all` is for tests, whose tables stay small: a plan that serves every parameter may be a slow
   * one where a ward has hundreds of rows and the province a million.
   */
  readonly plans?: KeptPlans
  /** How works of maintenance reach the owner's login: by default as everything else of it. */
  readonly forMaintenance?: { readonly url: string; readonly plans: KeptPlans }
}

/** Opens the database of the owner's address `url`. */
export function openDatabase(
  url: string,
  {
    appUrl = applicationUrl(url),
    connections = 16,
    plans = 'marked',
    forMaintenance = { url, plans },
  }: DatabaseOptions = {},
): Database {
  const { kysely, counts } = openPool(appUrl, connections, plans)
  const { kysely: maintenance, counts: maintenanceCounts } = openPool(
    forMaintenance.url,
    maintenanceConnections,
    forMaintenance.plans,
  )
  const { probe, end } = openProbe(appUrl)
  return {
    url,
    kysely,
    maintenance,
    probe,
    connections: () => ({ application: counts(), maintenance: maintenanceCounts() }),
    end: async () => {
      await Promise.all([kysely.destroy(), maintenance.destroy(), end()])
    },
  }
}

/** Sends text that may hold several statements in one message (no parameters); gives the last one's result. */
export const runSimpleQuery = <Row>(tx: Tx, text: string) =>
  tx.executeQuery(CompiledQuery.raw(text) as CompiledQuery<Row>)
