import { useSearch } from '@tanstack/react-router'
import { figureFunnel, quickStatistics } from '../../../src/statistics/contract.ts'
import { reportList } from '../../../src/statistics/reports/contract.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { WithCampaign } from '../campaign/chosen-campaign.tsx'
import { lossesOf, wayOf } from '../campaign/funnel-losses.ts'
import { ratesApart } from '../campaign/lowest-first.ts'
import { rankedRows } from '../campaign/ranking-section.tsx'
import {
  asQuery,
  asStep,
  type Campaign,
  type CampaignSearch,
  type FunnelAnswer,
  type QuickSheet,
} from '../campaign/search.ts'
import { sheetPaperLines } from '../campaign/sheet-paper-lines.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { QuickTable } from './quick-table.tsx'
import { Spoken } from './read-aloud.tsx'
import { reportsAt } from './search.ts'

/** The quick statistics as they will stand on A4. */
export function ReportPaperPage() {
  const say = useSay()
  const search = useSearch({ from: '/bao-cao/in' })
  return (
    <WithCampaign search={search} title={say('reports-title-none')}>
      {campaign => <Sheet search={search} campaign={campaign} />}
    </WithCampaign>
  )
}

function Sheet({ search, campaign }: { search: CampaignSearch; campaign: Campaign }) {
  const say = useSay()
  const asked = { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) }
  const { data: sheet, error, refetch } = useAsk(quickStatistics, asked)
  const { data: funnel } = useAsk(figureFunnel, asked)
  return (
    <PaperPage
      title={sheet ? say('paper-title', { day: dayText(sheet.day) }) : say('reports-title-none')}
      lines={sheet ? sheetPaperLines(say, campaign, sheet) : []}
      back={{ to: reportsAt(search), text: say('report-back') }}
      error={error}
      retry={() => void refetch()}
      reading={sheet ? undefined : say('paper-reading')}
      signs={[say('report-preparer'), say('paper-commander')]}
      className="one-page"
    >
      {sheet && (
        <div className="a4">
          <Spoken sheet={sheet} />
          <QuickTable sheet={sheet} search={search} onPaper />
          <div className="a4-two">
            {funnel && <Stops funnel={funnel} sheet={sheet} />}
            <Notices sheet={sheet} funnel={funnel} />
          </div>
          <p className="small method">
            {say('paper-method', { basis: say(`basis-${campaign.basis}`), map: sheet.map })}
          </p>
          <Code campaign={campaign} sheet={sheet} />
        </div>
      )}
    </PaperPage>
  )
}

function Stops({ funnel, sheet }: { funnel: FunnelAnswer; sheet: QuickSheet }) {
  const say = useSay()
  const way = wayOf(sheet.metric)
  const steps = (funnel.ways.find(one => one.way === way)?.steps ?? []).flatMap(({ metric, total }) => {
    const step = asStep(metric)
    return step ? [{ key: step, label: say(`step-${step}`), total }] : []
  })
  const rows = [{ key: 'members', label: say('step-members'), total: funnel.members }, ...steps]
  const share = (total: number) => (funnel.members > 0 ? (total * 100) / funnel.members : 0)
  return (
    <section>
      <h2 className="a4-part">{say('paper-stops')}</h2>
      {rows.map(({ key, label, total }) => (
        <div className="paper-bar" key={key}>
          <span>{label}</span>
          <span className="outlined" aria-hidden>
            <span style={{ width: `${Math.min(100, share(total))}%` }} />
          </span>
          <span className="end figures">{numberText(total)}</span>
          <span className="end figures">{numberText(share(total))}%</span>
        </div>
      ))}
    </section>
  )
}

function Notices({ sheet, funnel }: { sheet: QuickSheet; funnel: FunnelAnswer | undefined }) {
  const say = useSay()
  const ranked = rankedRows(sheet.below)
  const rates = ratesApart(ranked)
  const worst = ranked.filter(({ rate }) => rate).slice(0, 3)
  const silent = sheet.below.filter(row => row.silent).length
  const loss = funnel && lossesOf(funnel, sheet.metric).toSorted((a, b) => b.stopped - a.stopped)[0]
  const { whole, below } = sheet
  return (
    <section>
      <h2 className="a4-part">{say('paper-notice')}</h2>
      <ul className="bullets figures">
        {worst.length > 0 && (
          <li>
            {say('paper-lowest', {
              units: worst.map(row => `${shortName(row.unit.name)} ${rates.get(row.unit.id)}`).join(', '),
            })}
          </li>
        )}
        {loss && loss.stopped > 0 && (
          <li>{say('paper-stop', { n: numberText(loss.stopped), stop: say(`stop-${loss.step}`).toLowerCase() })}</li>
        )}
        {silent > 0 && <li>{say('paper-silent', { n: silent })}</li>}
        {whole.target !== null && below.length > 0 && (
          <li>
            {whole.notHandedDown > 0
              ? say('paper-not-handed', { n: numberText(whole.notHandedDown) })
              : say('paper-handed')}
          </li>
        )}
      </ul>
    </section>
  )
}

/** The code to compare with where this very state was published. */
function Code({ campaign, sheet }: { campaign: Campaign; sheet: QuickSheet }) {
  const say = useSay()
  const { data } = useAsk(reportList, { query: { campaign: campaign.id, day: sheet.day } })
  const same = data?.reports.find(
    ({ unit, metric, edition }) =>
      unit.id === sheet.whole.unit.id && metric === sheet.metric && edition === sheet.edition,
  )
  return (
    <p className="small">
      {same ? `${say('paper-code', { code: same.code })} ${say('paper-compare')}` : say('paper-unpublished')}
    </p>
  )
}
