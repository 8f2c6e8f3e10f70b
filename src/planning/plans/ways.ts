import { readFileSync } from 'node:fs'
import { type Day, daysFrom, weekday } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import { fromRoot } from '../../platform/root.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { estimatedTravel } from '../law.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import { findBoatWays, findIslands, findRoadWays, type RoadWay } from './store-travel.ts'

/**
 * Ways between the units of a plan. What a file told holds, also for the way back unless it told that too; the rest is
 * estimated from the map of tiles, but to an island, to which only told roads and boats lead.
 */

type Point = { readonly col: number; readonly row: number }

let knownTiles: ReadonlyMap<string, Point> | undefined

/** The tiles of communes by map and code. Names in the file hold no comma. */
function tilePoints(): ReadonlyMap<string, Point> {
  knownTiles ??= new Map(
    readFileSync(fromRoot('db/reference/tiles.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(','))
      .map(([map = '', code = '', _name, _district, col = '0', row = '0']) => [
        `${map} ${code}`,
        { col: Number(col), row: Number(row) },
      ]),
  )
  return knownTiles
}

/** Where a unit lies on the map of a day: its tile, or the middle of the tiles of its communes. */
async function pointOf(work: Work, unit: units.UnitRecord, day: Day): Promise<Point | undefined> {
  const [tiles, map] = [tilePoints(), units.mapOn(day)]
  const own = tiles.get(`${map} ${unit.code}`)
  if (own && unit.level === 'commune') return own
  const below = (await units.subtreeOn(work, unit.id, day)).flatMap(({ code }) => tiles.get(`${map} ${code}`) ?? [])
  if (below.length === 0) return undefined
  const middle = (of: (point: Point) => number) => below.reduce((sum, point) => sum + of(point), 0) / below.length
  return { col: middle(({ col }) => col), row: middle(({ row }) => row) }
}

type Way = { readonly minutes: number; readonly km: number }

/** The way between two points, by the policy of a day. */
export function estimatedWay(a: Point, b: Point, day: Day, work: Asking): Way {
  const { kmATile, roadPercent, kmAnHour, withinMinutes, withinKm } = ruleOn(estimatedTravel, day, work)
  const straight = Math.hypot(a.col - b.col, a.row - b.row) * kmATile
  const km = Math.max(withinKm, (straight * roadPercent) / 100)
  return { minutes: Math.max(withinMinutes, Math.ceil((km / kmAnHour) * 60)), km: Math.round(km * 10) / 10 }
}

export type PlanWays = Pick<PlanInstance, 'places' | 'travel' | 'crossings'> & {
  /** Pairs of places, by code, whose way a file told; every other one is an estimate. */
  readonly told: readonly (readonly [string, string])[]
  /** Places that lie on no map: no road leads there unless a file told one. */
  readonly unplaced: readonly string[]
}

const pairKey = (from: string, to: string) => `${from} ${to}`

/** The places of a plan are units, named by their codes of its first day. */
export async function readPlanWays(
  work: Work,
  unitIds: readonly units.UnitId[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<PlanWays> {
  const boats = await findBoatWays(work, unitIds)
  const all = [...new Set([...unitIds, ...boats.flatMap(boat => [boat.from, boat.to])])]
  const records = await Promise.all(all.map(id => units.getUnit(work, id)))
  records.sort((a, b) => (a.code < b.code ? -1 : 1))
  const codes = new Map(records.map(({ id, code }) => [id as string, code]))
  const islands = await findIslands(work, all)
  const roads = withWaysBack(await findRoadWays(work, all))
  const points = new Map<string, Point | undefined>()
  for (const unit of records) points.set(unit.id, await pointOf(work, unit, from))

  const wayOf = (start: units.UnitRecord, end: units.UnitRecord): Way | null => {
    const told = roads.get(pairKey(start.id, end.id))
    if (told) return { minutes: told.minutes, km: told.km }
    const [a, b] = [points.get(start.id), points.get(end.id)]
    if (start.id === end.id) return estimatedWay({ col: 0, row: 0 }, { col: 0, row: 0 }, from, work)
    return a && b && !islands.has(start.id) && !islands.has(end.id) ? estimatedWay(a, b, from, work) : null
  }
  const ways = records.map(start => records.map(end => wayOf(start, end)))
  const days = daysFrom(from, to)
  return {
    places: records.map(({ code, name }) => ({ id: code, name })),
    travel: {
      minutes: ways.map(row => row.map(way => way?.minutes ?? null)),
      km: ways.map(row => row.map(way => way?.km ?? null)),
    },
    crossings: boats.map(boat => ({
      from: codes.get(boat.from) ?? '',
      to: codes.get(boat.to) ?? '',
      days: days.filter(day => boat.weekdays.includes(weekday(day))),
      departs: boat.departs,
      minutes: boat.minutes,
      km: boat.km,
    })),
    told: [...roads.values()].map(road => [codes.get(road.from) ?? '', codes.get(road.to) ?? '']),
    unplaced: records.filter(({ id }) => !points.get(id)).map(({ code }) => code),
  }
}

function withWaysBack(roads: readonly RoadWay[]): ReadonlyMap<string, RoadWay> {
  const back = roads.map(road => ({ ...road, from: road.to, to: road.from }))
  return new Map([...back, ...roads].map(road => [pairKey(road.from, road.to), road]))
}
