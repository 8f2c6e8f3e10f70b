import { figureMap } from '../../../src/statistics/contract.ts'
import { decimalText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { type Tile, TileMap } from '../parts/charts/tile-map.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { lowestOf, ratesApart } from './lowest-first.ts'
import { asQuery, type Campaign, type CampaignSearch, campaignAt, type TileMapAnswer } from './search.ts'

/** So many of the lowest are numbered; of few tiles no more than half. */
const most = 6

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
  const rates = ratesApart(map.tiles)
  const lowest = lowestOf(map.tiles, Math.min(most, Math.floor(map.tiles.length / 2)))
  const mark = new Map(lowest.map(({ row, place }) => [row.unit.id, place]))
  // Of a district only its own part of the grid is drawn.
  const [left, top] = [Math.min(...map.tiles.map(({ col }) => col)), Math.min(...map.tiles.map(({ row }) => row))]
  const tiles = map.tiles.map((one): Tile => {
    const { unit, district, col, row, coverage, members, cumulative, target, silent } = one
    const done = { unit: unit.name, done: numberText(cumulative), rate: rates.get(unit.id) ?? say('rate-none') }
    const ofMembers = members > 0 ? say('map-tile-members', { ...done, members: numberText(members) }) : undefined
    const told =
      target === null
        ? (ofMembers ?? say('map-tile-none', done))
        : say('map-tile', { ...done, target: numberText(target) })
    return {
      key: unit.id,
      col: col - left,
      row: row - top,
      group: district,
      level: coverage && colourOf(coverage, map.classes.length),
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
      <Classes map={map} />
      <ol className="lowest">
        {lowest.map(({ row: { unit }, place }) => (
          <li key={unit.id}>
            <b>{place}</b> <Go to={campaignAt({ ...search, dv: unit.id })}>{unit.name}</Go> {rates.get(unit.id)}
          </li>
        ))}
      </ol>
      {lowest.length > 0 && <p className="small">{say('map-lowest')}</p>}
    </TileMap>
  )
}

const colours = 5

/** Fewer classes than colours keep the lightest for the lowest and the darkest for the highest. */
const colourOf = (level: number, classes: number) =>
  classes === 1 ? Math.ceil(colours / 2) : 1 + Math.round(((level - 1) * (colours - 1)) / (classes - 1))

/** A bound in per cent, with as many places as it has. */
const boundText = (bound: number) => {
  const places = [0, 1, 2].find(n => Math.abs(bound * 100 - Number((bound * 100).toFixed(n))) < 1e-7) ?? 2
  return decimalText(bound * 100 + 1e-9, places)
}

/** What the colours mean, and of how many communes on the map each is: the counts add up to its tiles. */
function Classes({ map: { classes, tiles } }: { map: TileMapAnswer }) {
  const say = useSay()
  const per = classes.map(boundText)
  const countOf = (level: number | null) => numberText(tiles.filter(({ coverage }) => coverage === level).length)
  const said = per.map((from, at) => {
    const to = per[at + 1]
    if (at === 0) return to === undefined ? say('map-class-only') : say('map-class-first', { to })
    return to === undefined ? say('map-class-last', { from }) : say('map-class', { from, to })
  })
  const hasNone = tiles.some(({ coverage }) => coverage === null)
  return (
    <>
      <ul className="classes">
        {said.map((one, at) => (
          <li key={one}>
            <span className={`swatch coverage-ground-${colourOf(at + 1, classes.length)}`} aria-hidden /> {one}
            <b>{countOf(at + 1)}</b>
          </li>
        ))}
        {hasNone && (
          <li>
            <span className="swatch none-ground" aria-hidden /> {say('map-none')} <b>{countOf(null)}</b>
          </li>
        )}
      </ul>
      <p className="small">{say('map-rule', { n: numberText(tiles.length) })}</p>
    </>
  )
}
