import { Client } from 'pg'
import { dataFolderProblem } from '../data-folder/problems.ts'
import { houseOwner } from './cluster.ts'
import { takeOver } from './ownership.ts'
import { ensureRoles, grantMaintenance } from './roles.ts'

/**
 * The installation's database in the embedded server, and the login that owns it. In a cluster of a former release the
 * superuser owned it: everything in it is given to the login, in one transaction, and the database itself last, as the
 * mark that it was done.
 */

async function within<T>(url: string, step: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await step(client)
  } finally {
    await client.end()
  }
}

async function makeOwner(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [houseOwner])
  if (rowCount === 0) await client.query(`create role ${houseOwner} login`)
  await ensureRoles(client, async () => '')
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  await client.query(grantMaintenance(Number(rows[0]?.server_version_num), houseOwner))
}

const lockNotAvailable = '55P03'

/** Throws data-folder-busy where another program works in the database, as that of a former release does. */
async function handOver(client: Client): Promise<void> {
  try {
    await client.query(`set lock_timeout = '20s'`)
    await client.query(takeOver(houseOwner, 'all'))
  } catch (error) {
    throw (error as { code?: string }).code === lockNotAvailable ? dataFolderProblem('data-folder-busy') : error
  }
}

/** Makes the database and its owner where they are not there. `urlOf`: a database's address by the superuser. */
export const readyDatabase = (urlOf: (database: string) => string, database: string): Promise<void> =>
  within(urlOf('postgres'), async client => {
    const { rows } = await client.query<{ owner: string }>(
      'select pg_get_userbyid(datdba)::text as owner from pg_database where datname = $1',
      [database],
    )
    const owner = rows[0]?.owner
    if (owner === houseOwner) return
    await makeOwner(client)
    if (owner === undefined) await client.query(`create database ${database} owner ${houseOwner}`)
    else {
      await within(urlOf(database), handOver)
      await client.query(`alter database ${database} owner to ${houseOwner}`)
    }
  })
