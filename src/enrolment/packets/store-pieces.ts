import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { cameOtherwise } from '../store-other-packet.ts'
import { bytesOfHex, type PacketRow } from './store.ts'

/** Pieces of packets that are still arriving. */

/** How many bytes of a packet have arrived. */
export async function findOffset({ tx }: Work, stationId: string, hash: string): Promise<number> {
  const { rows } = await sql<{ offset: number }>`
    select coalesce(max(at + length(body)), 0) as "offset" from enrolment.packet_piece
    where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(tx)
  return rows[0]?.offset ?? 0
}

export async function insertPiece(
  { tx, now }: Work,
  { stationId, hash, unitId }: PacketRow,
  at: number,
  body: Uint8Array,
): Promise<void> {
  await sql`
    insert into enrolment.packet_piece (station_id, hash, at, unit_id, body, came_at)
    values (${stationId}, ${bytesOfHex(hash)}, ${at}, ${unitId}, ${Buffer.from(body)}, ${now})
    on conflict do nothing`.execute(tx)
}

export async function findPieces({ tx }: Work, stationId: string, hash: string): Promise<Buffer[]> {
  const { rows } = await sql<{ body: Buffer }>`
    select body from enrolment.packet_piece where station_id = ${stationId} and hash = ${bytesOfHex(hash)}
    order by at`.execute(tx)
  return rows.map(({ body }) => body)
}

export async function deletePieces({ tx }: Work, stationId: string, hash: string): Promise<void> {
  await sql`delete from enrolment.packet_piece where station_id = ${stationId} and hash = ${bytesOfHex(hash)}`.execute(
    tx,
  )
}

export type ClearedPieces = Pick<PacketRow, 'stationId' | 'hash' | 'unitId' | 'counter' | 'applicationId'> & {
  readonly pieces: number
}

/**
 * Deletes the pieces whose last one came before an instant, of packets that are complete, refused, or whose capture
 * came in another packet: of so many packets at most. All other pieces stay: they may be all that is left.
 */
export async function deletePiecesBefore({ tx }: Work, before: Date, most: number): Promise<ClearedPieces[]> {
  const { rows } = await sql<ClearedPieces>`
    with old as (select station_id, hash from enrolment.packet_piece group by station_id, hash
      having max(came_at) < ${before}),
         over as (select p.* from old join enrolment.packet p using (station_id, hash)
                  where p.acknowledgement is not null or p.state = 'refused' or ${cameOtherwise}
                  limit ${most} for update of p),
         gone as (delete from enrolment.packet_piece x using over p
           where x.station_id = p.station_id and x.hash = p.hash returning x.station_id, x.hash)
    select p.station_id as "stationId", encode(p.hash, 'hex') as hash, p.unit_id as "unitId", p.counter,
      p.application_id as "applicationId", count(*)::integer as pieces
    from gone join over p using (station_id, hash) group by 1, 2, 3, 4, 5`.execute(tx)
  return rows
}
