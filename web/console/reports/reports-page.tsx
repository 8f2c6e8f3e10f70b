import { useSearch } from '@tanstack/react-router'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { CampaignChoices, UnitPath } from '../campaign/campaign-choices.tsx'
import { WithCampaign } from '../campaign/chosen-campaign.tsx'
import { useCountedSheet } from '../campaign/counted-sheet.ts'
import { asQuery, type Campaign, type CampaignSearch } from '../campaign/search.ts'
import { StateSentence } from '../campaign/state-sentence.tsx'
import { Standing } from '../campaign/verdict-and-margin.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { ExportAndPublish } from './export-and-publish.tsx'
import { OutsideFigures } from './outside-figures.tsx'
import { Published } from './published.tsx'
import { QuickTable } from './quick-table.tsx'

/** What is reported of a day: the table of the A4 sheet, its exits, what was published, and what others report. */
export function ReportsPage() {
  const say = useSay()
  const search = useSearch({ from: '/bao-cao' })
  return (
    <WithCampaign search={search} title={say('reports-title-none')}>
      {(campaign, all) => <Board search={search} campaign={campaign} all={all} />}
    </WithCampaign>
  )
}

function Board({ search, campaign, all }: { search: CampaignSearch; campaign: Campaign; all: readonly Campaign[] }) {
  const say = useSay()
  const unit = useUnitName()
  const door = { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) }
  const { sheet, error, refetch } = useCountedSheet(door)
  const title = sheet ? say('reports-title', { day: dayText(sheet.day) }) : say('reports-title-none')
  return (
    <Page
      title={title}
      standing={sheet && <Standing campaign={campaign} sheet={sheet} />}
      strip={[sheet?.whole.unit.name ?? unit, sheet ? say(`metric-${sheet.metric}`) : '']}
      margin={
        <>
          <CampaignChoices search={search} campaign={campaign} all={all} sheet={sheet} page="/bao-cao" />
          {sheet && <UnitPath search={search} sheet={sheet} page="/bao-cao" />}
        </>
      }
      foot={<ExportAndPublish search={search} campaign={campaign} sheet={sheet} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!sheet && !error && <Loading what={say('reports-reading')} />}
      <div className="board">
        {sheet && !error && <StateSentence search={search} sheet={sheet} />}
        {sheet && !error && <QuickTable sheet={sheet} search={search} />}
        {sheet && sheet.below.length > 1 && <p className="small">{say('ranking-rounding')}</p>}
        <div className="reports-below">
          <Published campaign={campaign} />
          <OutsideFigures search={search} campaign={campaign} />
        </div>
      </div>
    </Page>
  )
}
