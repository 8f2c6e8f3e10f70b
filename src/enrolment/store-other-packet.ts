import { sql } from 'kysely'

/**
 * Whether the capture of a packet `p` that is not here came in another packet: of the same application and station,
 * sealed no earlier and not set aside. The counter alone says nothing, because a restored station reuses it.
 */
export const otherPacket = sql`from enrolment.packet o where o.station_id = p.station_id
    and o.application_id = p.application_id and o.hash <> p.hash and o.received_at is not null
                       and o.state <> 'set-aside' and o.sealed_at >= p.sealed_at`
export const cameOtherwise = sql`exists (select ${otherPacket})`
