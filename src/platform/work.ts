import type { Hash } from 'node:crypto'
import { sql } from 'kysely'
import { noteDeeds, noteWork } from './activity.ts'
import { now } from './clock.ts'
import type { Day } from './day.ts'
import { dayAt } from './day.ts'
import {
  beginAhead,
  type Database,
  discardConnection,
  type KeptStatement,
  type MessageExtent,
  roles,
  runSimpleQuery,
  sendAhead,
  type Tx,
} from './db.ts'
import { type Id, newId } from './ids.ts'
import type { LawRows } from './law.ts'
import { databaseProblem, outageOfConnecting, outageOfLostConnection } from './problems-database.ts'
import {
  differenceOf,
  type ReadBack,
  type RowScope,
  type RowSettings,
  readBackStatement,
  readBackWith,
  setLocally,
  settingOfPerson,
  settingsOfScope,
  statementsOfSettings,
} from './row-scope.ts'

export type { RowScope } from './row-scope.ts'

export type ActorKind =
  | 'officer'
  | 'citizen'
  | 'party'
  | 'class-link'
  | 'group-link'
  | 'family-link'
  | 'receipt-holder'
  | 'station'
  | 'operator'
  | 'system'

/** The person, program or machine that is responsible for a work. */
export type Actor = { readonly kind: ActorKind; readonly id: string; readonly onBehalfOf?: string }

/** A change that was recorded in a work and is sealed last before commit. */
export type Deed = {
  readonly id: Id<'deed'>
  readonly deed: string
  readonly subject: {
    readonly kind: string
    readonly id: string
    readonly personId?: Id<'person'>
    /** Whose officers see the deed: an administrative unit, or a school. */
    readonly unitId?: Id<'unit' | 'school'>
  }
  readonly facts: Readonly<Record<string, unknown>>
}

/** The readings of personal data that a work has noted so far: how many, and the hash over them. */
export type NotedReadings = { count: number; hash: Hash | undefined }

/**
 * A unit of work: one database transaction with one instant and one responsible actor. It is the first argument of
 * every verb.
 */
export type Work = {
  readonly id: Id<'work'>
  readonly tx: Tx
  /** The instant of this work, read once; always real. */
  readonly now: Date
  /** The house's day: today, or a demonstration house's business day (house.md 9.4). */
  readonly today: Day
  /** The house's own rows of law, beside the built-in ones: `ruleOn(rule, day, work)`. */
  readonly lawRows?: LawRows | undefined
  readonly by: Actor
  /** The unit in which the actor acts, where there is one. */
  readonly unitId?: Id<'unit'>
  readonly scope: RowScope
  /**
   * A person whose own rows the work sees beside its scope: the citizen who is signed in, or a child they represent.
   */
  readonly ownOf?: Id<'person'>
  /** Why personal data are read: a code of docs/privacy.md. */
  readonly purpose: string
  readonly requestId?: string
  /** Statements that nobody waits for go with the next one in one message (docs/adr/0026). */
  readonly inMessages?: MessageExtent
  /** The version of the thing on which a page has somebody decide, as it was shown (`If-Match`). */
  readonly seen?: string
  readonly deeds: Deed[]
  /** One object for every copy of the work, as `deeds` is: all is sealed together, last before commit. */
  readonly readings: NotedReadings
  /** Run after the commit, never on rollback: waking a listener, not changing data. */
  readonly afterCommit: (() => void)[]
}

/** The authority a work runs under: the actor, the unit, the visible rows and the purpose. */
export type Authority = {
  readonly by: Actor
  readonly unitId?: Id<'unit'>
  readonly scope: RowScope
  readonly ownOf?: Id<'person'>
  readonly purpose: string
  readonly requestId?: string
  /** A capability of the whole work: `dinhdanh.<name>` is set to 'yes', and row-security policies test for it. */
  readonly opens?: 'in_sign_in_scope'
  /** After so many seconds the database ends a statement of it, which fails. */
  readonly seconds?: number
  /** Every statement sees one moment (repeatable read): what others commit meanwhile is not seen. */
  readonly sees?: 'one-moment'
  /**
   * For works of a few statements that are done hundreds of times a second: they are sent in as few messages as may be.
   * They read no cursor and copy nothing. A `whole` one reads by a single statement and changes nothing.
   */
  readonly inMessages?: MessageExtent
  /**
   * The work begins only while the database gives this text: what the authority was made from, such as a session that
   * was read some seconds ago, may have ended in another process. Throws AuthorityChanged.
   */
  readonly onlyWhile?: { readonly expression: string; readonly gives: string }
  /** Maintenance bypasses scope; reached only by import, backup, restore and migration verbs. */
  readonly role?: 'maintenance'
}

