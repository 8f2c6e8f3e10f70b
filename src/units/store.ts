import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { PoliceUnit, Succession, Unit, UnitId, UnitLevel, UnitRecord } from './unit.ts'

type UnitRow = {
  id: UnitId
  code: string
  name: string
  level: UnitLevel
  parent_code: string | null
  valid_from: Day | null
  valid_to: Day | null
}

const asRecord = (row: UnitRow): UnitRecord => ({
  id: row.id,
  code: row.code,
  name: row.name,
  level: row.level,
  ...(row.parent_code !== null && { parentCode: row.parent_code }),
  ...(row.valid_from !== null && { validFrom: row.valid_from }),
  ...(row.valid_to !== null && { validTo: row.valid_to }),
})

export type StoredUnit = UnitRecord & { readonly source: string }

/** Which state of the tables it is; grows with each change. */
export async function edition({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ number: number }>`select number from units.edition`.execute(tx)
  return rows[0]?.number ?? 0
}

export async function nextEdition({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ number: number }>`update units.edition set number = number + 1 returning number`.execute(
    tx,
  )
  return rows[0]?.number ?? 0
}

export async function allUnits({ tx }: Work): Promise<StoredUnit[]> {
  const { rows } = await sql<UnitRow & { source: string }>`
    select id, code, name, level, parent_code, valid_from, valid_to, source from units.unit`.execute(tx)
  return rows.map(row => ({ ...asRecord(row), source: row.source }))
}

/** Two imports at once would each check against what the other is about to change. */
export async function holdImports({ tx }: Work): Promise<void> {
  await sql`select number from units.edition for update`.execute(tx)
}

export async function saveUnits({ tx }: Work, units: readonly StoredUnit[]): Promise<void> {
  const list = JSON.stringify(
    units.map(unit => ({
      id: unit.id,
      code: unit.code,
      name: unit.name,
      level: unit.level,
      parent_code: unit.parentCode ?? null,
      valid_from: unit.validFrom ?? null,
      valid_to: unit.validTo ?? null,
      source: unit.source,
    })),
  )
  await sql`
    insert into units.unit (id, code, name, level, parent_code, valid_from, valid_to, source)
    select * from jsonb_to_recordset(${list}::jsonb)
      as u (id uuid, code text, name text, level text, parent_code text, valid_from date, valid_to date, source text)
    on conflict (id) do update
    set name = excluded.name, level = excluded.level, parent_code = excluded.parent_code, valid_to = excluded.valid_to,
      source = excluded.source`.execute(tx)
}

/** Writes anew who stands below whom on which days: a parent is the unit that bears the code then. */
export async function rewriteLineage({ tx }: Work): Promise<void> {
  await sql`delete from units.lineage`.execute(tx)
  await sql`
    insert into units.lineage (ancestor_id, unit_id, depth, valid)
    with recursive line as (
      select id as unit_id, id as ancestor_id, 0 as depth, valid, parent_code from units.unit
      union all
      select line.unit_id, above.id, line.depth + 1, line.valid * above.valid, above.parent_code
      from line join units.unit above on above.code = line.parent_code and above.valid && line.valid
    )
    select ancestor_id, unit_id, depth, valid from line`.execute(tx)
}

/** The subtree of a unit on a day, the unit itself first. */
export async function subtreeOn({ tx }: Work, unitId: UnitId, day: Day): Promise<Unit[]> {
  const { rows } = await sql<UnitRow & { parent_id: UnitId | null }>`
    select u.id, u.code, u.name, u.level, u.parent_code, u.valid_from, u.valid_to, above.ancestor_id as parent_id
    from units.lineage l
    join units.unit u on u.id = l.unit_id
    left join units.lineage above on above.unit_id = u.id and above.depth = 1 and above.valid @> ${day}::date
    where l.ancestor_id = ${unitId} and l.valid @> ${day}::date
    order by l.depth, u.code`.execute(tx)
  return rows.map(row => {
    const { parentCode: _code, ...unit } = asRecord(row)
    return row.parent_id === null ? unit : { ...unit, parentId: row.parent_id }
  })
}

/**
 * The units whose rows belong to a unit on a day: its subtree then; units that ended before and were succeeded by
 * these, or ended while they stood below these; and units that do not stand yet and will succeed them. A unit that
 * stands on the day in its own right never comes in so: today's officers do not see the people of a neighbour that will
 * be merged into them. A unit that has ended keeps what it had.
 */
export async function unitsInScope({ tx }: Work, unitId: UnitId, day: Day): Promise<UnitId[]> {
  const { rows } = await sql<{ id: UnitId }>`
    with recursive subtree as (
      select unit_id as id from units.lineage where ancestor_id = ${unitId} and valid @> ${day}::date
      union
      select ${unitId}::uuid
    ), before as (
      select id from subtree
      union
      select earlier.id
      from before
      cross join lateral (
        select s.old_id as id from units.succession s where s.new_id = before.id and s.effective_on <= ${day}::date
        union all
        select l.unit_id from units.lineage l join units.unit u on u.id = l.unit_id
        where l.ancestor_id = before.id and l.depth > 0 and u.valid_to <= ${day}::date and upper(l.valid) = u.valid_to
      ) earlier
      join units.unit ended on ended.id = earlier.id and not ended.valid @> ${day}::date
    ), after as (
      select id from subtree
      union
      select s.new_id from after join units.succession s on s.old_id = after.id
      where s.effective_on > ${day}::date
        and not exists (select from units.unit u where u.id = s.new_id and u.valid @> ${day}::date)
    )
    select id from before union select id from after`.execute(tx)
  return rows.map(row => row.id)
}

