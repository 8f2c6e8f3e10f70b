import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { asHour, type Hour } from '../hour.ts'

type UnitId = Id<'unit'>

export type RoadWay = { readonly from: UnitId; readonly to: UnitId; readonly minutes: number; readonly km: number }
export type BoatWay = RoadWay & { readonly departs: Hour; readonly weekdays: readonly number[] }

export async function findRoadWays({ tx }: Work, unitIds: readonly UnitId[]): Promise<RoadWay[]> {
  const { rows } = await sql<RoadWay>`
    select from_id as "from", to_id as "to", minutes, km::float8 as km from planning.travel
    where from_id = any (${[...unitIds]}::uuid[]) and to_id = any (${[...unitIds]}::uuid[])
    order by from_id, to_id`.execute(tx)
  return rows
}

export async function findBoatWays({ tx }: Work, unitIds: readonly UnitId[]): Promise<BoatWay[]> {
  const { rows } = await sql<BoatWay>`
    select from_id as "from", to_id as "to", minutes, km::float8 as km, departs, weekdays from planning.crossing
    where from_id = any (${[...unitIds]}::uuid[]) or to_id = any (${[...unitIds]}::uuid[])
    order by from_id, to_id, departs`.execute(tx)
  return rows.map(row => ({ ...row, departs: asHour(row.departs) }))
}

/** Which of some units no road leads to. */
export async function findIslands({ tx }: Work, unitIds: readonly UnitId[]): Promise<ReadonlySet<UnitId>> {
  const { rows } = await sql<{ id: UnitId }>`
    select unit_id as id from planning.no_road where unit_id = any (${[...unitIds]}::uuid[])`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** Writes a way; says whether it is new, other than before, or the same. */
export async function putRoadWay({ tx, now }: Work, way: RoadWay, source: string): Promise<WayOutcome> {
  const { from, to, minutes, km } = way
  const { rows } = await sql<{ fresh: boolean }>`
    insert into planning.travel as t (from_id, to_id, minutes, km, source, at)
    values (${from}, ${to}, ${minutes}, ${km}, ${source}, ${now})
    on conflict (from_id, to_id) do update
      set minutes = excluded.minutes, km = excluded.km, source = excluded.source, at = excluded.at
      where (t.minutes, t.km) is distinct from (excluded.minutes, excluded.km)
    returning xmax = 0 as fresh`.execute(tx)
  return writtenAs(rows)
}

export async function putIsland({ tx, now }: Work, unitId: UnitId, source: string): Promise<WayOutcome> {
  const { rows } = await sql<{ fresh: boolean }>`
    insert into planning.no_road (unit_id, source, at) values (${unitId}, ${source}, ${now})
    on conflict (unit_id) do nothing returning true as fresh`.execute(tx)
  return writtenAs(rows)
}

export async function putBoatWay({ tx, now }: Work, way: BoatWay, source: string): Promise<WayOutcome> {
  const { from, to, minutes, km, departs, weekdays } = way
  const { rows } = await sql<{ fresh: boolean }>`
    insert into planning.crossing as c (from_id, to_id, departs, weekdays, minutes, km, source, at)
    values (${from}, ${to}, ${departs}, ${[...weekdays]}::smallint[], ${minutes}, ${km}, ${source}, ${now})
    on conflict (from_id, to_id, departs) do update
      set weekdays = excluded.weekdays, minutes = excluded.minutes, km = excluded.km, source = excluded.source,
        at = excluded.at
      where (c.weekdays, c.minutes, c.km) is distinct from (excluded.weekdays, excluded.minutes, excluded.km)
    returning xmax = 0 as fresh`.execute(tx)
  return writtenAs(rows)
}

export type WayOutcome = 'added' | 'changed' | 'unchanged'

const writtenAs = ([row]: readonly { readonly fresh: boolean }[]): WayOutcome =>
  row ? (row.fresh ? 'added' : 'changed') : 'unchanged'
