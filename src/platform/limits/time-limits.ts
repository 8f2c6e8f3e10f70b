import { findCaller } from './caller.ts'
import { timeLimits } from './law.ts'

/**
 * How long a work may keep the database: a statement, the wait for what another holds, and a transaction between two
 * statements. A request is waited for by a person, a job by nobody, and a command by an operator who can end it.
 */
export type TimeLimits = {
  /** Seconds; 0 is without end. */
  readonly statement: number
  readonly lock: number
  readonly idle: number
}

export type WorkKind = keyof typeof timeLimits

/** What a work belongs to: what serves a request is one, whoever acts in it. */
export const kindOfWork = (actor: string, isMaintenance: boolean): WorkKind =>
  isMaintenance || actor === 'operator' ? 'command' : findCaller() ? 'request' : 'job'

/** The settings of PostgreSQL by which it keeps the limits ("Client Connection Defaults"), in milliseconds. */
const settings = (limits: TimeLimits) =>
  Object.entries({
    statement_timeout: limits.statement,
    lock_timeout: limits.lock,
    idle_in_transaction_session_timeout: limits.idle,
  }).map(([name, seconds]) => ({ name, value: String(Math.round(seconds * 1000)) }))

export const limitsOf = (kind: WorkKind, statement?: number): TimeLimits => ({
  ...timeLimits[kind],
  ...(statement !== undefined && { statement }),
})

/** As statements of one message. */
export const setLimitsLocally = (limits: TimeLimits): string =>
  settings(limits)
    .map(({ name, value }) => `set local ${name} = ${value};`)
    .join(' ')

/** As one statement, for messages in which each is read by itself. */
export const statementOfLimits = (limits: TimeLimits): string =>
  `select ${settings(limits)
    .map(({ name, value }) => `set_config('${name}', '${value}', true)`)
    .join(', ')}`
