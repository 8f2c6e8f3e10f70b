/**
 * The application's own login: where its password is kept, and that it may do no more than it should. Row-level
 * security is worth what this login is worth, so a house does not open with one that owns, inherits or bypasses.
 */

import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { Client } from 'pg'
import { giveToFolderOwner } from '../data-folder/owner.ts'
import { applicationUrl, roles } from '../db.ts'
import { databaseProblem } from '../problems-database.ts'
import { placeOfKey } from '../settings/secrets.ts'

const passwordFile = (folder: string) => placeOfKey(folder, 'database-app.password').path

const readPassword = (folder: string): Promise<string> =>
  readFile(passwordFile(folder), 'utf8').then(
    text => text.trim(),
    (error: unknown) => {
      if ((error as { code?: string }).code === 'ENOENT') return ''
      throw error
    },
  )

/** A new password in the data folder's keys, for its owner alone; the one that lies there, if one does. */
export async function makePassword(folder: string): Promise<string> {
  const kept = await readPassword(folder)
  if (kept) return kept
  const password = randomBytes(32).toString('base64url')
  await writeFile(passwordFile(folder), `${password}\n`, { mode: 0o600, flag: 'wx' })
  await giveToFolderOwner(passwordFile(folder))
  return password
}

/** The address for the application where nobody gave one: the owner's place, with the password kept in the folder. */
export const keptApplicationUrl = async (ownerUrl: string, folder: string) =>
  applicationUrl(ownerUrl, await readPassword(folder))

type Login = {
  readonly user: string
  readonly powers: readonly string[]
  readonly place: string
}

/** In SQL: the database and the run of its server, the same by whatever way it is reached. */
export const placeOfDatabase = `current_database() || ' ' || pg_postmaster_start_time()`

/** What a login may do beyond its grants, as words for an operator. Temporary tables are no possession. */
const loginQuery = `
  select current_user::text as "user", ${placeOfDatabase} as place,
    array_remove(array[
      case when rolsuper then 'superuser' end,
      case when rolbypassrls then 'bypassrls' end,
      case when rolcreaterole then 'createrole' end,
      case when rolcreatedb then 'createdb' end,
      case when rolreplication then 'replication' end,
      (select 'member of ' || string_agg(roleid::regrole::text, ', ') from pg_auth_members where member = r.oid),
      (select 'owner of ' || min(c.oid::regclass::text) from pg_class c
        where c.relowner = r.oid and c.relpersistence <> 't' and c.relnamespace::regnamespace::text !~ '^pg_'),
      (select 'owner of schema ' || min(nspname) from pg_namespace where nspowner = r.oid),
      (select 'owner of function ' || min(p.oid::regproc::text) from pg_proc p where p.proowner = r.oid),
      (select 'owner of database ' || min(datname) from pg_database where datdba = r.oid)
    ], null) as powers
  from pg_roles r where r.rolname = current_user`

async function queryOnce<Row extends object>(url: string, text: string): Promise<Row | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: 'dinhdanh login check',
    connectionTimeoutMillis: 10_000,
  })
  try {
    await client.connect()
    return (await client.query<Row>(text)).rows[0]
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Why the application's login does not enter by an address, in the server's words; undefined where it does. */
export const whyRefused = (appUrl: string): Promise<string | undefined> =>
  queryOnce(appUrl, 'select').then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

/**
 * Refuses an application's address that does not lead into the owner's database, or whose login is not the
 * application's, or may do more than its grants say.
 */
export async function checkApplicationLogin(ownerUrl: string, appUrl: string): Promise<void> {
  const login = await queryOnce<Login>(appUrl, loginQuery).catch((error: unknown) => {
    throw databaseProblem('database-login-missing', {
      statement: `alter role ${roles.application} login password '…';`,
      cause: error instanceof Error ? error.message : String(error),
    })
  })
  const owner = await queryOnce<{ place: string }>(ownerUrl, `select ${placeOfDatabase} as place`)
  const found = [
    ...(login?.user === roles.application ? [] : [`login "${login?.user}"`]),
    ...(login?.powers ?? []),
    ...(login?.place === owner?.place ? [] : ['another database than that of DATABASE_URL']),
  ]
  if (found.length) throw databaseProblem('database-login-too-strong', { found })
}
