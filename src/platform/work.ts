import { sql } from 'kysely'
import { now } from './clock.ts'
import type { Day } from './day.ts'
import { dayAt } from './day.ts'
import { type Database, roles, runSimpleQuery, type Tx } from './db.ts'
import { type Id, newId } from './ids.ts'
import type { LawRows } from './law.ts'
import { ownSetting, type RowScope, scopeSettings } from './row-scope.ts'

export type { RowScope } from './row-scope.ts'

export type ActorKind = 'officer' | 'citizen' | 'party' | 'class-link' | 'station' | 'operator' | 'system'

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
  readonly deeds: Deed[]
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
  /** Maintenance bypasses scope; reached only by import, backup, restore and migration verbs. */
  readonly role?: 'maintenance'
}

export type OpenWork = <T>(authority: Authority, verb: (work: Work) => Promise<T>) => Promise<T>

/**
 * Makes the function that opens works on a database. The scope is sent as literals in one message with BEGIN, because
 * `set_config` does not reach the shards of a distributed server (scale.md A). `beforeCommit` is where audit seals the
 * deeds; no work commits without it.
 */
export function makeOpenWork(
  database: Pick<Database, 'kysely'>,
  {
    beforeCommit,
    businessDay,
    lawRows,
  }: {
    beforeCommit(work: Work): Promise<void>
    businessDay(): Day | undefined
    readonly lawRows?: LawRows | undefined
  },
): OpenWork {
  return async (authority, verb) => {
    const moment = now()
    const opened = await database.kysely.connection().execute(async tx => {
      const role = authority.role === 'maintenance' ? `set local role ${roles.maintenance};` : ''
      const door = authority.opens ? `set local dinhdanh.${authority.opens} = 'yes';` : ''
      await runSimpleQuery(
        tx,
        `begin; ${role} ${scopeSettings(authority.scope)} ${ownSetting(authority.ownOf)} ${door}`,
      ).catch(async error => {
        await sql`rollback`.execute(tx).catch(() => undefined)
        throw error
      })
      const { role: _role, opens: _opens, ...rest } = authority
      const work: Work = {
        ...rest,
        id: newId<'work'>(moment),
        tx,
        now: moment,
        today: businessDay() ?? dayAt(moment),
        lawRows,
        deeds: [],
        afterCommit: [],
      }
      try {
        const result = await verb(work)
        await beforeCommit(work)
        await sql`commit`.execute(tx)
        return { result, afterCommit: work.afterCommit }
      } catch (error) {
        // The connection itself may have failed; the first error is the useful one.
        await sql`rollback`.execute(tx).catch(() => undefined)
        throw error
      }
    })
    for (const step of opened.afterCommit) step()
    return opened.result
  }
}

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
  const scope = { units: [...new Set([...own, ...more])] }
  const see = (units: readonly Id<'unit' | 'school'>[]) => runSimpleQuery(work.tx, scopeSettings({ units }))
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
  const see = (whole: boolean) => runSimpleQuery(work.tx, `set local dinhdanh.sees = '${whole ? 'house' : ''}';`)
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

/** The authority of the installation itself: for scheduled jobs, and for a person who has no session yet. */
export const asSystem = (purpose: string, scope: RowScope = 'house', onBehalfOf?: string): Authority => ({
  by: { kind: 'system', id: 'house', ...(onBehalfOf && { onBehalfOf }) },
  scope,
  purpose,
})
