import { type Database, runSimpleQuery, type Tx } from '../db.ts'

/** How a login entered: by what it proved who it is. `trust`: by nothing, as over the embedded server's own socket. */
export type WayIn = 'certificate' | 'system-user' | 'password' | 'trust' | 'other'

const ways: Readonly<Record<string, WayIn>> = {
  cert: 'certificate',
  peer: 'system-user',
  'scram-sha-256': 'password',
  md5: 'password',
  password: 'password',
}

/** SYSTEM_USER is known since PostgreSQL 16; before, a certificate that the server verified is all that shows. */
async function wayOf(tx: Tx): Promise<WayIn> {
  const { rows } = await runSimpleQuery<{ version: number; dn: string | null }>(
    tx,
    `select current_setting('server_version_num')::int as version,
       (select client_dn from pg_stat_ssl where pid = pg_backend_pid()) as dn`,
  )
  const { version = 0, dn = null } = rows[0] ?? {}
  if (version < 160_000) return dn ? 'certificate' : 'other'
  const known = await runSimpleQuery<{ method: string | null }>(tx, `select split_part(system_user, ':', 1) as method`)
  const method = known.rows[0]?.method
  return method ? (ways[method] ?? 'other') : 'trust'
}

/** How the owner's login and the application's entered the database. */
export const waysIn = async ({ maintenance, kysely }: Database) => ({
  owner: await wayOf(maintenance),
  application: await wayOf(kysely),
})
