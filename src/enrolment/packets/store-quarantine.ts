import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { cameOtherwise, otherPacket } from '../store-other-packet.ts'
import type { QuarantineState } from './contract-quarantine.ts'
import { type PacketRow, packetColumns } from './store.ts'

/** Packets without an application in four lists: held, refused, set aside, and those of people who were turned away. */

const stateCondition: Readonly<Record<QuarantineState, RawBuilder<unknown>>> = {
  held: sql`p.state = 'held'`,
  refused: sql`p.state = 'refused' and p.decided_by is null and not ${cameOtherwise}`,
  'set-aside': sql`(p.state = 'set-aside' or p.state = 'refused' and (p.decided_by is not null or ${cameOtherwise}))`,
  'turned-away': sql`p.turned_away is not null`,
}

/** The lists of what is over, the latest first. */
const overLists: readonly QuarantineState[] = ['set-aside', 'turned-away']

export type QuarantinedPacket = PacketRow & {
  readonly code: string
  /** Since when it is in its list. */
  readonly since: Date
  /** The counter of the packet in which the capture came, if this one is not here. */
  readonly cameAs: number | null
}

export type QuarantinePosition = { readonly since: string; readonly hash: string; readonly station: string }

/** A page of a list, the longest waiting first; of what is over the latest first. */
export async function findQuarantinedPackets(
  { tx }: Work,
  { state, after }: { readonly state: QuarantineState; readonly after?: QuarantinePosition | undefined },
  limit: number,
): Promise<QuarantinedPacket[]> {
  const since = state === 'set-aside' ? sql`coalesce(p.decided_at, p.announced_at)` : sql`p.announced_at`
  const [further, order] = overLists.includes(state) ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  const following = after
    ? sql`and (${since}, p.hash, p.station_id) ${further}
        (${after.since}::timestamptz, decode(${after.hash}, 'hex'), ${after.station}::uuid)`
    : sql``
  const { rows } = await sql<QuarantinedPacket>`
    select ${packetColumns}, s.code, ${since} as since,
           case p.state when 'refused' then (select max(o.counter) ${otherPacket}) end as "cameAs"
    from enrolment.packet p join enrolment.station s on s.id = p.station_id
    where ${stateCondition[state]} ${following} order by ${since} ${order}, p.hash ${order}, p.station_id ${order}
    limit ${limit}`.execute(tx)
  return rows
}

/** How many are in each list. */
export async function countQuarantined({ tx }: Work): Promise<Record<QuarantineState, number>> {
  const { rows } = await sql<Record<QuarantineState, number>>`
    select count(*) filter (where ${stateCondition.held})::integer as held,
      count(*) filter (where ${stateCondition.refused})::integer as refused,
      count(*) filter (where ${stateCondition['set-aside']})::integer as "set-aside",
      count(*) filter (where ${stateCondition['turned-away']})::integer as "turned-away"
    from enrolment.packet p where p.state in ('held', 'refused', 'set-aside') or p.turned_away is not null`.execute(tx)
  return rows[0] ?? { held: 0, refused: 0, 'set-aside': 0, 'turned-away': 0 }
}
