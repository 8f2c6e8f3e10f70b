import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { SiteId } from '../session.ts'
import type { DeskSetting, Service } from './slot.ts'

/** A counter with its settings. */
export type Counter = {
  readonly siteId: SiteId
  readonly unitId: Id<'unit'>
  readonly publicId: string
  readonly slotMinutes: number
  readonly walkInPercent: number
  readonly breakUntil?: Date | null | undefined
  readonly name: string
  readonly address?: string | null | undefined
  readonly desks: readonly DeskSetting[]
  /** Minutes a person; a service that is not here is not done here. */
  readonly minutes: Readonly<Partial<Record<Service, number>>>
}

const select = sql.raw(`
  c.site_id as "siteId", c.unit_id as "unitId", c.public_id as "publicId", c.slot_minutes as "slotMinutes",
  c.walk_in_percent as "walkInPercent", c.break_until as "breakUntil", s.name, s.address,
  coalesce((select json_agg(json_build_object('number', d.number, 'services', d.services, 'isOpen', d.is_open)
    order by d.number) from planning.desk d where d.site_id = c.site_id), '[]') as desks,
  coalesce((select json_object_agg(m.service, m.minutes) from planning.counter_service m
    where m.site_id = c.site_id), '{}') as minutes
  from planning.counter c join planning.site s on s.id = c.site_id`)

export async function findCounter({ tx }: Work, siteId: SiteId): Promise<Counter | undefined> {
  const { rows } = await sql<Counter>`/* kept plan */ select ${select} where c.site_id = ${siteId}`.execute(tx)
  return rows[0]
}

export async function findCounterByPublicId({ tx }: Work, publicId: string): Promise<Counter | undefined> {
  const { rows } = await sql<Counter>`/* kept plan */ select ${select} where c.public_id = ${publicId}`.execute(tx)
  return rows[0]
}

/** The counter whose ticket screen has a secret, while it is open. */
export async function findCounterByKiosk({ tx, now }: Work, hash: string): Promise<Counter | undefined> {
  const { rows } = await sql<Counter>`
    select ${select} where c.kiosk_hash = ${hash} and c.kiosk_until > ${now}`.execute(tx)
  return rows[0]
}

/** Counters of some units, by name. */
export async function countersIn({ tx }: Work, unitIds: readonly string[]): Promise<Counter[]> {
  const { rows } = await sql<Counter>`
    select ${select} where c.unit_id = any (${[...unitIds]}::uuid[]) order by s.name, c.site_id limit 500`.execute(tx)
  return rows
}

export async function upsertCounter(
  { tx, now }: Work,
  { siteId, unitId, publicId, slotMinutes, walkInPercent }: Counter,
): Promise<void> {
  await sql`
    insert into planning.counter (site_id, unit_id, public_id, slot_minutes, walk_in_percent, changed_at)
    values (${siteId}, ${unitId}, ${publicId}, ${slotMinutes}, ${walkInPercent}, ${now})
    on conflict (site_id) do update set slot_minutes = excluded.slot_minutes,
      walk_in_percent = excluded.walk_in_percent, changed_at = excluded.changed_at`.execute(tx)
}

export async function replaceDesks({ tx }: Work, { siteId, unitId, desks, minutes }: Counter): Promise<void> {
  await sql`delete from planning.desk where site_id = ${siteId}`.execute(tx)
  await sql`delete from planning.counter_service where site_id = ${siteId}`.execute(tx)
  for (const { number, services, isOpen } of desks)
    await sql`insert into planning.desk (site_id, number, unit_id, services, is_open)
      values (${siteId}, ${number}, ${unitId}, ${[...services]}::text[], ${isOpen})`.execute(tx)
  for (const [service, length] of Object.entries(minutes))
    await sql`insert into planning.counter_service (site_id, service, unit_id, minutes)
      values (${siteId}, ${service}, ${unitId}, ${length})`.execute(tx)
}

export async function updateBreak({ tx }: Work, siteId: SiteId, until: Date | undefined): Promise<void> {
  await sql`update planning.counter set break_until = ${until ?? null} where site_id = ${siteId}`.execute(tx)
}

export async function updateKiosk(
  { tx }: Work,
  siteId: SiteId,
  kiosk: { readonly hash: string; readonly until: Date } | undefined,
): Promise<void> {
  await sql`update planning.counter set kiosk_hash = ${kiosk?.hash ?? null}, kiosk_until = ${kiosk?.until ?? null}
    where site_id = ${siteId}`.execute(tx)
}

/** The days from a day to a day on which a site is closed, with why. */
export async function closedDaysOf(
  { tx }: Work,
  siteId: SiteId,
  from: Day,
  to: Day,
): Promise<ReadonlyMap<Day, { readonly why: string; readonly note: string | null }>> {
  const { rows } = await sql<{ day: Day; why: string; note: string | null }>`
    select day, why, note from planning.closed_day
    where site_id = ${siteId} and day between ${from} and ${to}`.execute(tx)
  return new Map(rows.map(({ day, ...rest }) => [day, rest]))
}

/** Until when the ticket screen of a counter gives tickets; undefined where it does not. */
export async function findKioskUntil({ tx, now }: Work, siteId: SiteId): Promise<Date | undefined> {
  const { rows } = await sql<{ until: Date }>`
    select kiosk_until as until from planning.counter where site_id = ${siteId} and kiosk_until > ${now}`.execute(tx)
  return rows[0]?.until
}

/** Sites of the kind counter of some units, with or without desks. */
export async function counterSitesIn(
  { tx }: Work,
  unitIds: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from planning.site where kind = 'counter' and unit_id = any (${[...unitIds]}::uuid[])
    order by name, id limit 500`.execute(tx)
  return rows
}
