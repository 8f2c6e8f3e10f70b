/**
 * Whether an address leads to the server itself or through a pooler, how that pools, and what therefore is not sent by
 * it. Notices of jobs, session settings and locks of a session need one session from end to end: they have the direct
 * address. Works need none, since all that they set ends with their transaction.
 */

import { randomUUID } from 'node:crypto'
import { Client, DatabaseError, escapeIdentifier } from 'pg'
import type { KeptPlans } from '../db.ts'
import { databaseProblem } from '../problems-database.ts'
import { placeOfDatabase } from './application-login.ts'

/** Whose connection to the server a client has until when: for good, or of its own for a session, and so on. */
export type AddressRoute = {
  readonly pools: 'not' | 'by-session' | 'by-transaction' | 'by-statement'
  /** Whether a statement that was prepared once is there in later transactions. */
  readonly carriesPlans: boolean
}

/** How long a pooler may take to give a connection, in ms, before it is said to have too few. */
const patience = 10_000

async function connect(url: string, setting: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'dinhdanh address check',
    connectionTimeoutMillis: patience,
    query_timeout: patience,
  })
  // A pooler that refuses a statement may close the connection behind it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    throw databaseProblem('database-unreachable', { setting, cause: error instanceof Error ? error.message : error })
  }
}

const pidQuery = 'select pg_backend_pid() as pid'

async function backendOf(client: Client, setting: string): Promise<number> {
  try {
    return (await client.query<{ pid: number }>(pidQuery)).rows[0]?.pid ?? 0
  } catch (error) {
    throw databaseProblem('database-pooler-full', { setting, cause: error instanceof Error ? error.message : error })
  }
}

/** A pooler answers in the server's place, and gives its clients keys of its own. */
const isServerItself = (client: Client, backend: number) =>
  (client as unknown as { processID: number | null }).processID === backend

/** A pooler that carries statements over gives them names of its own. None is left on a connection that others get. */
async function carriesPlans(client: Client): Promise<boolean> {
  const name = `dinhdanh ${randomUUID()}`
  await client.query('begin')
  const { rows } = await client.query<{ known: boolean }>({
    name,
    text: 'select exists (select from pg_prepared_statements where name = $1) as known',
    values: [name],
  })
  const isVerbatim = rows[0]?.known === true
  if (isVerbatim) await client.query(`deallocate ${escapeIdentifier(name)}`)
  await client.query('commit')
  return !isVerbatim
}

/** In how many clients and rounds two transactions show that they share connections: more than poolers in a row. */
const [clientsAtOnce, rounds] = [4, 3]

/** Clients that are there at the same time have each its own connection for good, unless transactions share them. */
async function sharesConnections(url: string, setting: string): Promise<boolean> {
  const clients: Client[] = []
  const first: number[] = []
  try {
    for (let round = 0; round < rounds; round++)
      for (let at = 0; at < clientsAtOnce; at++) {
        const client = clients[at] ?? (await connect(url, setting))
        clients[at] = client
        const backend = await backendOf(client, setting)
        const others = first.filter((_, other) => other !== at)
        if ((first[at] ?? backend) !== backend || others.includes(backend)) return true
        first[at] = backend
      }
    return false
  } finally {
    await Promise.all(clients.map(client => client.end().catch(() => undefined)))
  }
}

/** Only a pooler refuses a transaction, where it is begun by itself, and closes the connection. */
const takesTransactions = (client: Client): Promise<boolean> =>
  client.query('begin').then(
    () => client.query('rollback').then(() => true),
    (error: unknown) => {
      if (error instanceof DatabaseError) return false
      throw error
    },
  )

/** Looks at an address, of the setting that a refusal names. Throws database-unreachable, database-pooler-full. */
export async function lookAtAddress(url: string, setting: string): Promise<AddressRoute> {
  const client = await connect(url, setting)
  try {
    if (isServerItself(client, await backendOf(client, setting))) return { pools: 'not', carriesPlans: true }
    if (!(await takesTransactions(client))) return { pools: 'by-statement', carriesPlans: false }
    if (!(await sharesConnections(url, setting))) return { pools: 'by-session', carriesPlans: true }
    return { pools: 'by-transaction', carriesPlans: await carriesPlans(client) }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Which plans are kept on connections of a route. */
export const plansBy = ({ carriesPlans }: AddressRoute): KeptPlans => (carriesPlans ? 'marked' : 'none')

/** Looks at the address of works. Throws database-pooled-by-statement too, since a work is a transaction. */
export async function lookAtAddressOfWorks(url: string, setting: string): Promise<AddressRoute> {
  const route = await lookAtAddress(url, setting)
  if (route.pools === 'by-statement') throw databaseProblem('database-pooled-by-statement', { setting })
  return route
}

type OwnersPlace = { readonly login: string; readonly place: string }

async function ownersPlace(url: string, setting: string): Promise<OwnersPlace | undefined> {
  const client = await connect(url, setting)
  const text = `select current_user::text as login, ${placeOfDatabase} as place`
  return client
    .query<OwnersPlace>(text)
    .then(({ rows }) => rows[0])
    .finally(() => client.end())
}

/**
 * The owner's two addresses: that of works of maintenance, and the direct one of all else, which is the same where
 * nobody gave another. Throws database-direct-address-missing where no session leads through, and
 * database-direct-address-elsewhere where the two are not one login in one database.
 */
export async function openOwnersAddresses({
  databaseUrl,
  databaseDirectUrl,
}: {
  readonly databaseUrl: string
  readonly databaseDirectUrl: string
}): Promise<{ readonly direct: string; readonly forMaintenance: { readonly url: string; readonly plans: KeptPlans } }> {
  const route = await lookAtAddressOfWorks(databaseUrl, 'DATABASE_URL')
  const forMaintenance = { url: databaseUrl, plans: plansBy(route) }
  if (!databaseDirectUrl) {
    if (route.pools === 'by-transaction')
      throw databaseProblem('database-direct-address-missing', { pooled: 'DATABASE_URL' })
    return { direct: databaseUrl, forMaintenance }
  }
  const direct = await lookAtAddress(databaseDirectUrl, 'DATABASE_DIRECT_URL')
  if (direct.pools === 'by-transaction' || direct.pools === 'by-statement')
    throw databaseProblem('database-direct-address-missing', { pooled: 'DATABASE_DIRECT_URL' })
  const [one, other] = [
    await ownersPlace(databaseUrl, 'DATABASE_URL'),
    await ownersPlace(databaseDirectUrl, 'DATABASE_DIRECT_URL'),
  ]
  if (one?.login !== other?.login || one?.place !== other?.place)
    throw databaseProblem('database-direct-address-elsewhere', { logins: [one?.login, other?.login] })
  return { direct: databaseDirectUrl, forMaintenance }
}
