import { useSearch } from '@tanstack/react-router'
import { asDay, daysBetween } from '../../../src/platform/day.ts'
import { dayText, decimalText, numberText, paceText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { CampaignRuler } from './campaign-ruler.tsx'
import { WithCampaign } from './chosen-campaign.tsx'
import { useCountedSheet } from './counted-sheet.ts'
import { ProgressChart } from './progress-chart.tsx'
import { asQuery, type Campaign, type CampaignSearch, campaignAt, type QuickRow, type QuickSheet } from './search.ts'
import { sheetPaperLines } from './sheet-paper-lines.ts'
import { verdictOf } from './verdict.ts'

/** The campaign on A4: verdict, figures, its chart, and each unit with a bar that reads in black and white. */
export function CampaignPaperPage() {
  const say = useSay()
  const search = useSearch({ from: '/chien-dich/in' })
  return (
    <WithCampaign search={search} title={say('campaign-title')}>
      {campaign => <CampaignPaper search={search} campaign={campaign} />}
    </WithCampaign>
  )
}

type Told = { readonly search: CampaignSearch; readonly campaign: Campaign; readonly sheet: QuickSheet }

function CampaignPaper({ search, campaign }: Omit<Told, 'sheet'>) {
  const say = useSay()
  const { sheet, error, refetch } = useCountedSheet({
    params: { id: campaign.id },
    query: asQuery(search, campaign.metrics),
  })
  return (
    <PaperPage
      title={say('campaign-paper')}
      lines={sheet ? sheetPaperLines(say, campaign, sheet) : []}
      back={{ to: campaignAt(search), text: say('people-back') }}
      error={error}
      retry={() => void refetch()}
      reading={sheet ? undefined : say('campaign-reading')}
      className="one-page"
    >
      {sheet && (
        <div className="a4">
          <Figures sheet={sheet} />
          <CampaignRuler sheet={sheet} />
          <ProgressChart search={search} campaign={campaign} sheet={sheet} />
          <Units sheet={sheet} />
        </div>
      )}
    </PaperPage>
  )
}

/** Verdict, target, achieved, what is left, days left, pace, forecast. */
function Figures({ sheet }: { readonly sheet: QuickSheet }) {
  const say = useSay()
  const { whole, day, dueOn, workingDaysLeft } = sheet
  const { target, cumulative, forecast, neededPerWorkingDay, recentPerWorkingDay } = whole
  const rows = [
    [say('campaign-paper-verdict'), say(`verdict-${verdictOf(whole, sheet)}`)],
    [say('campaign-paper-target'), target === null ? say('campaign-paper-none') : numberText(target)],
    [say('campaign-paper-done'), `${numberText(cumulative)}${rateIn(whole)}`],
    target !== null && [say('campaign-paper-left'), numberText(Math.max(0, target - cumulative))],
    dueOn && [
      say('campaign-paper-days'),
      say('campaign-paper-days-of', {
        all: numberText(daysBetween(asDay(day), asDay(dueOn))),
        days: numberText(workingDaysLeft ?? 0),
        due: dayText(dueOn),
      }),
    ],
    neededPerWorkingDay !== null && [say('campaign-paper-needed'), numberText(neededPerWorkingDay)],
    [say('campaign-paper-recent'), paceText(recentPerWorkingDay)],
    forecast && [
      say('campaign-paper-forecast'),
      say('campaign-paper-between', { low: numberText(forecast.low), high: numberText(forecast.high) }),
    ],
  ].filter(row => Array.isArray(row))
  return (
    <table className="plain-table figure-rows">
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const rateIn = ({ rate }: QuickRow) => (rate ? ` (${decimalText(rate.exact * 100, 1)}%)` : '')

/** Each unit with its target, what it achieved, and a bar: what is filled is done. */
function Units({ sheet: { below } }: { readonly sheet: QuickSheet }) {
  const say = useSay()
  if (below.length === 0) return null
  return (
    <table className="plain-table unit-bars">
      <thead>
        <tr>
          <th scope="col" className="end">
            {say('row-number')}
          </th>
          <th scope="col">{say('unit')}</th>
          <th scope="col" className="end">
            {say('campaign-paper-target')}
          </th>
          <th scope="col" className="end">
            {say('campaign-paper-done')}
          </th>
          <th scope="col" className="end">
            %
          </th>
          <th scope="col">{say('campaign-paper-bar')}</th>
        </tr>
      </thead>
      <tbody>
        {below.map((row, place) => (
          <tr key={row.unit.id}>
            <td className="end">{place + 1}</td>
            <th scope="row">{shortName(row.unit.name)}</th>
            <td className="end">{row.target === null ? '' : numberText(row.target)}</td>
            <td className="end">{numberText(row.cumulative)}</td>
            <td className="end">{row.rate ? decimalText(row.rate.exact * 100, 1) : ''}</td>
            <td>
              <span className="outlined" aria-hidden>
                <span style={{ width: `${Math.min(100, (row.rate?.exact ?? 0) * 100)}%` }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