/** What an authority was made from is no longer so (`onlyWhile`); nothing of the work was done. */
export class AuthorityChanged extends Error {
  constructor() {
    super('what this authority was made from has changed since')
  }
}

export type OpenWork = <T>(authority: Authority, verb: (work: Work) => Promise<T>) => Promise<T>

/** How long a work may keep the database, in seconds; 0 is without end. */
export type TimeLimits = {
  /** One statement. */
  readonly statement: number
  /** The wait for what another work holds. */
  readonly lock: number
  /** The transaction, while nothing is asked in it. */
  readonly idle: number
}

/** The settings by which PostgreSQL keeps them ("Client Connection Defaults"), in milliseconds. */
const settingsOfLimits = ({ statement, lock, idle }: TimeLimits) =>
  Object.entries({
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idle,
  }).map(([name, seconds]) => ({ name, value: String(Math.round(seconds * 1000)) }))

/** As statements of one text. */
const setLimitsLocally = (limits: TimeLimits): string =>
  settingsOfLimits(limits)
    .map(({ name, value }) => `set local ${name} = ${value};`)
    .join(' ')

/** As one statement, for messages in which each is read by itself. */
const statementOfLimits = (limits: TimeLimits): string =>
  `select ${settingsOfLimits(limits)
    .map(({ name, value }) => `set_config('${name}', '${value}', true)`)
    .join(', ')}`

/**
 * Begins a transaction as a login with its settings, and reads back in the same message who it is and what it sees. The
 * scope is sent as literals, because `set_config` does not reach the shards of a distributed server (scale.md A). A
 * connection that is another's, or still has what somebody else set on it, is destroyed, and the work refused.
 */
async function begin(
  tx: Tx,
  user: string,
  settings: RowSettings,
  { sees, onlyWhile, limits }: Pick<Authority, 'sees' | 'onlyWhile'> & { readonly limits: TimeLimits },
): Promise<void> {
  const isolation = sees === 'one-moment' ? 'isolation level repeatable read' : ''
  const role = user === roles.maintenance ? `set local role ${roles.maintenance};` : ''
  const { rows } = await runSimpleQuery<ReadBack>(
    tx,
    `begin ${isolation}; set local time zone 'UTC'; ${setLimitsLocally(limits)} ${role} ${setLocally(settings)}
     ${onlyWhile ? readBackWith(onlyWhile.expression) : readBackStatement}`,
  )
  const difference = differenceOf(rows[0], user, settings)
  if (difference) throw databaseProblem('database-connection-foreign', { difference })
  if (onlyWhile && rows[0]?.standing !== onlyWhile.gives) throw new AuthorityChanged()
}

/**
 * The same, with the work's first statement in one message: where BEGIN fails, or what is set, the server passes over
 * that statement; where the connection is another's, what it gave is dropped.
 */
async function beginInMessage(
  tx: Tx,
  user: string,
  settings: RowSettings,
  {
    sees,
    limits,
    inMessages = 'first-statement',
  }: Pick<Authority, 'sees' | 'inMessages'> & { readonly limits: TimeLimits },
): Promise<{ readonly isBegun: boolean }> {
  const state = { isBegun: false }
  const statements = [
    {
      text: [
        'begin',
        ...(sees === 'one-moment' ? ['isolation level repeatable read'] : []),
        ...(inMessages === 'whole' ? ['read only'] : []),
      ].join(' '),
      isKept: true,
    },
    { text: `set local time zone 'UTC'`, isKept: true },
    { text: statementOfLimits(limits), isKept: true },
    ...statementsOfSettings(settings).map(text => ({ text })),
    {
      text: readBackStatement,
      isKept: true,
      take([found]: readonly unknown[]) {
        const difference = differenceOf(found as ReadBack | undefined, user, settings)
        if (difference) throw databaseProblem('database-connection-foreign', { difference })
        state.isBegun = true
      },
    },
  ]
  await beginAhead(tx, statements, inMessages)
  return state
}

