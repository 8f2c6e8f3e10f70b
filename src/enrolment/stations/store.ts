import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PublicKeyJwk } from './contract.ts'

export type Station = {
  readonly id: string
  readonly unitId: Id<'unit'>
  readonly code: string
  readonly name: string
  readonly publicKey: PublicKeyJwk
  readonly registeredAt: Date
  readonly revokedAt: Date | null
  readonly head: number
  readonly reportedAt: Date | null
  readonly clockOff: number | null
}

const stationColumns =
  sql.raw(`s.id, s.unit_id as "unitId", s.code, s.name, s.public_key as "publicKey", s.registered_at as "registeredAt",
  s.revoked_at as "revokedAt", s.head, s.reported_at as "reportedAt", s.clock_off as "clockOff"`)

/** The next number of a unit's stations; two at once wait for each other. */
export async function findNextNumber({ tx }: Work, unitId: Id<'unit'>): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into enrolment.station_number as n (unit_id, last) values (${unitId}, 1)
    on conflict (unit_id) do update set last = n.last + 1 returning last`.execute(tx)
  return rows[0]?.last ?? 1
}

/** False if the key belongs to a station already. */
export async function insertStation(
  { tx, now, by }: Work,
  { id, unitId, code, name, publicKey }: Pick<Station, 'id' | 'unitId' | 'code' | 'name' | 'publicKey'>,
  thumbprint: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into enrolment.station (id, unit_id, code, name, public_key, thumbprint, registered_by, registered_at)
    values (${id}, ${unitId}, ${code}, ${name}, ${JSON.stringify(publicKey)}, ${thumbprint}, ${by.id}, ${now})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function findStationRow({ tx }: Work, id: string): Promise<Station | undefined> {
  const { rows } = await sql<Station>`select ${stationColumns} from enrolment.station s where s.id = ${id}`.execute(tx)
  return rows[0]
}

/**
 * Which stations may capture, each with when it reported last, or was registered; those silent for longest first, and
 * so many at most.
 */
export async function findActiveStations({ tx }: Work, limit: number): Promise<{ id: string; seenAt: Date }[]> {
  const { rows } = await sql<{ id: string; seenAt: Date }>`
    select id, coalesce(reported_at, registered_at) as "seenAt"
    from enrolment.station where revoked_at is null order by "seenAt", id limit ${limit}`.execute(tx)
  return rows
}

/** How many stations may capture, and how many of them have reported nothing for some hours. */
export async function countActiveStations(
  { tx, now }: Work,
  unseenHours: number,
): Promise<{ readonly active: number; readonly unseen: number }> {
  const since = new Date(now.getTime() - unseenHours * 3_600_000)
  const { rows } = await sql<{ active: number; unseen: number }>`
    select count(*)::integer as active,
      (count(*) filter (where coalesce(reported_at, registered_at) < ${since}))::integer as unseen
    from enrolment.station where revoked_at is null`.execute(tx)
  return rows[0] ?? { active: 0, unseen: 0 }
}

/** The station, locked: its packets are received one after another, so that its chain is checked as a whole. */
export async function holdStationRow({ tx }: Work, id: string): Promise<Station | undefined> {
  const { rows } =
    await sql<Station>`select ${stationColumns} from enrolment.station s where s.id = ${id} for no key update`.execute(
      tx,
    )
  return rows[0]
}

export async function setStationRevoked({ tx, now, by }: Work, id: string, reason: string): Promise<void> {
  await sql`update enrolment.station set revoked_at = ${now}, revoked_by = ${by.id}, revoked_reason = ${reason}
    where id = ${id}`.execute(tx)
}

/** What the station reported about itself; an older manifest does not reset it. */
export async function updateHead(
  { tx, now }: Work,
  id: string,
  { head, headHash, clockOff }: { readonly head: number; readonly headHash: string | null; readonly clockOff?: number },
): Promise<void> {
  await sql`
    update enrolment.station set reported_at = ${now}, clock_off =
             case when ${head} >= head then coalesce(${clockOff ?? null}::integer, clock_off) else clock_off end,
           head = greatest(head, ${head}), head_hash =
             case when ${head} >= head then decode(${headHash}, 'hex') else head_hash end
    where id = ${id}`.execute(tx)
}

export type StationCounts = { readonly received: number; readonly missing: number; readonly held: number }

export async function findStations({ tx }: Work): Promise<(Station & StationCounts)[]> {
  const { rows } = await sql<Station & StationCounts>`
    select ${stationColumns}, coalesce(p.received, 0) as received, coalesce(p.held, 0) as held,
           greatest(s.head - coalesce(p.numbers, 0), 0) as missing
    from enrolment.station s
    left join lateral (
      select count(*) filter (where p.received_at is not null) as received,
        count(*) filter (where p.state = 'held') as held,
             count(distinct p.counter) filter (where p.received_at is not null) as numbers
      from enrolment.packet p where p.station_id = s.id
    ) p on true
    order by s.revoked_at is not null, s.code`.execute(tx)
  return rows
}

export async function insertGrant(
  { tx, now }: Work,
  {
    id,
    officerId,
    unitId,
    stationId,
    until,
  }: {
    readonly id: string
    readonly officerId: Id<'officer'>
    readonly unitId: Id<'unit'>
    readonly stationId: string
    readonly until: Date
  },
): Promise<void> {
  await sql`
    insert into enrolment.officer_grant (id, officer_id, unit_id, station_id, given_at, until)
    values (${id}, ${officerId}, ${unitId}, ${stationId}, ${now}, ${until})`.execute(tx)
}
