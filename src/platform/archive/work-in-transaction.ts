import { Kysely, PostgresDialect } from 'kysely'
import type { Client, PoolClient } from 'pg'
import type { DB } from '../../../db/types.ts'
import { now } from '../clock.ts'
import { type Day, dayAt } from '../day.ts'
import { newId } from '../ids.ts'
import type { LawRows } from '../law.ts'
import { setLocally, settingsOfScope } from '../row-scope.ts'
import type { Authority, Work } from '../work.ts'

export type WorkInTransaction = {
  readonly today?: Day | undefined
  readonly lawRows?: LawRows | undefined
  /** Where audit seals the deeds, as in every work. */
  beforeCommit(work: Work): Promise<void>
}

/**
 * Runs `verb` as a work in the transaction that a client of the tables' owner has open already, whose commit is the
 * caller's. What a work does after its commit wakes listeners and forgets caches: there are none yet.
 */
export async function workInTransaction(
  client: Client,
  authority: Authority,
  { today, lawRows, beforeCommit }: WorkInTransaction,
  verb: (work: Work) => Promise<void>,
): Promise<void> {
  await client.query(setLocally(settingsOfScope(authority.scope)))
  const connection = { query: client.query.bind(client), release: () => undefined } as unknown as PoolClient
  const pool = { connect: async () => connection, end: async () => undefined, options: {} }
  const moment = now()
  const work: Work = {
    ...authority,
    id: newId<'work'>(moment),
    tx: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    now: moment,
    today: today ?? dayAt(moment),
    lawRows,
    deeds: [],
    readings: { count: 0, hash: undefined },
    afterCommit: [],
  }
  await verb(work)
  await beforeCommit(work)
}
