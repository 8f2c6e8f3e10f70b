import { figureMap } from '../../../src/statistics/contract.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Tile, TileMap } from '../parts/tile-map.tsx'
import { useRateText } from './campaign-figure.tsx'
import { asQuery, type Campaign, type CampaignSearch, campaignAt, type TileMapAnswer } from './search.ts'

const most = 6

/** The tiles with the lowest rates, the worst first; those without data are not among them. */
const lowestOf = ({ tiles }: TileMapAnswer) =>
  tiles
    .flatMap(tile => (tile.rate ? [{ tile, rate: tile.rate }] : []))
    .toSorted((a, b) => a.rate.exact - b.rate.exact || a.tile.unit.code.localeCompare(b.tile.unit.code))
    .slice(0, Math.min(most, Math.floor(tiles.length / 2)))

/** The communes as tiles, coloured by coverage; the lowest six numbered and listed. */
export function MapSection({ search, campaign }: { search: CampaignSearch; campaign: Campaign }) {
  const say = useSay()
  const { data, error, refetch } = useAsk(
    figureMap,
    { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) },
    { keep: true },
  )
  if (data?.tiles.length === 1) return null
  const title = data ? say('map-title', { metric: say(`metric-${data.metric}`) }) : say('ranking-communes')
  return (
    <section className="picture" aria-label={title}>
      <h2>{title}</h2>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('campaign-reading')} />}
      {data && data.tiles.length === 0 && <p className="quiet">{say('map-empty')}</p>}
      {data && data.tiles.length > 0 && <Drawn map={data} search={search} label={title} />}
    </section>
  )
}

function Drawn({ map, search, label }: { map: TileMapAnswer; search: CampaignSearch; label: string }) {
  const say = useSay()
  const rateText = useRateText()
  const lowest = lowestOf(map)
  const mark = new Map(lowest.map(({ tile }, at) => [tile.unit.id, at + 1]))
  // Of a district only its own part of the grid is drawn.
  const [left, top] = [Math.min(...map.tiles.map(({ col }) => col)), Math.min(...map.tiles.map(({ row }) => row))]
  const tiles = map.tiles.map((one): Tile => {
    const { unit, district, col, row, coverage, cumulative, target, rate, silent } = one
    const done = { unit: unit.name, done: numberText(cumulative) }
    const told =
      target === null
        ? say('map-tile-none', done)
        : say('map-tile', { ...done, target: numberText(target), rate: rateText(rate) })
    return {
      key: unit.id,
      col: col - left,
      row: row - top,
      group: district,
      level: coverage,
      mark: mark.get(unit.id),
      to: campaignAt({ ...search, dv: unit.id }),
      told: silent ? `${told}, ${say('map-tile-silent')}` : told,
    }
  })
  return (
    <TileMap
      label={label}
      tiles={tiles}
      columns={map.columns - left}
      rows={map.rows - top}
      groups={map.districts.map(({ code, name }) => ({ code, name: shortName(name) }))}
    >
      <Classes bounds={map.classes} hasNone={tiles.some(({ level }) => level === null)} hasMarks={lowest.length > 0} />
      <ol className="lowest">
        {lowest.map(({ tile: { unit }, rate }, at) => (
          <li key={unit.id}>
            <b>{at + 1}</b> <Go to={campaignAt({ ...search, dv: unit.id })}>{unit.name}</Go> {rateText(rate)}
          </li>
        ))}
      </ol>
    </TileMap>
  )
}

/** What the colours mean: the same classes on every day of the campaign. */
function Classes({ bounds, hasNone, hasMarks }: { bounds: readonly number[]; hasNone: boolean; hasMarks: boolean }) {
  const say = useSay()
  const per = bounds.map(bound => numberText(bound * 100 + 1e-9))
  const said = per.map((from, at) => {
    const to = per[at + 1]
    if (to === undefined) return say('map-class-last', { from })
    return at === 0 ? say('map-class-first', { to }) : say('map-class', { from, to })
  })
  return (
    <ul className="classes">
      {said.map((one, at) => (
        <li key={one}>
          <span className={`swatch coverage-ground-${at + 1}`} aria-hidden /> {one}
        </li>
      ))}
      {hasNone && (
        <li>
          <span className="swatch none-ground" aria-hidden /> {say('map-none')}
        </li>
      )}
      {hasMarks && (
        <li>
          <span className="swatch mark-ground" aria-hidden>
            1
          </span>{' '}
          {say('map-lowest')}
        </li>
      )}
    </ul>
  )
}
