import { useState } from 'react'
import { figureMap } from '../../../src/statistics/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Ruler } from '../parts/ruler.tsx'
import { Counted, shownRate, useRateText } from './campaign-figure.tsx'
import { lowestFirst, ratesApart } from './lowest-first.ts'
import {
  asQuery,
  type Campaign,
  type CampaignSearch,
  campaignAt,
  type Metric,
  type QuickRow,
  type QuickSheet,
} from './search.ts'

type RankingProps = { readonly search: CampaignSearch; readonly campaign: Campaign; readonly sheet: QuickSheet }

/** The rows below with the rate that each is told by, the lowest first; ranks are kept. */
export const rankedRows = (rows: readonly QuickRow[]) =>
  lowestFirst(rows.map(row => ({ ...row, rate: shownRate(row), ofTarget: row.rate })))

/** Which of the units below is slowest: each name leads one level down. */
export function RankingSection({ search, campaign, sheet }: RankingProps) {
  const say = useSay()
  const [byCommune, setByCommune] = useState(false)
  const hasBoth = sheet.whole.unit.level === 'province' && sheet.below.some(({ unit }) => unit.level === 'district')
  if (!sheet.below.length)
    return (
      <section className="picture">
        <h2>{say('ranking-title')}</h2>
        <p className="quiet">{say('ranking-none')}</p>
      </section>
    )
  return (
    <section className="picture">
      <div className="picture-head">
        <h2>{say('ranking-title')}</h2>
        {!byCommune && <span className="small">{say('ranking-plan')}</span>}
        {hasBoth && (
          // biome-ignore lint/a11y/useSemanticElements: two buttons of one choice, no form
          <div className="buttons" role="group" aria-label={say('ranking-which')}>
            <Button look={byCommune ? ['row', 'text'] : 'row'} pressed={!byCommune} onPress={() => setByCommune(false)}>
              {say('ranking-below')}
            </Button>
            <Button look={byCommune ? 'row' : ['row', 'text']} pressed={byCommune} onPress={() => setByCommune(true)}>
              {say('ranking-communes')}
            </Button>
          </div>
        )}
      </div>
      {byCommune && hasBoth ? (
        <Communes search={search} campaign={campaign} sheet={sheet} />
      ) : (
        <Ranked search={search} metric={sheet.metric} rows={sheet.below} sheet={sheet} />
      )}
    </section>
  )
}

function Ranked({
  search,
  metric,
  rows,
  sheet,
}: {
  search: CampaignSearch
  metric: Metric
  rows: readonly QuickRow[]
  sheet: QuickSheet
}) {
  const say = useSay()
  const rateText = useRateText()
  const ranked = rankedRows(rows)
  const rates = ratesApart(ranked)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('ranking-title')} tabIndex={0}>
      <table className="plain-table ranking-table">
        <Heads />
        <tbody>
          {ranked.map(row => (
            <Line
              key={row.unit.id}
              row={row}
              rate={rates.get(row.unit.id)}
              search={{ ...search, cd: sheet.campaign.id }}
              metric={metric}
              day={sheet.day}
            />
          ))}
          {sheet.elsewhere.members > 0 && (
            <tr className="elsewhere">
              <td />
              <th scope="row" colSpan={3}>
                {say('ranking-elsewhere')}
              </th>
              <td className="end">{numberText(sheet.elsewhere.cumulative)}</td>
              <td className="end">{numberText(sheet.elsewhere.today)}</td>
              <td />
            </tr>
          )}
        </tbody>
        <tfoot>
          <Line
            row={sheet.whole}
            rate={shownRate(sheet.whole) ? rateText(shownRate(sheet.whole)) : undefined}
            search={{ ...search, cd: sheet.campaign.id }}
            metric={metric}
            day={sheet.day}
            isWhole
          />
        </tfoot>
      </table>
      {rows.length > 1 && <p className="small">{say('ranking-rounding')}</p>}
      {rows.some(({ target }) => target === null) && <p className="small">{say('rate-of-members')}</p>}
    </section>
  )
}

