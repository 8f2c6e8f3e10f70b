import { figureFunnel } from '../../../src/statistics/contract.ts'
import { shareText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Funnel, type FunnelStep } from '../parts/charts/funnel.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Counted } from './campaign-figure.tsx'
import { lossesOf, wayOf } from './funnel-losses.ts'
import { asQuery, asStep, type Campaign, type CampaignSearch, type FunnelAnswer, type QuickSheet } from './search.ts'

/** From "meant" to "done" on the way of the figure that is shown; between the steps who stopped there. */
export function FunnelSection({
  search,
  campaign,
  sheet,
}: {
  search: CampaignSearch
  campaign: Campaign
  sheet: QuickSheet
}) {
  const say = useSay()
  const { data, error, refetch } = useAsk(
    figureFunnel,
    { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) },
    { keep: true },
  )
  const way = wayOf(sheet.metric)
  return (
    <section className="picture" aria-label={say(`funnel-title-${way}`)}>
      <div className="picture-head">
        <h2>{say(`funnel-title-${way}`)}</h2>
        <span className="small">{say('funnel-of')}</span>
      </div>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('campaign-reading')} />}
      {data && <Drawn funnel={data} search={{ ...search, cd: campaign.id }} sheet={sheet} />}
    </section>
  )
}

function Drawn({ funnel, search, sheet }: { funnel: FunnelAnswer; search: CampaignSearch; sheet: QuickSheet }) {
  const say = useSay()
  const way = wayOf(sheet.metric)
  const losses = lossesOf(funnel, sheet.metric)
  const share = (value: number) => shareText(value, funnel.members)
  const steps = (funnel.ways.find(one => one.way === way)?.steps ?? []).flatMap(
    ({ metric, total }, at): FunnelStep[] => {
      const step = asStep(metric)
      const loss = losses[at]
      if (!step) return []
      return [
        {
          key: step,
          label: say(`step-${step}`),
          value: total,
          figure: (
            <Counted value={total} metric={step} search={{ ...search, kieu: 'done' }} label={say(`metric-${step}`)} />
          ),
          share: share(total),
          ...(loss && {
            stopped: {
              value: loss.stopped,
              figure: (
                <Counted
                  value={loss.stopped}
                  metric={step}
                  search={{ ...search, ...loss.search }}
                  label={say(`stop-${step}`)}
                />
              ),
              said: say(`stop-${step}`),
            },
          }),
        },
      ]
    },
  )
  const members: FunnelStep = {
    key: 'members',
    label: say('step-members'),
    value: funnel.members,
    figure: (
      <Counted
        value={funnel.members}
        metric={sheet.metric}
        search={{ ...search, kieu: 'members' }}
        label={say('step-members')}
      />
    ),
    share: share(funnel.members),
  }
  return <Funnel label={say(`funnel-title-${way}`)} steps={[members, ...steps]} />
}
