import { Problem } from '../problem.ts'
import { databaseProblem } from '../problems-database.ts'

/**
 * What the database cannot do now and may do later: it is away, only reads, has no room, or somebody else holds what
 * is needed. Whoever asked is refused with a time to come again; it is no fault of the program.
 */

type OutageCode = Parameters<typeof databaseProblem>[0] & `database-${string}`

/** Seconds after which whoever was refused may come again. */
const comeAgain: Readonly<Partial<Record<OutageCode, number>>> = {
  'database-away': 5,
  'database-read-only': 30,
  'database-full': 30,
  'database-crowded': 10,
  'database-waits': 5,
}

/** By PostgreSQL's codes of errors (Appendix A), and the system's of a file beside it (errno(3)). */
const codes: Readonly<Record<string, OutageCode>> = {
  // admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped: the server ends, or recovers.
  '57P01': 'database-away',
  '57P02': 'database-away',
  '57P03': 'database-away',
  '57P04': 'database-away',
  // connection_exception and its kinds.
  '08000': 'database-away',
  '08001': 'database-away',
  '08003': 'database-away',
  '08004': 'database-away',
  '08006': 'database-away',
  // read_only_sql_transaction: a standby, or a server that somebody set so.
  '25006': 'database-read-only',
  // disk_full, out_of_memory, and a log of the server that cannot be written.
  '53100': 'database-full',
  ENOSPC: 'database-full',
  EDQUOT: 'database-full',
  '53200': 'database-crowded',
  '53300': 'database-crowded',
  // lock_not_available, query_canceled, idle_in_transaction_session_timeout, deadlock_detected.
  '55P03': 'database-waits',
  '57014': 'database-waits',
  '25P03': 'database-waits',
  '40P01': 'database-waits',
}

const refuse = (code: OutageCode, cause: unknown): Problem =>
  Object.assign(databaseProblem(code, {}, { 'retry-after': String(comeAgain[code]) }), { cause })

/** How pg says that a connection has ended; it gives no code. */
const isLost = (message: string) =>
  /^Connection terminated|connection error and is not queryable|Client was closed and is not queryable/.test(message)

/** The refusal for what the database said, or its connection; undefined for anything else. */
export function findOutage(error: unknown): Problem | undefined {
  if (error instanceof Problem) return isOutage(error) ? error : undefined
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? codes[String(error.code)] : undefined
  if (code) return refuse(code, error)
  return isLost(error.message) ? refuse('database-away', error) : undefined
}

/** The refusal where no connection was to be had at all. */
export function outageOfConnecting(error: unknown): unknown {
  if (error instanceof Problem) return error
  // The pool's own words: all connections are taken, which is no outage.
  if (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message)) return error
  return findOutage(error) ?? refuse('database-away', error)
}

/** The refusal for what failed in a work whose connection is dead. */
export const outageOfLostConnection = (error: unknown): unknown =>
  error instanceof Problem ? error : (findOutage(error) ?? refuse('database-away', error))

export const isOutage = (error: unknown): error is Problem => error instanceof Problem && error.code in comeAgain

/** Whether a refusal tells that the whole database is out of order, rather than that somebody else holds one thing. */
export const isOfWholeDatabase = ({ code }: Problem): boolean => code !== 'database-waits'