function Heads() {
  const say = useSay()
  return (
    <thead>
      <tr>
        <th scope="col" className="end">
          {say('sheet-rank')}
        </th>
        <th scope="col">{say('ranking-unit')}</th>
        <th scope="col" className="end">
          {say('ranking-rate')}
        </th>
        <th scope="col">
          <span className="unseen">{say('ranking-plan')}</span>
        </th>
        <th scope="col" className="end">
          {say('ranking-done')}
        </th>
        <th scope="col" className="end">
          {say('ranking-today')}
        </th>
        <th scope="col" className="end">
          {say('ranking-needed')}
        </th>
      </tr>
    </thead>
  )
}

type LineProps = {
  readonly row: QuickRow
  readonly rate: string | undefined
  readonly search: CampaignSearch
  readonly metric: Metric
  readonly day: string
  readonly isWhole?: boolean
}

function Line({ row, rate, search, metric, day, isWhole }: LineProps) {
  const say = useSay()
  const { unit, rank, cumulative, today, planned, neededPerWorkingDay, silent, above } = row
  const whole = row.target ?? row.members
  const of = { ...search, dv: unit.id }
  return (
    <tr>
      <td className="end quiet">{isWhole ? '' : rank}</td>
      <th scope="row">
        {isWhole ? say('ranking-whole') : <Go to={campaignAt(of)}>{shortName(unit.name)}</Go>}
        {silent && !isWhole && <span className="small"> {say('ranking-silent')}</span>}
        {above && <span className="small late-text"> {say(`above-${above}`)}</span>}
      </th>
      <td className="end">
        <b>{rate}</b>
      </td>
      <td className="ruler-cell">
        {whole > 0 && <Ruler small done={cumulative} target={whole} {...(planned !== null && { plan: planned })} />}
      </td>
      <td className="end">
        <Counted value={cumulative} metric={metric} search={{ ...of, kieu: 'done' }} label={unit.name} />
      </td>
      <td className="end">
        <Counted value={today} metric={metric} search={{ ...of, kieu: 'new', tu: day }} label={unit.name} />
      </td>
      <td className="end">{neededPerWorkingDay === null ? '' : numberText(neededPerWorkingDay)}</td>
    </tr>
  )
}

/** The same of all communes at once, as the map has them. */
function Communes({ search, campaign, sheet }: RankingProps) {
  const say = useSay()
  const { data } = useAsk(
    figureMap,
    { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) },
    { keep: true },
  )
  if (!data) return <Loading what={say('campaign-reading')} />
  const named = new Map(data.districts.map(({ code, name }) => [code, name]))
  const rows = lowestFirst(data.tiles)
  const rates = ratesApart(data.tiles)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
    <section className="communes" aria-label={say('ranking-communes')} tabIndex={0}>
      <table className="plain-table ranking-table">
        <thead>
          <tr>
            <th scope="col" className="end">
              {say('sheet-rank')}
            </th>
            <th scope="col">{say('ranking-unit')}</th>
            <th scope="col" className="end">
              {say('ranking-rate')}
            </th>
            <th scope="col" className="end">
              {say('ranking-done')}
            </th>
            <th scope="col" className="end">
              {say('sheet-target')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ unit, district, rank, cumulative, target, silent }) => (
            <tr key={unit.id}>
              <td className="end quiet">{rank}</td>
              <th scope="row">
                <Go to={campaignAt({ ...search, dv: unit.id })}>{unit.name}</Go>
                <span className="small">
                  {' '}
                  {[district && shortName(named.get(district) ?? ''), silent && say('ranking-silent')]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </th>
              <td className="end">
                <b>{rates.get(unit.id)}</b>
              </td>
              <td className="end">
                <Counted
                  value={cumulative}
                  metric={sheet.metric}
                  search={{ ...search, cd: campaign.id, dv: unit.id, kieu: 'done' }}
                  label={unit.name}
                />
              </td>
              <td className="end">{target === null ? '' : numberText(target)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
