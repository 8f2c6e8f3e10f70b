import { readFileSync } from 'node:fs'
import type * as campaign from '../../campaign/campaign.ts'
import { fromRoot } from '../../platform/root.ts'
import type { Work } from '../../platform/work.ts'
import type { QuickRow, TileMap } from '../contract.ts'
import { type FigureParams, readFigureQuery } from '../figure.ts'
import { draftFigures } from './figures.ts'
import { mapClassesOf, mapClassOf } from './map-classes.ts'
import { withRanks } from './ranks.ts'

type Tile = { readonly code: string; readonly district: string; readonly col: number; readonly row: number }

let known: ReadonlyMap<string, readonly Tile[]> | undefined

/**
 * The places of communes on a grid, by map (db/reference/tiles.csv): a schematic, no borders. Names there hold no
 * comma.
 */
function tilesOf(map: string): readonly Tile[] {
  known ??= Map.groupBy(
    readFileSync(fromRoot('db/reference/tiles.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(','))
      .map(([of = '', code = '', _name, district = '', col = '0', row = '0']) => ({
        of,
        code,
        district,
        col: Number(col),
        row: Number(row),
      })),
    ({ of }) => of,
  )
  return known.get(map) ?? []
}

const shareOf = ({ rate, rateOfMembers }: QuickRow) => (rate ?? rateOfMembers)?.exact

/**
 * The communes of a unit on a map, each with its tile and its figure. Classes are of all communes of the campaign on
 * that day, whichever unit is shown, so that a district's map and the province's paint a commune alike; ranks are of
 * the communes shown, as in the ranking beside the map.
 */
export async function readTileMap(work: Work, id: campaign.CampaignId, query: FigureParams): Promise<TileMap> {
  const asked = await readFigureQuery(work, id, query)
  const { metric, day, map, tree, unit, campaign: one } = asked
  const drawn = await draftFigures(work, asked)
  const places = new Map(tilesOf(map).map(tile => [tile.code, tile]))
  const all = [...tree.standing.values()]
    .filter(({ level, code }) => level === 'commune' && places.has(code))
    .map(commune => drawn.rowOf(commune))
  const classes = mapClassesOf(all.flatMap(row => shareOf(row) ?? []))
  const shown = withRanks(all.filter(row => tree.lineOf(row.unit.id).includes(unit.id)))
  const tiles = shown.flatMap(row => {
    const place = places.get(row.unit.code)
    return place ? [tileOf(row, place, classes)] : []
  })
  return {
    day,
    map,
    metric,
    columns: Math.max(0, ...tiles.map(({ col }) => col)) + 1,
    rows: Math.max(0, ...tiles.map(({ row }) => row)) + 1,
    classes,
    districts: tree
      .childrenOf(one.unitId)
      .flatMap(({ level, code, name }) => (level === 'district' ? [{ code, name }] : [])),
    tiles,
  }
}

function tileOf(
  row: QuickRow,
  { district, col, row: line }: Tile,
  classes: readonly number[],
): TileMap['tiles'][number] {
  const { unit, members, cumulative, target, rate, rateOfMembers, rank, silent } = row
  return {
    unit,
    district: district || null,
    col,
    row: line,
    members,
    cumulative,
    target,
    rate: rate ?? rateOfMembers,
    rank,
    coverage: mapClassOf(shareOf(row), classes),
    silent,
  }
}
