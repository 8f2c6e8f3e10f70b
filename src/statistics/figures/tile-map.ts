import { readFileSync } from 'node:fs'
import type * as campaign from '../../campaign/campaign.ts'
import { fromRoot } from '../../platform/root.ts'
import type { Work } from '../../platform/work.ts'
import type { QuickRow, TileMap } from '../contract.ts'
import { type FigureParams, readFigureQuery } from '../figure.ts'
import { mapClasses } from '../law.ts'
import { draftFigures } from './figures.ts'

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

/** The communes of a unit on a map, each with its tile and its figure. */
export async function readTileMap(work: Work, id: campaign.CampaignId, query: FigureParams): Promise<TileMap> {
  const asked = await readFigureQuery(work, id, query)
  const { metric, day, map, tree, unit, campaign: one } = asked
  const drawn = await draftFigures(work, asked)
  const places = new Map(tilesOf(map).map(tile => [tile.code, tile]))
  const communes = [...tree.standing.values()].filter(
    ({ id: of, level }) => level === 'commune' && tree.lineOf(of).includes(unit.id),
  )
  const tiles = communes.flatMap(commune => {
    const place = places.get(commune.code)
    return place ? [tileOf(drawn.rowOf(commune), place)] : []
  })
  return {
    day,
    map,
    metric,
    columns: Math.max(0, ...tiles.map(({ col }) => col)) + 1,
    rows: Math.max(0, ...tiles.map(({ row }) => row)) + 1,
    classes: mapClasses,
    districts: tree
      .childrenOf(one.unitId)
      .flatMap(({ level, code, name }) => (level === 'district' ? [{ code, name }] : [])),
    tiles,
  }
}

function tileOf(
  { unit, members, cumulative, target, rate, rateOfMembers, silent }: QuickRow,
  { district, col, row }: Tile,
): TileMap['tiles'][number] {
  const shown = rate ?? rateOfMembers
  const coverage = shown === null ? null : Math.max(1, mapClasses.findLastIndex(bound => bound <= shown.exact) + 1)
  return { unit, district: district || null, col, row, members, cumulative, target, rate: shown, coverage, silent }
}