type SuccessionRow = { old_id: UnitId; new_id: UnitId; effective_on: Day; extent: Succession['extent']; source: string }
const asSuccession = (row: SuccessionRow): Succession => ({
  oldId: row.old_id,
  newId: row.new_id,
  effectiveOn: row.effective_on,
  extent: row.extent,
  source: row.source,
})

export async function allSuccessions({ tx }: Work): Promise<Succession[]> {
  const { rows } = await sql<SuccessionRow>`
    select old_id, new_id, effective_on, extent, source from units.succession
    order by effective_on, old_id, new_id`.execute(tx)
  return rows.map(asSuccession)
}

/** Adds or corrects successions; gives how many rows that changed. */
export async function saveSuccessions({ tx }: Work, successions: readonly Succession[]): Promise<number> {
  const { rows } = await sql`
    insert into units.succession as known (old_id, new_id, effective_on, extent, source)
    select "oldId", "newId", "effectiveOn", extent, source
    from jsonb_to_recordset(${JSON.stringify(successions)}::jsonb)
      as s ("oldId" uuid, "newId" uuid, "effectiveOn" date, extent text, source text)
    on conflict (old_id, new_id, effective_on) do update set extent = excluded.extent, source = excluded.source
      where (known.extent, known.source) is distinct from (excluded.extent, excluded.source)
    returning 1`.execute(tx)
  return rows.length
}

export type PoliceRule = {
  readonly level: UnitLevel
  readonly code: string
  readonly absentFrom: Day | null
  readonly absentTo: Day | null
  readonly source: string
}

export async function savePoliceRules({ tx }: Work, rules: readonly PoliceRule[]): Promise<number> {
  const { rows } = await sql`
    insert into units.police_rule as known (level, code, absent_from, absent_to, source)
    select level, code, "absentFrom", "absentTo", source from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb)
      as r (level text, code text, "absentFrom" date, "absentTo" date, source text)
    on conflict (level, code) do update
      set absent_from = excluded.absent_from, absent_to = excluded.absent_to, source = excluded.source
      where (known.absent_from, known.absent_to, known.source) is distinct from (excluded.absent_from,
          excluded.absent_to, excluded.source)
    returning 1`.execute(tx)
  return rows.length
}

/** The days on which police stand at each unit: its own days, less those of the rules. */
export async function policePeriods({
  tx,
}: Work): Promise<{ unitId: UnitId; name: string; from: Day | null; to: Day | null }[]> {
  const { rows } = await sql<{ unitId: UnitId; name: string; from: Day | null; to: Day | null }>`
    select u.id as "unitId", u.name, lower(period) as "from", upper(period) as "to"
    from units.unit u
    cross join lateral (
      select range_agg(r.absent) as days from units.police_rule r where r.level = u.level and r.code in ('', u.code)
    ) absent
    cross join lateral unnest(datemultirange(u.valid) - coalesce(absent.days, '{}'::datemultirange)) as period`.execute(
    tx,
  )
  return rows
}

export async function rewritePoliceUnits({ tx }: Work, police: readonly PoliceUnit[]): Promise<void> {
  await sql`delete from units.police_unit`.execute(tx)
  await sql`
    insert into units.police_unit (id, unit_id, name, valid)
    select id, "unitId", name, daterange("validFrom", "validTo")
    from jsonb_to_recordset(${JSON.stringify(police)}::jsonb)
      as p (id uuid, "unitId" uuid, name text, "validFrom" date, "validTo" date)`.execute(tx)
}

/** The police that serve a unit on a day: its own, else those of the nearest unit above that has some. */
export async function policeFor({ tx }: Work, unitId: UnitId, day: Day): Promise<PoliceUnit | undefined> {
  const { rows } = await sql<{
    id: PoliceUnit['id']
    unit_id: UnitId
    name: string
    valid_from: Day | null
    valid_to: Day | null
  }>`
    select p.id, p.unit_id, p.name, lower(p.valid) as valid_from, upper(p.valid) as valid_to
    from units.lineage l join units.police_unit p on p.unit_id = l.ancestor_id and p.valid @> ${day}::date
    where l.unit_id = ${unitId} and l.valid @> ${day}::date
    order by l.depth limit 1`.execute(tx)
  const row = rows[0]
  return (
    row && {
      id: row.id,
      unitId: row.unit_id,
      name: row.name,
      ...(row.valid_from !== null && { validFrom: row.valid_from }),
      ...(row.valid_to !== null && { validTo: row.valid_to }),
    }
  )
}
