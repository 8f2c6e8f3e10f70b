import { decimalText, numberText } from '../../parts/formats.ts'
import type { WordKey } from '../base/language.tsx'
import { useSay } from '../base/language.tsx'
import { Counted, shownRate } from '../campaign/counted.tsx'
import type { CampaignSearch, QuickRow, QuickSheet } from '../campaign/search.ts'
import { Go } from '../parts/go.tsx'
import { Ruler } from '../parts/ruler.tsx'
import { reportsAt } from './search.ts'

const ends = ['sheet-target', 'sheet-today', 'sheet-total', 'sheet-remaining', 'sheet-rate'] as const

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
              <td />
              <th scope="row">{say('ranking-elsewhere')}</th>
              <td />
              <td className="end">{numberText(sheet.elsewhere.today)}</td>
              <td className="end">{numberText(sheet.elsewhere.cumulative)}</td>
              <td colSpan={onPaper ? 5 : 6} />
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
  const head = (key: WordKey) => (
    <th scope="col" className="end" key={key}>
      {say(key)}
    </th>
  )
  return (
    <thead>
      <tr>
        {head('sheet-no')}
        <th scope="col">{say('sheet-unit')}</th>
        {ends.map(head)}
        <th scope="col">{say('sheet-ruler')}</th>
        {head('sheet-rank')}
        {head('sheet-needed')}
        {!onPaper && head('sheet-forecast')}
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
  return (
    <tr>
      <td className="end quiet">{no}</td>
      <th scope="row">
        {no === undefined || onPaper ? unit.name : <Go to={reportsAt(of)}>{unit.name}</Go>}
        {silent && no !== undefined && <span className="small"> {say('ranking-silent')}</span>}
        {above && <span className="small late-text"> {say(`above-${above}`)}</span>}
      </th>
      <td className="end">
        {target === null ? <span className="quiet">{say('targets-no-value')}</span> : numberText(target)}
      </td>
      <td className="end">{counted(today, 'new', sheet.day)}</td>
      <td className="end">
        <b>{counted(cumulative, 'done')}</b>
      </td>
      <td className="end">{remaining === null ? '' : numberText(remaining)}</td>
      <td className="end">{exactText(shownRate(row))}</td>
      <td className="ruler-cell">
        {whole > 0 && <Ruler small done={cumulative} target={whole} {...(planned !== null && { plan: planned })} />}
      </td>
      <td className="end">{rank}</td>
      <td className="end">{neededPerWorkingDay === null ? '' : numberText(neededPerWorkingDay)}</td>
      {!onPaper && (
        <td className="end quiet">{forecast && `${numberText(forecast.low)}–${numberText(forecast.high)}`}</td>
      )}
    </tr>
  )
}
