import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import { optedOut } from './message.ts'
import type { Message } from './store.ts'

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

export type RefusedMessage = Pick<
  Message,
  'id' | 'personId' | 'unitId' | 'template' | 'language' | 'kind' | 'aboutKind' | 'aboutId'
>

/**
 * What waits and may be refused ends here where the address that refuses it is one of its ways, former or to come: the
 * refusal is the person's. Gives what did. What is owed goes on.
 */
export async function endRefusableTo({ tx, now }: Work, address: string): Promise<RefusedMessage[]> {
  const way = JSON.stringify([{ address }])
  const { rows } = await sql<RefusedMessage>`
    update outreach.message m
    set state = 'undeliverable', code = ${optedOut}, next_at = null, ended_at = ${now}, sealed = null
    where m.refusable and m.state in ('queued', 'held', 'failed', 'to-print')
      and (m.address = ${address} or m.former_ways @> ${way}::jsonb or m.other_ways @> ${way}::jsonb)
    returning m.id, nullif(m.person_id, m.id) as "personId", m.unit_id as "unitId", m.template, m.language,
      m.recipient as kind, m.about_kind as "aboutKind", m.about_id as "aboutId"`.execute(tx)
  return rows
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
