import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { figureFunnel, quickStatistics } from '../../../src/statistics/contract.ts'
import { reportList } from '../../../src/statistics/reports/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
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
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useSession, useUnitName } from '../shell/session.tsx'
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
  const unit = useUnitName()
  const asked = { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) }
  const { data: sheet, error, refetch } = useAsk(quickStatistics, asked)
  const { data: funnel } = useAsk(figureFunnel, asked)
  return (
    <Page
      title={sheet ? say('reports-title', { day: dayText(sheet.day) }) : say('reports-title-none')}
      strip={[sheet?.whole.unit.name ?? unit]}
      foot={
        <>
          {sheet && (
            <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
              {say('print-a4')}
            </Button>
          )}
          <Go className="exit" to={reportsAt(search)}>
            {say('report-back')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!sheet && !error && <Loading what={say('paper-reading')} />}
      {sheet && (
        <article className="a4">
          <Head campaign={campaign} sheet={sheet} />
          <Spoken sheet={sheet} />
          <QuickTable sheet={sheet} search={search} onPaper />
          <div className="a4-two">
            {funnel && <Stops funnel={funnel} sheet={sheet} />}
            <Notices sheet={sheet} funnel={funnel} />
          </div>
          <p className="small method">
            {say('paper-method', { basis: say(`basis-${campaign.basis}`), map: sheet.map })}
          </p>
          <Foot campaign={campaign} sheet={sheet} />
        </article>
      )}
    </Page>
  )
}

function Head({ campaign, sheet }: { campaign: Campaign; sheet: QuickSheet }) {
  const say = useSay()
  const { demonstration } = useSession()
  const { whole, day, metric, knownAt, edition } = sheet
  const [y, m, d] = day.split('-')
  return (
    <>
      <header className="a4-head">
        <div>
          <p className="capitals">{whole.unit.name}</p>
          <p>{campaign.title}</p>
          {demonstration && <p className="small">{say('paper-demo')}</p>}
        </div>
        <div className="centre">
          <p className="capitals">{say('paper-nation')}</p>
          <p>
            <b>{say('paper-motto')}</b>
          </p>
          <p>
            <i>{say('paper-place-day', { place: whole.unit.name, d: Number(d), m: Number(m), y: y ?? '' })}</i>
          </p>
        </div>
      </header>
      <h2 className="centre a4-title">{say('paper-title', { day: dayText(day) })}</h2>
      <p className="centre">
        {say('paper-about', {
          metric: say(`metric-${metric}`),
          day: dayText(day),
          time: instantText(knownAt).time,
          edition,
        })}
      </p>
    </>
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
      <h3>{say('paper-stops')}</h3>
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
      <h3>{say('paper-notice')}</h3>
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

/** The code to compare with where this very state was published, who printed it when, and room for two signatures. */
function Foot({ campaign, sheet }: { campaign: Campaign; sheet: QuickSheet }) {
  const say = useSay()
  const { name } = useSession()
  const [printed] = useState(() => instantText(new Date().toISOString()))
  const { data } = useAsk(reportList, { query: { campaign: campaign.id, day: sheet.day } })
  const same = data?.reports.find(
    ({ unit, metric, edition }) =>
      unit.id === sheet.whole.unit.id && metric === sheet.metric && edition === sheet.edition,
  )
  return (
    <footer className="a4-foot">
      <div>
        <p>{same ? say('paper-code', { code: same.code }) : say('paper-unpublished')}</p>
        {same && <p className="small">{say('paper-compare')}</p>}
        <p className="small">{say('printed-by', { at: `${printed.day} ${printed.time}`, who: name })}</p>
      </div>
      {(['paper-preparer', 'paper-commander'] as const).map(who => (
        <div className="centre" key={who}>
          <p className="capitals">{say(who)}</p>
          <p>
            <i>{say('paper-sign')}</i>
          </p>
        </div>
      ))}
    </footer>
  )
}
