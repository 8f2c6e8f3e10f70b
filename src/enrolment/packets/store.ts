import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export type PacketState = 'told' | 'received' | 'held' | 'landed' | 'refused' | 'set-aside'

export type PacketRow = {
  readonly stationId: string
  /** Hex. */
  readonly hash: string
  readonly unitId: Id<'unit'>
  readonly counter: number
  readonly previous: string | null
  readonly applicationId: string
  readonly sessionId: string | null
  readonly bytes: number
  readonly sealedAt: Date
  readonly state: PacketState
  readonly chain: 'open' | 'linked' | 'broken'
  readonly problem: string | null
  readonly facts: Readonly<Record<string, unknown>> | null
  readonly announcedAt: Date
  readonly receivedAt: Date | null
  readonly acknowledgement: string | null
  readonly personId: Id<'person'> | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly reason: string | null
  /** The request by which its person gets a number. */
  readonly collectionId: string | null
  /** Why its person, who has no number, was turned away. */
  readonly turnedAway: string | null
}

export const packetColumns =
  sql.raw(`p.station_id as "stationId", encode(p.hash, 'hex') as hash, p.unit_id as "unitId", p.counter,
      encode(p.previous, 'hex') as previous,
  p.application_id as "applicationId", p.session_id as "sessionId", p.bytes, p.sealed_at as "sealedAt", p.state,
    p.chain, p.problem, p.facts, p.announced_at as "announcedAt",
  p.received_at as "receivedAt", p.acknowledgement, p.person_id as "personId", p.decided_by as "decidedBy",
  p.decided_at as "decidedAt", p.reason, p.collection_id as "collectionId", p.turned_away as "turnedAway"`)

export const bytesOfHex = (hex: string) => sql`decode(${hex}, 'hex')`

export type AnnouncedPacket = Pick<PacketRow, 'hash' | 'counter' | 'applicationId' | 'sessionId' | 'bytes' | 'sealedAt'>

/** Inserts announced packets; known ones stay as they are. */
export async function insertAnnounced(
  { tx, now }: Work,
  { id, unitId }: { readonly id: string; readonly unitId: Id<'unit'> },
  packets: readonly AnnouncedPacket[],
): Promise<void> {
  const column = <K extends keyof AnnouncedPacket>(name: K) => packets.map(one => one[name])
  await sql`
    insert into enrolment.packet
      (station_id, hash, unit_id, counter, application_id, session_id, bytes, sealed_at, state, announced_at)
    select ${id}::uuid, decode(hash, 'hex'), ${unitId}::uuid, counter, application_id, session_id, bytes, sealed_at,
      'told', ${now}::timestamptz
    from unnest(${column('hash')}::text[], ${column('counter')}::integer[], ${column('applicationId')}::uuid[],
        ${column('sessionId')}::uuid[],
                ${column('bytes')}::integer[], ${column('sealedAt')}::timestamptz[]) as t
                  (hash, counter, application_id, session_id, bytes, sealed_at)
    on conflict do nothing`.execute(tx)
}

/** Some packets of a station, each with the number of its bytes that arrived. */
export async function findPacketStatuses(
  { tx }: Work,
  stationId: string,
  hashes: readonly string[],
): Promise<(PacketRow & { readonly offset: number })[]> {
  const { rows } = await sql<PacketRow & { offset: number }>`
    select ${packetColumns},
      coalesce((select max(x.at + length(x.body)) from enrolment.packet_piece x
        where x.station_id = p.station_id and x.hash = p.hash), 0) as "offset"
    from enrolment.packet p where p.station_id = ${stationId}
      and p.hash = any (array(select decode(h, 'hex') from unnest(${[...hashes]}::text[]) h))
    order by p.counter`.execute(tx)
  return rows
}

export async function findPacket({ tx }: Work, stationId: string, hash: string): Promise<PacketRow | undefined> {
  const { rows } = await sql<PacketRow>`select ${packetColumns} from enrolment.packet p
      where p.station_id = ${stationId} and p.hash = ${bytesOfHex(hash)}`.execute(tx)
  return rows[0]
}

export async function holdPacket({ tx }: Work, stationId: string, hash: string): Promise<PacketRow | undefined> {
  const { rows } = await sql<PacketRow>`
    select ${packetColumns} from enrolment.packet p where p.station_id = ${stationId} and p.hash = ${bytesOfHex(hash)}
    for update`.execute(tx)
  return rows[0]
}

export async function insertBody(
  { tx }: Work,
  { stationId, hash, unitId }: PacketRow,
  body: Uint8Array,
): Promise<void> {
  await sql`
    insert into enrolment.packet_body (station_id, hash, unit_id, body)
    values (${stationId}, ${bytesOfHex(hash)}, ${unitId}, ${Buffer.from(body)})
    on conflict do nothing`.execute(tx)
}

