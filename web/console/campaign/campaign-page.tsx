import { useSearch } from '@tanstack/react-router'
import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import { dayInYearText, dayText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import type { FirstAsked } from '../base/prefetch.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { CampaignFoot } from './campaign-foot.tsx'
import { CampaignPhonePage } from './campaign-phone-page.tsx'
import { WithCampaign } from './chosen-campaign.tsx'
import { useCountedSheet } from './counted-sheet.ts'
import { FunnelSection } from './funnel-section.tsx'
import { MapSection } from './map-section.tsx'
import { ProgressChart } from './progress-chart.tsx'
import { RankingSection } from './ranking-section.tsx'
import { asQuery, type Campaign, type CampaignSearch, countsPeople, type QuickSheet } from './search.ts'
import { StateSentence } from './state-sentence.tsx'
import { verdictOf } from './verdict.ts'
import { CampaignMargin, Standing } from './verdict-and-margin.tsx'

/** Are we on time, where do people stop, which communes, which units first. */
export function CampaignPage() {
  const say = useSay()
  const search = useSearch({ from: '/chien-dich' })
  return (
    <WithCampaign search={search} title={say('campaign-title')}>
      {(campaign, all) => <Board search={search} campaign={campaign} all={all} />}
    </WithCampaign>
  )
}
CampaignPage.first = (() => [{ door: campaignList, asked: {} }]) satisfies FirstAsked

const verdictText = (sheet: QuickSheet, say: Say) => {
  const verdict = verdictOf(sheet.whole, sheet)
  const dated = sheet.dueOn && ['in-time', 'unsure', 'late'].includes(verdict)
  return `${say(`verdict-${verdict}`)}${dated ? ` ${dayInYearText(sheet.dueOn ?? '')}` : ''}`
}

type BoardProps = { readonly search: CampaignSearch; readonly campaign: Campaign; readonly all: readonly Campaign[] }

function Board({ search, campaign, all }: BoardProps) {
  const say = useSay()
  const unit = useUnitName()
  const narrow = useNarrow()
  const door = { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) }
  const { sheet, error, refetch } = useCountedSheet(door)
  const due = sheet?.dueOn
  const asked = due ? say('campaign-title-due', { due: dayInYearText(due) }) : say('campaign-title')
  // On a phone the answer takes the place of the question.
  const title = narrow && sheet ? verdictText(sheet, say) : asked
  return (
    <Page
      title={title}
      standing={sheet && <Standing campaign={campaign} sheet={sheet} />}
      strip={[
        sheet?.whole.unit.name ?? unit,
        sheet ? `${dayText(sheet.day)}, ${say(`metric-${sheet.metric}`).toLowerCase()}` : '',
      ]}
      margin={<CampaignMargin search={search} campaign={campaign} all={all} sheet={sheet} />}
      foot={<CampaignFoot search={search} campaign={campaign} />}
      ownPaper={say('campaign-print')}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!sheet && !error && <Loading what={say('campaign-reading')} />}
      {sheet &&
        !error &&
        (narrow ? (
          <CampaignPhonePage search={search} campaign={campaign} sheet={sheet} />
        ) : (
          <Pictures search={search} campaign={campaign} sheet={sheet} />
        ))}
    </Page>
  )
}

function Pictures({ search, campaign, sheet }: { search: CampaignSearch; campaign: Campaign; sheet: QuickSheet }) {
  // What counts the work itself has no steps at which people stop, and no share of people to colour a map by.
  const isOfPeople = countsPeople(sheet.metric)
  return (
    <div className="board">
      <StateSentence search={search} sheet={sheet} />
      <div className="split board-split">
        <div className="board-main">
          <ProgressChart search={search} campaign={campaign} sheet={sheet} />
          {isOfPeople && <MapSection search={search} campaign={campaign} />}
        </div>
        <div className="companion">
          {isOfPeople && <FunnelSection search={search} campaign={campaign} sheet={sheet} />}
          <RankingSection search={search} campaign={campaign} sheet={sheet} />
        </div>
      </div>
    </div>
  )
}
