// The recount by other hands: DuckDB reads the exported facts and counts by SQL written for it alone. It shares no
// statement and no rule with what it checks, and reads none of its tables.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { asId } from '../../src/platform/ids.ts'
import type * as statistics from '../../src/statistics/statistics.ts'
import { addDay } from './house.ts'

export type Answered = {
  readonly query: statistics.FigureParams
  readonly answers: { readonly members: number; readonly cumulative: number; readonly today: number }
}

const maps = { '2023': '2024-10-31', '2024': '2025-06-30', '2025': '2025-07-01' } as const
type MapName = keyof typeof maps
const isMap = (text: string): text is MapName => Object.hasOwn(maps, text)

/** The condition by which a person has each thing by a day; `D` stands for it. */
const metrics = {
  'number-known': 'number_on <= D',
  'card-applied': 'applied <= D',
  'card-approved': 'approved <= D',
  'card-produced': 'produced <= D',
  'card-returned': 'returned <= D',
  'card-handed-over': 'handed <= D',
  'account-received': 'rec <= D',
  'account-received-1': 'rec <= D and (rec2 is null or rec2 > D)',
  'account-received-2': 'rec2 <= D',
  'account-approved': 'app <= D',
  'account-approved-1': 'app <= D and (app2 is null or app2 > D)',
  'account-approved-2': 'app2 <= D',
  'account-activated': 'act <= D',
  'account-activated-1': 'act <= D and (act2 is null or act2 > D)',
  'account-activated-2': 'act2 <= D',
} as const
type Metric = keyof typeof metrics

async function rowsOf(database: DuckDBConnection, query: string): Promise<Record<string, unknown>[]> {
  return (await database.runAndReadAll(query)).getRowObjectsJson()
}

/** Reads the files, and asks and answers as many questions at random. */
export async function askDuckDb(folder: string, count: number, random: () => number): Promise<Answered[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const database = await instance.connect()
  try {
    await build(database, folder)
    const bands = (await rowsOf(database, 'select band from band order by band')).map(row => Number(row['band']))
    const answered: Answered[] = []
    for (let i = 0; i < count; i += 1) answered.push(await ask(database, random, bands))
    return answered
  } finally {
    database.closeSync()
    await rm(folder, { recursive: true, force: true })
  }
}

async function ask(database: DuckDBConnection, random: () => number, bands: readonly number[]): Promise<Answered> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const map = pick(Object.keys(maps).filter(isMap))
  const metric = pick(Object.keys(metrics)) as Metric
  const day = addDay('2023-01-20', Math.floor(random() * 91))
  const unit = pick(await rowsOf(database, `select id, level from tree_${map} where unit_under_22 order by id`))
  const band = random() < 0.5 ? undefined : pick(bands)
  const holds = (on: string) => `in_on <= DATE '${on}' and (${metrics[metric].replaceAll('D', `DATE '${on}'`)})`
  const [row] = await rowsOf(
    database,
    `select count(*) filter (where in_on <= DATE '${day}') as members,
            count(*) filter (where ${holds(day)}) as cumulative,
              count(*) filter (where ${holds(addDay(day, -1))}) as before
     from fact f join line_${map} l on l.unit_id = f.home_${map}
       and l.ancestor_id = '${unit['id']}' ${band === undefined ? '' : `where f.band = ${band}`}`,
  )
  const [members, cumulative, before] = [Number(row?.['members']), Number(row?.['cumulative']), Number(row?.['before'])]
  const query: statistics.FigureParams = {
    unit: asId<'unit'>(String(unit['id'])),
    metric,
    day,
    map,
    ...(band !== undefined && { band }),
  }
  return { query, answers: { members, cumulative, today: cumulative - before } }
}

async function build(database: DuckDBConnection, folder: string): Promise<void> {
  for (const name of [
    'person',
    'residence',
    'number',
    'card',
    'card_move',
    'account',
    'account_move',
    'band',
    'unit',
    'succession',
  ])
    await database.run(
      `create table "${name}" as select *
        from read_csv('${join(folder, `${name}.csv`)}', header = true, all_varchar = true)`,
    )
  await database.run(days)
  for (const [map, on] of Object.entries(maps)) for (const statement of unitsOf(map, on)) await database.run(statement)
  for (const statement of facts) await database.run(statement)
}

/**
 * On a map: who stands, below whom, and which standing unit each one that was written stands for: itself; what became
 * of it; or what it came of.
 */