export async function findBody({ tx }: Work, stationId: string, hash: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{
    body: Buffer
  }>`select body from enrolment.packet_body where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
  return rows[0]?.body
}

/** The packet has arrived. */
export async function setReceived(
  { tx, now }: Work,
  { stationId, hash }: PacketRow,
  received: {
    readonly state: 'received' | 'held'
    readonly previous: string | null
    readonly chain: PacketRow['chain']
    readonly acknowledgement: string
    readonly problem?: string | undefined
    readonly facts?: object | undefined
  },
): Promise<void> {
  await sql`
    update enrolment.packet
    set state = ${received.state}, previous = ${received.previous === null ? null : bytesOfHex(received.previous)},
      chain = ${received.chain}, acknowledgement = ${received.acknowledgement},
           received_at = ${now}, problem = ${received.problem ?? null},
             facts = ${received.facts ? JSON.stringify(received.facts) : null}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

/** The packet is refused and stays at the station. After a new announcement it may be sent again. */
export async function setRefused({ tx }: Work, { stationId, hash }: PacketRow, problem: string): Promise<void> {
  await sql`update enrolment.packet set state = 'refused', problem = ${problem}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

/** The packet is quarantined; its bytes stay here. */
export async function setQuarantined(
  { tx }: Work,
  { stationId, hash }: PacketRow,
  problem: string,
  facts: object,
): Promise<void> {
  await sql`
    update enrolment.packet
    set state = 'held', problem = ${problem}, facts = coalesce(facts, '{}') || ${JSON.stringify(facts)}::jsonb
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

/** How often the processing failed, with what, and when it is tried again. */
export async function updateProcessing({ tx }: Work, { stationId, hash }: PacketRow, landing: object): Promise<void> {
  await sql`
    update enrolment.packet set facts = coalesce(facts, '{}') || ${JSON.stringify({ landing })}::jsonb
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

export async function setProcessed(
  { tx, now }: Work,
  { stationId, hash }: PacketRow,
  personId: Id<'person'>,
): Promise<void> {
  await sql`
    update enrolment.packet set state = 'landed', processed_at = ${now}, person_id = ${personId}, problem = null
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

/** The packet waits for this request for a number. */
export async function setCollection(
  { tx }: Work,
  { stationId, hash }: PacketRow,
  collectionId: Id<'collection'>,
): Promise<void> {
  await sql`update enrolment.packet set collection_id = ${collectionId}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

export async function holdPacketOfCollection({ tx }: Work, collectionId: string): Promise<PacketRow | undefined> {
  const { rows } = await sql<PacketRow>`
    select ${packetColumns} from enrolment.packet p where p.collection_id = ${collectionId}::uuid for update`.execute(
    tx,
  )
  return rows[0]
}

/** Its person is in the register now: it is processed once more. */
export async function setEstablished(
  { tx }: Work,
  { stationId, hash }: PacketRow,
  personId: Id<'person'>,
): Promise<void> {
  await sql`
    update enrolment.packet set state = 'received', problem = null, person_id = ${personId}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

export async function setTurnedAway({ tx, now }: Work, { stationId, hash }: PacketRow, reason: string): Promise<void> {
  await sql`
    update enrolment.packet set state = 'landed', processed_at = ${now}, problem = null, turned_away = ${reason}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

export async function setPacketDecided(
  { tx, now, by }: Work,
  { stationId, hash }: PacketRow,
  decision: {
    readonly state: 'received' | 'set-aside' | 'refused'
    readonly reason: string
    readonly personId?: Id<'person'> | undefined
    readonly facts: object
  },
): Promise<void> {
  await sql`
    update enrolment.packet
    set state = ${decision.state}, decided_by = ${by.id}, decided_at = ${now}, reason = ${decision.reason},
      person_id = coalesce(${decision.personId ?? null}::uuid, person_id),
           facts = ${JSON.stringify(decision.facts)}, problem = ${decision.state === 'received' ? null : sql`problem`}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

/** Voids a decision: `held` waits for an officer again, `told` is wanted of the station again. */
export async function setPacketReopened(
  { tx }: Work,
  { stationId, hash }: PacketRow,
  state: 'held' | 'told',
): Promise<void> {
  await sql`
    update enrolment.packet
    set state = ${state}, decided_by = null, decided_at = null, reason = null,
      problem = ${state === 'told' ? null : sql`problem`}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

export type Neighbour = Pick<PacketRow, 'hash' | 'counter' | 'previous' | 'state' | 'chain'>

/** The packets with the counters before, at and after one. */
export async function findNeighbours({ tx }: Work, stationId: string, counter: number): Promise<Neighbour[]> {
  const { rows } = await sql<Neighbour>`
    select encode(p.hash, 'hex') as hash, p.counter, encode(p.previous, 'hex') as previous, p.state, p.chain
    from enrolment.packet p where p.station_id = ${stationId} and p.counter between ${counter - 1} and ${counter + 1}
      and p.received_at is not null and p.state <> 'set-aside'`.execute(tx)
  return rows
}

export async function setChain(
  { tx }: Work,
  stationId: string,
  hash: string,
  chain: PacketRow['chain'],
): Promise<void> {
  await sql`update enrolment.packet set chain = ${chain}
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
}

/** The packets of an application. */
export async function findPacketsOfApplication({ tx }: Work, applicationId: string): Promise<PacketRow[]> {
  const { rows } = await sql<PacketRow>`
    select ${packetColumns} from enrolment.packet p
    where p.application_id = ${applicationId} and p.received_at is not null order by p.received_at`.execute(tx)
  return rows
}

/** Received packets that were not processed: the job was lost, or it failed and the pause is over. */
export async function findUnprocessed(
  { tx, now }: Work,
  before: Date,
  most: number,
): Promise<{ stationId: string; hash: string }[]> {
  const { rows } = await sql<{ stationId: string; hash: string }>`
    select station_id as "stationId", encode(hash, 'hex') as hash from enrolment.packet
    where state = 'received' and received_at < ${before}
      and coalesce((facts #>> '{landing,next}')::timestamptz, '-infinity') <= ${now}
    order by received_at limit ${most}`.execute(tx)
  return rows
}