/** Runs a statement of a store for whose result nobody waits: at once, or in a message with the next one. */
export async function runAhead<Row>(
  { tx, inMessages }: Pick<Work, 'tx' | 'inMessages'>,
  statement: KeptStatement<Row>,
  take: (rows: readonly Row[]) => void = () => undefined,
): Promise<void> {
  const { sql: text, parameters: values } = statement.query
  if (!inMessages) return take((await statement.execute(tx)).rows)
  sendAhead(tx, { text, values, isKept: true, take: rows => take(rows as readonly Row[]) })
}

/**
 * Who has no account and acts for one person: whatever such a work sees, the database lets it write rows of `ownOf`
 * alone, and of nobody where the link or the receipt is not theirs (`families.own_person`).
 */
const writesOwnAlone: ReadonlySet<ActorKind> = new Set(['family-link', 'receipt-holder'])

/** A work that is committed with its first statement has sealed nothing. */
function assertNothingChanged({ deeds, readings }: Work, { isBegun }: { readonly isBegun: boolean }): void {
  if (!isBegun || deeds.length > 0 || readings.count > 0)
    throw new Error('a work in one message reads by one statement, and has no deed and no reading')
}

/**
 * Makes the function that opens works on a database: as the application's login, or as the maintenance role on the
 * owner's. `beforeCommit` is where audit seals the deeds; no work commits without it.
 */
export function makeOpenWork(
  database: Pick<Database, 'kysely' | 'maintenance'>,
  {
    beforeCommit,
    businessDay,
    lawRows,
    onCommitted,
    onFailed,
    timeLimits = () => ({ statement: 0, lock: 0, idle: 0 }),
    inTurn = step => step(),
  }: {
    beforeCommit(work: Work): Promise<void>
    /** Awaited before the result is given: what must be outside the database before anybody is told. */
    onCommitted?(work: Pick<Work, 'deeds' | 'readings' | 'now'>): Promise<void>
    /** Is told of each work that failed, of whatever kind. */
    onFailed?(error: unknown): void
    /** How long a work may keep the database, where it does not say it of itself. */
    timeLimits?(authority: Pick<Authority, 'by' | 'role'>): TimeLimits
    /** Waits for a connection in the line of whoever asks (limits/turns.ts). Works of maintenance have their own. */
    inTurn?<T>(step: () => Promise<T>): Promise<T>
    businessDay(): Day | undefined
    readonly lawRows?: LawRows | undefined
  },
): OpenWork {
  async function openNow<T>(authority: Authority, verb: (work: Work) => Promise<T>) {
    const moment = now()
    const today = businessDay() ?? dayAt(moment)
    const isMaintenance = authority.role === 'maintenance'
    const settings = {
      // Nobody accepts what they opened themselves: the database knows who acts.
      actor: authority.by.id,
      ...settingsOfScope(authority.scope),
      ...settingOfPerson(authority.ownOf),
      ...(writesOwnAlone.has(authority.by.kind) && { writes_own_on: today }),
      ...(authority.opens && { [authority.opens]: 'yes' }),
    }
    let isConnected = false
    const connected = async (tx: Tx) => {
      isConnected = true
      const user = isMaintenance ? roles.maintenance : roles.application
      const { sees, seconds, inMessages, onlyWhile } = authority
      if (inMessages && onlyWhile) throw new TypeError('a work in few messages compares nothing as it begins')
      const limits = { ...timeLimits(authority), ...(seconds !== undefined && { statement: seconds }) }
      const begun = inMessages
        ? await beginInMessage(tx, user, settings, { sees, inMessages, limits })
        : await begin(tx, user, settings, { sees, onlyWhile, limits }).then(
            () => ({ isBegun: true }),
            async error => {
              if (error instanceof AuthorityChanged) await sql`rollback`.execute(tx)
              else await discardConnection(tx)
              throw error
            },
          )
      const { role: _role, opens: _opens, sees: _sees, seconds: _seconds, onlyWhile: _onlyWhile, ...rest } = authority
      const work: Work = {
        ...rest,
        id: newId<'work'>(moment),
        tx,
        now: moment,
        today,
        lawRows,
        deeds: [],
        readings: { count: 0, hash: undefined },
        afterCommit: [],
      }
      try {
        const result = await verb(work)
        if (inMessages === 'whole') assertNothingChanged(work, begun)
        else {
          await beforeCommit(work)
          const { rows } = await sql<{ command: string }>`commit`.execute(tx)
          // A transaction in which a statement failed, and nobody asked, is rolled back by its COMMIT.
          if (inMessages && rows[0]?.command !== 'COMMIT') throw new Error('the transaction had failed before its end')
        }
        return { result, work }
      } catch (error) {
        if (!begun.isBegun) await discardConnection(tx)
        // Where it cannot be rolled back the connection itself has failed, and with it the transaction.
        else await sql`rollback`.execute(tx).catch(() => Promise.reject(outageOfLostConnection(error)))
        throw error
      }
    }
    const place = isMaintenance ? database.maintenance : database.kysely
    return place
      .connection()
      .execute(connected)
      .catch((error: unknown) => Promise.reject(isConnected ? error : outageOfConnecting(error)))
  }
  return async (authority, verb) => {
    const open = () => openNow(authority, verb)
    const step = () => (authority.role === 'maintenance' ? open() : inTurn(open))
    const opened = await noteWork(authority, step).catch((error: unknown) => {
      onFailed?.(error)
      throw error
    })
    noteDeeds(opened.work.deeds)
    for (const after of opened.work.afterCommit) after()
    await onCommitted?.(opened.work)
    return opened.result
  }
}

