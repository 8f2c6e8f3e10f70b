import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

export type OptOutWay = 'text' | 'page' | 'officer'

/** Whether the address had not refused before. */
export async function insertOptOut({ tx, now }: Work, address: string, how: OptOutWay): Promise<boolean> {
  const { rows } = await sql`
    insert into outreach.opt_out (address, how, since) values (${address}, ${how}, ${now})
    on conflict do nothing returning address`.execute(tx)
  return rows.length > 0
}

export async function deleteOptOut({ tx }: Work, address: string): Promise<boolean> {
  const { rows } = await sql`delete from outreach.opt_out where address = ${address} returning address`.execute(tx)
  return rows.length > 0
}

/** Since when, and how, an address refuses what may be refused. */
export async function findOptOut(
  { tx }: Work,
  address: string,
): Promise<{ readonly how: OptOutWay; readonly since: Date } | undefined> {
  const { rows } = await sql<{ how: OptOutWay; since: Date }>`
    select how, since from outreach.opt_out where address = ${address}`.execute(tx)
  return rows[0]
}

/** Those of some addresses that refused what may be refused. */
export async function refusingAddresses({ tx }: Work, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set()
  const { rows } = await sql<{ address: string }>`
    select address from outreach.opt_out where address = any (${[...addresses]}::text[])`.execute(tx)
  return new Set(rows.map(({ address }) => address))
}