const unitsOf = (map: string, on: string) => [
  `create table tree_${map} as
   with standing as (select id, code, level, parent_code from unit
     where (valid_from is null or valid_from <= '${on}') and (valid_to is null or valid_to > '${on}'))
   select u.id, u.level, p.id as parent_id, (u.code = '22' and u.level = 'province') or p.code = '22'
     or g.code = '22' as unit_under_22
   from standing u left join standing p on p.code = u.parent_code
     and (p.level = 'province' or (p.level = 'district' and u.level = 'commune'))
   left join standing g on g.code = p.parent_code and g.level = 'province'`,
  `create table line_${map} as
   select id as unit_id, id as ancestor_id from tree_${map}
   union select t.id, t.parent_id from tree_${map} t where t.parent_id is not null
   union select t.id, p.parent_id from tree_${map} t join tree_${map} p on p.id = t.parent_id
   where p.parent_id is not null`,
  `create table home_${map} as
   with recursive step(written, place, level) as (
     select id, id, 0 from unit
     union
     select s.written, n.next, s.level + 1 from step s join unit u on u.id = s.place
     join (select old_id as was, new_id as next, true as onward from succession union all select new_id, old_id, false
       from succession) n
       on n.was = s.place
         and ((n.onward and u.valid_to is not null and u.valid_to <= '${on}')
           or (not n.onward and u.valid_from is not null and u.valid_from > '${on}'))
     where s.place not in (select id from tree_${map}) and s.level < 6
   ),
   found as (select written, place, level, min(level) over (partition by written) as first from step
     where place in (select id from tree_${map}))
   select written, min(place) as home from found where level = first group by written`,
]

const days = `
  create table birth as
  select person_id, birth_y::int as y, life_status,
         case when birth_d is not null then make_date(birth_y::int, birth_m::int, birth_d::int)
              when birth_m is not null then last_day(make_date(birth_y::int, birth_m::int, 1))
              else make_date(birth_y::int, 12, 31) end as born
  from person`

const facts = [
  `create table card_day as
   with step as (
     select m.person_id, c.issued_on::date as issued, m.on_day::date as on_day,
            case m.state when 'applied' then 1 when 'approved' then 2 when 'produced' then 3 when 'at-unit' then 4
              when 'handed-over' then 5 end as step,
            lag(m.on_day::date) over (partition by m.card_id order by m.on_day, m.at, m.state) as before
     from card_move m join card c on c.id = m.card_id
     where c.state in ('applied', 'approved', 'produced', 'at-unit', 'handed-over')
         and (c.expires_on is null or c.expires_on::date > date '2023-04-20')),
   dated as (select *, case when step >= 3 and issued <= on_day and (before is null or issued > before) then issued
       else on_day end as d from step)
   select person_id, min(d) filter (step >= 1) as applied, min(d) filter (step >= 2) as approved,
     min(d) filter (step >= 3) as produced,
          min(d) filter (step >= 4) as returned, min(d) filter (step >= 5) as handed
   from dated group by person_id`,
  `create table account_day as
   with step as (
     select m.person_id, a.level as level_now, a.approved_on::date as approved_on, a.activated_on::date as activated_on,
       m.state, m.level, m.on_day::date as on_day,
            lag(m.on_day::date) over (partition by m.account_id order by m.on_day, m.at, m.level) as before
     from account_move m join account a on a.id = m.account_id where a.state <> 'cancelled'),
   dated as (
     select *, case when approved_on <= on_day and (before is null or approved_on > before) then approved_on
       else on_day end as ad,
               case when activated_on <= on_day and (before is null or activated_on > before) then activated_on
                 else on_day end as vd,
               state = 'activated' or (state = 'locked' and activated_on is not null) as active, level = '2'
                 and level_now = '2' as second
     from step),
   first as (
     select person_id, min(case when state = 'requested' then on_day else ad end) as r,
       min(case when state = 'requested' then on_day else ad end) filter (second) as r2,
            min(ad) filter (state <> 'requested') as a, min(ad) filter (state <> 'requested' and second) as a2,
              min(vd) filter (active) as v, min(vd) filter (active and second) as v2
     from dated group by person_id)
   select person_id, least(r, a, v) as rec, least(r2, a2, v2) as rec2, least(a, v) as app, least(a2, v2) as app2,
     v as act, v2 as act2 from first`,
  `create table fact as
   select p.person_id, r.unit_id, b.band, n.number_on,
          greatest(date '2023-01-19', (p.born + interval 14 year)::date +
              case when month(p.born) = 2 and day(p.born) = 29 and day(p.born + interval 14 year) = 28 then 1
              else 0 end) as in_on,
          c.applied, c.approved, c.produced, c.returned, c.handed, a.rec, a.rec2, a.app, a.app2, a.act, a.act2,
          ${Object.keys(maps)
            .map(map => `h${map}.home as home_${map}`)
            .join(', ')}
   from birth p
   join (select person_id, min(unit_id) as unit_id from residence
     where (from_on is null or from_on <= '2023-04-20') and (to_on is null or to_on > '2023-04-20')
         group by person_id) r on r.person_id = p.person_id
   join band b on (b.born_from is null or b.born_from::int <= p.y) and (b.born_to is null or b.born_to::int >= p.y)
   left join card_day c on c.person_id = p.person_id left join account_day a on a.person_id = p.person_id
   left join (select person_id, min(coalesce(from_on::date, date '1900-01-01')) as number_on from number
     where state = 'in-force' group by person_id) n on n.person_id = p.person_id
   ${Object.keys(maps)
     .map(map => `left join home_${map} h${map} on h${map}.written = r.unit_id`)
     .join(' ')}
   where p.life_status <> 'dead'
     and greatest(date '2023-01-19', (p.born + interval 14 year)::date) <= date '2023-06-30'`,
]
