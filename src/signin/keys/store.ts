import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

export type KeyRow = {
  readonly kid: string
  readonly publicJwk: Readonly<Record<string, unknown>>
  readonly sealed: Buffer
  readonly madeAt: Date
  readonly activeAt: Date | null
  readonly retiredAt: Date | null
}

/** The published keys: next, active, and retired ones whose signatures may still count. */
export async function findPublishedKeys({ tx }: Work): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select kid, public_jwk as "publicJwk", sealed, made_at as "madeAt", active_at as "activeAt",
      retired_at as "retiredAt"
    from signin.key where gone_at is null order by made_at`.execute(tx)
  return rows
}

/** One process at a time changes the keys. */
export const holdKeys = async ({ tx }: Work): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('signin.key', 0))`.execute(tx)
}

export async function insertKey({ tx }: Work, { kid, publicJwk, sealed, madeAt, activeAt }: KeyRow): Promise<void> {
  await sql`
    insert into signin.key (kid, public_jwk, sealed, made_at, active_at)
    values (${kid}, ${JSON.stringify(publicJwk)}::jsonb, ${sealed}, ${madeAt}, ${activeAt})`.execute(tx)
}

export async function activateKey({ tx, now }: Work, kid: string): Promise<void> {
  await sql`update signin.key set active_at = ${now} where kid = ${kid}`.execute(tx)
}

export async function retireKey({ tx, now }: Work, kid: string): Promise<void> {
  await sql`update signin.key set retired_at = ${now} where kid = ${kid}`.execute(tx)
}

/** Deletes keys retired before an instant, with their private part. */
export async function deleteKeys({ tx, now }: Work, retiredBefore: Date): Promise<string[]> {
  const { rows } = await sql<{ kid: string }>`
    update signin.key set gone_at = ${now}, sealed = ''::bytea where gone_at is null and retired_at < ${retiredBefore}
    returning kid`.execute(tx)
  return rows.map(({ kid }) => kid)
}
