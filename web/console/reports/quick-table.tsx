import { Fragment, type ReactNode } from 'react'
import { columnsIn, type ScreenColumn, sheetColumns } from '../../../src/statistics/reports/sheet-column.ts'
import { decimalText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Counted, shownRate } from '../campaign/campaign-figure.tsx'
import type { CampaignSearch, QuickRow, QuickSheet } from '../campaign/search.ts'
import { Go } from '../parts/place-link.tsx'
import { Ruler } from '../parts/ruler.tsx'
import { reportsAt } from './search.ts'

/** On paper the forecast is left out. */
const columnsFor = (onPaper: boolean | undefined) => columnsIn('screen').filter(key => !(onPaper && key === 'forecast'))
const isLeft = (key: ScreenColumn) => key === 'unit' || key === 'bar'

/** The rate of the paper: per cent to three places, cut. */
export const exactText = (rate: { readonly exact: number } | null) => (rate ? decimalText(rate.exact * 100, 3) : '')

export type QuickTableProps = {
  readonly sheet: QuickSheet
  readonly search: CampaignSearch
  /** On paper a figure is no link, and the forecast is left out. */
  readonly onPaper?: boolean
}

/** A unit's quick statistics in administrative order, so that they can be checked against yesterday's. */
export function QuickTable({ sheet, search, onPaper }: QuickTableProps) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('reports-title-none')} tabIndex={0}>
      <table className="plain-table quick-table">
        <Heads {...(onPaper && { onPaper })} />
        <tbody>
          {sheet.below.map((row, at) => (
            <Line key={row.unit.id} row={row} no={at + 1} sheet={sheet} search={search} {...(onPaper && { onPaper })} />
          ))}
          {sheet.elsewhere.members > 0 && (
            <tr>
              {columnsFor(onPaper).map(key => {
                const { ofElsewhere } = sheetColumns[key]
                if (key === 'unit')
                  return (
                    <th scope="row" key={key}>
                      {say('ranking-elsewhere')}
                    </th>
                  )
                return ofElsewhere ? (
                  <td className="end" key={key}>
                    {numberText(ofElsewhere(sheet.elsewhere))}
                  </td>
                ) : (
                  <td key={key} />
                )
              })}
            </tr>
          )}
        </tbody>
        <tfoot>
          <Line row={sheet.whole} sheet={sheet} search={search} {...(onPaper && { onPaper })} />
        </tfoot>
      </table>
      {sheet.below.some(({ target }) => target === null) && <p className="small">{say('rate-of-members')}</p>}
    </section>
  )
}

function Heads({ onPaper }: Pick<QuickTableProps, 'onPaper'>) {
  const say = useSay()
  return (
    <thead>
      <tr>
        {columnsFor(onPaper).map(key => (
          <th scope="col" key={key} {...(!isLeft(key) && { className: 'end' })}>
            {say(`sheet-${key}`)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type LineProps = QuickTableProps & { readonly row: QuickRow; readonly no?: number }

function Line({ row, no, sheet, search, onPaper }: LineProps) {
  const say = useSay()
  const {
    unit,
    target,
    today,
    cumulative,
    remaining,
    members,
    planned,
    rank,
    neededPerWorkingDay,
    forecast,
    silent,
    above,
  } = row
  const whole = target ?? members
  const of = { ...search, cd: sheet.campaign.id, dv: unit.id }
  const counted = (value: number, kieu: string, tu?: string) =>
    onPaper ? (
      numberText(value)
    ) : (
      <Counted value={value} metric={sheet.metric} search={{ ...of, kieu, tu }} label={unit.name} />
    )
  const cells: Record<ScreenColumn, ReactNode> = {
    place: <td className="end quiet">{no}</td>,
    unit: (
      <th scope="row">
        {no === undefined || onPaper ? unit.name : <Go to={reportsAt(of)}>{unit.name}</Go>}
        {silent && no !== undefined && <span className="small"> {say('ranking-silent')}</span>}
        {above && <span className="small late-text"> {say(`above-${above}`)}</span>}
      </th>
    ),
    target: (
      <td className="end">
        {target === null ? <span className="quiet">{say('targets-no-value')}</span> : numberText(target)}
      </td>
    ),
    today: <td className="end">{counted(today, 'new', sheet.day)}</td>,
    cumulative: (
      <td className="end">
        <b>{counted(cumulative, 'done')}</b>
      </td>
    ),
    remaining: <td className="end">{remaining === null ? '' : numberText(remaining)}</td>,
    rate: <td className="end">{exactText(shownRate(row))}</td>,
    bar: (
      <td className="ruler-cell">
        {whole > 0 && <Ruler small done={cumulative} target={whole} {...(planned !== null && { plan: planned })} />}
      </td>
    ),
    rank: <td className="end">{rank}</td>,
    need: <td className="end">{neededPerWorkingDay === null ? '' : numberText(neededPerWorkingDay)}</td>,
    forecast: <td className="end quiet">{forecast && `${numberText(forecast.low)}–${numberText(forecast.high)}`}</td>,
  }
  return (
    <tr>
      {columnsFor(onPaper).map(key => (
        <Fragment key={key}>{cells[key]}</Fragment>
      ))}
    </tr>
  )
}
