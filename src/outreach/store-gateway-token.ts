import { sql } from 'kysely'
import { newId } from '../platform/ids.ts'
import { seal, unseal } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'

/** What Zalo knows us by: the access token until its end, and the refresh token that is good once. */
export type GatewayToken = { readonly access: string; readonly refresh: string; readonly until: string }

/** The token of a channel, held until the work ends, so that one process alone renews it. */
export async function holdGatewayToken({ tx }: Work, channel: string): Promise<GatewayToken | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext(${`gateway token ${channel}`}))`.execute(tx)
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select id, sealed from outreach.gateway_token where channel = ${channel}`.execute(tx)
  const [row] = rows
  return row && (JSON.parse(unseal('gateway', row.id, row.sealed)) as GatewayToken)
}

export async function setGatewayToken({ tx, now }: Work, channel: string, token: GatewayToken): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from outreach.gateway_token where channel = ${channel}`.execute(tx)
  const id = rows[0]?.id ?? newId(now)
  await sql`
    insert into outreach.gateway_token (id, channel, sealed, renewed_at)
    values (${id}, ${channel}, ${seal('gateway', id, JSON.stringify(token))}, ${now})
    on conflict (channel) do update set sealed = excluded.sealed, renewed_at = excluded.renewed_at`.execute(tx)
}