/** The same work with its instant read again, after it waited for others: what it writes then comes after theirs. */
export const atThisMoment = (work: Work): Work => ({ ...work, now: now() })

/**
 * Runs `verb` with some units or schools added to the work's scope; the caller has checked that an open case grants
 * them. Afterwards the work has its own scope again.
 */
export async function withAddedScope<T>(
  work: Work,
  more: readonly Id<'unit' | 'school'>[],
  verb: (work: Work) => Promise<T>,
): Promise<T> {
  if (work.scope === 'house') return verb(work)
  const own = work.scope === 'none' ? [] : work.scope.units
  const scope = { ...(work.scope !== 'none' && work.scope), units: [...new Set([...own, ...more])] }
  const see = (units: readonly Id<'unit' | 'school'>[]) =>
    runSimpleQuery(work.tx, setLocally(settingsOfScope({ units })))
  await see(scope.units)
  try {
    const result = await verb({ ...work, scope })
    await see(own)
    return result
  } catch (error) {
    // A failed transaction reads nothing more; after a refusal the work may continue.
    await see(own).catch(() => undefined)
    throw error
  }
}

/**
 * Runs `verb` with the scope of the whole installation within an officer's work. Only for counts, which show no person.
 * Afterwards the work has its own scope again.
 */
export async function withHouseScope<T>(work: Work, verb: (work: Work) => Promise<T>): Promise<T> {
  if (work.scope === 'house') return verb(work)
  const see = (whole: boolean) => runSimpleQuery(work.tx, setLocally({ sees: whole ? 'house' : '' }))
  await see(true)
  try {
    const result = await verb({ ...work, scope: 'house' })
    await see(false)
    return result
  } catch (error) {
    await see(false).catch(() => undefined)
    throw error
  }
}

/**
 * Runs `verb` so that cards and accounts are seen also of people whom an open case lets be compared alone: to count and
 * list what people still need, and for nothing else. Afterwards the work sees as before.
 */
export async function withNeeds<T>(work: Work, verb: (work: Work) => Promise<T>): Promise<T> {
  const see = (needs: boolean) => runSimpleQuery(work.tx, setLocally({ needs: needs ? 'yes' : '' }))
  await see(true)
  try {
    const result = await verb(work)
    await see(false)
    return result
  } catch (error) {
    await see(false).catch(() => undefined)
    throw error
  }
}

/** The authority of the installation itself: for scheduled jobs, and for a person who has no session yet. */
export const asSystem = (purpose: string, scope: RowScope = 'house', onBehalfOf?: string): Authority => ({
  by: { kind: 'system', id: 'house', ...(onBehalfOf && { onBehalfOf }) },
  scope,
  purpose,
})
