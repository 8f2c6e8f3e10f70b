import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { BookingId } from '../appointments/booking.ts'
import type { Service } from '../appointments/slot.ts'
import type { SiteId } from '../session.ts'
import type { CallLine } from './order.ts'

export type Ticket = {
  readonly siteId: SiteId
  readonly day: Day
  readonly service: Service
  readonly number: number
  readonly unitId: Id<'unit'>
  readonly bookingId?: BookingId | null | undefined
  readonly slotAt?: Date | null | undefined
  readonly cameAt: Date
  readonly state: 'waiting' | 'called' | 'served' | 'missed'
  readonly desk?: number | null | undefined
  readonly forDesk?: number | null | undefined
  readonly line?: CallLine | null | undefined
  readonly calls: number
  readonly calledAt?: Date | null | undefined
  readonly endedAt?: Date | null | undefined
}

const columns = sql.raw(`t.site_id as "siteId", t.day, t.service, t.number, t.unit_id as "unitId",
  t.booking_id as "bookingId", t.slot_at as "slotAt", t.came_at as "cameAt", t.state, t.desk, t.for_desk as "forDesk",
  t.line, t.calls, t.called_at as "calledAt", t.ended_at as "endedAt"`)

/** Whoever calls, gives up or sends on at a counter does so one after the other. */
export async function holdQueue({ tx }: Work, siteId: SiteId): Promise<void> {
  await sql`select 1 from planning.counter where site_id = ${siteId} for no key update`.execute(tx)
}

/** Enters a ticket; false where it stands already. */
export async function insertTicket({ tx }: Work, one: Ticket): Promise<boolean> {
  const { rows } = await sql`
    insert into planning.ticket (site_id, day, service, number, unit_id, booking_id, slot_at, came_at, state)
    values (${one.siteId}, ${one.day}, ${one.service}, ${one.number}, ${one.unitId}, ${one.bookingId ?? null},
      ${one.slotAt ?? null}, ${one.cameAt}, 'waiting')
    on conflict (site_id, day, service, number) do nothing returning 1`.execute(tx)
  return rows.length === 1
}

export async function holdTicket(
  { tx, today }: Work,
  siteId: SiteId,
  { service, number }: Pick<Ticket, 'service' | 'number'>,
): Promise<Ticket | undefined> {
  const { rows } = await sql<Ticket>`
    select ${columns} from planning.ticket t
    where t.site_id = ${siteId} and t.day = ${today} and t.service = ${service} and t.number = ${number}
    for update`.execute(tx)
  return rows[0]
}

/** The ticket that a desk calls now. */
export async function holdCalled({ tx, today }: Work, siteId: SiteId, desk: number): Promise<Ticket | undefined> {
  const { rows } = await sql<Ticket>`
    select ${columns} from planning.ticket t
    where t.site_id = ${siteId} and t.day = ${today} and t.desk = ${desk} and t.state = 'called' for update`.execute(tx)
  return rows[0]
}

export async function updateTicket({ tx }: Work, one: Ticket): Promise<void> {
  await sql`
    update planning.ticket set came_at = ${one.cameAt}, state = ${one.state}, desk = ${one.desk ?? null},
      for_desk = ${one.forDesk ?? null}, line = ${one.line ?? null}, calls = ${one.calls},
      called_at = ${one.calledAt ?? null}, ended_at = ${one.endedAt ?? null}
    where site_id = ${one.siteId} and day = ${one.day} and service = ${one.service}
      and number = ${one.number}`.execute(tx)
}

/** Who waits or is called, by when they came. */
export async function openTickets({ tx, today }: Work, siteId: SiteId): Promise<Ticket[]> {
  const { rows } = await sql<Ticket>`
    /* kept plan */
    select ${columns} from planning.ticket t
    where t.site_id = ${siteId} and t.day = ${today} and t.state in ('waiting', 'called')
    order by t.came_at, t.service, t.number`.execute(tx)
  return rows
}

/** The last calls of a day, the latest first. */
export async function lastCalls({ tx, today }: Work, siteId: SiteId, limit: number): Promise<Ticket[]> {
  const { rows } = await sql<Ticket>`
    /* kept plan */
    select ${columns} from planning.ticket t
    where t.site_id = ${siteId} and t.day = ${today} and t.called_at is not null
    order by t.called_at desc, t.service, t.number limit ${limit}`.execute(tx)
  return rows
}

/** How many booked people a desk called since it last called somebody of the other line. */
export async function bookedInARow({ tx, today }: Work, siteId: SiteId, desk: number): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select count(*)::integer as number from planning.ticket t
    where t.site_id = ${siteId} and t.day = ${today} and t.desk = ${desk} and t.line = 'booked'
      and t.called_at > coalesce((select max(w.called_at) from planning.ticket w
        where w.site_id = ${siteId} and w.day = ${today} and w.desk = ${desk} and w.line = 'walk-in'),
        '-infinity')`.execute(tx)
  return rows[0]?.number ?? 0
}
